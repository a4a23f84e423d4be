/** Which dates a question is about: reports due, days of a campaign, the time of a task. */
import { diffDays } from '../../language/calendar.ts';
import type { Span } from '../../language/day-named.ts';
import { fold } from '../../language/fold.ts';
import type { Facet } from '../../language/words.ts';
import { lastDayInTime } from '../../plan/due.ts';
import type { Day, PartyId, Passage, PassageId, Plan, PlanId, PlanIndex, ReportingDuty } from '../../plan/types.ts';

export interface DueQuestion {
  unit: PartyId | null;
  plan: PlanId | null;
  facets: readonly Facet[];
  /** Passages whose time is asked about. */
  ids: readonly PassageId[];
  /** A day on which it would be handed in. */
  day?: Day | null;
  /** A month or a week in which something is due. */
  span?: Span | null;
}

export type Due =
  | { kind: 'duty'; duty: ReportingDuty }
  | { kind: 'period'; plan: Plan; from: Day; to: Day; source: PassageId[] }
  /** A day with a name of its own. */
  | { kind: 'event'; name: string; day: Day; passages: Passage[] }
  /** A report that no plan asks for; `nearest` have that rhythm, `rule` says which reports there are. */
  /** Nothing is due within; what is due next follows. */
  | { kind: 'none'; span: Span }
  | { kind: 'missing'; facet: Facet; nearest: Passage[]; rule: Passage[] }
  | { kind: 'passage'; passage: Passage };

/** How the name of a duty tells which report it is. */
const NAMES: [Facet, RegExp][] = [
  ['halfYear', /\b0?6 thang\b/],
  ['campaignReport', /\bthang hanh dong\b/],
  ['year', /\bbao cao (1 |01 )?nam\b/],
];
const KINDS: [Facet, ReportingDuty['kind']][] = [
  ['occasion', 'occasion'],
  ['obstacle', 'obstacle'],
  ['programme', 'programme'],
];

/** What is asked for, soonest first; what is past only where nothing else was meant. */
export function dues(question: DueQuestion, plans: PlanIndex, today: Day): Due[] {
  const { facets, plan } = question;
  const asked = (f: Facet) => facets.includes(f);
  const missing = missingPeriod(question, plans);
  if (missing) return [missing];
  const named = namedDuties(question, plans);
  if (asked('following')) {
    const left = named.at(-1) ?? nearest(question, plans);
    const after = (plan: PlanId | null) =>
      dutiesFor({ ...question, plan }, plans).filter((d) => d.before !== null && d.before > left!.before!);
    // A plan that asks for nothing more is followed by the other.
    const later = left ? [after(plan), after(null)].find((list) => list.length > 0) : undefined;
    if (later) return duties(nextOfEach(later));
  }
  if (named.length > 0) return named.map((duty) => ({ kind: 'duty', duty }));
  if (asked('nationalDay')) {
    const days = eventsOf(plans, plan, today);
    if (days.length > 0) return days;
  }
  if (question.ids.length > 0)
    return question.ids.flatMap((id): Due[] => {
      const passage = plans.passage(id);
      return passage ? [{ kind: 'passage', passage }] : [];
    });
  if (asked('campaign') || asked('peak')) {
    const periods = periodsOf(plans, plan);
    if (periods.length > 0 || plan) return periods;
  }
  if (asked('milestones') && plan) return milestones(plans, plan);
  const dated = dutiesFor(question, plans).filter((d) => d.before !== null);
  const open = dated.filter((d) => lastDayInTime(d.before!) >= today);
  if (question.span) {
    const { from, to } = question.span;
    const within = dated.filter((d) => lastDayInTime(d.before!) >= from && lastDayInTime(d.before!) <= to);
    return within.length > 0 ? duties(within) : [{ kind: 'none', span: question.span }, ...duties(nextOfEach(open))];
  }
  const { day } = question;
  if (asked('restOfYear') && day && !asked('inTime')) {
    const later = dated.filter((d) => d.before! > day);
    if (later.length > 0) return duties(later);
  }
  if (asked('restOfYear') || asked('milestones') || asked('all')) return duties(open.length > 0 ? open : dated);
  const meant = nearest(question, plans);
  if (meant) return duties([meant]);
  const next = nextOfEach(open);
  return duties(next.length > 0 ? next : plan ? dated.slice(-1) : []);
}

const duties = (list: ReportingDuty[]): Due[] =>
  list.toSorted((a, b) => (a.before ?? '9').localeCompare(b.before ?? '9')).map((duty) => ({ kind: 'duty', duty }));

/** The next report of each plan. */
const nextOfEach = (soonestFirst: readonly ReportingDuty[]): ReportingDuty[] => [
  ...new Map(soonestFirst.toReversed().map((d) => [d.plan, d])).values(),
];

