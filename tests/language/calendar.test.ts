import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  clockOf,
  dayOf,
  diffDays,
  instantOf,
  isDay,
  speakDay,
  speakInstant,
  weekdayOf,
} from '../../bot/language/calendar.ts';

test('a day begins at 17:00 UTC of the day before', () => {
  const midnight = Date.UTC(2026, 6, 4, 17);
  expect([dayOf(midnight), clockOf(midnight)]).toEqual(['2026-07-05', '00:00']);
  expect([dayOf(midnight - 1), clockOf(midnight - 1)]).toEqual(['2026-07-04', '23:59']);
  expect(instantOf('2026-07-05', '00:00')).toBe(midnight);
});

test('an hour of a day is that hour of that day, all year', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3650 }), fc.integer({ min: 0, max: 1439 }), (n, minute) => {
      const day = addDays('2020-01-01', n);
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const instant = instantOf(day, clock);
      expect([dayOf(instant), clockOf(instant)]).toEqual([day, clock]);
    }),
    { numRuns: 50 },
  );
});

describe('days', () => {
  test('are counted over months and leap years', () => {
    expect(addDays('2026-06-30', 1)).toBe('2026-07-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(diffDays('2025-12-15', '2026-06-14')).toBe(181);
    expect(diffDays('2026-07-05', '2026-07-04')).toBe(-1);
  });

  test('of the week', () => {
    expect(weekdayOf('2026-06-01')).toBe(1);
    expect(weekdayOf('2026-07-05')).toBe(7);
  });

  test('that do not exist are none', () => {
    expect(['2026-02-29', '2026-13-01', '2026-6-1', '01/6/2026', ''].map(isDay)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(isDay('2028-02-29')).toBe(true);
  });

  test.each([
    ['2026-07-05', '05/7/2026'],
    ['2026-05-22', '22/5/2026'],
    ['2025-11-08', '08/11/2025'],
    ['2026-02-15', '15/02/2026'],
    ['2024-01-22', '22/01/2024'],
    ['2026-03-03', '03/3/2026'],
    ['2024-12-06', '06/12/2024'],
  ])('%s is said as the plans write it: %s', (day, said) => {
    expect(speakDay(day)).toBe(said);
  });
});

test('an instant is said with its hour', () => {
  expect(speakInstant(instantOf('2026-06-10', '07:30'))).toBe('07:30 ngày 10/6/2026');
});
