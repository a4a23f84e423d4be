/** When something is due, with "trước ngày" explained and the days that are left. `/han` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Offer, Text } from '../core/types.ts';
import { diffDays, speakDay } from '../language/calendar.ts';
import type { Span } from '../language/day-named.ts';
import type { Reading } from '../language/types.ts';
import { FACETS, type Facet } from '../language/words.ts';
import { lastDayInTime } from '../plan/due.ts';
import { dutyOf } from '../plan/extended.ts';
import type { Day, Passage, PassageId, ReportingDuty } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { askerOf } from './plan/asker.ts';
import { excerpt, sourceOf } from './plan/cite.ts';
import { type Due, dues, leftUntil } from './plan/due.ts';
import { whichUnit } from './plan/which.ts';

const Args = z.object({
  unit: z.string().nullable().optional(),
  plan: z.string().nullable().optional(),
  facets: z.array(z.enum(FACETS)).optional(),
  ids: z.array(z.string()).optional(),
  /** The days that are left are what is asked. */
  left: z.boolean().optional(),
  /** The day on which it would be handed in. */
  day: z.string().optional(),
  /** The month or week in which something is due. */
  span: z.object({ from: z.string(), to: z.string() }).optional(),
  options: z.array(z.string()).optional(),
});
export type DeadlineArgs = z.infer<typeof Args>;

export const deadline: Talk<DeadlineArgs> = {
  id: 'deadline',
  commands: ['han'],
  args: Args,
  command: (rest, here) =>
    rest === '' ? {} : deadlineArgs(here.world.reader.read(rest, { asker: askerOf(here), today: here.world.today })),
  hear: ({ reading }) =>
    reading.intent === 'deadline' || reading.intent === 'days_left' ? deadlineArgs(reading) : null,
  answer(args, here) {
    if (args.options)
      return {
        reply: whichUnit(args.options, null, here, (unit) => ({
          talk: 'deadline',
          args: { ...args, options: undefined, unit } as DeadlineArgs,
        })),
      };
    return answered(args, here);
  },
};

export function deadlineArgs(reading: Reading): DeadlineArgs {
  const about = reading.followUp || reading.topics.length > 0;
  const unsure = reading.parties.length === 0 ? reading.ambiguous[0] : undefined;
  return {
    unit: reading.parties[0] ?? null,
    plan: reading.plan,
    facets: reading.facets,
    ids: about ? reading.passages.map((p) => p.id) : [],
    ...(reading.intent === 'days_left' && { left: true }),
    ...(reading.day && reading.intent === 'deadline' && { day: reading.day }),
    ...(reading.span && { span: reading.span }),
    ...(unsure && { options: unsure.options }),
  };
}

function answered(args: DeadlineArgs, here: Here): Turn {
  const { plans, today } = here.world;
  const unit = args.unit ?? askerOf(here);
  const question = {
    unit,
    plan: args.plan ?? null,
    facets: args.facets ?? [],
    ids: args.ids ?? [],
    day: args.day ?? null,
    span: args.span ?? null,
  };
  const bound = (due: Due): Due =>
    due.kind === 'duty' && unit ? { ...due, duty: dutyOf(plans, unit, due.duty.id) ?? due.duty } : due;
  const found = dues(question, plans, today).map(bound);
  const reports = found.some((d) => d.kind === 'duty');
  const gathers =
    unit !== null &&
    reports &&
    !plans.duties(unit).some((d) => d.before !== null) &&
    plans.book.plans.some((p) => p.duties.some((d) => d.receiver === unit || d.through === unit));
  // What follows a day is not handed in on it.
  const day = question.facets.includes('following') ? null : question.day;
  const told = found.map((d) => tell(d, here, today, day));
  const known =
    unit && !gathers && found.every((d) => d.kind === 'none' || (d.kind === 'duty' && d.duty.before !== null))
      ? unit
      : null;
  return {
    reply: {
      text: [
        title(
          reports
            ? known
              ? say('deadline:titleUnit', { unit: plans.name(known) })
              : say('deadline:titleReports')
            : say('deadline:title'),
        ),
        ...(gathers ? [note(say('deadline:receives', { unit: plans.name(unit) }))] : []),
        ...(told.length > 0 ? told.flatMap((t) => t.text) : [line(missing(args, here))]),
      ],
      offers: offers(args, reports, here),
      source: told.flatMap((t) => t.source),
    },
    focus: {
      ask: { talk: 'deadline', args },
      intent: args.left ? 'days_left' : 'deadline',
      ...(args.unit && { unit: args.unit }),
      ...(args.plan && { plan: args.plan }),
      shown: told.flatMap((t) => t.source),
    },
  };
}

function missing(args: DeadlineArgs, here: Here): string {
  const plan = args.plan ? here.world.plans.plan(args.plan) : undefined;
  return plan && !plan.period ? say('deadline:noPeriod', { plan: plan.short }) : say('deadline:none');
}

interface Told {
  text: Text[];
  source: PassageId[];
}

