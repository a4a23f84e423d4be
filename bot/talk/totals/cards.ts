/** Totals as chat messages: the sums first, then what waits, what is missing, what deserves a look. */
import type { Here } from '../../core/talk.ts';
import type { Draughted, Offer, Text } from '../../core/types.ts';
import { deadlineLine, stateLines } from '../../digest/daily.ts';
import { figureLines, spoken } from '../../digest/figures.ts';
import { changeOf, FIGURES } from '../../digest/totals.ts';
import type { DutyStanding, Totals } from '../../digest/types.ts';
import type { PlanIndex, UnitId } from '../../plan/types.ts';
import type { SubmittedReport } from '../../report/types.ts';
import { say } from '../../text/say.ts';
import { speakDays, speakPeriod } from '../../totals/period.ts';
import type { FigureRow, Outlier, Overview } from '../../totals/types.ts';
import { scopeName, speakOutlier } from '../../totals/words.ts';
import { line, note, title } from '../blocks.ts';
import { nudgeOffers } from '../reminding.ts';
import { type Args, paperAsk, totalsAsk } from './args.ts';

export const noPeriod = (wrong: string | null, reversed = false): Draughted => ({
  text: [
    line(
      wrong === null
        ? say('totals:unclearPeriod')
        : say(reversed ? 'totals:reversedPeriod' : 'totals:wrongPeriod', { wrong }),
    ),
  ],
});

const NAMES = 12;
const MOST_OUTLIERS = 4;
const MOST_RECEIPTS = 6;
const PAGE = 12;

type Of = Pick<Overview, 'scope' | 'period'>;
const COMMON: ReadonlySet<string> = new Set<string>(FIGURES);

/** @param named whether units may be named: never before a group */
export function summary(of: Overview, here: Here, named: boolean): Draughted {
  const { plans } = here.world;
  const one = of.scope.kind === 'unit';
  const reporting = of.units.filter(({ reports }) => reports > 0).length;
  const text: Text[] = [
    title(say('totals:title', { period: speakPeriod(of.period), scope: scopeName(plans, of.scope) })),
    ...(of.daysGone < of.days ? [note(say('totals:running', { gone: of.daysGone, days: of.days }))] : []),
    line(approved(of)),
    ...waitingLines(of),
    ...(one ? [] : [line(say('totals:reporting', { n: reporting, units: of.units.length }))]),
    ...(named && !one && of.silent.length > 0 ? [note(say('totals:silent', { names: names(plans, of.silent) }))] : []),
    ...dutiesOf(of).map((duty) => line([deadlineLine(duty), ...stateLines(duty, one)].join('\n'))),
    ...(named ? unsplit(of) : []),
    ...(named ? outliers(of.outliers, plans) : []),
  ];
  return { text, offers: named ? offersOf(of, here) : [], source: dutiesOf(of).map(({ duty }) => duty.source) };
}

function approved(of: Overview): string {
  const now = totalsOf(of.figures, ({ approved: { value, behind } }) => (behind.length > 0 ? value : undefined));
  const before = totalsOf(of.figures, (row) => row.before ?? undefined);
  const lines = [...figureLines(now, compared(of) ? changeOf(now, before) : {}), ...others(of.figures)];
  const previous = speakDays(of.previous);
  if (lines.length === 0)
    return compared(of)
      ? [say('totals:noFiguresBeside', { previous }), ...beforeLines(of).map((text) => `• ${text}`)].join('\n')
      : say('totals:noFiguresAtAll', { previous });
  const head = compared(of) ? say('totals:approvedBeside', { previous }) : say('totals:approved', { previous });
  const gone = beforeLines(of);
  return [
    head,
    ...lines.map((text) => `• ${text}`),
    ...(gone.length > 0 ? [say('totals:onlyBefore', { figures: gone.join(', ') })] : []),
  ].join('\n');
}

/** What was approved of the period before, and nothing yet of this one. */
const beforeLines = ({ figures }: Overview): string[] =>
  figures
    .filter(({ before, approved: { behind } }) => before !== null && behind.length === 0)
    .map(({ figure, before }) => say('totals:named', { label: figure.label, n: spoken(before!) }));

/** Without a single figure of the period before, "+120" would say nothing. */
const compared = ({ figures }: Overview): boolean => figures.some(({ before }) => before !== null);

/** Figures of single sectors, each by its name. */
const others = (rows: readonly FigureRow[]): string[] =>
  rows
    .filter(({ figure, approved: { behind } }) => !COMMON.has(figure.id) && behind.length > 0)
    .map(({ figure, approved: { value } }) => say('totals:named', { label: figure.label, n: spoken(value) }));

function totalsOf(rows: readonly FigureRow[], value: (row: FigureRow) => number | undefined): Totals {
  const known = rows.flatMap((row) => {
    const n = value(row);
    return n === undefined ? [] : [[row.figure.id, n] as const];
  });
  return Object.fromEntries(known);
}

