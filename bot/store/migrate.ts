import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';

/** The key under which Prisma itself locks a database while it migrates. */
const lockKey = 72707369;

const bookkeeping = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** The project's migrations, beside the sources or above the built files. */
export function findMigrations(): string {
  for (let at = import.meta.dirname; at !== path.dirname(at); at = path.dirname(at)) {
    const candidate = path.join(at, 'prisma', 'migrations');
    if (existsSync(path.join(candidate, 'migration_lock.toml'))) return candidate;
  }
  throw new Error('prisma/migrations was not found above the store');
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${migration.name} failed and was taken back`, { cause: error });
  }
}

/** Runs work on a connection of its own while no other instance changes the schema. */
export async function whileSchemaIsMine<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    return await work(client);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lockKey]).catch((error: Error) => {
      broken = error;
    });
    // A connection that could not unlock is thrown away, and its lock with it.
    client.release(broken);
  }
}

/**
 * `prisma migrate deploy` without its engine: the same table, checksums and lock, so that Prisma's own tools can take
 * over at any time. Instances that start at once wait for each other. Returns the names it applied.
 */
export function migrate(pool: pg.Pool, folder: string): Promise<string[]> {
  return whileSchemaIsMine(pool, async (client) => {
    await client.query(bookkeeping);
    const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
      `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
    );
    const known = new Map(rows.map((row) => [row.migration_name, row]));
    const applied: string[] = [];
    for (const migration of readMigrations(folder)) {
      const before = known.get(migration.name);
      if (before && !before.finished_at) throw new Error(`Migration ${migration.name} failed earlier; mend it first`);
      if (before && before.checksum !== migration.checksum)
        throw new Error(`Migration ${migration.name} was edited after it had been applied`);
      if (before) continue;
      await apply(client, migration);
      applied.push(migration.name);
    }
    return applied;
  });
}
