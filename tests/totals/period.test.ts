import { expect, test } from 'vitest';
import { fold } from '../../bot/language/fold.ts';
import { periodBefore, speakPeriod, usualPeriod } from '../../bot/totals/period.ts';
import { periodAsked } from '../../bot/totals/period-asked.ts';
import { testPlans } from '../support/world.ts';

const TODAY = '2026-06-10';
const asked = (text: string, today = TODAY) => {
  const found = periodAsked(text, fold(text), testPlans, today);
  if (!found) return null;
  if ('reversed' in found) return `reversed ${found.wrong}`;
  if (!('period' in found)) return 'wrong' in found ? `wrong ${found.wrong}` : 'unclear';
  const { kind, from, to } = found.period;
  return `${kind} ${from} ${to}`;
};

test.each([
  ['tổng hợp tuần này', 'week 2026-06-08 2026-06-14'],
  ['tong hop tuan truoc', 'week 2026-06-01 2026-06-07'],
  ['so với tuần trước', 'week 2026-06-01 2026-06-07'],
  ['tổng hợp tháng này', 'month 2026-06-01 2026-06-30'],
  ['tổng hợp tháng trước', 'month 2026-05-01 2026-05-31'],
  ['tổng hợp phường Lê Chân tháng 6', 'month 2026-06-01 2026-06-30'],
  ['tổng hợp tháng 12/2025', 'month 2025-12-01 2025-12-31'],
  ['tong hop quy 2', 'quarter 2026-04-01 2026-06-30'],
  ['tổng hợp 6 tháng', 'half 2025-12-15 2026-06-14'],
  ['tổng hợp sáu tháng đầu năm', 'half 2025-12-15 2026-06-14'],
  ['tổng hợp cả năm', 'year 2025-12-15 2026-12-12'],
  ['tổng hợp tháng hành động', 'campaign 2026-06-01 2026-06-30'],
  ['tổng hợp từ 1/6 đến 5/6', 'days 2026-06-01 2026-06-05'],
  ['tổng hợp từ ngày 01/06/2026 đến ngày 14/06/2026', 'days 2026-06-01 2026-06-14'],
  ['tổng hợp hôm qua', 'day 2026-06-09 2026-06-09'],
  ['tổng hợp ngày 3/6', 'day 2026-06-03 2026-06-03'],
  ['tổng hợp quý này', 'quarter 2026-04-01 2026-06-30'],
  ['tổng hợp quý trước', 'quarter 2026-01-01 2026-03-31'],
  ['tổng hợp tuần 24', 'week 2026-06-08 2026-06-14'],
  ['tổng hợp tuần 2 tháng 6', 'week 2026-06-08 2026-06-14'],
  ['tổng hợp 6 tháng cuối năm', 'days 2026-06-15 2026-12-14'],
  ['tổng hợp từ 15/12 đến 14/6', 'days 2025-12-15 2026-06-14'],
  ['tổng hợp tháng 13', 'wrong tháng 13'],
  ['tong hop thang 0', 'wrong tháng 0'],
  ['tổng hợp quý 5', 'wrong quý 5'],
  ['tổng hợp tuần 60', 'wrong tuần 60'],
  ['tổng hợp từ 31/2', 'wrong 31/2'],
  ['tổng hợp từ 31/2 đến 5/3', 'wrong 31/2'],
  ['tổng hợp ngày 32/6', 'wrong 32/6'],
  ['tổng hợp ngày 30 tháng 2', 'wrong 30/2'],
  ['tổng hợp ngày 29/2/2024', 'day 2024-02-29 2024-02-29'],
  ['tổng hợp từ 15/6 đến 1/6', 'reversed 15/6 đến 1/6'],
  ['tổng hợp từ ngày 10 đến ngày 5 tháng 6', 'reversed 10–5'],
  ['tổng hợp từ 5/7 đến 1/6', 'reversed 5/7 đến 1/6'],
  ['tổng hợp từ ngày 30/6/2026 đến hết ngày 1/5/2026', 'reversed 30/6/2026 đến hết ngày 1/5/2026'],
  ['tổng hợp 2026-06-14 đến 2026-06-08', 'reversed 2026-06-14 đến 2026-06-08'],
  ['tong hop tu ngay 14 thang 6 den ngay 8 thang 6', 'reversed ngay 14 thang 6 den ngay 8 thang 6'],
  ['tổng hợp từ tháng 6 đến tháng 3', 'reversed tháng 6 đến 3'],
  ['tổng hợp 9 tháng', 'unclear'],
])('%s → %s', (text, period) => expect(asked(text)).toBe(period));

test.each(['tổng hợp', 'tổng hợp phường Lê Chân', 'xã nào chưa báo cáo'])('%s names no period', (text) =>
  expect(asked(text)).toBeNull(),
);

test('weeks, months and quarters are whole, also across a year', () => {
  expect(asked('tuần này', '2026-01-01')).toBe('week 2025-12-29 2026-01-04');
  expect(asked('tháng trước', '2026-01-15')).toBe('month 2025-12-01 2025-12-31');
  expect(periodBefore({ kind: 'quarter', from: '2026-01-01', to: '2026-03-31' })).toEqual({
    kind: 'quarter',
    from: '2025-10-01',
    to: '2025-12-31',
  });
  expect(periodBefore({ kind: 'campaign', from: '2026-06-01', to: '2026-06-30' })).toEqual({
    kind: 'month',
    from: '2026-05-01',
    to: '2026-05-31',
  });
  expect(periodBefore({ kind: 'days', from: '2026-06-01', to: '2026-06-05' })).toMatchObject({
    from: '2026-05-27',
    to: '2026-05-31',
  });
});

test('without a period: the campaign while it runs and is reported, else the month', () => {
  expect(usualPeriod(testPlans, '2026-07-10').kind).toBe('campaign');
  expect(usualPeriod(testPlans, '2026-08-10')).toEqual({ kind: 'month', from: '2026-08-01', to: '2026-08-31' });
});

test('spoken as documents write days', () => {
  expect(speakPeriod({ kind: 'week', from: '2026-06-08', to: '2026-06-14' })).toBe('tuần 08/6–14/6/2026');
  expect(speakPeriod({ kind: 'half', from: '2025-12-15', to: '2026-06-14' })).toBe('6 tháng (15/12/2025–14/6/2026)');
  expect(speakPeriod({ kind: 'month', from: '2026-02-01', to: '2026-02-28' })).toBe('tháng 2/2026');
});
