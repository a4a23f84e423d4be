/** How long it takes to understand a question and find what answers it, beside a plain keyword search on the same corpus. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadWords } from '../language/load.ts';
import { createReader } from '../language/reader.ts';
import type { Reader } from '../language/types.ts';
import { createPlanIndex } from '../plan/index.ts';
import { loadBook } from '../plan/load.ts';
import type { Book, Passage, Plan } from '../plan/types.ts';
import { LIBRARIES, type PlainSearch } from './bench-search.ts';
import { createAnswerer } from './eval-questions.ts';
import { type Question, score } from './score.ts';

const PLANS = path.resolve(import.meta.dirname, '../../prisma/plans');
const SET = path.resolve(import.meta.dirname, '../../tests/eval/questions.jsonl');
const TIMES = 100;
/** The best of so many rounds is a question's own time, without what else the machine was doing. */
const ROUNDS = 3;
/** One question in so many: whole sentences with their spellings stay spread over the set. */
const SHARE = 4;
/** The libraries are slower on the large corpus; a part of the questions tells their times as well. */
const LARGE_SHARE = 97;

export interface Timing {
  median: number;
  p99: number;
}

/** @returns lines to print, a table in Markdown; times are milliseconds for one question, one thread */
export function benchQuestions(): string[] {
  const book = loadBook(PLANS);
  const words = loadWords(PLANS);
  const all = readFileSync(SET, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Question);
  const questions = all.filter((_, i) => i % SHARE === 0);
  const few = all.filter((_, i) => i % LARGE_SHARE === 0);
  const large = enlarged(book, TIMES);

  const plans = createPlanIndex(book);
  const began = performance.now();
  const reader = createReader(plans, words);
  const made = performance.now() - began;
  const answer = createAnswerer(plans, reader);
  const names = (id: string) => [plans.name(id), plans.unit(id)?.name ?? ''];
  const right = questions.filter((q) => score(q, answer(q).answer, names).right).length;
  const about = questions.filter((q) => q.intent === 'topic_owner' || q.intent === 'task_search');
  const own = about.filter((q) => score(q, answer(q).answer, names).right).length;

  const wide = createReader(createPlanIndex(large), words);
  const read = (by: Reader) => (q: Question) =>
    by.read(q.q, { asker: q.asker_unit, today: q.asked_on ?? '2026-06-10' });
  const rows = [
    row('the bot: understanding and search', percent(own, about.length), [
      timed(questions, read(reader)),
      timed(questions, read(wide)),
    ]),
    ...LIBRARIES.map(({ name, make, slow }) => {
      const plain = make(passagesOf(book));
      const wider = slow ? null : make(passagesOf(large));
      const exact = about.filter((q) => finds(plain, q)).length;
      return row(`${name}: search only`, percent(exact, about.length), [
        timed(slow ? few : questions, (q) => plain(q.q, 8)),
        ...(wider ? [timed(few, (q) => wider(q.q, 8))] : []),
      ]);
    }),
  ];
  return [
    `${passagesOf(book).length} passages, index made in ${made.toFixed(0)} ms; ${questions.length} of ${all.length} questions, right: ${percent(right, questions.length)}`,
    `right about a subject: the complete answer on ${about.length} questions; libraries are told how many passages to show`,
    '',
    `| | right about a subject | median ms | p99 ms | median ms, ${TIMES} × the plans | p99 ms, ${TIMES} × |`,
    '|---|---|---|---|---|---|',
    ...rows,
  ];
}

const row = (what: string, right: string, times: readonly Timing[]): string =>
  `| ${[what, right, ...[0, 1].flatMap((i) => (times[i] ? [times[i].median.toFixed(3), times[i].p99.toFixed(3)] : ['–', '–']))].join(' | ')} |`;

/** Told the number, the very passages that must be there; any one of them where one is enough. */
function finds(plain: PlainSearch, { q, relevant, need }: Question): boolean {
  const found = plain(q, Math.max(1, relevant.length));
  return need === 'any' ? relevant.some((id) => found.includes(id)) : sameSet(found, relevant);
}

function timed(questions: readonly Question[], work: (question: Question) => unknown): Timing {
  for (const question of questions.slice(0, Math.min(100, questions.length / 4))) work(question);
  const times = questions.map((question) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const started = performance.now();
      work(question);
      return performance.now() - started;
    });
    return Math.min(...rounds);
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}

const percent = (n: number, of: number): string => `${((100 * n) / Math.max(1, of)).toFixed(1)} %`;
const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && b.every((id) => a.includes(id));
const passagesOf = (book: Book): Passage[] => book.plans.flatMap((plan) => plan.passages);

/** The same plans many times over, each copy with some words of its own, so that nothing is merely cached. */
function enlarged(book: Book, times: number): Book {
  const copies = Array.from({ length: times }, (_, n) => book.plans.map((plan) => copyOf(plan, n)));
  return { ...book, plans: copies.flat() };
}

function copyOf(plan: Plan, n: number): Plan {
  if (n === 0) return plan;
  const id = `${plan.id}-${n}`;
  return {
    ...plan,
    id,
    passages: plan.passages.map((p) => ({
      ...p,
      id: p.id.replace(plan.id, id),
      plan: id,
      text: `${p.text} Đợt ${n}.`,
    })),
    duties: plan.duties.map((d) => ({ ...d, id: `${d.id}-${n}`, plan: id, source: d.source.replace(plan.id, id) })),
    facts: plan.facts.map((f) => ({ ...f, plan: id, sources: f.sources.map((s) => s.replace(plan.id, id)) })),
  };
}
