/** `npm run eval -- questions|reports FILE.jsonl`: one line of answer for each line of the file; the summary on stderr. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadWords } from '../language/load.ts';
import { createReader } from '../language/reader.ts';
import { createPlanIndex } from '../plan/index.ts';
import { loadBook } from '../plan/load.ts';
import { loadForms } from '../report/load.ts';
import { createAnswerer } from './eval-questions.ts';
import { evalReports } from './eval-reports.ts';
import { type Question, score } from './score.ts';
import { summary } from './summary.ts';

const PLANS = path.resolve(import.meta.dirname, '../../prisma/plans');

function questions(file: string): void {
  const plans = createPlanIndex(loadBook(PLANS));
  const answer = createAnswerer(plans, createReader(plans, loadWords(PLANS)));
  const set = readFileSync(file, 'utf8')
    .split('\n')
    .filter((l) => l.trim() !== '')
    .map((l) => JSON.parse(l) as Question);
  const namesOf = (id: string) => {
    const unit = plans.unit(id);
    return unit ? [plans.name(id), unit.name, ...unit.namesInPlans] : [plans.name(id)];
  };
  // The compiler of the engine warms up on the first questions; they are answered twice.
  for (const question of set.slice(0, 20)) answer(question);
  const results = set.map((question) => {
    const answered = answer(question);
    process.stdout.write(`${JSON.stringify(answered.answer)}\n`);
    return {
      question,
      answer: answered.answer,
      took: answered.took,
      verdict: score(question, answered.answer, namesOf),
    };
  });
  process.stderr.write(summary(results));
}

function reports(file: string): void {
  const form = loadForms(path.join(PLANS, 'forms')).find(({ id }) => id === 'bao-cao-nhanh');
  const { out, summary } = evalReports(readFileSync(file, 'utf8').split('\n'), form!);
  process.stdout.write(`${out.join('\n')}\n`);
  process.stderr.write(summary);
}

const [what, file] = process.argv.slice(2);
if (what === 'questions' && file) questions(file);
else if (what === 'reports' && file) reports(file);
else {
  process.stderr.write('npm run eval -- questions|reports FILE.jsonl\n');
  process.exitCode = 2;
}
