/** `/nhac`: the standing agency reminds units that have not reported, all or some, in private. */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Draughted, Offer, Send } from '../core/types.ts';
import { composeReminder, namesOf, unitsOf } from '../digest/reminder-words.ts';
import { afterQuiet, type Owed, owedReports, recipientOf } from '../digest/reminders.ts';
import { clockOf } from '../language/calendar.ts';
import type { UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { reminderOffers } from './reminding.ts';

const Which = z.enum(['overdue', 'due']);
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('page'), page: z.number().int() }),
  /** `units` null: every unit of `which`. */
  z.object({ do: z.literal('confirm'), which: Which, units: z.array(z.string()).nullable() }),
  z.object({ do: z.literal('send'), which: Which, units: z.array(z.string()).nullable() }),
  z.object({ do: z.literal('unknown') }),
  z.object({ do: z.literal('leave') }),
]);
type Args = z.infer<typeof Args>;

const ID = 'nudge';
const PAGE = 25;
/** Reports that fall due later are nobody's trouble yet. */
const SOON_DAYS = 7;
const ask = (args: Args): Offer['ask'] => ({ talk: ID, args });

export const nudge: Talk<Args> = {
  id: ID,
  commands: ['nhac'],
  where: 'private',
  args: Args,
  command(rest, { world }) {
    if (rest === '') return { do: 'list' };
    const { parties } = world.reader.read(rest, { asker: null, today: world.today });
    const units = [...new Set(parties.flatMap((party) => world.plans.members(party)))];
    return units.length > 0 ? { do: 'confirm', which: 'due', units } : { do: 'unknown' };
  },
  answer(args, here) {
    if (!here.world.desk) return { reply: { text: [line(say('follow:coordinatorOnly'))] } };
    switch (args.do) {
      case 'list':
        return { reply: list(here) };
      case 'page':
        return { reply: page(args.page, here) };
      case 'unknown':
        return { reply: { text: [line(say('follow:unknown'))] } };
      case 'leave':
        return { reply: { text: [line(say('follow:left'))] } };
      case 'confirm':
        return { reply: confirm(args, here) };
      case 'send':
        return send(args, here);
    }
  },
};

/** What is overdue; with `due`, also what falls due soon. */
function owing({ world }: Here, which: 'overdue' | 'due', units: UnitId[] | null = null): Owed[] {
  const most = which === 'overdue' ? -1 : SOON_DAYS;
  return owedReports(world.plans, world.allReports ?? [], world.today).filter(
    ({ daysLeft, unit }) => daysLeft <= most && (units === null || units.includes(unit)),
  );
}

function list(here: Here): Draughted {
  const { plans } = here.world;
  const all = owing(here, 'due');
  if (all.length === 0) return { text: [line(say('follow:nobodyOwes'))] };
  const overdue = unitsOf(all.filter(({ daysLeft }) => daysLeft < 0));
  const due = unitsOf(all.filter(({ daysLeft }) => daysLeft >= 0));
  const every = unitsOf(all);
  return {
    text: [
      ...(overdue.length > 0
        ? [line(say('follow:overdue', { n: overdue.length, names: namesOf(plans, overdue) }))]
        : []),
      ...(due.length > 0 ? [line(say('follow:due', { n: due.length, names: namesOf(plans, due) }))] : []),
      note(say('follow:how')),
    ],
    offers: [
      ...(overdue.length > 0
        ? [
            {
              label: say('follow:allOverdue', { n: overdue.length }),
              ask: ask({ do: 'confirm', which: 'overdue', units: null }),
            },
          ]
        : []),
      ...(due.length > 0
        ? [{ label: say('follow:allDue', { n: every.length }), ask: ask({ do: 'confirm', which: 'due', units: null }) }]
        : []),
      { label: say('follow:page'), ask: ask({ do: 'page', page: 0 }) },
    ],
  };
}

