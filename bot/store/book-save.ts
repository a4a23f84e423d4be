import { createHash } from 'node:crypto';
import type { Book, Passage, Plan, ReportingDuty, Unit, UnitGroup } from '../plan/types.ts';
import type { Database, TxClient } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { dayToDate } from './values.ts';

/** Serialises instances that load a book at once. */
const loadingKey = 72707370;

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, canonical(part)]));
}

const hashOfBook = (book: Book): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(book)))
    .digest('hex');

async function loadedHash(prisma: Pick<TxClient, 'bookLoad'>): Promise<string | null> {
  const newest = await prisma.bookLoad.findFirst({ orderBy: { id: 'desc' } });
  return newest?.hash ?? null;
}

/** The book that this process knows to stand in a database: everybody waits while another is written, so only what differs is. */
const standing = new WeakMap<Database, { hash: string; book: Book }>();

/** Replaces the book; the same book again changes nothing. */
export async function saveBook(db: Database, book: Book): Promise<'loaded' | 'unchanged'> {
  const hash = hashOfBook(book);
  const saved = await replaceBook(db, book, hash);
  standing.set(db, { hash, book });
  return saved;
}

async function replaceBook(db: Database, book: Book, hash: string): Promise<'loaded' | 'unchanged'> {
  if ((await loadedHash(db.prisma)) === hash) return 'unchanged';
  return db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${loadingKey}::bigint)`;
      const loaded = await loadedHash(tx);
      if (loaded === hash) return 'unchanged';
      const known = standing.get(db);
      const before = known && known.hash === loaded ? known.book : null;
      if (before && sameBut(before, book, 'plans')) await changePlans(tx, before.plans, book.plans);
      else {
        await clearBook(tx);
        await writeParties(tx, book);
        await writePlans(tx, book.plans.map(planAt));
        await tx.topic.createMany({ data: book.topics.map((topic, place) => ({ ...topic, place })) });
      }
      await tx.bookLoad.create({ data: { hash } });
      return 'loaded';
    },
    { timeout: 60_000 },
  );
}

const textOf = (value: unknown): string => JSON.stringify(canonical(value));

function sameBut(before: Book, book: Book, key: keyof Book): boolean {
  const { [key]: _, ...one } = before;
  const { [key]: __, ...other } = book;
  return textOf(one) === textOf(other);
}

interface PlanAt {
  plan: Plan;
  place: number;
}
const planAt = (plan: Plan, place: number): PlanAt => ({ plan, place });

async function changePlans(tx: TxClient, before: readonly Plan[], plans: readonly Plan[]): Promise<void> {
  const was = new Map(before.map((plan, place) => [plan.id, textOf({ plan, place })]));
  const changed = plans.map(planAt).filter(({ plan, place }) => was.get(plan.id) !== textOf({ plan, place }));
  const kept = new Set(plans.map(({ id }) => id).filter((id) => !changed.some(({ plan }) => plan.id === id)));
  await tx.plan.deleteMany({ where: { id: { in: before.map(({ id }) => id).filter((id) => !kept.has(id)) } } });
  await writePlans(tx, changed);
}

/** What hangs on units, groups and plans goes with them. */
async function clearBook(tx: TxClient): Promise<void> {
  await tx.unit.deleteMany();
  await tx.unitGroup.deleteMany();
  await tx.plan.deleteMany();
  await tx.topic.deleteMany();
}

async function writeParties(tx: TxClient, { units, groups }: Book): Promise<void> {
  await tx.unit.createMany({
    data: units.map(({ groups: _, formedFrom: __, ...unit }, place) => ({ ...unit, place })),
  });
  await tx.unitOrigin.createMany({
    data: units.flatMap(({ id, formedFrom = [] }) =>
      formedFrom.map((origin, place) => ({ ...origin, unitId: id, place })),
    ),
  });
  await tx.unitGroup.createMany({
    data: groups.map(({ members: _, ...group }, place) => ({ ...group, place })),
  });
  await tx.groupMember.createMany({ data: membersOf(units, groups) });
}

function membersOf(units: Unit[], groups: UnitGroup[]): Prisma.GroupMemberCreateManyInput[] {
  const rows = new Map<string, Prisma.GroupMemberCreateManyInput>();
  const row = (groupId: string, unitId: string) => {
    const key = `${groupId} ${unitId}`;
    const known = rows.get(key) ?? { groupId, unitId };
    rows.set(key, known);
    return known;
  };
  for (const group of groups)
    group.members.forEach((unit, place) => {
      row(group.id, unit).placeInGroup = place;
    });
  for (const unit of units)
    unit.groups.forEach((group, place) => {
      row(group, unit.id).placeInUnit = place;
    });
  return [...rows.values()];
}

async function writePlans(tx: TxClient, placed: readonly PlanAt[]): Promise<void> {
  const plans = placed.map(({ plan }) => plan);
  const passages = plans.flatMap((plan) => plan.passages.map((passage, place) => ({ passage, place })));
  await tx.plan.createMany({ data: placed.map(({ plan, place }) => planRow(plan, place)) });
  await tx.passage.createMany({ data: passages.map(({ passage, place }) => passageRow(passage, place)) });
  await tx.assignment.createMany({
    data: passages.flatMap(({ passage }) =>
      passage.assignments.map((assignment, place) => ({ ...assignment, place, passageId: passage.id })),
    ),
  });
  await tx.schedule.createMany({ data: passages.map(({ passage }) => scheduleRow(passage)) });
  await tx.reportingDuty.createMany({ data: plans.flatMap(({ duties }) => duties.map(dutyRow)) });
  await tx.planFact.createMany({
    data: plans.flatMap(({ facts }) => facts.map(({ plan, ...fact }, place) => ({ ...fact, planId: plan, place }))),
  });
}

function planRow({ passages: _, duties: __, facts: ___, issuedOn, period, ...plan }: Plan, place: number) {
  return {
    ...plan,
    place,
    issuedOn: dayToDate(issuedOn),
    periodFrom: dayToDate(period?.from ?? null),
    periodTo: dayToDate(period?.to ?? null),
  };
}

function passageRow({ plan, assignments: _, schedule: __, ...passage }: Passage, place: number) {
  return { ...passage, planId: plan, place };
}

function scheduleRow({ id, schedule }: Passage) {
  return {
    passageId: id,
    kind: schedule.kind,
    wording: schedule.wording,
    from: dayToDate(schedule.kind === 'range' ? schedule.from : null),
    to: dayToDate(schedule.kind === 'range' ? schedule.to : null),
    before: dayToDate(schedule.kind === 'deadline' ? schedule.before : null),
  };
}

function dutyRow({ plan, period, before, ...duty }: ReportingDuty, place: number) {
  return {
    ...duty,
    planId: plan,
    place,
    periodFrom: dayToDate(period?.from ?? null),
    periodTo: dayToDate(period?.to ?? null),
    before: dayToDate(before),
  };
}
