import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Embedded, type EmbeddedOptions, openEmbedded } from './embedded.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { findMigrations, migrate } from './migrate.ts';

export interface DatabaseOptions extends EmbeddedOptions {
  /** A PostgreSQL server; without it the database lives in this program. */
  url?: string | undefined;
  migrationsDir?: string | undefined;
  /**
   * Whoever reaches past a transaction for the pool is told so at once. For tests: to follow who asks, Node slows down
   * every promise of the process by an eighth.
   */
  strict?: boolean | undefined;
}

export interface Database {
  prisma: PrismaClient;
  pool: pg.Pool;
  /**
   * A statement of the path that every message takes, straight to the pool: what Prisma does around one costs as much as
   * sending it. Rows are as pg reads them.
   */
  query<T>(statement: Prisma.Sql): Promise<T[]>;
  embedded: boolean;
  warn(message: string, error: unknown): void;
  /** Runs the inside of a transaction (see `DatabaseOptions.strict`). */
  insideTransaction<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type TxClient = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

const upkeepMs = 10 * 60_000;
/** Bound on prepared statements a session keeps. */
const maxStatements = 500;

/** One name for each SQL text, so that the server plans it once for each session. */
function nameStatements() {
  const names = new Map<string, string>();
  return ({ sql }: { sql: string }): string => {
    const known = names.get(sql);
    // The adapter takes undefined for "do not prepare"; its type does not say so.
    if (known || names.size >= maxStatements) return known as string;
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
}

function openServer(url: string): Embedded {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    // The adapter reads and writes times as the session's own.
    options: '-c TimeZone=UTC',
  });
  return { pool, end: async () => {} };
}

/**
 * A transaction holds its connection until it ends. Asking the pool for another one meanwhile would wait for ever where
 * there is only one, and would quietly fall outside the transaction where there are more: so it is refused on both.
 */
function guardPool(pool: pg.Pool): Database['insideTransaction'] {
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown;
  const guarded = (...args: unknown[]) => {
    if (inside.getStore()?.open) throw new Error('The store was used inside a transaction instead of its tx');
    return connect(...args);
  };
  pool.connect = guarded as typeof pool.connect;
  return async (work) => {
    const mark = { open: true };
    try {
      return await inside.run(mark, work);
    } finally {
      mark.open = false;
    }
  };
}

/** PGlite neither vacuums nor checkpoints by itself. */
function startUpkeep(pool: pg.Pool, warn: Database['warn']): () => void {
  const timer = setInterval(() => {
    upkeep(pool).catch((error) => warn('database upkeep failed', error));
  }, upkeepMs);
  timer.unref();
  return () => clearInterval(timer);
}

export async function upkeep(pool: pg.Pool): Promise<void> {
  await pool.query('VACUUM (ANALYZE)');
  await pool.query('CHECKPOINT');
}

/** Opens the database, brings its schema up to date and keeps it in shape until it is closed. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, warn = () => {} } = options;
  const { pool, end } = url ? openServer(url) : await openEmbedded(options);
  let closing = false;
  try {
    pool.on('error', (error) => {
      if (!closing) warn('an idle database connection broke', error);
    });
    await migrate(pool, options.migrationsDir ?? findMigrations());
    const nameOf = nameStatements();
    const prisma = new PrismaClient({
      adapter: new PrismaPg(pool, { statementNameGenerator: nameOf }),
      // Transactions of the embedded database queue for its one connection.
      transactionOptions: { maxWait: 30_000, timeout: 15_000 },
    });
    const query = async <T>({ text, values }: Prisma.Sql): Promise<T[]> =>
      (await pool.query({ name: nameOf({ sql: text }), text, values })).rows;
    const insideTransaction = options.strict ? guardPool(pool) : <T>(work: () => Promise<T>) => work();
    const stopUpkeep = url ? () => {} : startUpkeep(pool, warn);
    const close = async () => {
      closing = true;
      stopUpkeep();
      await prisma.$disconnect();
      await pool.end();
      await end();
    };
    return { prisma, pool, query, embedded: !url, warn, insideTransaction, close };
  } catch (error) {
    await pool.end();
    await end();
    throw error;
  }
}
