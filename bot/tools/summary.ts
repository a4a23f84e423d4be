/**
 * The summary of an evaluation: right answers in all, by intent and by style; times.
 * What is wrong is shown, except of questions that are held back.
 */
import type { Answer, Question, Verdict } from './score.ts';

export interface Result {
  question: Question;
  answer: Answer;
  verdict: Verdict;
  took: number;
}

export function summary(results: readonly Result[]): string {
  const lines = [`right ${rate(results, (r) => r.verdict.right)}`, `intent ${rate(results, (r) => r.verdict.intent)}`];
  const withUnit = results.filter((r) => r.verdict.unit !== null);
  if (withUnit.length > 0) lines.push(`unit ${rate(withUnit, (r) => r.verdict.unit === true)}`);
  lines.push(...by(results, 'intent', (r) => r.question.intent), ...by(results, 'style', (r) => r.question.style));
  if (results.some((r) => r.question.split)) lines.push(...by(results, 'split', (r) => r.question.split ?? '-'));
  const times = results.map((r) => r.took).sort((a, b) => a - b);
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(3);
  lines.push(`time: median ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  const wrong = results
    .filter((r) => !r.verdict.right)
    .map(
      (r) =>
        `  ${r.question.id} [${r.question.intent} → ${r.answer.intent}] ${r.question.q}\n      ${r.verdict.why.join('; ')}`,
    );
  return `${[...lines, ...(wrong.length > 0 ? ['wrong:', ...wrong] : [])].join('\n')}\n`;
}

function by(results: readonly Result[], what: string, key: (r: Result) => string): string[] {
  const groups = new Map<string, Result[]>();
  for (const r of results) groups.set(key(r), [...(groups.get(key(r)) ?? []), r]);
  return [...groups].map(([name, list]) => `  ${what} ${name}: ${rate(list, (r) => r.verdict.right)}`);
}

function rate(results: readonly Result[], good: (r: Result) => boolean): string {
  const n = results.filter(good).length;
  return `${n}/${results.length} = ${((100 * n) / Math.max(1, results.length)).toFixed(1)} %`;
}
