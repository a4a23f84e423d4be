import { expect, test } from 'vitest';
import { createLexicon, oneSlip } from '../../bot/language/lexicon.ts';

const lexicon = createLexicon(
  Array.from({ length: 9 }, () => 'báo cáo kết quả thực hiện nhiệm vụ tuyên truyền'),
  ['hạn nộp', 'chủ trì'],
);

test.each([
  ['nhiem', 'nhiem', 0],
  ['nhieem', 'nhiem', 1],
  ['nheim', 'nhiem', 1],
  ['nhem', 'nhiem', 1],
  ['nhoan', 'nhiem', 2],
])('%s is %s with %i slips', (a, b, slips) => {
  expect(oneSlip(a, b)).toBe(slips <= 1);
});

test('a word that is none is mended into one that stands beside its neighbours', () => {
  expect(lexicon.mend('tuyn', undefined, 'truyen')).toBe('tuyen');
  expect(lexicon.mend('trueyn', 'tuyen', undefined)).toBe('truyen');
});

test('a syllable that exists is mended only into a pair that is common', () => {
  expect(lexicon.mend('cap', 'bao', undefined)).toBe('cao');
  expect(lexicon.mend('thuc', 'han', undefined)).toBeNull();
  expect(lexicon.mend('cao', 'bao', undefined)).toBeNull();
});

test('words run together are taken apart', () => {
  expect(lexicon.split('nhiemvu')).toEqual(['nhiem', 'vu']);
  expect(lexicon.split('xinchao')).toBeNull();
});
