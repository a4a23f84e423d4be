/** Plans are read from their documents: the two of the campaign as they were reviewed, two of other places and years. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load as parse } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { readFile } from '../../../bot/extract/read.ts';
import { paragraphsOfText } from '../../../bot/extract/text.ts';
import { checkPlan } from '../../../bot/plan/check.ts';
import { compareWithReviewed } from '../../../bot/plan/read/compare.ts';
import { proposePlan, tasksIn } from '../../../bot/plan/read/propose.ts';
import { byDoubt, isSure } from '../../../bot/plan/read/types.ts';
import { type PlanFile, planFile } from '../../../bot/plan/schema.ts';
import { compareWithSource } from '../../../bot/plan/source.ts';
import type { Book } from '../../../bot/plan/types.ts';
import { docx, listed, numbering, p, table } from '../../extract/files.ts';
import { book, plansFolder } from '../book.ts';
import { tally } from './expected.ts';

const cells = (...columns: string[][]) =>
  `<w:tr>${columns.map((lines) => `<w:tc>${lines.map((l) => p(l)).join('')}</w:tc>`).join('')}</w:tr>`;

const here = import.meta.dirname;
const read = (file: string, within: Book) => proposePlan(paragraphsOfText(readFileSync(file, 'utf8')), within);
const withoutPlans: Book = { ...book, plans: [] };

const units = parse(readFileSync(path.join(here, 'giao-thong-2025.units.yaml'), 'utf8')) as Pick<
  Book,
  'units' | 'groups'
>;
const elsewhere: Book = {
  units: units.units,
  groups: units.groups.map((g) => ({
    ...g,
    members: units.units.filter((u) => u.groups.includes(g.id)).map((u) => u.id),
  })),
  plans: [],
  topics: [],
};

/** As the loader checks a file of `prisma/plans/`: its shape, its ids and places, every paragraph of the document once. */
function problems(proposal: ReturnType<typeof proposePlan>, within: Book): string[] {
  const value = planFile.parse(proposal.file);
  const unitIds = within.units.map(({ id }) => id);
  const file = {
    file: 'plan.yaml',
    value,
    problem: (at: readonly PropertyKey[], message: string) => ({ file: '', line: null, at: at.join('.'), message }),
  };
  return [
    ...checkPlan(file, {
      units: new Set(unitIds),
      parties: new Set([...unitIds, ...within.groups.map(({ id }) => id)]),
      topics: new Set(within.topics.map(({ id }) => id)),
    }),
    ...compareWithSource(file, 'source.txt', proposal.source.join('\n')),
  ].map(({ at, message }) => `${at}: ${message}`);
}

describe.each([
  ['thang-hanh-dong-2026', 'source.txt'],
  ['kh64-2026', 'source.md'],
])('%s, with no correction', (id, source) => {
  const proposal = read(path.join(plansFolder, id, source), withoutPlans);
  const reviewed = parse(readFileSync(path.join(plansFolder, id, 'plan.yaml'), 'utf8')) as PlanFile;
  const found = compareWithReviewed(proposal.file, reviewed);
  const share = ({ right, of }: { right: number; of: number }) => right / of;

  test('every passage of the reviewed data, word for word, at its place, and none besides', () => {
    expect(found.passages.missed).toEqual([]);
    expect(found.passages.extra).toEqual([]);
  });

  test('at least 95 % of tasks whole, 95 % of roles, all deadlines', () => {
    expect(share(found.tasks)).toBeGreaterThanOrEqual(0.95);
    expect(share(found.roles)).toBeGreaterThanOrEqual(0.95);
    expect(found.roles.extra.length).toBeLessThanOrEqual(3);
    expect(found.deadlines.missed).toEqual([]);
    expect(found.deadlines.extra).toEqual([]);
    expect(found.datedDuties.missed).toEqual([]);
    expect(found.datedDuties.extra).toEqual([]);
  });

  test('is a file of prisma/plans as the loader wants it', () => {
    expect(problems(proposal, book)).toEqual([]);
    expect(tasksIn(proposal.file).length).toBe(found.tasks.of);
  });

  test('where a role is wrong, the passage is among the unsure', () => {
    const unsure = new Set(proposal.parts.filter((p) => !isSure(p)).map(({ key }) => key));
    const wrong = [...found.roles.missed, ...found.roles.extra].map((line) => line.split(' ')[0]!);
    for (const id of wrong.filter((id) => id !== 'VI.1/0')) expect(unsure).toContain(id);
    const [first] = byDoubt(proposal.parts);
    expect(first!.doubts.length).toBeGreaterThan(0);
  });
});