/** The report that a named day is meant for. */
function nearest(question: DueQuestion, plans: PlanIndex): ReportingDuty | null {
  const { day } = question;
  if (!day) return null;
  const far = (d: ReportingDuty) => Math.abs(diffDays(day, d.before!));
  const [best] = dutiesFor(question, plans)
    .filter((d) => d.before !== null)
    .toSorted((a, b) => far(a) - far(b));
  return best && far(best) <= NEAR ? best : null;
}

/** A day so near to a due date is meant for it. */
const NEAR = 10;

/** How the plans write the rhythm of reports that some expect. */
const RHYTHMS: [Facet, RegExp][] = [
  ['nineMonths', /\b0?9 thang\b/],
  ['quarterly', /\bqui\b/],
  ['monthly', /\bhang thang\b/],
  ['weekly', /\btuan\b/],
];

function missingPeriod({ facets, plan }: DueQuestion, plans: PlanIndex): Due | null {
  const rhythm = RHYTHMS.find(([facet]) => facets.includes(facet));
  if (!rhythm || facets.includes('programme') || facets.includes('subproject3')) return null;
  const [facet, words] = rhythm;
  const asked = plans.book.plans.filter((p) => !plan || p.id === plan).flatMap((p) => p.duties);
  if (asked.some((d) => d.before !== null && words.test(fold(d.name)))) return null;
  const passages = (list: ReportingDuty[]) =>
    [...new Set(list.map((d) => d.source))].flatMap((id) => plans.passage(id) ?? []);
  return {
    kind: 'missing',
    facet,
    nearest: passages(asked.filter((d) => d.before === null)).filter((p) => words.test(fold(p.schedule.wording))),
    rule: passages(asked.filter((d) => d.kind === 'occasion')),
  };
}

/** Named days as the plans write them: "Ngày toàn dân phòng, chống ma túy (26/6)". */
const NAMED_DAY = /(Ngày toàn dân[^()]*?) \((\d{1,2})\/(\d{1,2})\)/;

function eventsOf(plans: PlanIndex, plan: PlanId | null, today: Day): Due[] {
  const passages = plans.book.plans
    .filter((p) => !plan || p.id === plan)
    .flatMap((p) => p.passages)
    .filter((p) => NAMED_DAY.test(p.text));
  const [, name, date, month] = NAMED_DAY.exec(passages[0]?.text ?? '') ?? [];
  if (!name || !date || !month) return [];
  const day = `${today.slice(0, 4)}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return [{ kind: 'event', name, day, passages }];
}

/** Duties of the unit, or of everybody where no unit is asked about or the unit itself gathers the reports. */
function dutiesFor({ unit, plan }: DueQuestion, plans: PlanIndex): ReportingDuty[] {
  const all = plans.book.plans
    .flatMap((p) => p.duties)
    .sort((a, b) => (a.before ?? '9').localeCompare(b.before ?? '9'));
  const own = unit ? plans.duties(unit) : [];
  return (own.some((d) => d.before !== null) ? own : all).filter((d) => !plan || d.plan === plan);
}

function namedDuties(question: DueQuestion, plans: PlanIndex): ReportingDuty[] {
  const all = dutiesFor({ ...question, unit: null }, plans);
  const half = question.facets.includes('halfYear');
  for (const [facet, name] of NAMES) {
    if (!question.facets.includes(facet) || (facet === 'year' && half)) continue;
    if (facet === 'year' && (question.facets.includes('campaignReport') || question.facets.includes('restOfYear')))
      continue;
    const found = all.filter((d) => d.before !== null && name.test(fold(d.name)));
    if (found.length > 0) return found;
  }
  if (question.ids.length > 0) return [];
  for (const [facet, kind] of KINDS) {
    if (!question.facets.includes(facet)) continue;
    const found = all.filter((d) => d.kind === kind);
    if (found.length > 0) return found;
  }
  return [];
}

export function periodsOf(plans: PlanIndex, plan: PlanId | null): Due[] {
  return plans.book.plans.flatMap((p): Due[] =>
    p.period && (!plan || p.id === plan)
      ? [{ kind: 'period', plan: p, ...p.period, source: p.facts.find((f) => f.key === 'period')?.sources ?? [] }]
      : [],
  );
}

/** Everything in a plan that has a day or a session of its own. */
function milestones(plans: PlanIndex, id: PlanId): Due[] {
  const plan = plans.plan(id);
  if (!plan) return [];
  const timed = plan.passages.filter(
    (p) => p.assignments.length > 0 && (p.schedule.kind === 'range' || p.schedule.kind === 'session'),
  );
  return [
    ...periodsOf(plans, id),
    ...timed.map((passage): Due => ({ kind: 'passage', passage })),
    ...duties(plan.duties.filter((d) => d.before !== null)),
  ];
}

export interface Left {
  /** Days to the date that the plan names. */
  days: number;
  /** Days to the last day still in time. */
  strict: number;
}

export function leftUntil(before: Day, today: Day): Left {
  return { days: diffDays(today, before), strict: diffDays(today, lastDayInTime(before)) };
}
