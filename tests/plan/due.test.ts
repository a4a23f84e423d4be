import { describe, expect, test } from 'vitest';
import { dayOf, instantOf } from '../../bot/language/calendar.ts';
import { daysUntil, lastDayInTime, nextDuty, owing, timelinessOf } from '../../bot/plan/due.ts';
import { index } from './book.ts';

const month = index.duty('thang-hanh-dong-2026/thang-hanh-dong')!;
const sudden = index.duty('kh64-2026/dot-xuat')!;

describe('“trước ngày 05/7/2026”', () => {
  test('the last day in time is 04/7', () => {
    expect(lastDayInTime(month.before!)).toBe('2026-07-04');
    expect(lastDayInTime('2026-03-01')).toBe('2026-02-28');
  });

  test.each([
    ['2026-07-04', '23:59', 'onTime'],
    ['2026-07-05', '00:00', 'late'],
    ['2026-06-30', '08:00', 'onTime'],
    ['2026-07-05', '06:59', 'late'],
  ] as const)('handed in on %s at %s: %s', (day, clock, state) => {
    expect(timelinessOf(month, dayOf(instantOf(day, clock)))).toBe(state);
  });

  test('a duty without a date is never late', () => {
    expect(timelinessOf(sudden, '2027-01-01')).toBe('noDueDate');
    expect(timelinessOf(null, '2027-01-01')).toBe('noDueDate');
  });
});

test('days to go, to the date and to the last day in time', () => {
  expect(daysUntil('2026-12-01', '2026-12-16')).toBe(15);
  expect(daysUntil('2026-12-01', lastDayInTime('2026-12-16'))).toBe(14);
  expect(daysUntil('2026-07-06', '2026-07-04')).toBe(-2);
});

describe('the next duty', () => {
  const duties = index.duties('so-y-te');
  test.each([
    ['2026-06-10', '2026-06-16'],
    ['2026-06-15', '2026-06-16'],
    ['2026-06-16', '2026-07-05'],
    ['2026-07-05', '2026-12-16'],
    ['2026-12-16', null],
  ])('on %s is that of %s', (today, before) => {
    expect(nextDuty(duties, today)?.before ?? null).toBe(before);
  });

  test('does not depend on the order, and passes over those without a date', () => {
    expect(nextDuty(duties.toReversed(), '2026-06-10')?.before).toBe('2026-06-16');
    expect(nextDuty([sudden], '2026-06-10')).toBeNull();
  });
});

test('a report is expected from every unit of its groups, not from who receives it', () => {
  const units = owing(index, month);
  expect(units).toHaveLength(index.members('g-tat-ca').length - 1);
  expect(units).not.toContain('catp');
  expect(new Set(owing(index, index.duty('kh64-2026/nam')!))).toEqual(
    new Set([...index.members('g-sbndt'), ...index.members('g-ubnd-xa')]),
  );
});
