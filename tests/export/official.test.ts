/** The Word draft: its layout read back from the file, and, where LibreOffice is there, seen as it is printed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { officialDocx } from '../../bot/export/official.ts';
import { officialReport } from '../../bot/totals/official/compose.ts';
import type { OfficialReport } from '../../bot/totals/types.ts';
import { AFTER, sampleRegister, sampleReports } from '../support/sample-campaign.ts';
import { testFigures, testLayouts, testPlans, testRules } from '../support/world.ts';

const compose = (id: string, reports = sampleReports()): OfficialReport =>
  officialReport({
    layout: testLayouts.find((layout) => layout.id === id)!,
    plans: testPlans,
    figures: testFigures,
    reports,
    register: sampleRegister(),
    rules: testRules,
    at: AFTER,
    rehearsal: false,
  });
const words = (report: OfficialReport) => report.body.map((block) => ('text' in block ? block.text : '')).join('\n');
const inCells = (report: OfficialReport) =>
  report.annexes.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? block.table.rows : [])));

test('results stand under the plan’s own clauses, in its words and order', () => {
  const clauses = compose('thang-hanh-dong').body.flatMap((block) => (block.kind === 'clause' ? [block.text] : []));
  expect(clauses.slice(0, 5)).toEqual([
    '1. Tăng cường lãnh đạo, chỉ đạo công tác phòng, chống ma túy (khoản III.1)',
    '2. Mở đợt cao điểm tấn công, trấn áp tội phạm ma túy (khoản III.2)',
    '3. Tăng cường công tác quản lý nhà nước và kiểm soát các hoạt động hợp pháp liên quan đến ma túy (khoản III.3)',
    '4. Đẩy mạnh công tác tuyên truyền, giáo dục phòng, chống ma túy (khoản III.4)',
    '5. Triển khai hiệu quả công tác cai nghiện và quản lý sau cai (khoản III.5)',
  ]);
  expect(compose('6-thang').body.filter(({ kind }) => kind === 'clause').length).toBeGreaterThanOrEqual(11);
});

test('reports that reach beyond the period are named in few in the body, all in the annex; nothing is an empty table', () => {
  const report = compose('6-thang');
  const unsplit = /(\d+) báo cáo có kỳ số liệu vượt ra ngoài kỳ này/.exec(words(report));
  expect(Number(unsplit?.[1])).toBeGreaterThan(100);
  expect(words(report).match(/BC-2026-/g)!.length).toBeLessThan(20);
  const blocks = report.annexes.flatMap((one) => one.blocks);
  const noted = blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : [])).join('\n');
  expect(new Set(noted.match(/BC-2026-\d{5}/g)).size).toBe(Number(unsplit![1]));
  expect(blocks.filter((block) => block.kind === 'table' && block.table.rows.length === 0)).toEqual([]);
});

test('every figure of the body has a mark, and the reports behind the mark add up to it', () => {
  const report = compose('thang-hanh-dong');
  const said = [...words(report).matchAll(/^(.+): ([\d.,]+)(?: .*)? \[(S\d+)\]\.$/gm)];
  expect(said.length).toBeGreaterThan(12);
  const rows = inCells(report).filter(([mark]) => /^S\d+$/.test(mark?.text ?? ''));
  const number = (text: string) => Number(text.replaceAll('.', '').replace(',', '.').replace('−', '-'));
  const listed = new Map(
    inCells(report)
      .filter(([first]) => /^BC-/.test(first?.text ?? ''))
      .map(([receipt, unit]) => [receipt!.text, unit!.text]),
  );
  const receipts = new Map(sampleReports().map((one) => [one.receipt, one]));
  for (const [, label, value, mark] of said) {
    const row = rows.find(([cell]) => cell?.text === mark)!;
    expect(row[1]!.text).toBe(label);
    const parts = [...row[3]!.text.matchAll(/(BC-2026-\d{5}) \((−?[\d.,]+)\)/g)];
    expect(parts.reduce((sum, [, , share]) => sum + number(share!), 0)).toBeCloseTo(number(value!), 1);
    // Only what was approved is added up.
    for (const [, receipt] of parts) {
      expect(receipts.get(receipt!)?.state).toBe('approved');
      // Whose it is stands in the list of reports.
      const unit = testPlans.name(receipts.get(receipt!)!.unit);
      expect(listed.get(receipt!)).toBe(unit);
    }
  }
});

test('the annex of units counts the reports that were approved, not those that wait', () => {
  const reports = sampleReports();
  const counted = (from: typeof reports) => {
    const [block] = compose('thang-hanh-dong', from).annexes[0]!.blocks;
    const rows = block?.kind === 'table' ? block.table.rows.slice(0, -1) : [];
    return new Map(rows.map((row) => [row[1]!.text, Number(row.at(-1)!.text)]));
  };
  const nameOf = ({ unit }: { unit: string }) => testPlans.name(unit);
  const before = counted(reports);
  const one = reports.find((report) => report.approved && before.has(nameOf(report)))!;
  // Another of the same unit and days comes in, and waits.
  const waits = { ...one, id: 'cho', receipt: 'BC-2026-09999', state: 'submitted' as const, approved: null };
  expect(counted([...reports, waits])).toEqual(before);
});

test('the target of 2026 stands under the clause that sets it', () => {
  expect(words(compose('nam'))).toMatch(
    /không ma túy được cơ quan thường trực xác nhận: 0\/114 \(0%\); chỉ tiêu năm: 57\./,
  );
  expect(words(compose('thang-hanh-dong'))).not.toContain('chỉ tiêu năm');
});

test('words of units stand verbatim with their report; what waits is told, nothing is invented for an empty plan clause', () => {
  const text = words(compose('thang-hanh-dong'));
  expect(text).toContain('“Thiếu cán bộ chuyên trách sau sắp xếp bộ máy” (BC-2026-00001)');
  expect(text).toMatch(/Còn \d+ báo cáo chờ duyệt lúc 08:00 ngày 06\/7\/2026/);
  expect(text).toContain('Khoản này không có chỉ tiêu số liệu');
  expect(text).toContain(
    'VM-2026-00001, Sở Y tế: “Thiếu kinh phí xét nghiệm”. Trả lời ngày 20/6/2026: “Đã bổ sung từ ngân sách quý III”. Trả lời ngày 22/6/2026: “Mức chi theo Nghị quyết của HĐND thành phố”.',
  );
  expect(text).toContain('VM-2026-00002, UBND phường Lê Chân: “-1+1 chưa có nhà văn hóa”. Đang chờ trả lời.');
  expect(text).toContain(
    'Báo cáo đột xuất các đơn vị gửi trong kỳ: 1; chưa có người nhận 0, đã nhận 1, đã kết thúc 0.',
  );
  expect(text).toContain(
    'DX-2026-00001, UBND phường Lê Chân, 09:00 ngày 20/6/2026, mức thượng khẩn: “12 người tụ tập dùng bóng cười”. ' +
      'Ý kiến chỉ đạo (09:20 ngày 20/6/2026): “giữ nguyên hiện trường”. Đơn vị bổ sung (09:30 ngày 20/6/2026): “đã lập biên bản”. Đã nhận, đang theo dõi.',
  );
  expect(text).toContain('MH-2026-00001, UBND phường Lê Chân: Dòng họ không ma túy.');
});

describe('the file', () => {
  let bytes: Buffer;
  let xml: string;
  let files: Record<string, Uint8Array>;
  beforeAll(async () => {
    bytes = await officialDocx(compose('thang-hanh-dong'));
    files = unzipSync(bytes);
    xml = strFromU8(files['word/document.xml']!);
  });

  test('A4, the margins of Nghị định 30, Times New Roman, numbered but for the first page', () => {
    const [first, ...others] = [...xml.matchAll(/<w:sectPr\b[\s\S]*?<\/w:sectPr>/g)].map(([section]) => section);
    expect(first).toMatch(/w:w="11906" w:h="16838"/);
    const margin = (side: string, section = first!) =>
      Number(new RegExp(`w:${side}="(\\d+)"`).exec(section)![1]) / 56.6929;
    expect(margin('top')).toBeCloseTo(20, 1);
    expect(margin('bottom')).toBeCloseTo(20, 1);
    expect(margin('left')).toBeCloseTo(30, 1);
    expect(margin('right')).toBeCloseTo(15, 1);
    expect(first).toContain('<w:titlePg/>');
    expect(others).toHaveLength(3);
    for (const section of others) expect(section).toMatch(/w:orient="landscape"/);
    expect(
      Object.keys(files).filter((name) => /header\d\.xml/.test(name) && strFromU8(files[name]!).includes('PAGE')),
    ).not.toEqual([]);
    expect(strFromU8(files['word/styles.xml']!)).toContain('w:ascii="Times New Roman"');
    expect(strFromU8(files['word/styles.xml']!)).toContain('w:val="vi-VN"');
  });

  test('national title, number and date left blank, kind, signature block, recipients', () => {
    const text = [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, t]) => t).join('\n');
    for (const words of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'BÁO CÁO',
      'Nơi nhận:',
      'GIÁM ĐỐC',
      '- Lưu: VT, PC04.',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/Số: {6,}\/BC-CAHP/);
    expect(text).toMatch(/Hải Phòng, ngày {4,}tháng {4,}năm 2026/);
    expect(text.normalize('NFC')).toBe(text);
    // Heads of tables come again on each page; rows are not torn.
    expect(xml.match(/<w:tblHeader\/>/g)!.length).toBeGreaterThan(5);
    expect(xml).toContain('<w:cantSplit/>');
  });

  const soffice = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find(existsSync);
  const seen = soffice && existsSync('/usr/bin/pdftoppm');
  test.skipIf(!seen)(
    `printed by LibreOffice${seen ? '' : ' (skipped: no soffice and pdftoppm here)'}: nothing outside the margins`,
    () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'bao-cao-'));
      try {
        writeFileSync(path.join(folder, 'bao-cao.docx'), bytes);
        execFileSync(
          soffice!,
          [
            `-env:UserInstallation=file://${folder}/profile`,
            '--headless',
            '--convert-to',
            'pdf',
            '--outdir',
            folder,
            path.join(folder, 'bao-cao.docx'),
          ],
          { stdio: 'pipe' },
        );
        execFileSync('/usr/bin/pdftoppm', [
          '-r',
          '40',
          '-gray',
          path.join(folder, 'bao-cao.pdf'),
          path.join(folder, 'trang'),
        ]);
        const text = execFileSync('/usr/bin/pdftotext', ['-layout', path.join(folder, 'bao-cao.pdf'), '-'], {
          encoding: 'utf8',
        });
        const pages = text.split('\f').filter((page) => page.trim() !== '');
        expect(pages.length).toBeGreaterThan(6);
        expect(pages[0]!.trimStart()).toMatch(/^DỰ THẢO/);
        expect(pages[1]!.trim()).toMatch(/^2\s/);
        expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
        for (const page of pages.map((_, i) => i + 1)) {
          const file = [`${page}`, `${page}`.padStart(2, '0')]
            .map((n) => path.join(folder, `trang-${n}.pgm`))
            .find(existsSync)!;
          const { left, right, top, bottom } = inkOf(readFileSync(file));
          const lying = page >= firstLying(pages);
          expect(left, `page ${page}`).toBeGreaterThanOrEqual(lying ? 19 : 29);
          expect(right, `page ${page}`).toBeGreaterThanOrEqual(lying ? 19 : 14);
          expect(top, `page ${page}`).toBeGreaterThanOrEqual(9);
          expect(bottom, `page ${page}`).toBeGreaterThanOrEqual(19);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

describe('the end of the report', () => {
  const soffice = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find(existsSync);
  test.skipIf(!soffice || !existsSync('/usr/bin/pdftotext'))(
    `printed by LibreOffice${soffice ? '' : ' (skipped: no soffice here)'}: the signature never stands alone on a page`,
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'bao-cao-'));
      try {
        const whole = compose('thang-hanh-dong');
        const lengths = [6, 7, 8, 9, 10, 11];
        for (const n of lengths) {
          const body = [
            ...Array.from({ length: n }, () => ({ kind: 'paragraph' as const, text: 'Nội dung. '.repeat(9) })),
            whole.body.at(-1)!,
          ];
          writeFileSync(path.join(folder, `${n}.docx`), await officialDocx({ ...whole, body, annexes: [] }));
        }
        const files = lengths.map((n) => path.join(folder, `${n}.docx`));
        const profile = `-env:UserInstallation=file://${folder}/profile`;
        execFileSync(soffice!, [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files], {
          stdio: 'pipe',
        });
        const pages = lengths.map((n) =>
          execFileSync('/usr/bin/pdftotext', ['-layout', path.join(folder, `${n}.pdf`), '-'], {
            encoding: 'utf8',
          }).split('\f'),
        );
        for (const [i, of] of pages.entries())
          expect(
            of.find((page) => page.includes('Nơi nhận')),
            `${lengths[i]}`,
          ).toContain('Trên đây là báo cáo');
        // At one of these lengths the page ends between the two.
        expect(pages.some((of) => of[0]!.includes('Nơi nhận'))).toBe(true);
        expect(pages.some((of) => !of[0]!.includes('Nơi nhận'))).toBe(true);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

const firstLying = (pages: string[]): number =>
  pages.findIndex((page) => page.includes('PHỤ LỤC I\n') || /PHỤ LỤC I\s*$/m.test(page)) + 1;

/** White around what is printed, in mm: a page as PGM at 40 dots an inch. */
function inkOf(pgm: Buffer): { left: number; right: number; top: number; bottom: number } {
  const [, width, height] = /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(pgm.toString('latin1', 0, 40))!.map(Number) as [
    number,
    number,
    number,
  ];
  const pixels = pgm.subarray(pgm.length - width * height);
  const dark = (x: number, y: number) => pixels[y * width + x]! < 140;
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) =>
    Array.from({ length: height }, (_, y) => y).some((y) => dark(x, y)),
  );
  const rows = Array.from({ length: height }, (_, y) => y).filter((y) =>
    Array.from({ length: width }, (_, x) => x).some((x) => dark(x, y)),
  );
  const mm = (dots: number) => (dots / 40) * 25.4;
  return {
    left: mm(columns[0]!),
    right: mm(width - 1 - columns.at(-1)!),
    top: mm(rows[0]!),
    bottom: mm(height - 1 - rows.at(-1)!),
  };
}
