/** The digest on the two real plans. */
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { composeDaily, lengthOf, MOST_CHARACTERS } from '../../bot/digest/daily.ts';
import { emphasisOf } from '../../bot/digest/emphasis.ts';
import { standing } from '../../bot/digest/standing.ts';
import type { Scope } from '../../bot/digest/types.ts';
import { addDays } from '../../bot/language/calendar.ts';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';
import type { PlanIndex } from '../../bot/plan/types.ts';
import { at, report } from './book.ts';

let index: PlanIndex;
let scopes: Scope[];
beforeAll(() => {
  index = createPlanIndex(loadBook(path.resolve(import.meta.dirname, '../../prisma/plans')));
  scopes = [
    { kind: 'city' },
    ...index.book.groups.map(({ id }): Scope => ({ kind: 'group', group: id })),
    ...['so-y-te', 'catp', 'btl-csb1', 'phuong-le-chan', 'dk-bach-long-vi'].map(
      (unit): Scope => ({ kind: 'unit', unit }),
    ),
  ];
});

const season = Array.from({ length: 50 }, (_, i) => addDays('2026-05-20', i));

test('who is expected to report, and that nobody owes a report to itself', () => {
  const { units, duties } = standing(index, { kind: 'city' }, [], at('2026-06-10'));
  expect(duties.map(({ duty, expected, lastDay }) => [duty.id, expected, lastDay])).toEqual([
    ['kh64-2026/6-thang', 134, '2026-06-15'],
    ['thang-hanh-dong-2026/thang-hanh-dong', 142, '2026-07-04'],
    ['kh64-2026/nam', 134, '2026-12-15'],
  ]);
  expect(units).not.toContain('catp');
  expect(standing(index, { kind: 'unit', unit: 'catp' }, [], at('2026-06-10')).duties).toEqual([]);
});

test('every scope, every day of the season: within the limit, with the theme, in the plan’s own words', () => {
  const texts = index.book.plans.flatMap((plan) => plan.passages.map((passage) => passage.text));
  const reports = index.members('g-tat-ca').flatMap((unit, i) =>
    [4, 11, 18].map((day) =>
      report(unit, `2026-06-${String(day + (i % 7)).padStart(2, '0')}`, {
        duty: 'kh64-2026/6-thang',
        timeliness: day < 15 ? 'onTime' : 'late',
        values: {
          buoi_tuyen_truyen: i,
          luot_nguoi_du: 100 * i,
          co_so_kiem_tra: 5,
          vu_phat_hien: 1,
          so_tien_vay_trieu_dong: 50,
        },
      }),
    ),
  );
  for (const scope of scopes)
    for (const day of season.filter((_, i) => i % 3 === 0 || scope.kind === 'city')) {
      const where = `${JSON.stringify(scope)} ${day}`;
      const digest = composeDaily({
        standing: standing(index, scope, reports, at(day)),
        plans: index,
        late: true,
        rehearsal: true,
      });
      expect(lengthOf(digest.text), where).toBeLessThanOrEqual(MOST_CHARACTERS);
      expect(digest.text.at(-2)!.text, where).toBe(
        'Chủ đề: “Chung một quyết tâm xây dựng xã, phường, đặc khu không ma túy”.',
      );
      for (const { text } of digest.text.filter(({ as }) => as === 'quote')) {
        const verbatim = /^“(.*?)(?: \[…\])?” \([^()]*\)$/su.exec(text)![1]!;
        expect(
          texts.some((known) => known.startsWith(verbatim)),
          text,
        ).toBe(true);
      }
      for (const id of digest.source) expect(index.passage(id), id).toBeDefined();
    }
});

test('the emphasis of every scope: never the same two days running, and the day of 26/6 is kept', () => {
  for (const scope of scopes) {
    const { units } = standing(index, scope, [], at('2026-06-10'));
    if (units.length === 0) continue;
    let before: string[] = [];
    for (const day of season) {
      const now = emphasisOf(index, units, day);
      expect(
        now.filter(({ id }) => before.includes(id)),
        `${JSON.stringify(scope)} ${day}`,
      ).toEqual([]);
      if (day === '2026-06-26') expect(now[0]!.text).toContain('Ngày toàn dân phòng, chống ma túy (26/6)');
      before = now.map(({ id }) => id);
    }
  }
});
