import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../bot/language/fold.ts';
import { mask, type StopKind, stops } from '../../bot/language/sensitive.ts';
import { noMarks, telex, vni } from '../eval/spell.ts';

interface Line {
  text: string;
  /** `hoa`: names that nothing but their capitals shows, so other spellings lose them. */
  style?: string;
  pii_spans: string[];
  expected: 'accept' | 'mask_or_refuse';
}
const read = (file: string): Line[] =>
  readFileSync(path.join(import.meta.dirname, '../eval', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const lines = [...read('sensitive.jsonl'), ...read('reports.jsonl')];
const kinds = (text: string): StopKind[] => stops(text).map((stop) => stop.kind);
const masked = (text: string) => mask(text, stops(text), () => '[…]');

/** Share of the spans that must not be kept and are gone, and of clean lines that are stopped in vain. */
function measured(spell: (text: string) => string, asTyped: boolean) {
  const spans = (asTyped ? lines : lines.filter(({ style }) => style !== 'hoa')).flatMap(({ text, pii_spans }) => {
    const kept = ` ${fold(masked(spell(text)))} `;
    return pii_spans.map((span) => !kept.includes(` ${fold(spell(span))} `));
  });
  const clean = lines.filter((line) => line.expected === 'accept').map((line) => stops(spell(line.text)).length > 0);
  return {
    stopped: spans.filter(Boolean).length / spans.length,
    alarms: clean.filter(Boolean).length / clean.length,
  };
}

describe('measured on the evaluation set', () => {
  test.each([
    ['as typed', (t: string) => t, 0.98, 0.01],
    ['in NFD', (t: string) => t.normalize('NFD'), 0.98, 0.01],
    ['without diacritics', noMarks, 0.9, 0.02],
    ['with Telex residue', telex, 0.9, 0.02],
    ['with VNI residue', vni, 0.9, 0.02],
    ['in capitals', (t: string) => t.toUpperCase(), 0.9, 0.02],
  ] as const)('%s', (name, spell, least, most) => {
    const { stopped, alarms } = measured(spell, name === 'as typed' || name === 'in NFD');
    expect(stopped).toBeGreaterThanOrEqual(least);
    expect(alarms).toBeLessThanOrEqual(most);
  });
});

describe('what is stopped', () => {
  test.each<[string, StopKind[]]>([
    ['Trần Thị Bưởi', ['name']],
    ['nguyen thi mo', ['name']],
    ['đối tượng Tèo', ['name']],
    ['đối tượng N.V.A.', ['name']],
    ['CCCD 031199001234', ['identity']],
    ['số 031 199 001 234', ['identity']],
    ['0912.345.678', ['phone']],
    ['+84 912 345 678', ['phone']],
    ['15A-123.45', ['plate']],
    ['stk 0123456789', ['account']],
    ['sinh năm 1990', ['birth']],
    ['Trần Thị Bưởi (1990)', ['name', 'birth']],
    ['mật khẩu là abc123', ['password']],
    ['otp 123456', ['password']],
    ['an.nguyen@gmail.com', ['contact']],
    ['Trần Thị Bưởi (tổ 2)', ['name', 'address']],
    ['số nhà 15 ngõ 8', ['address']],
    ['công văn TỐI MẬT', ['secret']],
    // A stamp by itself, though a bare word is not looked at.
    ['MẬT', ['secret']],
    ['chuyên án 123M', ['case']],
    ['22h tối nay vây bắt ở bến phà', ['operation']],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });
});

describe('what passes', () => {
  test.each([
    '150000000 đồng cho 3 hộ',
    'Kế hoạch số 64/KH-BCĐ, Công văn 573/TTg-KGVX ngày 25/5/2026',
    '8 950 2000 12 430',
    'phường Ngô Quyền, đường Lê Hồng Phong, trường THCS Trần Phú',
    'Đồng chí Nguyễn Văn Bình, Phó Chủ tịch UBND phường',
    'tổ dân phố 3 có 85 người dự',
    'bảo mật, mật độ, tập huấn Luật Bảo vệ bí mật nhà nước',
    'đêm qua đã kiểm tra đột xuất 3 quán bar',
    'phá 2 chuyên án, bắt 5 đối tượng',
    'caxa@haiphong.gov.vn',
    'khu đô thị mới, do thi moi, dang van dong nhan dan',
  ])('%s', (text) => {
    expect(stops(text)).toEqual([]);
  });

  test('figures in any arrangement', () => {
    const figure = fc.tuple(
      fc.integer({ min: 0, max: 99_999 }),
      fc.constantFrom('buổi', 'người', 'tờ rơi', 'cơ sở', 'vụ', 'đối tượng', 'hồ sơ', 'triệu đồng'),
    );
    fc.assert(
      fc.property(fc.array(figure, { minLength: 1, maxLength: 8 }), (figures) => {
        expect(stops(figures.map(([n, unit]) => `${n} ${unit}`).join(', '))).toEqual([]);
        expect(stops(figures.map(([n]) => n).join(' '))).toEqual([]);
      }),
    );
  });
});

test('what is masked holds nothing more to stop', () => {
  for (const { text } of lines) expect(stops(masked(text)), masked(text)).toEqual([]);
});

test('places never overlap and lie in the text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...lines.map((l) => l.text), ' ', '\n', '0912345678', 'Lê Văn A'), { maxLength: 4 }),
      (parts) => {
        const text = parts.join(' ');
        let last = 0;
        for (const { start, end } of stops(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.normalize('NFC').length);
      },
    ),
    { numRuns: 50 },
  );
});
