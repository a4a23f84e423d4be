/** To whom and how to report: receiver, way, period of the figures; what the plans do not say. `/nopchodau` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Offer, Text } from '../core/types.ts';
import { speakDay } from '../language/calendar.ts';
import type { Reading } from '../language/types.ts';
import { FACETS, type Facet } from '../language/words.ts';
import type { PartyId, PassageId, ReportingDuty } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { askerOf } from './plan/asker.ts';
import { sourceOf, timeOf } from './plan/cite.ts';
import { dues } from './plan/due.ts';

const Args = z.object({
  plan: z.string().nullable().optional(),
  facets: z.array(z.enum(FACETS)).optional(),
  ids: z.array(z.string()).optional(),
  /** Whose report it is, where it is said. */
  unit: z.string().nullable().optional(),
});
type Args = z.infer<typeof Args>;

export const how: Talk<Args> = {
  id: 'how',
  commands: ['nopchodau'],
  args: Args,
  command: () => ({}),
  hear: ({ reading }, here) => (reading.intent === 'report_how' ? argsOf(reading, here) : null),
  answer: answered,
};

function answered(args: Args, here: Here): Turn {
  const has = (f: Facet) => args.facets?.includes(f) ?? false;
  const unsaid = UNSAID.find(([facet]) => has(facet));
  const reply = unsaid ? silent(say(unsaid[1]), here) : told(args, here);
  const offers: Offer[] = [
    { label: say('how:deadline'), ask: { talk: 'deadline', args: {} } },
    ...(here.world.person && here.event.chat.kind === 'private'
      ? [{ label: say('how:report'), ask: { talk: 'report', args: { do: 'open' } } }]
      : []),
  ];
  return {
    reply: { ...reply, offers },
    focus: {
      ask: { talk: 'how', args },
      intent: 'report_how',
      ...(args.plan && { plan: args.plan }),
      shown: reply.source,
    },
  };
}

/** What no plan gives. */
const UNSAID = [
  ['contact', 'how:noContact'],
  ['template', 'how:noTemplate'],
  ['way', 'how:noWay'],
] as const satisfies [Facet, string][];

function argsOf(reading: Reading, here: Here): Args {
  const about = reading.topics.length > 0;
  const facets = ofSchool(reading, here) ? [...reading.facets, 'subproject3' as const] : reading.facets;
  const unit = reading.parties[0] ?? null;
  return { plan: reading.plan, facets, ids: about ? reading.passages.map((p) => p.id) : [], unit };
}

/** A school has a way of its own, unless another report is named. */
function ofSchool({ parties, facets }: Reading, here: Here): boolean {
  const { plans } = here.world;
  if (
    facets.some((f) =>
      ['campaignReport', 'halfYear', 'year', 'occasion', 'obstacle', 'contact', 'template'].includes(f),
    )
  )
    return false;
  const asker = askerOf(here);
  const own = plans.book.plans.flatMap((p) => p.duties).filter((d) => d.kind === 'programme' && d.receiver !== null);
  return [...parties, ...(parties.length === 0 && asker ? [asker] : [])].some((p) =>
    own.some((d) => d.parties.includes(p)),
  );
}

interface Told {
  text: Text[];
  source: PassageId[];
}

/** What no plan gives is said plainly; who receives is what can be said instead. */
function silent(said: string, here: Here): Told {
  const receivers = mainDuties(here, null);
  return {
    text: [line(said), ...receivers.flatMap((d) => receiver(d, here))],
    source: receivers.map((d) => d.source),
  };
}

function told(args: Args, here: Here): Told {
  const { plans, today } = here.world;
  const facets = args.facets ?? [];
  const plan = args.plan ?? null;
  const list = allDuties(here, plan).filter((d) => d.kind === 'programme' && d.receiver !== null);
  if (list.length > 0 && (facets.includes('subproject3') || list.some((d) => args.ids?.includes(d.source))))
    return schools(list, here);
  if (args.ids && args.ids.length > 0 && !facets.includes('programme')) return passages(args.ids, here);
  const named = dues(
    { unit: null, plan, facets: facets.filter((f) => f !== 'milestones'), ids: [] },
    plans,
    today,
  ).flatMap((d) => (d.kind === 'duty' ? d.duty : []));
  const asked = facets.some((f) =>
    ['halfYear', 'year', 'campaignReport', 'occasion', 'obstacle', 'programme'].includes(f),
  );
  if (facets.includes('cutoff')) return cutoffs(asked ? named : allDuties(here, plan), here);
  const told = asked ? named : mainDuties(here, plan);
  const theirs = args.unit ? ofUnit(args.unit, told, here) : null;
  if (theirs) return theirs;
  return waysOf(told, here);
}

