import { expect, test } from 'vitest';
import { composeDaily, lengthOf, MOST_CHARACTERS } from '../../bot/digest/daily.ts';
import { emphasisOf } from '../../bot/digest/emphasis.ts';
import { spoken } from '../../bot/digest/figures.ts';
import { shorten } from '../../bot/digest/shorten.ts';
import { standing } from '../../bot/digest/standing.ts';
import type { Scope } from '../../bot/digest/types.ts';
import { addDays } from '../../bot/language/calendar.ts';
import { createPlanIndex } from '../../bot/plan/index.ts';
import type { SubmittedReport } from '../../bot/report/types.ts';
import { at, BOOK, CITY, COMMUNES, EVERYONE, INDEX, report } from './book.ts';

const daily = (
  day: string,
  options: { scope?: Scope; reports?: SubmittedReport[]; late?: boolean; clock?: string } = {},
) =>
  composeDaily({
    standing: standing(INDEX, options.scope ?? CITY, options.reports ?? [], at(day, options.clock ?? '07:30')),
    plans: INDEX,
    late: options.late ?? false,
    rehearsal: false,
  });
const words = (digest: ReturnType<typeof daily>) => digest.text.map(({ text }) => text).join('\n\n');

const days = (from: string, n: number) => Array.from({ length: n }, (_, i) => addDays(from, i));

test('a digest of the tenth day, whole', () => {
  const reports = [
    report('xa-1', '2026-06-08', { duty: '6-thang', values: { buoi_tuyen_truyen: 10, luot_nguoi_du: 1000 } }),
    report('xa-2', '2026-06-09', {
      duty: '6-thang',
      values: { buoi_tuyen_truyen: 2, luot_nguoi_du: 150, so_tien_vay_trieu_dong: 50.5 },
    }),
    report('xa-3', '2026-06-09', { duty: '6-thang', nothing: true }),
  ];
  const digest = daily('2026-06-10', { reports, scope: { kind: 'group', group: 'g-xa' } });
  expect(digest.text.slice(0, 4).map(({ text }) => text)).toEqual([
    'Bản tin thứ Tư, 10/6/2026 · UBND các xã, phường, đặc khu',
    'KH Tháng hành động 2026: ngày 10/30, còn 20 ngày.',
    [
      'Đến hạn trong 7 ngày tới:',
      '• Báo cáo 6 tháng: trước ngày 16/6/2026, chậm nhất hết ngày 15/6; còn 5 ngày.',
      'Đã nộp 3/10 (30%).',
      'Đúng hạn 2 · trễ hạn 0 · không phát sinh 1 · chưa nộp 7 (chưa đến hạn).',
    ].join('\n'),
    [
      'Kết quả đến nay (trong ngoặc: so với hôm qua):',
      '• 12 buổi tuyên truyền (+2), 1.150 lượt người dự (+150)',
      '• 50,5 triệu đồng cho vay (+50,5)',
      '24 giờ qua nhận 2 báo cáo; đến nay 3/10 đơn vị đã có số liệu.',
    ].join('\n'),
  ]);
  expect(digest.text.at(-1)).toEqual({
    as: 'text',
    text: 'Chủ đề: “Chung một quyết tâm xây dựng xã, phường, đặc khu không ma túy”.',
  });
  expect(digest.source).toContain('kh64-2026/VI.6-thang');
  expect(digest.source).toContain('thang-hanh-dong-2026/II.1/0');
});

test.each([
  ['2026-05-29', 'KH Tháng hành động 2026: bắt đầu ngày 01/6/2026, còn 3 ngày.'],
  ['2026-05-31', 'KH Tháng hành động 2026: bắt đầu ngày mai, 01/6/2026.'],
  ['2026-06-01', 'KH Tháng hành động 2026: ngày 1/30, còn 29 ngày.'],
  [
    '2026-06-24',
    'KH Tháng hành động 2026: ngày 24/30, còn 6 ngày.\nCòn 2 ngày đến Ngày toàn dân phòng, chống ma túy (26/6).',
  ],
  [
    '2026-06-26',
    'KH Tháng hành động 2026: ngày 26/30, còn 4 ngày.\nHôm nay là Ngày toàn dân phòng, chống ma túy (26/6).',
  ],
  ['2026-06-30', 'KH Tháng hành động 2026: ngày 30/30, ngày cuối.'],
  ['2026-07-01', 'KH Tháng hành động 2026: đã kết thúc ngày 30/6/2026.'],
])('the campaign on %s', (day, line) => {
  expect(daily(day).text[1]!.text).toBe(line);
});

