/**
 * Sums over the days of a period, each with the reports behind it. A report counts for the days it names. One that goes
 * beyond the period ("từ 01/6 đến nay") counts with what is left of it once the days before are taken away, if these were
 * reported whole; otherwise nobody knows how much of it lies inside, and it is told apart instead of being guessed.
 */
import { type Dated, type Days, dated, kept } from '../digest/totals.ts';
import { addDays } from '../language/calendar.ts';
import type { UnitId } from '../plan/types.ts';
import type { FieldId, SubmittedReport } from '../report/types.ts';
import type { Behind, Figure, Sum, Sums, UnitSums } from './types.ts';

/** What is asked of a figure to add it up. */
type Summed = Pick<Figure, 'id' | 'stock'>;

/** A report's share for some days of the period. */
interface Share extends Days {
  report: SubmittedReport;
  behind: Behind[];
}

/** @param reports with the content that is to count; several of one unit may overlap */
export function unitSums(reports: readonly SubmittedReport[], period: Days, figures: readonly Summed[]): UnitSums[] {
  const byUnit = new Map<UnitId, Dated[]>();
  for (const one of reports.map(dated)) {
    // What lies before the period is kept: a longer report may go on from it.
    if (one.from > period.to) continue;
    const own = byUnit.get(one.report.unit);
    if (own) own.push(one);
    else byUnit.set(one.report.unit, [one]);
  }
  return [...byUnit].flatMap(([unit, all]) => {
    const inside = all.filter(({ to, from }) => to >= period.from && from <= period.to);
    return inside.length > 0 ? [sumsOfUnit(unit, all, inside, period, figures)] : [];
  });
}

function sumsOfUnit(unit: UnitId, all: Dated[], inside: Dated[], period: Days, figures: readonly Summed[]): UnitSums {
  const newestFirst = all.toSorted((a, b) => b.report.submittedAt - a.report.submittedAt);
  const sums: Sums = new Map();
  const unsplit = new Set<SubmittedReport>();
  for (const { id: figure, stock } of figures) {
    const says = newestFirst.filter(({ report }) => report.nothing || typeof report.values[figure] === 'number');
    if (says.length === 0) continue;
    if (stock) {
      const latest = latestOf(says, period);
      if (latest) sums.set(figure, sumOf([{ report: latest.report.id, value: saidIn(latest, figure) }]));
      continue;
    }
    const shares: Share[] = [];
    const open: Dated[] = [];
    for (const one of says) {
      if (one.to < period.from || one.from > period.to) continue;
      const share = shareOf(one, says, period, figure);
      if (share) shares.push(share);
      else open.push(one);
    }
    const counted = kept(shares);
    for (const one of open) if (!covers(counted, within(one, period))) unsplit.add(one.report);
    if (counted.length > 0) sums.set(figure, sumOf(counted.flatMap(({ behind }) => behind)));
  }
  return { unit, sums, unsplit: [...unsplit], reports: inside.map(({ report }) => report) };
}

/** How much there is at the end of the days that a report names: the last of them in the period holds. */
const latestOf = (newestFirst: readonly Dated[], period: Days): Dated | undefined =>
  newestFirst.filter(({ to }) => to >= period.from && to <= period.to).toSorted((a, b) => b.to.localeCompare(a.to))[0];

const saidIn = ({ report }: Dated, figure: FieldId): number => {
  const value = report.nothing ? 0 : report.values[figure];
  return typeof value === 'number' ? value : 0;
};

const within = (one: Days, period: Days): Days => ({
  from: one.from < period.from ? period.from : one.from,
  to: one.to > period.to ? period.to : one.to,
});

/** Null where it cannot be known how much of a report lies in the period. */
function shareOf(one: Dated, says: readonly Dated[], period: Days, figure: FieldId): Share | null {
  const { report } = one;
  const whole = { report: report.id, value: saidIn(one, figure) };
  if (one.from >= period.from && one.to <= period.to) return { ...one, behind: [whole] };
  const days = within(one, period);
  // Nothing in all of its days is nothing in some of them.
  if (report.nothing) return { ...days, report, behind: [whole] };
  if (one.to > period.to) return null;
  const before = { from: one.from, to: addDays(period.from, -1) };
  const earlier = kept(says.filter((other) => other.from >= before.from && other.to <= before.to));
  if (!covers(earlier, before)) return null;
  const taken = earlier.map((other) => ({ report: other.report.id, value: -saidIn(other, figure) }));
  const left = [whole, ...taken];
  return left.reduce((sum, { value }) => sum + value, 0) < 0 ? null : { ...days, report, behind: left };
}

/** Whether every day of a range is spoken of. */
function covers(ranges: readonly Days[], days: Days): boolean {
  let next = days.from;
  for (const { from, to } of ranges.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (from > next) return false;
    if (to >= next) next = addDays(to, 1);
    if (next > days.to) return true;
  }
  return next > days.to;
}

export const sumOf = (behind: Behind[]): Sum => ({
  // Money has decimals; sums of them must not grow a tail of nines.
  value: Math.round(behind.reduce((sum, { value }) => sum + value, 0) * 100) / 100,
  behind,
});

/** All units together. */
export function addUp(units: readonly { sums: Sums }[]): Sums {
  const all = new Map<FieldId, Behind[]>();
  for (const { sums } of units)
    for (const [figure, { behind }] of sums) all.set(figure, [...(all.get(figure) ?? []), ...behind]);
  return new Map([...all].map(([figure, behind]) => [figure, sumOf(behind)]));
}
