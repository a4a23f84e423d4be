import { describe, expect, test } from 'vitest';
import { holidayOn, isWorkingDay, workingDayBy, workingDaysBetween } from '../../bot/digest/holidays.ts';
import {
  afterQuiet,
  isReminded,
  isReminderTime,
  nextReminderTime,
  overdueOn,
  owedReports,
  type Reminded,
  recipientOf,
  reminderDays,
  remindersOn,
} from '../../bot/digest/reminders.ts';
import { addDays } from '../../bot/language/calendar.ts';
import { at, INDEX, report } from './book.ts';

const officer = (unit: string, more: Partial<Reminded> = {}): Reminded => ({
  id: `p-${unit}`,
  memberships: [{ unit, role: 'officer' }],
  ...more,
});
const days = (from: string, count: number) => Array.from({ length: count }, (_, i) => addDays(from, i));

describe('working days', () => {
  test.each([
    ['2026-06-12', true, 'Friday'],
    ['2026-06-13', false, 'Saturday'],
    ['2026-04-27', false, 'made up for Giỗ Tổ on a Sunday'],
    ['2026-04-30', false, ''],
    ['2026-05-01', false, ''],
    ['2026-09-01', false, ''],
    ['2026-09-02', false, ''],
    ['2026-08-31', false, 'exchanged'],
    ['2026-08-22', true, 'a Saturday worked for it'],
    ['2026-02-18', false, 'Tết'],
    ['2027-05-03', false, 'made up for 1/5 on a Saturday'],
  ])('%s: %s (%s)', (day, worked) => expect(isWorkingDay(day)).toBe(worked));

  test('a day off moves to the working day before, over a whole Tết', () => {
    expect(workingDayBy('2026-06-15')).toBe('2026-06-15');
    expect(workingDayBy('2026-06-14')).toBe('2026-06-12');
    expect(workingDayBy('2026-02-22')).toBe('2026-02-13');
    expect(holidayOn('2026-02-17')?.name).toContain('Tết');
  });

  test('are counted after the first day, up to and with the last', () => {
    expect(workingDaysBetween('2026-07-04', '2026-07-06')).toBe(1);
    expect(workingDaysBetween('2026-07-04', '2026-07-04')).toBe(0);
    expect(workingDaysBetween('2026-08-28', '2026-09-03')).toBe(1);
  });
});

describe('the days of a duty', () => {
  test('that ends on Monday 15/6: the weekend before moves to Friday, three days before is that Friday too', () => {
    expect(reminderDays('2026-06-15')).toEqual(['2026-06-08', '2026-06-12', '2026-06-15']);
  });
  test('that ends on Saturday 4/7 is reminded of last on Friday', () => {
    expect(reminderDays('2026-07-04')).toEqual(['2026-06-26', '2026-07-01', '2026-07-03']);
    expect(isReminded('2026-07-04', '2026-07-04')).toBe(false);
  });
  test('overdue: on the ten working days after it, and no more', () => {
    expect(days('2026-07-05', 30).filter((day) => isReminded('2026-07-04', day))).toEqual([
      ...days('2026-07-06', 5),
      ...days('2026-07-13', 5),
    ]);
  });
});

