/** The nouns of totals: what a scope has done in a period, and which reports say so. Pure data. */
import type { DutyStanding, Scope, Totals } from '../digest/types.ts';
import type { Day, PlanId, UnitId } from '../plan/types.ts';
import type { FieldId, SubmittedReport } from '../report/types.ts';

/** Whole days, both ends included. `days` is any range that is none of the others. */
export interface Period {
  kind: 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year' | 'campaign' | 'days';
  from: Day;
  to: Day;
}

/** What can be added up, in the words of the forms. */
export interface Figure {
  id: FieldId;
  /** `Buổi tuyên truyền`. */
  label: string;
  /** `buổi`; empty where the label says it. */
  unit: string;
  /** How much there is at the time: the latest of each unit counts. */
  stock?: true;
  /** Units that alone report it; null for the figures of everybody. */
  only: UnitId[] | null;
}

/** One report's share of a sum; negative where it takes away the days before the period. */
export interface Behind {
  report: string;
  value: number;
}

export interface Sum {
  value: number;
  behind: Behind[];
}
export type Sums = Map<FieldId, Sum>;

/** Sums of one unit, and what of its reports could not be told apart by days. */
export interface UnitSums {
  unit: UnitId;
  sums: Sums;
  /** Reports whose days go beyond the period where nothing says how much of them lies inside. */
  unsplit: SubmittedReport[];
  /** Reports with days in the period. */
  reports: SubmittedReport[];
}

export interface UnitRow {
  unit: UnitId;
  sector: SectorId;
  approved: Totals;
  /** What approving everything that waits would add; negative for a correction downwards. */
  pending: Totals;
  before: Totals;
  /** How many reports of these days came in, and how many of them wait. */
  reports: number;
  waiting: number;
  /** How many have approved content, which is what `approved` adds up. */
  counted: number;
}

export interface FigureRow {
  figure: Figure;
  approved: Sum;
  pending: number;
  /** The period before; null where nothing was reported. */
  before: number | null;
}

/** A figure far from what its like report, or from what the unit itself reported before. */
export interface Outlier {
  unit: UnitId;
  figure: Figure;
  value: number;
  /** `peers`: `usual` is the median of the sector; `before`: what the unit reported for the period before. */
  against: 'peers' | 'before';
  usual: number;
  reports: string[];
}

export type SectorId = 'xa' | 'so' | 'luc-luong' | 'doan-the' | 'tu-phap' | 'ngan-hang' | 'khac';

export interface SectorRow {
  sector: SectorId;
  units: number;
  /** Units with a report of these days. */
  reporting: number;
  approved: Totals;
  pending: Totals;
  before: Totals;
}

/** Whose totals: a digest's scope, one sector of the city, or one type of unit. */
export type TotalsScope = Scope | { kind: 'sector'; sector: SectorId } | { kind: 'type'; type: UnitType };

/** What a unit is by its name, narrower than a sector. */
export type UnitType = 'so' | 'xa' | 'phuong' | 'dac-khu';

export interface Overview {
  scope: TotalsScope;
  period: Period;
  /** The period it is compared with. */
  previous: Period;
  /** Days of the period that have begun; less than its length while it runs. */
  daysGone: number;
  days: number;
  at: number;
  figures: FigureRow[];
  units: UnitRow[];
  sectors: SectorRow[];
  /** Completeness and timeliness, as the digest counts them. */
  duties: DutyStanding[];
  /** Units that owe reports and have none of these days. */
  silent: UnitId[];
  waiting: SubmittedReport[];
  /** Reports of the period before that nobody has decided on. */
  waitingBefore: number;
  unsplit: SubmittedReport[];
  outliers: Outlier[];
  /** Reports with days in the period, by the day they came. */
  byDay: { day: Day; approved: number; waiting: number }[];
}

/** How an official report is laid out: `prisma/plans/official.yaml`. */
export interface OfficialLayout {
  id: string;
  /** `Báo cáo 6 tháng`. */
  name: string;
  agency: {
    superior: string[];
    name: string[];
    /** The agency inside a sentence. */
    speaks: string;
    /** `BC-CAHP`. */
    symbol: string;
    place: string;
    signer: string[];
  };
  plan: PlanId;
  duty: string;
  /** Days of its figures. */
  period: { from: Day; to: Day };
  subject: string;
  basis: string;
  to: string[];
  recipients: string[];
  clauses: { clause: string; title: string; figures: FieldId[] }[];
}

export interface TableCell {
  text: string;
  /** Figures stand at the right. */
  number?: true;
  bold?: true;
}

/** `widths` are shares of the table's width; the first row is repeated on each page. */
export interface OfficialTable {
  head: string[];
  widths: number[];
  rows: TableCell[][];
}

export type OfficialBlock =
  /** `I. …` in capitals, `1. …`. */
  | { kind: 'section' | 'clause'; text: string }
  | { kind: 'paragraph' | 'bullet' | 'note'; text: string }
  | { kind: 'caption'; text: string }
  | { kind: 'table'; table: OfficialTable };

/** What an official report says, without a word of how it looks. */
export interface OfficialReport {
  layout: OfficialLayout;
  today: Day;
  rehearsal: boolean;
  body: OfficialBlock[];
  /** Each begins on a page of its own, lying down. */
  annexes: { title: string; subject: string; blocks: OfficialBlock[] }[];
}
