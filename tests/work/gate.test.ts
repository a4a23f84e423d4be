import { expect, test } from 'vitest';
import { createGate } from '../../bot/work/gate.ts';

test('lets so many run at once, the others in line, what goes ahead first', async () => {
  const gate = createGate(2);
  const order: string[] = [];
  const doors = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<void>((done) => {
      order.push(name);
      doors.set(name, done);
    });
  const all = [gate.run(work('a')), gate.run(work('b')), gate.run(work('c')), gate.run(work('d'), true)];
  const settle = () => new Promise(setImmediate);
  await settle();
  expect(order).toEqual(['a', 'b']);
  doors.get('a')!();
  await settle();
  expect(order).toEqual(['a', 'b', 'd']);
  let idle = false;
  void gate.idle().then(() => {
    idle = true;
  });
  for (const name of ['b', 'd']) doors.get(name)!();
  await settle();
  expect([order, idle]).toEqual([['a', 'b', 'd', 'c'], false]);
  doors.get('c')!();
  await Promise.all(all);
  await settle();
  expect(idle).toBe(true);
});

test('work that fails makes room', async () => {
  const gate = createGate(1);
  await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate.run(async () => 'next')).toBe('next');
});
