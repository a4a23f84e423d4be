/**
 * What a scope is asked to look at today: a task or two that it shares, in the plan's own words.
 * Chosen by the date alone, so that every instance says the same; never the same task two days running.
 */
import { addDays, diffDays } from '../language/calendar.ts';
import type { Day, Passage, PlanIndex, Role, UnitId } from '../plan/types.ts';
import { campaignOf } from './standing.ts';

/** Any fixed day: the rotation counts from it. */
const START: Day = '2026-01-01';
/** With fewer tasks, the rotation takes in what concerns the scope less. */
const ENOUGH = 6;
const PER_DAY = 2;

/** A day that a plan calls by name: `Ngày toàn dân phòng, chống ma túy (26/6)`. */
export interface NamedDay {
  /** Verbatim, with the date in brackets. */
  name: string;
  day: Day;
  /** Passages that name it. */
  passages: Passage[];
}

export function emphasisOf(index: PlanIndex, units: UnitId[], day: Day): Passage[] {
  const special = specialOf(index, units, day);
  if (special.length > 0) return special;
  const yesterday = rotated(index, units, addDays(day, -1));
  return rotated(index, units, day).filter((passage) => !yesterday.includes(passage));
}

/** The next day within a week, today included, that the campaign's plan calls by name. */
export function namedDayAhead(index: PlanIndex, today: Day): NamedDay | null {
  const ahead = namedDays(index)
    .filter(({ day }) => day >= today && diffDays(today, day) <= 7)
    .toSorted((a, b) => diffDays(b.day, a.day));
  return ahead[0] ?? null;
}

const NAMED = /(Ngày \p{L}[^;.()“”]*? \((\d{1,2})\/(\d{1,2})\))/gu;

function namedDays(index: PlanIndex): NamedDay[] {
  const campaign = campaignOf(index);
  if (!campaign) return [];
  const found = new Map<Day, NamedDay>();
  for (const passage of campaign.passages)
    for (const [, name, date, month] of passage.text.matchAll(NAMED)) {
      const day = `${campaign.period.from.slice(0, 4)}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`;
      const known = found.get(day);
      if (!known) found.set(day, { name: name!, day, passages: [passage] });
      else if (!known.passages.includes(passage)) known.passages.push(passage);
    }
  return [...found.values()];
}

/** On a named day: the task of most of the scope's units that names it, else what the plan says of it. */
function specialOf(index: PlanIndex, units: UnitId[], day: Day): Passage[] {
  const passages = namedDays(index).find((named) => named.day === day)?.passages ?? [];
  const best = passages
    .map((passage) => ({ passage, reach: reachOf(index, passage, new Set(units)) }))
    .toSorted((a, b) => b.reach - a.reach)[0];
  return best ? [best.passage] : [];
}

/** The day's place in the rotation; may share a task with the day before where the list has just changed. */
function rotated(index: PlanIndex, units: UnitId[], day: Day): Passage[] {
  const tasks = sharedTasks(index, units, day);
  const turn = diffDays(START, day);
  const at = (n: number) => tasks[((n % tasks.length) + tasks.length) % tasks.length]!;
  if (tasks.length === 0) return [];
  // A single task every other day: it may not stand there two days running.
  if (tasks.length === 1) return turn % 2 === 0 ? [tasks[0]!] : [];
  if (tasks.length < 2 * PER_DAY) return [at(turn)];
  const pair = [at(PER_DAY * turn), at(PER_DAY * turn + 1)];
  // The first may be all there is room for. An even number of tasks comes round in the same pairs: then the other leads.
  const swapped = tasks.length % 2 === 0 && Math.floor((PER_DAY * turn) / tasks.length) % 2 !== 0;
  return swapped ? pair.toReversed() : pair;
}

/**
 * Tasks that at least half of the units share, in plan order. First those of the campaign, on its days, that the units
 * lead or carry out; where these are few, also those of the other plans, then those in which the units only help.
 * Left out are what lays down a report (the digest says when it is due) and what names a day of its own (it has its day).
 */
function sharedTasks(index: PlanIndex, units: UnitId[], day: Day): Passage[] {
  const campaign = campaignOf(index);
  const running = campaign !== null && day >= campaign.period.from && day <= campaign.period.to;
  const kept = new Set([
    ...index.book.plans.flatMap((plan) => plan.duties.map((duty) => duty.source)),
    ...namedDays(index).flatMap((named) => named.passages.map((passage) => passage.id)),
  ]);
  const inScope = new Set(units);
  const shared = (roles: readonly Role[], ofCampaign: boolean) =>
    index.tasks.filter(
      (task) =>
        (task.plan === campaign?.id) === ofCampaign &&
        !kept.has(task.id) &&
        2 * reachOf(index, task, inScope, roles) >= Math.max(units.length, 1),
    );
  const tiers = [
    () => (running ? shared(DOING, true) : []),
    () => shared(DOING, false),
    () => (running ? shared(ANY, true) : []),
    () => shared(ANY, false),
  ];
  const tasks: Passage[] = [];
  for (const tier of tiers) {
    if (tasks.length >= ENOUGH) break;
    tasks.push(...tier().filter((task) => !tasks.includes(task)));
  }
  return tasks;
}

const DOING: readonly Role[] = ['lead', 'implement'];
const ANY: readonly Role[] = ['lead', 'implement', 'coordinate'];

/** How many of the units have one of the roles in a passage, by name or through a group. */
function reachOf(index: PlanIndex, passage: Passage, units: ReadonlySet<UnitId>, roles = ANY): number {
  const reached = new Set<UnitId>();
  for (const { party, role } of passage.assignments)
    if (roles.includes(role)) for (const unit of index.members(party)) if (units.has(unit)) reached.add(unit);
  return reached.size;
}