describe('plans of other places and years', () => {
  test('Hải Phòng 2027, letters, brackets, units that are in no list', () => {
    const proposal = read(path.join(here, 'pccc-2027.txt'), book);
    const { extra, ...counts } = tally(proposal, 'pccc-2027.expected.txt');
    for (const [what, { right, of, wrong }] of Object.entries(counts))
      expect(wrong, `${what} ${right}/${of}`).toEqual([]);
    expect(extra).toEqual([]);
    expect(proposal.file).toMatchObject({ id: 'kh118-2027', symbol: '118/KH-UBND', issuedOn: '2027-02-08' });
  });

  test('another province 2025, decimal numbers, bullets, a table of tasks', () => {
    const proposal = read(path.join(here, 'giao-thong-2025.md'), elsewhere);
    const { extra, ...counts } = tally(proposal, 'giao-thong-2025.expected.txt');
    for (const [what, { right, of, wrong }] of Object.entries(counts))
      expect(wrong, `${what} ${right}/${of}`).toEqual([]);
    expect(extra).toEqual([]);
  });

  test.each([
    ['pccc-2027.txt', book],
    ['giao-thong-2025.md', elsewhere],
  ] as const)('%s becomes a file that the loader takes, every paragraph once', (file, within) => {
    expect(problems(read(path.join(here, file), within), within)).toEqual([]);
  });
});

