import { execFile } from 'node:child_process';
import fs from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Engine } from './engine.ts';
import { lastingEngine, startEngine } from './engine-thread.ts';
import { lockFolder } from './lock.ts';
import { createWire } from './wire.ts';

export interface EmbeddedOptions {
  /** Folder of the database, or `memory://`. */
  dataDir: string;
  /** What a database in memory begins from; making one anew takes seconds. */
  image?: Blob | undefined;
  /** Runs the database of a folder: in a thread of its own, if nothing is given. */
  engineFor?: ((folder: string) => Promise<Engine>) | undefined;
  /** Told of what goes wrong in the background; the database goes on. */
  warn?: ((message: string, error: unknown) => void) | undefined;
}

/** A PostgreSQL inside this program, spoken to through an ordinary pool of one connection. */
export interface Embedded {
  pool: pg.Pool;
  /** Shuts the database down and releases its folder; after the pool has ended. */
  end(): Promise<void>;
}

function sync(target: string, flags: 'r' | 'r+'): void {
  const fd = fs.openSync(target, flags);
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder, and needs no such call.
  if (process.platform !== 'win32') sync(folder, 'r');
}

function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const target = path.join(folder, entry.name);
    if (entry.isDirectory()) syncTree(target);
    else sync(target, 'r+');
  }
  syncFolder(folder);
}

/** In a process of its own: making a database takes some 400 MB that this one would not get back. */
async function initialise(folder: string): Promise<void> {
  const script = `import { PGlite } from ${JSON.stringify(import.meta.resolve('@electric-sql/pglite'))};
    const db = await PGlite.create(process.argv[1]);
    await db.close();`;
  // What runs once is not worth optimising: with the quick compiler alone it takes half the processor time.
  const options = ['--liftoff-only', '--input-type=module'];
  await promisify(execFile)(process.execPath, [...options, '--eval', script, folder]);
}

/** The PostgreSQL inside PGlite; another one cannot open its folders. */
const postgresVersion = '18';

function versionOf(folder: string): string | null {
  const file = path.join(folder, 'PG_VERSION');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : null;
}

/** A first database is made aside and renamed, so that a power cut leaves a whole one or none. */
async function createFolder(folder: string): Promise<void> {
  const made = versionOf(folder);
  if (made === postgresVersion) return;
  if (made) throw new Error(`The database in ${folder} is one of PostgreSQL ${made}; this needs ${postgresVersion}`);
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0)
    throw new Error(`${folder} holds something that is not a database`);
  const aside = `${folder}.new`;
  fs.rmSync(aside, { recursive: true, force: true });
  await initialise(aside);
  syncTree(aside);
  fs.renameSync(aside, folder);
  syncFolder(path.dirname(folder));
}

function poolOn(engine: Engine): pg.Pool {
  // The one session outlives its clients: a new client first drops what a destroyed one left behind.
  const onConnect = async (client: pg.ClientBase) => {
    await client.query('ROLLBACK');
    await client.query('DISCARD ALL');
  };
  return new pg.Pool({
    // Nothing of this is looked up in the environment, which may speak of another database.
    ...{ host: 'localhost', port: 5432, user: 'postgres', password: '', database: 'postgres', ssl: false },
    stream: () => createWire(engine) as unknown as Socket,
    ...{ max: 1, idleTimeoutMillis: 0, onConnect },
  });
}

/**
 * Opens (and at first creates) the database in `<dataDir>/database`, in a thread of its own: the process answers while
 * the disk is written. `memory://` keeps it in memory and in this thread, begun from an image (a tar of a data directory)
 * if one is given.
 */
export async function openEmbedded({
  dataDir,
  image,
  engineFor = startEngine,
  warn,
}: EmbeddedOptions): Promise<Embedded> {
  if (dataDir === 'memory://') {
    // The thread loads it for itself: here it would only cost memory.
    const { openEngine } = await import('./engine.ts');
    const engine = await openEngine({ image: image ?? null });
    return { pool: poolOn(engine), end: () => engine.close() };
  }
  const folder = path.resolve(dataDir, 'database');
  const release = await lockFolder(folder);
  try {
    await createFolder(folder);
    const engine = await lastingEngine(() => engineFor(folder), warn);
    const end = async () => {
      await engine.close();
      release();
    };
    return { pool: poolOn(engine), end };
  } catch (error) {
    release();
    throw error;
  }
}
