/** The embedded PostgreSQL keeps nothing of what it hands over. */
import v8 from 'node:v8';
import vm from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../bot/store/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ image: null });
});
afterAll(() => engine.close());

/** A simple query as the protocol writes it: a letter, the length, the text and a zero. */
function asking(sql: string): Buffer {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.from('Q....');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

test('answers are not kept: a bot that runs for months asks millions of times', async () => {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  const ask = async (times: number) => {
    for (let i = 0; i < times; i++) await engine.exec(asking(`SELECT repeat('y', 2000), ${i}`));
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await ask(500);
  // Kept, they would take six megabytes.
  expect((await ask(3_000)) - before).toBeLessThan(1_500_000);
});
