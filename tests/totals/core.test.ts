/** The pure core of totals: which days count, what stands behind each sum, what is compared, what stands out. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIGURES } from '../../bot/digest/totals.ts';
import { addDays } from '../../bot/language/calendar.ts';
import type { SubmittedReport } from '../../bot/report/types.ts';
import { overview } from '../../bot/totals/overview.ts';
import { weekOf } from '../../bot/totals/period.ts';
import { addUp, unitSums } from '../../bot/totals/sums.ts';
import type { Figure, Period } from '../../bot/totals/types.ts';
import { at, COMMUNES, EVERYONE, INDEX, report } from '../digest/book.ts';

const figures: Figure[] = FIGURES.map((id) => ({ id, label: id, unit: '', only: null }));
const WEEK = weekOf('2026-06-10');
const days = (from: string, to: string) => ({ period_from: from, period_to: to });
const sums = (reports: SubmittedReport[], period: Period = WEEK) => unitSums(reports, period, [{ id: 'to_roi' }]);
const city = (reports: SubmittedReport[], period: Period = WEEK, when = at('2026-06-14', '20:00')) =>
  overview({ plans: INDEX, figures, reports, scope: { kind: 'city' }, period, at: when });

test('a report counts for the days it names, whenever it was sent', () => {
  const inside = report('xa-1', '2026-06-20', { values: { ...days('2026-06-08', '2026-06-09'), to_roi: 5 } });
  const outside = report('xa-1', '2026-06-10', { values: { ...days('2026-06-01', '2026-06-07'), to_roi: 9 } });
  const [one] = sums([inside, outside]);
  expect(one?.sums.get('to_roi')).toEqual({ value: 5, behind: [{ report: inside.id, value: 5 }] });
  expect(one?.reports).toEqual([inside]);
});

test('"từ 01/6 đến nay" counts with what is left after the days before; the reports behind add up to the sum', () => {
  const first = report('xa-1', '2026-06-07', { values: { ...days('2026-06-01', '2026-06-07'), to_roi: 30 } });
  const grown = report('xa-1', '2026-06-14', { values: { ...days('2026-06-01', '2026-06-14'), to_roi: 50 } });
  const [one] = sums([first, grown]);
  expect(one?.sums.get('to_roi')).toEqual({
    value: 20,
    behind: [
      { report: grown.id, value: 50 },
      { report: first.id, value: -30 },
    ],
  });
  expect(one?.unsplit).toEqual([]);
});

test('where the days before were not reported whole, nothing is guessed: the report is told apart', () => {
  const gap = report('xa-1', '2026-06-06', { values: { ...days('2026-06-01', '2026-06-06'), to_roi: 30 } });
  const grown = report('xa-1', '2026-06-14', { values: { ...days('2026-06-01', '2026-06-14'), to_roi: 50 } });
  const [one] = sums([gap, grown]);
  expect(one?.sums.size).toBe(0);
  expect(one?.unsplit).toEqual([grown]);
  const whole = report('xa-1', '2026-06-14', { values: { ...days('2026-06-08', '2026-06-14'), to_roi: 7 } });
  // Its days are reported by themselves as well: nothing is missing.
  expect(sums([gap, grown, whole])[0]).toMatchObject({ unsplit: [] });
});

test('"không phát sinh" of a month is nought for its week; a figure nobody answered is absent', () => {
  const none = report('xa-1', '2026-06-30', { nothing: true, values: days('2026-06-01', '2026-06-30') });
  expect(sums([none])[0]?.sums.get('to_roi')).toEqual({ value: 0, behind: [{ report: none.id, value: 0 }] });
  expect(unitSums([none], WEEK, [])[0]?.sums.size).toBe(0);
});

test('a balance is not added up: the latest in the period holds, of each unit', () => {
  const of = (from: string, to: string, n: number) => report('xa-1', to, { values: { ...days(from, to), du_no: n } });
  const reports = [
    of('2026-06-01', '2026-06-09', 70),
    of('2026-06-10', '2026-06-12', 80),
    of('2026-06-01', '2026-06-20', 99),
  ];
  const [one] = unitSums(reports, WEEK, [{ id: 'du_no', stock: true }]);
  expect(one?.sums.get('du_no')).toEqual({ value: 80, behind: [{ report: reports[1]!.id, value: 80 }] });
});

const someReport = fc
  .record({
    unit: fc.constantFrom('xa-1', 'xa-2'),
    from: fc.integer({ min: 0, max: 30 }),
    length: fc.integer({ min: 0, max: 14 }),
    n: fc.nat(50),
  })
  .map(({ unit, from, length, n }) => {
    const first = addDays('2026-05-25', from);
    return report(unit, '2026-06-30', { values: { ...days(first, addDays(first, length)), to_roi: n } });
  });

test('whatever was reported: sums equal what stands behind them, never negative, and no report is both counted whole and unsplit', () => {
  fc.assert(
    fc.property(fc.array(someReport, { maxLength: 12 }), (reports) => {
      for (const { sums: own, unsplit } of sums(reports)) {
        const sum = own.get('to_roi');
        if (!sum) continue;
        expect(sum.behind.reduce((total, { value }) => total + value, 0)).toBe(sum.value);
        expect(sum.value).toBeGreaterThanOrEqual(0);
        const counted = new Set(sum.behind.filter(({ value }) => value > 0).map(({ report: id }) => id));
        expect(unsplit.filter(({ id }) => counted.has(id))).toEqual([]);
      }
      const all = addUp(sums(reports)).get('to_roi');
      const parts = sums(reports).map((one) => one.sums.get('to_roi')?.value ?? 0);
      expect(all?.value ?? 0).toBe(parts.reduce((total, value) => total + value, 0));
    }),
  );
});

test('weeks of daily reports add up to the month', () => {
  const daily = fc.array(fc.record({ day: fc.integer({ min: 0, max: 27 }), n: fc.nat(9) }), { maxLength: 20 });
  fc.assert(
    fc.property(daily, (list) => {
      const reports = list.map(({ day, n }) => {
        const on = addDays('2026-06-01', day);
        return report('xa-1', on, { values: { ...days(on, on), to_roi: n } });
      });
      const month: Period = { kind: 'days', from: '2026-06-01', to: '2026-06-28' };
      const weeks = [0, 7, 14, 21].map(
        (n) => addUp(sums(reports, weekOf(addDays('2026-06-01', n)))).get('to_roi')?.value ?? 0,
      );
      expect(weeks.reduce((a, b) => a + b)).toBe(addUp(sums(reports, month)).get('to_roi')?.value ?? 0);
    }),
  );
});

test('what waits stands apart: a new report adds, a correction adds the difference only', () => {
  const of = (n: number) => ({ ...days('2026-06-08', '2026-06-10'), to_roi: n });
  const approved = report('xa-1', '2026-06-10', { values: of(20) });
  const corrected = { ...approved, state: 'submitted' as const, values: of(26), revision: 3 };
  const fresh = report('xa-2', '2026-06-10', { values: of(4), state: 'submitted' });
  const seen = city([corrected, fresh]);
  expect(seen.figures).toMatchObject([{ approved: { value: 20 }, pending: 10, before: null }]);
  expect(seen.units.find(({ unit }) => unit === 'xa-1')).toMatchObject({
    approved: { to_roi: 20 },
    pending: { to_roi: 6 },
  });
  expect(seen.waiting.map(({ unit }) => unit).toSorted()).toEqual(['xa-1', 'xa-2']);
  expect(seen.silent).toHaveLength(EVERYONE.length - 2);
  expect(seen.sectors.find(({ sector }) => sector === 'xa')).toMatchObject({ reporting: 2, pending: { to_roi: 10 } });
});

test('withdrawn, returned and later reports add nothing; completeness is the digest’s own', () => {
  const of = { ...days('2026-06-08', '2026-06-08'), to_roi: 3 };
  const later = report('xa-3', '2026-06-20', { values: of });
  const returned = report('xa-2', '2026-06-08', { values: of, state: 'returned' });
  const withdrawn = report('xa-1', '2026-06-08', { values: of, state: 'withdrawn' });
  const due = report('xa-4', '2026-06-10', { duty: '6-thang', timeliness: 'onTime', nothing: true });
  const seen = city([later, returned, withdrawn, due]);
  expect(
    seen.figures.filter(({ figure }) => figure.id === 'to_roi' && seen.units.some((u) => u.approved.to_roi)),
  ).toEqual([]);
  expect(seen.duties.find(({ duty }) => duty.id === '6-thang')).toMatchObject({ received: 1, counts: { nothing: 1 } });
});

test('the period before is beside it, and a unit far from its like or from itself is pointed out', () => {
  const one = (unit: string, from: string, n: number) =>
    report(unit, from, { values: { ...days(from, from), to_roi: n } });
  const usual = COMMUNES.map((unit, i) => one(unit, '2026-06-09', 100 + i));
  const wild = one('xa-1', '2026-06-10', 4000);
  const jumped = [one('so-y-te', '2026-06-02', 10), one('so-y-te', '2026-06-09', 90)];
  const seen = city([...usual, wild, ...jumped]);
  expect(seen.previous).toEqual({ kind: 'week', from: '2026-06-01', to: '2026-06-07' });
  expect(seen.figures[0]).toMatchObject({ before: 10, approved: { value: 4000 + 1045 + 90 } });
  expect(seen.outliers).toMatchObject(
    [
      { unit: 'xa-1', against: 'peers', value: 4100, usual: 105.5, reports: [usual[0]!.id, wild.id].toSorted() },
      { unit: 'so-y-te', against: 'before', value: 90, usual: 10 },
    ].map((o) => (o.reports ? { ...o, reports: expect.arrayContaining(o.reports) } : o)),
  );
  // With all alike nobody stands out.
  expect(city(COMMUNES.map((unit) => one(unit, '2026-06-09', 100))).outliers).toEqual([]);
});
