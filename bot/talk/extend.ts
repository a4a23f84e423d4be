/** More time for a duty: asked for by an officer in one sentence or part by part, decided by a coordinator's tap. `/giahan` */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Offer } from '../core/types.ts';
import { addDays, diffDays, speakDay } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import { lastDayInTime } from '../plan/due.ts';
import { dutyOf, type Extension } from '../plan/extended.ts';
import type { Day, ReportingDuty, UnitId } from '../plan/types.ts';
import { datedDuties } from '../report/duty.ts';
import { asksMoreTime, daysIn, lastDayIn, MOST_DAYS, wishIn } from '../report/extension-words.ts';
import { say } from '../text/say.ts';
import { line, title } from './blocks.ts';
import { coordinators, orOfficers, tell } from './report/reach.ts';

const Args = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('ask'),
    unit: z.string().optional(),
    duty: z.string().optional(),
    days: z.number().int().optional(),
    until: z.string().optional(),
    reason: z.string().optional(),
    /** What was typed in answer to the part that was asked for. */
    asked: z.enum(['days', 'reason']).optional(),
    text: z.string().optional(),
  }),
  z.object({ do: z.literal('list') }),
  z.object({
    do: z.literal('decide'),
    id: z.string(),
    grant: z.boolean(),
    answer: z.string().optional(),
    text: z.string().optional(),
  }),
]);
type Args = z.infer<typeof Args>;
type Wish = Extract<Args, { do: 'ask' }>;

const EXTEND = 'extend';
const ask = (args: Args): Ask => ({ talk: EXTEND, args: args as Ask['args'] });

/** What waits, as whoever decides says it: not "xin gia hạn". */
const DECIDES =
  /^(?:duyet|xem|dong y|quyet dinh|cho|tu choi|giai quyet|danh sach|cac)(?: .{0,40})? gia han(?: .{0,40})?$|^(?:co )?(?:don vi nao|ai) (?:dang )?xin gia han$|^(?:de nghi|yeu cau) gia han(?: (?:dang )?cho.*)?$|^gia han$/;
const DECIDE = /^(dong y|tu choi) ([a-z0-9]+)$/;
/** Which reports can be put off: those due within two months, or that ran out within one. */
const AHEAD_DAYS = 60;
const PAST_DAYS = 31;

export const extend: Talk<Args> = {
  id: EXTEND,
  commands: ['giahan'],
  where: 'private',
  args: Args,
  command(rest, here) {
    const [, what, id] = DECIDE.exec(fold(rest)) ?? [];
    if (what && id) return { do: 'decide', id, grant: what === 'dong y' };
    if (rest === '' && isCoordinator(here.world.person)) return { do: 'list' };
    return wish(rest, here);
  },
  hear({ text }, here) {
    if (isCoordinator(here.world.person) && DECIDES.test(fold(text))) return { do: 'list' };
    return asksMoreTime(text) && !/\?\s*$/.test(text) ? wish(text, here) : null;
  },
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('sent:register'))] } };
    if (args.do === 'ask') return request(args, here);
    if (!isCoordinator(here.world.person)) return { reply: { text: [line(say('common:notAllowed'))] } };
    return args.do === 'list' ? list(here) : decide(args, here);
  },
};

function wish(text: string, here: Here): Wish {
  const named = here.world.person?.memberships.flatMap(({ unit }) => dutyNamed(text, unit, here)) ?? [];
  return { do: 'ask', ...wishIn(text, here.world.today), ...(named[0] && { duty: named[0] }) };
}

/** "báo cáo 6 tháng", "báo cáo năm", "tháng hành động": the duty whose name stands in the words. */
function dutyNamed(text: string, unit: UnitId, here: Here): string[] {
  const words = fold(text);
  return candidates(unit, here)
    .filter(({ name }) => words.includes(fold(name).replace(/^bao cao /, 'bao cao ')) || words.includes(shortOf(name)))
    .map(({ id }) => id);
}
const shortOf = (name: string): string => {
  const short = fold(name).replace(/^bao cao /, '');
  return short.includes(' ') ? short : `bao cao ${short}`;
};

const candidates = (unit: UnitId, { world }: Here): ReportingDuty[] =>
  datedDuties(unit, world.plans).filter(({ before }) => {
    const left = diffDays(world.today, lastDayInTime(before!));
    return left >= -PAST_DAYS && left <= AHEAD_DAYS;
  });