function waitingLines(of: Overview): Text[] {
  const before = of.waitingBefore > 0 ? [note(say('totals:waitingBefore', { n: of.waitingBefore }))] : [];
  if (of.waiting.length === 0) return before;
  const added = totalsOf(of.figures, ({ pending }) => pending || undefined);
  const lines = figureLines(added, {});
  const said = [say('totals:waiting', { n: of.waiting.length }), ...lines.map((text) => `• ${text}`)];
  return [line(said.join('\n')), ...before];
}

/** Duties that fall due in the period, and those that are due within the week after. */
function dutiesOf({ duties, period, scope }: Overview): DutyStanding[] {
  const inPeriod = duties.filter(({ lastDay }) => lastDay >= period.from && lastDay <= period.to);
  if (inPeriod.length > 0 || scope.kind === 'unit') return inPeriod;
  return duties.filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= 7);
}

function unsplit({ unsplit: reports }: Overview): Text[] {
  if (reports.length === 0) return [];
  return [note(say('totals:unsplit', { n: reports.length, receipts: receipts(reports) }))];
}

const receipts = (reports: readonly SubmittedReport[]): string => {
  const shown = reports
    .slice(0, MOST_RECEIPTS)
    .map(({ receipt }) => receipt)
    .join(', ');
  return reports.length > MOST_RECEIPTS ? say('totals:andMore', { shown, n: reports.length - MOST_RECEIPTS }) : shown;
};

function outliers(all: readonly Outlier[], plans: PlanIndex): Text[] {
  if (all.length === 0) return [];
  const lines = all.slice(0, MOST_OUTLIERS).map((one) => `• ${speakOutlier(one, plans)}`);
  return [line([say('totals:outliers'), ...lines].join('\n'))];
}

function names(plans: PlanIndex, units: readonly UnitId[]): string {
  const shown = units
    .slice(0, NAMES)
    .map((unit) => plans.name(unit))
    .join(', ');
  return units.length > NAMES ? say('totals:andMoreUnits', { shown, n: units.length - NAMES }) : shown;
}

const of = ({ scope, period }: Of) => ({ scope, period });

function offersOf(seen: Overview, { world }: Here): Offer[] {
  const many = seen.scope.kind !== 'unit';
  const any = seen.figures.some(({ approved: { behind } }) => behind.length > 0);
  return [
    ...(any ? [{ label: say('totals:toFigures'), ask: totalsAsk({ do: 'figures', ...of(seen) }) }] : []),
    ...(any && seen.sectors.length > 1
      ? [{ label: say('totals:toSectors'), ask: totalsAsk({ do: 'sectors', ...of(seen) }) }]
      : []),
    ...(any && many ? [{ label: say('totals:toUnits'), ask: totalsAsk({ do: 'units', ...of(seen), page: 0 }) }] : []),
    ...(many && seen.silent.length > 0
      ? [
          {
            label: say('totals:toSilent', { n: seen.silent.length }),
            ask: totalsAsk({ do: 'silent', ...of(seen), page: 0 }),
          },
        ]
      : []),
    ...(any
      ? [
          {
            label: say('totals:toExcel'),
            ask: paperAsk({ do: 'totals', format: 'xlsx', ...of(seen) }),
          },
        ]
      : []),
    ...(world.desk && seen.waiting.length > 0
      ? [
          {
            label: say('totals:toWaiting', { n: seen.waiting.length }),
            ask: { talk: 'approve', args: { do: 'list', page: 0 } },
          },
        ]
      : []),
  ];
}

/** The same by sector; each leads on to its own totals. */
export function sectorsCard(seen: Overview): Draughted {
  const rows = seen.sectors.filter(({ reporting }) => reporting > 0);
  return {
    text: [
      title(say('totals:sectorsTitle', { period: speakPeriod(seen.period) })),
      ...rows.map(({ sector, units, reporting, approved }) => {
        const figures = [...figureLines(approved, {}), ...ofSectors(approved, seen)].join(', ');
        const words = { sector: say(`totals:sector.${sector}`), n: reporting, units };
        return line(say('totals:sectorLine', { ...words, figures: figures || say('totals:unitNothing') }));
      }),
    ],
    offers: rows.map(({ sector }) => ({
      label: say(`totals:sector.${sector}`),
      ask: totalsAsk({ do: 'show', scope: { kind: 'sector', sector }, period: seen.period }),
    })),
  };
}

