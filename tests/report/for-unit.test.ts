/** What each unit is asked: only its own business, in at most six steps, and its own figures read from a sentence. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';
import { formFor } from '../../bot/report/for-unit.ts';
import { loadForms } from '../../bot/report/load.ts';
import { understand } from '../../bot/report/understand.ts';
import { root } from '../../bot/root.ts';
import { formsFolder, quick } from './forms.ts';

const plans = createPlanIndex(loadBook(path.join(root, 'prisma/plans')));
const forms = loadForms(formsFolder);
const stepsOf = (unit: string, form = quick) => formFor(form, plans.unit(unit)).steps.map(({ id }) => id);
const read = (unit: string, text: string) => understand(text, formFor(quick, plans.unit(unit)), '2026-06-10').values;

test('no unit is asked more than six steps of the quick report, and every form begins with its period', () => {
  for (const form of forms)
    for (const unit of plans.book.units) {
      const { steps } = formFor(form, unit);
      expect(steps.length, `${form.id} ${unit.id}`).toBeLessThanOrEqual(form.duties ? 8 : 6);
      expect(steps[0]!.id).toBe('ky');
    }
});

test('communes are asked all of the quick report, agencies what their tasks make their business', () => {
  const all = ['ky', 'tuyen-truyen', 'kiem-tra', 'phat-hien', 'cai-nghien', 'y-kien'];
  expect(stepsOf('phuong-le-chan')).toEqual(all);
  expect(stepsOf('catp')).toEqual(all);
  expect(stepsOf('so-gddt')).toEqual(['ky', 'tuyen-truyen', 'giao-duc', 'y-kien']);
  expect(stepsOf('nhcsxh')).toEqual(['ky', 'tuyen-truyen', 'ngan-hang', 'y-kien']);
  expect(stepsOf('cchq-kv3')).toEqual(['ky', 'tuyen-truyen', 'kiem-tra', 'phat-hien', 'hai-quan', 'y-kien']);
  expect(stepsOf('so-tu-phap')).toEqual(['ky', 'tuyen-truyen', 'y-kien']);
});

test('units that are asked the same share one form, and an unknown unit is asked the whole', () => {
  const form = (unit: string) => formFor(quick, plans.unit(unit));
  expect(form('phuong-le-chan')).toBe(form('xa-an-lao'));
  expect(form('so-gddt')).toBe(form('csgd-xa'));
  expect(formFor(quick, undefined)).toBe(quick);
});

test('further figures rest on passages of the plans and name the units that these name', () => {
  for (const part of quick.parts!) {
    for (const source of part.sources) expect(plans.passage(source), `${part.id}: ${source}`).toBeDefined();
    for (const unit of part.when.units!) {
      const own = plans.placed(unit).map(({ task }) => task.id);
      const theirs = part.sources.some((source) => own.includes(source));
      expect(theirs || unit.startsWith('csgd'), `${part.id}: ${unit}`).toBe(true);
    }
  }
});

test('classes of training are no propaganda of the health service, whose plan counts the staff trained; of a commune they are', () => {
  const told = (unit: string, text: string) => {
    const { values, beside } = understand(text, formFor(quick, plans.unit(unit)), '2026-06-10');
    const { period_from: _, period_to: __, ...figures } = values;
    return { figures, beside };
  };
  expect(told('so-y-te', 'tập huấn 3 lớp')).toEqual({ figures: {}, beside: ['tập huấn 3 lớp'] });
  expect(told('so-y-te', 'tap huan 3 lop')).toEqual({ figures: {}, beside: ['tap huan 3 lop'] });
  expect(told('so-y-te', 'tập huấn 3 lớp cho 45 cán bộ y tế về xác định tình trạng nghiện').figures).toEqual({
    can_bo_y_te_tap_huan: 45,
  });
  expect(told('so-y-te', 'tuyên truyền 4 buổi, tập huấn 3 lớp').figures).toEqual({ buoi_tuyen_truyen: 4 });
  expect(told('so-y-te', 'xác định tình trạng nghiện 45 người').figures).toEqual({ nguoi_xac_dinh_nghien: 45 });
  expect(told('phuong-le-chan', 'tập huấn 3 lớp').figures).toEqual({ buoi_tuyen_truyen: 3 });
});

describe('the example of each further step is read as its figures', () => {
  const cases = quick.parts!.flatMap((part) => part.steps.map((step) => ({ part, step })));
  test.each(cases.map(({ part, step }) => [part.id, part, step] as const))('%s', (_, part, step) => {
    const form = formFor(quick, plans.unit(part.when.units![0]!));
    expect(Object.keys(understand(step.example, form, '2026-06-10', step.topic).values).sort()).toEqual(
      [...step.fields].sort(),
    );
  });
});

test('a unit’s own figures stand beside the common ones in one sentence', () => {
  expect(read('cchq-kv3', 'tuyen truyen 2 buoi, soi chieu 120 lo hang, bat giu 1 vu 2 doi tuong')).toEqual({
    buoi_tuyen_truyen: 2,
    lo_hang_soi_chieu: 120,
    vu_phat_hien: 1,
    doi_tuong: 2,
  });
  expect(read('bch-bdbp', 'tuần tra 5 lượt, kiểm soát 40 tàu thuyền')).toEqual({
    luot_tuan_tra: 5,
    tau_thuyen_kiem_soat: 40,
  });
  expect(read('tand', 'xét xử 9 vụ, 14 bị cáo')).toEqual({ vu_an_xet_xu: 9, bi_cao_xet_xu: 14 });
});

test('the duty reports take figures, words and checks from the quick report', () => {
  for (const id of ['bao-cao-6-thang', 'bao-cao-nam', 'bao-cao-thang-hanh-dong']) {
    const form = forms.find((one) => one.id === id)!;
    expect(plans.duty(form.duties![0]!)?.name).toBe(form.title);
    expect(form.checks.map(({ field }) => field)).toEqual(['co_so_vi_pham']);
    const told = understand('8 buổi tuyên truyền, kiểm tra 20 cơ sở, vi phạm 1', form, '2026-06-10').values;
    expect(told).toMatchObject({ buoi_tuyen_truyen: 8, co_so_kiem_tra: 20, co_so_vi_pham: 1 });
    expect(form.fields.filter(({ kind }) => kind === 'text').map((f) => f.id)).toEqual([
      'de_xuat',
      'ket_qua',
      'ton_tai',
      'nguyen_nhan',
      'phuong_huong',
    ]);
  }
});

describe('a part or a form on a base that does not fit is refused with its place', () => {
  const part = readFileSync(path.join(formsFolder, 'parts/toa-an.yaml'), 'utf8').replace(
    /^forms: .*$/m,
    'forms: [bao-cao-nhanh]',
  );
  const based = readFileSync(path.join(formsFolder, 'bao-cao-nam.v1.yaml'), 'utf8');
  const base = readFileSync(path.join(formsFolder, 'bao-cao-nhanh.v1.yaml'), 'utf8');

  function refusal(files: Record<string, string>): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'forms-'));
    mkdirSync(path.join(folder, 'parts'));
    try {
      for (const [name, text] of Object.entries({ 'bao-cao-nhanh.yaml': base, ...files }))
        writeFileSync(path.join(folder, name), text);
      loadForms(folder);
      return '';
    } catch (error) {
      return (error as Error).message;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('as they stand they are accepted', () => {
    expect(refusal({ 'parts/a.yaml': part, 'b.yaml': based })).toBe('');
  });
  test.each([
    ['a form that is not there', 'forms: [bao-cao-nhanh]', 'forms: [bao-cao-tuan]', 'no form bao-cao-tuan'],
    ['a list that the form has already', '  JUDGE:', '  LEAFLET: [lá]\n  JUDGE:', 'LEAFLET is a list'],
    ['a field that nobody defines', 'bi_cao_xet_xu, quyet', 'bi_cao, quyet', 'bi_cao is no field'],
    ['nobody to ask', 'when: { units: [tand] }', 'when: {}', 'neither kinds nor units'],
    ['no passage to rest on', 'sources: [thang-hanh-dong-2026/IV.10/0]', 'sources: []', 'sources'],
  ])('a part with %s', (_, from, to, message) => {
    expect(part).toContain(from);
    expect(refusal({ 'parts/a.yaml': part.replace(from, to) })).toContain(message);
  });
  test('a base that is not there', () => {
    expect(refusal({ 'b.yaml': based.replace('version: 1 }', 'version: 7 }') })).toContain(
      'bao-cao-nhanh v7 is not there',
    );
  });
});
