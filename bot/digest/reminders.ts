/**
 * Whom to remind of which reports today. A duty without a report is reminded of seven days, three days and one day before
 * its last day in time, on that day, and then on each of the first ten working days after it; a day that is not worked
 * moves to the working day before. After ten working days only the coordinators' daily list still names it.
 * A person gets one message a day that lists everything of theirs; it stops with the submission.
 */
import { addDays, clockOf, dayOf, diffDays, instantOf } from '../language/calendar.ts';
import { lastDayInTime } from '../plan/due.ts';
import type { Day, PlanIndex, ReportingDuty, UnitId } from '../plan/types.ts';
import { fulfils } from '../report/duty.ts';
import type { SubmittedReport } from '../report/types.ts';
import { isWorkingDay, workingDayBy, workingDaysBetween } from './holidays.ts';

/** Calendar days before the last day in time. */
const BEFORE = [7, 3, 1, 0];
const MOST_OVERDUE_REMINDERS = 10;
/** A head hears of a duty once it is overdue by more than this. */
const HEAD_AFTER_DAYS = 1;

/** The hour of reminders; what was missed is caught up on its own day, before the quiet hours. */
export const REMIND_AT = '08:00';
/** Nobody is reminded between these hours. */
export const QUIET = { from: '21:00', to: '06:30' };

/** What a reminder needs of a person; a twin of `core/types.ts`. */
export interface Reminded {
  id: string;
  memberships: { unit: UnitId; role: string }[];
  /** No reminders up to and with this day; they go to `deputy` meanwhile, where one is named. */
  quiet?: { until: Day; deputy?: string };
}

/** A report that a unit has not handed in. */
export interface Owed {
  duty: ReportingDuty;
  unit: UnitId;
  /** Last day in time. */
  lastDay: Day;
  /** Calendar days to it; negative once it has passed. */
  daysLeft: number;
}

export interface Reminder {
  person: string;
  /** By due date. */
  owed: Owed[];
  /** True for a head who hears of it because it is overdue. */
  escalated: boolean;
}

export const reminderKey = (person: string, day: Day): string => `reminder/${person}/${day}`;
export const overdueKey = (person: string, day: Day): string => `overdue/${person}/${day}`;

/** Every dated report that is not in yet (a quick report on the way to it is none), by due date; units in the order of the book. */
export function owedReports(index: PlanIndex, reports: readonly SubmittedReport[], today: Day): Owed[] {
  const byUnit = new Map<UnitId, SubmittedReport[]>();
  for (const report of reports)
    if (report.state !== 'withdrawn') byUnit.set(report.unit, [...(byUnit.get(report.unit) ?? []), report]);
  const handedIn = (duty: ReportingDuty, unit: UnitId) =>
    (byUnit.get(unit) ?? []).some((report) => fulfils(report, duty, index));
  return index.book.units
    .flatMap(({ id: unit }) =>
      index.duties(unit).flatMap((duty): Owed[] => {
        if (duty.kind !== 'deadline' || duty.before === null || handedIn(duty, unit)) return [];
        const lastDay = lastDayInTime(duty.before);
        return [{ duty, unit, lastDay, daysLeft: diffDays(today, lastDay) }];
      }),
    )
    .toSorted((a, b) => (a.lastDay < b.lastDay ? -1 : a.lastDay > b.lastDay ? 1 : 0));
}

/** Days before and on the last day on which a duty is reminded of, each moved to a working day. */
export const reminderDays = (lastDay: Day): Day[] => [
  ...new Set(BEFORE.map((before) => workingDayBy(addDays(lastDay, -before)))),
];

/** True on the days on which a duty that ends on `lastDay` is reminded of. */
export function isReminded(lastDay: Day, today: Day): boolean {
  if (!isWorkingDay(today)) return false;
  return today <= lastDay ? reminderDays(lastDay).includes(today) : stillReminded(lastDay, today);
}

const stillReminded = (lastDay: Day, today: Day): boolean =>
  workingDaysBetween(lastDay, today) <= MOST_OVERDUE_REMINDERS;

/** Today's reminders: a message for each person who has a duty whose day it is; it lists what else is due within a week. */
export function remindersOn(people: readonly Reminded[], owed: readonly Owed[], today: Day): Reminder[] {
  const near = owed.filter(
    ({ lastDay, daysLeft }) =>
      isReminded(lastDay, today) || (daysLeft <= BEFORE[0]! && (daysLeft >= 0 || stillReminded(lastDay, today))),
  );
  const officers = new Set(
    people.flatMap(({ memberships }) => memberships.filter((m) => m.role === 'officer').map((m) => m.unit)),
  );
  const due = new Map<string, { plain: Set<Owed>; escalated: Set<Owed> }>();
  for (const person of people)
    for (const { unit, role } of person.memberships) {
      const asHead = role === 'head' && officers.has(unit);
      if (role !== 'officer' && role !== 'head') continue;
      const list = near.filter((one) => one.unit === unit && (!asHead || one.daysLeft < -HEAD_AFTER_DAYS));
      if (!list.some(({ lastDay }) => isReminded(lastDay, today))) continue;
      const to = recipientOf(person, people, today);
      if (to === null) continue;
      const entry = due.get(to) ?? { plain: new Set(), escalated: new Set() };
      due.set(to, entry);
      for (const one of list) (asHead ? entry.escalated : entry.plain).add(one);
    }
  return [...due].map(([person, { plain, escalated }]) => ({
    person,
    owed: near.filter((one) => plain.has(one) || escalated.has(one)),
    escalated: plain.size === 0,
  }));
}

/** The person, or who stands in for them; null when nobody is to be reminded. A deputy who is absent too is not looked past. */
export function recipientOf(person: Reminded, people: readonly Reminded[], today: Day): string | null {
  if (!isQuiet(person, today)) return person.id;
  const deputy = people.find(({ id }) => id === person.quiet?.deputy);
  return deputy && !isQuiet(deputy, today) ? deputy.id : null;
}

const isQuiet = ({ quiet }: Reminded, today: Day): boolean => quiet !== undefined && quiet.until >= today;

/** What the coordinators' list names: every overdue report, on every working day, for as long as it is missing. */
export const overdueOn = (owed: readonly Owed[], today: Day): Owed[] =>
  isWorkingDay(today) ? owed.filter(({ daysLeft }) => daysLeft < 0) : [];

/** True while today's reminders may go out. */
export const isReminderTime = (now: number): boolean => clockOf(now) >= REMIND_AT && clockOf(now) < QUIET.from;

/** The next instant at which reminders begin. */
export function nextReminderTime(now: number): number {
  const today = instantOf(dayOf(now), REMIND_AT);
  return now < today ? today : instantOf(addDays(dayOf(now), 1), REMIND_AT);
}

/** The first instant from now on that is not in the quiet hours. */
export function afterQuiet(now: number): number {
  const [clock, today] = [clockOf(now), dayOf(now)];
  if (clock < QUIET.to) return instantOf(today, QUIET.to);
  return clock >= QUIET.from ? instantOf(addDays(today, 1), QUIET.to) : now;
}
