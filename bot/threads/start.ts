/** Starts threads from whatever the program runs as: its sources, its build or its bundle. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** @param name path of the thread's file from `bot/`, without its ending */
export function startThread(name: string, options: WorkerOptions): Worker {
  const file = fileOf(name);
  const source = file.endsWith('.ts');
  return new Worker(source ? fromSource(file) : file, { ...options, eval: source });
}

/** Beside this room in the sources and the build; the bundle has this in `main.mjs` or beside it. */
function fileOf(name: string): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const places = [`../${name}.ts`, `../${name}.js`, `${name}.mjs`].map((place) => path.join(here, place));
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
