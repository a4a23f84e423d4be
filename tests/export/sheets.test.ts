/** The workbook and the table: read back from the files that people open. */
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { csvOf } from '../../bot/export/csv.ts';
import { workbookOf } from '../../bot/export/workbook.ts';
import { overview } from '../../bot/totals/overview.ts';
import { campaignPeriod } from '../../bot/totals/period.ts';
import { sheetsOf, tableOf } from '../../bot/totals/sheets.ts';
import { AFTER, sampleRegister, sampleReports } from '../support/sample-campaign.ts';
import { testPlans as plans, testFigures } from '../support/world.ts';

const reports = sampleReports();
const of = overview({
  plans,
  figures: testFigures,
  reports,
  scope: { kind: 'city' },
  period: campaignPeriod(plans)!,
  at: AFTER,
});
const needs = { of, plans, reports, register: sampleRegister(), rehearsal: true };

describe('the workbook', () => {
  let xml: Record<string, string>;
  beforeAll(async () => {
    const files = unzipSync(await workbookOf(sheetsOf(needs)));
    xml = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
  });
  const sheet = (n: number) => xml[`xl/worksheets/sheet${n}.xml`]!;

  test('one sheet for each subject', () => {
    expect([...xml['xl/workbook.xml']!.matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'Tổng hợp',
      'Theo khối',
      'Theo đơn vị',
      'Tình hình nộp báo cáo',
      'Báo cáo đã nhận',
      'Nguồn số liệu',
      'Báo cáo đột xuất',
      'Vướng mắc',
      'Đề nghị khen thưởng',
      'Mô hình, cách làm hay',
      'Tiến độ nhiệm vụ',
    ]);
  });

  test('heads stay in sight and every column can be filtered', () => {
    for (const [name, text] of Object.entries(xml).filter(([name]) => /worksheets\/sheet\d/.test(name))) {
      expect(text, name).toMatch(/<pane [^>]*ySplit="3"[^>]*state="frozen"/);
      const [, last, rows] = /<autoFilter ref="A3:([A-Z]+)(\d+)"\/>/.exec(text)!;
      expect(text, name).toContain(`r="${last}3"`);
      expect(text, name).toContain(`r="${rows}"`);
      // In the order of ECMA-376, or Excel calls the file damaged.
      expect(text.indexOf('<autoFilter'), name).toBeGreaterThan(text.indexOf('</sheetData>'));
      expect(text, name).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
      expect(text.indexOf('<pageSetup'), name).toBeGreaterThan(text.indexOf('<autoFilter'));
    }
  });

  test('every sheet says what it is of, on every printed page', () => {
    const names = [...xml['xl/workbook.xml']!.matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name);
    for (const [i, name] of names.entries())
      expect(xml['xl/workbook.xml']).toContain(
        `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${name}'!$1:$3</definedName>`,
      );
    for (const { about, name } of sheetsOf(needs))
      expect(
        about!.map(({ text }) => text),
        name,
      ).toEqual([
        'DIỄN TẬP: số liệu không có thật',
        'Phạm vi: toàn thành phố. Kỳ số liệu: Tháng hành động (01/6–30/6/2026). Lập lúc 08:00 ngày 06/7/2026.',
      ]);
    expect(sheetsOf({ ...needs, rehearsal: false })[0]!.about).toHaveLength(1);
  });

  test('figures are numbers and days are days, each with its format', () => {
    expect(sheet(1)).toMatch(/<c r="C4"(?![^>]*t="s")[^>]*><v>\d+<\/v><\/c>/);
    // 2026-06-01 is day 46174 of Excel's calendar.
    expect(sheet(5)).toMatch(/<c r="D4"[^>]*><v>46174<\/v><\/c>/);
    expect(xml['xl/styles.xml']).toContain('dd/mm/yyyy');
    expect(xml['xl/styles.xml']).toContain('#,##0.##');
  });

  test('no cell is a formula, whatever units wrote', () => {
    for (const text of Object.values(xml)) expect(text).not.toMatch(/<f[ >]/);
    expect(Object.values(xml).join('')).toContain('-1+1 chưa có nhà văn hóa');
  });
});

test('the sheets say what the totals say', () => {
  const [figures, , units, , , sources] = sheetsOf(needs);
  for (const [label, , approved] of figures!.rows) {
    const parts = sources!.rows.filter(([figure]) => figure === label).map(([, , , value]) => value as number);
    expect(parts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(approved as number, 1);
    const column = units!.columns.findIndex(({ title }) => title === label);
    expect(units!.rows.reduce((sum, row) => sum + ((row[column] as number | null) ?? 0), 0)).toBeCloseTo(
      approved as number,
      1,
    );
  }
});

test('what the standing agency looks after stands whole: every answer with its day, extraordinary reports, progress', () => {
  const rowsOf = (name: string) => sheetsOf(needs).find((sheet) => sheet.name === name)!.rows;
  expect(rowsOf('Vướng mắc')[0]!.at(-1)).toBe(
    '20/6/2026: Đã bổ sung từ ngân sách quý III\n22/6/2026: Mức chi theo Nghị quyết của HĐND thành phố',
  );
  expect(rowsOf('Báo cáo đột xuất')).toEqual([
    [
      'DX-2026-00001',
      'UBND phường Lê Chân',
      '09:00 ngày 20/6/2026',
      'Thượng khẩn',
      '12 người tụ tập dùng bóng cười',
      'đã nhận',
      '09:10 ngày 20/6/2026 · Đã nhận\n09:20 ngày 20/6/2026 · Chỉ đạo, hỏi thêm: giữ nguyên hiện trường\n09:30 ngày 20/6/2026 · Bổ sung tình hình: đã lập biên bản',
    ],
  ]);
  expect(rowsOf('Tiến độ nhiệm vụ').map(([unit, cite, , ...rest]) => [unit, cite, ...rest])).toEqual([
    ['Sở Y tế', 'KH Tháng hành động 2026, mục IV.2', 'đang vướng', 'thiếu kinh phí', '2026-06-20'],
  ]);
  // As it stood at the end of the period.
  const before = { ...of, period: { ...of.period, to: '2026-06-19' } };
  expect(sheetsOf({ ...needs, of: before }).map(({ name }) => name)).not.toContain('Tiến độ nhiệm vụ');
});

test('CSV: a mark for UTF-8, RFC 4180, nothing that a spreadsheet would run', () => {
  const sheet = {
    name: 's',
    columns: ['Đơn vị', 'Số'].map((title) => ({ title, kind: 'text' as const, width: 9 })),
    rows: [
      ['=HYPERLINK("http://x")', -5],
      ['+84', 1.5],
      ['@SUM(A1)', null],
      ['-1+1', 0],
      ['xã "A", B\nC', 2],
      ['\t=1', 3],
    ],
  };
  const bytes = csvOf(sheet);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.toString('utf8').slice(1)).toBe(
    [
      'Đơn vị,Số',
      `"'=HYPERLINK(""http://x"")",-5`,
      `"'+84",1.5`,
      `"'@SUM(A1)",`,
      `"'-1+1",0`,
      '"xã ""A"", B\nC",2',
      `"'\t=1",3`,
      '',
    ].join('\r\n'),
  );
  const table = csvOf(tableOf(needs)).toString('utf8').split('\r\n');
  expect(table.length).toBeGreaterThan(900);
  expect(table.find((row) => row.includes('UBND phường Lê Chân') && row.includes('Tờ rơi'))).toMatch(
    /,2026-06-01,2026-06-30,\d+,,,BC-2026-\d{5}$/,
  );
});
