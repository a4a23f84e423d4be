import { z } from 'zod';
import type { Address, Instant, Reply } from '../core/types.ts';
import type { Database, TxClient } from './database.ts';
import { sendElsewhere } from './elsewhere.ts';
import { gather } from './gather.ts';
import { Prisma } from './generated/client.ts';
import * as parse from './parse.ts';
import { type Gallery, hashesIn, unfile } from './pictures.ts';
import type { Outbox, Outgoing } from './port.ts';
import { clean, given, sqlTime, toDate } from './values.ts';

const Claimed = z.object({
  id: z.string(),
  key: z.string(),
  address: z.string(),
  thread: z.string().nullable(),
  reply: z.unknown(),
  partsSent: z.number(),
  attempts: z.number(),
});
type Claimed = z.infer<typeof Claimed>;

/** Points what waits for one address to another; how many messages that were. */
export async function redirectQueued(tx: TxClient, from: Address, to: Address): Promise<number> {
  const { count } = await tx.outgoing.updateMany({ where: { address: from, state: 'queued' }, data: { address: to } });
  return count;
}

interface Claim {
  to: Address;
  now: Instant;
  leaseMs: number;
}

/**
 * Takes the head of each address's line: the oldest message whose time has come. While that one is held (claimed, or put
 * off after a failure) the messages behind it wait. Two claims at once both name the same head; the second finds it
 * held when its turn comes, because a lock checks its condition again on the row it had to wait for.
 */
async function takeHeads(db: Database, claims: readonly Claim[]): Promise<Claimed[]> {
  const now = Math.max(...claims.map((claim) => claim.now));
  const until = Math.max(...claims.map((claim) => claim.now + claim.leaseMs));
  // Only what was sent must outlive a crash: a claim that is lost with the process is free again all the sooner.
  const rows = await db.query(Prisma.sql`
    WITH unhurried AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
    free AS MATERIALIZED (
      SELECT id FROM outgoing
      WHERE id = ANY (ARRAY(
          SELECT (SELECT o.id FROM outgoing o
            WHERE o.address = place AND o.state = 'queued' AND o.not_before <= ${sqlTime(now)}::timestamptz
            ORDER BY o.id LIMIT 1)
          FROM unnest(${claims.map(({ to }) => to)}::text[]) AS place))
        AND state = 'queued' AND (held_until IS NULL OR held_until <= ${sqlTime(now)}::timestamptz)
      ORDER BY id FOR UPDATE
    )
    UPDATE outgoing SET held_until = ${sqlTime(until)}::timestamptz, attempts = attempts + 1
    FROM unhurried WHERE id = ANY (ARRAY(SELECT id FROM free))
    RETURNING id, key, address, thread, reply, parts_sent AS "partsSent", attempts`);
  return z.array(Claimed).parse(rows);
}

