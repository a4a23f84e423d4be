import { crc32, inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { drawDigest } from '../../bot/digest/picture.ts';
import { chartDays, receivedBy } from '../../bot/digest/picture-line.ts';
import { focusOf, standing } from '../../bot/digest/standing.ts';
import { widthOf, wrap } from '../../bot/digest/svg.ts';
import { type Scope, STATES } from '../../bot/digest/types.ts';
import { PICTURE_FONT, renderPicture } from '../../bot/export/picture.ts';
import { palettePng } from '../../bot/export/png.ts';
import { at, CITY, EVERYONE, INDEX, report } from '../digest/book.ts';

const GROUP: Scope = { kind: 'group', group: 'g-xa' };
const UNIT: Scope = { kind: 'unit', unit: 'xa-1' };
const REPORTS = [
  report('catp', '2026-06-11', { duty: '6-thang', timeliness: 'onTime', values: { buoi_tuyen_truyen: 3 } }),
  report('xa-1', '2026-06-12', { duty: '6-thang', timeliness: 'onTime', values: { buoi_tuyen_truyen: 3 } }),
  report('xa-2', '2026-06-13', { duty: '6-thang', timeliness: 'onTime', nothing: true }),
  report('xa-3', '2026-06-16', { duty: '6-thang', timeliness: 'late' }),
];
const draw = (scope: Scope, day: string, rehearsal = false) =>
  drawDigest({ standing: standing(INDEX, scope, REPORTS, at(day)), plans: INDEX, rehearsal })!;

/** Pixels of a palette PNG: the place in the palette of each. */
function decoded(png: Buffer): { width: number; height: number; palette: Buffer; rows: Buffer } {
  const parts: Record<string, Buffer[]> = {};
  for (let i = 8; i < png.length; ) {
    const length = png.readUInt32BE(i);
    const type = png.toString('latin1', i + 4, i + 8);
    parts[type] = [...(parts[type] ?? []), png.subarray(i + 8, i + 8 + length)];
    expect(png.readUInt32BE(i + 8 + length), type).toBe(crc32(png.subarray(i + 4, i + 8 + length)));
    i += 12 + length;
  }
  const header = parts.IHDR![0]!;
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    palette: parts.PLTE![0]!,
    rows: inflateSync(Buffer.concat(parts.IDAT!)),
  };
}

test('a cell for each unit in its state, sorted so that nobody is told by its place', () => {
  const { svg } = draw(CITY, '2026-06-17');
  // The legend has one of each of the four states.
  const count = (state: string) => svg.split(`href="#${state}"`).length - 1;
  expect(STATES.map(count)).toEqual([3, 2, 2, 0, 10]);
  const cells = [...svg.matchAll(/href="#(\w+)"/g)].map((m) => m[1]!).slice(4);
  expect(cells.slice(0, 10)).toEqual(['onTime', 'nothing', 'late', ...Array(7).fill('overdue')]);
  expect(cells.slice(10)).toEqual(['onTime', 'overdue', 'overdue']);
});

test('the picture and its text name no unit to a group', () => {
  for (const scope of [CITY, GROUP]) {
    const { svg, alt } = draw(scope, '2026-06-17');
    for (const unit of EVERYONE) expect(svg + alt).not.toContain(INDEX.name(unit));
  }
});

test('the text says what the picture shows', () => {
  expect(draw(CITY, '2026-06-17', true).alt).toBe(
    'DIỄN TẬP. Tiến độ báo cáo, toàn thành phố, tính đến 07:30 ngày 17/6/2026. ' +
      'Báo cáo 6 tháng: trước ngày 16/6/2026; đã quá 2 ngày. Đã nộp 4/13 (30%), kịp hạn 23%. ' +
      'Đúng hạn 2 · trễ hạn 1 · không phát sinh 1 · chưa nộp 9 (quá hạn). ' +
      'Xã, phường, đặc khu: 3/10. Cơ quan, lực lượng, đoàn thể: 1/3. ' +
      'Số đơn vị đã nộp theo ngày: 05/6: 0; 08/6: 0; 11/6: 1; 14/6: 3; 17/6: 4.',
  );
  expect(draw(UNIT, '2026-06-17').alt).toBe(
    'Tiến độ báo cáo, Đơn vị xa-1, tính đến 07:30 ngày 17/6/2026. ' +
      'Báo cáo 6 tháng: trước ngày 16/6/2026; đã quá 2 ngày. Đơn vị đã nộp, đúng hạn. ' +
      'Báo cáo kết quả Tháng hành động: trước ngày 05/7/2026, chậm nhất hết ngày 04/7; còn 17 ngày. Đơn vị chưa nộp, chưa đến hạn. ' +
      'Báo cáo năm: trước ngày 16/12/2026, chậm nhất hết ngày 15/12; còn 181 ngày. Đơn vị chưa nộp, chưa đến hạn. ' +
      '3 buổi tuyên truyền.',
  );
});

test('nothing expected, no picture', () => {
  const empty = standing(INDEX, { kind: 'group', group: 'g-bao-chi' }, REPORTS, at('2026-06-17'));
  expect(drawDigest({ standing: empty, plans: INDEX, rehearsal: false })).toBeNull();
});

