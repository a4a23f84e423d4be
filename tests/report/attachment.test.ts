/** Files that go with reports, and answers picked from a few. */
import { describe, expect, test } from 'vitest';
import { keepable } from '../../bot/core/guard.ts';
import { attachmentOf, attachmentValue, kindOfBytes } from '../../bot/report/attachment.ts';
import { choicesIn, optionIn } from '../../bot/report/choices.ts';
import { loadForms } from '../../bot/report/load.ts';
import { advance, at as formAt } from '../../bot/report/runner.ts';
import { parseForm } from '../../bot/report/schema.ts';
import type { Field, FormDefinition } from '../../bot/report/types.ts';
import { draftAt, formsFolder, quick } from './forms.ts';
import { officer, stage } from './stage.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const tep: Field = { id: 'tep_kem', kind: 'file', label: 'Tệp kèm theo', aliases: ['tệp kèm'] };
const withFiles: FormDefinition = {
  ...quick,
  fields: [...quick.fields, tep],
  files: { on: true, kinds: ['pdf', 'docx'], most: 5 },
};
const sentFile = {
  ...{ id: 'e', at: 0, from: 'web:1' as const, kind: 'sent' as const },
  chat: { address: 'web:1' as const, kind: 'private' as const, addressed: true },
  file: { id: 'f', name: 'x', mediaType: 'application/pdf', size: 1 },
};
const kept = { hash: 'a'.repeat(64), kind: 'pdf' as const, size: 123_456 };

describe('what a file is', () => {
  test.each([
    ['%PDF-1.7 …', 'pdf'],
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['RIFF....WEBP', 'webp'],
    ['PK\x03\x04….word/document.xml…', 'docx'],
    ['PK\x03\x04….xl/workbook.xml…', 'xlsx'],
    ['PK\x03\x04….word/document.xml….word/vbaProject.bin', null],
    ['PK\x03\x04….payload.exe', null],
    ['MZ\x90 report.pdf', null],
    ['', null],
  ])('%j: %s', (text, kind) => expect(kindOfBytes(bytes(text))).toBe(kind));

  test('stands among the values, and nothing else reads as one', () => {
    expect(attachmentOf(attachmentValue(kept))).toEqual(kept);
    for (const other of ['sha256:xyz;pdf;1', 'không', 5, undefined, `sha256:${'a'.repeat(64)};exe;1`])
      expect(attachmentOf(other)).toBeNull();
  });
});

describe('a file sent while a form is open', () => {
  test('goes with the report, is read back by kind and size, and can be taken out or replaced', () => {
    const s = stage(officer('phuong-le-chan'), '2026-06-10', withFiles);
    expect(s.say('hôm nay 2 buổi, 30 người')).toContain('gửi kèm một tệp (PDF, DOCX, không quá 5 MB)');
    expect(s.sends({ name: 'Nguyen Van A.pdf', kept })).toContain('Tệp kèm theo: PDF, 121 KB');
    expect(s.say('bỏ tệp')).not.toContain('121 KB');
    s.sends({ kept });
    expect(s.sends({ kept: { ...kept, hash: 'b'.repeat(64), kind: 'docx', size: 2_400_000 } })).toContain(
      'DOCX, 2,3 MB',
    );
    s.say('gửi');
    expect(s.reports[0]!.values.tep_kem).toBe(`sha256:${'b'.repeat(64)};docx;2400000`);
    expect(JSON.stringify(s.reports[0])).not.toContain('Nguyen');
  });

  test('at a step is said to be taken', () => {
    const s = stage(officer('phuong-le-chan'), '2026-06-10', withFiles);
    s.say('/baocao');
    expect(s.sends({ kept })).toContain('Đã nhận tệp kèm theo: PDF, 121 KB.');
  });

  test('keeps its name only where that is nobody’s', () => {
    const named = (name: string) =>
      (keepable({ ...sentFile, file: { ...sentFile.file, name } }) as typeof sentFile).file.name;
    expect(named('Nguyen_Van_An.pdf')).not.toContain('Van');
    expect(named('bao-cao-thang-6.pdf')).toBe('bao-cao-thang-6.pdf');
  });

  test.each([
    [{ refused: 'big' as const }, 'lớn hơn 5 MB'],
    [{ refused: 'kind' as const }, 'Chỉ nhận tệp PDF, DOCX'],
    [{ refused: 'gone' as const }, 'Chưa tải được'],
    [{}, 'Chưa tải được'],
  ])('that is not kept is told of, and the form stays as it is: %j', (file, told) => {
    const s = stage(officer('phuong-le-chan'), '2026-06-10', withFiles);
    s.say('hôm nay 2 buổi');
    const before = s.session().draft;
    const said = s.sends(file);
    expect(said).toContain(told);
    expect(said).toContain('Số buổi: 2');
    expect(s.session().draft).toEqual(before);
  });

  test.each([
    ['no switch', quick],
    ['switched off', { ...withFiles, files: { ...withFiles.files!, on: false } }],
  ])('takes none where the form does not: %s', (_, form) => {
    const s = stage(officer('phuong-le-chan'), '2026-06-10', form);
    expect(s.say('hôm nay 2 buổi')).not.toContain('tệp');
    expect(s.sends({ kept })).toContain('không nhận tệp');
    s.say('gửi');
    expect(Object.keys(s.reports[0]!.values)).not.toContain('tep_kem');
  });

  test('the quick report takes none; the report of the Action Month takes documents, no photos', () => {
    const forms = loadForms(formsFolder);
    expect(forms.find(({ id }) => id === 'bao-cao-nhanh')!.files).toBeUndefined();
    expect(forms.find(({ id }) => id === 'bao-cao-thang-hanh-dong')).toMatchObject({
      version: 2,
      files: { on: true, kinds: ['pdf', 'docx', 'xlsx'] },
    });
    const { parts: _, ...plain } = quick;
    expect(() => parseForm({ ...plain, fields: [...plain.fields, tep] })).toThrow('the form takes none');
  });
});

