import type { Address, Change } from '../core/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { linkAddress } from './people.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { toDate } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

export async function offerLink(tx: TxClient, { codeHash, expiresAt, person, kind }: Of<'offerLink'>, by: Actor) {
  const whose = person ?? by.person;
  if (whose === null || by.person === null) throw new ChangeRefused(kind, 'personUnknown');
  if (whose !== by.person && !(await ranksUpTo(tx, whose, by.person))) throw new ChangeRefused(kind, 'higherRights');
  await tx.linkCode.deleteMany({ where: { personId: whose, usedAt: null } });
  const data = { codeHash, personId: whose, expiresAt: toDate(expiresAt) };
  const { count } = await tx.linkCode.createMany({ data, skipDuplicates: true });
  if (count === 0) throw new ChangeRefused(kind, 'codeTaken');
  await audit(tx, by, kind, `person:${whose}`, { expiresAt });
}

/** Whoever lets somebody in could become them: so only where that brings no more rights. */
async function ranksUpTo(tx: TxClient, person: string, by: string): Promise<boolean> {
  const high = ['coordinator' as const, 'administrator' as const];
  if ((await tx.membership.count({ where: { personId: person, role: { in: high } } })) === 0) return true;
  return (await tx.membership.count({ where: { personId: by, role: 'administrator' } })) > 0;
}

/** Devices of the web chat among them are signed out: they are nobody's any more. */
export async function unlinkAddresses(tx: TxClient, { addresses, kind }: Of<'unlinkAddresses'>, by: Actor) {
  if (by.person === null) throw new ChangeRefused(kind, 'personUnknown');
  const own = await tx.identity.findMany({ where: { personId: by.person, address: { in: addresses } } });
  const gone = own.map(({ address }) => address as Address);
  await tx.identity.deleteMany({ where: { address: { in: gone } } });
  await tx.webSession.updateMany({ where: { address: { in: gone }, endedAt: null }, data: { endedAt: toDate(by.at) } });
  if (gone.length > 0) await audit(tx, by, kind, `person:${by.person}`, { addresses: gone });
}

export async function preferChannel(tx: TxClient, { channel, kind }: Of<'preferChannel'>, by: Actor) {
  if (by.person === null) throw new ChangeRefused(kind, 'personUnknown');
  await tx.person.updateMany({ where: { id: by.person }, data: { preferred: channel } });
  await audit(tx, by, kind, `person:${by.person}`, { channel });
}

/** Uses a code up: of two at once the second finds it used. */
export async function useLink(tx: TxClient, { codeHash, address, kind }: Of<'linkAddress'>, by: Actor) {
  const at = toDate(by.at);
  const [code] = await tx.linkCode.updateManyAndReturn({
    where: { codeHash, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  });
  if (!code) throw new ChangeRefused(kind, 'linkUsed');
  await linkAddress(tx, address, code.personId, by.at);
  await audit(tx, by, kind, `person:${code.personId}`, { address, before: by.person });
}
