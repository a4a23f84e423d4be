/** Tells the standing agency of reports that wait for approval: a few times a working day, and only of what is new. */
import type { Send } from '../core/types.ts';
import { isWorkingDay } from '../digest/holidays.ts';
import { dayOf, instantOf } from '../language/calendar.ts';
import { waiting } from '../report/state.ts';
import { approveOffers } from '../talk/reminding.ts';
import { say } from '../text/say.ts';
import type { ReminderNeeds } from './schedule-reminders.ts';

/** The first, after the morning's reminders, looks back over all that waits, so that nothing is lost over a night or a stop. */
const HOURS = ['09:00', '11:00', '14:00', '16:30'] as const;

/** The hour of today that has come last, with the one before it; null before the first. */
export function waitingSlot(now: number): { hour: string; since: number; until: number } | null {
  const today = dayOf(now);
  const come = HOURS.map((hour) => ({ hour, at: instantOf(today, hour) })).filter(({ at }) => at <= now);
  const [slot, before] = [come.at(-1), come.at(-2)];
  return slot && isWorkingDay(today) ? { hour: slot.hour, since: before?.at ?? 0, until: slot.at } : null;
}

export async function waitingDue({ store, plans, rehearsal }: ReminderNeeds, now: number): Promise<Send[]> {
  const slot = waitingSlot(now);
  if (!slot) return [];
  const all = waiting(await store.reports()).filter(({ changedAt }) => changedAt <= slot.until);
  const fresh = all.filter(({ changedAt }) => changedAt > slot.since);
  if (fresh.length === 0) return [];
  const today = dayOf(now);
  const units = [...new Set(fresh.map(({ unit }) => plans.name(unit)))];
  const named = units.slice(0, MOST_NAMED).join(', ');
  const more = units.length > MOST_NAMED ? say('reminder:waiting.more', { count: units.length - MOST_NAMED }) : '';
  const said = say('reminder:waiting.new', { count: fresh.length, units: named + more, all: all.length });
  const offered = approveOffers();
  return (await store.contacts())
    .filter(({ person, addresses }) => addresses.length > 0 && person.memberships.some(({ role }) => LOOKS.has(role)))
    .filter(({ person }) => !(person.quiet && person.quiet.until >= today))
    .map(({ person, addresses }) => ({
      to: addresses[0]!,
      key: `waiting/${person.id}/${today}/${slot.hour}`,
      reply: {
        text: [
          { as: 'text' as const, text: said },
          ...(rehearsal ? [{ as: 'note' as const, text: say('reminder:rehearsal') }] : []),
        ],
        choices: offered.map(({ token, label }) => ({ token, label })),
      },
      offered,
    }));
}

const MOST_NAMED = 5;
const LOOKS: ReadonlySet<string> = new Set(['coordinator', 'administrator']);
