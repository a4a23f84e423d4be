/** Where a scope stands with its figures in a period: approved and waiting apart, beside the period before. */
import { standingOf, unitsOf } from '../digest/standing.ts';
import type { Scope, Totals } from '../digest/types.ts';
import { addDays, dayOf, diffDays } from '../language/calendar.ts';
import type { Day, PlanIndex, UnitId } from '../plan/types.ts';
import { asApproved, waiting } from '../report/state.ts';
import type { SubmittedReport } from '../report/types.ts';
import { outliersOf } from './outliers.ts';
import { daysIn, periodBefore } from './period.ts';
import { inSector, ofType, SECTORS, sectorOf } from './sectors.ts';
import { addUp, unitSums } from './sums.ts';
import type { Figure, Overview, Period, SectorRow, Sums, TotalsScope, UnitRow, UnitSums } from './types.ts';

export interface OverviewNeeds {
  plans: PlanIndex;
  figures: readonly Figure[];
  /** Of every unit, or at least of those in scope. */
  reports: readonly SubmittedReport[];
  scope: TotalsScope;
  period: Period;
  /** Instant, ms UTC: what came later does not exist yet. */
  at: number;
}

export function overview({ plans, figures, reports, scope, period, at }: OverviewNeeds): Overview {
  const units = unitsIn(plans, scope, reports);
  const inScope = new Set(units);
  const seen = reports.filter((one) => one.state !== 'withdrawn' && one.submittedAt <= at && inScope.has(one.unit));
  const previous = periodBefore(period);
  const approved = byUnit(
    unitSums(
      seen.flatMap((one) => asApproved(one) ?? []),
      period,
      figures,
    ),
  );
  const withWaiting = byUnit(unitSums(seen.flatMap(ifAllApproved), period, figures));
  const before = byUnit(
    unitSums(
      seen.flatMap((one) => asApproved(one) ?? []),
      previous,
      figures,
    ),
  );
  const wait = new Set(waiting(seen).map(({ id }) => id));
  const gone = Math.min(Math.max(diffDays(period.from, dayOf(at)) + 1, 0), daysIn(period));
  const rows = units.map((unit): UnitRow => {
    const own = withWaiting.get(unit)?.reports ?? [];
    return {
      unit,
      sector: sectorOf(plans.unit(unit)),
      approved: totals(approved.get(unit)),
      pending: difference(withWaiting.get(unit), approved.get(unit)),
      before: totals(before.get(unit)),
      reports: own.length,
      waiting: own.filter(({ id }) => wait.has(id)).length,
      counted: approved.get(unit)?.reports.length ?? 0,
    };
  });
  const all = {
    now: addUp([...approved.values()]),
    together: addUp([...withWaiting.values()]),
    was: addUp([...before.values()]),
  };
  const spoken = [...withWaiting.values()].flatMap((one) => one.reports);
  const spokenBefore = unitSums(seen.flatMap(ifAllApproved), previous, figures).flatMap((one) => one.reports);
  return {
    scope,
    period,
    previous,
    daysGone: gone,
    days: daysIn(period),
    at,
    figures: figures
      .filter(({ id }) => all.together.has(id) || all.now.has(id) || all.was.has(id))
      .map((figure) => ({
        figure,
        approved: all.now.get(figure.id) ?? { value: 0, behind: [] },
        pending: (all.together.get(figure.id)?.value ?? 0) - (all.now.get(figure.id)?.value ?? 0),
        before: all.was.get(figure.id)?.value ?? null,
      })),
    units: rows,
    sectors: sectorRows(rows),
    duties: standingOf(plans, digestScope(scope), units, seen, at).duties,
    silent: units.filter((unit) => !withWaiting.get(unit)?.reports.length),
    waiting: spoken.filter(({ id }) => wait.has(id)),
    waitingBefore: spokenBefore.filter(({ id }) => wait.has(id)).length,
    unsplit: [...withWaiting.values()].flatMap((one) => one.unsplit),
    outliers: outliersOf(
      units.map((unit) => ({
        unit,
        sector: sectorOf(plans.unit(unit)),
        now: withWaiting.get(unit)?.sums ?? new Map(),
        before: before.get(unit)?.sums ?? new Map(),
      })),
      figures,
      dayOf(at) > period.to,
    ),
    byDay: byDayOf(spoken, wait),
  };
}

