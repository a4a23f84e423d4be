/** Two quick reports of one unit for the same days: which of them the figures are taken from, said before and after sending. */
import type { Text } from '../../core/types.ts';
import { type Dated, dated } from '../../digest/totals.ts';
import { speakDay } from '../../language/calendar.ts';
import { INTERIM } from '../../report/duty.ts';
import type { SubmittedReport } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { note } from '../blocks.ts';

export type Counted = Pick<SubmittedReport, 'id' | 'form' | 'unit' | 'values' | 'nothing' | 'submittedAt'>;

const MOST_NAMED = 3;

/** @param others the reports of the unit, this one may be among them */
export function overlaps(report: Counted, others: readonly SubmittedReport[]): Text[] {
  if (report.form !== INTERIM) return [];
  const own = dated(report as SubmittedReport);
  const shared = others
    .filter(({ id, unit, state }) => id !== report.id && unit === report.unit && state !== 'withdrawn')
    .map(dated)
    .filter((other) => other.from <= own.to && own.from <= other.to && sameFigure(report, other.report));
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
