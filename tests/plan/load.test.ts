/** A wrong file is refused whole, and every wrong place is named so that an official can mend it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadBook } from '../../bot/plan/load.ts';
import { BookError } from '../../bot/plan/place.ts';
import { book, plansFolder } from './book.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'plans-'));
  cpSync(plansFolder, dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const kh64 = 'kh64-2026/plan.yaml';
const thd = 'thang-hanh-dong-2026/plan.yaml';

/** Changes a file; gives the line of the first change. */
function change(file: string, from: string, to: string): number {
  const text = readFileSync(path.join(dir, file), 'utf8');
  const at = text.indexOf(from);
  if (at < 0) throw new Error(`${file} has no ${from}`);
  writeFileSync(path.join(dir, file), text.slice(0, at) + to + text.slice(at + from.length));
  return text.slice(0, at).split('\n').length;
}

function refusal(): BookError {
  try {
    loadBook(dir);
  } catch (error) {
    if (error instanceof BookError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('the same folder gives the same book again', () => {
  expect(loadBook(dir)).toEqual(book);
});

test('every error of every file is listed, with its file, line and place', () => {
  const party = change(kh64, '{ party: catp, role: lead', '{ party: cong-an, role: lead');
  const role = change(kh64, 'party: thanh-doan, role: coordinate', 'party: thanh-doan, role: phoi-hop');
  const wording = change(kh64, 'wording: "Đơn vị phối hợp: Thành Đoàn"', 'wording: "Đơn vị phối hợp: Thành đoàn"');
  const date = change(kh64, 'before: 2026-12-16 }', 'before: 2026-12-15 }');
  const topic = change(thd, 'topics: [kinh-phi]', 'topics: [kinh-phi, tien-bac]');
  const group = change('units.yaml', 'groups: [g-luc-luong, ', 'groups: [luc-luong, ');
  const { problems, message } = refusal();
  expect(problems.map(({ file, line, at }) => `${file}:${line} ${at}`).toSorted()).toEqual(
    [
      `${kh64}:${party} II.1/0 › assigned[1] › party`,
      `${kh64}:${role} II.2/3 › assigned[2] › role`,
      `${kh64}:${wording} II.2/3 › assigned[2] › wording`,
      `${kh64}:${date} III.1/2 › schedule › before`,
      `${thd}:${topic} IV.8/1 › topics[2]`,
      `units.yaml:${group} catp › groups[1]`,
      `units.yaml:${group} catp › groups[1]`,
    ].toSorted(),
  );
  expect(message).toMatch(/^Dữ liệu kế hoạch có 7 chỗ sai, chưa nạp gì:\n- /);
  for (const said of [
    'không có đơn vị hay nhóm “cong-an” trong units.yaml',
    'phải là một trong: lead, implement, coordinate',
    'không thấy chữ “Đơn vị phối hợp: Thành đoàn”',
    'ngày 15/12/2026 không có trong chữ “trước ngày 16/12/2026”',
    'không có chủ đề “tien-bac” trong topics.yaml',
    'mã nhóm bắt đầu bằng “g-”',
    'không có nhóm “luc-luong” trong tệp này',
  ])
    expect(message).toContain(said);
});

describe('one place', () => {
  const cases: [name: string, file: string, from: string, to: string, at: string, message: RegExp][] = [
    ['a changed word', thd, 'buru kiện', 'bưu kiện', 'IV.9/1 › text', /khác source\.txt: .*buru kiện.*bưu kiện/],
    [
      'a missing mark',
      thd,
      '  - passage: I.1/2\n    mark: "-"\n',
      '  - passage: I.1/2\n',
      'I.1/2 › text',
      /khác source\.txt/,
    ],
    ['an id that counts wrong', thd, 'passage: IV.2/3', 'passage: IV.2/4', 'IV.2/4 › passage', /phải là IV\.2\/3/],
    [
      'a missing party',
      thd,
      'party: so-y-te, role: lead, ',
      'role: lead, ',
      'IV.2/1 › assigned[1] › party',
      /^thiếu; cần chữ$/,
    ],
    ['an unknown entry', thd, 'mark: "-"\n', 'mark: "-"\n    hạn: mai\n', 'I.1/1', /không hiểu mục “hạn”/],
    [
      'a part given twice',
      thd,
      '{ party: tand, role: implement',
      '{ party: vksnd, role: implement',
      'IV.10/0 › assigned[2]',
      /“vksnd, implement” đã có ở trên/,
    ],
    [
      'a date that is none',
      thd,
      'before: 2026-07-05 }',
      'before: 2026-07-35 }',
      'VI.2/0 › schedule › before',
      /năm-tháng-ngày/,
    ],
    [
      'a date that the words do not name',
      thd,
      'to: 2026-06-30 }\n    topics',
      'to: 2026-06-29 }\n    topics',
      'III.2/1 › schedule › to',
      /29\/6\/2026/,
    ],
    [
      'a number for a draft',
      thd,
      'symbol: null',
      'symbol: 151/KH-UBND',
      'symbol',
      /không thấy chữ “151\/KH-UBND” trong văn bản/,
    ],
    [
      'a day of issue for a draft',
      thd,
      'issuedOn: null',
      'issuedOn: 2026-05-25',
      'issuedOn',
      /ngày 25\/5\/2026 không có/,
    ],
    ['a theme that is not the plan’s', thd, 'theme: Chung', 'theme: Cùng chung', 'theme', /không thấy chữ/],
    [
      'a duty to nobody',
      kh64,
      'receiver: bcd-799',
      'receiver: bcd-700',
      'kh64-2026/6-thang › receiver',
      /không có đơn vị “bcd-700”/,
    ],
    [
      'a duty with another date',
      kh64,
      'before: 2026-06-16\n',
      'before: 2026-06-14\n',
      'kh64-2026/6-thang › before',
      /không viết “trước ngày 14\/6\/2026”/,
    ],
    [
      'a duty from a passage that is not there',
      kh64,
      'source: III.4/0.2',
      'source: III.5/0',
      'kh64-2026/vuong-mac › source',
      /không có đoạn “III\.5\/0”/,
    ],
    [
      'a fact that the plan does not say',
      kh64,
      'phấn đấu xây dựng 50%',
      'phấn đấu xây dựng 60%',
      'target › text',
      /không thấy chữ “phấn đấu xây dựng 60%/,
    ],
    ['a fact left out', kh64, '  - { key: funding, sources: [III.3/0] }\n', '', 'facts', /thiếu “funding”/],
    [
      'a unit in a group that is not there',
      'units.yaml',
      'groups: [g-luc-luong, ',
      'groups: [g-luc-luong-x, ',
      'catp › groups[1]',
      /không có nhóm “g-luc-luong-x”/,
    ],
    ['a unit twice', 'units.yaml', 'id: so-cong-thuong', 'id: so-y-te', 'so-y-te › id', /đã có ở trên/],
    ['a topic twice', 'topics.yaml', 'id: tien-chat', 'id: bong-cuoi', 'bong-cuoi › id', /đã có ở trên/],
  ];
  test.each(cases)('%s', (_, file, from, to, at, message) => {
    change(file, from, to);
    const found = refusal().problems.filter((p) => p.at === at && p.file === file);
    expect(found.map((p) => p.message)).toEqual([expect.stringMatching(message)]);
    const written = readFileSync(path.join(dir, file), 'utf8').split('\n');
    expect(found[0]!.line).toBeGreaterThan(0);
    expect(found[0]!.line).toBeLessThanOrEqual(written.length);
  });
});

test('a paragraph left out, and one that stands twice', () => {
  const text = readFileSync(path.join(dir, thd), 'utf8');
  const start = text.indexOf('  - passage: IV.2/2');
  const end = text.indexOf('  - passage: IV.2/3');
  const block = text.slice(start, end);
  writeFileSync(path.join(dir, thd), text.replace(block, ''));
  expect(refusal().problems.map((p) => p.message)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^thiếu đoạn của source\.txt trước chỗ này: “- Chỉ đạo các cơ sở y tế/),
    ]),
  );
  writeFileSync(path.join(dir, thd), text.replace(block, block + block));
  const messages = refusal().problems.map((p) => p.message);
  expect(messages).toContain('“IV.2/2” đã có ở trên');
  expect(messages).toEqual(
    expect.arrayContaining([expect.stringMatching(/^thừa hoặc lặp, .*“- Chỉ đạo các cơ sở y tế/)]),
  );
});

test('broken YAML names its line', () => {
  const line = change(kh64, '{ party: catp, role: lead', '{ party: catp role: lead');
  const [problem] = refusal().problems;
  expect(problem).toMatchObject({ file: kh64, line });
  expect(problem!.message).toMatch(/dấu|cú pháp/);
});

test('a folder without its files is refused', () => {
  rmSync(path.join(dir, 'units.yaml'));
  expect(refusal().problems).toEqual([{ file: 'units.yaml', line: null, at: '', message: 'không có tệp này' }]);
});

test('a plan without its document is refused', () => {
  rmSync(path.join(dir, 'kh64-2026/source.md'));
  expect(refusal().message).toContain('không có nguyên văn của kế hoạch');
});
