/** Sheets of reports: who handed in in time, and what was received. */
import { dayOf } from '../../language/calendar.ts';
import type { Day, UnitId } from '../../plan/types.ts';
import { timelinessNow } from '../../report/duty.ts';
import type { SubmittedReport } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { column, type Sheet, type SheetNeeds } from '../sheet.ts';
import type { Overview } from '../types.ts';

/** Who handed in what in time. */
export const punctuality = ({ of, plans }: SheetNeeds): Sheet => ({
  name: say('sheets:name.punctuality'),
  columns: [column('duty'), column('lastDay', 'day'), column('unit'), column('handedIn')],
  rows: of.duties.flatMap(({ duty, lastDay, units: states }) =>
    states.map(({ unit, state }) => [duty.name, lastDay, plans.name(unit), say(`digest:state_${state}`)]),
  ),
  frozen: 1,
});

export const received = ({ of, plans, reports }: SheetNeeds): Sheet => {
  const inScope = new Set<UnitId>(of.units.map(({ unit }) => unit));
  const shown = reports.filter(
    (report) =>
      inScope.has(report.unit) && report.submittedAt <= of.at && report.state !== 'withdrawn' && touches(report, of),
  );
  return {
    name: say('sheets:name.received'),
    columns: [
      column('receipt'),
      column('unit'),
      column('duty'),
      column('from', 'day'),
      column('to', 'day'),
      column('sentOn', 'day'),
      column('timeliness'),
      column('reportState'),
    ],
    rows: shown.map((report) => [
      report.receipt,
      plans.name(report.unit),
      report.duty === null ? '' : (plans.duty(report.duty)?.name ?? ''),
      dayIn(report, 'period_from'),
      dayIn(report, 'period_to'),
      dayOf(report.submittedAt),
      say(`sent:timeliness.${timelinessNow(report, plans)}`),
      say(`sent:state.${report.state}`),
    ]),
    frozen: 1,
  };
};

const dayIn = ({ values }: SubmittedReport, field: string): Day | null => {
  const day = values[field];
  return typeof day === 'string' ? day : null;
};

const touches = (report: SubmittedReport, { period }: Overview): boolean => {
  const from = dayIn(report, 'period_from') ?? dayOf(report.submittedAt);
  const to = dayIn(report, 'period_to') ?? from;
  return from <= period.to && to >= period.from;
};
