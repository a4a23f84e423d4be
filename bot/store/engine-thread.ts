/** An engine in a thread of its own, as seen from outside. */
import { startThread } from '../threads/start.ts';
import type { Engine } from './engine.ts';

/** What the thread is asked: protocol messages to carry out, or null to close. */
export type Asked = Uint8Array<ArrayBuffer> | null;
/** What it answers, in the order in which it was asked; first of all `done`, once the database is open. */
export type Answered = { done: Uint8Array<ArrayBuffer> } | { failed: string };

/** The thread is gone: by its own fault, for want of memory, or because it was closed. */
export class EngineEnded extends Error {}

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/**
 * An engine whose thread is begun anew when it has ended: whoever asked meanwhile is told, and PostgreSQL recovers as
 * after a crash.
 */
export async function lastingEngine(
  start: () => Promise<Engine>,
  warn: (message: string, error: unknown) => void = () => {},
): Promise<Engine> {
  let current: Promise<Engine> | null = null;
  const running = () => {
    current ??= start().catch((error) => {
      current = null;
      throw error;
    });
    return current;
  };
  await running();
  return {
    async exec(bytes) {
      const mine = running();
      const engine = await mine;
      try {
        return await engine.exec(bytes);
      } catch (error) {
        // Never two on one folder: only the one that ended makes room for another.
        if (error instanceof EngineEnded && current === mine) {
          current = null;
          warn('the embedded database has ended and is begun anew', error);
        }
        throw error;
      }
    },
    async close() {
      try {
        await (await current)?.close();
      } catch (error) {
        // It needs no closing any more.
        if (!(error instanceof EngineEnded)) throw error;
      }
    },
  };
}

/** @param folder of the database, which is there already */
export async function startEngine(folder: string): Promise<Engine> {
  const thread = startThread('store/engine-worker', {
    workerData: { folder },
    // The database has its memory outside of the heap; what is around it is little, and is kept so.
    resourceLimits: { maxOldGenerationSizeMb: 48 },
  });
  const waiting: Waiting[] = [];
  let ended: EngineEnded | null = null;

  const answered = () =>
    new Promise<Uint8Array>((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.push({ resolve, reject });
      // As long as somebody waits for it the process lives.
      thread.ref();
    });
  function ask(asked: Asked): Promise<Uint8Array> {
    const answer = answered();
    if (!ended) thread.postMessage(asked, asked ? [asked.buffer] : []);
    return answer;
  }
  function end(cause?: Error): void {
    ended ??= new EngineEnded('The embedded database has stopped', { cause });
    for (const { reject } of waiting.splice(0)) reject(ended);
  }

  thread.on('message', (answer: Answered) => {
    const first = waiting.shift();
    if (waiting.length === 0) thread.unref();
    if ('done' in answer) first?.resolve(answer.done);
    else first?.reject(new Error(answer.failed));
  });
  thread.on('error', end);
  thread.on('exit', () => end());
  await answered();
  return {
    exec: (bytes) => ask(new Uint8Array(bytes)),
    async close() {
      await ask(null);
      await thread.terminate();
    },
  };
}
