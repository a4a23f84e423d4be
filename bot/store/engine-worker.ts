/** The thread of the embedded database. */
import { parentPort, workerData } from 'node:worker_threads';
import { openEngine } from './engine.ts';
import type { Answered, Asked } from './engine-thread.ts';

const port = parentPort!;
const { folder } = workerData as { folder: string };

function answer(answered: Answered): void {
  port.postMessage(answered, 'done' in answered ? [answered.done.buffer] : []);
}
const nothing = () => new Uint8Array(0);
const failed = (error: unknown): Answered => ({ failed: error instanceof Error ? error.message : String(error) });

const engine = await openEngine(folder);
let last: Promise<unknown> = Promise.resolve();
port.on('message', (asked: Asked) => {
  last = last.then(async () => {
    try {
      if (asked) answer({ done: (await engine.exec(asked)) as Uint8Array<ArrayBuffer> });
      else {
        await engine.close();
        answer({ done: nothing() });
      }
    } catch (error) {
      answer(failed(error));
    }
  });
});
answer({ done: nothing() });
