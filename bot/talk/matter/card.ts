/** How a matter is shown: whole, in one line, and with the steps that whoever reads it may take next. */
import { looksAfter } from '../../core/rights.ts';
import type { Here } from '../../core/talk.ts';
import type { Text } from '../../core/types.ts';
import { answerBy, overdueDays } from '../../desk/standing.ts';
import { lastStep, moveOf, stateOf, URGENCIES, urgencyOf, wordsOf } from '../../desk/states.ts';
import type { DeskRules, Matter, MatterKind, Step, StepKind } from '../../desk/types.ts';
import { quoted } from '../../digest/shorten.ts';
import { speakDay, speakInstant } from '../../language/calendar.ts';
import { say } from '../../text/say.ts';
import { line, note, quote, title } from '../blocks.ts';
import { sourceOf } from '../plan/cite.ts';

const LINE = 110;

/** The table of states has no such key for every kind with every state; `tests/desk/words.test.ts` tries all that occur. */
export const stateName = (matter: Matter): string =>
  say(`matter:state.${matter.kind}_${stateOf(matter)}` as 'matter:state.obstacle_open');

export const stepName = (kind: MatterKind, step: StepKind): string =>
  step === 'escalated'
    ? say('matter:escalated')
    : say(`matter:step.${kind}_${step}` as 'matter:step.obstacle_answered');

export const isOwn = ({ unit }: Pick<Matter, 'unit'>, { world }: Here): boolean =>
  world.person?.memberships.some((m) => m.unit === unit) ?? false;

/** A good model, once approved, is for everybody. */
export const isShared = (matter: Matter): boolean => matter.kind === 'model' && stateOf(matter) === 'approved';

export const sees = (matter: Matter, here: Here, rules: DeskRules): boolean =>
  isOwn(matter, here) || looksAfter(here.world.person, matter.kind, rules) || isShared(matter);

/** A degree is kept as its id. */
export function spoken({ kind, text }: Pick<Step, 'kind' | 'text'>): string | null {
  const degree = kind === 'graded' && URGENCIES.find((one) => one === text);
  return degree ? say(`desk:urgent.${degree}`) : text;
}

const STEPS: StepKind[] = [
  ...(['answered', 'acknowledged', 'directed', 'added', 'listed', 'proposed', 'awarded', 'approved'] as const),
  ...(['closed', 'reopened', 'reworded', 'declined', 'returned', 'withdrawn'] as const),
];

/** What a side may do with a matter as it stands. */
export const stepsOf = (matter: Matter, side: 'sender' | 'desk'): StepKind[] =>
  STEPS.filter(
    (step) =>
      moveOf(matter.kind, stateOf(matter), step)?.by === side &&
      // Before any answer it is taken back rather than clear; said in words, it is closed all the same.
      (step !== 'closed' || matter.kind !== 'obstacle' || lastStep(matter, 'answered') !== undefined),
  );

export function inOneLine(matter: Matter, { world: { plans } }: Here): string {
  const { number, unit, nominee } = matter;
  const words = { number, unit: plans.name(unit), state: stateName(matter), text: quoted(wordsOf(matter), LINE) };
  return nominee ? say('matter:lineNominee', { ...words, nominee: nominee.name }) : say('matter:line', words);
}

/** @param told stands before it */
export function card(matter: Matter, here: Here, rules: DeskRules, told: Text[] = []): Text[] {
  const { plans, today } = here.world;
  const { number, kind, unit, at, task, nominee, grounds } = matter;
  const urgency = urgencyOf(matter);
  const cited = (id: string) => {
    const passage = plans.passage(id);
    return passage ? sourceOf(passage, plans) : id;
  };
  return [
    ...told,
    title(say(`matter:title.${kind}`, { number, state: stateName(matter) })),
    line(
      [
        ...(urgency ? [say(`matter:urgency.${urgency}`)] : []),
        say('matter:raised', { unit: plans.name(unit), when: speakInstant(at) }),
        ...(nominee ? [say(`matter:nominee.${nominee.kind}`, { name: nominee.name })] : []),
        ...(task ? [say('matter:task', { cite: cited(task) })] : []),
        ...(grounds ? [say('matter:grounds', { cite: cited(grounds) })] : []),
      ].join('\n'),
    ),
    quote(wordsOf(matter)),
    ...matter.steps.map((one) => {
      const words = { when: speakInstant(one.at), step: stepName(kind, one.kind) };
      const text = spoken(one);
      return line(text === null ? say('matter:stepBare', words) : say('matter:stepLine', { ...words, text }));
    }),
    ...(kind === 'obstacle' && stateOf(matter) === 'open' ? [note(dueLine(matter, rules, today))] : []),
  ];
}

function dueLine(matter: Matter, rules: DeskRules, today: string): string {
  const days = overdueDays(matter, rules, today);
  return days > 0 ? say('matter:overdue', { days }) : say('matter:due', { day: speakDay(answerBy(matter, rules)) });
}
