/** Figures far from what the unit itself has reported lately: a slip, or something that deserves a word of why. */
import { diffDays } from '../language/calendar.ts';
import type { Day } from '../plan/types.ts';
import type { FieldId, FormDefinition, SubmittedReport, Values } from './types.ts';

export interface Unusual {
  field: FieldId;
  value: number;
  /** Least and most of the reports it is held against. */
  low: number;
  high: number;
  reports: number;
}

/** A report of the unit with the days it speaks of. */
export interface Past {
  report: SubmittedReport;
  from: Day;
  to: Day;
}

/** The latest reports that a figure is held against, and how many there must be before "usual" means anything. */
const LATEST = 7;
const FEWEST = 3;
/** So many times more, or less; small numbers jump by nature. */
const TIMES = 5;
const MUCH = 20;

/**
 * @param days what the values speak of: only reports of about as many days are compared
 * @param past reports of the unit, the one that is corrected left out
 */
export function unusualFigures(
  values: Values,
  days: { from: Day; to: Day },
  form: FormDefinition,
  past: readonly Past[],
): Unusual[] {
  const length = lengthOf(days);
  const like = past
    .filter(({ report }) => report.form === form.id && report.state !== 'withdrawn' && !report.nothing)
    .filter((one) => lengthOf(one) <= 2 * length && length <= 2 * lengthOf(one))
    .toSorted((a, b) => b.report.submittedAt - a.report.submittedAt);
  return form.fields.flatMap(({ id, kind }) => {
    const value = values[id];
    return typeof value === 'number' && kind === 'count' ? (against(id, value, like) ?? []) : [];
  });
}

function against(field: FieldId, value: number, like: readonly Past[]): Unusual | null {
  const known = like
    .map(({ report }) => report.values[field])
    .filter((one) => typeof one === 'number')
    .slice(0, LATEST);
  if (known.length < FEWEST) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const above = value >= TIMES * high && value - high >= MUCH;
  const below = low >= MUCH && value * TIMES <= low;
  return above || below ? { field, value, low, high, reports: known.length } : null;
}

const lengthOf = ({ from, to }: { from: Day; to: Day }): number => diffDays(from, to) + 1;
