/**
 * Starts the bot: bundles the sources, when one of them has changed since, and runs them as plain JavaScript. A
 * TypeScript loader inside the process would cost about a second of every start, and some 80 MB for as long as it runs.
 *
 * The options in package.json keep the memory small: a heap that is told of a limit is cleared more often, each thread
 * keeps what it once used, and the budget, which is Node 24's own, compiles only what runs often in the database.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = path.join(import.meta.dirname, 'dist');
const main = path.join(folder, 'main.mjs');
/** What the bundle was made of. */
const made = path.join(folder, 'made-of.txt');

const sources = sourcesNow();
if (sources !== sourcesThen()) await bundle();
await import(pathToFileURL(main).href);

/** Each file that the bundle is made of, with its size and when it was written. */
function sourcesNow() {
  const files = readdirSync(path.join(import.meta.dirname, 'bot'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return [...files, path.join(import.meta.dirname, 'package-lock.json'), import.meta.filename]
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${path.relative(import.meta.dirname, file)} ${size} ${mtimeMs}\n`;
    })
    .sort()
    .join('');
}

function sourcesThen() {
  try {
    return readFileSync(made, 'utf8');
  } catch {
    return null;
  }
}

async function bundle() {
  // Not loaded where it is not needed: it takes half a second and 15 MB.
  const { buildSync } = await import('esbuild');
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
  for (const { path: file, contents } of outputFiles) putInPlace(file, contents);
  putInPlace(made, sources);
}

/** Whole: other instances may be starting from the same folder. */
function putInPlace(file, contents) {
  mkdirSync(path.dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, contents);
  renameSync(aside, file);
}
