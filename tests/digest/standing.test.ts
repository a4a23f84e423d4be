import fc from 'fast-check';
import { expect, test } from 'vitest';
import { focusOf, missingUnits, standing } from '../../bot/digest/standing.ts';
import { dated, FIGURES, totalsOf } from '../../bot/digest/totals.ts';
import { addDays } from '../../bot/language/calendar.ts';
import { withExtensions } from '../../bot/plan/extended.ts';
import { AGENCIES, at, CITY, COMMUNES, EVERYONE, INDEX, report } from './book.ts';

const CAMPAIGN = { from: '2026-06-01', to: '2026-06-30' };
const total = (reports: ReturnType<typeof report>[]) => totalsOf(reports.map(dated), CAMPAIGN);
const sixMonths = (reports: ReturnType<typeof report>[], when: number) =>
  standing(INDEX, CITY, reports, when).duties.find(({ duty }) => duty.id === '6-thang')!;

test('the four states, and "chưa nộp" told apart by the due day', () => {
  const reports = [
    report('xa-1', '2026-06-15', { clock: '23:59', duty: '6-thang', timeliness: 'onTime' }),
    report('xa-2', '2026-06-16', { clock: '00:00', duty: '6-thang', timeliness: 'late' }),
    report('xa-3', '2026-06-10', { duty: '6-thang', timeliness: 'onTime', nothing: true }),
  ];
  const before = sixMonths(reports, at('2026-06-15', '23:59'));
  expect(before.counts).toEqual({ onTime: 1, nothing: 1, late: 0, notDue: 11, overdue: 0 });
  const after = sixMonths(reports, at('2026-06-16'));
  expect(after.counts).toEqual({ onTime: 1, nothing: 1, late: 1, notDue: 0, overdue: 10 });
  expect(after).toMatchObject({ lastDay: '2026-06-15', daysLeft: -1, expected: 13, received: 3, inTime: 2 });
  expect(after.completeness).toBeCloseTo(3 / 13);
  expect(after.timeliness).toBeCloseTo(2 / 13);
  expect(missingUnits(after)).toEqual([...AGENCIES, ...COMMUNES.slice(3)]);
});

test('the first submission decides in time or late, the latest version what it says', () => {
  const corrected = [
    report('xa-1', '2026-06-20', { duty: '6-thang', timeliness: 'late' }),
    report('xa-1', '2026-06-14', { duty: '6-thang', timeliness: 'onTime', nothing: true }),
  ];
  const seen = sixMonths(corrected, at('2026-06-21'));
  expect(seen.counts).toMatchObject({ onTime: 1, nothing: 0, late: 0 });
  expect(seen.received).toBe(1);
});

test('a quick report is no report of a duty; "không phát sinh" is, of all its days', () => {
  const days = (period_from: string, period_to: string) => ({ period_from, period_to });
  const quick = { duty: 'ket-thuc', form: 'bao-cao-nhanh' };
  const { duties, reporting, totals } = standing(
    INDEX,
    CITY,
    [
      report('xa-1', '2026-06-10', { ...quick, values: { ...days('2026-06-10', '2026-06-10'), to_roi: 5 } }),
      report('xa-2', '2026-06-10', { ...quick, nothing: true, values: days('2026-06-10', '2026-06-10') }),
      report('xa-3', '2026-06-30', { ...quick, nothing: true, values: days('2026-06-01', '2026-06-30') }),
      report('xa-4', '2026-06-30', { duty: 'ket-thuc', nothing: true }),
    ],
    at('2026-07-01'),
  );
  expect(duties.find(({ duty }) => duty.id === 'ket-thuc')).toMatchObject({ received: 2, counts: { nothing: 2 } });
  expect({ reporting, totals }).toEqual({ reporting: 4, totals: { to_roi: 5 } });
});

test('an extension that the receipt confirmed stands; a report without a verdict is judged by its day', () => {
  const seen = sixMonths(
    [
      report('xa-1', '2026-06-18', { duty: '6-thang', timeliness: 'onTime' }),
      report('xa-2', '2026-06-15', { clock: '23:59', duty: '6-thang' }),
      report('xa-3', '2026-06-16', { clock: '00:01', duty: '6-thang' }),
    ],
    at('2026-06-21'),
  );
  expect(seen.counts).toMatchObject({ onTime: 2, late: 1 });
});

