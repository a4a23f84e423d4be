/** What a newer version of a plan changes for one unit: tasks that are new, changed, gone; due dates that moved. */
import { createPlanIndex } from './index.ts';
import type { Book, Passage, Plan, PlanIndex, ReportingDuty, UnitId } from './types.ts';

export interface PlanChange {
  added: Passage[];
  /** Same words for the same thing at another role, time, or with some words changed. */
  changed: { before: Passage; after: Passage; what: ('words' | 'role' | 'time')[] }[];
  removed: Passage[];
  duties: { name: string; before: ReportingDuty | null; after: ReportingDuty | null }[];
}

export const isEmpty = ({ added, changed, removed, duties }: PlanChange): boolean =>
  added.length + changed.length + removed.length + duties.length === 0;

/** The book as it was with another version of one plan. */
export const indexWith = (book: Book, plan: Plan): PlanIndex =>
  createPlanIndex({ ...book, plans: [...book.plans.filter(({ id }) => id !== plan.id), plan] });

/** @param unit null: everything that changed in the plan */
export function planChange(before: PlanIndex, after: PlanIndex, plan: string, unit: UnitId | null): PlanChange {
  const tasksOf = (index: PlanIndex) =>
    unit === null
      ? new Map((index.plan(plan)?.passages ?? []).filter((p) => p.assignments.length > 0).map((p) => [p, rolesOf(p)]))
      : new Map(
          index
            .placed(unit)
            .filter(({ task }) => task.plan === plan)
            .map((p) => [p.task, p.roles.toSorted().join()]),
        );
  const old = tasksOf(before);
  const now = tasksOf(after);
  const pairs = paired([...old.keys()], [...now.keys()]);
  const matched = new Set(pairs.values());
  const changed = [...pairs].flatMap(([from, to]) => {
    const what = [
      ...(same(from.text, to.text) ? [] : ['words' as const]),
      ...(old.get(from) === now.get(to) ? [] : ['role' as const]),
      ...(timeOf(from) === timeOf(to) ? [] : ['time' as const]),
    ];
    return what.length > 0 ? [{ before: from, after: to, what }] : [];
  });
  return {
    added: [...now.keys()].filter((p) => !matched.has(p)),
    changed,
    removed: [...old.keys()].filter((p) => !pairs.has(p)),
    duties: dutyChanges(dutiesOf(before, plan, unit), dutiesOf(after, plan, unit)),
  };
}

const rolesOf = (p: Passage): string =>
  p.assignments
    .map((a) => `${a.party} ${a.role}`)
    .toSorted()
    .join();
const timeOf = ({ schedule: s }: Passage): string =>
  s.kind === 'deadline' ? s.before : s.kind === 'range' ? `${s.from} ${s.to}` : s.wording;
const plain = (text: string): string =>
  text
    .replace(/[\s.;,]+/g, ' ')
    .trim()
    .toLowerCase();
const same = (a: string, b: string): boolean => plain(a) === plain(b);

/** The same words first, wherever they stand now; then the same place, where most words are the same. */
function paired(old: readonly Passage[], now: readonly Passage[]): Map<Passage, Passage> {
  const pairs = new Map<Passage, Passage>();
  const free = new Set(now);
  const pair = (from: Passage, to: Passage | undefined) => {
    if (!to) return;
    pairs.set(from, to);
    free.delete(to);
  };
  for (const from of old)
    pair(
      from,
      [...free].find((to) => same(from.text, to.text)),
    );
  for (const from of old)
    if (!pairs.has(from))
      pair(
        from,
        [...free].find((to) => to.id === from.id && likeness(from.text, to.text) > 0.5),
      );
  for (const from of old)
    if (!pairs.has(from))
      pair(
        from,
        [...free].find((to) => likeness(from.text, to.text) > 0.75),
      );
  return pairs;
}

/** Share of the words of both that both have. */
function likeness(a: string, b: string): number {
  const words = (text: string) => new Set(plain(text).split(' '));
  const [one, other] = [words(a), words(b)];
  const both = [...one].filter((word) => other.has(word)).length;
  return both / Math.max(one.size, other.size);
}

const dutiesOf = (index: PlanIndex, plan: string, unit: UnitId | null): ReportingDuty[] =>
  unit === null ? [...(index.plan(plan)?.duties ?? [])] : index.duties(unit).filter((d) => d.plan === plan);

function dutyChanges(old: readonly ReportingDuty[], now: readonly ReportingDuty[]): PlanChange['duties'] {
  const told = (d: ReportingDuty) => `${d.before} ${d.receiver} ${d.through}`;
  const of = (list: readonly ReportingDuty[], d: ReportingDuty) =>
    list.find(({ id }) => id === d.id) ?? list.find(({ name }) => name === d.name);
  return [
    ...old.flatMap((d) => {
      const after = of(now, d) ?? null;
      return after && told(after) === told(d) ? [] : [{ name: d.name, before: d, after }];
    }),
    ...now.filter((d) => !of(old, d)).map((d) => ({ name: d.name, before: null, after: d })),
  ];
}
