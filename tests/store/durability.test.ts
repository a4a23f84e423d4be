/** The embedded database loses nothing it has acknowledged: not by a killed process, not by a power cut. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openEngine } from '../../bot/store/engine.ts';
import type { Store } from '../../bot/store/port.ts';
import { databaseOf, openStoreOn, prepareFolder } from '../support/database.ts';
import { letter, now } from './contract/things.ts';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'truc-ban-durable-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function keysOf(dataDir: string): Promise<Set<string>> {
  const store = await openStoreOn({ dataDir });
  try {
    const seen = await databaseOf(store).prisma.seenEvent.findMany();
    const sent = await store.sentKeys('');
    // Both rows of a transaction, or neither.
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(sent));
    return new Set(sent);
  } finally {
    await store.close();
  }
}

/** Lets a writer acknowledge some rows and kills it in the middle of the next. */
async function killWriter(dataDir: string, round: number, rows: number) {
  const script = path.join(import.meta.dirname, 'crash-writer.ts');
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, dataDir, String(round)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const found: string[] = [];
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('found ')) found.push(line.slice('found '.length));
    else acknowledged.push(line);
    if (acknowledged.length === rows) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return { found, acknowledged };
}

describe('a process killed while it writes', () => {
  test('has lost no row it acknowledged, and leaves no lock behind', async () => {
    const dataDir = path.join(folder, 'killed');
    await prepareFolder(dataDir);
    const all: string[] = [];
    for (const [round, rows] of [7, 1, 23].entries()) {
      const { found, acknowledged } = await killWriter(dataDir, round, rows);
      expect(found).toEqual(expect.arrayContaining(all));
      all.push(...acknowledged);
    }
    expect([...(await keysOf(dataDir))]).toEqual(expect.arrayContaining(all));
  });
});

/** What a disk holds in the end that keeps of each file only what was synced: a copy made at every fsync. */
function watchDisk(data: string, disk: string) {
  fs.cpSync(data, disk, { recursive: true });
  const real = fs.fsyncSync;
  let syncs = 0;
  const spy = vi.spyOn(fs, 'fsyncSync').mockImplementation((fd) => {
    real(fd);
    syncs++;
    const file = fs.readlinkSync(`/proc/self/fd/${fd}`);
    if (!file.startsWith(data) || !fs.statSync(file).isFile()) return;
    const copy = path.join(disk, path.relative(data, file));
    fs.mkdirSync(path.dirname(copy), { recursive: true });
    fs.copyFileSync(file, copy);
  });
  return { syncs: () => syncs, stop: () => spy.mockRestore() };
}

describe.skipIf(process.platform !== 'linux')('a power cut (needs /proc)', () => {
  let store: Store;
  afterAll(() => store?.close());

  test('a commit is on the disk when it is acknowledged, and nothing else is needed', async () => {
    const dataDir = path.join(folder, 'cut');
    const atCut = path.join(folder, 'after-cut');
    await (await openStoreOn({ dataDir })).close();
    // In this thread, where its writes to the disk can be watched.
    store = await openStoreOn({ dataDir, engineFor: openEngine });
    const disk = watchDisk(path.join(dataDir, 'database'), path.join(atCut, 'database'));
    const keys: string[] = [];
    for (let n = 0; n < 12; n++) {
      const before = disk.syncs();
      const key = `cut/${n}`;
      await store.transaction(async (tx) => {
        await tx.firstSight(key, now);
        await tx.send(letter(key), now);
      });
      expect(disk.syncs()).toBeGreaterThan(before);
      keys.push(key);
      // A checkpoint in between writes pages while the log goes on.
      if (n === 6) await databaseOf(store).pool.query('CHECKPOINT');
    }
    disk.stop();
    expect(await keysOf(atCut)).toEqual(new Set(keys));
  });
});