/** Every unit with what it reported, in the order of the tables. */
export function unitsPage(seen: Overview, page: number, here: Here): Draughted {
  const rows = seen.units.filter(({ reports }) => reports > 0);
  const lines = pageOf(rows, page).map((row) => {
    const figures = [...figureLines(row.approved, {}), ...ofSectors(row.approved, seen)].join(', ');
    const waits = row.waiting > 0 ? say('totals:unitWaiting', { n: row.waiting }) : '';
    return line(
      say('totals:unitLine', {
        unit: here.world.plans.name(row.unit),
        figures: figures || say('totals:unitNothing'),
        waits,
      }),
    );
  });
  return {
    text: [title(say('totals:unitsTitle', { period: speakPeriod(seen.period), n: rows.length })), ...lines],
    offers: next(rows.length, page, { do: 'units', ...of(seen), page: page + 1 }),
  };
}

const ofSectors = (totals: Totals, { figures }: Overview): string[] =>
  figures
    .filter(({ figure }) => !COMMON.has(figure.id) && totals[figure.id] !== undefined)
    .map(({ figure }) => say('totals:named', { label: figure.label.toLowerCase(), n: spoken(totals[figure.id]!) }));

/** Units without a report of these days; then the duties that they owe. */
export function silentPage(seen: Overview, page: number, here: Here): Draughted {
  const { plans } = here.world;
  const head = { period: speakPeriod(seen.period), scope: scopeName(plans, seen.scope) };
  const duties = page === 0 ? dutiesOf(seen) : [];
  const missing = duties.flatMap((duty) => {
    const owing = duty.units.filter(({ state }) => state === 'notDue' || state === 'overdue').map(({ unit }) => unit);
    if (owing.length === 0) return [];
    return [line(`${deadlineLine(duty)} ${say('totals:owing', { n: owing.length, names: names(plans, owing) })}`)];
  });
  if (seen.silent.length === 0) return { text: [line(say('totals:noneSilent', head)), ...missing] };
  const shown = pageOf(seen.silent, page, 3 * PAGE).map((unit) => plans.name(unit));
  const from = page * 3 * PAGE;
  const part = { from: from + 1, to: from + shown.length, n: seen.silent.length };
  return {
    text: [
      title(say('totals:silentTitle', { ...head, n: seen.silent.length, units: seen.units.length })),
      line(shown.join(', ')),
      ...(shown.length < seen.silent.length ? [note(say('totals:silentPart', part))] : []),
      ...missing,
    ],
    offers: [
      ...next(seen.silent.length, page, { do: 'silent', ...of(seen), page: page + 1 }, 3 * PAGE),
      ...(here.world.desk ? nudgeOffers().map(({ label, ask }) => ({ label, ask })) : []),
    ],
  };
}

/** Which figure is to be looked into. */
export const figuresCard = (seen: Overview): Draughted => ({
  text: [line(say('totals:whichFigure'))],
  offers: seen.figures
    .filter(({ approved: { behind } }) => behind.length > 0)
    .map(({ figure, approved: { value } }) => ({
      label: say('totals:named', { label: figure.label, n: spoken(value) }),
      ask: totalsAsk({ do: 'behind', ...of(seen), figure: figure.id, page: 0 }),
    })),
});

/** The reports that a sum is made of; a tap shows one. */
export function behindPage(
  seen: Overview,
  figure: string,
  page: number,
  reports: readonly SubmittedReport[],
  here: Here,
): Draughted {
  const row = seen.figures.find((one) => one.figure.id === figure);
  if (!row) return { text: [line(say('totals:noFigures'))] };
  const { behind, value } = row.approved;
  const shown = pageOf(behind, page, 8).flatMap(({ report, value: share }) => {
    const found = reports.find(({ id }) => id === report);
    return found ? [{ found, share }] : [];
  });
  const { plans, person } = here.world;
  const mine = new Set(person?.memberships.map(({ unit }) => unit));
  return {
    text: [
      title(say('totals:behindTitle', { label: row.figure.label, n: spoken(value), period: speakPeriod(seen.period) })),
      ...shown.map(({ found, share }) =>
        line(
          say(share < 0 ? 'totals:behindLess' : 'totals:behindLine', {
            receipt: found.receipt,
            unit: plans.name(found.unit),
            n: spoken(Math.abs(share)),
          }),
        ),
      ),
      ...(behind.some(({ value: share }) => share < 0) ? [note(say('totals:behindNote'))] : []),
    ],
    offers: [
      ...shown.map(({ found }) => ({
        label: found.receipt,
        ask: {
          talk: mine.has(found.unit) && !here.world.desk ? 'sent' : 'approve',
          args: { do: 'show', report: found.id },
        },
      })),
      ...next(behind.length, page, { do: 'behind', ...of(seen), figure, page: page + 1 }, 8),
    ],
  };
}

const pageOf = <T>(all: readonly T[], page: number, size = PAGE): T[] => all.slice(page * size, (page + 1) * size);
const next = (count: number, page: number, args: Args, size = PAGE): Offer[] =>
  count > (page + 1) * size ? [{ label: say('common:next'), ask: totalsAsk(args) }] : [];