test('scopes: the city is every unit with a dated duty, a group its members, a unit itself', () => {
  const units = (scope: Parameters<typeof standing>[1]) => standing(INDEX, scope, [], at('2026-06-10')).units;
  expect(units(CITY)).toEqual(EVERYONE);
  expect(units({ kind: 'group', group: 'g-xa' })).toEqual(COMMUNES);
  expect(units({ kind: 'group', group: 'g-bao-chi' })).toEqual([]);
  expect(units({ kind: 'unit', unit: 'so-y-te' })).toEqual(['so-y-te']);
  const own = standing(INDEX, { kind: 'unit', unit: 'so-y-te' }, [report('xa-1', '2026-06-09')], at('2026-06-10'));
  expect(own).toMatchObject({ newReports: 0, reporting: 0 });
  expect(own.duties.map(({ expected }) => expected)).toEqual([1, 1, 1]);
});

test('duties without a date are not expected of anybody', () => {
  const { duties } = standing(INDEX, CITY, [report('xa-1', '2026-06-09', { duty: 'dot-xuat' })], at('2026-06-10'));
  expect(duties.map(({ duty }) => duty.id)).toEqual(['6-thang', 'ket-thuc', 'nam']);
});

test('the change is since this hour yesterday; what comes later does not exist yet', () => {
  const reports = [
    report('xa-1', '2026-06-08', { values: { buoi_tuyen_truyen: 5 } }),
    report('xa-2', '2026-06-09', { clock: '07:31', values: { buoi_tuyen_truyen: 2 } }),
    report('xa-3', '2026-06-10', { clock: '07:00', values: { buoi_tuyen_truyen: 1 } }),
    report('xa-4', '2026-06-10', { clock: '07:31', values: { buoi_tuyen_truyen: 100 } }),
  ];
  const seen = standing(INDEX, CITY, reports, at('2026-06-10'));
  expect(seen.totals).toEqual({ buoi_tuyen_truyen: 8 });
  expect(seen.change).toEqual({ buoi_tuyen_truyen: 3 });
  expect(seen).toMatchObject({ newReports: 2, receivedToday: 1, reporting: 3 });
});

const span = (from: string, to: string, values: Record<string, number>, clock: string) =>
  report('xa-1', '2026-06-20', { clock, values: { ...values, period_from: from, period_to: to } });

test('a later report of the same days takes the place of the earlier one, figure by figure', () => {
  const totals = total([
    span('2026-06-05', '2026-06-05', { buoi_tuyen_truyen: 3, to_roi: 100 }, '08:00'),
    span('2026-06-05', '2026-06-05', { buoi_tuyen_truyen: 2, vu_phat_hien: 0 }, '09:00'),
  ]);
  expect(totals).toEqual({ buoi_tuyen_truyen: 2, to_roi: 100, vu_phat_hien: 0 });
});

test('a week and its days are not counted twice, whichever was sent last', () => {
  const week = (clock: string) => span('2026-06-01', '2026-06-07', { to_roi: 70 }, clock);
  const day = (n: number, clock: string) => span(`2026-06-0${n}`, `2026-06-0${n}`, { to_roi: 10 }, clock);
  expect(total([day(3, '08:00'), day(4, '08:01'), week('09:00')])).toEqual({ to_roi: 70 });
  expect(total([week('07:00'), day(3, '08:00'), day(4, '08:01')])).toEqual({ to_roi: 70 });
  expect(total([day(3, '08:00'), day(4, '08:01')])).toEqual({ to_roi: 20 });
});

test('of two that share some days only the later counts; other units are not touched', () => {
  const first = span('2026-06-01', '2026-06-07', { to_roi: 70 }, '08:00');
  const second = span('2026-06-05', '2026-06-12', { to_roi: 50 }, '09:00');
  const other = { ...first, unit: 'xa-2' };
  expect(total([first, second, other])).toEqual({ to_roi: 120 });
});

test('"không phát sinh" takes back what its days had, and adds no figure of its own', () => {
  const figures = span('2026-06-05', '2026-06-05', { vu_phat_hien: 3 }, '08:00');
  const nothing = { ...span('2026-06-05', '2026-06-05', {}, '09:00'), nothing: true };
  expect(total([figures, nothing])).toEqual({});
  expect(total([nothing])).toEqual({});
});

test('reports of other periods than the campaign are not in its totals', () => {
  expect(total([span('2025-12-15', '2026-06-14', { to_roi: 900 }, '08:00')])).toEqual({});
  expect(total([span('2026-06-30', '2026-06-30', { to_roi: 9 }, '08:00')])).toEqual({ to_roi: 9 });
});

