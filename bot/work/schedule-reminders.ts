/** Queues the day's reminders, in private: officers and heads their own units' reports, coordinators who is overdue. */
import type { Offered, PersonRole, Send, Text } from '../core/types.ts';
import type { Contact } from '../core/world.ts';
import { deskLines } from '../desk/daily.ts';
import type { DeskRules } from '../desk/types.ts';
import { isWorkingDay } from '../digest/holidays.ts';
import { composeOverdue, composeReminder } from '../digest/reminder-words.ts';
import {
  isReminderTime,
  overdueKey,
  overdueOn,
  owedReports,
  type Reminded,
  reminderKey,
  remindersOn,
} from '../digest/reminders.ts';
import { dayOf } from '../language/calendar.ts';
import { withExtensions } from '../plan/extended.ts';
import type { PlanIndex } from '../plan/types.ts';
import type { Store } from '../store/port.ts';
import { nudgeOffers, reminderOffers } from '../talk/reminding.ts';
import { say } from '../text/say.ts';
import { deskTitle, nominationNews } from './schedule-desk.ts';

export interface ReminderNeeds {
  store: Store;
  plans: PlanIndex;
  rules: DeskRules;
  rehearsal: boolean;
}

/** What is to be sent now by way of reminding; each key is unique, so that it is sent once. */
export async function remindersDue(needs: ReminderNeeds, now: number): Promise<Send[]> {
  const { store, rehearsal } = needs;
  const today = dayOf(now);
  if (!isReminderTime(now) || !isWorkingDay(today)) return [];
  const extensions = await store.extensions();
  const plans = withExtensions(needs.plans, extensions);
  const owed = owedReports(plans, await store.reports(), today);
  const contacts = (await store.contacts()).filter(({ addresses }) => addresses.length > 0);
  const people = contacts.map(remindedOf);
  const write = (
    person: string,
    digest: { text: Text[]; source: string[] },
    key: string,
    offered: Offered[],
  ): Send => ({
    to: contacts.find((contact) => contact.person.id === person)!.addresses[0]!,
    reply: {
      text: rehearsal ? [...digest.text, { as: 'note', text: say('reminder:rehearsal') }] : digest.text,
      ...(offered.length > 0 && { choices: offered.map(({ token, label }) => ({ token, label })) }),
      source: digest.source,
    },
    key,
    ...(offered.length > 0 && { offered }),
  });
  const reminders = remindersOn(people, owed, today).map((reminder) =>
    write(
      reminder.person,
      composeReminder(plans, reminder),
      reminderKey(reminder.person, today),
      reminderOffers(reminder.owed[0]!.duty.id),
    ),
  );
  const gathering = nominationNews(await store.register(), needs.rules, contacts, today);
  const overdue = overdueOn(owed, today);
  const { joins } = await store.desk();
  const desk = deskLines(await store.register(), plans, needs.rules, today, {
    extensions: extensions.filter(({ state }) => state === 'asked').length,
    joins: joins.length,
  }).map((text) => ({ as: 'text' as const, text }));
  if (overdue.length === 0 && desk.length === 0) return [...reminders, ...gathering];
  const registered = new Set(people.flatMap(({ memberships }) => memberships.filter(isUnits).map(({ unit }) => unit)));
  const owing = overdue.length > 0 ? composeOverdue(plans, overdue, registered, today) : null;
  const list = { text: [...(owing?.text ?? [deskTitle(today)]), ...desk], source: owing?.source ?? [] };
  const having = (part: PersonRole) =>
    people.filter(({ memberships }) => memberships.some(({ role }) => role === part));
  // Somebody must hear of it before the first coordinator is named.
  const named = having('coordinator');
  const coordinators = (named.length > 0 ? named : having('administrator')).filter(
    ({ quiet }) => !(quiet && quiet.until >= today),
  );
  const offers = owing ? nudgeOffers() : [];
  return [...reminders, ...gathering, ...coordinators.map(({ id }) => write(id, list, overdueKey(id, today), offers))];
}

export const remindedOf = ({ person: { id, memberships, quiet } }: Contact): Reminded => ({
  id,
  memberships,
  ...(quiet && { quiet }),
});

/** Coordinators do not report for a unit. */
const isUnits = ({ role }: { role: string }): boolean =>
  (['officer', 'head'] satisfies PersonRole[] as string[]).includes(role);
