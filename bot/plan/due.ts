/** Due dates. "trước ngày 05/7/2026" means handed in by the end of 04/7. */
import { addDays, diffDays } from '../language/calendar.ts';
import type { Day, PlanIndex, ReportingDuty, UnitId } from './types.ts';

/** The last day still in time for a date named after "trước ngày". */
export const lastDayInTime = (before: Day): Day => addDays(before, -1);

/** Calendar days from one day to another; negative when `to` is past. */
export const daysUntil = (from: Day, to: Day): number => diffDays(from, to);

export function timelinessOf(
  duty: Pick<ReportingDuty, 'before'> | null,
  submittedOn: Day,
): 'onTime' | 'late' | 'noDueDate' {
  if (!duty?.before) return 'noDueDate';
  return submittedOn < duty.before ? 'onTime' : 'late';
}

/** The duty whose last day in time comes next, today included; null when none is left. */
export function nextDuty<D extends Pick<ReportingDuty, 'before'>>(duties: readonly D[], today: Day): D | null {
  const open = duties.filter(({ before }) => before !== null && lastDayInTime(before) >= today);
  return open.reduce<D | null>((next, duty) => (next === null || duty.before! < next.before! ? duty : next), null);
}

/** The units that a report is expected from, in the order of the units. */
export const owing = (plans: Pick<PlanIndex, 'members'>, duty: ReportingDuty): UnitId[] => [
  ...new Set(duty.parties.flatMap((party) => plans.members(party)).filter((unit) => unit !== duty.receiver)),
];
