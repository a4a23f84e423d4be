/**
 * The picture of a digest, as SVG: each unit a cell, sorted by state so that nobody can be told from its place, and a line
 * of progress by day. A unit's own group sees its duties one under another instead. `bot/export/picture.ts` renders it.
 */
import { addDays, diffDays, speakDay, speakInstant } from '../language/calendar.ts';
import type { PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { deadlineLine, scopeName, stateLines } from './daily.ts';
import { figureLines } from './figures.ts';
import { CHART_HEIGHT, chartDays, drawLine, receivedBy } from './picture-line.ts';
import { focusOf } from './standing.ts';
import { BAND, cell, INK, line, MARGIN, MUTED, PAPER, page, RULE, rect, text, WIDTH, widthOf, wrap } from './svg.ts';
import { type Drawing, type DutyStanding, STATES, type Standing, type State } from './types.ts';

const INNER = WIDTH - 2 * MARGIN;
/** The second column of the legend holds the longest state. */
const LEGEND_COLUMN = 350;

export interface PictureNeeds {
  standing: Standing;
  plans: PlanIndex;
  rehearsal: boolean;
}

/** Null for a scope of which nothing is expected. */
export function drawDigest(needs: PictureNeeds): Drawing | null {
  const focus = focusOf(needs.standing);
  if (!focus) return null;
  return needs.standing.scope.kind === 'unit' ? drawUnit(needs) : drawScope(needs, focus);
}

function drawScope(needs: PictureNeeds, duty: DutyStanding): Drawing {
  const { standing, plans } = needs;
  const top = header(needs, duty.duty.name, dueWords(duty));
  const parts = [top.svg];
  let y = top.height + 92;
  const percent = Math.floor(duty.completeness * 100 + 1e-9);
  parts.push(
    text(MARGIN, y, say('digest:picture_received', { received: duty.received, expected: duty.expected }), {
      size: 64,
      weight: 700,
    }),
    text(WIDTH - MARGIN, y, `${percent}%`, { size: 64, weight: 700, anchor: 'end' }),
  );
  y += 44;
  const key = legend(duty, y);
  parts.push(key.svg);
  y += key.height + 36;

  const parted = sections(duty, plans);
  const columns = columnsFor(Math.max(...parted.map(({ states }) => states.length)));
  for (const section of parted) {
    parts.push(text(MARGIN, y + 36, section.title, { size: 36, weight: 600 }));
    y += 58;
    const grid = drawGrid(section.states, columns, y);
    parts.push(grid.svg);
    y += grid.height + 30;
  }

  parts.push(text(MARGIN, y + 40, say('digest:picture_progress'), { size: 36, weight: 600 }));
  y += 48;
  parts.push(drawLine(duty, standing.today, y));
  y += CHART_HEIGHT + 12;
  parts.push(
    line(MARGIN, y, WIDTH - MARGIN, y, RULE),
    text(MARGIN, y + 46, say('digest:picture_anonymous'), { size: 28, fill: MUTED }),
  );
  const height = Math.ceil(y + 76);
  return {
    name: `tien-do-${standing.today}.png`,
    svg: page(height, parts),
    width: WIDTH,
    height,
    alt: altOfScope(needs, duty),
  };
}

/** Units in the order of their state; the communes apart where the scope has both. */
function sections(duty: DutyStanding, plans: PlanIndex): { title: string; states: State[] }[] {
  const communes = duty.units.filter(({ unit }) => plans.unit(unit)?.code !== undefined);
  const others = duty.units.filter(({ unit }) => plans.unit(unit)?.code === undefined);
  return [
    { units: communes, key: 'picture_communes' as const },
    { units: others, key: 'picture_agencies' as const },
  ]
    .filter(({ units }) => units.length > 0)
    .map(({ units, key }) => {
      const states = units.map(({ state }) => state).toSorted((a, b) => STATES.indexOf(a) - STATES.indexOf(b));
      const received = states.filter(isIn).length;
      return { title: say(`digest:${key}`, { received, expected: states.length }), states };
    });
}

const isIn = (state: State): boolean => state !== 'notDue' && state !== 'overdue';

/** One size of cell in a picture; 19 columns hold the 114 communes in six full rows. */
const columnsFor = (most: number): number => (most > 45 ? 19 : most > 10 ? 15 : 10);

function drawGrid(states: State[], columns: number, y: number): { svg: string; height: number } {
  const pitch = Math.min(INNER / columns, 72);
  const size = pitch - 6;
  const cells = states.map((state, i) =>
    cell(state, MARGIN + (i % columns) * pitch, y + Math.floor(i / columns) * pitch, size),
  );
  return { svg: cells.join(''), height: Math.ceil(states.length / columns) * pitch };
}

/** The four states with their counts, always all of them. */
function legend(duty: DutyStanding, y: number): { svg: string; height: number } {
  const missing: State = duty.counts.overdue > 0 || duty.daysLeft < 0 ? 'overdue' : 'notDue';
  const row = 64;
  const entries = (['onTime', 'nothing', 'late', missing] as const).map((state, i) => {
    const x = MARGIN + (i % 2) * LEGEND_COLUMN;
    const top = y + Math.floor(i / 2) * row;
    const count = String(duty.counts[state]);
    return (
      cell(state, x, top, 44) +
      text(x + 62, top + 35, count, { size: 38, weight: 700 }) +
      text(x + 76 + widthOf(count, 38), top + 35, stateName(state), { size: 36 })
    );
  });
  return { svg: entries.join(''), height: 2 * row };
}

const stateName = (state: State): string => say(`digest:state_${state}`);

function drawUnit(needs: PictureNeeds): Drawing {
  const { standing } = needs;
  const top = header(needs, say('digest:picture_ownTitle'), null);
  const parts = [top.svg];
  let y = top.height + 40;
  for (const duty of standing.duties) {
    const state = duty.units[0]!.state;
    const lines = wrap(duty.duty.name, 42, INNER - 116);
    parts.push(cell(state, MARGIN, y, 84));
    lines.forEach((words, i) => {
      parts.push(text(MARGIN + 112, y + 38 + i * 52, words, { size: 42, weight: 700 }));
    });
    y += 34 + lines.length * 52;
    for (const words of [stateName(state), isIn(state) ? dueDay(duty) : dueWords(duty)]) {
      parts.push(text(MARGIN + 112, y, words, { size: 34, fill: MUTED }));
      y += 46;
    }
    y -= 12;
    parts.push(line(MARGIN, y, WIDTH - MARGIN, y, RULE));
    y += 32;
  }
  const figures = figureLines(standing.totals, standing.change).flatMap((words) => wrap(words, 34, INNER));
  if (figures.length > 0) {
    parts.push(text(MARGIN, y + 34, say(`digest:picture_figures_${standing.span}`), { size: 36, weight: 600 }));
    y += 50;
    for (const words of figures) {
      parts.push(text(MARGIN, y + 36, words, { size: 34 }));
      y += 52;
    }
    y += 8;
  }
  const height = Math.max(y + 16, 400);
  return {
    name: `tien-do-${standing.today}.png`,
    svg: page(height, parts),
    width: WIDTH,
    height,
    alt: [
      headAlt(needs),
      ...standing.duties.map((duty) => `${deadlineLine(duty)} ${stateLines(duty, true).join(' ')}`),
      ...figureLines(standing.totals, standing.change).map((words) => `${words}.`),
    ].join(' '),
  };
}

/** The dark band: whose picture, as of when, and in rehearsal that it is one. */
function header(needs: PictureNeeds, heading: string, due: string | null): { svg: string; height: number } {
  const { standing, plans, rehearsal } = needs;
  const scope = scopeName(plans, standing);
  const scopeLines = wrap(scope.charAt(0).toUpperCase() + scope.slice(1), 36, INNER - (rehearsal ? 228 : 0));
  const titleLines = wrap(heading, 56, INNER);
  const parts: string[] = [];
  let y = 74;
  for (const words of scopeLines) {
    parts.push(text(MARGIN, y, words, { size: 36, weight: 600, fill: '#CFE1F5' }));
    y += 46;
  }
  y += 26;
  for (const words of titleLines) {
    parts.push(text(MARGIN, y, words, { size: 56, weight: 700, fill: PAPER }));
    y += 66;
  }
  y -= 8;
  const when = say('digest:picture_asOf', { when: speakInstant(standing.at) });
  for (const words of due ? [due, when] : [when]) {
    parts.push(text(MARGIN, y, words, { size: 32, fill: '#E6EEF8' }));
    y += 42;
  }
  const height = y - 4;
  if (rehearsal)
    parts.push(
      rect(WIDTH - MARGIN - 208, 36, 208, 56, '#F2A900', 10),
      text(WIDTH - MARGIN - 104, 75, say('digest:picture_rehearsal'), {
        size: 32,
        weight: 700,
        fill: INK,
        anchor: 'middle',
      }),
    );
  return { svg: rect(0, 0, WIDTH, height, BAND) + parts.join(''), height };
}

const dueDay = ({ lastDay }: DutyStanding): string => say('digest:picture_dueDay', { last: speakDay(lastDay) });

/** `Hạn hết ngày 15/6/2026, còn 5 ngày`. */
function dueWords({ lastDay, daysLeft }: DutyStanding): string {
  const words = { last: speakDay(lastDay), days: Math.abs(daysLeft) };
  if (daysLeft < 0) return say('digest:picture_duePast', words);
  return daysLeft === 0 ? say('digest:picture_dueToday', words) : say('digest:picture_dueIn', words);
}

const headAlt = ({ standing, plans, rehearsal }: PictureNeeds): string =>
  (rehearsal ? `${say('digest:picture_rehearsal')}. ` : '') +
  say('digest:picture_altHead', { scope: scopeName(plans, standing), when: speakInstant(standing.at) });

function altOfScope(needs: PictureNeeds, duty: DutyStanding): string {
  const { from } = chartDays(duty, needs.standing.today);
  const days = diffDays(from, needs.standing.today);
  const step = Math.max(1, Math.ceil(days / 5));
  const points: string[] = [];
  for (let back = 0; back <= days; back += step) {
    const day = addDays(needs.standing.today, -back);
    points.unshift(`${speakDay(day).slice(0, -5)}: ${receivedBy(duty, day)}`);
  }
  return [
    headAlt(needs),
    deadlineLine(duty),
    ...stateLines(duty, false),
    ...sections(duty, needs.plans).map(({ title }) => `${title}.`),
    `${say('digest:picture_progress')}: ${points.join('; ')}.`,
  ].join(' ');
}
