import type { Change } from '../core/types.ts';
import type { Directory, DirectoryEntry } from '../core/world.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { addMemberships } from './people.ts';
import { type Actor, ChangeRefused } from './port.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** Gives, changes or takes a part in a unit; somebody must be left who may do so for administrators. */
export async function setRole(tx: TxClient, { person, unit, from, to, kind }: Of<'setRole'>, by: Actor): Promise<void> {
  if (!(await tx.person.findUnique({ where: { id: person } }))) throw new ChangeRefused(kind, 'personUnknown');
  if (from !== null) {
    // Held until the end of the transaction: two administrators could not take the last ones' part from each other.
    if (from === 'administrator')
      await tx.$executeRaw`SELECT 1 FROM memberships WHERE role = 'administrator' FOR UPDATE`;
    const others = await tx.membership.count({ where: { role: 'administrator', personId: { not: person } } });
    if (from === 'administrator' && others === 0) throw new ChangeRefused(kind, 'lastAdministrator');
    const { count } = await tx.membership.deleteMany({ where: { personId: person, unit, role: from } });
    if (count === 0) throw new ChangeRefused(kind, 'membershipGone');
  }
  if (to !== null) await addMemberships(tx, person, [{ unit, role: to }]);
  await audit(tx, by, kind, `person:${person}`, { unit, from, to });
  await leaveIfNone(tx, person, by);
}

/** Without a part in any unit somebody is a stranger again, wherever they write, and no code brings them back. */
export async function leaveIfNone(tx: TxClient, person: string, by: Actor): Promise<void> {
  if ((await tx.membership.count({ where: { personId: person } })) > 0) return;
  await tx.linkCode.deleteMany({ where: { personId: person, usedAt: null } });
  const { count } = await tx.identity.deleteMany({ where: { personId: person } });
  await audit(tx, by, 'left', `person:${person}`, { places: count });
}

/** Everybody of each unit who can be written to somewhere, heads first, then officers, then in the order of arrival. */
export async function readDirectory(tx: TxClient): Promise<Directory> {
  const rows = await tx.$queryRaw<(DirectoryEntry & { unit: string; standsIn: string | null; until: string | null })[]>`
    SELECT m.unit, p.id AS person, p.name, m.role::text, d.name AS "standsIn", p.quiet_until::text AS until
    FROM memberships m JOIN persons p ON p.id = m.person_id
    LEFT JOIN persons d ON d.id = p.deputy
      AND EXISTS (SELECT 1 FROM memberships o WHERE o.person_id = d.id AND o.unit = m.unit)
      AND EXISTS (SELECT 1 FROM identities i WHERE i.person_id = d.id)
    WHERE EXISTS (SELECT 1 FROM identities i WHERE i.person_id = p.id)
    ORDER BY m.unit, m.role = 'head' DESC, m.role = 'officer' DESC, p.seq`;
  const units = new Map<string, DirectoryEntry[]>();
  for (const { unit, standsIn, until, ...entry } of rows) {
    const deputy = standsIn !== null && until !== null ? { deputy: { name: standsIn, until } } : {};
    units.set(unit, [...(units.get(unit) ?? []), { ...entry, ...deputy }]);
  }
  return units;
}
