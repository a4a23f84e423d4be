/** Totals as sheets of a workbook and as one plain table: what stands in which column, and of what type. Pure. */
import { currentMarks } from '../desk/standing.ts';
import { answersTo, ofKind, stateOf, urgencyOf, wordsOf } from '../desk/states.ts';
import type { Matter, MatterKind, Register } from '../desk/types.ts';
import { dayOf, speakDay, speakInstant } from '../language/calendar.ts';
import type { Day, PlanIndex, UnitId } from '../plan/types.ts';
import { timelinessNow } from '../report/duty.ts';
import type { SubmittedReport } from '../report/types.ts';
import { say } from '../text/say.ts';
import { speakPeriod } from './period.ts';
import type { Overview } from './types.ts';
import { scopeName } from './words.ts';

export type ColumnKind = 'text' | 'number' | 'day';

export interface Column {
  title: string;
  kind: ColumnKind;
  /** In characters. */
  width: number;
}

/** A text, a number, or a day for a column of days; null is an empty cell. */
export type Cell = string | number | null;

export interface Sheet {
  name: string;
  /** Lines above the heads: what the sheet is of. A warning stands out. */
  about?: { text: string; warns?: true }[];
  columns: Column[];
  rows: Cell[][];
  /** So many columns stay in sight at the left. */
  frozen?: number;
}

export interface SheetNeeds {
  of: Overview;
  plans: PlanIndex;
  reports: readonly SubmittedReport[];
  register: Register;
  rehearsal: boolean;
}

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

type Title = Parameters<typeof column>[0];
const column = (title: keyof typeof WIDTHS, kind: ColumnKind = 'text', width: number = WIDTHS[title]): Column => ({
  title: say(`sheets:column.${title}`),
  kind,
  width,
});
const WIDTHS = {
  figure: 34,
  countedIn: 12,
  approved: 14,
  pending: 20,
  before: 14,
  change: 14,
  reports: 12,
  sector: 28,
  units: 10,
  reporting: 12,
  unit: 34,
  waiting: 12,
  duty: 26,
  lastDay: 14,
  state: 22,
  handedIn: 22,
  receipt: 18,
  from: 12,
  to: 12,
  sentOn: 12,
  timeliness: 14,
  reportState: 20,
  value: 12,
  usual: 14,
  against: 26,
  number: 16,
  raisedOn: 12,
  words: 60,
  answer: 60,
  nominee: 30,
  sentAt: 20,
  urgency: 14,
  course: 60,
  task: 40,
  cite: 30,
  progress: 16,
  note: 40,
  markedOn: 14,
};

const figures = ({ of }: SheetNeeds): Sheet => ({
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

const sectors = ({ of }: SheetNeeds): Sheet => ({
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

const units = ({ of, plans }: SheetNeeds): Sheet => ({
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

/** Who handed in what in time. */
const punctuality = ({ of, plans }: SheetNeeds): Sheet => ({
  name: say('sheets:name.punctuality'),
  columns: [column('duty'), column('lastDay', 'day'), column('unit'), column('handedIn')],
  rows: of.duties.flatMap(({ duty, lastDay, units: states }) =>
    states.map(({ unit, state }) => [duty.name, lastDay, plans.name(unit), say(`digest:state_${state}`)]),
  ),
  frozen: 1,
});

const received = ({ of, plans, reports }: SheetNeeds): Sheet => {
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

/** Every figure of every unit with the reports that it is made of. */
const sources = ({ of, plans, reports }: SheetNeeds): Sheet => {
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

const outliers = ({ of, plans, reports }: SheetNeeds): Sheet => ({
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

const MATTERS = ['obstacle', 'commendation', 'model'] as const satisfies readonly MatterKind[];

/** What was raised in the period by the units in scope. */
function raisedIn({ of, register }: SheetNeeds, kind: MatterKind): Matter[] {
  const inScope = new Set<UnitId>(of.units.map(({ unit }) => unit));
  return ofKind(register, kind).filter(
    (one) =>
      inScope.has(one.unit) && one.at <= of.at && dayOf(one.at) >= of.period.from && dayOf(one.at) <= of.period.to,
  );
}

/** Extraordinary reports, with what was added and what the standing agency said. */
const urgents = (needs: SheetNeeds): Sheet => ({
  name: say('sheets:name.urgent'),
  columns: [
    column('number'),
    column('unit'),
    column('sentAt'),
    column('urgency'),
    column('words'),
    column('state'),
    column('course'),
  ],
  rows: raisedIn(needs, 'urgent').map((one) => {
    const degree = urgencyOf(one);
    return [
      one.number,
      needs.plans.name(one.unit),
      speakInstant(one.at),
      degree ? say(`desk:urgent.${degree}`) : '',
      one.text,
      say(`matter:state.urgent_${stateOf(one) as 'open'}`),
      courseOf(one),
    ];
  }),
});

/** A degree that was set anew stands in its own column. */
const courseOf = ({ steps }: Matter): string =>
  steps
    .filter(({ kind }) => kind !== 'graded')
    .map(({ kind, at, text }) => {
      const step = kind === 'escalated' ? say('matter:escalated') : say(`matter:step.urgent_${kind as 'acknowledged'}`);
      const words = { when: speakInstant(at), step };
      return text ? say('matter:stepLine', { ...words, text }) : say('matter:stepBare', words);
    })
    .join('\n');

/** How far units say they are with their tasks, as it stood at the end of the period. */
const progress = ({ of, plans, register }: SheetNeeds): Sheet => {
  const inScope = new Set<UnitId>(of.units.map(({ unit }) => unit));
  const marks = register.marks.filter(({ unit, at }) => inScope.has(unit) && at <= of.at && dayOf(at) <= of.period.to);
  return {
    name: say('sheets:name.progress'),
    columns: [
      column('unit'),
      column('cite'),
      column('task'),
      column('progress'),
      column('note'),
      column('markedOn', 'day'),
    ],
    rows: currentMarks({ ...register, marks }).map(({ unit, task, state, note, at }) => {
      const passage = plans.passage(task);
      return [
        plans.name(unit),
        passage
          ? say('cite:source', { plan: plans.plan(passage.plan)?.short ?? passage.plan, path: passage.path })
          : task,
        passage?.text ?? '',
        say(`mark:state.${state}`),
        note,
        dayOf(at),
      ];
    }),
    frozen: 1,
  };
};

const matters =
  (kind: (typeof MATTERS)[number]) =>
  (needs: SheetNeeds): Sheet => {
    const { plans } = needs;
    const named = kind === 'commendation';
    return {
      name: say(`sheets:name.${kind}`),
      columns: [
        column('number'),
        column('unit'),
        column('raisedOn', 'day'),
        ...(named ? [column('nominee')] : []),
        column('words'),
        column('state'),
        ...(kind === 'obstacle' ? [column('answer')] : []),
      ],
      rows: raisedIn(needs, kind).map((one) => [
        one.number,
        plans.name(one.unit),
        dayOf(one.at),
        ...(named ? [one.nominee?.name ?? ''] : []),
        wordsOf(one),
        say(`sheets:state.${stateOf(one)}`),
        ...(kind === 'obstacle' ? [answersOf(one)] : []),
      ]),
    };
  };

const answersOf = (one: Matter): string =>
  answersTo(one)
    .map(({ at, text }) => say('sheets:answered', { day: speakDay(dayOf(at)), text }))
    .join('\n');

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
