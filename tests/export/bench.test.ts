import path from 'node:path';
import { expect, test } from 'vitest';
import { benchPicture, PICTURE_LIMITS } from '../../bot/export/bench.ts';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';

test('the city’s picture stays within its size; the time is measured by npm run bench', async () => {
  const plans = createPlanIndex(loadBook(path.resolve(import.meta.dirname, '../../prisma/plans')));
  let clock = 0;
  const bench = await benchPicture(
    plans,
    () => {
      clock += 10;
      return clock;
    },
    2,
  );
  expect(bench).toMatchObject({ first: 10, median: 10, worst: 10 });
  expect(bench.bytes).toBeGreaterThan(20_000);
  expect(bench.bytes).toBeLessThan(PICTURE_LIMITS.bytes);
});
