import { expect, test } from 'vitest';
import { createPhrases, expand, tokensOf } from '../../bot/language/phrases.ts';

test('alternatives are written out, nested ones too', () => {
  expect(expand('hạn (nộp|gửi (lại|)|)')).toEqual(['hạn nộp', 'hạn gửi lại', 'hạn gửi', 'hạn']);
  expect(() => expand('hạn (nộp')).toThrow('Ngoặc');
  expect(() => expand('hạn) nộp')).toThrow('Ngoặc');
});

function phrases(...list: string[]) {
  const set = createPhrases<string>();
  for (const phrase of list) set.add(phrase, phrase);
  return (text: string) => set.longest(tokensOf(text)).map((f) => f.payload);
}

test('the longest phrase wins, and an exact one over one that only folds to the same', () => {
  const find = phrases('cai nghiện', 'cai nghiện bắt buộc', 'Cẩm Giang', 'Cẩm Giàng');
  expect(find('viec cai nghien bat buoc')).toEqual(['cai nghiện bắt buộc']);
  expect(find('Cẩm Giàng')).toEqual(['Cẩm Giàng']);
  expect(find('cam giang')).toEqual(['Cẩm Giang', 'Cẩm Giàng']);
});

test('marks that contradict make another word', () => {
  const find = phrases('hạn', 'cần sa');
  expect(find('hàn')).toEqual([]);
  expect(find('han')).toEqual(['hạn']);
  expect(find('cân xa')).toEqual([]);
  expect(find('cận sa')).toEqual([]);
});
