/** Sheets of the standing agency's desk: what was raised, and how far units are with their tasks. */
import { currentMarks } from '../../desk/standing.ts';
import { answersTo, ofKind, stateOf, urgencyOf, wordsOf } from '../../desk/states.ts';
import type { Matter, MatterKind } from '../../desk/types.ts';
import { dayOf, speakDay, speakInstant } from '../../language/calendar.ts';
import type { UnitId } from '../../plan/types.ts';
import { say } from '../../text/say.ts';
import { column, type Sheet, type SheetNeeds } from '../sheet.ts';

export const MATTERS = ['obstacle', 'commendation', 'model'] as const satisfies readonly MatterKind[];

/** What was raised in the period by the units in scope. */
function raisedIn({ of, register }: SheetNeeds, kind: MatterKind): Matter[] {
  const inScope = new Set<UnitId>(of.units.map(({ unit }) => unit));
  return ofKind(register, kind).filter(
    (one) =>
      inScope.has(one.unit) && one.at <= of.at && dayOf(one.at) >= of.period.from && dayOf(one.at) <= of.period.to,
  );
}

/** Extraordinary reports, with what was added and what the standing agency said. */
export const urgents = (needs: SheetNeeds): Sheet => ({
  name: say('sheets:name.urgent'),
  columns: [
    column('number'),
    column('unit'),
    column('sentAt'),
    column('urgency'),
    column('words'),
    column('state'),
    column('course'),
  ],
  rows: raisedIn(needs, 'urgent').map((one) => {
    const degree = urgencyOf(one);
    return [
      one.number,
      needs.plans.name(one.unit),
      speakInstant(one.at),
      degree ? say(`desk:urgent.${degree}`) : '',
      one.text,
      say(`matter:state.urgent_${stateOf(one) as 'open'}`),
      courseOf(one),
    ];
  }),
});

/** A degree that was set anew stands in its own column. */
const courseOf = ({ steps }: Matter): string =>
  steps
    .filter(({ kind }) => kind !== 'graded')
    .map(({ kind, at, text }) => {
      const step = kind === 'escalated' ? say('matter:escalated') : say(`matter:step.urgent_${kind as 'acknowledged'}`);
      const words = { when: speakInstant(at), step };
      return text ? say('matter:stepLine', { ...words, text }) : say('matter:stepBare', words);
    })
    .join('\n');

/** How far units say they are with their tasks, as it stood at the end of the period. */
export const progress = ({ of, plans, register }: SheetNeeds): Sheet => {
  const inScope = new Set<UnitId>(of.units.map(({ unit }) => unit));
  const marks = register.marks.filter(({ unit, at }) => inScope.has(unit) && at <= of.at && dayOf(at) <= of.period.to);
  return {
    name: say('sheets:name.progress'),
    columns: [
      column('unit'),
      column('cite'),
      column('task'),
      column('progress'),
      column('note'),
      column('markedOn', 'day'),
    ],
    rows: currentMarks({ ...register, marks }).map(({ unit, task, state, note, at }) => {
      const passage = plans.passage(task);
      return [
        plans.name(unit),
        passage
          ? say('cite:source', { plan: plans.plan(passage.plan)?.short ?? passage.plan, path: passage.path })
          : task,
        passage?.text ?? '',
        say(`mark:state.${state}`),
        note,
        dayOf(at),
      ];
    }),
    frozen: 1,
  };
};

export const matters =
  (kind: (typeof MATTERS)[number]) =>
  (needs: SheetNeeds): Sheet => {
    const { plans } = needs;
    const named = kind === 'commendation';
    return {
      name: say(`sheets:name.${kind}`),
      columns: [
        column('number'),
        column('unit'),
        column('raisedOn', 'day'),
        ...(named ? [column('nominee')] : []),
        column('words'),
        column('state'),
        ...(kind === 'obstacle' ? [column('answer')] : []),
      ],
      rows: raisedIn(needs, kind).map((one) => [
        one.number,
        plans.name(one.unit),
        dayOf(one.at),
        ...(named ? [one.nominee?.name ?? ''] : []),
        wordsOf(one),
        say(`sheets:state.${stateOf(one)}`),
        ...(kind === 'obstacle' ? [answersOf(one)] : []),
      ]),
    };
  };

const answersOf = (one: Matter): string =>
  answersTo(one)
    .map(({ at, text }) => say('sheets:answered', { day: speakDay(dayOf(at)), text }))
    .join('\n');
