import { withOffered } from '../core/offering.ts';
import type { Address, Instant, Offered, Reply, Send, Session } from '../core/types.ts';
import { applyChange } from './changes.ts';
import type { TxClient } from './database.ts';
import { readDesk } from './desk.ts';
import type { KeptTaught } from './learning.ts';
import * as parse from './parse.ts';
import { readContacts } from './people.ts';
import { filePicture } from './pictures.ts';
import type { Answer, Outgoing, SavedSession, Tx } from './port.ts';
import type { KeptRegister } from './register.ts';
import { readDirectory } from './roles.ts';
import { readSurroundings } from './surroundings.ts';
import { clean, sqlTime, toDate, toJson, toJsonText } from './values.ts';

/** @returns the keys of those that were saved: the others somebody else saved meanwhile */
async function saveSessions(tx: TxClient, saved: readonly SavedSession[], at: Instant): Promise<Set<string>> {
  // In one order for all, so that two transactions never wait for each other.
  const inOrder = saved.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  // An array is looked up by index where a join, before the table was ever analysed, would read all of it.
  const rows = await tx.$queryRaw<{ key: string }[]>`
    WITH given AS MATERIALIZED (
      SELECT ${inOrder.map(({ key }) => key)}::text[] AS keys, ${inOrder.map(({ revision }) => revision)}::int[] AS revisions,
        ${inOrder.map(({ session }) => toJsonText(session))}::jsonb[] AS states, ${sqlTime(at)}::timestamptz AS at
    ), begun AS (
      INSERT INTO sessions (key, revision, state, updated_at)
      SELECT key, 1, state, at FROM given, unnest(keys, revisions, states) AS session (key, revision, state)
      WHERE revision = 0 ON CONFLICT DO NOTHING RETURNING key
    ), continued AS (
      UPDATE sessions SET revision = revision + 1, updated_at = (SELECT at FROM given),
        state = (SELECT states FROM given)[array_position((SELECT keys FROM given), key)]
      WHERE key = ANY ((SELECT keys FROM given)::text[]) AND revision > 0
        AND revision = (SELECT revisions FROM given)[array_position((SELECT keys FROM given), key)]
      RETURNING key
    )
    SELECT key FROM begun UNION ALL SELECT key FROM continued`;
  return new Set(rows.map(({ key }) => key));
}

const saveSession = async (tx: TxClient, key: string, session: Session, revision: number, at: Instant) =>
  (await saveSessions(tx, [{ key, session, revision }], at)).has(key);

/** @returns the ids of those that were not seen before */
async function firstSights(tx: TxClient, ids: readonly string[], at: Instant): Promise<Set<string>> {
  const known = new Map(ids.map((id) => [clean(id), id]));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO seen_events (id, at) SELECT unnest(${[...known.keys()].sort()}::text[]), ${sqlTime(at)}::timestamptz
    ON CONFLICT DO NOTHING RETURNING id`;
  return new Set(rows.map(({ id }) => known.get(id)!));
}

async function queueAnswers(
  tx: TxClient,
  answers: readonly Answer[],
  at: Instant,
  until: Instant,
): Promise<Outgoing[]> {
  const replies = answers.map(({ reply }) => toJsonText(reply));
  const keys = answers.map(({ key }) => clean(key));
  // Keys that are there already stay as they are.
  const rows = await tx.$queryRaw<{ id: bigint; key: string }[]>`
    WITH answers AS (
      SELECT * FROM unnest(${keys}::text[], ${answers.map(({ to }) => to)}::text[],
        ${answers.map(({ thread }) => thread ?? null)}::text[], ${replies}::jsonb[])
        WITH ORDINALITY AS answer (key, address, thread, reply, place)
    ), queued AS (
      INSERT INTO outgoing (key, address, thread, reply, not_before, queued_at, held_until, attempts)
      SELECT key, address, thread, reply, ${sqlTime(at)}::timestamptz, ${sqlTime(at)}::timestamptz,
        CASE WHEN first THEN ${sqlTime(until)}::timestamptz END, CASE WHEN first THEN 1 ELSE 0 END
      FROM (SELECT *, row_number() OVER (PARTITION BY address ORDER BY place) = 1 AND NOT EXISTS (
          SELECT 1 FROM outgoing o WHERE o.address = answers.address AND o.state = 'queued') AS first
        FROM answers) line ORDER BY place
      ON CONFLICT DO NOTHING RETURNING id, key, held_until
    )
    SELECT id, key FROM queued WHERE held_until IS NOT NULL`;
  const claimed = new Map(rows.map(({ id, key }) => [key, String(id)]));
  return answers.flatMap(({ to, key, thread }, i) => {
    const id = claimed.get(keys[i]!);
    const reply: Reply = JSON.parse(replies[i]!);
    return id === undefined
      ? []
      : [{ id, key, to, ...(thread !== undefined && { thread }), reply, partsSent: 0, attempts: 1 }];
  });
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

/** What was read last of what every message may ask for. */
export interface Kept {
  register: KeptRegister;
  lessons: KeptTaught;
}

/**
 * What one event may do; `wake` collects the addresses whose delivery needs a job.
 * @param delivers the caller delivers what it sends
 */
export function createTx(tx: TxClient, wake: Set<Address>, kept: Kept, delivers: boolean): Tx {
  const filed = new Set<string>();
  return {
    firstSight: async (eventId, at) => (await firstSights(tx, [eventId], at)).has(eventId),
    firstSights: (eventIds, at) => firstSights(tx, eventIds, at),
    surroundings: async ({ agency, ...event }, year) =>
      (await readSurroundings(tx, [event], { year, agency }, kept))[0]!,
    surroundingsOf: (events, where) => readSurroundings(tx, events, where, kept),
    contacts: () => readContacts(tx),
    desk: () => readDesk(tx),
    directory: () => readDirectory(tx),
    saveSession: (key, session, revision, at) => saveSession(tx, key, session, revision, at),
    saveSessions: (saved, at) => saveSessions(tx, saved, at),
    answer: (answers, at, until) => queueAnswers(tx, answers, at, until),
    apply: (change, by) => applyChange(tx, change, by, wake),
    async send(send, at) {
      const queued = await queue(tx, send, at, filed);
      if (queued && !delivers) wake.add(send.to);
      return queued;
    },
  };
}