function tell(due: Due, here: Here, today: Day, day: Day | null): Told {
  switch (due.kind) {
    case 'duty':
      return tellDuty(due.duty, here, today, day);
    case 'event':
      return {
        text: [
          line(say('deadline:day', { name: due.name, day: speakDay(due.day) })),
          ...dayLeft(due.day, today),
          ...due.passages
            .slice(0, 1)
            .flatMap((p) => [note(sourceOf(p, here.world.plans)), quote(excerpt(p.text, due.name))]),
        ],
        source: due.passages.map((p) => p.id),
      };
    case 'none':
      return { text: [line(say('deadline:noneIn', spoken(due.span)))], source: [] };
    case 'missing':
      return tellMissing(due.facet, due.nearest, due.rule, here);
    case 'period':
      return {
        text: [
          line(say('deadline:period', { plan: due.plan.short, from: speakDay(due.from), to: speakDay(due.to) })),
          line(rangeLeft(due.from, due.to, today)),
        ],
        source: due.source,
      };
    case 'passage':
      return tellPassage(due.passage, here, today);
  }
}

const spoken = ({ from, to }: Span) => ({ from: speakDay(from), to: speakDay(to) });

/** Neither plan asks for such a report; where something near to it is asked for, its words. */
function tellMissing(facet: Facet, nearest: readonly Passage[], rule: readonly Passage[], here: Here): Told {
  const { plans } = here.world;
  return {
    text: [
      line(say(`deadline:missing.${facet as 'monthly'}`)),
      ...rule.flatMap((p) => [note(sourceOf(p, plans)), quote(excerpt(p.text, say('deadline:rule')))]),
      ...nearest.flatMap((p) => [
        line(say('deadline:nearest')),
        note(sourceOf(p, plans)),
        quote(p.text),
        line(say('deadline:schedule', { wording: p.schedule.wording })),
      ]),
    ],
    source: [...rule, ...nearest].map((p) => p.id),
  };
}

function tellDuty(duty: ReportingDuty, here: Here, today: Day, day: Day | null): Told {
  const { plans } = here.world;
  const plan = plans.plan(duty.plan)?.short ?? '';
  if (duty.before === null) {
    const passage = plans.passage(duty.source);
    const time =
      passage && passage.schedule.kind !== 'unstated'
        ? [line(say('deadline:schedule', { wording: passage.schedule.wording }))]
        : [];
    return {
      text: [line(say('deadline:open', { name: duty.name, plan })), quote(duty.wording), ...time],
      source: [duty.source],
    };
  }
  const last = lastDayInTime(duty.before);
  const { days, strict } = leftUntil(duty.before, today);
  const left =
    strict < 0
      ? say('deadline:over', { last: speakDay(last), days: -strict })
      : say('deadline:left', { days, strict, before: speakDay(duty.before) });
  return {
    text: [
      line(say('deadline:due', { name: duty.name, plan, before: speakDay(duty.before), last: speakDay(last) })),
      ...(duty.extendedFrom ? [line(say('deadline:extended', { before: speakDay(duty.extendedFrom) }))] : []),
      line(left),
      ...(strict === 0 ? [line(say('deadline:lastDay'))] : []),
      ...(day ? [line(handedIn(day, last))] : []),
    ],
    source: [duty.source],
  };
}

function dayLeft(day: Day, today: Day): Text[] {
  const days = diffDays(today, day);
  if (days === 0) return [line(say('deadline:dayNow'))];
  return days > 0
    ? [line(say('deadline:dayLeft', { days, day: speakDay(day) }))]
    : [line(say('deadline:dayOver', { days: -days }))];
}

const handedIn = (day: Day, last: Day): string =>
  say(day <= last ? 'deadline:handedInTime' : 'deadline:handedLate', { day: speakDay(day), last: speakDay(last) });

function tellPassage(passage: Passage, here: Here, today: Day): Told {
  const { plans } = here.world;
  const head = [line(sourceOf(passage, plans)), quote(excerpt(passage.text, passage.schedule.wording))];
  const { schedule } = passage;
  const time =
    schedule.kind === 'unstated'
      ? [line(say('deadline:unstated'))]
      : [
          line(say('deadline:schedule', { wording: schedule.wording })),
          ...(schedule.kind === 'range'
            ? [
                line(say('deadline:range', { from: speakDay(schedule.from), to: speakDay(schedule.to) })),
                line(rangeLeft(schedule.from, schedule.to, today)),
              ]
            : []),
        ];
  return { text: [...head, ...time], source: [passage.id] };
}

function rangeLeft(from: Day, to: Day, today: Day): string {
  if (today < from) return say('deadline:periodBefore', { days: diffDays(today, from), from: speakDay(from) });
  if (today > to) return say('deadline:periodOver', { days: diffDays(to, today) });
  return say('deadline:periodLeft', {
    days: diffDays(today, to),
    to: speakDay(to),
    nth: diffDays(from, today) + 1,
    total: diffDays(from, to) + 1,
  });
}

function offers(args: DeadlineArgs, reports: boolean, here: Here): Offer[] {
  if (!reports) return [];
  const all = args.facets?.includes('milestones') || args.facets?.includes('restOfYear');
  return [
    ...(here.event.chat.kind === 'private' && here.world.person
      ? [{ label: say('deadline:report'), ask: { talk: 'report', args: { do: 'open' } } }]
      : []),
    { label: say('deadline:how'), ask: { talk: 'how', args: {} } },
    ...(all ? [] : [{ label: say('deadline:all'), ask: { talk: 'deadline', args: { facets: ['restOfYear'] } } }]),
  ];
}
