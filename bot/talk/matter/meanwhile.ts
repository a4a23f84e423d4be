/** What is typed while something else is open: words that are asked for, or a question or request of its own. */
import type { Heard, Here } from '../../core/talk.ts';
import { stepKind } from '../../report/answer.ts';
import { wishIn } from '../mark/wish.ts';
import { type Forms, findForm } from '../report/forms.ts';
import { interrogative, QUESTIONS } from '../report/hearing.ts';
import { nominationIn } from './nomination.ts';
import { modelIn, obstacleIn, urgentIn } from './requests.ts';

/** Requests that are known by how they begin, by the talk that answers them. */
const REQUESTS = {
  urgent: urgentIn,
  obstacle: obstacleIn,
  model: modelIn,
  commend: nominationIn,
  mark: wishIn,
} satisfies Record<string, (text: string) => unknown>;

/** A question of the plans, or another request than those of `own`: no words of what is being typed. */
export const isMeanwhile = (heard: Heard, ...own: (keyof typeof REQUESTS)[]): boolean =>
  isQuestion(heard) ||
  Object.entries(REQUESTS).some(([talk, find]) => !own.some((one) => one === talk) && find(heard.text) !== null);

const MOST_WORDS = 14;

/** Plainly a question; what tells figures or goes on at length is none. */
export function isQuestion({ text, reading }: Heard): boolean {
  if (!QUESTIONS.has(reading.intent) || !interrogative(text)) return false;
  if (/\?\s*$/.test(text)) return true;
  return reading.intent !== 'task_search' && text.split(/\s+/).length <= MOST_WORDS;
}

/** Whether an open form waits for a text: whatever is typed may be that text. */
export function formAsksWords(forms: Forms, here: Here): boolean {
  const { draft } = here.session;
  const form = draft && !draft.paused ? findForm(forms, draft, here) : undefined;
  const step = draft && form?.steps[draft.step];
  return form !== undefined && step !== undefined && stepKind(form, step) === 'text';
}
