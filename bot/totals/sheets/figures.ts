/** Sheets of figures: of all, of sectors and units, where they come from and which are out of the ordinary. */
import { say } from '../../text/say.ts';
import { type Column, column, type Sheet, type SheetNeeds, type Title } from '../sheet.ts';
import type { Overview } from '../types.ts';

export const figures = ({ of }: SheetNeeds): Sheet => ({
  name: say('sheets:name.figures'),
  columns: [
    column('figure'),
    column('countedIn'),
    ...(['approved', 'pending', 'before', 'change', 'reports'] as Title[]).map((title) => column(title, 'number')),
  ],
  rows: of.figures.map(({ figure, approved, pending, before }) => [
    figure.label,
    figure.unit,
    approved.behind.length > 0 ? approved.value : null,
    pending || null,
    before,
    before === null ? null : rounded(approved.value - before),
    approved.behind.length,
  ]),
  frozen: 1,
});

const rounded = (n: number): number => Math.round(n * 100) / 100;

export const sectors = ({ of }: SheetNeeds): Sheet => ({
  name: say('sheets:name.sectors'),
  columns: [column('sector'), column('units', 'number'), column('reporting', 'number'), ...figureColumns(of)],
  rows: of.sectors.map(({ sector, units: count, reporting, approved }) => [
    say(`totals:sector.${sector}`),
    count,
    reporting,
    ...of.figures.map(({ figure }) => approved[figure.id] ?? null),
  ]),
  frozen: 1,
});

export const units = ({ of, plans }: SheetNeeds): Sheet => ({
  name: say('sheets:name.units'),
  columns: [
    column('unit'),
    column('sector'),
    column('reports', 'number'),
    column('waiting', 'number'),
    ...figureColumns(of),
  ],
  rows: of.units.map(({ unit, sector, reports, waiting, approved }) => [
    plans.name(unit),
    say(`totals:sector.${sector}`),
    reports,
    waiting,
    ...of.figures.map(({ figure }) => approved[figure.id] ?? null),
  ]),
  frozen: 1,
});

const figureColumns = ({ figures: rows }: Overview): Column[] =>
  rows.map(({ figure }) => ({ title: figure.label, kind: 'number', width: 16 }));

/** Every figure of every unit with the reports that it is made of. */
export const sources = ({ of, plans, reports }: SheetNeeds): Sheet => {
  const known = new Map(reports.map((report) => [report.id, report]));
  return {
    name: say('sheets:name.sources'),
    columns: [column('figure'), column('unit'), column('receipt'), column('value', 'number')],
    rows: of.figures.flatMap(({ figure, approved }) =>
      approved.behind.map(({ report, value }) => {
        const found = known.get(report);
        return [figure.label, found ? plans.name(found.unit) : '', found?.receipt ?? report, value];
      }),
    ),
  };
};

export const outliers = ({ of, plans, reports }: SheetNeeds): Sheet => ({
  name: say('sheets:name.outliers'),
  columns: [
    column('unit'),
    column('figure'),
    column('value', 'number'),
    column('usual', 'number'),
    column('against'),
    column('receipt', 'text', 40),
  ],
  rows: of.outliers.map(({ unit, figure, value, usual, against, reports: ids }) => [
    plans.name(unit),
    figure.label,
    value,
    usual,
    say(`sheets:against.${against}`),
    reports
      .filter(({ id }) => ids.includes(id))
      .map(({ receipt }) => receipt)
      .join(', '),
  ]),
});
