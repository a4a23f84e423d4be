/** The pieces an official report is put together from, and what each of its parts looks at. */
import type { DeskRules, Register } from '../../desk/types.ts';
import { spoken } from '../../digest/figures.ts';
import type { PlanIndex } from '../../plan/types.ts';
import type { SubmittedReport } from '../../report/types.ts';
import type { Figure, OfficialBlock, OfficialLayout, Overview, TableCell } from '../types.ts';

export interface OfficialNeeds {
  layout: OfficialLayout;
  plans: PlanIndex;
  figures: readonly Figure[];
  reports: readonly SubmittedReport[];
  register: Register;
  rules: DeskRules;
  /** Instant, ms UTC. */
  at: number;
  rehearsal: boolean;
}

export interface Seen extends OfficialNeeds {
  of: Overview;
  /** `S1`, `S2`, … of each figure that was reported, in the order of the clauses. */
  marks: ReadonlyMap<string, string>;
}

export const section = (text: string): OfficialBlock => ({ kind: 'section', text });
export const clause = (text: string): OfficialBlock => ({ kind: 'clause', text });
export const paragraph = (text: string): OfficialBlock => ({ kind: 'paragraph', text });
export const bullet = (text: string): OfficialBlock => ({ kind: 'bullet', text });
export const note = (text: string): OfficialBlock => ({ kind: 'note', text });

export const textCell = (text: string, bold?: true): TableCell => ({ text, ...(bold && { bold }) });

/** So many receipts of the same are named in the body; the rest stands in the annex. */
export const FEW = 6;

export const numberCell = (n: number | undefined, bold?: true): TableCell => ({
  text: n === undefined ? '' : spoken(n),
  number: true,
  ...(bold && { bold }),
});

/** Without the stop at its end: a sentence goes on around it. */
export const sentence = (text: string): string => text.trim().replace(/[.;,\s]+$/, '');

/** Whether a report's own days lie in the period. */
export const inDays = (values: SubmittedReport['values'], { period }: Overview): boolean =>
  [values.period_from, values.period_to].every(
    (day) => typeof day !== 'string' || (day >= period.from && day <= period.to),
  );
