import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createAnswerer } from '../../bot/tools/eval-questions.ts';
import { type Answer, type Question, score } from '../../bot/tools/score.ts';
import { plans, reader } from '../language/book.ts';

const question: Question = {
  id: 'x',
  asker_unit: null,
  q: '',
  style: 'dau',
  intent: 'deadline',
  unit: null,
  plan: null,
  role: null,
  relevant: ['a', 'b'],
  acceptable: ['c'],
  due: ['2026-07-05'],
  answer_contains: ['5/7 | mùng 5'],
};
const answer: Answer = {
  id: 'x',
  intent: 'deadline',
  unit: null,
  tasks: [
    { id: 'a', text: '' },
    { id: 'b', text: '' },
  ],
  due: ['2026-07-05'],
  days: null,
  text: 'trước ngày 05/7/2026',
  refused: false,
};
const verdict = (q: Partial<Question>, a: Partial<Answer>) =>
  score({ ...question, ...q }, { ...answer, ...a }, (u) => [u]).right;

test('an answer is right when everything asked for is there and nothing else', () => {
  expect(verdict({}, {})).toBe(true);
  expect(verdict({}, { tasks: [{ id: 'a', text: '' }] })).toBe(false);
  expect(verdict({ need: 'any' }, { tasks: [{ id: 'a', text: '' }] })).toBe(true);
  expect(verdict({}, { tasks: [...answer.tasks, { id: 'c', text: '' }] })).toBe(true);
  expect(verdict({}, { tasks: [...answer.tasks, { id: 'd', text: '' }] })).toBe(false);
  expect(verdict({}, { due: [] })).toBe(false);
  expect(verdict({}, { text: 'không rõ' })).toBe(false);
  expect(verdict({ answer_units: ['Sở Y tế'] }, {})).toBe(false);
  expect(verdict({ days: 15, days_strict: 14 }, { days: 14 })).toBe(true);
  expect(verdict({ days: 15, days_strict: 14 }, { days: 13 })).toBe(false);
  expect(verdict({ intent: 'sensitive' }, {})).toBe(false);
  expect(verdict({}, { refused: true })).toBe(false);
});

const read = (file: string) =>
  readFileSync(path.join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Question);
const SET = read('questions.jsonl');
/** Written set after set before anybody looked at how the bot reads them; what went wrong was mended afterwards. */
const BLIND = read('blind.jsonl');

test('the questions of the set are answered as well as was measured', () => {
  const answered = createAnswerer(plans, reader);
  const names = (id: string) => [plans.name(id), plans.unit(id)?.name ?? '', ...(plans.unit(id)?.namesInPlans ?? [])];
  const right = (list: readonly Question[]) =>
    list.filter((q) => score(q, answered(q).answer, names).right).length / list.length;
  const held = SET.filter((q) => q.split === 'held');
  expect(right(BLIND)).toBeGreaterThanOrEqual(0.95);
  expect(right(held)).toBeGreaterThanOrEqual(0.95);
  for (const style of new Set(SET.map((q) => q.style)))
    expect(right(SET.filter((q) => q.style === style)), style).toBeGreaterThanOrEqual(0.85);
  for (const refused of ['out_of_scope', 'sensitive'])
    expect(right(held.filter((q) => q.intent === refused)), refused).toBeGreaterThanOrEqual(0.95);
});
