/** Plain SQL in Prisma's folder format, applied at start. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMigrations, migrate } from '../../bot/store/migrate.ts';
import type { Store } from '../../bot/store/port.ts';
import {
  createServerDatabase,
  databaseOf,
  openTestStore,
  type ServerDatabase,
  whyNoServer,
} from '../support/database.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

test('migrations and schema.prisma agree', async () => {
  const check = run(process.execPath, ['prisma/migrate-new.mjs', '--check'], { cwd: root });
  await expect(check).resolves.toMatchObject({ stdout: 'Migrations and schema.prisma agree.\n' });
});

describe('the runner', () => {
  let store: Store;
  let folder: string;
  beforeAll(async () => {
    store = await openTestStore();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'truc-ban-migrations-'));
    fs.cpSync(findMigrations(), folder, { recursive: true });
  });
  afterAll(async () => {
    await store.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const pool = () => databaseOf(store).pool;
  const write = (name: string, sql: string) => {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql);
  };

  test('has applied the project’s own, once', async () => {
    expect(await migrate(pool(), folder)).toEqual([]);
    const { rows } = await pool().query(
      'SELECT migration_name, finished_at, applied_steps_count FROM _prisma_migrations',
    );
    const folders = fs.readdirSync(folder).filter((name) => !name.endsWith('.toml'));
    expect(rows.map((row) => row.migration_name)).toEqual(folders);
    for (const row of rows) expect(row).toMatchObject({ finished_at: expect.any(Date), applied_steps_count: 1 });
  });

  test('applies what is new in order, each as a whole or not at all', async () => {
    write('29990101000000_b', 'CREATE TABLE b (id int); INSERT INTO b SELECT id FROM a;');
    write('29980101000000_a', 'CREATE TABLE a (id int); INSERT INTO a VALUES (7);');
    write('29990201000000_c', 'CREATE TABLE c (id int); SELECT 1 / 0;');
    await expect(migrate(pool(), folder)).rejects.toThrow('29990201000000_c');
    const { rows } = await pool().query(`SELECT (SELECT id FROM b) AS b, to_regclass('c') AS c`);
    expect(rows).toEqual([{ b: 7, c: null }]);
    write('29990201000000_c', 'CREATE TABLE c (id int);');
    expect(await migrate(pool(), folder)).toEqual(['29990201000000_c']);
  });

  test('refuses a migration that was edited after it was applied', async () => {
    write('29980101000000_a', 'CREATE TABLE a (id text);');
    await expect(migrate(pool(), folder)).rejects.toThrow('29980101000000_a was edited');
  });

  test('refuses to go on after one that Prisma itself left half done', async () => {
    await pool().query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_a'`);
    await expect(migrate(pool(), folder)).rejects.toThrow('failed earlier');
  });

  test('leaves the lock free and the connection usable in every case', async () => {
    const { rows } = await pool().query(`SELECT count(*)::int AS locks FROM pg_locks WHERE locktype = 'advisory'`);
    expect(rows).toEqual([{ locks: 0 }]);
  });
});

const missing = await whyNoServer();
describe.skipIf(missing !== null)(
  `instances that start at once on a server${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let database: ServerDatabase;
    const pools: pg.Pool[] = [];
    beforeAll(async () => {
      database = await createServerDatabase();
      for (let n = 0; n < 3; n++) pools.push(new pg.Pool({ connectionString: database.url }));
    });
    afterAll(async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await database?.drop();
    });

    test('migrate once', async () => {
      const applied = await Promise.all(pools.map((pool) => migrate(pool, findMigrations())));
      const once = fs.readdirSync(findMigrations()).filter((name) => !name.endsWith('.toml'));
      expect(applied.flat()).toEqual(once);
    });
  },
);