/** A report as it would count if what waits were approved as it stands. */
const ifAllApproved = (report: SubmittedReport): SubmittedReport[] =>
  report.state === 'submitted' ? [report] : [asApproved(report) ?? []].flat();

/** The units that owe reports, and any other that sent one. */
function unitsIn(plans: PlanIndex, scope: TotalsScope, reports: readonly SubmittedReport[]): UnitId[] {
  if (scope.kind === 'unit' || scope.kind === 'group') return unitsOf(plans, scope);
  const owing = unitsOf(plans, { kind: 'city' });
  const known = new Set(owing);
  const others = new Set(reports.map(({ unit }) => unit).filter((unit) => !known.has(unit)));
  const all = [...owing, ...plans.book.units.map(({ id }) => id).filter((id) => others.has(id))];
  if (scope.kind === 'type') return ofType(plans, all, scope.type);
  return scope.kind === 'sector' ? inSector(plans, all, scope.sector) : all;
}

const digestScope = (scope: TotalsScope): Scope =>
  scope.kind === 'sector' || scope.kind === 'type' ? { kind: 'city' } : scope;

const byUnit = (sums: UnitSums[]): Map<UnitId, UnitSums> => new Map(sums.map((one) => [one.unit, one]));

const totals = (of: { sums: Sums } | undefined): Totals =>
  Object.fromEntries([...(of?.sums ?? [])].map(([figure, { value }]) => [figure, value]));

/** Only where they differ. */
function difference(then: UnitSums | undefined, now: UnitSums | undefined): Totals {
  const ids = new Set([...(then?.sums.keys() ?? []), ...(now?.sums.keys() ?? [])]);
  const changes = [...ids].map(
    (id) => [id, (then?.sums.get(id)?.value ?? 0) - (now?.sums.get(id)?.value ?? 0)] as const,
  );
  return Object.fromEntries(changes.filter(([, change]) => change !== 0));
}

function sectorRows(rows: readonly UnitRow[]): SectorRow[] {
  return SECTORS.flatMap((sector) => {
    const own = rows.filter((row) => row.sector === sector);
    if (own.length === 0) return [];
    const sum = (of: (row: UnitRow) => Totals): Totals => own.map(of).reduce(plus, {});
    return [
      {
        sector,
        units: own.length,
        reporting: own.filter(({ reports }) => reports > 0).length,
        approved: sum((row) => row.approved),
        pending: sum((row) => row.pending),
        before: sum((row) => row.before),
      },
    ];
  });
}

export function plus(a: Totals, b: Totals): Totals {
  const sum = { ...a };
  for (const [figure, value] of Object.entries(b)) sum[figure] = Math.round(((sum[figure] ?? 0) + value!) * 100) / 100;
  return sum;
}

function byDayOf(reports: readonly SubmittedReport[], wait: ReadonlySet<string>): Overview['byDay'] {
  const days = new Map<Day, { approved: number; waiting: number }>();
  for (const report of reports) {
    const day = dayOf(report.submittedAt);
    const counts = days.get(day) ?? { approved: 0, waiting: 0 };
    if (wait.has(report.id)) counts.waiting += 1;
    else if (report.approved) counts.approved += 1;
    days.set(day, counts);
  }
  const known = [...days.keys()].toSorted();
  if (known.length === 0) return [];
  const all: Overview['byDay'] = [];
  for (let day = known[0]!; day <= known.at(-1)!; day = addDays(day, 1))
    all.push({ day, ...(days.get(day) ?? { approved: 0, waiting: 0 }) });
  return all;
}
