/** The real process on a real folder: killed in the middle of a report, started again, the report goes on where it was. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { root } from '../bot/root.ts';

// Real processes on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(path.join(os.tmpdir(), 'truc-ban-process-'));
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Running {
  child: ChildProcess;
  url: string;
  ended: Promise<number | null>;
  stderr(): string;
}

function launch(env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ['start.mjs'], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (chunk) => {
      said += String(chunk);
      const url = /"url":"([^"]+)"/.exec(said)?.[1];
      if (url) resolve({ child, url, ended, stderr: () => said });
    });
    void ended.then((code) => reject(new Error(`ended with ${code}:\n${said}`)));
  });
}

const OFFICER = '?as=mau-phuong-le-chan';

async function post(url: string, text: string, id: string = randomUUID()): Promise<string> {
  const answer = await fetch(`${url}/web/messages${OFFICER}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, text }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return id;
}

interface Line {
  who: string;
  text: { text: string }[];
}

async function botLines(url: string): Promise<string[]> {
  const { lines } = (await (await fetch(`${url}/web/lines${OFFICER}&limit=200`)).json()) as { lines: Line[] };
  return lines.filter((l) => l.who === 'bot').map((l) => l.text.map((t) => t.text).join('\n'));
}

/** Waits for real work in another process; the answer or the test's time limit ends it. */
async function answers(url: string, count: number): Promise<string[]> {
  for (;;) {
    const lines = await botLines(url);
    if (lines.length >= count) return lines;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('kill -9 in the middle of a report loses nothing and repeats nothing', async () => {
  const env = { DATA_DIR: path.join(folder, 'killed') };
  const first = await launch(env);
  await post(first.url, 'bao cao');
  await post(first.url, 'hôm nay');
  const before = await answers(first.url, 2);
  const last = await post(first.url, '8 buổi, 950 người, 2000 tờ rơi, 12 băng rôn, 430 cam kết');
  first.child.kill('SIGKILL');
  await first.ended;

  const second = await launch(env);
  // The page sends again what it got no answer for: the same message, taken once.
  await post(second.url, '8 buổi, 950 người, 2000 tờ rơi, 12 băng rôn, 430 cam kết', last);
  const after = await answers(second.url, 3);
  expect(after.slice(0, 2)).toEqual(before);
  expect(after[2]).toMatch(/\(3\/6\)/);
  for (const text of ['20 2', 'không có', 'không có', 'bỏ qua', 'gửi']) await post(second.url, text);
  const done = await answers(second.url, 8);
  expect(done).toHaveLength(8);
  expect(done[7]).toMatch(/BC-2026-00001[\s\S]*Đúng hạn/);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});

test('a second process on the same folder is told so, and the first one goes on', async () => {
  const env = { DATA_DIR: path.join(folder, 'shared') };
  const first = await launch(env);
  await expect(launch(env)).rejects.toThrow(/ended with 1[\s\S]*đang/);
  await post(first.url, 'trợ giúp');
  expect(await answers(first.url, 1)).toHaveLength(1);
});

test('wrong settings end the start with one Vietnamese error that names them, and no stack', async () => {
  const start = launch({ PORT: 'abc', TELEGRAM_MODE: 'push' });
  await expect(start).rejects.toThrow(/PORT[\s\S]*TELEGRAM_MODE/);
  await expect(start).rejects.not.toThrow(/at .*\.ts:\d+/);
});

test('a taken port is said in a sentence', async () => {
  const first = await launch({ DATA_DIR: path.join(folder, 'port') });
  const start = launch({ DATA_DIR: path.join(folder, 'port-2'), PORT: new URL(first.url).port });
  await expect(start).rejects.toThrow(/Cổng \d+ đang có chương trình khác dùng/);
});