describe('answers picked from a few', () => {
  const month = loadForms(formsFolder).find(({ id, version }) => id === 'bao-cao-thang-hanh-dong' && version === 2)!;
  const [yes, level] = ['ban_hanh_ke_hoach', 'muc_hoan_thanh'].map((id) => month.fields.find((f) => f.id === id)!);
  const step = month.steps.findIndex(({ fields }) => fields.includes('ban_hanh_ke_hoach'));
  const draft = draftAt(step, { form: month.id, version: 2 });

  test.each([
    ['Có', yes, 'Có'],
    ['co roi', yes, 'Có'],
    ['chưa', yes, 'Không'],
    ['ht tot', level, 'Hoàn thành tốt'],
    ['hoàn thành', level, 'Hoàn thành'],
    ['chua hoan thanh', level, 'Chưa hoàn thành'],
    ['bình thường', level, null],
  ])('%s', (text, field, label) => expect(optionIn(text, field!)).toBe(label));

  test('are taken at their step, go on to the next, and are not taken for figures', () => {
    const told = advance(draft, { kind: 'answer', text: 'chưa' }, month, '2026-07-01');
    expect(told).toMatchObject({ kind: 'asked', took: ['ban_hanh_ke_hoach'], draft: { step: step + 1 } });
    const next = advance((told as { draft: typeof draft }).draft, { kind: 'answer', text: 'tốt' }, month, '2026-07-01');
    expect(next).toMatchObject({ draft: { values: { ban_hanh_ke_hoach: 'Không', muc_hoan_thanh: 'Hoàn thành tốt' } } });
    expect(advance(draft, { kind: 'answer', text: 'để xem đã' }, month, '2026-07-01').kind).toBe('unclear');
    // "Không có" as a button of other steps sets nothing here.
    expect(advance(draft, { kind: 'none' }, month, '2026-07-01')).toMatchObject({ draft: { values: {} } });
    expect(formAt(draft, month).kind).toBe('asked');
  });

  test('are read in a sentence by the words of their field', () => {
    expect(choicesIn('ban hành kế hoạch: có; tự đánh giá: hoàn thành tốt', month)).toEqual({
      ban_hanh_ke_hoach: 'Có',
      muc_hoan_thanh: 'Hoàn thành tốt',
    });
    expect(choicesIn('có 2 buổi, hoàn thành', month)).toEqual({});
  });

  test('a choice without answers, or asked together with figures, is no form', () => {
    const { parts: _, ...plain } = quick;
    const bad = (more: Partial<Field>) => ({
      ...plain,
      fields: [...plain.fields, { id: 'x', kind: 'choice', label: 'X', aliases: ['x'], ...more }],
      steps: plain.steps.map((one, i) => (i === 1 ? { ...one, fields: [...one.fields, 'x'] } : one)),
    });
    expect(() => parseForm(bad({}))).toThrow('options belong to a choice');
    expect(() => parseForm(bad({ options: [{ label: 'A' }, { label: 'B' }] }))).toThrow('steps of their own');
  });
});