test.each([
  ['2026-06-08', '• Báo cáo 6 tháng: trước ngày 16/6/2026, chậm nhất hết ngày 15/6; còn 7 ngày.'],
  ['2026-06-15', '• Báo cáo 6 tháng: trước ngày 16/6/2026; hôm nay 15/6 là ngày cuối.'],
  ['2026-06-16', '• Báo cáo 6 tháng: trước ngày 16/6/2026; đã quá 1 ngày.'],
  ['2026-07-04', '• Báo cáo kết quả Tháng hành động: trước ngày 05/7/2026; hôm nay 04/7 là ngày cuối.'],
  ['2026-06-07', 'Trong 7 ngày tới không có hạn nộp báo cáo. Hạn kế tiếp:\n• Báo cáo 6 tháng:'],
])('what is due on %s', (day, line) => {
  expect(words(daily(day))).toContain(line);
});

test('after the due day: completeness and timeliness apart, and the four states', () => {
  const reports = [
    ...COMMUNES.slice(0, 6).map((unit) => report(unit, '2026-06-12', { duty: '6-thang', timeliness: 'onTime' })),
    report('xa-7', '2026-06-17', { duty: '6-thang', timeliness: 'late' }),
  ];
  const text = words(daily('2026-06-18', { reports }));
  expect(text).toContain('Đã nộp 7/13 (53%), kịp hạn 46%.');
  expect(text).toContain('Đúng hạn 6 · trễ hạn 1 · không phát sinh 0 · chưa nộp 6 (quá hạn).');
});

test('all in: nobody is missing, and only then 100 %', () => {
  const all = EVERYONE.map((unit) => report(unit, '2026-06-12', { duty: '6-thang', timeliness: 'onTime' }));
  expect(words(daily('2026-06-16', { reports: all }))).toContain(
    'Đã nộp 13/13 (100%), kịp hạn 100%.\nĐúng hạn 13 · trễ hạn 0 · không phát sinh 0 · chưa nộp 0.',
  );
});

test('a unit’s own group reads its own state in words', () => {
  const own = (reports: SubmittedReport[], day = '2026-06-10') =>
    words(daily(day, { reports, scope: { kind: 'unit', unit: 'xa-1' } }));
  expect(own([])).toContain('Đơn vị chưa nộp, chưa đến hạn.');
  expect(own([], '2026-06-17')).toContain('Đơn vị chưa nộp, quá hạn.');
  expect(own([report('xa-1', '2026-06-09', { duty: '6-thang', nothing: true })])).toContain(
    'Đơn vị đã báo cáo không phát sinh.',
  );
});

test('a group hears counts, never the names of those who are late or missing', () => {
  const reports = [report('xa-1', '2026-06-17', { duty: '6-thang', timeliness: 'late' })];
  for (const day of days('2026-06-01', 40)) {
    const text = words(daily(day, { reports }));
    for (const unit of EVERYONE) expect(text).not.toContain(INDEX.name(unit));
  }
});

test('a scope without units or dated duties says so', () => {
  expect(words(daily('2026-06-10', { scope: { kind: 'group', group: 'g-bao-chi' } }))).toContain(
    'Phạm vi này không có hạn nộp báo cáo trong kế hoạch.',
  );
});

test('late and rehearsal are said', () => {
  const digest = composeDaily({
    standing: standing(INDEX, CITY, [], at('2026-06-10', '09:05')),
    plans: INDEX,
    late: true,
    rehearsal: true,
  });
  expect(digest.text[1]).toEqual({ as: 'note', text: 'Bản tin gửi muộn so với giờ hẹn; số liệu tính đến 09:05.' });
  expect(digest.text.at(-1)!.text).toMatch(/^DIỄN TẬP/);
  expect(words(daily('2026-06-10'))).not.toMatch(/DIỄN TẬP|gửi muộn/);
});

