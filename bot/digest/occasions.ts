/**
 * What a group's message of a day is. A group gets one a day at most, so an occasion takes the place of the daily digest:
 * the opening on the campaign's first day, the closing on the day after the last day in time of its report, the weekly
 * summary on the group's first day of the week (Monday, where the group has not chosen otherwise).
 */
import { weekdayOf } from '../language/calendar.ts';
import type { Day, PlanIndex } from '../plan/types.ts';
import { campaignOf } from './standing.ts';
import type { DigestKind } from './types.ts';

export interface Occasions {
  opening: Day | null;
  closing: Day | null;
}

export function occasionsOf(index: PlanIndex): Occasions {
  const campaign = campaignOf(index);
  const before = campaign?.duties.flatMap((duty) => duty.before ?? []).toSorted() ?? [];
  return { opening: campaign?.period.from ?? null, closing: before.at(-1) ?? null };
}

/** @param days weekdays that the group has chosen, 1 Monday … 7 Sunday; the opening and the closing come on any day */
export function kindOn(
  day: Day,
  days: readonly number[] | undefined,
  { opening, closing }: Occasions,
): DigestKind | null {
  if (day === opening) return 'opening';
  if (day === closing) return 'closing';
  const weekday = weekdayOf(day);
  if (!days || days.length === 0) return weekday === 1 ? 'weekly' : 'daily';
  if (!days.includes(weekday)) return null;
  return weekday === Math.min(...days) ? 'weekly' : 'daily';
}
