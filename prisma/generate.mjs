/**
 * Generates the database client into bot/store/generated (npm's postinstall). Works offline: the Prisma CLI looks for
 * its schema engine before any command and would download it, but `generate` never runs it, so any existing file does.
 * Never do the same for `migrate` or `db push`: they would report success and change nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

function findCli() {
  try {
    return createRequire(import.meta.url).resolve('prisma/build/index.js');
  } catch {
    return null;
  }
}

const cli = findCli();
if (cli) {
  const args = [cli, 'generate', '--no-hints', '--schema', path.join(root, 'prisma/schema.prisma')];
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
  const run = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  if (run.status !== 0) process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}\n`);
  process.exitCode = run.status ?? 1;
} else if (!existsSync(path.join(root, 'bot/store/generated/client.ts'))) {
  process.stderr.write('The database client is not generated: install with development dependencies (npm ci) first.\n');
  process.exitCode = 1;
}
