/** The digest of a scope: what matters most first, counts and never names, at most 1,200 characters. */
import { addDays, clockOf, diffDays, speakDay, weekdayOf } from '../language/calendar.ts';
import type { Day, Passage, PassageId, PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { emphasisOf, namedDayAhead } from './emphasis.ts';
import { figureLines } from './figures.ts';
import { quoted as inQuotes, shorten } from './shorten.ts';
import { campaignOf } from './standing.ts';
import type { Digest, DigestKind, DutyStanding, SharedModel, Standing } from './types.ts';

export const MOST_CHARACTERS = 1200;

export interface DailyNeeds {
  standing: Standing;
  plans: PlanIndex;
  /** `daily` when absent. */
  kind?: DigestKind;
  /** Caught up after downtime. */
  late: boolean;
  /** Good models approved in the span. */
  models?: readonly SharedModel[];
  /** The group wants no figures. */
  plain?: boolean;
  rehearsal: boolean;
}

type Block = Digest['text'][number] & { source?: PassageId[] };

/** How much of what may be left out is said, from all to the least; the first that fits is sent. */
const RICHNESS = [
  { tasks: 2, quote: 280, figures: 5, model: 260 },
  { tasks: 1, quote: 340, figures: 5, model: 260 },
  { tasks: 1, quote: 340, figures: 3, model: 260 },
  { tasks: 1, quote: 280, figures: 2, model: 220 },
  { tasks: 1, quote: 220, figures: 2, model: 180 },
  { tasks: 1, quote: 160, figures: 1, model: 140 },
  { tasks: 0, quote: 0, figures: 1, model: 110 },
  { tasks: 0, quote: 0, figures: 0, model: 80 },
];

export function composeDaily(needs: DailyNeeds): Digest {
  let blocks: Block[] = [];
  for (const richness of RICHNESS) {
    blocks = compose(needs, richness);
    if (lengthOf(blocks) <= MOST_CHARACTERS) break;
  }
  return {
    text: blocks.map(({ as, text }) => ({ as, text })),
    source: [...new Set(blocks.flatMap((block) => block.source ?? []))],
  };
}

/** Characters as a chat shows them: paragraphs with an empty line between. */
export const lengthOf = (blocks: { text: string }[]): number => blocks.map(({ text }) => text).join('\n\n').length;

function compose(needs: DailyNeeds, richness: (typeof RICHNESS)[number]): Block[] {
  const { standing, plans } = needs;
  const campaign = campaignOf(plans);
  const blocks: Block[] = [
    {
      as: 'title',
      text: say(`digest:title_${needs.kind ?? 'daily'}`, {
        weekday: say(`digest:weekday${weekdayOf(standing.today) as 1 | 2 | 3 | 4 | 5 | 6 | 7}`),
        day: speakDay(standing.today),
        scope: scopeName(plans, standing),
      }),
    },
    ...(needs.late ? [note(say('digest:late', { clock: clockOf(standing.at) }))] : []),
    ...campaignLine(plans, standing.today),
    ...(needs.kind === 'opening' ? [note(say('digest:opening'))] : []),
    ...duties(standing),
    ...(needs.plain ? [] : [figures(standing, richness.figures)]),
    ...shared(plans, needs.models ?? [], richness.model),
    ...(needs.kind === 'closing' ? [note(say('digest:closing'))] : []),
    ...emphasis(plans, standing, richness.tasks, richness.quote),
  ];
  if (campaign?.theme) {
    const source = campaign.facts.find((fact) => fact.key === 'theme')?.sources ?? [];
    blocks.push({ as: 'text', text: say('digest:theme', { theme: campaign.theme }), source });
  }
  if (needs.rehearsal) blocks.push(note(say('digest:rehearsal')));
  return blocks;
}

/** The latest is quoted; of more than one, how many. */
function shared(plans: PlanIndex, models: readonly SharedModel[], limit: number): Block[] {
  const latest = models.at(-1);
  if (!latest) return [];
  const more = models.length - 1;
  const words = say('digest:model', { unit: plans.name(latest.unit), text: inQuotes(latest.text, limit) });
  return [{ as: 'text', text: more > 0 ? `${words}\n${say('digest:moreModels', { n: more })}` : words }];
}

const note = (text: string): Block => ({ as: 'note', text });

export function scopeName(plans: PlanIndex, { scope }: Pick<Standing, 'scope'>): string {
  if (scope.kind === 'city') return say('digest:city');
  return plans.name(scope.kind === 'unit' ? scope.unit : scope.group);
}

function campaignLine(plans: PlanIndex, today: Day): Block[] {
  const campaign = campaignOf(plans);
  if (!campaign) return [];
  const { from, to } = campaign.period;
  const plan = campaign.short;
  const lines: string[] = [];
  const until = diffDays(today, from);
  const left = diffDays(today, to);
  const of = diffDays(from, to) + 1;
  if (until === 1) lines.push(say('digest:beforeOne', { plan, from: speakDay(from) }));
  else if (until > 0) lines.push(say('digest:before', { plan, from: speakDay(from), days: until }));
  else if (left < 0) lines.push(say('digest:after', { plan, to: speakDay(to) }));
  else if (left === 0) lines.push(say('digest:duringLast', { plan, n: of, of }));
  else lines.push(say('digest:during', { plan, n: of - left, of, left }));
  const named = namedDayAhead(plans, today);
  if (named) {
    const days = diffDays(today, named.day);
    lines.push(
      days === 0
        ? say('digest:namedToday', { name: named.name })
        : say('digest:namedAhead', { name: named.name, days }),
    );
  }
  return [{ as: 'text', text: lines.join('\n') }];
}

/** What ran out lately or is overdue, what is due within seven days, else what comes next. */
function duties(standing: Standing): Block[] {
  if (standing.duties.length === 0) return [{ as: 'text', text: say('digest:noDuty') }];
  const past = standing.duties.filter(
    ({ daysLeft, counts }) => daysLeft < 0 && (daysLeft >= -7 || (daysLeft >= -30 && counts.overdue > 0)),
  );
  const due = standing.duties.filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= 7);
  const next = standing.duties.find(({ daysLeft }) => daysLeft > 7);
  const blocks: Block[] = [];
  if (due.length > 0) blocks.push(dutyBlock(say('digest:due'), due, standing));
  if (past.length > 0) blocks.push(dutyBlock(say('digest:past'), past, standing));
  if (due.length === 0 && next) blocks.push(dutyBlock(say('digest:next'), [next], standing));
  return blocks;
}

