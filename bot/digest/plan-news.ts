/** What is said of a plan that is new or has changed, to those it concerns: for a newer version, what changed for their units. */
import { speakDay } from '../language/calendar.ts';
import { indexWith, isEmpty, type PlanChange, planChange } from '../plan/diff.ts';
import type { Book, Passage, Plan, PlanIndex, ReportingDuty, UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import type { Digest } from './types.ts';

/** As much as one reads on a phone; the tasks are a tap away. */
const MOST_LINES = 6;
const LONG = 160;

/**
 * @param changed the plan was in force before; `before` is how it was, null where that is not known
 * @returns null when nothing of it concerns these units
 */
export function composePlanNews(
  index: PlanIndex,
  plan: Plan,
  units: readonly UnitId[],
  changed: boolean,
  before: Plan | null = null,
): Digest | null {
  const old = changed && before ? indexBefore(index.book, before) : null;
  const lines = units.flatMap((unit) => (old ? changesOf(old, index, plan, unit) : tasksOf(index, plan, unit)));
  if (lines.length === 0) return null;
  const text = (words: string) => ({ as: 'text' as const, text: words });
  return {
    text: [
      { as: 'title', text: say(changed ? 'reminder:planChanged' : 'reminder:plan', { plan: plan.short }) },
      text(plan.title),
      ...lines.map(text),
      text(say('reminder:planAsk')),
    ],
    source: [],
  };
}

/** The same for everybody who is told of one change. */
const indexes = new WeakMap<Plan, { book: Book; index: PlanIndex }>();

function indexBefore(book: Book, before: Plan): PlanIndex {
  const known = indexes.get(before);
  if (known?.book === book) return known.index;
  const index = indexWith(book, before);
  indexes.set(before, { book, index });
  return index;
}

function tasksOf(index: PlanIndex, plan: Plan, unit: UnitId): string[] {
  const placed = index.placed(unit).filter(({ task }) => task.plan === plan.id);
  const lead = placed.filter(({ role }) => role === 'lead').length;
  return placed.length > 0 ? [say('reminder:planTasks', { unit: index.name(unit), n: placed.length, lead })] : [];
}

function changesOf(old: PlanIndex, index: PlanIndex, plan: Plan, unit: UnitId): string[] {
  const change = planChange(old, index, plan.id, unit);
  return isEmpty(change)
    ? []
    : [[say('reminder:changedFor', { unit: index.name(unit) }), ...changeLines(change)].join('\n')];
}

/** One line for each thing that changed. */
export function changeLines({ added, changed, removed, duties }: PlanChange, most = MOST_LINES): string[] {
  const lines = [
    ...duties.map(dutyLine),
    ...added.map((task) => say('reminder:added', { path: task.path, text: cut(task) })),
    ...changed.map(({ after, what }) =>
      say('reminder:changed', {
        path: after.path,
        what: what.map((part) => say(`reminder:what.${part}`)).join(', '),
        text: cut(after),
      }),
    ),
    ...removed.map((task) => say('reminder:removed', { path: task.path, text: cut(task) })),
  ];
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), say('reminder:moreChanges', { n: lines.length - most })];
}

function dutyLine({ name, before, after }: PlanChange['duties'][number]): string {
  const due = (duty: ReportingDuty) =>
    duty.before ? say('reminder:dueBefore', { day: speakDay(duty.before) }) : say('reminder:noDay');
  if (!after) return say('reminder:dutyGone', { name });
  if (!before) return say('reminder:dutyNew', { name, due: due(after) });
  return say('reminder:dutyMoved', { name, before: due(before), after: due(after) });
}

const cut = ({ text }: Passage): string =>
  text.length <= LONG ? text : `${text.slice(0, text.lastIndexOf(' ', LONG))}…`;
