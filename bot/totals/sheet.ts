/** A sheet of totals: what stands in which column, and of what type. */
import type { Register } from '../desk/types.ts';
import type { PlanIndex } from '../plan/types.ts';
import type { SubmittedReport } from '../report/types.ts';
import { say } from '../text/say.ts';
import type { Overview } from './types.ts';

export type ColumnKind = 'text' | 'number' | 'day';

export interface Column {
  title: string;
  kind: ColumnKind;
  /** In characters. */
  width: number;
}

/** A text, a number, or a day for a column of days; null is an empty cell. */
export type Cell = string | number | null;

export interface Sheet {
  name: string;
  /** Lines above the heads: what the sheet is of. A warning stands out. */
  about?: { text: string; warns?: true }[];
  columns: Column[];
  rows: Cell[][];
  /** So many columns stay in sight at the left. */
  frozen?: number;
}

export interface SheetNeeds {
  of: Overview;
  plans: PlanIndex;
  reports: readonly SubmittedReport[];
  register: Register;
  rehearsal: boolean;
}

export type Title = Parameters<typeof column>[0];
export const column = (
  title: keyof typeof WIDTHS,
  kind: ColumnKind = 'text',
  width: number = WIDTHS[title],
): Column => ({
  title: say(`sheets:column.${title}`),
  kind,
  width,
});
const WIDTHS = {
  figure: 34,
  countedIn: 12,
  approved: 14,
  pending: 20,
  before: 14,
  change: 14,
  reports: 12,
  sector: 28,
  units: 10,
  reporting: 12,
  unit: 34,
  waiting: 12,
  duty: 26,
  lastDay: 14,
  state: 22,
  handedIn: 22,
  receipt: 18,
  from: 12,
  to: 12,
  sentOn: 12,
  timeliness: 14,
  reportState: 20,
  value: 12,
  usual: 14,
  against: 26,
  number: 16,
  raisedOn: 12,
  words: 60,
  answer: 60,
  nominee: 30,
  sentAt: 20,
  urgency: 14,
  course: 60,
  task: 40,
  cite: 30,
  progress: 16,
  note: 40,
  markedOn: 14,
};
