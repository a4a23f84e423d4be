/** What a sentence put in the place of what an open form held: said from old to new, with a way back. */
import type { Offer, Text } from '../../core/types.ts';
import { speakNumber } from '../../language/numbers.ts';
import { fieldOf } from '../../report/answer.ts';
import type { Outcome } from '../../report/runner.ts';
import type { FieldId, FormDefinition, Value, Values } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { line } from '../blocks.ts';
import { inputAsk } from './asks.ts';
import { lower, spoken, spokenPeriod } from './words.ts';

/** As much of a text as tells which one it was. */
const SHORT = 60;

export function changes(
  { draft, took, was, added }: Extract<Outcome, { kind: 'asked' | 'review' }>,
  form: FormDefinition,
): { text: Text[]; offers: Offer[] } {
  const ids = form.fields.map(({ id }) => id).filter((id) => id in was);
  const absent = took.filter((id) => !(id in draft.values) && !(id in was)).map((id) => lower(fieldOf(form, id).label));
  if (ids.length === 0)
    return {
      text: absent.length > 0 ? [line(say('report:change.nothing', { fields: absent.join(', ') }))] : [],
      offers: [],
    };
  const days = ids.filter((id) => fieldOf(form, id).kind === 'day');
  const told = ids.filter((id) => !days.includes(id)).map((id) => change(id, was, draft.values, form));
  if (days.length > 0)
    told.push(
      say('report:change.one', {
        label: say('report:change.period'),
        was: spokenPeriod({ ...draft.values, ...was }, form),
        now: spokenPeriod(draft.values, form),
      }),
    );
  const sums = ids.some((id) => typeof was[id] === 'number' && typeof draft.values[id] === 'number');
  const offer = (label: string, kind: 'add' | 'restore'): Offer => ({ label, ask: inputAsk(draft, { kind, was }) });
  return {
    text: [line(say(added ? 'report:change.added' : 'report:change.done', { changes: told.join('; ') }))],
    offers: [
      ...(sums && !added ? [offer(say('report:change.add'), 'add')] : []),
      offer(say('report:change.restore'), 'restore'),
    ],
  };
}

function change(id: FieldId, was: Values, now: Values, form: FormDefinition): string {
  const field = fieldOf(form, id);
  const speak = (value: Value | undefined) =>
    value === undefined
      ? say('report:change.gone')
      : typeof value === 'number'
        ? speakNumber(value)
        : `“${short(spoken(field, value))}”`;
  return say('report:change.one', { label: field.label, was: speak(was[id]), now: speak(now[id]) });
}

const short = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text);