describe('reminders', () => {
  const owed = (today: string, ...reports: Parameters<typeof owedReports>[1]) => owedReports(INDEX, reports, today);

  test('one message for a person with several duties and units, listing all that is near', () => {
    const both: Reminded = {
      id: 'p',
      memberships: [
        { unit: 'so-y-te', role: 'officer' },
        { unit: 'xa-1', role: 'officer' },
        { unit: 'xa-1', role: 'head' },
      ],
    };
    const reminders = remindersOn([both], owed('2026-06-12'), '2026-06-12');
    expect(reminders).toHaveLength(1);
    expect(reminders[0]).toMatchObject({ person: 'p', escalated: false });
    expect(reminders[0]!.owed.map(({ duty, unit, daysLeft }) => [duty.id, unit, daysLeft])).toEqual([
      ['6-thang', 'so-y-te', 3],
      ['6-thang', 'xa-1', 3],
    ]);
  });

  test('on a day that is nobody’s there are none', () => {
    expect(remindersOn([officer('so-y-te')], owed('2026-06-10'), '2026-06-10')).toEqual([]);
  });

  test('a reminder moved to Friday goes out though its day is eight days ahead', () => {
    const [one] = remindersOn(
      [officer('xa-1')],
      owed('2026-06-26', report('xa-1', '2026-06-10', { duty: '6-thang' })),
      '2026-06-26',
    );
    expect(one?.owed.map(({ duty, daysLeft }) => [duty.id, daysLeft])).toEqual([['ket-thuc', 8]]);
  });

  test('stop with the submission, for that unit and that duty alone', () => {
    const people = [officer('so-y-te'), officer('xa-1')];
    const list = owed('2026-06-15', report('so-y-te', '2026-06-14', { duty: '6-thang' }));
    expect(remindersOn(people, list, '2026-06-15').map(({ person }) => person)).toEqual(['p-xa-1']);
  });

  test('go on while only a quick report on the way is in, or the report was withdrawn', () => {
    const unmet = [
      report('so-y-te', '2026-06-14', { duty: '6-thang', form: 'bao-cao-nhanh' }),
      report('so-y-te', '2026-06-14', { duty: '6-thang', state: 'withdrawn' }),
    ];
    for (const one of unmet)
      expect(remindersOn([officer('so-y-te')], owed('2026-06-15', one), '2026-06-15')).toHaveLength(1);
  });

  test('overdue by more than a day they reach the head, before that only the officer', () => {
    const head: Reminded = { id: 'head', memberships: [{ unit: 'xa-1', role: 'head' }] };
    const people = [officer('xa-1'), head];
    expect(remindersOn(people, owed('2026-06-16'), '2026-06-16').map(({ person }) => person)).toEqual(['p-xa-1']);
    expect(remindersOn(people, owed('2026-06-17'), '2026-06-17').map((r) => [r.person, r.escalated])).toEqual([
      ['p-xa-1', false],
      ['head', true],
    ]);
    // Where no officer is registered, the head is reminded from the first day.
    expect(remindersOn([head], owed('2026-06-12'), '2026-06-12').map(({ person }) => person)).toEqual(['head']);
  });

  test('who is absent is not reminded, the deputy is, once for both', () => {
    const absent = officer('xa-1', { quiet: { until: '2026-06-15', deputy: 'p-xa-2' } });
    const people = [absent, officer('xa-2')];
    const [only, ...others] = remindersOn(people, owed('2026-06-15'), '2026-06-15');
    expect(others).toEqual([]);
    expect([only!.person, only!.owed.map(({ unit }) => unit)]).toEqual(['p-xa-2', ['xa-1', 'xa-2']]);
    expect(remindersOn(people, owed('2026-06-16'), '2026-06-16')).toHaveLength(2);
    expect(recipientOf(officer('xa-1', { quiet: { until: '2026-06-15' } }), people, '2026-06-15')).toBeNull();
  });

  test('coordinators are not reminded as such, and see every overdue report on working days', () => {
    const coordinator: Reminded = { id: 'c', memberships: [{ unit: 'so-y-te', role: 'coordinator' }] };
    expect(remindersOn([coordinator], owed('2026-06-15'), '2026-06-15')).toEqual([]);
    expect(overdueOn(owed('2026-06-15'), '2026-06-15')).toEqual([]);
    expect(overdueOn(owed('2026-06-16'), '2026-06-16')).toHaveLength(13);
    expect(overdueOn(owed('2026-06-20'), '2026-06-20')).toEqual([]);
    expect(overdueOn(owed('2026-08-03'), '2026-08-03')).toHaveLength(26);
  });
});

test('reminder time and quiet hours, to the second', () => {
  const second = 1000;
  expect(isReminderTime(at('2026-06-15', '08:00') - second)).toBe(false);
  expect(isReminderTime(at('2026-06-15', '08:00'))).toBe(true);
  expect(isReminderTime(at('2026-06-15', '21:00') - second)).toBe(true);
  expect(isReminderTime(at('2026-06-15', '21:00'))).toBe(false);
  expect(nextReminderTime(at('2026-06-30', '08:00'))).toBe(at('2026-07-01', '08:00'));
  expect(nextReminderTime(at('2026-06-30', '07:59'))).toBe(at('2026-06-30', '08:00'));
  expect(afterQuiet(at('2026-06-30', '21:00'))).toBe(at('2026-07-01', '06:30'));
  expect(afterQuiet(at('2026-07-01', '06:29'))).toBe(at('2026-07-01', '06:30'));
  expect(afterQuiet(at('2026-07-01', '06:30'))).toBe(at('2026-07-01', '06:30'));
  expect(afterQuiet(at('2026-06-30', '20:59'))).toBe(at('2026-06-30', '20:59'));
});
