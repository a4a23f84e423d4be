/**
 * The text of a file that a person sent. It is read in a thread with a heap and a time of its own: whatever is in the file,
 * the bot goes on, and the person gets an answer.
 */
import { startThread } from '../threads/start.ts';
import { type Extracted, LIMITS } from './types.ts';

/** @param name as the person's device calls the file; only its ending is looked at */
export async function extractFile(bytes: Uint8Array, name: string, time: number = LIMITS.time): Promise<Extracted> {
  if (bytes.length === 0) return { ok: false, trouble: 'empty' };
  if (bytes.length > LIMITS.bytes)
    return { ok: false, trouble: 'big', detail: String(Math.ceil(bytes.length / 1024 / 1024)) };
  const worker = startThread('extract/worker', {
    workerData: { bytes, name },
    resourceLimits: { maxOldGenerationSizeMb: LIMITS.heap, maxYoungGenerationSizeMb: 16 },
    env: {},
    stdout: true,
    stderr: true,
  });
  return new Promise<Extracted>((resolve) => {
    const timer = setTimeout(() => settle({ ok: false, trouble: 'slow' }), time);
    function settle(result: Extracted): void {
      clearTimeout(timer);
      resolve(result);
      void worker.terminate();
    }
    worker.once('message', settle);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      settle({ ok: false, trouble: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'bomb' : 'broken' }),
    );
    worker.once('exit', () => settle({ ok: false, trouble: 'broken' }));
  });
}
