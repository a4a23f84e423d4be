/** The embedded database in its thread: what it is asked comes back, its end is told, and nobody waits for ever. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lastingEngine, startEngine } from '../../bot/store/engine-thread.ts';
import { createWire } from '../../bot/store/wire.ts';
import { prepareFolder } from '../support/database.ts';

const threads: Worker[] = [];
vi.mock('../../bot/threads/start.ts', async (original) => {
  const { startThread } = await original<typeof import('../../bot/threads/start.ts')>();
  return {
    startThread: (...given: Parameters<typeof startThread>) => {
      const thread = startThread(...given);
      threads.push(thread);
      return thread;
    },
  };
});

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'truc-ban-engine-'));
  await prepareFolder(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clientOn = (engine: Awaited<ReturnType<typeof startEngine>>) =>
  new pg.Client({ user: 'postgres', database: 'postgres', ssl: false, stream: createWire(engine) as never });

test('answers longer than any buffer come back whole, errors leave it usable, closing ends it', async () => {
  const engine = await startEngine(path.join(folder, 'database'));
  const client = clientOn(engine);
  await client.connect();
  const long = 'đồng chí '.repeat(300_000);
  const { rows } = await client.query('SELECT $1::text AS long, n FROM generate_series(1, 3) n', [long]);
  expect(rows.map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(rows[2].long).toBe(long);
  await expect(client.query('SELECT 1 / 0')).rejects.toThrow('division by zero');
  for (let i = 0; i < 50; i++) expect((await client.query('SELECT $1::int AS i', [i])).rows).toEqual([{ i }]);
  await client.end();
  await engine.close();
  await expect(engine.exec(new Uint8Array([1]))).rejects.toThrow('has stopped');
});

test('a thread that dies is begun anew: what was committed is there, what was asked is told to have failed', async () => {
  const told: string[] = [];
  const engine = await lastingEngine(
    () => startEngine(path.join(folder, 'database')),
    (message) => told.push(message),
  );
  const first = clientOn(engine);
  first.on('error', () => {});
  await first.connect();
  await first.query('CREATE TABLE kept (n int)');
  await first.query('INSERT INTO kept VALUES (1)');
  const asked = first.query('INSERT INTO kept SELECT n FROM generate_series(1, 3000000) n').then(
    () => 'stored',
    () => 'failed',
  );
  await threads.at(-1)!.terminate();
  expect(await asked).toBe('failed');
  const next = clientOn(engine);
  await next.connect();
  expect((await next.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]);
  expect(told).toEqual(['the embedded database has ended and is begun anew']);
  await next.end();
  await threads.at(-1)!.terminate();
  await engine.close();
});

test('a folder that holds no database is told at once', async () => {
  await expect(startEngine(path.join(folder, 'nothing', 'here'))).rejects.toThrow();
});
