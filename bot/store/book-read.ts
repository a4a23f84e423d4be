import type { Book, Passage, Plan, ReportingDuty, Schedule, Unit, UnitGroup } from '../plan/types.ts';
import type { Database } from './database.ts';
import { dateToDay, given } from './values.ts';

const byPlace = { orderBy: { place: 'asc' } } as const;

/** One statement after the other: a transaction has one connection, and Prisma's own joins would crowd it. */
async function readRows({ prisma }: Database) {
  return prisma.$transaction(
    async (tx) => ({
      units: await tx.unit.findMany(byPlace),
      origins: await tx.unitOrigin.findMany(byPlace),
      groups: await tx.unitGroup.findMany(byPlace),
      members: await tx.groupMember.findMany(),
      plans: await tx.plan.findMany(byPlace),
      passages: await tx.passage.findMany(byPlace),
      assignments: await tx.assignment.findMany(byPlace),
      schedules: await tx.schedule.findMany(),
      duties: await tx.reportingDuty.findMany(byPlace),
      facts: await tx.planFact.findMany(byPlace),
      topics: await tx.topic.findMany(byPlace),
    }),
    // One state of the book, also while another instance replaces it.
    { isolationLevel: 'RepeatableRead' },
  );
}

type Rows = Awaited<ReturnType<typeof readRows>>;
type Row<K extends keyof Rows> = Rows[K][number];

/** Rows by what they belong to, in their order. */
function grouped<T>(rows: T[], owner: (row: T) => string): (id: string) => T[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(owner(row));
    if (group) group.push(row);
    else groups.set(owner(row), [row]);
  }
  return (id) => groups.get(id) ?? [];
}

/** The book as it was last saved; an empty one before that. */
export async function readBook(db: Database): Promise<Book> {
  const rows = await readRows(db);
  const originsOf = grouped(rows.origins, ({ unitId }) => unitId);
  const groupsOf = grouped(rows.members, ({ unitId }) => unitId);
  const membersOf = grouped(rows.members, ({ groupId }) => groupId);
  return {
    units: rows.units.map((unit) => toUnit(unit, originsOf(unit.id), groupsOf(unit.id))),
    groups: rows.groups.map((group) => toGroup(group, membersOf(group.id))),
    plans: toPlans(rows),
    topics: rows.topics.map(({ place: _, ...topic }) => topic),
  };
}

/** Those that one side of a membership lists, in that side's order. */
function listed(members: Row<'members'>[], side: 'placeInUnit' | 'placeInGroup'): Row<'members'>[] {
  return members.filter((member) => member[side] !== null).sort((a, b) => a[side]! - b[side]!);
}

function toUnit(row: Row<'units'>, origins: Row<'origins'>[], members: Row<'members'>[]): Unit {
  const { place: _, note, code, commune, formerArea, ...unit } = row;
  const formedFrom = origins.map(({ name, district, extent }) => ({ name, district, extent }));
  return {
    ...unit,
    groups: listed(members, 'placeInUnit').map(({ groupId }) => groupId),
    ...given('note', note),
    ...given('code', code),
    ...given('commune', commune),
    ...given('formerArea', formerArea),
    ...given('formedFrom', formedFrom.length > 0 ? formedFrom : null),
  };
}

function toGroup({ place: _, note, ...group }: Row<'groups'>, members: Row<'members'>[]): UnitGroup {
  return { ...group, members: listed(members, 'placeInGroup').map(({ unitId }) => unitId), ...given('note', note) };
}

function toPlans(rows: Rows): Plan[] {
  const assignmentsOf = grouped(rows.assignments, ({ passageId }) => passageId);
  const scheduleOf = new Map(rows.schedules.map((schedule) => [schedule.passageId, schedule]));
  const passagesOf = grouped(rows.passages, ({ planId }) => planId);
  const dutiesOf = grouped(rows.duties, ({ planId }) => planId);
  const factsOf = grouped(rows.facts, ({ planId }) => planId);
  return rows.plans.map(({ place: _, periodFrom, periodTo, issuedOn, ...plan }) => ({
    ...plan,
    issuedOn: dateToDay(issuedOn),
    period: toPeriod(periodFrom, periodTo),
    passages: passagesOf(plan.id).map((passage) =>
      toPassage(passage, assignmentsOf(passage.id), scheduleOf.get(passage.id)),
    ),
    duties: dutiesOf(plan.id).map(toDuty),
    facts: factsOf(plan.id).map(({ planId, key, text, sources }) => ({ key, plan: planId, text, sources })),
  }));
}

function toPeriod(from: Date | null, to: Date | null): Plan['period'] {
  return from && to ? { from: dateToDay(from)!, to: dateToDay(to)! } : null;
}

function toPassage(row: Row<'passages'>, assignments: Row<'assignments'>[], schedule?: Row<'schedules'>): Passage {
  const { place: _, planId, ...passage } = row;
  return {
    ...passage,
    plan: planId,
    assignments: assignments.map(({ party, role, wording }) => ({ party, role, wording })),
    schedule: toSchedule(schedule),
  };
}

function toSchedule(row: Row<'schedules'> | undefined): Schedule {
  if (!row || row.kind === 'unstated') return { kind: 'unstated', wording: '' };
  const { kind, wording } = row;
  if (kind === 'range') return { kind, wording, from: dateToDay(row.from)!, to: dateToDay(row.to)! };
  if (kind === 'deadline') return { kind, wording, before: dateToDay(row.before)! };
  return { kind, wording };
}

function toDuty({ place: _, planId, periodFrom, periodTo, before, ...duty }: Row<'duties'>): ReportingDuty {
  return { ...duty, plan: planId, period: toPeriod(periodFrom, periodTo), before: dateToDay(before) };
}
