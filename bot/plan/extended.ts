/** Extensions of due dates: asked for by a unit for one duty, granted or refused by the standing agency. */
import { addDays } from '../language/calendar.ts';
import type { PlanIndex, ReportingDuty, UnitId } from './types.ts';

export interface Extension {
  id: string;
  unit: UnitId;
  duty: string;
  /** Calendar days after the due date that the plan names. */
  days: number;
  reason: string;
  state: 'asked' | 'granted' | 'refused';
  /** Person id. */
  askedBy: string;
  /** Instant, ms UTC. */
  askedAt: number;
  decidedBy: string | null;
  /** What was said to it, where it was refused. */
  answer: string | null;
}

/**
 * The plans as they bind each unit: where an extension was granted, `duties(unit)` has the moved date in `before` and the
 * plan's own in `extendedFrom`. Everything that asks by unit (deadlines, reminders, timeliness, forms) follows of itself.
 */
export function withExtensions(plans: PlanIndex, extensions: readonly Extension[]): PlanIndex {
  const days = new Map<string, number>();
  for (const { unit, duty, days: more, state } of extensions)
    if (state === 'granted') days.set(`${unit} ${duty}`, Math.max(more, days.get(`${unit} ${duty}`) ?? 0));
  if (days.size === 0) return plans;
  const moved = (unit: UnitId, duty: ReportingDuty): ReportingDuty => {
    const more = days.get(`${unit} ${duty.id}`);
    if (more === undefined || duty.before === null) return duty;
    return { ...duty, before: addDays(duty.before, more), extendedFrom: duty.before };
  };
  return { ...plans, duties: (unit) => plans.duties(unit).map((duty) => moved(unit, duty)) };
}

/** A duty as it binds a unit, its date moved where an extension was granted. */
export const dutyOf = (plans: PlanIndex, unit: UnitId, duty: string | null): ReportingDuty | undefined =>
  duty === null ? undefined : (plans.duties(unit).find(({ id }) => id === duty) ?? plans.duty(duty));
