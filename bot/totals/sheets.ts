/** Totals as sheets of a workbook and as one plain table. Pure. */
import { speakInstant } from '../language/calendar.ts';
import { say } from '../text/say.ts';
import { speakPeriod } from './period.ts';
import { column, type Sheet, type SheetNeeds } from './sheet.ts';
import { MATTERS, matters, progress, urgents } from './sheets/desk.ts';
import { figures, outliers, sectors, sources, units } from './sheets/figures.ts';
import { punctuality, received } from './sheets/reports.ts';
import { scopeName } from './words.ts';

/** One sheet for each subject; those without a row are left out, but for the first. */
export function sheetsOf(needs: SheetNeeds): Sheet[] {
  const [first, ...rest] = [
    figures,
    sectors,
    units,
    punctuality,
    received,
    sources,
    outliers,
    urgents,
    ...MATTERS.map(matters),
    progress,
  ].map((make) => make(needs));
  const about = aboutOf(needs);
  return [first!, ...rest.filter(({ rows }) => rows.length > 0)].map((sheet) => ({ ...sheet, about }));
}

/** A sheet that is printed or passed on alone says what it is of. */
function aboutOf({ of, plans, rehearsal }: SheetNeeds): Sheet['about'] {
  const { period, scope, at } = of;
  const words = {
    scope: scopeName(plans, scope),
    period: speakPeriod(period),
    when: speakInstant(at),
  };
  return [
    ...(rehearsal ? [{ text: say('sheets:rehearsal'), warns: true as const }] : []),
    { text: say('sheets:about', words) },
  ];
}

/** One row for each unit and figure: for programs that read tables. */
export function tableOf({ of, plans, reports }: SheetNeeds): Sheet {
  const receipts = new Map(reports.map((report) => [report.id, report]));
  return {
    name: say('sheets:name.units'),
    columns: [
      column('unit'),
      column('sector'),
      column('figure'),
      column('countedIn'),
      column('from', 'day'),
      column('to', 'day'),
      column('approved', 'number'),
      column('pending', 'number'),
      column('before', 'number'),
      column('receipt'),
    ],
    rows: of.units.flatMap(({ unit, sector, approved, pending, before }) =>
      of.figures.flatMap(({ figure, approved: { behind } }) => {
        if ([approved, pending, before].every((totals) => totals[figure.id] === undefined)) return [];
        const own = behind.flatMap(({ report }) =>
          receipts.get(report)?.unit === unit ? [receipts.get(report)!.receipt] : [],
        );
        return [
          [
            plans.name(unit),
            say(`totals:sector.${sector}`),
            figure.label,
            figure.unit,
            of.period.from,
            of.period.to,
            approved[figure.id] ?? null,
            pending[figure.id] ?? null,
            before[figure.id] ?? null,
            [...new Set(own)].join(' '),
          ],
        ];
      }),
    ),
  };
}
