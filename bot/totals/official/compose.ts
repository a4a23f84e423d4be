/**
 * What an official report says: results by the plan's own clauses, each figure with a mark that leads to its reports in an
 * annex, the units' own words verbatim, obstacles and nominations from the register. No sentence is invented: where nothing
 * was reported, the drafter is told so.
 */
import { shareOf, targetStanding } from '../../desk/standing.ts';
import { spoken } from '../../digest/figures.ts';
import type { DutyStanding } from '../../digest/types.ts';
import { dayOf, speakDay, speakInstant } from '../../language/calendar.ts';
import type { PlanIndex } from '../../plan/types.ts';
import { say } from '../../text/say.ts';
import { overview } from '../overview.ts';
import { periodOfDays } from '../period.ts';
import { SECTORS, sectorOf } from '../sectors.ts';
import type {
  Figure,
  FigureRow,
  OfficialBlock,
  OfficialLayout,
  OfficialReport,
  Overview,
  TableCell,
} from '../types.ts';
import { annexes } from './annexes.ts';
import {
  bullet,
  clause,
  FEW,
  note,
  numberCell,
  type OfficialNeeds,
  paragraph,
  type Seen,
  section,
  textCell,
} from './blocks.ts';
import { commendations, extraordinary, obstacles } from './matters.ts';
import { opinions } from './opinions.ts';

export function officialReport(needs: OfficialNeeds): OfficialReport {
  const { layout, plans, figures, reports, at } = needs;
  const period = periodOfDays(layout.period.from, layout.period.to);
  const of = overview({ plans, figures, reports, scope: { kind: 'city' }, period, at });
  const seen: Seen = { ...needs, of, marks: marksOf(layout, of) };
  return {
    layout,
    today: dayOf(at),
    rehearsal: needs.rehearsal,
    body: [
      {
        kind: 'paragraph',
        text: say('official:opening', {
          basis: layout.basis,
          agency: layout.agency.speaks,
          from: speakDay(period.from),
          to: speakDay(period.to),
        }),
      },
      ...standing(seen),
      ...results(seen),
      ...opinions(seen),
      ...obstacles(seen),
      ...commendations(seen),
      ...ahead(seen),
      {
        kind: 'paragraph',
        text: say('official:closing', { subject: lower(layout.subject), agency: layout.agency.speaks }),
      },
    ],
    annexes: annexes(seen),
  };
}

