/**
 * Sums of the quick report's figures over units and days, without counting a day of a unit twice.
 * The days of a report are its `period_from` to `period_to`, or the day it was sent where it names none.
 */

import { dayOf } from '../language/calendar.ts';
import type { Day, UnitId } from '../plan/types.ts';
import type { FieldId, SubmittedReport } from '../report/types.ts';
import type { Totals } from './types.ts';

/** The figures of the quick report that can be summed, in its order; keys are fixed by the form. */
export const FIGURES = [
  'buoi_tuyen_truyen',
  'luot_nguoi_du',
  'to_roi',
  'pano_ap_phich_bang_ron',
  'cam_ket',
  'co_so_kiem_tra',
  'co_so_vi_pham',
  'vu_phat_hien',
  'doi_tuong',
  'nguoi_nghien_ra_soat',
  'ho_so_cai_nghien',
  'ho_tro_sau_cai',
  'nguoi_vay_von',
  'so_tien_vay_trieu_dong',
] as const satisfies readonly FieldId[];
export type Figure = (typeof FIGURES)[number];

export interface Days {
  from: Day;
  to: Day;
}

/** A report with the days that it speaks of, worked out once. */
export interface Dated extends Days {
  report: SubmittedReport;
}

export function dated(report: SubmittedReport): Dated {
  const from = dayValue(report, 'period_from') ?? dayValue(report, 'period_to') ?? dayOf(report.submittedAt);
  const to = dayValue(report, 'period_to') ?? from;
  return from <= to ? { report, from, to } : { report, from: to, to: from };
}

/** Totals of the reports; `within` leaves out those that begin before or after the campaign (the six months' and the year's). */
export function totalsOf(reports: Dated[], within: Days | null, figures: readonly FieldId[] = FIGURES): Totals {
  const byUnit = new Map<UnitId, Dated[]>();
  for (const one of reports) {
    if (within && !begins(one, within)) continue;
    const own = byUnit.get(one.report.unit);
    if (own) own.push(one);
    else byUnit.set(one.report.unit, [one]);
  }
  const totals: Totals = {};
  for (const own of byUnit.values()) {
    const newestFirst = own.toSorted((a, b) => b.report.submittedAt - a.report.submittedAt);
    for (const figure of figures)
      for (const { report } of counted(newestFirst, figure)) {
        const value = report.values[figure];
        if (typeof value === 'number') totals[figure] = (totals[figure] ?? 0) + value;
      }
  }
  return totals;
}

export const begins = ({ from }: Days, within: Days): boolean => from >= within.from && from <= within.to;

/** `now` minus `before`, only where they differ. */
export function changeOf(now: Totals, before: Totals): Totals {
  const change: Totals = {};
  for (const figure of FIGURES) {
    const difference = (now[figure] ?? 0) - (before[figure] ?? 0);
    if (difference !== 0) change[figure] = difference;
  }
  return change;
}

/** Which reports of one unit, newest first, count for one figure. "Không phát sinh" counts as nought for its days. */
const counted = (newestFirst: Dated[], figure: FieldId): Dated[] =>
  kept(newestFirst.filter(({ report }) => report.nothing || typeof report.values[figure] === 'number'));

/**
 * Of what speaks of the same unit and figure, newest first, what is added up. A later one takes the place of every earlier
 * one that shares a day with it; but one that lies wholly inside a longer earlier one (a single day, after its week was
 * reported) adds nothing, since the longer one holds it already.
 */
export function kept<T extends Days>(newestFirst: readonly T[]): T[] {
  let counts: T[] = [];
  for (const one of newestFirst) {
    const shared = counts.filter((other) => other.from <= one.to && one.from <= other.to);
    if (shared.every((other) => holds(one, other)))
      counts = [...counts.filter((other) => !shared.includes(other)), one];
  }
  return counts;
}

/** True when `long` holds every day of `short` and more. */
const holds = (long: Days, short: Days): boolean =>
  long.from <= short.from && long.to >= short.to && !(long.from === short.from && long.to === short.to);

function dayValue(report: SubmittedReport, field: FieldId): Day | null {
  const value = report.values[field];
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}
