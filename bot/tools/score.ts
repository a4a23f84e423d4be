/** What counts as a right answer to a question of the evaluation sets. */
import { fold } from '../language/fold.ts';

/** One line of a question set. */
export interface Question {
  id: string;
  asker_unit: string | null;
  asked_on?: string;
  q: string;
  /** What was said just before, for follow-ups. */
  after?: string[];
  style: string;
  intent: string;
  unit: string | null;
  units?: string[];
  plan: string | null;
  role: string | null;
  relevant: string[];
  acceptable: string[];
  need?: 'any';
  answer_units?: string[];
  due?: string[];
  days?: number;
  days_strict?: number;
  answer_contains?: string[];
  split?: 'dev' | 'held';
}

/** One line of what `eval` writes. */
export interface Answer {
  id: string;
  intent: string;
  unit: string | null;
  tasks: { id: string; text: string }[];
  due: string[];
  days: number | null;
  text: string;
  refused: boolean;
}

export interface Verdict {
  right: boolean;
  intent: boolean;
  /** Null where the question is about no unit. */
  unit: boolean | null;
  why: string[];
}

/** @param nameOf names of a unit, any of which says that it is meant */
export function score(question: Question, answer: Answer, nameOf: (unit: string) => string[]): Verdict {
  const why: string[] = [];
  const shown = answer.tasks.map((t) => t.id);
  const missing = question.relevant.filter((id) => !shown.includes(id));
  if (question.need === 'any' ? missing.length === question.relevant.length && missing.length > 0 : missing.length > 0)
    why.push(`missing ${missing.join(' ')}`);
  const allowed = new Set([...question.relevant, ...question.acceptable]);
  // `*`: only what must be there is asked of this answer.
  const extra = allowed.has('*') ? [] : shown.filter((id) => !allowed.has(id));
  if (extra.length > 0) why.push(`extra ${extra.join(' ')}`);
  const text = ` ${fold(answer.text)} `;
  for (const words of question.answer_contains ?? [])
    if (!words.split('|').some((one) => contains(answer.text, one))) why.push(`lacks "${words}"`);
  for (const unit of question.answer_units ?? [])
    if (!nameOf(unit).some((name) => text.includes(` ${fold(name)} `))) why.push(`does not name ${unit}`);
  for (const day of question.due ?? []) if (!answer.due.includes(day)) why.push(`does not name ${day}`);
  if (question.days !== undefined && answer.days !== question.days && answer.days !== question.days_strict)
    why.push(`says ${answer.days} days, not ${question.days}`);
  const refusal = question.intent === 'out_of_scope' || question.intent === 'sensitive';
  if (refusal !== answer.refused) why.push(refusal ? 'not refused' : 'refused');
  return {
    right: why.length === 0,
    intent: answer.intent === question.intent,
    unit:
      question.unit === null
        ? null
        : answer.unit === question.unit || (question.units ?? []).includes(answer.unit ?? ''),
    why,
  };
}

/** Compared without diacritics; a day may be written with or without zeros. */
function contains(text: string, words: string): boolean {
  const plain = (t: string) =>
    t
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replaceAll('đ', 'd')
      .replace(/\b0(\d)/g, '$1')
      .replace(/\s+/g, ' ')
      .trim();
  return plain(text).includes(plain(words));
}
