/** The record, entry by entry; and the removal of a person's data, which leaves the record whole. */
import type { Address, Change } from '../core/types.ts';
import { audit } from './audit.ts';
import { type ChainResult, createChainCheck } from './chain.ts';
import type { Database, TxClient } from './database.ts';
import { Prisma } from './generated/client.ts';
import { type Actor, ChangeRefused, type RecordEntry } from './port.ts';
import { toInstant } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

const PAGE = 1_000;

/** Entries after a place in the chain, in their order. */
export async function readRecord({ prisma }: Pick<Database, 'prisma'>, after: number, limit: number) {
  const rows = await prisma.auditEntry.findMany({
    where: { seq: { gt: BigInt(after) } },
    orderBy: { seq: 'asc' },
    take: limit,
  });
  return rows.map(
    ({ id: _, seq, at, hash, details, ...row }): RecordEntry => ({
      ...{ seq: Number(seq), at: toInstant(at), hash: hash ?? '', details: details as RecordEntry['details'] },
      ...{ ...row, personal: row.personal as RecordEntry['personal'] },
    }),
  );
}

/** @param noted the last entry of an earlier check: what was cut off since shows by it */
export async function checkRecord(
  db: Pick<Database, 'prisma'>,
  noted: { seq: number; hash: string } | null,
): Promise<ChainResult> {
  const check = createChainCheck();
  let seen: string | undefined;
  for (let after = 0; ; ) {
    const entries = await readRecord(db, after, PAGE);
    for (const entry of entries) {
      check.add(entry);
      if (entry.seq === noted?.seq) seen = entry.hash;
    }
    if (entries.length < PAGE) return check.result(noted, () => seen);
    after = entries.at(-1)!.seq;
  }
}

/** Stands in a group's history for somebody who has left. */
const NOBODY: Address = 'web:gone';
/** Shared by many. */
const NOBODYS = ['telegram:anonymous'];

/**
 * Removes what names or reaches a person who has no part in any unit any more: name, addresses, conversations, messages.
 * Reports, decisions and the record keep who it was by a number that leads to nobody.
 */
export async function forgetPerson(tx: TxClient, { person, kind }: Of<'forgetPerson'>, by: Actor): Promise<void> {
  const known = await tx.person.findUnique({ where: { id: person }, include: { memberships: true, identities: true } });
  if (!known) throw new ChangeRefused(kind, 'personUnknown');
  if (known.memberships.length > 0) throw new ChangeRefused(kind, 'stillMember');
  if (known.name === '') return;
  const from = await tx.auditEntry.findMany({
    where: { person, address: { not: null } },
    distinct: ['address'],
    select: { address: true },
  });
  const own = [...new Set([...known.identities, ...from].map(({ address }) => address as Address))];
  const others = await tx.identity.findMany({ where: { address: { in: own }, personId: { not: person } } });
  // Whoever speaks there now keeps their own.
  const addresses = own.filter((a) => !NOBODYS.includes(a) && !others.some(({ address }) => address === a));
  const there = { address: { in: addresses } };
  await tx.person.update({ where: { id: person }, data: { name: '' } });
  await tx.identity.deleteMany({ where: { personId: person } });
  await tx.linkCode.deleteMany({ where: { personId: person } });
  await tx.joinRequest.updateMany({ where: there, data: { name: '', address: '' } });
  await tx.webSession.deleteMany({ where: there });
  await tx.session.deleteMany({ where: { key: { in: [`person:${person}`, ...addresses] } } });
  await tx.setAsideSession.deleteMany({ where: { key: { in: [`person:${person}`, ...addresses] } } });
  await tx.outgoing.deleteMany({ where: there });
  await tx.unreachablePlace.deleteMany({ where: there });
  await tx.webFile.deleteMany({ where: there });
  await tx.planImport.updateMany({ where: there, data: { address: null } });
  await tx.webLine.deleteMany({ where: { chat: { in: addresses } } });
  await tx.webChat.deleteMany({ where: { chat: { in: addresses } } });
  await tx.webLine.updateMany({ where: { from: { in: addresses } }, data: { from: NOBODY, fromName: null } });
  const entries = await tx.auditEntry.updateManyAndReturn({
    where: {
      OR: [
        { person },
        { address: { in: addresses } },
        // What others did for them holds their name, if anything.
        { subject: `person:${person}`, NOT: { personal: { equals: Prisma.AnyNull } } },
      ],
      personalHash: { not: null },
      salt: { not: null },
    },
    data: { address: null, personal: Prisma.DbNull, salt: null },
    select: { seq: true },
  });
  await audit(tx, by, kind, `person:${person}`, {
    entries: entries.map(({ seq }) => Number(seq)).sort((a, b) => a - b),
  });
}
