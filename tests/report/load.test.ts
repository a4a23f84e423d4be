import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadForms } from '../../bot/report/load.ts';
import { formsFolder, quick } from './forms.ts';

/** Fixed by issue 4: whoever reads reports relies on them. */
const KEYS = [
  'buoi_tuyen_truyen',
  'luot_nguoi_du',
  'to_roi',
  'pano_ap_phich_bang_ron',
  'cam_ket',
  'co_so_kiem_tra',
  'co_so_vi_pham',
  'vu_phat_hien',
  'doi_tuong',
  'nguoi_nghien_ra_soat',
  'ho_so_cai_nghien',
  'ho_tro_sau_cai',
  'nguoi_vay_von',
  'so_tien_vay_trieu_dong',
  'kho_khan',
  'de_xuat',
  'period_from',
  'period_to',
];

const source = readFileSync(path.join(formsFolder, 'bao-cao-nhanh.v1.yaml'), 'utf8');

function refusal(yaml: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'forms-'));
  try {
    writeFileSync(path.join(folder, 'a.yaml'), yaml);
    loadForms(folder);
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the quick report asks for the fixed fields in six steps', () => {
  expect(quick.fields.map((f) => f.id).sort()).toEqual([...KEYS].sort());
  expect(quick.steps.map((s) => s.fields.length)).toEqual([2, 5, 2, 2, 5, 2]);
});

test('the file as it stands is accepted', () => {
  expect(refusal(source)).toBe('');
});

test.each([
  [
    'an unknown field in a step',
    'fields: [co_so_kiem_tra, co_so_vi_pham]',
    'fields: [co_so_kiem_tra, abc]',
    'abc is no field',
  ],
  [
    'a field asked twice',
    'fields: [vu_phat_hien, doi_tuong]',
    'fields: [vu_phat_hien, vu_phat_hien]',
    'vu_phat_hien is asked twice',
  ],
  [
    'a field asked nowhere',
    'fields: [vu_phat_hien, doi_tuong]',
    'fields: [vu_phat_hien]',
    'doi_tuong is asked in no step',
  ],
  ['a list of words that is not there', '"# LEAFLET"', '"# LEAFLETS"', 'LEAFLETS is no list of words'],
  ['a pattern without its number', '"# LEAFLET"', '"LEAFLET"', 'pattern without # or 0'],
  ['a check on a field that is no figure', 'limit: co_so_kiem_tra', 'limit: kho_khan', 'kho_khan is no figure'],
  ['an unknown key', 'version: 1', 'version: 1\nowner: me', 'owner'],
  ['a version that is no number', 'version: 1', 'version: một', 'version'],
])('%s is refused with its place', (_, from, to, message) => {
  expect(source).toContain(from);
  expect(refusal(source.replace(from, to))).toContain(message);
});

test('one version cannot be defined twice', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'forms-'));
  writeFileSync(path.join(folder, 'a.yaml'), source);
  writeFileSync(path.join(folder, 'b.yaml'), source);
  expect(() => loadForms(folder)).toThrow('bao-cao-nhanh v1 is defined twice');
  writeFileSync(path.join(folder, 'b.yaml'), source.replace('version: 1', 'version: 2'));
  expect(loadForms(folder).map((f) => f.version)).toEqual([2, 1]);
  rmSync(folder, { recursive: true });
});
