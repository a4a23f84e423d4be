/** Where a report stands, and what may be done with it. */
import type { Content, ReportStanding, SubmittedReport } from './types.ts';

/** What is true of a report that has just been handed in for the first time. */
export const firstStanding = (submittedAt: number): ReportStanding => ({
  state: 'submitted',
  revision: 1,
  edition: 1,
  changedAt: submittedAt,
  reason: null,
  part: null,
  approved: null,
  before: null,
});

/** Reports that wait for the standing agency, the one that has waited longest first. */
export const waiting = (reports: readonly SubmittedReport[]): SubmittedReport[] =>
  reports
    .filter(({ state }) => state === 'submitted')
    .toSorted((a, b) => a.changedAt - b.changedAt || a.receipt.localeCompare(b.receipt));

/** What was approved once cannot be withdrawn, only corrected. */
export const canWithdraw = ({ state, approved }: SubmittedReport): boolean =>
  state !== 'withdrawn' && approved === null;
export const canCorrect = ({ state }: SubmittedReport): boolean => state !== 'withdrawn';

/** A report as the latest approval left it: what is added up; null before any. */
export const asApproved = (report: SubmittedReport): SubmittedReport | null =>
  report.approved && { ...report, ...report.approved };

/** Fields whose value is another than before, in the order of the new ones. */
export function changedFields(before: Content, after: Content): string[] {
  const fields = new Set([...Object.keys(after.values), ...Object.keys(before.values)]);
  return [...fields].filter((field) => before.values[field] !== after.values[field]);
}
