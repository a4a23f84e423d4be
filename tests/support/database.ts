/** Stores for tests: in memory by default, and on a PostgreSQL server where one answers. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { type Database, type DatabaseOptions, openDatabase } from '../../bot/store/database.ts';
import { createStore } from '../../bot/store/open.ts';
import type { Store } from '../../bot/store/port.ts';
import project from '../../package.json' with { type: 'json' };

/** The store that a suite shares; a function, for it is opened after the suite is set up. */
export type StoreOf = () => Store;

const databases = new WeakMap<Store, Database>();

/** An empty database as a tar: made once on a machine, for making one takes seconds and loading it half a second. */
async function imageFile(): Promise<string> {
  // Versions of PGlite do not open each other's folders.
  const version = project.dependencies['@electric-sql/pglite'];
  const file = path.join(os.tmpdir(), `truc-ban-empty-pglite-${version}.tar`);
  if (!existsSync(file)) {
    const db = await PGlite.create('memory://');
    const image = await db.dumpDataDir('none');
    await db.close();
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, Buffer.from(await image.arrayBuffer()));
    renameSync(aside, file);
  }
  return file;
}

/** Puts an empty embedded database into a folder, quicker than the first start of a store does. */
export async function prepareFolder(dataDir: string): Promise<void> {
  const folder = path.join(dataDir, 'database');
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xf', await imageFile(), '-C', folder], { stdio: ['ignore', 'inherit', 'ignore'] });
}

/** Opens a store on the given database; what goes wrong in its background fails the test run. */
export async function openStoreOn(options: DatabaseOptions): Promise<Store> {
  const warn = (message: string, error: unknown) => {
    throw new Error(message, { cause: error });
  };
  const db = await openDatabase({ warn, strict: true, ...options });
  const store = await createStore(db);
  databases.set(store, db);
  return store;
}

/** An empty store in memory. */
export async function openTestStore(): Promise<Store> {
  return openStoreOn({ dataDir: 'memory://', image: new Blob([readFileSync(await imageFile())]) });
}

/** The database under a store that was opened here, for looking behind the port. */
export function databaseOf(store: Store): Database {
  const db = databases.get(store);
  if (!db) throw new Error('Not a store of tests/support/database.ts');
  return db;
}

const bookTables = [
  'book_loads',
  'units',
  'unit_origins',
  'unit_groups',
  'group_members',
  'plans',
  'passages',
  'assignments',
  'schedules',
  'reporting_duties',
  'plan_facts',
  'topics',
];

/** Empties a store, so that one can serve a whole file; with `keepBook` the loaded book stays. */
export async function resetStore(store: Store, { keepBook = false } = {}): Promise<void> {
  const kept = ['_prisma_migrations', ...(keepBook ? bookTables : [])].map((name) => `'${name}'`).join(', ');
  // Emptying few rows one table after the other is much quicker than TRUNCATE, which makes every file anew.
  await databaseOf(store).pool.query(`DO $$
    DECLARE emptied regclass; counter regclass;
    BEGIN
      SET LOCAL session_replication_role = replica;
      FOR emptied IN SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN (${kept})
      LOOP
        EXECUTE format('DELETE FROM %s', emptied);
        FOR counter IN SELECT s.oid FROM pg_class s JOIN pg_depend d ON d.objid = s.oid
          WHERE s.relkind = 'S' AND d.refobjid = emptied AND d.deptype IN ('a', 'i')
        LOOP PERFORM setval(counter, 1, false); END LOOP;
      END LOOP;
      DELETE FROM pgboss.job;
    END $$`);
}

const server = { host: '127.0.0.1', port: 5432, user: 'postgres', database: 'test' };

/** Why no PostgreSQL server can be used; null when one answers. */
export async function whyNoServer(): Promise<string | null> {
  const client = new pg.Client({ ...server, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return null;
  } catch (error) {
    return `no PostgreSQL server at ${server.host}:${server.port}: ${(error as Error).message}`;
  }
}

export interface ServerDatabase {
  url: string;
  drop(): Promise<void>;
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Sessions that are just ending are let go first: whoever is thrown out is told so by an error that nobody awaits. */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  for (let looks = 0; looks < 100; looks++) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [name]);
    if (rowCount === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** A database of its own on the server. */
export async function createServerDatabase(): Promise<ServerDatabase> {
  const name = `truc_ban_test_${randomBytes(6).toString('hex')}`;
  await asAdministrator((client) => client.query(`CREATE DATABASE ${name}`));
  return {
    url: `postgres://${server.user}@${server.host}:${server.port}/${name}`,
    drop: () => asAdministrator((client) => dropDatabase(client, name)),
  };
}

/** A place the same tests run on. */
export interface Backend {
  name: string;
  /** Why it cannot be used here. */
  missing: string | null;
  /** A new empty database; `close` also removes it. */
  open(): Promise<{ store: Store; close(): Promise<void> }>;
}

/** Both databases the project runs on; a title says why one is skipped. */
export async function backends(): Promise<Backend[]> {
  const missing = await whyNoServer();
  return [
    {
      name: 'PGlite in memory',
      missing: null,
      async open() {
        const store = await openTestStore();
        return { store, close: () => store.close() };
      },
    },
    {
      name: missing === null ? 'a PostgreSQL server' : `a PostgreSQL server (skipped: ${missing})`,
      missing,
      async open() {
        const database = await createServerDatabase();
        const store = await openStoreOn({ dataDir: 'memory://', url: database.url });
        const close = async () => {
          await store.close();
          await database.drop();
        };
        return { store, close };
      },
    },
  ];
}
