/** The annexes: every unit's figures, the reports behind each figure, the units' words whole. */
import { spoken } from '../../digest/figures.ts';
import { dated, FIGURES } from '../../digest/totals.ts';
import { dayOf, speakDay } from '../../language/calendar.ts';
import { say } from '../../text/say.ts';
import { speakDays } from '../period.ts';
import type { OfficialBlock, OfficialReport, TableCell } from '../types.ts';
import { FEW, numberCell, type Seen, textCell } from './blocks.ts';
import { opinionsOf } from './opinions.ts';

export function annexes(seen: Seen): OfficialReport['annexes'] {
  const all: { subject: string; blocks: OfficialBlock[] }[] = [
    { subject: say('official:annex.units'), blocks: unitTables(seen) },
    { subject: say('official:annex.sources'), blocks: [sourceTable(seen), ...reportList(seen)] },
    ...(opinionsOf(seen).length > 0 ? [{ subject: say('official:annex.opinions'), blocks: [opinionTable(seen)] }] : []),
  ];
  return all.map((one, i) => ({ ...one, title: say('official:annexTitle', { n: ROMAN[i]! }) }));
}

const ROMAN = ['I', 'II', 'III', 'IV'];

/** The common figures in one table; those of single sectors, which one or two units report, in a list. */
function unitTables({ of, plans }: Seen): OfficialBlock[] {
  const common = of.figures.filter(({ figure }) => (FIGURES as readonly string[]).includes(figure.id));
  const own = of.figures.filter(({ figure }) => !common.some((one) => one.figure === figure));
  const reporting = of.units.filter(({ counted }) => counted > 0);
  const name = 22;
  const rest = (100 - 4 - name) / Math.max(common.length + 1, 1);
  const blocks: OfficialBlock[] = [];
  if (common.length > 0)
    blocks.push({
      kind: 'table',
      table: {
        head: [
          say('official:head.place'),
          say('official:head.unit'),
          ...common.map(({ figure }) => figure.label),
          say('official:head.reports'),
        ],
        widths: [4, name, ...common.map(() => rest), rest],
        rows: [
          ...reporting.map((row, i) => [
            numberCell(i + 1),
            textCell(plans.name(row.unit)),
            ...common.map(({ figure }) => numberCell(row.approved[figure.id])),
            numberCell(row.counted),
          ]),
          [
            textCell(''),
            textCell(say('official:total'), true),
            ...common.map(({ approved }) => numberCell(approved.behind.length > 0 ? approved.value : undefined, true)),
            numberCell(
              reporting.reduce((n, row) => n + row.counted, 0),
              true,
            ),
          ],
        ],
      },
    });
  const rows = own.flatMap(({ figure }) =>
    reporting.flatMap((row): TableCell[][] => {
      const n = row.approved[figure.id];
      return n === undefined ? [] : [[textCell(plans.name(row.unit)), textCell(figure.label), numberCell(n)]];
    }),
  );
  if (rows.length > 0)
    blocks.push(
      { kind: 'caption', text: say('official:table.own') },
      {
        kind: 'table',
        table: {
          head: [say('official:head.unit'), say('official:head.figure'), say('official:head.value')],
          widths: [34, 50, 16],
          rows,
        },
      },
    );
  const silent = of.silent.map((unit) => plans.name(unit));
  if (silent.length > 0)
    blocks.push({ kind: 'note', text: say('official:silent', { n: silent.length, names: silent.join(', ') }) });
  return blocks.length > 0 ? blocks : [{ kind: 'note', text: say('official:noFigures') }];
}

/** `S3 · Tờ rơi · 1.200 · BC-2026-00004 (300), BC-2026-00007 (−40), …`: the parts add up to the figure. */
function sourceTable({ of, marks, reports }: Seen): OfficialBlock {
  if (marks.size === 0) return { kind: 'note', text: say('official:noSources') };
  const receipts = new Map(reports.map(({ id, receipt }) => [id, receipt]));
  const rows = [...marks].map(([id, mark]) => {
    const { figure, approved } = of.figures.find((row) => row.figure.id === id)!;
    const parts = approved.behind.map(({ report, value }) => {
      const n = `${value < 0 ? '−' : ''}${spoken(Math.abs(value))}`;
      return `${receipts.get(report) ?? report} (${n})`;
    });
    return [textCell(mark), textCell(figure.label), numberCell(approved.value), textCell(parts.join(', '))];
  });
  return {
    kind: 'table',
    table: {
      head: ['mark', 'figure', 'value', 'behind'].map((key) => say(`official:head.${key as 'mark'}`)),
      widths: [7, 24, 11, 58],
      rows,
    },
  };
}

/** Whose report each number is, and of which days. */
function reportList({ of, plans, reports }: Seen): OfficialBlock[] {
  const behind = new Set(of.figures.flatMap(({ approved }) => approved.behind.map(({ report }) => report)));
  const rows = reports
    .filter(({ id }) => behind.has(id))
    .toSorted((a, b) => a.receipt.localeCompare(b.receipt))
    .map((report) => {
      const { from, to } = dated(report);
      const sent = speakDay(dayOf(report.submittedAt));
      return [report.receipt, plans.name(report.unit), speakDays({ from, to }), sent].map((text) => textCell(text));
    });
  const left = unsplitAll(of);
  if (rows.length === 0) return left;
  const head = ['receipt', 'unit', 'days', 'sentOn'].map((key) => say(`official:head.${key as 'unit'}`));
  return [
    { kind: 'caption', text: say('official:table.reports', { n: rows.length }) },
    { kind: 'table', table: { head, widths: [18, 48, 20, 14], rows } },
    ...left,
  ];
}

/** Those that the body names only some of. */
const unsplitAll = ({ unsplit }: Seen['of']): OfficialBlock[] =>
  unsplit.length > FEW
    ? [
        {
          kind: 'note',
          text: say('official:unsplitAll', { receipts: unsplit.map(({ receipt }) => receipt).join(', ') }),
        },
      ]
    : [];

const opinionTable = (seen: Seen): OfficialBlock => ({
  kind: 'table',
  table: {
    head: ['unit', 'asked', 'words', 'receipt'].map((key) => say(`official:head.${key as 'unit'}`)),
    widths: [22, 16, 47, 15],
    rows: opinionsOf(seen).map(({ unit, field, text, receipt }) => [
      textCell(unit),
      textCell(say(`official:short.${field}`)),
      textCell(text),
      textCell(receipt),
    ]),
  },
});
