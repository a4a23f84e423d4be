import { expect, test } from 'vitest';
import type { Reply } from '../../../bot/core/types.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import { desk, home, letter, minute, now, queue, saying } from './things.ts';

const lease = minute;

export function outboxContract(store: StoreOf): void {
  const outbox = () => store().outbox;
  const claim = (at = now, to = home) => outbox().claim(to, at, lease);
  const jobs = async () => {
    const { pool } = databaseOf(store());
    const { rows } = await pool.query(`SELECT name || ' ' || singleton_key AS job FROM pgboss.job ORDER BY job`);
    return rows.map(({ job }) => job);
  };

  test('a message comes out as it was put in', async () => {
    const reply: Reply = {
      text: [
        { as: 'title', text: 'Nhiệm vụ' },
        { as: 'quote', text: '“…”' },
      ],
      choices: [{ token: 'x1', label: 'Trang sau' }],
      picture: { name: 'a.png', mediaType: 'image/png', alt: 'Tiến độ', base64: 'AAAA' },
      paper: {
        name: 'a.xlsx',
        format: 'xlsx',
        at: now,
        of: {
          kind: 'totals',
          scope: { kind: 'sector', sector: 'xa' },
          period: { kind: 'week', from: '2026-06-08', to: '2026-06-14' },
        },
      },
      source: ['kh/IV.2/1'],
    };
    await queue(store(), { to: home, key: 'k1', reply, thread: '7' });
    const message = await claim();
    expect(message).toStrictEqual({
      id: message!.id,
      key: 'k1',
      to: home,
      thread: '7',
      reply,
      partsSent: 0,
      attempts: 1,
    });
  });

  test('a key is queued once, also inside one transaction, and the transaction lives on', async () => {
    expect(await queue(store(), letter('k1'))).toBe(true);
    const results = await store().transaction(async (tx) => [
      await tx.send(letter('k1', desk), now),
      await tx.send(letter('k2'), now),
      await tx.send(letter('k2'), now),
    ]);
    expect(results).toEqual([false, true, false]);
    await outbox().sent((await claim())!, 'm1', now);
    expect(await queue(store(), letter('k1'))).toBe(false);
    expect(await outbox().counts()).toEqual({ queued: 1, sent: 1, failed: 0 });
  });

  test('a message and its delivery job stand or fall with the transaction', async () => {
    const failing = store().transaction(async (tx) => {
      await tx.send(letter('k1'), now);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await jobs()).toEqual([]);
    expect(await outbox().counts()).toEqual({ queued: 0, sent: 0, failed: 0 });
    await store().transaction(async (tx) => {
      for (const key of ['k1', 'k2']) await tx.send(letter(key), now);
      await tx.send(letter('k3', desk), now);
    });
    await queue(store(), letter('k4'));
    expect(await jobs()).toEqual([`deliver ${home}`, `deliver ${desk}`]);
  });

  test('messages of an address are taken in order, one at a time', async () => {
    for (const key of ['k1', 'k2', 'k3']) await queue(store(), letter(key));
    await queue(store(), letter('d1', desk));
    const first = await claim();
    expect(first!.key).toBe('k1');
    expect(await claim()).toBeNull();
    expect((await claim(now, desk))!.key).toBe('d1');
    await outbox().sent(first!, 'm1', now);
    expect((await claim())!.key).toBe('k2');
    expect(await claim()).toBeNull();
  });

  test('a crashed claim is taken over at the end of its lease, with what was sent of it', async () => {
    await queue(store(), letter('k1'));
    const first = await claim();
    await outbox().progress(first!.id, 2);
    await outbox().progress(first!.id, 1);
    expect(await claim(now + lease - 1)).toBeNull();
    expect(await outbox().due(now + lease - 1)).toEqual([]);
    expect(await outbox().nextFor(home)).toBe(now + lease);
    expect(await outbox().due(now + lease)).toEqual([home]);
    expect(await claim(now + lease)).toMatchObject({ id: first!.id, partsSent: 2, attempts: 2 });
  });

  test('a message put off holds up those behind it', async () => {
    await queue(store(), letter('k1'));
    await queue(store(), letter('k2'));
    const first = await claim();
    await outbox().postpone(first!.id, now + 10 * minute, '429');
    expect(await claim(now + 10 * minute - 1)).toBeNull();
    expect(await outbox().nextFor(home)).toBe(now + 10 * minute);
    expect((await claim(now + 10 * minute))!.key).toBe('k1');
  });

  test('a message given up lets the next one through and is kept', async () => {
    await queue(store(), letter('k1'));
    await queue(store(), letter('k2'));
    await outbox().giveUp((await claim())!.id, 'chat not found', now);
    expect((await claim())!.key).toBe('k2');
    expect(await outbox().counts()).toEqual({ queued: 1, sent: 0, failed: 1 });
    const kept = await databaseOf(store()).prisma.outgoing.findUnique({ where: { key: 'k1' } });
    expect(kept).toMatchObject({ state: 'failed', reason: 'chat not found' });
  });

  test('what is done stays done, whatever a late claimer says', async () => {
    await queue(store(), letter('k1'));
    const held = (await claim())!;
    const { id } = held;
    await outbox().sent(held, 'm1', now);
    await outbox().postpone(id, now, 'late');
    await outbox().giveUp(id, 'late', now);
    expect(await outbox().counts()).toEqual({ queued: 0, sent: 1, failed: 0 });
    expect(await claim()).toBeNull();
  });

  test('a message for later does not hold up the one for now', async () => {
    await queue(store(), letter('tomorrow', home, { notBefore: now + 1000 }));
    expect(await claim()).toBeNull();
    expect(await outbox().due(now)).toEqual([]);
    expect(await outbox().nextFor(home)).toBe(now + 1000);
    await queue(store(), letter('now'));
    expect(await outbox().nextFor(home)).toBe(now);
    const first = await claim();
    expect(first!.key).toBe('now');
    await outbox().sent(first!, 'm1', now);
    expect(await outbox().due(now + 999)).toEqual([]);
    expect(await outbox().due(now + 1000)).toEqual([home]);
    expect((await claim(now + 1000))!.key).toBe('tomorrow');
  });

  test('nothing waits for an address without messages', async () => {
    expect(await outbox().nextFor(home)).toBeNull();
    expect(await claim()).toBeNull();
    await queue(store(), letter('k1'));
    await outbox().sent((await claim())!, 'm1', now);
    expect(await outbox().nextFor(home)).toBeNull();
  });

  test('what waits follows a group that moved, in order, with a job; what was sent does not', async () => {
    for (const key of ['k1', 'k2', 'k3']) await queue(store(), letter(key));
    await outbox().sent((await claim())!, 'm1', now);
    await databaseOf(store()).pool.query('DELETE FROM pgboss.job');
    await outbox().redirect(home, desk);
    await outbox().redirect(home, desk);
    expect(await outbox().due(now)).toEqual([desk]);
    expect((await claim(now, desk))!.key).toBe('k2');
    expect(await jobs()).toEqual([`deliver ${desk}`]);
    const sent = await databaseOf(store()).prisma.outgoing.findUnique({ where: { key: 'k1' } });
    expect(sent!.address).toBe(home);
  });

  test('a message that cannot be read any more is given up, not tried for ever', async () => {
    await queue(store(), letter('k1'));
    await queue(store(), letter('k2'));
    const { prisma } = databaseOf(store());
    await prisma.outgoing.update({ where: { key: 'k1' }, data: { reply: { text: 3 } } });
    expect((await claim())!.key).toBe('k2');
    expect(await outbox().counts()).toEqual({ queued: 1, sent: 0, failed: 1 });
  });

  test('keys are found by their beginning, taken literally', async () => {
    for (const key of ['digest/g1/2026-06-10', 'digest/g_/1', 'digest%', 'Digest/g1', 'reply/1'])
      await queue(store(), letter(key));
    expect(await store().sentKeys('digest/')).toEqual(['digest/g1/2026-06-10', 'digest/g_/1']);
    expect(await store().sentKeys('digest/g_')).toEqual(['digest/g_/1']);
    expect(await store().sentKeys('digest%')).toEqual(['digest%']);
    expect(await store().sentKeys('x')).toEqual([]);
    expect(await store().sentKeys('')).toHaveLength(5);
  });

  test('the index on keys answers for their beginning', async () => {
    const plan = await databaseOf(store()).prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<object[]>`EXPLAIN SELECT key FROM outgoing WHERE key ^@ ${'digest/'}`;
    });
    expect(JSON.stringify(plan)).toContain('outgoing_key_key');
  });

  test('odd characters of a message do not stop it', async () => {
    await queue(store(), { ...letter('k\0'), reply: saying('a\0\uDC00b') });
    expect(await claim()).toMatchObject({ key: 'k', reply: saying('a\uFFFDb') });
  });
}
