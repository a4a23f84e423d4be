/**
 * Where a scope stands at an instant. The first submission of a unit decides whether it was in time, the latest approved
 * version decides the figures; what waits for approval is counted apart. Reports later than the instant do not exist yet.
 */
import { dayOf, diffDays, instantOf } from '../language/calendar.ts';
import { lastDayInTime, timelinessOf } from '../plan/due.ts';
import type { Day, Plan, PlanIndex, ReportingDuty, UnitId } from '../plan/types.ts';
import { fulfils } from '../report/duty.ts';
import { asApproved, waiting } from '../report/state.ts';
import type { SubmittedReport } from '../report/types.ts';
import { begins, changeOf, dated, totalsOf } from './totals.ts';
import type { Counts, DutyStanding, Scope, Standing, State } from './types.ts';

const DAY_MS = 86_400_000;

export const standing = (
  index: PlanIndex,
  scope: Scope,
  reports: readonly SubmittedReport[],
  at: number,
  span: 1 | 7 = 1,
): Standing => standingOf(index, scope, unitsOf(index, scope), reports, at, span);

/** The same for some units of a scope. */
export function standingOf(
  index: PlanIndex,
  scope: Scope,
  units: UnitId[],
  reports: readonly SubmittedReport[],
  at: number,
  span: 1 | 7 = 1,
): Standing {
  const today = dayOf(at);
  const inScope = new Set(units);
  const seen = reports
    .filter((report) => report.state !== 'withdrawn' && report.submittedAt <= at && inScope.has(report.unit))
    .toSorted((a, b) => a.submittedAt - b.submittedAt);
  const campaign = campaignOf(index)?.period ?? null;
  const spoken = seen.flatMap((report) => asApproved(report) ?? []).map(dated);
  const totals = totalsOf(spoken, campaign);
  const begin = at - span * DAY_MS;
  const before = totalsOf(
    spoken.filter(({ report }) => report.submittedAt <= begin),
    campaign,
  );
  const midnight = instantOf(today, '00:00');
  return {
    scope,
    at,
    today,
    span,
    units,
    duties: dutiesOf(index, units, seen, today),
    newReports: seen.filter((report) => report.submittedAt > begin).length,
    receivedToday: seen.filter((report) => report.submittedAt >= midnight).length,
    pending: waiting(seen).length,
    reporting: new Set(spoken.filter((one) => !campaign || begins(one, campaign)).map(({ report }) => report.unit))
      .size,
    totals,
    change: changeOf(totals, before),
  };
}

/** The plan whose days the digest counts: the one that has them. */
export function campaignOf(index: PlanIndex): (Plan & { period: { from: Day; to: Day } }) | null {
  const plan = index.book.plans.find((p) => p.period !== null);
  return plan ? (plan as Plan & { period: { from: Day; to: Day } }) : null;
}

/** The units of a scope; for the city, every unit that must report by a date. */
export function unitsOf(index: PlanIndex, scope: Scope): UnitId[] {
  if (scope.kind === 'unit') return [scope.unit];
  if (scope.kind === 'group') return index.members(scope.group);
  return index.book.units.map((unit) => unit.id).filter((unit) => index.duties(unit).some(isDated));
}

/**
 * Units that have not reported for a duty, in the order of the book.
 * For those responsible, in private: a group is told how many, never who.
 */
export function missingUnits(duty: DutyStanding): UnitId[] {
  return duty.units.filter(({ state }) => state === 'notDue' || state === 'overdue').map(({ unit }) => unit);
}

/**
 * The duty that the scope has most reason to look at: the next one due within seven days; else one that ran out in the
 * last seven days, or later with units still missing; else the next at all.
 */
export function focusOf(where: Standing): DutyStanding | null {
  const ahead = where.duties.filter((duty) => duty.daysLeft >= 0);
  const past = where.duties.filter((duty) => duty.daysLeft < 0).toReversed();
  return (
    ahead.find((duty) => duty.daysLeft <= 7) ??
    past.find((duty) => duty.daysLeft >= -7 || duty.counts.overdue > 0) ??
    ahead[0] ??
    past[0] ??
    null
  );
}

type DatedDuty = ReportingDuty & { before: Day };
const isDated = (duty: ReportingDuty): duty is DatedDuty => duty.kind === 'deadline' && duty.before !== null;

/** A duty as it binds one unit: an extension may have moved its date. */
interface Bound {
  unit: UnitId;
  duty: DatedDuty;
}

/** The date of a duty for a whole scope is the plan's own; for a single unit it is the unit's. */
function datesOf(index: PlanIndex, duty: DatedDuty, units: UnitId[]): DatedDuty {
  const own = index.duty(duty.id);
  return units.length > 1 && own && isDated(own) ? own : duty;
}

function dutiesOf(index: PlanIndex, units: UnitId[], seen: SubmittedReport[], today: Day): DutyStanding[] {
  const expected = new Map<string, { duty: DatedDuty; units: Bound[] }>();
  for (const unit of units)
    for (const duty of index.duties(unit).filter(isDated)) {
      const entry = expected.get(duty.id);
      if (entry) entry.units.push({ unit, duty });
      else expected.set(duty.id, { duty: datesOf(index, duty, units), units: [{ unit, duty }] });
    }
  return [...expected.values()]
    .toSorted((a, b) => (a.duty.before < b.duty.before ? -1 : a.duty.before > b.duty.before ? 1 : 0))
    .map(({ duty, units: bound }) =>
      dutyStanding(
        duty,
        bound,
        seen.filter((one) => fulfils(one, duty, index)),
        today,
      ),
    );
}

function dutyStanding(duty: DatedDuty, units: Bound[], seen: SubmittedReport[], today: Day): DutyStanding {
  const lastDay = lastDayInTime(duty.before);
  const versions = new Map<UnitId, SubmittedReport[]>();
  for (const report of seen) versions.set(report.unit, [...(versions.get(report.unit) ?? []), report]);
  const counts: Counts = { onTime: 0, nothing: 0, late: 0, notDue: 0, overdue: 0 };
  const firsts: Day[] = [];
  let inTime = 0;
  const states = units.map(({ unit, duty: bound }): { unit: UnitId; state: State } => {
    const own = versions.get(unit) ?? [];
    const first = own[0];
    if (first) firsts.push(dayOf(first.submittedAt));
    const timely = first !== undefined && wasInTime(first, bound);
    if (timely) inTime += 1;
    const state: State = !first
      ? today <= lastDayInTime(bound.before)
        ? 'notDue'
        : 'overdue'
      : own.at(-1)!.nothing
        ? 'nothing'
        : timely
          ? 'onTime'
          : 'late';
    counts[state] += 1;
    return { unit, state };
  });
  return {
    duty,
    lastDay,
    daysLeft: diffDays(today, lastDay),
    expected: units.length,
    received: firsts.length,
    inTime,
    counts,
    completeness: firsts.length / units.length,
    timeliness: inTime / units.length,
    units: states,
    byDay: cumulative(firsts),
  };
}

/** What the receipt said stands, unless an extension granted since has made it timely. */
const wasInTime = (first: SubmittedReport, duty: DatedDuty): boolean =>
  first.timeliness === 'onTime' || timelinessOf(duty, dayOf(first.submittedAt)) === 'onTime';

function cumulative(firsts: Day[]): { day: Day; received: number }[] {
  const sorted = firsts.toSorted();
  return [...new Set(sorted)].map((day) => ({ day, received: sorted.lastIndexOf(day) + 1 }));
}
