/** Several instances on one PostgreSQL server. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change, Invitation } from '../../bot/core/types.ts';
import { ChangeRefused, type Store } from '../../bot/store/port.ts';
import {
  createServerDatabase,
  databaseOf,
  openStoreOn,
  resetStore,
  type ServerDatabase,
  whyNoServer,
} from '../support/database.ts';
import {
  actor,
  book,
  desk,
  home,
  letter,
  look,
  minute,
  now,
  privately,
  queue,
  report,
  webLine,
} from './contract/things.ts';

const missing = await whyNoServer();

/** A promise to be kept from outside. */
function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
}

describe.skipIf(missing !== null)(`two instances on a server${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let database: ServerDatabase;
  let one: Store;
  let two: Store;
  const both = <T>(work: (store: Store) => Promise<T>) => Promise.all([work(one), work(two)]);

  beforeAll(async () => {
    database = await createServerDatabase();
    // Both create the schema, the job queue and its queues at once.
    [one, two] = (await Promise.all([1, 2].map(() => openStoreOn({ dataDir: 'memory://', url: database.url })))) as [
      Store,
      Store,
    ];
  });
  afterAll(async () => {
    await Promise.all([one?.close(), two?.close()]);
    await database?.drop();
  });
  beforeEach(() => resetStore(one));

  /** Runs a transaction in each at the same time: both have begun before either goes on. */
  async function atOnce<T>(work: (tx: Parameters<Parameters<Store['transaction']>[0]>[0], n: number) => Promise<T>) {
    let begun = 0;
    const ready = signal();
    return Promise.allSettled(
      [one, two].map((store, n) =>
        store.transaction(async (tx) => {
          if (++begun === 2) ready.give();
          await ready.given;
          return work(tx, n);
        }),
      ),
    );
  }

  test('an event is seen for the first time by one', async () => {
    for (let round = 0; round < 10; round++) {
      const seen = await atOnce((tx) => tx.firstSight(`e${round}`, now));
      expect(seen.map((result) => result.status === 'fulfilled' && result.value).sort()).toEqual([false, true]);
    }
  });

  test('an event whose first handling failed is seen by the other', async () => {
    const seen = await atOnce(async (tx, n) => {
      const first = await tx.firstSight('e', now);
      if (first) throw new Error(`failed in ${n}`);
      return first;
    });
    // The one that waited saw the other's row go, found itself first, and failed too.
    expect(seen.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await one.transaction((tx) => tx.firstSight('e', now))).toBe(true);
  });

  test('a session is saved by one of two that began from the same revision', async () => {
    for (const revision of [0, 1]) {
      const saved = await atOnce((tx) => tx.saveSession(home, { offered: [] }, revision, now));
      expect(saved.map((result) => result.status === 'fulfilled' && result.value).sort()).toEqual([false, true]);
    }
    expect((await look(one, privately(home))).revision).toBe(2);
  });

  test('an invitation is used by one', async () => {
    const invitation: Invitation = {
      codeHash: 'h',
      unit: 'syt',
      role: 'officer',
      expiresAt: now + minute,
      usedAt: null,
    };
    await one.transaction((tx) => tx.apply({ kind: 'invite', invitation }, actor(null)));
    const results = await atOnce((tx, n) => {
      const person = { id: `p${n}`, name: `N${n}`, memberships: [] };
      const address = n === 0 ? home : desk;
      return tx.apply({ kind: 'redeemInvitation', codeHash: 'h', address, person }, actor(null));
    });
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toBeInstanceOf(ChangeRefused);
    expect(refused[0]!.reason).toMatchObject({ reason: 'invitationUsed' });
    expect(await one.persons()).toHaveLength(1);
  });

  test('a receipt is given to one report; a report handed in twice at once is one', async () => {
    const submit = (id: string): Change => ({ kind: 'submitReport', report: report(1, { id }) });
    const clash = await atOnce((tx, n) => tx.apply(submit(`r${n}`), actor(null)));
    const refused = clash.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toMatchObject({ reason: 'receiptTaken' });
    await resetStore(one);
    const same = await atOnce((tx) => tx.apply(submit('r'), actor(null)));
    expect(same.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await one.reports()).toHaveLength(1);
  });

  test('a message is queued once and claimed by one, in order', async () => {
    const digest = await atOnce((tx) => tx.send(letter('digest/1'), now));
    expect(digest.map((result) => result.status === 'fulfilled' && result.value).sort()).toEqual([false, true]);
    for (let n = 0; n < 12; n++) await queue(n % 2 ? one : two, letter(`k${n}`));
    const order: string[] = [];
    for (let n = 0; n < 13; n++) {
      const claims = await Promise.all([one, two, one, two].map(({ outbox }) => outbox.claim(home, now, minute)));
      const [message, ...more] = claims.filter((claim) => claim !== null);
      expect(more).toEqual([]);
      order.push(message!.key);
      await two.outbox.sent(message!, 'm', now);
    }
    expect(order).toEqual(['digest/1', ...Array.from({ length: 12 }, (_, n) => `k${n}`)]);
  });

  test('transactions that send to the same addresses in opposite order both succeed', async () => {
    for (let round = 0; round < 5; round++) {
      const sent = await atOnce(async (tx, n) => {
        for (const to of n === 0 ? [home, desk] : [desk, home]) await tx.send(letter(`${round}/${n}/${to}`, to), now);
      });
      expect(sent.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    }
    expect(await one.outbox.counts()).toMatchObject({ queued: 20 });
  });

  test('a deadlock is tried again', async () => {
    await one.transaction(async (tx) => {
      for (const key of ['a', 'b']) await tx.saveSession(key, { offered: [] }, 0, now);
    });
    let runs = 0;
    const first = { a: signal(), b: signal() };
    const results = await Promise.allSettled(
      (['a', 'b'] as const).map((mine, n) =>
        [one, two][n]!.transaction(async (tx) => {
          runs++;
          const other = mine === 'a' ? 'b' : 'a';
          const saved = [await tx.saveSession(mine, { offered: [] }, 1, now)];
          first[mine].give();
          await first[other].given;
          saved.push(await tx.saveSession(other, { offered: [] }, 1, now));
          return saved;
        }),
      ),
    );
    expect(runs).toBe(3);
    expect(results.map((result) => result.status === 'fulfilled' && result.value)).toContainEqual([true, true]);
    expect(results.map((result) => result.status === 'fulfilled' && result.value)).toContainEqual([false, false]);
  });

  test('no worker takes a waiting job before the message that it now stands for can be seen', async () => {
    const { pool } = databaseOf(two);
    // Commits of messages wait for a lock that is held here.
    await pool.query(`
      CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER wait_for_test AFTER INSERT ON outgoing
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_for_test();`);
    const takeable = async () =>
      (await pool.query(`SELECT id FROM pgboss.job WHERE state = 'created' FOR UPDATE SKIP LOCKED`)).rowCount;
    const waiters = async () =>
      (await pool.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted`)).rowCount;
    const holder = await pool.connect();
    try {
      await holder.query('SELECT pg_advisory_lock(42)');
      await one.jobs.later('deliver', home, 0);
      expect(await takeable()).toBe(1);
      const sending = queue(one, letter('k'));
      await vi.waitFor(async () => expect(await waiters()).toBe(1), { timeout: 10_000 });
      expect(await takeable()).toBe(0);
      await holder.query('SELECT pg_advisory_unlock(42)');
      await sending;
      expect(await takeable()).toBe(1);
      expect(await two.outbox.due(now)).toEqual([home]);
    } finally {
      holder.release(true);
      await pool.query('DROP TRIGGER wait_for_test ON outgoing; DROP FUNCTION wait_for_test()');
    }
  });

  test('a book is loaded by one', async () => {
    expect((await both((store) => store.saveBook(book))).sort()).toEqual(['loaded', 'unchanged']);
    expect(await two.book()).toStrictEqual(book);
  });

  test('lines of a chat are numbered without a gap or a repeat', async () => {
    const lines = Array.from({ length: 10 }, (_, n) => webLine(`l${n}`));
    await both((store) => Promise.all(lines.map((line) => store.web.append(line))));
    const stored = await one.web.lines('web:p1', 0, 100);
    expect(stored.map(({ id }) => id).sort()).toEqual(lines.map(({ id }) => id).sort());
    const numbers = stored.map(({ seq }) => seq);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  test('what was changed by one is seen by the other', async () => {
    await one.saveSetting('clock', '1');
    expect(await two.setting('clock')).toBe('1');
    await both((store) =>
      store.ensurePersons([{ person: { id: 'p', name: 'N', memberships: [] }, address: home }], now),
    );
    expect(await two.persons()).toHaveLength(1);
  });
});