test('property: no day of a unit is counted twice for a figure', () => {
  const one = fc.record({ from: fc.nat(29), length: fc.nat(10), clock: fc.nat(1439) });
  fc.assert(
    fc.property(fc.uniqueArray(one, { maxLength: 12, selector: (r) => r.clock }), (spans) => {
      // Each report counts its days, so a day counted twice would show as more than the days of the month.
      const reports = spans.map(({ from, length, clock }) => {
        const start = addDays('2026-06-01', from);
        const time = `${String(Math.floor(clock / 60)).padStart(2, '0')}:${String(clock % 60).padStart(2, '0')}`;
        return span(start, addDays(start, length), { to_roi: length + 1 }, time);
      });
      const days = new Set(spans.flatMap(({ from, length }) => Array.from({ length: length + 1 }, (_, i) => from + i)));
      expect(total(reports).to_roi ?? 0).toBeLessThanOrEqual(days.size);
      expect(total(reports.toReversed())).toEqual(total(reports));
    }),
    { seed: 799, numRuns: 300 },
  );
});

test('the focus: due within seven days, else just past, else the next', () => {
  const focus = (day: string) => focusOf(standing(INDEX, CITY, [], at(day)))?.duty.id;
  expect(focus('2026-06-08')).toBe('6-thang');
  expect(focus('2026-06-15')).toBe('6-thang');
  expect(focus('2026-06-20')).toBe('6-thang');
  expect(focus('2026-06-27')).toBe('ket-thuc');
  expect(focusOf(standing(INDEX, { kind: 'group', group: 'g-bao-chi' }, [], at('2026-06-10')))).toBeNull();
});

test('progress by day is cumulative and counts each unit once', () => {
  const seen = sixMonths(
    [
      report('xa-1', '2026-06-10', { duty: '6-thang' }),
      report('xa-1', '2026-06-12', { duty: '6-thang' }),
      report('xa-2', '2026-06-10', { duty: '6-thang' }),
      report('xa-3', '2026-06-13', { duty: '6-thang' }),
    ],
    at('2026-06-14'),
  );
  expect(seen.byDay).toEqual([
    { day: '2026-06-10', received: 2 },
    { day: '2026-06-13', received: 3 },
  ]);
});

test('the figures are those of the quick report that can be added up', () => {
  expect(FIGURES).toHaveLength(14);
});

test('figures are those of the latest approved version; what waits or is returned is received but not added up', () => {
  const values = { to_roi: 100 };
  const content = (to_roi: number) => ({ values: { to_roi }, nothing: false });
  const where = standing(
    INDEX,
    CITY,
    [
      report('xa-1', '2026-06-05', { duty: '6-thang', timeliness: 'onTime', values, state: 'submitted' }),
      report('xa-2', '2026-06-05', { duty: '6-thang', timeliness: 'onTime', values, state: 'returned' }),
      report('xa-3', '2026-06-05', { values, state: 'withdrawn' }),
      { ...report('xa-4', '2026-06-05', { values, state: 'submitted' }), approved: content(7) },
      report('xa-5', '2026-06-05', { values: { to_roi: 30 } }),
    ],
    at('2026-06-06', '08:00'),
  );
  expect(where.totals).toEqual({ to_roi: 37 });
  expect(where.pending).toBe(2);
  expect(where.duties[0]!.received).toBe(2);
});

test('an extension moves the date of its unit alone, and makes timely what came before the new date', () => {
  const granted = {
    ...{ id: 'g1', unit: 'xa-1', duty: '6-thang', days: 2, reason: 'bão', askedBy: 'p1', askedAt: 0 },
    ...{ state: 'granted' as const, decidedBy: 'p2', answer: null },
  };
  const reports = ['xa-1', 'xa-2'].map((unit) => report(unit, '2026-06-17', { duty: '6-thang', timeliness: 'late' }));
  const [duty] = standing(withExtensions(INDEX, [granted]), CITY, reports, at('2026-06-17', '12:00')).duties;
  expect(duty!.units.filter(({ unit }) => unit === 'xa-1' || unit === 'xa-2').map(({ state }) => state)).toEqual([
    'onTime',
    'late',
  ]);
  expect(duty!.lastDay).toBe('2026-06-15');
  const own = standing(withExtensions(INDEX, [granted]), { kind: 'unit', unit: 'xa-1' }, [], at('2026-06-17', '12:00'));
  expect(own.duties[0]!).toMatchObject({ lastDay: '2026-06-17', units: [{ state: 'notDue' }] });
});
