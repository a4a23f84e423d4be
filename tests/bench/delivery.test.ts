/** The benchmark's own run, small: nothing is lost, and nothing comes twice but where an answer was lost. */
import { expect, test } from 'vitest';
import { benchDelivery } from './delivery.ts';

test('a digest to twenty groups while every third call goes wrong', async () => {
  const figures = await benchDelivery(20, 0.3, 7);
  expect(figures.injected).toBeGreaterThan(2);
  expect(figures).toMatchObject({ groups: 20, lost: 0, doubled: 0 });
}, 120_000);
