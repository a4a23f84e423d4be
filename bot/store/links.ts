import type { Change } from '../core/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { linkAddress } from './people.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { toDate } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

export async function offerLink(tx: TxClient, { codeHash, expiresAt, kind }: Of<'offerLink'>, by: Actor) {
  if (by.person === null) throw new ChangeRefused(kind, 'personUnknown');
  await tx.linkCode.deleteMany({ where: { personId: by.person, usedAt: null } });
  const data = { codeHash, personId: by.person, expiresAt: toDate(expiresAt) };
  const { count } = await tx.linkCode.createMany({ data, skipDuplicates: true });
  if (count === 0) throw new ChangeRefused(kind, 'codeTaken');
  await audit(tx, by, kind, `person:${by.person}`, { expiresAt });
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