/** What waits, each with when those before it are held until: a held message holds up those behind it. */
const lines = (waiting: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT address, not_before, max(held_until) OVER (PARTITION BY address ORDER BY id) AS held
  FROM outgoing WHERE ${waiting}) line`;
const due = Prisma.sql`GREATEST(not_before, held)`;

interface Arrived {
  message: Outgoing;
  messageId: string;
  now: Instant;
}

/** @returns of each in its place, what its address waits for next */
async function markSent(db: Database, arrived: readonly Arrived[]): Promise<(Instant | null)[]> {
  // What was stopped while it was on its way has arrived all the same. An array is looked up by index where a join,
  // before the table was ever analysed, would read all of it.
  const rows = await db.query<{ address: Address; next: Date }>(Prisma.sql`
    WITH given AS MATERIALIZED (
      SELECT ${arrived.map(({ message }) => message.id)}::bigint[] AS ids,
        ${arrived.map(({ messageId }) => messageId)}::text[] AS messages,
        ${arrived.map(({ now }) => sqlTime(now))}::timestamptz[] AS times
    ), done AS (
      UPDATE outgoing SET state = 'sent', held_until = NULL, reason = NULL,
        message_id = (SELECT messages FROM given)[array_position((SELECT ids FROM given), id)],
        done_at = (SELECT times FROM given)[array_position((SELECT ids FROM given), id)]
      WHERE id = ANY ((SELECT ids FROM given)::bigint[]) AND state <> 'sent'
    )
    SELECT address, min(${due}) AS next FROM ${lines(Prisma.sql`address = ANY (${arrived.map(({ message }) => message.to)}::text[])
      AND state = 'queued' AND NOT id = ANY ((SELECT ids FROM given)::bigint[])`)} GROUP BY address`);
  const next = new Map(rows.map((row) => [row.address, row.next.getTime()]));
  return arrived.map(({ message }) => next.get(message.to) ?? null);
}

/** Calls in one statement. */
const MOST_TOGETHER = 100;

/** `send` and `later` put the job of delivery; `wake` does the same for what is redirected. */
export function createOutbox(
  db: Database,
  gallery: Gallery,
  wake: (tx: TxClient, to: Address) => Promise<void>,
): Outbox {
  const { prisma } = db;
  const queued = (id: string) => ({ id: BigInt(id), state: 'queued' as const });
  const take = gather(async (claims: Claim[]) => {
    const heads = new Map((await takeHeads(db, claims)).map((head) => [head.address, head]));
    return claims.map(({ to }) => {
      const head = heads.get(to) ?? null;
      // Of two who ask for the same address one gets it.
      heads.delete(to);
      return head;
    });
  }, MOST_TOGETHER);
  const arrive = gather((arrived: Arrived[]) => markSent(db, arrived), MOST_TOGETHER);

  const outbox: Outbox = {
    async claim(to, now, leaseMs): Promise<Outgoing | null> {
      for (;;) {
        const head = await take({ to, now, leaseMs });
        if (!head) return null;
        const reply = parse.reply.safeParse(head.reply);
        const { key, thread, partsSent, attempts } = head;
        const { id } = head;
        if (reply.success) {
          const whole = unfile(reply.data, await gallery.get(hashesIn([reply.data])));
          return { id, key, to, ...given('thread', thread), reply: whole as Reply, partsSent, attempts };
        }
        await outbox.giveUp(id, `not readable: ${z.prettifyError(reply.error)}`, now);
      }
    },
    async progress(id, partsSent) {
      await prisma.outgoing.updateMany({
        where: { ...queued(id), partsSent: { lt: partsSent } },
        data: { partsSent },
      });
    },
    sent: (message, messageId, now) => arrive({ message, messageId, now }),
    async postpone(id, until, reason) {
      await prisma.outgoing.updateMany({ where: queued(id), data: { heldUntil: toDate(until), reason } });
    },
    async giveUp(id, reason, now) {
      const done = { state: 'failed' as const, reason, doneAt: toDate(now), heldUntil: null };
      await prisma.outgoing.updateMany({ where: queued(id), data: done });
    },
    async elsewhere(id, reason) {
      return prisma.$transaction(async (tx) => {
        const message = await tx.outgoing.findFirst({ where: queued(id) });
        const moved = message && (await sendElsewhere(tx, message, reason));
        if (moved) await wake(tx, moved);
        return moved;
      });
    },
    async unreachable(to, reason, now) {
      const since = toDate(now);
      return prisma.$transaction(async (tx) => {
        await tx.unreachablePlace.upsert({
          where: { address: to },
          create: { address: to, reason: clean(reason), since },
          update: { reason: clean(reason) },
        });
        const woken = new Set<Address>();
        const waiting = await tx.outgoing.findMany({ where: { address: to, state: 'queued' }, orderBy: { id: 'asc' } });
        for (const message of waiting) {
          const moved = await sendElsewhere(tx, message, reason);
          if (moved) woken.add(moved);
        }
        for (const address of woken) await wake(tx, address);
        await tx.outgoing.updateMany({
          where: { address: to, state: 'queued' },
          data: { state: 'failed', reason: clean(reason), doneAt: since, heldUntil: null },
        });
        return [...woken];
      });
    },
    async due(now) {
      const rows = await prisma.$queryRaw<{ address: Address }[]>`
        SELECT address FROM (
          SELECT DISTINCT ON (address) address, held_until FROM outgoing
          WHERE state = 'queued' AND not_before <= ${sqlTime(now)}::timestamptz
          ORDER BY address, id) heads
        WHERE held_until IS NULL OR held_until <= ${sqlTime(now)}::timestamptz
        ORDER BY address`;
      return rows.map(({ address }) => address);
    },
    async nextFor(to) {
      const [row] = await prisma.$queryRaw<[{ next: Date | null }]>`
        SELECT min(${due}) AS next FROM ${lines(Prisma.sql`address = ${to} AND state = 'queued'`)}`;
      return row.next?.getTime() ?? null;
    },
    async redirect(from, to) {
      await prisma.$transaction(async (tx) => {
        if ((await redirectQueued(tx, from, to)) > 0) await wake(tx, to);
      });
    },
    async counts() {
      const rows = await prisma.outgoing.groupBy({ by: 'state', _count: true });
      const of = (state: string) => rows.find((row) => row.state === state)?._count ?? 0;
      return { queued: of('queued'), sent: of('sent'), failed: of('failed') };
    },
  };
  return outbox;
}

/** Keys of messages queued so far that start with a prefix. */
export async function readKeys({ prisma }: Database, prefix: string): Promise<string[]> {
  // ^@ is "starts with", which the index on keys answers whatever the prefix contains.
  const rows = await prisma.$queryRaw<{ key: string }[]>`SELECT key FROM outgoing WHERE key ^@ ${prefix} ORDER BY id`;
  return rows.map(({ key }) => key);
}
