/** The embedded database in its thread: what it is asked comes back, its end is told, and nobody waits for ever. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEngine } from '../../bot/store/engine-thread.ts';
import { createWire } from '../../bot/store/wire.ts';
import { prepareFolder } from '../support/database.ts';

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

test('a folder that holds no database is told at once', async () => {
  await expect(startEngine(path.join(folder, 'nothing', 'here'))).rejects.toThrow();
});
