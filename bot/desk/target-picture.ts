/** The picture of the target of drug-free communes: a bar with the mark that is to be reached, and a cell for each commune. */
import {
  BAND,
  BLUE,
  cell,
  INK,
  line,
  MARGIN,
  MUTED,
  PAPER,
  page,
  RULE,
  rect,
  text,
  WIDTH,
  widthOf,
} from '../digest/svg.ts';
import type { Drawing, State } from '../digest/types.ts';
import { dayOf, speakInstant } from '../language/calendar.ts';
import { say } from '../text/say.ts';
import { shareOf, type TargetStanding } from './standing.ts';

const INNER = WIDTH - 2 * MARGIN;
const COLUMNS = 19;
const LEGEND_COLUMN = 484;
const BAR = 56;

type Part = 'confirmed' | 'declared' | 'begun' | 'blocked' | 'rest';
/** The shapes of the digest, so that they are known already. */
const CELL: Record<Part, State> = {
  confirmed: 'onTime',
  declared: 'late',
  begun: 'nothing',
  blocked: 'overdue',
  rest: 'notDue',
};
const PARTS = Object.keys(CELL) as Part[];

/** @param at ms UTC @param target share of the communes, 0 to 1 */
export function drawTarget(standing: TargetStanding, target: number, at: number, rehearsal: boolean): Drawing {
  const { total, needed, confirmed } = standing;
  const counts = countsOf(standing);
  const percent = Math.round(target * 100);
  const parts = [header(say('target:picture.heading', { percent }), at, rehearsal)];
  let y = 330;
  parts.push(
    text(MARGIN, y, `${confirmed.length}/${total}`, { size: 72, weight: 700 }),
    text(WIDTH - MARGIN, y, `${shareOf(confirmed.length, total)}%`, { size: 72, weight: 700, anchor: 'end' }),
  );
  y += 92;
  const mark = MARGIN + (INNER * needed) / total;
  const label = say('target:picture.needed', { needed });
  parts.push(
    text(Math.min(mark, WIDTH - MARGIN - widthOf(label, 32) / 2), y - 14, label, {
      size: 32,
      weight: 600,
      anchor: 'middle',
    }),
    rect(MARGIN, y, INNER, BAR, RULE, 10),
    ...(confirmed.length > 0 ? [rect(MARGIN, y, (INNER * confirmed.length) / total, BAR, BLUE, 10)] : []),
    line(mark, y - 6, mark, y + BAR + 6, INK, 5),
  );
  y += BAR + 48;
  for (const [i, part] of PARTS.entries()) {
    const x = MARGIN + (i % 2) * LEGEND_COLUMN;
    const top = y + Math.floor(i / 2) * 62;
    const n = String(counts[part]);
    parts.push(
      cell(CELL[part], x, top, 44),
      text(x + 62, top + 35, n, { size: 38, weight: 700 }),
      text(x + 76 + widthOf(n, 38), top + 35, say(`target:picture.${part}`), { size: 34 }),
    );
  }
  y += 3 * 62 + 20;
  const pitch = INNER / COLUMNS;
  const cells = PARTS.flatMap((part) => Array<State>(counts[part]).fill(CELL[part]));
  for (const [i, state] of cells.entries())
    parts.push(cell(state, MARGIN + (i % COLUMNS) * pitch, y + Math.floor(i / COLUMNS) * pitch, pitch - 6));
  y += Math.ceil(total / COLUMNS) * pitch + 24;
  parts.push(
    line(MARGIN, y, WIDTH - MARGIN, y, RULE),
    text(MARGIN, y + 46, say('target:picture.anonymous'), { size: 28, fill: MUTED }),
  );
  const height = Math.ceil(y + 76);
  return {
    name: `muc-tieu-${dayOf(at)}.png`,
    svg: page(height, parts),
    ...{ width: WIDTH, height },
    alt: say('target:picture.alt', {
      when: speakInstant(at),
      ...{ total, needed, share: shareOf(confirmed.length, total) },
      ...counts,
    }),
  };
}

function countsOf(standing: TargetStanding): Record<Part, number> {
  const [confirmed, declared, begun, blocked] = [
    standing.confirmed.length,
    standing.declared.length,
    standing.begun.length,
    standing.blocked.length,
  ];
  const rest = standing.total - confirmed - declared - begun - blocked;
  return { confirmed, declared, begun, blocked, rest };
}

function header(heading: string, at: number, rehearsal: boolean): string {
  const mark = rehearsal
    ? rect(WIDTH - MARGIN - 208, 36, 208, 56, '#F2A900', 10) +
      text(WIDTH - MARGIN - 104, 75, say('digest:picture_rehearsal'), {
        size: 32,
        weight: 700,
        fill: INK,
        anchor: 'middle',
      })
    : '';
  return (
    rect(0, 0, WIDTH, 226, BAND) +
    text(MARGIN, 74, say('target:picture.scope'), { size: 36, weight: 600, fill: '#CFE1F5' }) +
    text(MARGIN, 142, heading, { size: 46, weight: 700, fill: PAPER }) +
    text(MARGIN, 196, say('digest:picture_asOf', { when: speakInstant(at) }), { size: 32, fill: '#E6EEF8' }) +
    mark
  );
}