test('a Word document as offices write them: two columns at head and end, numbers and bullets that Word puts', async () => {
  const body = [
    table(
      cells(
        ['ỦY BAN NHÂN DÂN', 'THÀNH PHỐ HẢI PHÒNG', 'Số: 201/KH-UBND'],
        ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Hải Phòng, ngày 03 tháng 3 năm', '2027'],
      ),
    ),
    ...[
      'KẾ HOẠCH',
      'Trồng cây xanh đô thị năm 2027',
      'Thực hiện Quyết định số 12/QĐ-UBND ngày 05/01/2027, Ủy ban nhân dân thành phố ban hành Kế hoạch như sau:',
    ].map((t) => p(t)),
    listed('NHIỆM VỤ', 1, 0),
    listed('Sở Xây dựng', 1, 1),
    listed('Chủ trì, phối hợp với Sở Nông nghiệp và Môi trường chọn loài cây, xong trước ngày 30/4/2027.', 2),
    p('\uf0b7 Kiểm tra cây gãy đổ.'),
    listed('Ủy ban nhân dân các xã, phường, đặc khu', 1, 1),
    listed('Bố trí đất; báo cáo kết quả về Sở Xây dựng trước ngày 15/11/2027.', 2),
    table(
      cells(['Nơi nhận:', '- Các sở, ngành;', '- Lưu: VT.'], ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH', 'Nguyễn Văn Mẫu']),
    ),
  ].join('');
  const text = await readFile(docx(body, { 'word/numbering.xml': numbering }), 'ke-hoach.docx');
  if (!text.ok) throw new Error(text.trouble);
  const proposal = proposePlan(text.paragraphs, book);
  expect(problems(proposal, book)).toEqual([]);
  expect(proposal.file).toMatchObject({
    title: 'Trồng cây xanh đô thị năm 2027',
    symbol: '201/KH-UBND',
    issuedOn: '2027-03-03',
    issuer: 'Ủy ban nhân dân thành phố',
  });
  expect(
    tasksIn(proposal.file).map(({ passage, assigned }) => [passage, ...assigned!.map((a) => `${a.party} ${a.role}`)]),
  ).toEqual([
    ['I.1/1', 'so-xay-dung lead', 'so-nnmt coordinate'],
    ['I.1/2', 'so-xay-dung implement'],
    ['I.2/1', 'g-ubnd-xa implement'],
  ]);
  expect(proposal.file.duties).toMatchObject([
    { receiver: 'so-xay-dung', before: '2027-11-15', parties: ['g-ubnd-xa'] },
  ]);
  expect(proposal.parts.every(isSure)).toBe(true);
});

describe('what is never guessed', () => {
  const lines = (...text: string[]) =>
    proposePlan(
      ['KẾ HOẠCH', 'Thử năm 2027', 'I. NHIỆM VỤ', ...text].map((t) => ({ text: t })),
      book,
    );
  const doubts = (p: ReturnType<typeof proposePlan>, key: string) =>
    p.parts.find((part) => part.key === key)!.doubts.map((d) => (d.words ? `${d.reason}: ${d.words}` : d.reason));

  test('a unit that is nobody’s', () => {
    const p = lines(
      '1. Lập phương án.',
      '+ Đơn vị chủ trì: Cảng Hàng không Cát Bi.',
      '2. Trực.',
      '+ Đơn vị chủ trì: Sở Y tế.',
    );
    expect(p.file.document.find((i) => 'passage' in i && i.passage === 'I.1/0')).not.toHaveProperty('assigned');
    expect(doubts(p, 'I.1/0')).toEqual(['unknownUnit: Cảng Hàng không Cát Bi']);
    expect(doubts(p, 'I.2/0')).toEqual([]);
  });

  test('a name near to a unit’s', () => {
    const p = lines(
      '1. Lập phương án.',
      '+ Đơn vị chủ trì: Sở Y học cổ truyền.',
      '2. Trực.',
      '+ Đơn vị chủ trì: phường Lê Trân.',
    );
    expect(doubts(p, 'I.1/0')).toEqual(['unknownUnit: Sở Y học cổ truyền']);
    expect(doubts(p, 'I.2/0')).toEqual(['unknownUnit: phường Lê Trân']);
  });

  test('communes that differ by their marks', () => {
    const p = lines(
      '1. Trực.',
      '+ Đơn vị chủ trì: UBND xã Cẩm Giàng.',
      '2. Gác.',
      '+ Đơn vị chủ trì: UBND xã Cẩm Giang.',
    );
    const party = (id: string) =>
      p.file.document
        .flatMap((i) => ('passage' in i && i.passage === id ? (i.assigned ?? []) : []))
        .map((a) => a.party);
    expect(party('I.1/0')).toHaveLength(1);
    expect(party('I.2/0')).toHaveLength(1);
    expect(party('I.1/0')).not.toEqual(party('I.2/0'));
  });

  test('a day without its year is the plan’s, and asked about; words for no day become none', () => {
    const p = lines(
      '1. Trực.',
      '+ Đơn vị chủ trì: Sở Y tế.',
      '+ Thời gian: trước ngày 30/6.',
      '2. Gác.',
      '+ Đơn vị chủ trì: Sở Y tế.',
      '+ Thời gian: khi thời tiết cho phép.',
    );
    const schedules = p.file.document.flatMap((i) => ('passage' in i && i.schedule ? [i.schedule] : []));
    expect(schedules[0]).toEqual({ kind: 'deadline', wording: 'trước ngày 30/6', before: '2027-06-30' });
    expect(schedules[1]).toEqual({ kind: 'byDirection', wording: 'khi thời tiết cho phép' });
    expect(doubts(p, 'I.1/0')).toEqual(['yearTaken: trước ngày 30/6']);
    expect(doubts(p, 'I.2/0')).toEqual(['unclearTime: khi thời tiết cho phép']);
  });

  test('how often, said in running text: a day of every month is a time, what may be part of the task is asked about', () => {
    const p = lines(
      '1. Sở Y tế.',
      '- Kiểm tra việc cấp phát, báo cáo Công an thành phố trước ngày 20 hằng tháng.',
      '- Hướng dẫn các trạm y tế tự kiểm tra hằng tuần.',
      '- Hằng tuần kiểm tra, tổng hợp trước ngày 05 hằng quý.',
    );
    const schedules = p.file.document.flatMap((i) => ('passage' in i ? [i.schedule ?? null] : []));
    const monthly = { kind: 'periodic', wording: 'trước ngày 20 hằng tháng' };
    expect(schedules.slice(-3)).toEqual([monthly, null, { kind: 'periodic', wording: 'trước ngày 05 hằng quý' }]);
    const times = [1, 2, 3].map((n) => doubts(p, `I.1/${n}`).filter((d) => d.startsWith('proseTime')));
    expect(times).toEqual([[], ['proseTime: hằng tuần'], ['proseTime: Hằng tuần']]);
  });
});
