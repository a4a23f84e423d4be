import { PgBoss, type Queue } from 'pg-boss';
import type { Address } from '../core/types.ts';
import type { Database, TxClient } from './database.ts';
import { whileSchemaIsMine } from './migrate.ts';
import type { Jobs } from './port.ts';

type JobName = 'deliver' | 'tick';
interface Executor {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: { id: string }[] }>;
}

const schema = 'pgboss';
const pollSeconds = 0.5;
/** Addresses delivered to at once. */
const workers = 2;
/** How long a stop waits for handlers that run. */
const stopMs = 5_000;

/** `short`: one waiting job for each key, beside those that run. */
const queue: Omit<Queue, 'name'> = {
  policy: 'short',
  retryLimit: 20,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 900,
  // A crashed instance's job is seen by its missing heartbeat, long before it expires.
  heartbeatSeconds: 20,
  retentionSeconds: 30 * 24 * 3600,
  deleteAfterSeconds: 3600,
};

/** How long PostgreSQL's own interval type would take it, in seconds with milliseconds. */
const seconds = (ms: number) => Math.ceil(Math.max(0, ms)) / 1000;

export interface JobQueue extends Jobs {
  /** Puts the job of delivery for each address, inside a transaction. */
  deliverTo(tx: TxClient, addresses: Iterable<Address>): Promise<void>;
  stop(): Promise<void>;
}

function inside(tx: TxClient): Executor {
  return { executeSql: async (text, values = []) => ({ rows: await tx.$queryRawUnsafe(text, ...values) }) };
}

async function createQueues(boss: PgBoss): Promise<void> {
  const { policy: _, ...options } = queue;
  for (const name of ['deliver', 'tick']) {
    await boss.createQueue(name, queue);
    await boss.updateQueue(name, options);
    // Reads the queue into pg-boss's memory: inside a transaction it may not ask the pool for it.
    await boss.findJobs(name, { key: '' });
  }
}

/** pg-boss on the store's own pool, in a schema of its own. */
export async function startJobs({ pool, embedded, warn }: Database): Promise<JobQueue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    backend: embedded ? 'pglite' : 'postgres',
    schema,
    schedule: false,
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
    monitorVacuum: false,
    reindex: !embedded,
  });
  boss.on('error', (error) => warn('the job queue met an error', error));
  const stop = () => boss.stop({ graceful: true, close: false, timeout: stopMs });
  const install = async () => {
    await boss.start();
    await createQueues(boss);
  };
  try {
    // Two instances that install pg-boss at once get in each other's way; the embedded database has but one.
    await (embedded ? install() : whileSchemaIsMine(pool, install));
  } catch (error) {
    await stop();
    throw error;
  }

  /**
   * Puts a job, or makes the one that waits run earlier. Touching the waiting job also locks its row, so that no worker
   * takes it before what it is to find is committed.
   */
  async function put(db: Executor, name: JobName, key: string, afterMs: number): Promise<void> {
    for (;;) {
      const startAfter = seconds(afterMs);
      if (await boss.send(name, { key }, { singletonKey: key, startAfter, db })) return;
      const { rows } = await db.executeSql(
        `UPDATE ${schema}.job
         SET start_after = LEAST(start_after, ${schema}.job_now() + $3::float8 * interval '1 second')
         WHERE name = $1 AND singleton_key = $2 AND state = 'created' RETURNING id`,
        [name, key, startAfter],
      );
      if (rows.length > 0) return;
    }
  }

  async function start(handlers: Parameters<Jobs['start']>[0]): Promise<() => Promise<void>> {
    const run = async (name: JobName, work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        warn(`a job of ${name} failed and will be tried again`, error);
        throw error;
      }
    };
    // One at a time in each worker: a batch is settled only when its slowest job has ended.
    const options = { pollingIntervalSeconds: pollSeconds, batchSize: 1 };
    await boss.work<{ key: Address }>('deliver', { ...options, localConcurrency: workers }, async ([job]) => {
      if (job) await run('deliver', () => handlers.deliver(job.data.key));
    });
    await boss.work('tick', options, () => run('tick', handlers.tick));
    return async () => {
      // A delivery may be waiting for its chat's turn; the bot waits for those itself.
      await boss.offWork('deliver', { wait: false });
      await boss.offWork('tick');
    };
  }

  return {
    start,
    later: (name, key, afterMs) => put(boss.getDb(), name, key, afterMs),
    async deliverTo(tx, addresses) {
      const db = inside(tx);
      // In one order for all, so that two transactions never wait for each other.
      for (const to of [...addresses].sort()) await put(db, 'deliver', to, 0);
    },
    stop,
  };
}