test.each([
  ['the city', CITY],
  ['a group', GROUP],
  ['a unit', UNIT],
] as const)('nothing of %s runs out of the picture, on any day', (_name, scope) => {
  for (const day of [
    '2026-05-20',
    '2026-06-01',
    '2026-06-14',
    '2026-06-15',
    '2026-06-30',
    '2026-07-20',
    '2026-12-20',
  ]) {
    const { svg, width, height } = draw(scope, day, true);
    const box = new Resvg(svg, { font: PICTURE_FONT }).getBBox()!;
    expect([box.x, box.y, box.width, box.height], day).toEqual([0, 0, width, height]);
  }
});

test('the chart: from the day before the first report to the due day, and what had come by each day', () => {
  const focus = (day: string) => focusOf(standing(INDEX, CITY, REPORTS, at(day)))!;
  expect(chartDays(focus('2026-06-14'), '2026-06-14')).toEqual({ from: '2026-06-02', to: '2026-06-15' });
  expect(chartDays(focus('2026-06-20'), '2026-06-20')).toEqual({ from: '2026-06-07', to: '2026-06-20' });
  expect(['2026-06-10', '2026-06-12', '2026-06-30'].map((day) => receivedBy(focus('2026-06-20'), day))).toEqual([
    0, 2, 4,
  ]);
});

test('a PNG of the size drawn, opaque, small, with the text beside it', async () => {
  const drawing = draw(CITY, '2026-06-17');
  const picture = await renderPicture(drawing);
  const png = Buffer.from(picture.base64, 'base64');
  expect(picture).toMatchObject({ name: 'tien-do-2026-06-17.png', mediaType: 'image/png', alt: drawing.alt });
  expect(png.length).toBeLessThan(200_000);
  const { width, height, rows } = decoded(png);
  expect([width, height]).toEqual([drawing.width, drawing.height]);
  expect(rows.length).toBe((width + 1) * height);
});

test('the palette keeps colours: exact where few, the nearest kept where many', async () => {
  const few = new Uint8Array([255, 0, 0, 255, 0, 0, 255, 255, 255, 0, 0, 255, 18, 53, 91, 255]);
  const image = decoded(await palettePng({ width: 2, height: 2, pixels: few }));
  const colour = (place: number) => [...image.palette.subarray(3 * place, 3 * place + 3)];
  expect([1, 2, 4, 5].map((i) => colour(image.rows[i]!))).toEqual([
    [255, 0, 0],
    [0, 0, 255],
    [255, 0, 0],
    [18, 53, 91],
  ]);

  const many = new Uint8Array(4 * 1024);
  for (let i = 0; i < 1024; i++) many.set([(i % 32) * 8, Math.floor(i / 32) * 8, 0, 255], 4 * i);
  const crowded = decoded(await palettePng({ width: 32, height: 32, pixels: many }));
  expect(crowded.palette.length).toBe(3 * 256);
});

test('every Vietnamese letter has a shape of its own in each weight', () => {
  const letters = [...'aăâeêioôơuưy'].flatMap((base) =>
    ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => (base + tone).normalize('NFC')),
  );
  const all = [...letters, 'đ'].flatMap((letter) => [letter, letter.toUpperCase()]);
  expect(all).toHaveLength(146);
  for (const weight of [400, 600, 700]) {
    const shape = (letter: string) =>
      new Resvg(
        `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="80"><text x="5" y="60" font-family="Be Vietnam Pro" font-weight="${weight}" font-size="40">${letter}</text></svg>`,
        { font: PICTURE_FONT },
      )
        .render()
        .pixels.toString('base64');
    const missing = shape('\u4e00');
    const shapes = all.map(shape);
    expect(new Set(shapes).size, String(weight)).toBe(all.length);
    expect(shapes).not.toContain(missing);
  }
});

test('a line that is said to fit does', () => {
  const names = [
    'Đoàn Đặc nhiệm phòng, chống tội phạm ma túy số 1',
    'Ủy ban Quốc gia phòng, chống AIDS và phòng, chống tệ nạn ma túy, mại dâm',
    'Các Sở, ban, ngành, đoàn thể thành phố',
    'Hạn hết ngày 15/12/2026, còn 181 ngày',
    'UBND ĐẶC KHU BẠCH LONG VĨ',
  ];
  for (const name of names) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="80"><text x="0" y="60" font-family="Be Vietnam Pro" font-weight="700" font-size="40">${name}</text></svg>`;
    const real = new Resvg(svg, { font: PICTURE_FONT }).getBBox()!.width;
    expect(widthOf(name, 40), name).toBeGreaterThanOrEqual(0.97 * real);
    expect(widthOf(name, 40), name).toBeLessThanOrEqual(1.12 * real);
  }
  expect(wrap(names[0]!, 40, 600).join(' ')).toBe(names[0]);
  for (const line of wrap(names[0]!, 40, 600)) expect(widthOf(line, 40)).toBeLessThanOrEqual(600);
});