/** Numbered as the clauses name them; what no clause names comes last. */
function marksOf({ clauses }: OfficialLayout, { figures }: Overview): Map<string, string> {
  const named = clauses.flatMap((clause) => clause.figures);
  const reported = new Set(
    figures.filter(({ approved: { behind } }) => behind.length > 0).map(({ figure }) => figure.id),
  );
  const order = [...new Set([...named, ...reported])].filter((id) => reported.has(id));
  return new Map(order.map((id, i) => [id, `S${i + 1}`]));
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** I. How the reports came in. */
function standing(seen: Seen): OfficialBlock[] {
  const { of, layout, plans } = seen;
  const duty = of.duties.find((one) => one.duty.id === layout.duty);
  const reporting = of.units.filter(({ reports }) => reports > 0).length;
  return [
    section(say('official:section.standing')),
    ...(duty ? dutyBlocks(duty, plans) : []),
    paragraph(say('official:reporting', { n: reporting, units: of.units.length })),
    ...(of.waiting.length > 0
      ? [note(say('official:waiting', { n: of.waiting.length, at: speakInstant(of.at) }))]
      : []),
    ...(of.unsplit.length > 0
      ? [
          note(
            say(of.unsplit.length > FEW ? 'official:unsplitMany' : 'official:unsplit', {
              n: of.unsplit.length,
              receipts: of.unsplit
                .slice(0, FEW)
                .map(({ receipt }) => receipt)
                .join(', '),
            }),
          ),
        ]
      : []),
    ...extraordinary(seen),
  ];
}

function dutyBlocks(duty: DutyStanding, plans: PlanIndex): OfficialBlock[] {
  const { counts, expected, received } = duty;
  const rows = SECTORS.flatMap((sector): TableCell[][] => {
    const own = duty.units.filter(({ unit }) => sectorOf(plans.unit(unit)) === sector);
    if (own.length === 0) return [];
    const count = (...states: string[]) => own.filter(({ state }) => states.includes(state)).length;
    const cells = [own.length, count('onTime'), count('nothing'), count('late'), count('notDue', 'overdue')];
    return [[textCell(say(`totals:sector.${sector}`)), ...cells.map((n) => numberCell(n))]];
  });
  const all = [expected, counts.onTime, counts.nothing, counts.late, counts.notDue + counts.overdue];
  return [
    paragraph(
      say('official:completeness', {
        duty: duty.duty.name,
        before: speakDay(duty.duty.before!),
        received,
        expected,
        percent: Math.floor(duty.completeness * 100 + 1e-9),
        timely: duty.inTime,
        timelyPercent: Math.floor(duty.timeliness * 100 + 1e-9),
      }),
    ),
    { kind: 'caption', text: say('official:table.standing', { duty: duty.duty.name }) },
    {
      kind: 'table',
      table: {
        head: ['sector', 'expected', 'onTime', 'nothing', 'late', 'missing'].map((key) =>
          say(`official:head.${key as 'sector'}`),
        ),
        widths: [34, 13, 13, 15, 12, 13],
        rows: [...rows, [textCell(say('official:total'), true), ...all.map((n) => numberCell(n, true))]],
      },
    },
  ];
}

/** II. Results, clause by clause of the plan. */
function results(seen: Seen): OfficialBlock[] {
  const { layout, of, plans } = seen;
  const named = new Set(layout.clauses.flatMap(({ figures }) => figures));
  const rest = of.figures.filter(({ figure, approved: { behind } }) => behind.length > 0 && !named.has(figure.id));
  return [
    section(say('official:section.results')),
    note(say('official:howToRead', { plan: plans.plan(layout.plan)?.short ?? layout.plan })),
    ...layout.clauses.flatMap((one, i) => {
      const rows = one.figures.flatMap(
        (id) => of.figures.find(({ figure, approved: { behind } }) => figure.id === id && behind.length > 0) ?? [],
      );
      return [
        clause(`${i + 1}. ${one.title} (${say('official:clause', { clause: one.clause })})`),
        ...(rows.length > 0
          ? figureBlocks(rows, seen)
          : [note(say(one.figures.length > 0 ? 'official:noFigures' : 'official:noFields'))]),
        ...progress(one.clause, seen),
        ...target(one.clause, seen),
      ];
    }),
    ...(rest.length > 0
      ? [clause(`${layout.clauses.length + 1}. ${say('official:others')}`), ...figureBlocks(rest, seen)]
      : []),
  ];
}

function figureBlocks(rows: readonly FigureRow[], { of, marks }: Seen): OfficialBlock[] {
  const compared = of.figures.some(({ before }) => before !== null);
  const table = rows.filter(({ figure }) => figure.only === null).slice(0, 5);
  return [
    ...rows.map(({ figure, approved, before }) =>
      bullet(
        say(compared && before !== null ? 'official:figureBeside' : 'official:figure', {
          label: figure.label,
          n: withUnit(figure, approved.value),
          before: spoken(before ?? 0),
          mark: marks.get(figure.id) ?? '',
        }),
      ),
    ),
    ...(table.length > 1 ? bySector(table, of) : []),
  ];
}

/** "12 buổi"; where the label says what is counted ("Số tiền cho vay (triệu đồng)"), the number alone. */
const withUnit = ({ unit, label }: Figure, n: number): string =>
  unit === '' || label.toLowerCase().includes(unit.toLowerCase()) ? spoken(n) : `${spoken(n)} ${unit}`;

function bySector(rows: readonly FigureRow[], of: Overview): OfficialBlock[] {
  const width = 66 / rows.length;
  return [
    { kind: 'caption', text: say('official:table.sectors') },
    {
      kind: 'table',
      table: {
        head: [say('official:head.sector'), ...rows.map(({ figure }) => figure.label)],
        widths: [34, ...rows.map(() => width)],
        rows: [
          ...of.sectors
            .filter(({ approved }) => rows.some(({ figure }) => approved[figure.id] !== undefined))
            .map(({ sector, approved }) => [
              textCell(say(`totals:sector.${sector}`)),
              ...rows.map(({ figure }) => numberCell(approved[figure.id])),
            ]),
          [textCell(say('official:total'), true), ...rows.map(({ approved }) => numberCell(approved.value, true))],
        ],
      },
    },
  ];
}

/** What units have marked of the clause's tasks, where anybody has. */
function progress(path: string, { register, plans, layout }: Seen): OfficialBlock[] {
  const tasks = new Set(
    plans.tasks.filter((task) => task.plan === layout.plan && task.path === path).map(({ id }) => id),
  );
  const latest = new Map(
    register.marks.filter(({ task }) => tasks.has(task)).map((mark) => [`${mark.unit} ${mark.task}`, mark.state]),
  );
  const count = (...states: string[]) => [...latest.values()].filter((state) => states.includes(state)).length;
  const counts = { done: count('done', 'confirmed'), begun: count('begun'), blocked: count('blocked') };
  return counts.done + counts.begun + counts.blocked > 0 ? [bullet(say('official:progress', counts))] : [];
}

/** The communes free of drugs, under the clause that sets the target: what the standing agency has confirmed. */
function target(path: string, { register, plans, layout, rules }: Seen): OfficialBlock[] {
  if (!rules.target.source.startsWith(`${layout.plan}/${path}/`)) return [];
  const { confirmed, declared, needed, total } = targetStanding(register, plans, rules);
  const words = {
    n: confirmed.length,
    total,
    percent: shareOf(confirmed.length, total),
    needed,
    declared: declared.length,
  };
  return [bullet(say('official:target', words))];
}

/** VI. What lies ahead is the agency's to say; the units' words stand in the annex. */
const ahead = (_seen: Seen): OfficialBlock[] => [section(say('official:section.ahead')), note(say('official:toDraft'))];