function page(n: number, here: Here): Draughted {
  const { plans } = here.world;
  const all = owing(here, 'due');
  const units = unitsOf(all);
  const some = units.slice(n * PAGE, (n + 1) * PAGE);
  const lines = some.map((unit) => {
    const duties = all.filter((one) => one.unit === unit).map(({ duty }) => duty.name);
    return say('follow:unit', { unit: plans.name(unit), duties: duties.join(', ') });
  });
  if (some.length === 0) return { text: [line(say('follow:nobodyOwes'))] };
  return {
    text: [
      title(say('follow:full', { from: n * PAGE + 1, to: n * PAGE + some.length, n: units.length })),
      line(lines.join('\n')),
    ],
    ...(units.length > (n + 1) * PAGE && {
      offers: [{ label: say('common:next'), ask: ask({ do: 'page', page: n + 1 }) }],
    }),
  };
}

type Chosen = Extract<Args, { do: 'confirm' | 'send' }>;

interface Reach {
  /** Person and the reports they are reminded of. */
  people: Map<string, Owed[]>;
  units: UnitId[];
  /** Units nobody can be reminded for. */
  without: UnitId[];
}

/** Officers of the units, or the head where there is none; absent ones are stood in for. */
function reach({ which, units }: Chosen, here: Here): Reach {
  const { desk, today } = here.world;
  const owed = owing(here, which, units);
  const contacts = desk!.contacts.filter(({ addresses }) => addresses.length > 0);
  const reminded = contacts.map(({ person }) => person);
  const people = new Map<string, Owed[]>();
  const reached = new Set<UnitId>();
  for (const unit of unitsOf(owed)) {
    const inRole = (role: string) =>
      reminded.filter((p) => p.memberships.some((m) => m.unit === unit && m.role === role));
    const officers = inRole('officer');
    for (const person of officers.length > 0 ? officers : inRole('head')) {
      const to = recipientOf(person, reminded, today);
      if (to === null) continue;
      reached.add(unit);
      const own = owed.filter((one) => one.unit === unit);
      people.set(to, [...(people.get(to) ?? []).filter((one) => one.unit !== unit), ...own]);
    }
  }
  const all = unitsOf(owed);
  return { people, units: all.filter((unit) => reached.has(unit)), without: all.filter((unit) => !reached.has(unit)) };
}

function confirm(args: Chosen, here: Here): Draughted {
  const { people, units, without } = reach(args, here);
  const left = withoutLine(without, here);
  if (units.length === 0) return { text: [line(say(without.length > 0 ? 'follow:nobody' : 'follow:nothingOwed'))] };
  return {
    text: [line(say('follow:confirm', { people: people.size, units: units.length })), ...left],
    offers: [
      { label: say('follow:send'), ask: ask({ ...args, do: 'send' }) },
      { label: say('follow:leave'), ask: ask({ do: 'leave' }) },
    ],
  };
}

const withoutLine = (without: UnitId[], here: Here) =>
  without.length > 0
    ? [line(say('follow:without', { n: without.length, names: namesOf(here.world.plans, without) }))]
    : [];

function send(args: Chosen, here: Here): Turn {
  const { world, event } = here;
  const { people, units, without } = reach(args, here);
  const at = afterQuiet(world.now);
  const sends = [...people].map(([person, owed]): Send => {
    const contact = world.desk!.contacts.find((one) => one.person.id === person)!;
    const { text, source } = composeReminder(world.plans, { owed, escalated: false, asked: true });
    const offered = reminderOffers(owed[0]!.duty.id);
    return {
      to: contact.addresses[0]!,
      reply: {
        text: world.rehearsal ? [...text, note(say('reminder:rehearsal'))] : text,
        choices: offered.map(({ token, label }) => ({ token, label })),
        source,
      },
      key: `nudge/${event.id}/${person}`,
      ...(at > world.now && { notBefore: at }),
      offered,
    };
  });
  const counts = { people: people.size, units: units.length };
  const told = at > world.now ? say('follow:queued', { ...counts, clock: clockOf(at) }) : say('follow:sent', counts);
  return { reply: { text: [line(told), ...withoutLine(without, here)] }, sends };
}
