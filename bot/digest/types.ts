/** The nouns of a digest. Structural twins of `core/types.ts` where a digest needs them: this room stands below core. */
import type { Day, PassageId, ReportingDuty, UnitId } from '../plan/types.ts';
import type { FieldId } from '../report/types.ts';

/** Whom a digest is for: the whole city, one unit group, or one unit. */
export type Scope = { kind: 'city' } | { kind: 'group'; group: string } | { kind: 'unit'; unit: UnitId };

/** The weekly one speaks of the last seven days, the others of the last one. */
export type DigestKind = 'opening' | 'daily' | 'weekly' | 'closing';

/** A digest as it is said; a `Reply` without choices. */
export interface Digest {
  text: { as: 'text' | 'title' | 'quote' | 'note'; text: string }[];
  source: PassageId[];
}

/** A good model that was approved, as it is shared; `text` in its unit's words. */
export interface SharedModel {
  number: string;
  unit: UnitId;
  text: string;
}

/** An SVG of its own size in px, with a text that says the same. */
export interface Drawing {
  name: string;
  svg: string;
  width: number;
  height: number;
  alt: string;
}

/**
 * Where one unit stands with one duty: four states, "chưa nộp" told apart by whether the due day has passed.
 * `nothing` ("không phát sinh") is a report of its own kind, whenever it came.
 */
export type State = 'onTime' | 'late' | 'nothing' | 'notDue' | 'overdue';
export const STATES: readonly State[] = ['onTime', 'nothing', 'late', 'notDue', 'overdue'];
export type Counts = Record<State, number>;

export interface DutyStanding {
  duty: ReportingDuty;
  /** The last day in time: the day before the date that the plan names after "trước ngày". */
  lastDay: Day;
  /** Calendar days from today to the last day; negative once it has passed. */
  daysLeft: number;
  expected: number;
  received: number;
  /** Units whose first report came in time, "không phát sinh" included. */
  inTime: number;
  counts: Counts;
  /** Received ÷ expected, 0 to 1 (DHIS2's reporting rate). */
  completeness: number;
  /** In time ÷ expected, 0 to 1 (DHIS2's reporting rate on time). */
  timeliness: number;
  /** In the order of the units; names among these are for those responsible, never for a group. */
  units: { unit: UnitId; state: State }[];
  /** Units that had reported by the end of each day on which a first report came; cumulative, oldest first. */
  byDay: { day: Day; received: number }[];
}

/** Sums of the quick report's figures; a field that nobody answered is absent. */
export type Totals = Partial<Record<FieldId, number>>;

export interface Standing {
  scope: Scope;
  at: number;
  today: Day;
  /** How many days `change` and `newReports` look back. */
  span: 1 | 7;
  units: UnitId[];
  /** Duties with a due date that reach a unit of the scope, by due date. */
  duties: DutyStanding[];
  /** Submissions of the scope in the span, corrections included. */
  newReports: number;
  /** Reports of the scope that wait for approval: their figures are not added up yet. */
  pending: number;
  /** Submissions of the scope today. */
  receivedToday: number;
  /** Units of the scope with at least one report of the campaign's days. */
  reporting: number;
  totals: Totals;
  /** Totals minus what they were before the span; only what changed. */
  change: Totals;
}