/** Asks for the first part that is missing; once all are known, the coordinators are told. */
function request(given: Wish, here: Here): Turn {
  const { world } = here;
  const known = heard(given, world.today);
  const units = [...new Set(world.person!.memberships.map(({ unit }) => unit))];
  const unit = known.unit ?? (units.length === 1 ? units[0] : undefined);
  if (unit === undefined)
    return choose(
      say('extend:whichUnit'),
      units.map((u) => offer(world.plans.name(u), { ...known, unit: u })),
    );
  if (!units.includes(unit)) return { reply: { text: [line(say('common:notAllowed'))] } };
  const duties = candidates(unit, here);
  if (duties.length === 0) return { reply: { text: [line(say('extend:noDuty', { unit: world.plans.name(unit) }))] } };
  const duty = duties.find(({ id }) => id === known.duty) ?? (duties.length === 1 ? duties[0] : undefined);
  if (!duty)
    return choose(
      say('extend:whichDuty'),
      duties.map((d) => offer(say('report:dutyLine', { name: d.name, last: last(d) }), { ...known, unit, duty: d.id })),
    );
  const open = (world.extensions ?? []).find((e) => e.unit === unit && e.duty === duty.id && e.state === 'asked');
  if (open) return { reply: { text: [line(say('extend:waits', { duty: duty.name, days: added(duty, open.days) }))] } };
  const more = daysOf(known, duty);
  const args: Wish = { ...known, unit, duty: duty.id };
  if (more === null || more < 1 || more > MOST_DAYS) return askDays(args, duty, more);
  if (!known.reason) return askReason(args, more, duty);
  return send({ unit, duty, days: more, reason: known.reason }, here);
}

/** What was typed in answer to a part, taken as that part. */
function heard({ text, asked, ...known }: Wish, today: Day): Wish {
  if (text === undefined) return known;
  if (asked === 'reason')
    return asksMoreTime(text) ? again(known, wishIn(text, today)) : { ...known, reason: text.trim() };
  const days = daysIn(text, true);
  const until = days === null ? lastDayIn(text, today) : null;
  return { ...known, ...(days !== null && { days }), ...(until && { until }) };
}

/** Another time is typed where the reason was asked for: it takes the place of the one before. */
function again(known: Wish, wish: Partial<Wish>): Wish {
  const { days: _, until: __, ...rest } = known;
  const timed = wish.days !== undefined || wish.until !== undefined;
  return { ...(timed ? rest : known), ...wish };
}

/** Counted from the plan's own date, so that a second extension does not add up unseen. */
function daysOf({ days, until }: Wish, duty: ReportingDuty): number | null {
  const own = duty.extendedFrom ?? duty.before!;
  const already = diffDays(own, duty.before!);
  if (days !== undefined) return already + days;
  return until ? diffDays(lastDayInTime(own), until) : null;
}

const offer = (label: string, args: Wish): Offer => ({ label, ask: ask(args) });
const choose = (text: string, offers: Offer[]): Turn => ({ reply: { text: [line(text)], offers } });
const last = (duty: ReportingDuty): string => speakDay(lastDayInTime(duty.before!));

function askDays(args: Wish, duty: ReportingDuty, given: number | null): Turn {
  const { days: _, until: __, ...rest } = args;
  return {
    reply: {
      text: [
        ...(given === null ? [] : [line(say('extend:wrongDays', { most: MOST_DAYS }))]),
        line(say('extend:howLong', { duty: duty.name, last: last(duty) })),
      ],
      offers: [1, 2, 3, 5].map((days) => offer(say('extend:days', { days }), { ...rest, days })),
    },
    awaits: { ...rest, asked: 'days' },
  };
}

const askReason = (args: Wish, days: number, duty: ReportingDuty): Turn => ({
  reply: {
    text: [line(say('extend:why', { duty: duty.name, days: added(duty, days), last: speakDay(newLast(duty, days)) }))],
  },
  awaits: { ...args, asked: 'reason' },
});

/** How much later than now it is due: what is stored is counted from the plan's own date. */
const added = ({ extendedFrom, before }: ReportingDuty, days: number): number =>
  days - (extendedFrom ? diffDays(extendedFrom, before!) : 0);

interface Request {
  unit: UnitId;
  duty: ReportingDuty;
  days: number;
  reason: string;
}

