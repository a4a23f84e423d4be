/** Totals as the page gets them: numbers to draw and words to show, no ids of people. Pure. */
import { deadlineLine } from '../digest/daily.ts';
import { spoken } from '../digest/figures.ts';
import { STATES } from '../digest/types.ts';
import { speakInstant } from '../language/calendar.ts';
import type { PlanIndex } from '../plan/types.ts';
import { timelinessNow } from '../report/duty.ts';
import { formFor } from '../report/for-unit.ts';
import type { FormDefinition, SubmittedReport } from '../report/types.ts';
import { say } from '../text/say.ts';
import { speakDays, speakPeriod } from './period.ts';
import { SECTORS, sectorOf } from './sectors.ts';
import type { OfficialLayout, Overview } from './types.ts';
import { scopeName, speakOutlier } from './words.ts';

export interface ViewNeeds {
  of: Overview;
  plans: PlanIndex;
  reports: readonly SubmittedReport[];
  layouts: readonly Pick<OfficialLayout, 'id' | 'name'>[];
  rehearsal: boolean;
}

export type TotalsView = ReturnType<typeof totalsView>;

export function totalsView({ of, plans, reports, layouts, rehearsal }: ViewNeeds) {
  const { period } = of;
  const units = plans.book.units.filter(({ id, groups }) => groups.length > 0 && plans.duties(id).length > 0);
  return {
    scope: scopeName(plans, of.scope),
    period: { label: speakPeriod(period), from: period.from, to: period.to, kind: period.kind },
    previous: speakDays(of.previous),
    running: of.daysGone < of.days ? say('totals:running', { gone: of.daysGone, days: of.days }) : null,
    asOf: speakInstant(of.at),
    rehearsal,
    counts: { units: of.units.length, reporting: of.units.length - of.silent.length, waiting: of.waiting.length },
    figures: of.figures.map(({ figure, approved, pending, before }) => ({
      id: figure.id,
      label: figure.label,
      unit: figure.unit,
      approved: approved.behind.length > 0 ? approved.value : null,
      pending,
      before,
      reports: approved.behind.length,
    })),
    sectors: of.sectors.map(({ sector, ...row }) => ({ id: sector, name: say(`totals:sector.${sector}`), ...row })),
    units: of.units.map(({ unit, ...row }) => ({ id: unit, name: plans.name(unit), ...row })),
    duties: of.duties.map((duty) => ({
      name: duty.duty.name,
      line: deadlineLine(duty),
      lastDay: duty.lastDay,
      expected: duty.expected,
      received: duty.received,
      completeness: duty.completeness,
      timeliness: duty.timeliness,
      states: STATES.map((state) => ({ id: state, name: say(`digest:state_${state}`), n: duty.counts[state] })),
      sectors: SECTORS.flatMap((sector) => {
        const own = duty.units.filter(({ unit }) => sectorOf(plans.unit(unit)) === sector);
        if (own.length === 0) return [];
        const count = (state: string) => own.filter((one) => one.state === state).length;
        return [{ name: say(`totals:sector.${sector}`), expected: own.length, states: STATES.map(count) }];
      }),
      missing: duty.units
        .filter(({ state }) => state === 'notDue' || state === 'overdue')
        .map(({ unit }) => plans.name(unit)),
    })),
    waiting: of.waiting.map(({ id, receipt, unit }) => ({ id, receipt, unit: plans.name(unit) })),
    silent: of.silent.map((unit) => plans.name(unit)),
    unsplit: of.unsplit.map(({ receipt }) => receipt),
    outliers: of.outliers.map((one) => ({
      text: speakOutlier(one, plans),
      reports: reports.filter(({ id }) => one.reports.includes(id)).map(({ id, receipt }) => ({ id, receipt })),
    })),
    byDay: of.byDay,
    filters: {
      sectors: SECTORS.filter((sector) => units.some((unit) => sectorOf(unit) === sector)).map((id) => ({
        id,
        name: say(`totals:sector.${id}`),
      })),
      units: units.map(({ id }) => ({ id, name: plans.name(id), sector: sectorOf(plans.unit(id)) })),
    },
    papers: layouts.map(({ id, name }) => ({ id, name })),
  };
}

/** The reports that a figure is made of; null for a figure that nobody has reported. */
export function behindView(of: Overview, figure: string, reports: readonly SubmittedReport[], plans: PlanIndex) {
  const row = of.figures.find((one) => one.figure.id === figure);
  if (!row) return null;
  const known = new Map(reports.map((report) => [report.id, report]));
  return {
    title: say('totals:behindTitle', {
      label: row.figure.label,
      n: spoken(row.approved.value),
      period: speakPeriod(of.period),
    }),
    reports: row.approved.behind.flatMap(({ report, value }) => {
      const found = known.get(report);
      return found ? [{ ...inLine(found, plans), value }] : [];
    }),
    less: row.approved.behind.some(({ value }) => value < 0) ? say('totals:behindNote') : null,
  };
}

const inLine = (report: SubmittedReport, plans: PlanIndex) => ({
  id: report.id,
  receipt: report.receipt,
  unit: plans.name(report.unit),
  days: daysOf(report),
  sentAt: speakInstant(report.submittedAt),
  timeliness: say(`sent:timeliness.${timelinessNow(report, plans)}`),
  state: say(`sent:state.${report.state}`),
});

function daysOf({ values }: SubmittedReport): string {
  const { period_from: from, period_to: to } = values;
  return typeof from === 'string' && typeof to === 'string' ? speakDays({ from, to }) : '';
}

/** One report whole, as it was approved, else as it was handed in. */
export function reportView(report: SubmittedReport, forms: readonly FormDefinition[], plans: PlanIndex) {
  const form =
    forms.find(({ id, version }) => id === report.form && version === report.version) ??
    forms.find(({ id }) => id === report.form);
  const fields = form ? formFor(form, plans.unit(report.unit)).fields : [];
  const { values, nothing } = report.approved ?? report;
  return {
    ...inLine(report, plans),
    nothing,
    // In the order of the form, whatever order the store keeps.
    values: [...fields.map(({ id }) => id), ...Object.keys(values).filter((id) => !fields.some((one) => one.id === id))]
      .filter((id) => id in values && fields.find((one) => one.id === id)?.kind !== 'day')
      .map((id) => {
        const value = values[id]!;
        const label = fields.find((one) => one.id === id)?.label ?? id;
        return { label, value: typeof value === 'number' ? spoken(value) : value };
      }),
  };
}