function waysOf(told: readonly ReportingDuty[], here: Here, first: Text[] = []): Told {
  const { plans } = here.world;
  const source = [...new Set(told.flatMap((d) => wayOf(d, here)))];
  return {
    text: [
      title(say('how:title')),
      ...first,
      ...told.flatMap((d) => receiver(d, here)),
      ...source.flatMap((id) => {
        const passage = plans.passage(id);
        return passage ? [note(sourceOf(passage, plans)), quote(passage.text)] : [];
      }),
    ],
    source,
  };
}

/** A unit that one plan asks for no report is told so, and what it does report; null where every plan asks the same of it. */
function ofUnit(unit: PartyId, main: readonly ReportingDuty[], here: Here): Told | null {
  const { plans } = here.world;
  const own = plans.duties(unit);
  const without = main.filter((d) => !own.some((o) => o.id === d.id));
  // Who gathers the reports owes none.
  if (without.length === 0 || !own.some((d) => d.before !== null)) return null;
  const instead = without.flatMap((d) => own.find((o) => o.plan === d.plan) ?? []);
  return waysOf(
    [...main.filter((d) => !without.includes(d)), ...instead],
    here,
    without.map((d) => line(say('how:noReport', { plan: plans.plan(d.plan)?.short ?? '', unit: plans.name(unit) }))),
  );
}

/** Schools report to one of two, by whom they belong to; the asker's own kind of school first. */
function schools(list: readonly ReportingDuty[], here: Here): Told {
  const { plans } = here.world;
  const asker = askerOf(here);
  const mine = (d: ReportingDuty) => asker !== null && d.parties.includes(asker);
  const ordered = list.toSorted((a, b) => Number(mine(b)) - Number(mine(a)));
  const source = [...new Set(ordered.map((d) => d.source))];
  return {
    text: [
      title(say('how:title')),
      ...ordered.map((d) =>
        line(say('how:of', { who: d.parties.map((p) => plans.name(p)).join(', '), receiver: plans.name(d.receiver!) })),
      ),
      ...source.flatMap((id) => {
        const passage = plans.passage(id);
        return passage ? [note(sourceOf(passage, plans)), quote(passage.text), ...timeOf(passage)] : [];
      }),
    ],
    source,
  };
}

const allDuties = (here: Here, plan: string | null): ReportingDuty[] =>
  here.world.plans.book.plans.filter((p) => !plan || p.id === plan).flatMap((p) => p.duties);

/** One duty of each plan that names the receiver: the occasion clause or the only report. */
function mainDuties(here: Here, plan: string | null): ReportingDuty[] {
  return here.world.plans.book.plans
    .filter((p) => !plan || p.id === plan)
    .flatMap((p) => p.duties.find((d) => d.kind === 'occasion') ?? p.duties.find((d) => d.kind === 'deadline') ?? []);
}

/** The passage that names the receiver, before the one that only names the date. */
function wayOf(duty: ReportingDuty, here: Here): PassageId[] {
  const { plans } = here.world;
  const says = (id: PassageId) => plans.passage(id)?.text.includes(duty.wording) ?? false;
  if (says(duty.source)) return [duty.source];
  const way = plans
    .plan(duty.plan)
    ?.duties.map((d) => d.source)
    .find(says);
  return way ? [way, duty.source] : [duty.source];
}

/** Who receives; a duty without a receiver of its own goes the way the plan describes. */
function receiver(duty: ReportingDuty, { world: { plans } }: Here): Text[] {
  const short = plans.plan(duty.plan)?.short ?? '';
  if (!duty.receiver) return [];
  // What is only sent when something hinders is told apart from reports.
  const plan = duty.kind === 'obstacle' ? say('how:named', { name: duty.name, plan: short }) : short;
  const to = plans.name(duty.receiver);
  const through = duty.through ? plans.name(duty.through) : null;
  return [
    line(through ? say('how:through', { plan, receiver: to, through }) : say('how:receiver', { plan, receiver: to })),
  ];
}

function cutoffs(list: readonly ReportingDuty[], here: Here): Told {
  const { plans } = here.world;
  const dated = list.every((d) => d.period === null) ? list : list.filter((d) => d.period !== null);
  return {
    text: dated.flatMap((d) => [
      line(
        d.period
          ? say('how:cutoff', { ...planned(d, here), from: speakDay(d.period.from), to: speakDay(d.period.to) })
          : say('how:noCutoff', planned(d, here)),
      ),
      quote(plans.passage(d.source)?.text ?? ''),
    ]),
    source: dated.map((d) => d.source),
  };
}

const planned = (d: ReportingDuty, here: Here) => ({
  name: d.name,
  plan: here.world.plans.plan(d.plan)?.short ?? '',
});

function passages(ids: readonly PassageId[], here: Here): Told {
  const { plans } = here.world;
  const found = ids.flatMap((id) => plans.passage(id) ?? []);
  return {
    text: [title(say('how:title')), ...found.flatMap((p) => [line(sourceOf(p, plans)), quote(p.text), ...timeOf(p)])],
    source: found.map((p) => p.id),
  };
}
