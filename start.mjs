/**
 * Starts the bot: bundles the sources, a tenth of a second, and runs them as plain JavaScript. A TypeScript loader inside
 * the process would cost about a second of every start, and some 80 MB for as long as it runs.
 *
 * The options in package.json keep the memory small: a heap that is told of a limit is cleared more often, each thread
 * keeps what it once used, and the budget, which is Node 24's own, compiles only what runs often in the database.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const folder = path.join(import.meta.dirname, 'dist');

const { outputFiles } = buildSync({
  absWorkingDir: import.meta.dirname,
  // The others are threads of their own: for the files that people send, and for the embedded database.
  entryPoints: ['bot/main.ts', 'bot/extract/worker.ts', 'bot/store/engine-worker.ts'],
  outbase: 'bot',
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // What is imported only when it is needed stays apart: of two libraries for Telegram one is loaded.
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  write: false,
});
// Put in place whole: other instances may be starting from the same folder.
for (const { path: file, contents } of outputFiles) {
  mkdirSync(path.dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, contents);
  renameSync(aside, file);
}

await import(pathToFileURL(path.join(folder, 'main.mjs')).href);
