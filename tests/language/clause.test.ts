import { expect, test } from 'vitest';
import { clauseNamed } from '../../bot/language/clause.ts';
import { K, reader, T } from './book.ts';

const read = (text: string) => reader.read(text, { asker: null, today: '2026-06-10' });

test.each([
  ['nội dung mục II.5', { path: 'II.5', bullet: null, loose: false }],
  ['mục 3.2 nói gì', { path: 'III.2', bullet: null, loose: true }],
  ['khoản 5 mục II ý 7', { path: 'II.5', bullet: '7', loose: false }],
  ['muc IV khoan 14', { path: 'IV.14', bullet: null, loose: false }],
  ['điểm 5 mục III', { path: 'III.5', bullet: null, loose: false }],
  ['phần VI', { path: 'VI', bullet: null, loose: false }],
  // The fifth of a list, a date, a document, a report.
  ['mục 5', null],
  ['cái thứ 2 nói rõ hơn', null],
  ['trước ngày 16.6', null],
  ['Chỉ thị 36-CT/TW', null],
  ['ca xã viết báo cáo', null],
])('%s', (text, clause) => {
  expect(clauseNamed(text)).toEqual(clause);
});

test('what stands in a clause is answered whole, in the order of the plan', () => {
  const { intent, passages } = read('nội dung kế hoạch 64 mục II.9');
  expect(intent).toBe('task_search');
  expect(passages.map((p) => p.id)).toEqual([`${K}/II.9/0`, `${K}/II.9/1`]);
  expect(read('ai chủ trì mục II.9 kế hoạch 64').intent).toBe('topic_owner');
  expect(read('mục 4.14 tháng hành động').passages).toHaveLength(7);
  expect(read('mục 9.9 tháng hành động').passages).toEqual([]);
  expect(read('mục 5.2 kh64').passages.map((p) => p.id)).toEqual([`${K}/II.5/2`]);
  expect(read('mục II.1 tháng hành động').passages.map((p) => p.id)).toEqual([`${T}/II.1/0`]);
});
