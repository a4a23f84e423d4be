/**
 * What starting costs: the real process on an empty and on a used data folder, from launch to the first answer over
 * HTTP, and the memory it holds after a morning's questions. The reference is the bare embedded database in the same run.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../root.ts';

export interface StartBench {
  /** Milliseconds from launch to the first answer. */
  first: number;
  later: number;
  /** Milliseconds of bare PGlite: creating a database, and opening it again. */
  bareCreate: number;
  bareOpen: number;
  /** Resident bytes after `QUESTIONS` questions; null where the system does not tell. */
  memory: number | null;
  /** Median milliseconds from posting a question to its answer in the history. */
  answer: number;
}

export const START_LIMITS = { firstMs: 8_000, laterMs: 3_000, memoryBytes: 350 * 1024 * 1024 };

const QUESTIONS = 300;
const ASKED = ['nhiem vu cua don vi toi', 'khi nao nop bao cao', 'ai lo bóng cười', 'báo cáo gửi về đâu', 'trợ giúp'];

export async function benchStart(): Promise<StartBench> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'truc-ban-bench-'));
  try {
    const bare = path.join(folder, 'bare');
    const bareCreate = await bareDatabase(bare);
    const bareOpen = await bareDatabase(bare);
    const one = await launch(folder);
    await one.stop();
    const two = await launch(folder);
    const times: number[] = [];
    for (let i = 0; i < QUESTIONS; i++) times.push(await ask(two.url, ASKED[i % ASKED.length]!, i));
    const memory = residentBytes(two.pid);
    await two.stop();
    times.sort((a, b) => a - b);
    return { first: one.took, later: two.took, bareCreate, bareOpen, memory, answer: times[QUESTIONS >> 1]! };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process that only opens a database and answers one query. */
function bareDatabase(folder: string): Promise<number> {
  // The package is named as an argument: this room has no business with the database itself.
  const script = `const { PGlite } = await import(process.argv[1]);
    const db = await PGlite.create(${JSON.stringify(folder)}); await db.query('SELECT 1'); await db.close();`;
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, '@electric-sql/pglite'], {
      cwd: root,
      stdio: 'ignore',
    });
    child.once('exit', (code) =>
      code === 0 ? resolve(performance.now() - began) : reject(new Error('bare database')),
    );
  });
}

async function launch(dataDir: string) {
  const began = performance.now();
  const { start } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).scripts as { start: string };
  const [, ...options] = start.split(' ');
  const child = spawn(process.execPath, options, {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await urlOf(child);
  await ask(url, ASKED[0]!, 0);
  return {
    url,
    pid: child.pid!,
    took: performance.now() - began,
    stop: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function urlOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (chunk) => {
      said += String(chunk);
      const url = /"url":"([^"]+)"/.exec(said)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error(`the bot did not start:\n${said}`)));
  });
}

/** Milliseconds until the answer stands in the history; a new officer every ten questions, for the page's rate limit. */
async function ask(url: string, text: string, i: number): Promise<number> {
  const units = ['so-y-te', 'catp', 'so-gddt', 'cchq-kv3', 'nhcsxh', 'phuong-le-chan', 'xa-an-lao', 'ubmttq'];
  const query = `?as=mau-${units[i % units.length]}`;
  const before = await newest(url, query);
  const began = performance.now();
  for (;;) {
    const posted = await fetch(`${url}/web/messages${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: randomUUID(), text }),
    });
    if (posted.ok) break;
    if (posted.status !== 429) throw new Error(`${posted.status} ${await posted.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000 * Number(posted.headers.get('retry-after') ?? 1)));
    return ask(url, text, i);
  }
  while ((await newest(url, query)) <= before + 1) await new Promise((resolve) => setTimeout(resolve, 2));
  return performance.now() - began;
}

async function newest(url: string, query: string): Promise<number> {
  const { lines } = (await (await fetch(`${url}/web/lines${query}&limit=1`)).json()) as { lines: { seq: number }[] };
  return lines.at(-1)?.seq ?? 0;
}

function residentBytes(pid: number): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
