/** Calls that come while others are worked on go together. */
import { expect, test } from 'vitest';
import { gather } from '../../bot/store/gather.ts';

function slow() {
  const batches: string[][] = [];
  let open = () => {};
  const ask = gather(async (items: string[]) => {
    batches.push(items);
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    if (items.includes('bad')) throw new Error('bad');
    return items.map((item) => item.toUpperCase());
  }, 3);
  const next = async () => {
    await new Promise(setImmediate);
    open();
    await new Promise(setImmediate);
  };
  return { batches, ask, next };
}

test('each gets its own answer, in batches no greater than allowed', async () => {
  const { batches, ask, next } = slow();
  const first = ask('a');
  await new Promise(setImmediate);
  const others = ['b', 'c', 'd', 'e'].map(ask);
  for (let i = 0; i < 3; i++) await next();
  expect(await Promise.all([first, ...others])).toEqual(['A', 'B', 'C', 'D', 'E']);
  expect(batches).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
});

test('of a batch that fails each is asked for by itself, and the next goes on', async () => {
  const { ask, next, batches } = slow();
  const settled = Promise.allSettled([ask('bad'), ask('x')]);
  const good = ask('y');
  for (let i = 0; i < 4; i++) await next();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await good).toBe('Y');
  expect(batches).toEqual([['bad', 'x', 'y'], ['bad'], ['x'], ['y']]);
});
