/** How long it takes to understand a question and find what answers it, beside a plain keyword search on the same corpus. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import MiniSearch from 'minisearch';
import { fold } from '../language/fold.ts';
import { loadWords } from '../language/load.ts';
import { createReader } from '../language/reader.ts';
import { createPlanIndex } from '../plan/index.ts';
import { loadBook } from '../plan/load.ts';
import type { Book, Passage, Plan } from '../plan/types.ts';
import { createAnswerer } from './eval-questions.ts';
import { type Question, score } from './score.ts';

const PLANS = path.resolve(import.meta.dirname, '../../prisma/plans');
const SET = path.resolve(import.meta.dirname, '../../tests/eval/questions.jsonl');
const TIMES = 100;
/** The best of so many rounds is a question's own time, without what else the machine was doing. */
const ROUNDS = 3;
const SHARE = 10;

export interface Timing {
  what: string;
  median: number;
  p99: number;
}

/** @returns lines to print; times are milliseconds for one question, one thread */
export function benchQuestions(): string[] {
  const book = loadBook(PLANS);
  const words = loadWords(PLANS);
  const questions = readFileSync(SET, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Question);
  // The plain search is slow on the large corpus; a part of the set tells its times as well.
  const some = questions.filter((_, i) => i % SHARE === 0);
  const lines: string[] = [];
  for (const [label, corpus] of [
    ['the two plans', book],
    [`${TIMES} times as many tasks`, enlarged(book, TIMES)],
  ] as const) {
    const plans = createPlanIndex(corpus);
    const made = performance.now();
    const reader = createReader(plans, words);
    lines.push(
      `${label}: ${passagesOf(corpus).length} passages, index made in ${(performance.now() - made).toFixed(0)} ms`,
    );
    const read = timed(questions, ({ q, asker_unit, asked_on }) =>
      reader.read(q, { asker: asker_unit, today: asked_on ?? '2026-06-10' }),
    );
    lines.push(spoken('  understanding and search', read));
    const plain = plainSearch(passagesOf(corpus));
    lines.push(
      spoken(
        '  MiniSearch with folding, search only',
        timed(some, ({ q }) => plain(q)),
      ),
    );
    if (corpus === book) {
      const answer = createAnswerer(plans, reader);
      const names = (id: string) => [plans.name(id), plans.unit(id)?.name ?? ''];
      const right = questions.filter((q) => score(q, answer(q).answer, names).right).length;
      const found = questions.filter((q) => q.intent === 'topic_owner' || q.intent === 'task_search');
      const exact = found.filter((q) =>
        sameSet(plain(q.q).slice(0, Math.max(1, q.relevant.length)), q.relevant),
      ).length;
      lines.push(`  right: ${percent(right, questions.length)} of ${questions.length} questions`);
      lines.push(
        `  MiniSearch, told how many passages to show: ${percent(exact, found.length)} of the ${found.length} about a subject`,
      );
    }
  }
  return lines;
}

function timed(questions: readonly Question[], work: (question: Question) => unknown): Timing {
  for (const question of questions.slice(0, 100)) work(question);
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
  return { what: '', median: at(0.5), p99: at(0.99) };
}

const spoken = (what: string, { median, p99 }: Timing): string =>
  `${what}: median ${median.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms`;
const percent = (n: number, of: number): string => `${((100 * n) / Math.max(1, of)).toFixed(1)} %`;
const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && b.every((id) => a.includes(id));
const passagesOf = (book: Book): Passage[] => book.plans.flatMap((plan) => plan.passages);

/** MiniSearch over folded words, as anybody would set it up. */
function plainSearch(passages: readonly Passage[]): (q: string) => string[] {
  const index = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: (text) => fold(text).split(' '),
    processTerm: (term) => term,
  });
  index.addAll(passages.map(({ id, text }) => ({ id, text })));
  return (q) => index.search(q).map(({ id }) => id as string);
}

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
