import { expect, test } from 'vitest';
import { exactWord, fold, foldWord, isMarked } from '../../bot/language/fold.ts';

test('folding drops every mark, case and punctuation, in NFC and NFD alike', () => {
  const typed = 'NHIỆM VỤ, của Đơn vị: “Hoà Bình”';
  expect(fold(typed)).toBe('nhiem vu cua don vi hoa binh');
  expect(fold(typed.normalize('NFD'))).toBe(fold(typed));
});

test.each([
  ['hoà', 'hòa'],
  ['Thuỷ', 'thủy'],
  ['lí', 'lý'],
  ['kỹ', 'kĩ'],
  ['quý', 'quí'],
  ['tuý', 'túy'],
])('%s and %s are the same word', (a, b) => {
  expect(exactWord(a)).toBe(exactWord(b.normalize('NFD')));
  expect(foldWord(a)).toBe(foldWord(b));
});

test.each([
  ['Giang', 'Giàng'],
  ['y', 'i'],
  ['tây', 'tai'],
])('%s and %s stay apart', (a, b) => {
  expect(exactWord(a)).not.toBe(exactWord(b));
});

test('a word without marks is known as such', () => {
  expect(['dang', 'đang', 'dâng', 'dáng'].map(isMarked)).toEqual([false, true, true, true]);
});
