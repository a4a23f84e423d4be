import { expect, test } from 'vitest';
import { occasionsOf } from '../../bot/digest/occasions.ts';
import { dueSlots, nextSlot, slotKey } from '../../bot/digest/slots.ts';
import { at, INDEX } from './book.ts';

const GROUP = { address: 'telegram:-1001', digestAt: '07:30', linkedAt: 0 };
const SECOND = 1000;
const none = new Set<string>();
const NONE = { opening: null, closing: null };
const due = (now: number, groups = [GROUP], sent: Set<string> = none) =>
  dueSlots(now, groups, NONE)
    .filter(({ key }) => !sent.has(key))
    .map(({ key, late }) => ({ key, late }));

test('a second before, at and after its hour', () => {
  const hour = at('2026-06-10');
  expect(due(hour - SECOND)).toEqual([]);
  expect(due(hour)).toEqual([{ key: 'digest/telegram:-1001/2026-06-10', late: false }]);
  expect(due(hour + SECOND)).toEqual([{ key: 'digest/telegram:-1001/2026-06-10', late: false }]);
  expect(nextSlot(hour - SECOND, [GROUP])).toBe(hour);
  expect(nextSlot(hour, [GROUP])).toBe(at('2026-06-11'));
  expect(nextSlot(hour + SECOND, [GROUP])).toBe(at('2026-06-11'));
});

test('what was sent is not due again, and tomorrow has a key of its own', () => {
  const sent = new Set([slotKey(GROUP.address, '2026-06-10')]);
  expect(due(at('2026-06-10', '07:31'), [GROUP], sent)).toEqual([]);
  expect(due(at('2026-06-11', '07:30'), [GROUP], sent)).toEqual([
    { key: 'digest/telegram:-1001/2026-06-11', late: false },
  ]);
});

test('after downtime the same day is caught up and marked late, until midnight', () => {
  expect(due(at('2026-06-10', '07:40'))[0]?.late).toBe(false);
  expect(due(at('2026-06-10', '07:41'))[0]?.late).toBe(true);
  expect(due(at('2026-06-10', '23:59'))).toEqual([{ key: 'digest/telegram:-1001/2026-06-10', late: true }]);
});

test('never yesterday’s news as today’s: three days asleep, only today is due', () => {
  expect(due(at('2026-06-13', '00:00'))).toEqual([]);
  expect(due(at('2026-06-13', '07:00'))).toEqual([]);
  expect(due(at('2026-06-13', '09:00'))).toEqual([{ key: 'digest/telegram:-1001/2026-06-13', late: true }]);
});

test('around midnight a late hour belongs to its own day', () => {
  const night = { address: 'web:g', digestAt: '23:59', linkedAt: 0 };
  const dawn = { address: 'web:h', digestAt: '00:00', linkedAt: 0 };
  expect(due(at('2026-06-10', '23:59'), [night])).toEqual([{ key: 'digest/web:g/2026-06-10', late: false }]);
  expect(due(at('2026-06-11', '00:00'), [night, dawn])).toEqual([{ key: 'digest/web:h/2026-06-11', late: false }]);
  expect(nextSlot(at('2026-06-10', '23:59'), [night, dawn])).toBe(at('2026-06-11', '00:00'));
});

test('over the end of a month and of a year', () => {
  expect(nextSlot(at('2026-06-30', '08:00'), [GROUP])).toBe(at('2026-07-01'));
  expect(due(at('2026-07-01'))).toEqual([{ key: 'digest/telegram:-1001/2026-07-01', late: false }]);
  expect(nextSlot(at('2026-12-31', '08:00'), [GROUP])).toBe(at('2027-01-01'));
});

test('an hour changed after sending does not send twice; changed before, it moves', () => {
  const moved = { ...GROUP, digestAt: '17:00', linkedAt: 0 };
  const sent = new Set([slotKey(GROUP.address, '2026-06-10')]);
  expect(due(at('2026-06-10', '17:00'), [moved], sent)).toEqual([]);
  expect(due(at('2026-06-10', '07:30'), [moved])).toEqual([]);
  expect(due(at('2026-06-10', '17:00'), [moved])).toEqual([{ key: 'digest/telegram:-1001/2026-06-10', late: false }]);
});

test('each group by its own hour; nothing next without groups', () => {
  const later = { address: 'zalo:2', digestAt: '08:00', linkedAt: 0 };
  expect(due(at('2026-06-10', '07:45'), [GROUP, later])).toEqual([
    { key: 'digest/telegram:-1001/2026-06-10', late: true },
  ]);
  expect(nextSlot(at('2026-06-10', '07:45'), [GROUP, later])).toBe(at('2026-06-10', '08:00'));
  expect(nextSlot(at('2026-06-10'), [])).toBeNull();
});

test("a group linked after today's hour begins tomorrow", () => {
  const linked = { ...GROUP, linkedAt: at('2026-06-10', '07:31') };
  expect(dueSlots(at('2026-06-10', '08:00'), [linked], NONE)).toEqual([]);
  expect(dueSlots(at('2026-06-11', '07:30'), [linked], NONE)).toHaveLength(1);
});

test('one message a day: the opening, the closing and the weekly summary take the place of the daily one', () => {
  const kinds = (group: object, clock = '07:30') =>
    [
      '2026-05-31',
      '2026-06-01',
      '2026-06-02',
      '2026-06-08',
      '2026-06-10',
      '2026-06-30',
      '2026-07-04',
      '2026-07-05',
    ].map((day) => dueSlots(at(day, clock), [{ ...GROUP, ...group }], occasionsOf(INDEX))[0]?.kind ?? null);
  expect(kinds({})).toEqual(['daily', 'opening', 'daily', 'weekly', 'daily', 'daily', 'daily', 'closing']);
  // Wednesdays only: its week is summed up on Wednesday; the opening and the closing come all the same.
  expect(kinds({ days: [3] })).toEqual([null, 'opening', null, null, 'weekly', null, null, 'closing']);
  expect(kinds({ paused: true })).toEqual(Array(8).fill(null));
});
