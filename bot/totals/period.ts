/** Periods as officers name them, whole: a week runs from Monday to Sunday, whatever day it is asked on. */

import { campaignOf } from '../digest/standing.ts';
import { addDays, diffDays, speakDay, weekdayOf } from '../language/calendar.ts';
import type { Day, PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import type { Period } from './types.ts';

const pad = (n: number) => String(n).padStart(2, '0');
const yearOf = (day: Day) => Number(day.slice(0, 4));
const monthOf = (day: Day) => Number(day.slice(5, 7));
const firstOf = (year: number, month: number): Day =>
  `${year + Math.floor((month - 1) / 12)}-${pad(((month - 1 + 1200) % 12) + 1)}-01`;

export function weekOf(day: Day): Period {
  const from = addDays(day, 1 - weekdayOf(day));
  return { kind: 'week', from, to: addDays(from, 6) };
}

export const monthsOf = (year: number, month: number, count: 1 | 3 = 1): Period => ({
  kind: count === 1 ? 'month' : 'quarter',
  from: firstOf(year, month),
  to: addDays(firstOf(year, month + count), -1),
});

export const monthOfDay = (day: Day): Period => monthsOf(yearOf(day), monthOf(day));

/** Six months and the year run as the plans' own duties say; else by the closing days of Nghị định 09/2019. */
export function reportingPeriod(plans: PlanIndex, kind: 'half' | 'year', year: number): Period {
  const last = `${year}-${kind === 'half' ? '06' : '12'}`;
  const own = plans.book.plans
    .flatMap(({ duties }) => duties)
    .find(({ period }) => period && period.from < `${year}-01-01` && period.to.startsWith(last))?.period;
  return { kind, ...(own ?? { from: `${year - 1}-12-15`, to: `${last}-14` }) };
}

export function campaignPeriod(plans: PlanIndex): Period | null {
  const campaign = campaignOf(plans);
  return campaign && { kind: 'campaign', ...campaign.period };
}

/** What totals are of when no period is named: the campaign while it runs and until it is reported, else the month. */
export function usualPeriod(plans: PlanIndex, today: Day): Period {
  const campaign = campaignPeriod(plans);
  if (campaign && today >= campaign.from && today <= addDays(campaign.to, 14)) return campaign;
  return monthOfDay(today);
}

/** The period of the same kind just before. */
export function periodBefore(period: Period): Period {
  const { kind, from, to } = period;
  if (kind === 'week') return weekOf(addDays(from, -1));
  if (kind === 'quarter') return monthsOf(yearOf(addDays(from, -1)), monthOf(addDays(from, -1)) - 2, 3);
  if (kind === 'month' || (kind === 'campaign' && sameDays(period, monthOfDay(from))))
    return monthOfDay(addDays(from, -1));
  if (kind === 'year') return { kind: 'days', from: yearBefore(from), to: addDays(from, -1) };
  return { kind: 'days', from: addDays(from, -1 - diffDays(from, to)), to: addDays(from, -1) };
}

const yearBefore = (day: Day): Day => `${yearOf(day) - 1}${day.slice(4)}`;
const sameDays = (a: Period, b: Period): boolean => a.from === b.from && a.to === b.to;

/** A range of days as the kind of period it is exactly. */
export function periodOfDays(from: Day, to: Day): Period {
  if (from === to) return { kind: 'day', from, to };
  const whole = [weekOf(from), monthOfDay(from), monthsOf(yearOf(from), monthOf(from), 3)];
  return whole.find((one) => sameDays(one, { kind: 'days', from, to })) ?? { kind: 'days', from, to };
}

/** As it stands inside a sentence: `tuần 08/6–14/6/2026`, `tháng 6/2026`, `Tháng hành động (01/6–30/6/2026)`. */
export function speakPeriod({ kind, from, to }: Period): string {
  const days = speakDays({ from, to });
  switch (kind) {
    case 'day':
      return say('totals:period.day', { day: speakDay(from) });
    case 'month':
      return say('totals:period.month', { month: `${monthOf(from)}/${yearOf(from)}` });
    case 'quarter':
      return say('totals:period.quarter', { quarter: `${Math.ceil(monthOf(from) / 3)}/${yearOf(from)}` });
    default:
      return say(`totals:period.${kind}`, { days });
  }
}

/** `08/6–14/6/2026`; both years where they differ. */
export function speakDays({ from, to }: { from: Day; to: Day }): string {
  if (from === to) return speakDay(from);
  const first = from.slice(0, 4) === to.slice(0, 4) ? speakDay(from).slice(0, -5) : speakDay(from);
  return `${first}–${speakDay(to)}`;
}

export const daysIn = ({ from, to }: { from: Day; to: Day }): number => diffDays(from, to) + 1;
