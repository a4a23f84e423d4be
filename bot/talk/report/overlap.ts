/** Two quick reports of one unit for the same days: which of them the figures are taken from, said before and after sending. */
import type { Text } from '../../core/types.ts';
import { type Dated, dated } from '../../digest/totals.ts';
import { speakDay } from '../../language/calendar.ts';
import { INTERIM } from '../../report/duty.ts';
import { canCorrect } from '../../report/state.ts';
import type { FormDefinition, SubmittedReport, Values } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { note } from '../blocks.ts';

export type Counted = Pick<SubmittedReport, 'id' | 'form' | 'unit' | 'values' | 'nothing' | 'submittedAt'>;

const MOST_NAMED = 3;

/**
 * The report of the same days and figures that new figures may be added to or take the place of: the newest that can still
 * be corrected.
 */
export function overlapped(report: Counted, others: readonly SubmittedReport[]): SubmittedReport | null {
  const shared = sharing(report, others).filter(({ report: other }) => !other.nothing && canCorrect(other));
  const newest = shared.toSorted((a, b) => b.report.submittedAt - a.report.submittedAt)[0];
  return report.nothing ? null : (newest?.report ?? null);
}

/** The one of these that speaks of just the same days: sent as it is, the new report would take its figures' place. */
export function ofSameDays(report: Counted, others: readonly SubmittedReport[]): SubmittedReport | null {
  const other = overlapped(report, others);
  if (!other) return null;
  const [own, its] = [dated(report as SubmittedReport), dated(other)];
  return own.from === its.from && own.to === its.to ? other : null;
}

/** What one report says when new figures are added to it, or stand in their place; its days take in those of both. */
export function joined(before: Values, now: Values, form: FormDefinition, how: 'add' | 'replace'): Values {
  const values = { ...before, ...now };
  const [from, to] = form.fields.filter(({ kind }) => kind === 'day').map(({ id }) => id);
  if (how === 'replace') return values;
  const texts = new Set(form.fields.filter(({ kind }) => kind === 'text').map(({ id }) => id));
  // A balance is what it is: the newest counts.
  const balances = new Set(form.fields.filter(({ stock }) => stock).map(({ id }) => id));
  for (const [id, value] of Object.entries(now)) {
    const was = balances.has(id) ? undefined : before[id];
    if (typeof value === 'number' && typeof was === 'number') values[id] = was + value;
    else if (texts.has(id) && typeof value === 'string' && typeof was === 'string' && was !== value)
      values[id] = `${was}; ${value}`;
  }
  const ends = (id: string | undefined) =>
    [before, now].map((said) => (id === undefined ? undefined : said[id])).filter((day) => typeof day === 'string');
  if (from && ends(from).length > 0) values[from] = ends(from).sort()[0]!;
  if (to && ends(to).length > 0) values[to] = ends(to).sort().at(-1)!;
  return values;
}

/** @param others the reports of the unit, this one may be among them */
export function overlaps(report: Counted, others: readonly SubmittedReport[]): Text[] {
  if (report.form !== INTERIM) return [];
  const own = dated(report as SubmittedReport);
  const shared = sharing(report, others);
  const said = (key: 'report:overlap.replaces' | 'report:overlap.replaced', which: Dated[]): Text[] =>
    which.length === 0 ? [] : [note(say(key, { receipts: which.slice(0, MOST_NAMED).map(named).join('; ') }))];
  return [
    ...said(
      'report:overlap.replaces',
      shared.filter((other) => wins(own, other)),
    ),
    ...said(
      'report:overlap.replaced',
      shared.filter((other) => !wins(own, other)),
    ),
  ];
}

function sharing(report: Counted, others: readonly SubmittedReport[]): Dated[] {
  if (report.form !== INTERIM) return [];
  const own = dated(report as SubmittedReport);
  return others
    .filter(
      ({ id, unit, state, form }) =>
        id !== report.id && unit === report.unit && state !== 'withdrawn' && form === INTERIM,
    )
    .map(dated)
    .filter((other) => other.from <= own.to && own.from <= other.to && sameFigure(report, other.report));
}

/** Figures of the one stand where the other has them too; "không phát sinh" is nought of everything. */
const sameFigure = (a: Counted, b: Counted): boolean =>
  a.nothing || b.nothing || Object.entries(a.values).some(([id, v]) => typeof v === 'number' && id in b.values);

/** As totals count: the later report, unless it lies wholly inside the days of a longer one. */
function wins(a: Dated, b: Dated): boolean {
  const later = a.report.submittedAt >= b.report.submittedAt;
  const [first, last] = later ? [b, a] : [a, b];
  const held = first.from <= last.from && first.to >= last.to && (first.from < last.from || first.to > last.to);
  return later !== held;
}

const named = ({ report, from, to }: Dated): string =>
  say('report:overlap.named', {
    receipt: report.receipt,
    days: from === to ? speakDay(from) : say('report:fromTo', { from: speakDay(from), to: speakDay(to) }),
  });
