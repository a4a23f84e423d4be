/** One folder, one process: the embedded database has no lock of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderInUse, lockFolder, startOf } from '../../bot/store/lock.ts';
import { openStoreOn, prepareFolder } from '../support/database.ts';

let home: string;
let folder: string;
let lock: string;

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'truc-ban-lock-'));
  folder = path.join(home, 'database');
  lock = `${folder}.lock`;
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const readLock = () => JSON.parse(fs.readFileSync(lock, 'utf8'));

async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid!;
}

/** A lock as this process would write it, but for some of its marks. */
async function writeLock(marks: object): Promise<void> {
  const release = await lockFolder(folder);
  const mine = readLock();
  release();
  fs.writeFileSync(lock, JSON.stringify({ ...mine, ...marks }));
}

const takeOver = async () => {
  const release = await lockFolder(folder);
  expect(readLock().pid).toBe(process.pid);
  release();
  expect(fs.readdirSync(home)).toEqual([]);
};

describe('a lock', () => {
  test('is held until it is released', async () => {
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
    release();
    await takeOver();
  });

  test('of a process that has ended is taken over', async () => {
    await writeLock({ pid: await endedProcess() });
    await takeOver();
  });

  test('of another process that runs is respected', async () => {
    await writeLock({ pid: process.ppid, started: startOf(process.ppid) });
    await expect(lockFolder(folder)).rejects.toThrow(`process ${process.ppid}`);
  });

  test.skipIf(process.platform === 'win32')('of a process whose id is used again is taken over', async () => {
    await writeLock({ pid: process.ppid, started: 'another time' });
    await takeOver();
    await writeLock({ started: 'another time' });
    await takeOver();
  });

  test.skipIf(process.platform !== 'linux')('of before the machine started again is taken over', async () => {
    await writeLock({ pid: process.ppid, started: startOf(process.ppid), boot: 'another' });
    await takeOver();
  });

  test('that was never written whole is taken over', async () => {
    for (const text of ['', '{"pid":', '{}', 'null']) {
      fs.writeFileSync(lock, text);
      await takeOver();
    }
  });

  test('of several that find a dead one is given to one', async () => {
    await writeLock({ pid: await endedProcess() });
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(folder)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('that was taken away is not removed from its new holder', async () => {
    const release = await lockFolder(folder);
    fs.writeFileSync(lock, 'of somebody else');
    release();
    expect(fs.readFileSync(lock, 'utf8')).toBe('of somebody else');
  });
});

describe('a second process', () => {
  test('on an open database is told so, and does it no harm', async () => {
    await prepareFolder(home);
    const store = await openStoreOn({ dataDir: home });
    await store.saveSetting('a', 'kept');
    const script = path.join(import.meta.dirname, 'crash-writer.ts');
    const args = ['--import', 'tsx', script, home, '0'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    const [code] = await once(child, 'close');
    expect(code).not.toBe(0);
    expect(said).toContain(`The database in ${folder} is already open in process ${process.pid}`);
    expect(await store.setting('a')).toBe('kept');
    await store.close();
    expect(fs.existsSync(lock)).toBe(false);
  });

  test('in a folder of something else is told so', async () => {
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'notes.txt'), 'x');
    await expect(openStoreOn({ dataDir: home })).rejects.toThrow('not a database');
    fs.writeFileSync(path.join(folder, 'PG_VERSION'), '17\n');
    await expect(openStoreOn({ dataDir: home })).rejects.toThrow('PostgreSQL 17');
    expect(fs.existsSync(lock)).toBe(false);
  });
});
