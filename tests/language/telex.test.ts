import { expect, test } from 'vitest';
import { decodeTelex, decodeVni, repairToken } from '../../bot/language/telex.ts';

test.each([
  ['nhieemj', 'nhiệm'],
  ['vuj', 'vụ'],
  ['ddoongj', 'động'],
  ['muwu', 'mưu'],
  ['truwowngf', 'trường'],
  ['truongwf', 'trường'],
  ['tieens', 'tiến'],
  ['cuwar', 'cửa'],
  ['khaaur', 'khẩu'],
  ['quaan', 'quân'],
  ['nguwowif', 'người'],
  ['hoaf', 'hòa'],
  ['giao', null],
  ['xuaats', 'xuất'],
  ['nghieenj', 'nghiện'],
  ['DDawngj', 'đặng'],
  ['huwowngr', 'hưởng'],
  ['quar', 'quả'],
  ['thuyr', 'thủy'],
  ['luaatj', 'luật'],
])('telex %s is %s', (typed, meant) => {
  expect(decodeTelex(typed)).toBe(meant);
});

test.each([
  ['ba1o', 'báo'],
  ['so73', 'sở'],
  ['d9a2o', 'đào'],
  ['no65p', 'nộp'],
  ['ha5n', 'hạn'],
  ['na8m', 'năm'],
  ['d9u7o75c', 'được'],
  ['d9uo75c', 'được'],
  ['n2o', null],
  ['kv3', null],
  ['kh64', null],
  ['cap2', null],
  ['nghie65n', 'nghiện'],
  ['ma', null],
  ['tru7o7ng2', 'trường'],
  ['truo72ng', 'trường'],
])('vni %s is %s', (typed, meant) => {
  expect(decodeVni(typed)).toBe(meant);
});

test('a word that is Vietnamese as typed, or foreign, is left alone', () => {
  const known = (w: string) => ['báo', 'cáo', 'tét'].includes(w);
  expect(repairToken('baos', known)).toBe('báo');
  expect(repairToken('bao', known)).toBeNull();
  expect(repairToken('excel', known)).toBeNull();
  expect(repairToken('link', known)).toBeNull();
});
