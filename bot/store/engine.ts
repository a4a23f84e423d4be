/** The PostgreSQL that runs inside a process or a thread: PGlite, made durable. */
import fs from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** Small caches and few WAL files: a bot's data, on a small machine. */
const settings = ['timezone=UTC', 'shared_buffers=32MB', 'max_wal_size=64MB', 'min_wal_size=32MB', 'wal_recycle=off'];
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

/** What answers the PostgreSQL protocol. */
export interface Engine {
  /** @param bytes whole protocol messages */
  exec(bytes: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** @param place a folder, or an image of a data directory for a database in memory, null for an empty one */
export async function openEngine(place: string | { image: Blob | null }): Promise<Engine> {
  const db = await (typeof place === 'string'
    ? PGlite.create({ fs: new DurableFS(place), startParams: durableStart })
    : PGlite.create({
        dataDir: 'memory://',
        startParams: memoryStart,
        ...(place.image && { loadDataDir: place.image }),
      }));
  return {
    async exec(bytes) {
      const answer: Uint8Array[] = [];
      // Asked for whole, PGlite would also read the answer and keep what it read for ever.
      await db.execProtocolRawStream(bytes, { onRawData: (data) => answer.push(data.slice()) });
      return new Uint8Array(Buffer.concat(answer));
    },
    close: () => db.close(),
  };
}
