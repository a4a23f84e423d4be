/** A figure far from the unit's own past is put right or explained before the report goes: once, and never refused. */
import type { Here, Turn } from '../../core/talk.ts';
import type { Draughted } from '../../core/types.ts';
import { dated } from '../../digest/totals.ts';
import { speakNumber } from '../../language/numbers.ts';
import { fieldOf } from '../../report/answer.ts';
import { periodOf, periodOrDay } from '../../report/duty.ts';
import type { Draft, FormDefinition } from '../../report/types.ts';
import { type Unusual, unusualFigures } from '../../report/usual.ts';
import { say } from '../../text/say.ts';
import { line, note } from '../blocks.ts';
import { inputAsk } from './asks.ts';

const REASONS = ['report:usual.why.peak', 'report:usual.why.several', 'report:usual.why.event'] as const;
const MOST_NAMED = 5;

/** Figures that nobody has said a word of yet: a new value of one is asked about anew. */
function unexplained(draft: Draft, form: FormDefinition, { world }: Here): Unusual[] {
  const { from, to } = periodOf(periodOrDay(draft.values, form, draft.startedOn), form);
  if (!from || !to) return [];
  const past = world.ownReports.filter(({ id, unit }) => unit === draft.unit && id !== draft.amends?.report);
  const said = draft.explained?.values ?? {};
  return unusualFigures(draft.values, { from, to }, form, past.map(dated)).filter(
    ({ field, value }) => said[field] !== value,
  );
}

/** Asks about what is unusual instead of sending; null when nothing is. */
export function asksWhy(draft: Draft, form: FormDefinition, here: Here): Turn | null {
  if (unexplained(draft, form, here).length === 0) return null;
  const asking: Draft = { ...draft, step: form.steps.length, asking: 'unusual' };
  return { draft: asking, reply: unusualCard(asking, form, here) };
}

export function unusualCard(draft: Draft, form: FormDefinition, here: Here): Draughted {
  const found = unexplained(draft, form, here).slice(0, MOST_NAMED);
  const steps = [...new Set(found.map(({ field }) => form.steps.findIndex((step) => step.fields.includes(field))))];
  return {
    text: [
      ...found.map(({ field, value, low, high, reports }) =>
        line(
          say(low === high ? 'report:usual.one' : 'report:usual.far', {
            label: fieldOf(form, field).label,
            ...{ value: speakNumber(value), low: speakNumber(low), high: speakNumber(high), reports },
          }),
        ),
      ),
      note(say('report:usual.how')),
    ],
    offers: [
      ...steps
        .filter((step) => step >= 0)
        .map((step) => ({
          label: say('report:usual.mend', { part: form.steps[step]!.title }),
          ask: inputAsk(draft, { kind: 'edit', step }, true),
        })),
      ...REASONS.map((key) => ({ label: say(key), ask: inputAsk(draft, { kind: 'explain', reason: say(key) }, true) })),
    ],
  };
}
