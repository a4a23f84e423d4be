/** What happens to a report after it was first handed in; each is a row of its own, on top of the one that was seen. */
import type { Change } from '../core/types.ts';
import type { Values } from '../report/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import * as parse from './parse.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { clean, toDate, toJson } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;
type ReportChange = Of<'reviseReport' | 'decideReport' | 'withdrawReport'>;

/** The newest row of a report, if it is the one that was seen; else the world has moved on. */
async function seen(tx: TxClient, change: ReportChange) {
  const latest = await tx.reportVersion.findFirst({
    where: { reportId: change.report },
    orderBy: { number: 'desc' },
    include: { report: { select: { unit: true, receipt: true } } },
  });
  const ofUnit = latest && (change.kind === 'decideReport' || latest.report.unit === change.unit);
  if (!latest || !ofUnit) throw new ChangeRefused(change.kind, 'reportUnknown');
  if (latest.number !== change.revision) throw new ChangeRefused(change.kind, 'reportChanged');
  return latest;
}

type Seen = Awaited<ReturnType<typeof seen>>;

/** Adds the next row; of two at once the second is refused. */
async function add(
  tx: TxClient,
  change: ReportChange,
  latest: Seen,
  by: Actor,
  more: { state: Seen['state'] } & Partial<Pick<Seen, 'formVersion' | 'nothing' | 'reason' | 'part'>> & {
      values?: Values;
    },
): Promise<void> {
  if (by.person === null) throw new ChangeRefused(change.kind, 'personUnknown');
  const { reportId, number, formVersion, nothing, values } = latest;
  const { count } = await tx.reportVersion.createMany({
    data: {
      ...{ reportId, number: number + 1, formVersion, nothing },
      ...more,
      values: toJson(more.values ?? values),
      reason: more.reason === undefined || more.reason === null ? null : clean(more.reason),
      at: toDate(by.at),
      by: by.person,
    },
    skipDuplicates: true,
  });
  if (count === 0) throw new ChangeRefused(change.kind, 'reportChanged');
}

export async function reviseReport(tx: TxClient, change: Of<'reviseReport'>, by: Actor): Promise<void> {
  const latest = await seen(tx, change);
  if (latest.state === 'withdrawn') throw new ChangeRefused(change.kind, 'reportChanged');
  const values = parse.values.parse(change.values);
  const { version: formVersion, nothing, reason } = change;
  await add(tx, change, latest, by, { state: 'submitted', formVersion, values, nothing, reason, part: null });
  const changed = differences(parse.values.parse(latest.values), values);
  const details = { revision: latest.number + 1, receipt: latest.report.receipt, changed, nothing, reason };
  await audit(tx, by, change.kind, `report:${change.report}`, details);
}

export async function decideReport(tx: TxClient, change: Of<'decideReport'>, by: Actor): Promise<void> {
  const latest = await seen(tx, change);
  if (latest.state !== 'submitted') throw new ChangeRefused(change.kind, 'reportChanged');
  const { decision, reason, part } = change;
  await add(tx, change, latest, by, { state: decision, reason, part });
  const details = { revision: latest.number + 1, receipt: latest.report.receipt, decision, reason, part };
  await audit(tx, by, change.kind, `report:${change.report}`, details);
}

/** What was approved before stays as it was approved. */
export async function withdrawReport(tx: TxClient, change: Of<'withdrawReport'>, by: Actor): Promise<void> {
  const latest = await seen(tx, change);
  const approved = await tx.reportVersion.findFirst({ where: { reportId: change.report, state: 'approved' } });
  if (approved || latest.state === 'withdrawn') throw new ChangeRefused(change.kind, 'reportChanged');
  await add(tx, change, latest, by, { state: 'withdrawn', reason: null, part: null });
  const details = { revision: latest.number + 1, receipt: latest.report.receipt };
  await audit(tx, by, change.kind, `report:${change.report}`, details);
}

/** Old and new value of each field that differs; null where it was not said. */
function differences(before: Values, after: Values) {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return Object.fromEntries(
    fields
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, { before: before[field] ?? null, after: after[field] ?? null }]),
  );
}
