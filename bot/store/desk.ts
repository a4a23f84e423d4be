/** What the standing agency looks after: people, groups, places that cannot be reached, the latest message to many. */

import { z } from 'zod';
import type { Address } from '../core/types.ts';
import type { Broadcast, Desk, RecordState, Unreachable } from '../core/world.ts';
import type { TxClient } from './database.ts';
import { readInvitations } from './invitations.ts';
import { readJoins } from './joins.ts';
import { readOpenQuestions } from './learning.ts';
import { readContacts, readGroups } from './people.ts';
import { RECORD_CHECKED } from './port.ts';
import { toInstant } from './values.ts';

/** The reason of what was not sent any more. */
export const STOPPED = 'stopped';
export const broadcastPrefix = (id: string): string => `broadcast/${id}/`;

export async function readDesk(tx: TxClient): Promise<Desk> {
  const contacts = await readContacts(tx);
  const groups = (await readGroups({ prisma: tx })).map(({ linkedAt: _, ...group }) => group);
  const nameOf = await namesOf(tx);
  const acknowledged = await tx.acknowledgement.findMany({ select: { plan: true, person: true } });
  return {
    contacts,
    groups,
    unreachable: await readUnreachable(tx, nameOf),
    broadcast: await readBroadcast(tx, nameOf),
    invitations: await readInvitations(tx),
    joins: await readJoins(tx),
    questions: await readOpenQuestions(tx),
    acknowledged,
    record: await readRecordState(tx),
  };
}

const RecordRow = z.object({
  at: z.number(),
  entries: z.number(),
  last: z.object({ seq: z.number(), hash: z.string() }).nullable(),
  faults: z.number(),
  first: z.number().nullable(),
} satisfies Record<keyof RecordState, z.ZodType>);

async function readRecordState(tx: TxClient): Promise<RecordState | null> {
  const row = await tx.setting.findUnique({ where: { name: RECORD_CHECKED } });
  return row ? (RecordRow.safeParse(JSON.parse(row.value)).data ?? null) : null;
}

type NameOf = (address: string) => string;

/** A group by its title, a person by their name, a place that is neither by its address. */
async function namesOf(tx: TxClient): Promise<NameOf> {
  const groups = await tx.groupChat.findMany({ select: { address: true, title: true } });
  const people = await tx.identity.findMany({ select: { address: true, person: { select: { name: true } } } });
  const names = new Map([
    ...people.map(({ address, person }) => [address, person.name] as const),
    ...groups.map(({ address, title }) => [address, title] as const),
  ]);
  return (address) => names.get(address) ?? address;
}

async function readUnreachable(tx: TxClient, nameOf: NameOf): Promise<Unreachable[]> {
  const rows = await tx.unreachablePlace.findMany({ orderBy: [{ since: 'desc' }, { address: 'asc' }] });
  return rows.map(({ address, reason, since }) => ({
    address: address as Address,
    name: nameOf(address),
    reason,
    since: toInstant(since),
  }));
}

async function readBroadcast(tx: TxClient, nameOf: NameOf): Promise<Broadcast | null> {
  const latest = await tx.broadcast.findFirst({ orderBy: { at: 'desc' } });
  if (!latest) return null;
  const copies = await tx.$queryRaw<{ state: string; reason: string | null; address: string }[]>`
    SELECT state::text, reason, address FROM outgoing WHERE key ^@ ${broadcastPrefix(latest.id)} ORDER BY id`;
  const failed = copies.filter(({ state }) => state === 'failed');
  return {
    id: latest.id,
    text: latest.text,
    at: toInstant(latest.at),
    queued: copies.filter(({ state }) => state === 'queued').length,
    sent: copies.filter(({ state }) => state === 'sent').length,
    stopped: failed.filter(({ reason }) => reason === STOPPED).length,
    notReached: failed
      .filter(({ reason }) => reason !== STOPPED)
      .map(({ address, reason }) => ({ name: nameOf(address), reason: reason ?? '' })),
  };
}
