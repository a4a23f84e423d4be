/** Which reporting duty a report serves, and whether it comes in time. */
import { addDays, dayOf } from '../language/calendar.ts';
import { dutyOf } from '../plan/extended.ts';
import type { Day, PlanIndex, ReportingDuty, UnitId } from '../plan/types.ts';
import type { FormDefinition, SubmittedReport, Timeliness, Values } from './types.ts';

/** The last day still in time: "trước ngày D" is the day before D. */
export const lastDay = (duty: ReportingDuty): Day | null => duty.before && addDays(duty.before, -1);

/** Duties of a unit that have a date, by date. */
export const datedDuties = (unit: UnitId, plans: PlanIndex): ReportingDuty[] =>
  plans
    .duties(unit)
    .filter((duty) => duty.kind === 'deadline' && duty.before !== null)
    .sort((a, b) => a.before!.localeCompare(b.before!));

/**
 * While a campaign runs and until its report is due, quick reports are for the campaign; so is a later one whose figures
 * are of the campaign's days. Otherwise they are for the next duty that falls due.
 */
export function dutyServed(
  unit: UnitId,
  plans: PlanIndex,
  today: Day,
  period: { from?: Day; to?: Day } = {},
): string | null {
  const duties = datedDuties(unit, plans);
  const campaign = duties.find((duty) => {
    const days = plans.plan(duty.plan)?.period;
    if (!days) return false;
    const last = lastDay(duty)!;
    if (today >= days.from && today <= last) return true;
    return (
      period.from !== undefined &&
      period.to !== undefined &&
      period.from >= days.from &&
      period.to <= last &&
      today > last
    );
  });
  return (campaign ?? duties.find((duty) => today < duty.before!))?.id ?? null;
}

/** Day of a period's ends as the values hold them. */
export function periodOf(values: Values, form: FormDefinition): { from?: Day; to?: Day } {
  const [from, to] = form.fields.filter((field) => field.kind === 'day').map((field) => values[field.id]);
  return { ...(typeof from === 'string' && { from }), ...(typeof to === 'string' && { to }) };
}

/** Values with the days that were not said: the given one, or the other end where that was said; no report is without a period. */
export function periodOrDay(values: Values, form: FormDefinition, day: Day): Values {
  const [first, last] = form.fields.filter((field) => field.kind === 'day');
  if (!first || !last) return values;
  const { from, to } = periodOf(values, form);
  if (from && to) return values;
  const begin = from ?? to ?? day;
  const end = to ?? (begin > day ? begin : day);
  return { [first.id]: begin, [last.id]: end, ...values };
}

/** The quick report: figures on the way, never the report of a duty. */
export const INTERIM = 'bao-cao-nhanh';

/**
 * Whether a report is the one that its duty asks for: on the duty's own form; "không phát sinh" also in a quick report, if it
 * was said of all the days of the duty.
 */
export function fulfils(
  report: Pick<SubmittedReport, 'form' | 'nothing' | 'values'> & { duty: string | null },
  duty: ReportingDuty,
  plans: PlanIndex,
): boolean {
  if (report.duty !== duty.id) return false;
  if (report.form !== INTERIM) return true;
  const days = duty.period ?? plans.plan(duty.plan)?.period;
  const { period_from: from, period_to: to } = report.values;
  return report.nothing && Boolean(days && from && to && from <= days.from && to >= days.to);
}

/** The first submission decides: in time until the end of the day before the date named. */
export function timelinessOf(duty: ReportingDuty | undefined, submittedAt: number): Timeliness {
  if (!duty?.before) return 'noDueDate';
  return dayOf(submittedAt) < duty.before ? 'onTime' : 'late';
}

/** As it stands now: what came late may have been granted more time since. */
export function timelinessNow(report: SubmittedReport, plans: PlanIndex): Timeliness {
  const duty = dutyOf(plans, report.unit, report.duty);
  return report.timeliness === 'late' ? timelinessOf(duty, report.submittedAt) : report.timeliness;
}

/** `BC-2026-00017` */
export const receiptOf = (submittedAt: number, number: number): string =>
  `BC-${dayOf(submittedAt).slice(0, 4)}-${String(number).padStart(5, '0')}`;

/** The report that a form has become already, if it has. */
export const submittedFrom = (draftId: string, reports: readonly SubmittedReport[]): SubmittedReport | undefined =>
  reports.find((report) => report.id === draftId);
