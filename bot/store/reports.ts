import { z } from 'zod';
import type { SubmittedReport } from '../report/types.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import * as parse from './parse.ts';

/** A report with its newest content and where it stands, as the port has it; `r` and `v` come from `reportsWithContent`. */
export const reportJson = Prisma.sql`json_build_object(
  'id', r.id, 'receipt', r.receipt, 'form', r.form, 'version', v.form_version, 'unit', r.unit, 'duty', r.duty,
  'values', v.values, 'nothing', v.nothing, 'submittedAt', round(extract(epoch FROM r.submitted_at) * 1000),
  'timeliness', r.timeliness, 'by', r.by, 
  'planVersion', (SELECT max(number) FROM plan_versions WHERE plan_id = split_part(r.duty, '/', 1) AND at <= r.submitted_at),
  'state', v.state, 'revision', v.number, 'reason', v.reason, 'part', v.part,
  'changedAt', round(extract(epoch FROM v.at) * 1000),
  'edition', (SELECT count(*) FROM report_versions WHERE report_id = r.id AND state = 'submitted'),
  'approved', (SELECT json_build_object('values', values, 'nothing', nothing) FROM report_versions
    WHERE report_id = r.id AND state = 'approved' ORDER BY number DESC LIMIT 1),
  'before', (SELECT json_build_object('values', values, 'nothing', nothing) FROM report_versions
    WHERE report_id = r.id AND state = 'submitted' ORDER BY number DESC OFFSET 1 LIMIT 1))`;

export const reportsWithContent = Prisma.sql`reports r CROSS JOIN LATERAL (
  SELECT * FROM report_versions WHERE report_id = r.id ORDER BY number DESC LIMIT 1) v`;

export const newestFirst = Prisma.sql`r.submitted_at DESC, r.receipt_year DESC, r.receipt_number DESC`;

/** What was withdrawn is no report any more; only who handed it in still sees it. */
export const standing = Prisma.sql`v.state <> 'withdrawn'`;

const Rows = z.array(z.object({ report: parse.report }));

export async function readReports({ prisma }: Database): Promise<SubmittedReport[]> {
  const rows = await prisma.$queryRaw(
    Prisma.sql`SELECT ${reportJson} AS report FROM ${reportsWithContent} WHERE ${standing} ORDER BY ${newestFirst}`,
  );
  return Rows.parse(rows).map(({ report }) => report);
}

/** Versions are only added; an extension is decided once. */
export async function readRevision({ prisma }: Database): Promise<string> {
  const [row] = await prisma.$queryRaw<[{ revision: string }]>`
    SELECT concat_ws('/', (SELECT count(*) FROM report_versions), (SELECT max(at) FROM report_versions),
      (SELECT count(*) FROM extensions WHERE state <> 'asked')) AS revision`;
  return row.revision;
}
