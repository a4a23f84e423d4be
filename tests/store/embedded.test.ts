/** What is particular to a database of one connection inside the process. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { upkeep } from '../../bot/store/database.ts';
import type { Store } from '../../bot/store/port.ts';
import { databaseOf, openTestStore } from '../support/database.ts';
import { now } from './contract/things.ts';

const run = promisify(execFile);
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a connection lost inside a transaction leaves nothing open for the next', async () => {
  const { pool } = databaseOf(store);
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(`INSERT INTO settings VALUES ('lost', '1')`);
  client.release(new Error('lost'));
  expect(await store.setting('lost')).toBeNull();
  expect(await store.transaction((tx) => tx.firstSight('after', now))).toBe(true);
  await store.saveSetting('kept', '1');
  expect(await store.setting('kept')).toBe('1');
});

test('a transaction that hangs is ended, and the next one goes on', async () => {
  const { prisma } = databaseOf(store);
  const hanging = prisma.$transaction(
    async (tx) => {
      await tx.setting.create({ data: { name: 'hung', value: '1' } });
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx.setting.create({ data: { name: 'late', value: '1' } });
    },
    { timeout: 100 },
  );
  await expect(hanging).rejects.toThrow();
  expect(await store.setting('hung')).toBeNull();
  expect(await store.setting('late')).toBeNull();
});

test('transactions that come at once wait for each other', async () => {
  const seen = await Promise.all(
    Array.from({ length: 20 }, (_, n) => store.transaction((tx) => tx.firstSight(`at once/${n % 10}`, now))),
  );
  expect(seen.filter(Boolean)).toHaveLength(10);
});

test('an error inside a transaction ends that one alone', async () => {
  const broken = store.transaction(async (tx) => {
    await tx.firstSight('broken', now);
    await tx.saveSession('k', { offered: [] }, 0, Number.NaN);
  });
  await expect(broken).rejects.toThrow();
  expect(await store.transaction((tx) => tx.firstSight('broken', now))).toBe(true);
});

test('upkeep runs while the store is used', async () => {
  const { pool } = databaseOf(store);
  await Promise.all([upkeep(pool), store.saveSetting('meanwhile', '1'), store.transaction(async () => {})]);
  expect(await store.setting('meanwhile')).toBe('1');
  const { rows } = await pool.query(
    `SELECT last_vacuum IS NOT NULL AS vacuumed FROM pg_stat_user_tables WHERE relname = 'settings'`,
  );
  expect(rows).toEqual([{ vacuumed: true }]);
});

test('nothing keeps the process alive after the store is closed', async () => {
  const support = path.resolve(import.meta.dirname, '../support/database.ts');
  const script = `
    const { openTestStore } = await import(${JSON.stringify(support)});
    const store = await openTestStore();
    await store.jobs.start({ async deliver() {}, async tick() {} });
    await store.jobs.later('tick', 'tick', 60_000);
    await Promise.all([store.close(), store.close()]);
    process.stdout.write('closed');`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout } = await run(process.execPath, args, { timeout: 50_000 });
  expect(stdout).toBe('closed');
});
