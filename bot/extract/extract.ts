/**
 * The text of a file that a person sent. It is read in a thread with a heap and a time of its own: whatever is in the file,
 * the bot goes on, and the person gets an answer.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Extracted, LIMITS } from './types.ts';

/** As the sources, the bundle (beside `main.mjs`) and the build have it. */
function threadFile(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const places = ['worker.ts', 'worker.js', 'extract/worker.mjs', 'worker.mjs'].map((name) => path.join(here, name));
  return places.find((file) => existsSync(file)) ?? places[0]!;
}

/** Sources run in a thread only once their loader is there: the tools and the tests run so, the bot is bundled. */
function fromSource(file: string): string {
  const loader = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href;
  return `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(pathToFileURL(file).href)}); })`;
}

/** @param name as the person's device calls the file; only its ending is looked at */
export async function extractFile(bytes: Uint8Array, name: string, time: number = LIMITS.time): Promise<Extracted> {
  if (bytes.length === 0) return { ok: false, trouble: 'empty' };
  if (bytes.length > LIMITS.bytes)
    return { ok: false, trouble: 'big', detail: String(Math.ceil(bytes.length / 1024 / 1024)) };
  const file = threadFile();
  const worker = new Worker(file.endsWith('.ts') ? fromSource(file) : file, {
    eval: file.endsWith('.ts'),
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
