/** Whom to write to unasked, and how: choices of such a message are commands, so that they stay good whatever is said since. */
import type { Here } from '../../core/talk.ts';
import type { Address, Ask, Send, Text } from '../../core/types.ts';
import type { Contact } from '../../core/world.ts';
import type { UnitId } from '../../plan/types.ts';
import type { SubmittedReport } from '../../report/types.ts';

export interface Command {
  label: string;
  /** With its slash. */
  command: string;
  ask: Ask;
}

const everybody = ({ world }: Here): readonly Contact[] => world.desk?.contacts ?? world.reach ?? world.contacts ?? [];

/** The place where a person was last linked; null when they can be written to nowhere. */
export const placeOf = (person: string, here: Here): Address | null =>
  everybody(here).find((contact) => contact.person.id === person)?.addresses[0] ?? null;

/** Who answers for a report: whoever handed it in, or the officers of its unit once they have handed over. */
export function answerable(report: SubmittedReport, here: Here): string[] {
  return stillThere(report.by, report.unit, here) ?? officersOf(report.unit, here);
}

/** A person of a unit, or the unit's officers where they have left it or are reached nowhere, or whoever is left of it. */
export function orOfficers(person: string, unit: UnitId, here: Here): string[] {
  const all = everybody(here).filter((contact) => contact.person.memberships.some((m) => m.unit === unit));
  const reached = (people: readonly string[]) => people.some((one) => placeOf(one, here) !== null);
  const own = stillThere(person, unit, here) ?? [];
  return [own, officersOf(unit, here)].find(reached) ?? all.map((contact) => contact.person.id);
}

function stillThere(person: string, unit: UnitId, here: Here): string[] | null {
  const known = everybody(here).find((contact) => contact.person.id === person);
  return known?.person.memberships.some((m) => m.unit === unit) ? [person] : null;
}

export const officersOf = (unit: UnitId, here: Here): string[] =>
  everybody(here)
    .filter(({ person }) => person.memberships.some((m) => m.unit === unit && m.role === 'officer'))
    .map(({ person }) => person.id);

export const coordinators = (here: Here): string[] =>
  everybody(here)
    .filter(({ person }) => person.memberships.some(({ role }) => role === 'coordinator' || role === 'administrator'))
    .map(({ person }) => person.id);

/** The same message to each of some people, where they can be reached. */
export function tell(people: readonly string[], key: string, text: Text[], commands: Command[], here: Here): Send[] {
  const offered = commands.map(({ label, command, ask }) => ({ label, token: command, ask }));
  const choices = offered.map(({ label, token }) => ({ label, token }));
  return people.flatMap((person) => {
    const to = placeOf(person, here);
    if (to === null) return [];
    const reply = { text, ...(choices.length > 0 && { choices }) };
    return [{ to, key: `${key}/${person}`, reply, ...(offered.length > 0 && { offered }) }];
  });
}
