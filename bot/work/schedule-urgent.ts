/**
 * Calls out again extraordinary reports that nobody has acknowledged: to the standing agency's groups and to all of its
 * people, at any hour; the sender is told, so that they can telephone.
 */

import { looksAfter } from '../core/rights.ts';
import type { Address, Send, Text } from '../core/types.ts';
import type { Contact } from '../core/world.ts';
import { escalationsOf, unacknowledged } from '../desk/standing.ts';
import type { DeskRules, Matter } from '../desk/types.ts';
import type { PlanIndex } from '../plan/types.ts';
import { ChangeRefused, type Store } from '../store/port.ts';
import { urgentChoices } from '../talk/matter/steps.ts';
import { urgentAgain, urgentNotYet } from '../talk/urgent.ts';

export interface UrgentNeeds {
  store: Store;
  plans: PlanIndex;
  rules: DeskRules;
}

/** Addresses that got something queued. */
export async function escalateUrgent({ store, plans, rules }: UrgentNeeds, now: number): Promise<Address[]> {
  const late = unacknowledged(await store.register()).filter((matter) => {
    const { due, done } = escalationsOf(matter, rules, now);
    return due > done;
  });
  if (late.length === 0) return [];
  const closed = new Set(await store.unreachable());
  const groups = (await store.groups())
    .filter(({ scope, address }) => scope.kind === 'unit' && scope.unit === rules.agency && !closed.has(address))
    .map(({ address }) => address);
  const contacts = (await store.contacts()).filter(({ addresses }) => addresses.length > 0);
  const told: Address[] = [];
  for (const matter of late) told.push(...(await callOut({ store, plans, rules }, matter, groups, contacts, now)));
  return told;
}

/** What was missed while the bot was off is noted, and said once. */
async function callOut(
  { store, plans, rules }: UrgentNeeds,
  matter: Matter,
  groups: readonly Address[],
  contacts: readonly Contact[],
  now: number,
): Promise<Address[]> {
  const { due, done } = escalationsOf(matter, rules, now);
  const key = `matter/${matter.id}/again/${due}`;
  const minutes = Math.floor((now - matter.at) / 60_000);
  const send = (to: Address, text: Text[], withChoices: boolean): Send => {
    const offered = withChoices ? urgentChoices(matter) : [];
    const choices = offered.map(({ label, token }) => ({ label, token }));
    const reply = { text, ...(choices.length > 0 && { choices }) };
    return { to, key: `${key}/${to}`, reply, ...(offered.length > 0 && { offered }) };
  };
  const again = urgentAgain(matter, due, minutes, plans);
  const sender = contacts.find(({ person }) => person.id === matter.by);
  const sends = [
    ...groups.map((to) => send(to, again, true)),
    ...contacts
      .filter(({ person }) => looksAfter(person, 'urgent', rules))
      .map(({ addresses }) => send(addresses[0]!, again, true)),
    ...(done === 0 && sender ? [send(sender.addresses[0]!, urgentNotYet(matter, minutes), false)] : []),
  ];
  const { id, unit, kind } = matter;
  try {
    return await store.transaction(async (tx) => {
      for (let n = done; n < due; n++)
        await tx.apply(
          {
            ...{ kind: 'stepMatter', matter: id, of: kind, unit, step: 'escalated', text: null },
            revision: matter.steps.length + n - done,
          },
          { person: null, address: null, at: now },
        );
      const queued: Address[] = [];
      for (const one of sends) if (await tx.send(one, now)) queued.push(one.to);
      return queued;
    });
  } catch (error) {
    // Somebody acknowledged it meanwhile, or another instance was quicker: the next tick sees what is true then.
    if (error instanceof ChangeRefused) return [];
    throw error;
  }
}