function dutyBlock(heading: string, list: DutyStanding[], standing: Standing): Block {
  const own = standing.scope.kind === 'unit';
  return {
    as: 'text',
    text: [
      `${heading}:`,
      ...list.flatMap((duty) => [`• ${deadlineLine(duty)}`, ...(worthCounting(duty) ? stateLines(duty, own) : [])]),
    ].join('\n'),
    source: list.map(({ duty }) => duty.source),
  };
}

/** A far duty that nobody has reported for is a date, not yet a count. */
export const worthCounting = ({ daysLeft, received }: DutyStanding): boolean => daysLeft <= 7 || received > 0;

/** `Báo cáo 6 tháng: trước ngày 16/6/2026, chậm nhất hết ngày 15/6; còn 5 ngày.` */
export function deadlineLine({ duty, lastDay, daysLeft }: Pick<DutyStanding, 'duty' | 'lastDay' | 'daysLeft'>): string {
  const words = {
    duty: duty.name,
    before: speakDay(addDays(lastDay, 1)),
    last: speakDay(lastDay).slice(0, -5),
    days: Math.abs(daysLeft),
  };
  if (daysLeft < 0) return say('digest:deadlinePast', words);
  return daysLeft === 0 ? say('digest:deadlineToday', words) : say('digest:deadline', words);
}

/** Received of expected, then always the four states; a unit's own group reads its own state in words. */
export function stateLines(duty: DutyStanding, own: boolean): string[] {
  if (own && duty.units.length === 1) return [say(`digest:own_${duty.units[0]!.state}`)];
  const { counts, received, expected } = duty;
  const missing = counts.notDue + counts.overdue;
  const words = { onTime: counts.onTime, late: counts.late, nothing: counts.nothing };
  const due = counts.overdue > 0 ? say('digest:overdue') : say('digest:notDue');
  const percent = percentOf(duty.completeness);
  return [
    duty.daysLeft < 0
      ? say('digest:receivedInTime', { received, expected, percent, timely: percentOf(duty.timeliness) })
      : say('digest:received', { received, expected, percent }),
    missing === 0 ? say('digest:statesDone', words) : say('digest:states', { ...words, missing, due }),
  ];
}

/** Rounded down: 100 % means all. */
const percentOf = (share: number): number => Math.floor(share * 100 + 1e-9);

function figures(standing: Standing, most: number): Block {
  const lines = figureLines(standing.totals, standing.change).slice(0, most);
  const news =
    standing.scope.kind === 'unit'
      ? say(`digest:newsOwn_${standing.span}`, { n: standing.newReports })
      : say(`digest:news_${standing.span}`, {
          n: standing.newReports,
          reporting: standing.reporting,
          units: standing.units.length,
        });
  const text =
    lines.length === 0
      ? [say('digest:noFigures'), news]
      : [`${say(`digest:totals_${standing.span}`)}:`, ...lines.map((line) => `• ${line}`), news];
  const waits = standing.pending > 0 ? [say('digest:pending', { n: standing.pending })] : [];
  return { as: 'text', text: [...text, ...waits].join('\n') };
}

function emphasis(plans: PlanIndex, standing: Standing, tasks: number, limit: number): Block[] {
  const chosen = emphasisOf(plans, standing.units, standing.today).slice(0, tasks);
  if (chosen.length === 0) return [];
  return [
    { as: 'text', text: `${say('digest:emphasis')}:` },
    ...chosen.map((passage) => quoted(plans, passage, limit)),
  ];
}

const quoted = (plans: PlanIndex, passage: Passage, limit: number): Block => ({
  as: 'quote',
  text: say('digest:quote', {
    text: shorten(passage.text, limit),
    plan: plans.plan(passage.plan)?.short ?? passage.plan,
    path: passage.path,
  }),
  source: [passage.id],
});
