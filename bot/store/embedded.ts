import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import pg from 'pg';
import { lockFolder } from './lock.ts';

/** A PostgreSQL inside this process, spoken to through an ordinary pool of one connection. */
export interface Embedded {
  pool: pg.Pool;
  /** Shuts the database down and releases its folder; after the pool has ended. */
  end(): Promise<void>;
}

/** Small caches and few WAL files: a bot's data, on a small machine. */
const settings = ['timezone=UTC', 'shared_buffers=16MB', 'max_wal_size=64MB', 'min_wal_size=32MB', 'wal_recycle=off'];
const asOptions = (given: string[]) => given.flatMap((setting) => ['-c', setting]);

// PGlite starts with -F, which turns fsync off.
const durableStart = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...asOptions(['wal_sync_method=fsync', ...settings]),
];
const memoryStart = [...PGlite.defaultStartParams, ...asOptions(settings)];

interface EmscriptenFiles {
  NODEFS: {
    stream_ops: { fsync(stream: { nfd: number }): number };
    /** Turns an error of Node into the error number that PostgreSQL expects. */
    tryFSOperation(work: () => void): void;
  };
}

/** PGlite's own file system never calls fsync; this one does, from the very first write on. */
class DurableFS extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>) {
    const made = await super.init(...given);
    const wire = (module: unknown) => {
      const { NODEFS } = module as EmscriptenFiles;
      NODEFS.stream_ops.fsync = ({ nfd }) => {
        NODEFS.tryFSOperation(() => fs.fsyncSync(nfd));
        return 0;
      };
    };
    made.emscriptenOpts.preRun = [...(made.emscriptenOpts.preRun ?? []), wire];
    return made;
  }
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

function poolOn(db: PGlite): pg.Pool {
  const config = createPgConfig(db);
  // The bridge of PGlite 0.5.16 takes the per-query type parsers of pg for a list of parameter types.
  const parse = config.connection.parse.bind(config.connection);
  config.connection.parse = (query: { types?: unknown }) =>
    parse(Array.isArray(query.types) ? query : { ...query, types: undefined });
  // The one session outlives its clients: a new client first drops what a destroyed one left open.
  const onConnect = async (client: pg.ClientBase) => {
    await client.query('ROLLBACK');
  };
  const options = { ...config, connection: config.connection, max: 1, idleTimeoutMillis: 0, onConnect };
  return new pg.Pool(options as unknown as pg.PoolConfig);
}

/**
 * Opens (and at first creates) the database in `<dataDir>/database`; `memory://` keeps it in memory, begun from an
 * image (a tar of a data directory) if one is given.
 */
export async function openEmbedded(dataDir: string, image?: Blob): Promise<Embedded> {
  if (dataDir === 'memory://') {
    const db = await PGlite.create({ dataDir, startParams: memoryStart, ...(image && { loadDataDir: image }) });
    return { pool: poolOn(db), end: () => db.close() };
  }
  const folder = path.resolve(dataDir, 'database');
  const release = await lockFolder(folder);
  try {
    await createFolder(folder);
    const db = await PGlite.create({ fs: new DurableFS(folder), startParams: durableStart });
    const end = async () => {
      await db.close();
      release();
    };
    return { pool: poolOn(db), end };
  } catch (error) {
    release();
    throw error;
  }
}