test('at most 1,200 characters on every day, with every figure and the worst names', () => {
  const name =
    'Ủy ban Quốc gia phòng, chống AIDS và phòng, chống tệ nạn ma túy, mại dâm và những tên dài khác của đơn vị';
  const long = createPlanIndex({ ...BOOK, groups: BOOK.groups.map((g) => (g.id === 'g-all' ? { ...g, name } : g)) });
  const figures = Object.fromEntries(
    'buoi_tuyen_truyen luot_nguoi_du to_roi pano_ap_phich_bang_ron cam_ket co_so_kiem_tra co_so_vi_pham vu_phat_hien doi_tuong nguoi_nghien_ra_soat ho_so_cai_nghien ho_tro_sau_cai nguoi_vay_von so_tien_vay_trieu_dong'
      .split(' ')
      .map((field) => [field, 1_234_567]),
  );
  for (const day of days('2026-05-25', 60)) {
    const reports = EVERYONE.map((unit) => report(unit, day, { clock: '07:00', duty: '6-thang', values: figures }));
    const digest = composeDaily({
      standing: standing(long, { kind: 'group', group: 'g-all' }, reports, at(day)),
      plans: long,
      late: true,
      rehearsal: true,
    });
    expect(lengthOf(digest.text), day).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(digest.text.at(-2)!.text).toContain('Chung một quyết tâm xây dựng xã, phường, đặc khu không ma túy');
  }
});

test.each([
  ['city', CITY],
  ['communes', { kind: 'group', group: 'g-xa' }],
  ['one commune', { kind: 'unit', unit: 'xa-1' }],
  ['one agency', { kind: 'unit', unit: 'so-y-te' }],
] as const)('the emphasis of %s: the same for everybody on a day, never twice running', (_name, scope) => {
  const { units } = standing(INDEX, scope, [], at('2026-06-10'));
  let before: string[] = [];
  let shown = 0;
  for (const day of days('2026-05-20', 60)) {
    const now = emphasisOf(INDEX, units, day).map(({ id }) => id);
    expect(emphasisOf(createPlanIndex(BOOK), units, day).map(({ id }) => id)).toEqual(now);
    expect(
      now.filter((id) => before.includes(id)),
      day,
    ).toEqual([]);
    expect(now.length).toBeLessThanOrEqual(2);
    if (now.length > 0) shown += 1;
    before = now;
  }
  expect(shown).toBeGreaterThanOrEqual(58);
});

test('26/6 has the task that names it, on that day only', () => {
  const named = 'thang-hanh-dong-2026/IV.1/5';
  for (const day of days('2026-05-20', 60)) {
    const ids = emphasisOf(INDEX, EVERYONE, day).map(({ id }) => id);
    expect(ids.includes(named), day).toBe(day === '2026-06-26');
  }
});

test('an emphasis is quoted word for word, cut at an end, with its clause', () => {
  const quotes = daily('2026-06-10').text.filter(({ as }) => as === 'quote');
  expect(quotes).toHaveLength(2);
  for (const { text } of quotes) {
    const [, quoted, plan, path] = /^“(.*)” \((.*), mục (.*)\)$/su.exec(text)!;
    expect([plan, path]).toEqual(['KH Tháng hành động 2026', 'IV.14']);
    const verbatim = quoted!.replace(/ \[…\]$/, '');
    expect(verbatim).toMatch(/[.;]$/);
    expect(BOOK.plans[1]!.passages.some((p) => p.text.startsWith(verbatim))).toBe(true);
  }
});

test('shortening: whole where it fits, else at a sentence, a semicolon, a comma, a word', () => {
  expect(shorten('Ngắn.', 20)).toBe('Ngắn.');
  expect(shorten('Một câu dài vừa. Câu thứ hai dài hơn nhiều.', 30)).toBe('Một câu dài vừa. […]');
  expect(shorten('Một phần dài vừa; phần thứ hai dài hơn nhiều.', 30)).toBe('Một phần dài vừa; […]');
  expect(shorten('Một phần dài vừa, phần thứ hai dài hơn nhiều.', 30)).toBe('Một phần dài vừa, […]');
  expect(shorten('Một phần dài vừa phần thứ hai dài hơn nhiều.', 30)).toBe('Một phần dài vừa phần thứ […]');
  for (const limit of [20, 40, 80]) expect(shorten('từ '.repeat(60), limit).length).toBeLessThanOrEqual(limit);
});

test('numbers as Vietnamese writes them', () => {
  expect([0, 999, 1000, 1_234_567, 50.5, 1234.04].map(spoken)).toEqual([
    '0',
    '999',
    '1.000',
    '1.234.567',
    '50,5',
    '1.234',
  ]);
});

test.each([
  ['an odd number of tasks', COMMUNES, 7],
  ['an even number of tasks', ['so-y-te'], 6],
])('where only one task has room, each of %s has its turn', (_name, units, number) => {
  const leading = days('2026-06-01', 25).map((day) => emphasisOf(INDEX, units, day)[0]?.id);
  expect(new Set(leading).size).toBe(number);
});
