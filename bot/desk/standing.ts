/** What waits, what is overdue, how far the tasks and the target are: read from the register, for lists, digests and reports. */
import { workingDaysBetween } from '../digest/holidays.ts';
import type { SharedModel } from '../digest/types.ts';
import { addDays, dayOf } from '../language/calendar.ts';
import type { PlanIndex } from '../plan/types.ts';
import { lastStep, ofKind, stateOf, urgencyOf, wordsOf } from './states.ts';
import type { Day, DeskRules, MarkState, Matter, PassageId, Register, TaskMark, UnitId } from './types.ts';

const MINUTE = 60_000;

export const emptyRegister = (): Register => ({ matters: [], marks: [] });

/** Obstacles that wait for an answer, the longest waiting first. */
export const unanswered = (register: Register): Matter[] =>
  ofKind(register, 'obstacle')
    .filter((matter) => stateOf(matter) === 'open')
    .toSorted((a, b) => waitsSince(a) - waitsSince(b));

/** Since when a matter waits for the standing agency: raised, or opened again. */
export const waitsSince = (matter: Matter): number => lastStep(matter, 'reopened', 'reworded')?.at ?? matter.at;

/** The last day on which an answer is in time. */
export function answerBy(matter: Matter, rules: DeskRules): Day {
  const from = dayOf(waitsSince(matter));
  let day = from;
  while (workingDaysBetween(from, day) < rules.obstacle.answerWithinWorkingDays) day = addDays(day, 1);
  return day;
}

/** Working days that an obstacle waits beyond the limit; 0 while it is in time, or answered. */
export function overdueDays(matter: Matter, rules: DeskRules, today: Day): number {
  if (matter.kind !== 'obstacle' || stateOf(matter) !== 'open') return 0;
  const waited = workingDaysBetween(dayOf(waitsSince(matter)), today);
  return Math.max(0, waited - rules.obstacle.answerWithinWorkingDays);
}

/** Obstacles whose answer is overdue, the longest waiting first. */
export const overdueObstacles = (register: Register, rules: DeskRules, today: Day): Matter[] =>
  unanswered(register).filter((matter) => overdueDays(matter, rules, today) > 0);

/** Nominations that nobody has put on the list or declined yet. */
export const newNominations = (register: Register): Matter[] =>
  ofKind(register, 'commendation').filter((matter) => stateOf(matter) === 'open');

/** The list for who decides: on it, put forward or awarded. */
export const nominated = (register: Register): Matter[] =>
  ofKind(register, 'commendation').filter((m) => ['listed', 'proposed', 'awarded'].includes(stateOf(m)));

/** Models that wait for the standing agency. */
export const newModels = (register: Register): Matter[] =>
  ofKind(register, 'model').filter((matter) => stateOf(matter) === 'open');

/** Models approved after an instant and up to another, the oldest first. */
export const approvedModels = (register: Register, after = -Infinity, upTo = Infinity): Matter[] =>
  ofKind(register, 'model')
    .flatMap((matter) => {
      const at = stateOf(matter) === 'approved' ? lastStep(matter, 'approved')!.at : null;
      return at !== null && at > after && at <= upTo ? [{ matter, at }] : [];
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ matter }) => matter);

/** What a digest that looks back so many days tells of. */
export const sharedModels = (register: Register, now: number, days: number): SharedModel[] =>
  approvedModels(register, now - days * 24 * 60 * MINUTE, now).map((matter) => ({
    ...{ number: matter.number, unit: matter.unit, text: wordsOf(matter) },
  }));

/** Extraordinary reports that nobody has taken note of. */
export const unacknowledged = (register: Register): Matter[] =>
  ofKind(register, 'urgent').filter((matter) => stateOf(matter) === 'open');

/** How often an extraordinary report should have been called out again by now, and how often it was. */
export function escalationsOf(matter: Matter, rules: DeskRules, now: number): { due: number; done: number } {
  const done = matter.steps.filter(({ kind }) => kind === 'escalated').length;
  if (matter.kind !== 'urgent' || stateOf(matter) !== 'open') return { due: done, done };
  const each = rules.urgent.acknowledgeMinutes[urgencyOf(matter) ?? 'khan'] * MINUTE;
  const due = Math.min(Math.floor((now - matter.at) / each), rules.urgent.escalations);
  return { due: Math.max(due, done), done };
}

