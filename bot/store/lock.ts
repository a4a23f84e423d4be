import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/**
 * Who holds a folder. A process id alone is not enough: it is reused after a restart, and means another process in
 * another container. `boot` and `started` tell reuse, `host` and `space` (the pid namespace) tell machines and
 * containers apart; null where a system has no such thing.
 */
const Holder = z.object({
  pid: z.number(),
  host: z.string(),
  boot: z.string().nullable(),
  started: z.string().nullable(),
  space: z.string().nullable(),
});
type Holder = z.infer<typeof Holder>;

export class FolderInUse extends Error {
  override name = 'FolderInUse';
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(`The database in ${folder} is already open in process ${pid}. Stop that one first, or set another DATA_DIR.`);
    this.pid = pid;
  }
}

/** How often a holder shows that it lives, and how long another container watches for it. */
const heartbeatMs = 2_000;
const watchMs = 10_000;

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** When a process started, in the system's own words; null when there is no such process or no way to know. */
export function startOf(pid: number): string | null {
  if (process.platform === 'win32') return null;
  // Field 22 of /proc/<pid>/stat; the second field may itself hold blanks and parentheses.
  const stat = attempt(() => fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  if (process.platform === 'linux') return null;
  return attempt(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null);
}

function thisProcess(): Holder {
  return {
    pid: process.pid,
    host: os.hostname(),
    boot: attempt(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    started: startOf(process.pid),
    space: attempt(() => fs.readlinkSync('/proc/self/ns/pid')),
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isAlive(holder: Holder, file: string): Promise<boolean> {
  const me = thisProcess();
  if (holder.boot !== me.boot) return holder.host === me.host ? false : hasHeartbeat(file);
  if (holder.space !== me.space) return hasHeartbeat(file);
  if (!isRunning(holder.pid)) return false;
  const started = startOf(holder.pid);
  return holder.started === null || started === null || holder.started === started;
}

/** For a process that cannot be seen from here: whether it still touches its lock. */
async function hasHeartbeat(file: string): Promise<boolean> {
  const touched = () => attempt(() => fs.statSync(file).mtimeMs);
  const first = touched();
  for (let waited = 0; waited < watchMs; waited += heartbeatMs / 2) {
    await sleep(heartbeatMs / 2);
    if (touched() !== first) return true;
  }
  return false;
}

/** The text of a lock; an empty one is given time to be written. */
async function readLock(file: string): Promise<string | null> {
  for (let tries = 0; tries < 10; tries++) {
    const text = attempt(() => fs.readFileSync(file, 'utf8'));
    if (text !== '') return text;
    await sleep(50);
  }
  return '';
}

/** Takes a dead lock away, unless somebody else has replaced it meanwhile. */
function removeDead(file: string, text: string): void {
  const aside = `${file}.${process.pid}`;
  if (attempt(() => fs.renameSync(file, aside)) === null) return;
  if (attempt(() => fs.readFileSync(aside, 'utf8')) !== text) attempt(() => fs.linkSync(aside, file));
  fs.rmSync(aside, { force: true });
}

/**
 * Locks a folder for this process by a file beside it and returns how to release it. A crash leaves a file that the
 * next start recognises as dead.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = `${folder}.lock`;
  const mine = JSON.stringify(thisProcess());
  fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  for (let tries = 0; tries < 5; tries++) {
    try {
      fs.writeFileSync(file, mine, { flag: 'wx' });
      return hold(file, mine);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const text = await readLock(file);
    if (text === null) continue;
    const holder = attempt(() => Holder.parse(JSON.parse(text)));
    if (holder && (await isAlive(holder, file))) throw new FolderInUse(folder, holder.pid);
    removeDead(file, text);
  }
  throw new Error(`Could not lock ${folder}: several processes are starting on it at once`);
}

function hold(file: string, mine: string): () => void {
  const beat = setInterval(() => attempt(() => fs.utimesSync(file, new Date(), new Date())), heartbeatMs);
  beat.unref();
  return () => {
    clearInterval(beat);
    if (attempt(() => fs.readFileSync(file, 'utf8')) === mine) fs.rmSync(file, { force: true });
  };
}