/** The last day in time that an extension brings. */
const newLast = (duty: ReportingDuty, days: number): Day =>
  addDays(lastDayInTime(duty.extendedFrom ?? duty.before!), days);

function send({ unit, duty, days, reason }: Request, here: Here): Turn {
  const { world } = here;
  const extension: Extension = {
    id: world.chance.slice(0, 12),
    ...{ unit, duty: duty.id, days, reason },
    state: 'asked',
    askedBy: world.person!.id,
    askedAt: world.now,
    decidedBy: null,
    answer: null,
  };
  const to = coordinators(here).filter((person) => person !== world.person!.id);
  return {
    changes: [{ kind: 'askExtension', extension }],
    sends: tell(
      isCoordinator(world.person) ? [...to, world.person!.id] : to,
      `extension/${extension.id}`,
      [line(described(extension, here))],
      [true, false].map((grant) => ({
        label: say(grant ? 'extend:grant' : 'extend:refuse', { unit: world.plans.name(unit) }),
        command: `/giahan ${grant ? 'đồng ý' : 'từ chối'} ${extension.id}`,
        ask: ask({ do: 'decide', id: extension.id, grant }),
      })),
      here,
    ),
    reply: {
      text: [
        title(say('extend:sent')),
        line(
          say('extend:asked', {
            duty: duty.name,
            days: added(duty, days),
            last: speakDay(newLast(duty, days)),
            reason,
          }),
        ),
        line(say('extend:untilDecided', { last: last(duty) })),
      ],
    },
  };
}

function described({ unit, duty: id, days, reason }: Extension, { world }: Here): string {
  const duty = dutyOf(world.plans, unit, id);
  return say('extend:request', {
    unit: world.plans.name(unit),
    duty: duty?.name ?? '',
    days: duty ? added(duty, days) : days,
    last: duty?.before ? speakDay(newLast(duty, days)) : '',
    reason,
  });
}

function list(here: Here): Turn {
  const open = (here.world.extensions ?? []).filter(({ state }) => state === 'asked');
  if (open.length === 0) return { reply: { text: [line(say('extend:noneAsked'))] } };
  return {
    reply: {
      text: [
        title(say('extend:title', { count: open.length })),
        ...open.map((extension, i) => line(`${i + 1}. ${described(extension, here)}`)),
      ],
      offers: open.flatMap(({ id, unit }) =>
        [true, false].map((grant) => ({
          label: say(grant ? 'extend:grant' : 'extend:refuse', { unit: here.world.plans.name(unit) }),
          ask: ask({ do: 'decide', id, grant }),
        })),
      ),
    },
  };
}

function decide(args: Extract<Args, { do: 'decide' }>, here: Here): Turn {
  const { world } = here;
  const extension = (world.extensions ?? []).find(({ id }) => id === args.id);
  if (!extension) return { reply: { text: [line(say('extend:unknown'))] } };
  const { unit, state, days } = extension;
  if (state !== 'asked')
    return {
      reply: {
        text: [line(say('extend:decided', { unit: world.plans.name(unit), state: say(`extend:state.${state}`) }))],
      },
    };
  const answer = args.answer ?? args.text?.trim();
  if (!args.grant && !answer)
    return {
      reply: {
        text: [line(say('extend:whyNot', { unit: world.plans.name(unit) }))],
        offers: (['extend:reasons.due', 'extend:reasons.thin'] as const).map((key) => ({
          label: say(key),
          ask: ask({ ...args, answer: say(key) }),
        })),
      },
      awaits: { ...args },
    };
  const duty = dutyOf(world.plans, unit, extension.duty);
  const params = {
    unit: world.plans.name(unit),
    duty: duty?.name ?? '',
    days: duty ? added(duty, days) : days,
    last: duty?.before ? speakDay(newLast(duty, days)) : '',
    answer: answer ?? '',
  };
  const outcome = args.grant ? 'granted' : 'refused';
  return {
    changes: [{ kind: 'decideExtension', id: extension.id, decision: outcome, answer: answer ?? null }],
    sends: tell(
      orOfficers(extension.askedBy, unit, here),
      `extension/${extension.id}/${outcome}`,
      [line(say(`extend:told.${outcome}`, params))],
      [],
      here,
    ),
    reply: { text: [line(say(`extend:done.${outcome}`, params))] },
  };
}