/** The next instant at which one is to be called out again; null when none is. */
export function nextEscalation(register: Register, rules: DeskRules): number | null {
  const next = unacknowledged(register).flatMap((matter) => {
    const { done } = escalationsOf(matter, rules, matter.at);
    const each = rules.urgent.acknowledgeMinutes[urgencyOf(matter) ?? 'khan'] * MINUTE;
    return done < rules.urgent.escalations ? [matter.at + (done + 1) * each] : [];
  });
  return next.length > 0 ? Math.min(...next) : null;
}

/** The latest mark of each unit for each task; what was taken back is not there. */
export function currentMarks({ marks }: Register): TaskMark[] {
  const latest = new Map<string, TaskMark>();
  for (const mark of marks) latest.set(`${mark.unit} ${mark.task}`, mark);
  return [...latest.values()].filter(({ state }) => state !== 'cleared');
}

export const markOf = ({ marks }: Register, unit: UnitId, task: PassageId): TaskMark | null => {
  const mark = marks.findLast((one) => one.unit === unit && one.task === task);
  return mark && mark.state !== 'cleared' ? mark : null;
};

/** How many units are how far with a task, and who has not said anything; `units` are those that it is assigned to. */
export interface TaskStanding {
  task: PassageId;
  units: number;
  counts: Record<'begun' | 'done' | 'blocked', number>;
}

/** Tasks that somebody has marked, in the order of the plans. */
export function taskStandings(register: Register, plans: PlanIndex): TaskStanding[] {
  const marks = currentMarks(register);
  return plans.tasks.flatMap((task) => {
    const own = marks.filter((mark) => mark.task === task.id);
    if (own.length === 0) return [];
    const units = new Set(task.assignments.flatMap(({ party }) => plans.members(party)));
    const count = (...states: MarkState[]) => own.filter(({ state }) => states.includes(state)).length;
    const counts = { begun: count('begun'), done: count('done', 'confirmed'), blocked: count('blocked') };
    return [{ task: task.id, units: Math.max(units.size, own.length), counts }];
  });
}

/** The target of drug-free communes (64/KH-BCĐ II.2): only what the standing agency has confirmed counts. */
export interface TargetStanding {
  /** Communes in all, and how many the target asks for. */
  total: number;
  needed: number;
  confirmed: UnitId[];
  /** Say of themselves that they are, and wait for the standing agency's word. */
  declared: UnitId[];
  begun: UnitId[];
  blocked: UnitId[];
  /** Confirmed by the end of each day on which the number changed; oldest first. */
  byDay: { day: Day; confirmed: number }[];
}

/** Share in per cent with one decimal, as it is said: `10,5`; rounded down, so that 50 means half. */
export function shareOf(part: number, total: number): string {
  const tenths = total === 0 ? 0 : Math.floor((part * 1000) / total + 1e-9);
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)},${tenths % 10}`;
}

export function targetStanding(register: Register, plans: PlanIndex, { target }: DeskRules): TargetStanding {
  const communes = plans.members(target.group);
  const among = new Set(communes);
  const marks = register.marks.filter(({ task, unit }) => task === target.source && among.has(unit));
  const state = new Map<UnitId, MarkState>();
  const byDay: TargetStanding['byDay'] = [];
  for (const mark of marks) {
    state.set(mark.unit, mark.state);
    const confirmed = [...state.values()].filter((s) => s === 'confirmed').length;
    const day = dayOf(mark.at);
    if (byDay.at(-1)?.day === day) byDay.pop();
    if (confirmed !== (byDay.at(-1)?.confirmed ?? 0)) byDay.push({ day, confirmed });
  }
  const who = (wanted: MarkState) => communes.filter((unit) => state.get(unit) === wanted);
  return {
    total: communes.length,
    needed: Math.ceil(communes.length * target.share),
    ...{ confirmed: who('confirmed'), declared: who('done'), begun: who('begun'), blocked: who('blocked') },
    byDay,
  };
}
