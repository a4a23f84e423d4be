/** What an answer did to an open form, told above what the form asks next. */
import type { Draughted } from '../../core/types.ts';
import { openFields, stepKind } from '../../report/answer.ts';
import type { Outcome } from '../../report/runner.ts';
import type { FormDefinition } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line } from '../blocks.ts';
import { changes } from './changes.ts';
import { labels, listed } from './words.ts';

type Done = Extract<Outcome, { kind: 'asked' | 'review' }>;

/** What an answer did: what it set elsewhere, what it replaced, what it told besides; what was replaced can be had back. */
export function withEcho(outcome: Done, again: Draughted, form: FormDefinition): Draughted {
  const { draft, took, unread, uncounted, beside } = outcome;
  const shown = outcome.kind === 'review' ? Object.keys(draft.values) : form.steps[draft.step]!.fields;
  const changed = changes(outcome, form);
  const elsewhere = took.filter((id) => !shown.includes(id) && id in draft.values && !(id in outcome.was));
  const step = form.steps.find((s) => took.some((id) => s.fields.includes(id))) ?? form.steps[draft.step];
  const recorded = say('report:recorded', { values: listed(elsewhere, draft.values, form) });
  const quoted = (words: string[]) => words.map((w) => `“${w}”`).join(', ');
  return {
    ...again,
    text: [
      ...changed.text,
      ...(elsewhere.length > 0 ? [line([recorded, ...leftOut(outcome, form)].join(' '))] : []),
      ...(unread.length > 0
        ? [line(say('report:unread', { words: quoted(unread), example: step?.example ?? '' }))]
        : []),
      ...(uncounted.length > 0 ? [line(say('report:uncounted', { words: quoted(uncounted) }))] : []),
      ...(beside.length > 0 ? [line(say('report:beside', { words: quoted(beside) }))] : []),
      ...again.text,
    ],
    offers: [...changed.offers, ...(again.offers ?? [])],
  };
}

/** What the step just answered was not told: it may be added any time. */
function leftOut({ kind, draft, took }: Done, form: FormDefinition): string[] {
  const answered = form.steps.slice(0, draft.step).findLast(({ fields }) => fields.some((id) => took.includes(id)));
  const open = answered && kind === 'asked' ? openFields(answered, draft.values) : [];
  if (!answered || open.length === 0) return [];
  const how = stepKind(form, answered) === 'text' ? 'report:leftOutWords' : 'report:leftOut';
  return [say(how, { fields: labels(open, form) })];
}
