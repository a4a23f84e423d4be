import { withOffered } from '../core/offering.ts';
import type { Address, Instant, Offered, Send, Session } from '../core/types.ts';
import { applyChange } from './changes.ts';
import type { TxClient } from './database.ts';
import { readDesk } from './desk.ts';
import * as parse from './parse.ts';
import { readContacts } from './people.ts';
import { filePicture } from './pictures.ts';
import type { Tx } from './port.ts';
import { readDirectory } from './roles.ts';
import { clean, sqlTime, toDate, toJson, toJsonText } from './values.ts';

async function saveSession(tx: TxClient, key: string, session: Session, revision: number, at: Instant) {
  const count =
    revision === 0
      ? await tx.$executeRaw`
        INSERT INTO sessions (key, revision, state, updated_at)
        VALUES (${key}, 1, ${toJsonText(session)}::jsonb, ${sqlTime(at)}::timestamptz) ON CONFLICT DO NOTHING`
      : await tx.$executeRaw`
        UPDATE sessions SET revision = revision + 1, updated_at = ${sqlTime(at)}::timestamptz,
          state = ${toJsonText(session)}::jsonb
        WHERE key = ${key} AND revision = ${revision}`;
  return count === 1;
}

async function firstSight(tx: TxClient, id: string, at: Instant): Promise<boolean> {
  const { count } = await tx.seenEvent.createMany({ data: { id: clean(id), at: toDate(at) }, skipDuplicates: true });
  return count === 1;
}

async function queue(tx: TxClient, send: Send, at: Instant, known: Set<string>): Promise<boolean> {
  const { to, reply, key, notBefore, thread, offered } = send;
  const { count } = await tx.outgoing.createMany({
    data: {
      key: clean(key),
      address: to,
      thread: thread ?? null,
      // What is written unasked may meet an open form, whose choices are numbered already.
      reply: toJson(await filePicture(tx, offered ? { ...reply, byLabel: true } : reply, at, known)),
      notBefore: toDate(notBefore ?? at),
      queuedAt: toDate(at),
    },
    skipDuplicates: true,
  });
  if (count === 1 && offered) await offer(tx, to, offered, at);
  return count === 1;
}

/** Makes choices known to the conversation of whoever is written to unasked. */
async function offer(tx: TxClient, to: Address, offered: Offered[], at: Instant): Promise<void> {
  const known = await tx.identity.findUnique({ where: { address: to } });
  const key = known ? `person:${known.personId}` : to;
  // Held until the end of the transaction, so that the conversation cannot go on in between.
  await tx.$executeRaw`SELECT 1 FROM sessions WHERE key = ${key} FOR UPDATE`;
  const row = await tx.session.findUnique({ where: { key } });
  const read = parse.session.safeParse(row?.state ?? { offered: [] });
  if (read.success) await saveSession(tx, key, withOffered(read.data, offered), row?.revision ?? 0, at);
}

/**
 * What one event may do; `wake` collects the addresses whose delivery needs a job.
 * @param delivers the caller delivers what it sends
 */
export function createTx(tx: TxClient, wake: Set<Address>, delivers: boolean): Tx {
  const filed = new Set<string>();
  return {
    firstSight: (eventId, at) => firstSight(tx, eventId, at),
    contacts: () => readContacts(tx),
    desk: () => readDesk(tx),
    directory: () => readDirectory(tx),
    saveSession: (key, session, revision, at) => saveSession(tx, key, session, revision, at),
    apply: (change, by) => applyChange(tx, change, by, wake),
    async send(send, at) {
      const queued = await queue(tx, send, at, filed);
      if (queued && !delivers) wake.add(send.to);
      return queued;
    },
  };
}
