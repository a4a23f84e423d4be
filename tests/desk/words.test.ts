/** Every state and step that can occur has its words. */
import { expect, test } from 'vitest';
import { moveOf, stateOf } from '../../bot/desk/states.ts';
import type { Matter, MatterKind, MatterState, StepKind } from '../../bot/desk/types.ts';
import { say } from '../../bot/text/say.ts';

const KINDS: MatterKind[] = ['obstacle', 'commendation', 'model', 'urgent'];
const STEPS: StepKind[] = [
  ...(['answered', 'closed', 'reopened', 'withdrawn', 'listed', 'proposed', 'awarded', 'declined'] as const),
  ...(['approved', 'returned', 'reworded', 'acknowledged', 'added', 'directed', 'graded', 'escalated'] as const),
];
const WORDED = ['answered', 'reopened', 'declined', 'returned', 'reworded', 'directed', 'added', 'graded'];
/** What nobody but whoever takes the step hears of. */
const SILENT = ['commendation_withdrawn', 'model_withdrawn'];

/** Every state that steps lead to from the first. */
function reached(kind: MatterKind): [MatterState, StepKind | null][] {
  const seen = new Map<MatterState, StepKind | null>([[stateOf({ kind, steps: [] } as unknown as Matter), null]]);
  for (const [state] of seen)
    for (const step of STEPS) {
      const to = moveOf(kind, state, step)?.to;
      if (to && !seen.has(to)) seen.set(to, step);
    }
  return [...seen];
}

test.each(KINDS)('%s', (kind) => {
  const has = (key: string) => expect(say(key as 'matter:unknown'), key).not.toBe(key.split(':')[1]);
  for (const [state] of reached(kind)) {
    has(`matter:state.${kind}_${state}`);
    for (const step of STEPS) {
      const move = moveOf(kind, state, step);
      if (!move || move.by === 'bot') continue;
      const name = `${kind}_${step}`;
      has(`matter:step.${name}`);
      has(`matter:done.${name}`);
      if (WORDED.includes(step)) has(`matter:ask.${name}`);
      if (!SILENT.includes(name)) has(`matter:told.${name}`);
    }
  }
  expect(reached(kind).length).toBeGreaterThan(2);
});
