/** Plans that administrators sent, and every version of a plan that was ever in force. */
import type { Address, Change } from '../core/types.ts';
import type { Draft } from '../plan/read/review.ts';
import { draftRecord, planRecord, unitRecords } from '../plan/record.ts';
import { audit } from './audit.ts';
import type { Database, TxClient } from './database.ts';
import type { PlanImport as Row } from './generated/client.ts';
import { Prisma } from './generated/client.ts';
import { type Actor, ChangeRefused, type PlanImport, type PlanVersion } from './port.ts';
import { clean, given, toDate, toInstant, toJson } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** Taken by whoever publishes: two at once would give one number twice. */
const publishingKey = 72707371;

export async function beginImport(tx: TxClient, change: Of<'beginImport'>, by: Actor): Promise<void> {
  const { id, file, fileName, address } = change;
  await tx.planImport.createMany({
    data: {
      ...{ id, address, by: by.person, at: toDate(by.at) },
      fileName: clean(fileName),
      ...(file && { file: toJson(file) }),
    },
    skipDuplicates: true,
  });
  await audit(tx, by, change.kind, `import:${id}`, { fileName });
}

export async function saveImport(tx: TxClient, change: Of<'saveImport'>, by: Actor): Promise<void> {
  await onward(tx, change, { draft: toJson(change.draft) });
  await audit(tx, by, change.kind, `import:${change.id}`, { edit: change.edit });
}

export async function dropImport(tx: TxClient, change: Of<'dropImport'>, by: Actor): Promise<void> {
  const { count } = await tx.planImport.updateMany({
    where: { id: change.id, state: { in: ['reading', 'failed', 'review'] } },
    data: { state: 'dropped', draft: Prisma.DbNull },
  });
  if (count === 0) throw new ChangeRefused(change.kind, 'importUnknown');
  await audit(tx, by, change.kind, `import:${change.id}`, {});
}

/** A plan that came with the bot becomes number 1 when it is first replaced. */
export async function publishPlan(tx: TxClient, change: Of<'publishPlan'>, by: Actor): Promise<void> {
  const { id, plan, units, before } = change;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${publishingKey}::bigint)`;
  await onward(tx, change, { state: 'published' });
  const newest = await tx.planVersion.findFirst({ where: { planId: plan.id }, orderBy: { number: 'desc' } });
  let number = newest?.number ?? 0;
  const rows: Prisma.PlanVersionCreateManyInput[] = [];
  if (!newest && before)
    rows.push({ planId: plan.id, number: ++number, plan: toJson(before), units: [], at: new Date(0), by: null });
  rows.push({
    ...{ planId: plan.id, number: ++number, plan: toJson(plan), at: toDate(by.at), by: by.person, importId: id },
    units: toJson({ units }).units as Prisma.InputJsonArray,
  });
  for (const data of rows) await tx.planVersion.create({ data });
  await audit(tx, by, change.kind, `plan:${plan.id}`, { import: id, version: number, title: plan.title });
}

async function onward(
  tx: TxClient,
  change: { kind: Change['kind']; id: string; revision: number },
  data: Prisma.PlanImportUpdateManyMutationInput,
): Promise<void> {
  const { count } = await tx.planImport.updateMany({
    where: { id: change.id, state: 'review', revision: change.revision },
    data: { ...data, revision: change.revision + 1 },
  });
  if (count === 0) throw new ChangeRefused(change.kind, 'importChanged');
}

function toImport({ file, by, address, trouble, detail, draft, at, seq: _, ...row }: Row): PlanImport {
  return {
    ...row,
    at: toInstant(at),
    by,
    address: address as Address | null,
    file: file as PlanImport['file'],
    ...given('trouble', trouble),
    ...given('detail', detail),
    draft: draft === null ? null : (draftRecord.parse(draft) as Draft),
  };
}

export const createPlanShelf = ({ prisma }: Database) => ({
  async imports(): Promise<Omit<PlanImport, 'draft'>[]> {
    const rows = await prisma.planImport.findMany({ orderBy: { seq: 'desc' }, take: 30, omit: { draft: true } });
    return rows.map((row) => {
      const { draft: _, ...rest } = toImport({ ...row, draft: null });
      return rest;
    });
  },
  async import(id: string): Promise<PlanImport | null> {
    const row = await prisma.planImport.findUnique({ where: { id } });
    return row && toImport(row);
  },
  /** What a file turned out to be; only once, whoever reads it. */
  async readImport(
    id: string,
    result: { draft: Draft } | { trouble: string; detail: string | null },
  ): Promise<boolean> {
    const data =
      'draft' in result
        ? { state: 'review' as const, draft: toJson(result.draft) }
        : { state: 'failed' as const, trouble: result.trouble, detail: result.detail };
    const { count } = await prisma.planImport.updateMany({ where: { id, state: 'reading' }, data });
    return count > 0;
  },
  async versions(): Promise<PlanVersion[]> {
    const rows = await prisma.planVersion.findMany({ orderBy: { seq: 'asc' } });
    return rows.map(({ plan, units, planId: _, at, ...row }) => ({
      ...row,
      at: toInstant(at),
      plan: planRecord.parse(plan),
      units: unitRecords.parse(units),
    }));
  },
  async newest(): Promise<number> {
    const row = await prisma.planVersion.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
    return row?.seq ?? 0;
  },
});
