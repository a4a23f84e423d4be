/** The line of progress: how many had reported by the end of each day, up to today; the rest of the days stay open. */
import { addDays, diffDays, speakDay } from '../language/calendar.ts';
import type { Day } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { BLUE, INK, line, MARGIN, MUTED, PAPER, RULE, text, WIDTH, widthOf } from './svg.ts';
import type { DutyStanding } from './types.ts';

export const CHART_HEIGHT = 340;
const LEFT = MARGIN + 64;
const RIGHT = WIDTH - MARGIN - 36;
const TOP = 56;
const BOTTOM = CHART_HEIGHT - 56;
/** How many days are shown, at least and at most. */
const FEWEST = 14;
const MOST = 30;
const TICKS = 6;

/** The days shown: from the day before the first report to the due day, or to today once that has passed. */
export function chartDays(duty: DutyStanding, today: Day): { from: Day; to: Day } {
  const to = duty.daysLeft >= 0 ? duty.lastDay : today;
  const first = duty.byDay[0]?.day ?? today;
  const back = Math.min(Math.max(diffDays(first, to) + 2, FEWEST), MOST);
  // Where the due day is far, the last week comes before the thirty days.
  return { from: addDays(to, 1 - Math.max(back, diffDays(today, to) + 7)), to };
}

export const receivedBy = (duty: DutyStanding, day: Day): number =>
  duty.byDay.findLast((point) => point.day <= day)?.received ?? 0;

export function drawLine(duty: DutyStanding, today: Day, y: number): string {
  const { from, to } = chartDays(duty, today);
  const days = diffDays(from, to);
  const xOf = (day: Day) => LEFT + ((RIGHT - LEFT) * diffDays(from, day)) / days;
  const yOf = (received: number) => y + BOTTOM - ((BOTTOM - TOP) * received) / duty.expected;
  const parts: string[] = [];

  for (const share of [0, 0.5, 1]) {
    const level = yOf(share * duty.expected);
    parts.push(line(LEFT, level, RIGHT, level, RULE, share === 0 ? 3 : 2));
    if (share !== 0.5)
      parts.push(text(LEFT - 16, level + 10, String(share * duty.expected), { size: 28, fill: MUTED, anchor: 'end' }));
  }
  const step = Math.max(1, Math.ceil(days / TICKS));
  // Counted back from the last day, so that the due day always has its date.
  for (let back = 0; back <= days; back += step) {
    const day = addDays(to, -back);
    parts.push(
      text(xOf(day), y + BOTTOM + 42, speakDay(day).slice(0, -5), { size: 28, fill: MUTED, anchor: 'middle' }),
    );
  }
  if (duty.lastDay >= from) {
    const x = xOf(duty.lastDay);
    parts.push(line(x, y + TOP - 14, x, y + BOTTOM, INK, 3, '4 7'));
    parts.push(text(x, y + TOP - 24, say('digest:picture_due'), { size: 28, weight: 600, anchor: 'middle' }));
  }

  const points: [number, number][] = [];
  for (let day = from; day <= today; day = addDays(day, 1)) points.push([xOf(day), yOf(receivedBy(duty, day))]);
  const path = points.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join('L');
  const [endX, endY] = points.at(-1)!;
  parts.push(
    `<path d="M${path}L${endX.toFixed(1)} ${y + BOTTOM}L${LEFT} ${y + BOTTOM}Z" fill="${BLUE}" fill-opacity="0.12"/>`,
    `<path d="M${path}" fill="none" stroke="${BLUE}" stroke-width="6" stroke-linejoin="round" stroke-linecap="round"/>`,
    `<circle cx="${endX.toFixed(1)}" cy="${endY.toFixed(1)}" r="11" fill="${BLUE}" stroke="${PAPER}" stroke-width="4"/>`,
  );
  const label = say('digest:picture_today', { received: receivedBy(duty, today) });
  // Left of the dot where it would run out of the picture or into the mark of the due day.
  const toTheLeft = endX + 20 + widthOf(label, 32) > (today <= duty.lastDay ? xOf(duty.lastDay) : RIGHT);
  // Under the dot where it stands high, clear of the mark of the due day.
  const labelY = endY < y + TOP + 44 ? endY + 50 : Math.min(endY - 14, y + BOTTOM - 16);
  parts.push(
    text(toTheLeft ? endX - 20 : endX + 20, labelY, label, {
      size: 32,
      weight: 700,
      fill: BLUE,
      anchor: toTheLeft ? 'end' : 'start',
      halo: true,
    }),
  );
  return parts.join('');
}
