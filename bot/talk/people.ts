/** Who reports for which unit, and changing it. `/canbo <unit>`; alone: the units that nobody reports for. */
import { z } from 'zod';
import { isAdministrator, isCoordinator, mayGive } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Change, Offer, Person, PersonRole } from '../core/types.ts';
import type { UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { codeFrom, type InviteNeeds, linksFor, spaced, unitsIn } from './invite.ts';
import { ROLES, roleName } from './roles.ts';

const role = z.enum(ROLES);
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('missing'), page: z.number().int().nonnegative() }),
  z.object({ do: z.literal('unit'), units: z.array(z.string()) }),
  z.object({ do: z.literal('person'), person: z.string(), unit: z.string() }),
  z.object({
    ...{ do: z.literal('set'), person: z.string(), unit: z.string() },
    ...{ from: role, to: role.nullable(), sure: z.boolean() },
  }),
  /** The name of the other unit is typed next. */
  z.object({ do: z.literal('move'), person: z.string(), unit: z.string(), text: z.string().optional() }),
  z.object({ do: z.literal('moveTo'), person: z.string(), unit: z.string(), to: z.string() }),
  z.object({ do: z.literal('letIn'), person: z.string() }),
]);
type Args = z.infer<typeof Args>;
type Set = Extract<Args, { do: 'set' }>;

const ID = 'people';
const PAGE = 30;
/** How long the code is good with which somebody comes back in. */
const LET_IN_HOURS = 24;
const ask = (args: Args): Ask => ({ talk: ID, args });
const told = (text: string): Turn => ({ reply: { text: [line(text)] } });

export const createPeople = ({ hashOf }: InviteNeeds): Talk<Args> => ({
  id: ID,
  commands: ['canbo'],
  where: 'private',
  args: Args,
  command: (rest, here) => (rest === '' ? { do: 'missing', page: 0 } : { do: 'unit', units: unitsIn(rest, here) }),
  answer(args, here) {
    if (!here.world.desk) return told(say('follow:coordinatorOnly'));
    switch (args.do) {
      case 'missing':
        return missing(args.page, here);
      case 'unit':
        return ofUnit(args.units, here);
      case 'person':
        return card(args.person, args.unit, here);
      case 'set':
        return set(args, here);
      case 'move':
        return move(args, here);
      case 'moveTo':
        return moveTo(args, here);
      case 'letIn':
        return letIn(args.person, here, hashOf);
    }
  },
});

/** Units of the plans where nobody is registered, in the order of the book. */
export function withoutContact({ world }: Here): UnitId[] {
  return world.plans.book.units
    .filter((unit) => unit.groups.includes('g-tat-ca') && !world.directory?.get(unit.id)?.length)
    .map(({ id }) => id);
}

function missing(page: number, here: Here): Turn {
  const { plans } = here.world;
  const all = plans.book.units.filter((unit) => unit.groups.includes('g-tat-ca')).length;
  const units = withoutContact(here);
  if (units.length === 0) return told(say('people:everyUnit', { n: all }));
  const pages = Math.ceil(units.length / PAGE);
  const at = Math.min(page, pages - 1);
  const shown = units.slice(at * PAGE, (at + 1) * PAGE);
  return {
    reply: {
      text: [
        title(say('people:missing', { n: units.length, all })),
        line(shown.map((id, i) => `${at * PAGE + i + 1}. ${plans.name(id)}`).join('\n')),
        ...(pages > 1 ? [note(say('common:page', { page: at + 1, pages }))] : []),
        note(say('people:missingHow')),
      ],
      offers: at + 1 < pages ? [{ label: say('common:next'), ask: ask({ do: 'missing', page: at + 1 }) }] : [],
    },
  };
}

const peopleOf = (unit: UnitId, { world }: Here): Person[] =>
  world
    .desk!.contacts.map(({ person }) => person)
    .filter(({ memberships }) => memberships.some((m) => m.unit === unit));

function ofUnit(units: UnitId[], here: Here): Turn {
  const { plans } = here.world;
  const [unit, ...others] = units;
  if (unit === undefined) return told(say('people:which'));
  if (others.length > 0)
    return {
      reply: {
        text: [line(say('invite:several'))],
        offers: units.map((one) => ({ label: plans.name(one), ask: ask({ do: 'unit', units: [one] }) })),
      },
    };
  const people = peopleOf(unit, here);
  const invite: Offer = { label: say('people:invite'), ask: { talk: 'invite', args: { units: [unit] } } };
  if (people.length === 0)
    return { reply: { text: [line(say('people:none', { unit: plans.name(unit) }))], offers: [invite] } };
  return {
    reply: {
      text: [
        title(say('people:ofUnit', { unit: plans.name(unit) })),
        line(people.map((person, i) => `${i + 1}. ${inOneLine(person, unit, here)}`).join('\n')),
      ],
      offers: [
        ...people.map((person) => ({ label: person.name, ask: ask({ do: 'person', person: person.id, unit }) })),
        invite,
      ],
    },
  };
}

const rolesIn = (person: Person, unit: UnitId): PersonRole[] =>
  person.memberships.filter((m) => m.unit === unit).map((m) => m.role);

function inOneLine(person: Person, unit: UnitId, { world }: Here): string {
  const roles = rolesIn(person, unit).map(roleName).join(', ');
  const addresses = world.desk!.contacts.find((contact) => contact.person.id === person.id)?.addresses ?? [];
  const channels = [...new Set(addresses.map((address) => address.split(':', 1)[0] as 'web'))];
  const where = channels.map((channel) => say(`link:channel.${channel}`)).join(', ');
  return say('people:line', { name: person.name, roles, channels: where || say('people:nowhere') });
}

const personOf = (id: string, { world }: Here): Person | undefined =>
  world.desk!.contacts.find(({ person }) => person.id === id)?.person;

/** Somebody in one unit, and what whoever asks may change of it. */
function card(id: string, unit: UnitId, here: Here): Turn {
  const { world } = here;
  const person = personOf(id, here);
  const roles = person ? rolesIn(person, unit) : [];
  if (!person || roles.length === 0) return told(say('people:gone'));
  const offers: Offer[] = [];
  for (const from of roles.filter((one) => mayGive(world.person, one))) {
    const others = ROLES.filter((to) => !roles.includes(to) && mayGive(world.person, to));
    const set = (to: PersonRole | null, label: string) =>
      offers.push({ label, ask: ask({ do: 'set', person: id, unit, from, to, sure: false }) });
    for (const to of others) set(to, say('people:makeRole', { from: roleName(from), to: roleName(to) }));
    set(null, say('people:takeRole', { role: roleName(from) }));
  }
  if (roles.some((one) => one === 'officer' || one === 'head'))
    offers.push({ label: say('people:move'), ask: ask({ do: 'move', person: id, unit }) });
  if (mayLetIn(person, here)) offers.push({ label: say('people:letIn'), ask: ask({ do: 'letIn', person: id }) });
  return {
    reply: {
      text: [title(world.plans.name(unit)), line(inOneLine(person, unit, here))],
      offers: [...offers, { label: say('people:back'), ask: ask({ do: 'unit', units: [unit] }) }],
    },
  };
}

/** Whoever lets somebody in could become them. */
const mayLetIn = (person: Person, { world }: Here): boolean =>
  person.id !== world.person?.id && (!isCoordinator(person) || isAdministrator(world.person));

function set({ person: id, unit, from, to, sure }: Set, here: Here): Turn {
  const { world } = here;
  const person = personOf(id, here);
  if (!person || !rolesIn(person, unit).includes(from)) return told(say('people:gone'));
  const params = { name: person.name, unit: world.plans.name(unit), from: roleName(from) };
  if (from === 'administrator' && !anotherAdministrator(id, here)) return told(say('people:lastAdministrator'));
  if (!sure)
    return {
      reply: {
        text: [
          line(to === null ? say('people:takeSure', params) : say('people:makeSure', { ...params, to: roleName(to) })),
          ...(to === null && person.memberships.length === 1 ? [note(say('people:takeLast'))] : []),
        ],
        offers: [
          { label: say('people:doIt'), ask: ask({ do: 'set', person: id, unit, from, to, sure: true }), yes: true },
          { label: say('people:leaveIt'), ask: ask({ do: 'person', person: id, unit }) },
        ],
      },
    };
  return {
    reply: {
      text: [line(to === null ? say('people:taken', params) : say('people:made', { ...params, to: roleName(to) }))],
      offers: [{ label: say('people:back'), ask: ask({ do: 'unit', units: [unit] }) }],
    },
    changes: [{ kind: 'setRole', person: id, unit, from, to }],
    sends: notify(
      id,
      to === null ? say('people:toldTaken', params) : say('people:toldMade', { ...params, to: roleName(to) }),
      here,
    ),
  };
}

const anotherAdministrator = (id: string, { world }: Here): boolean =>
  world.desk!.contacts.some(({ person }) => person.id !== id && isAdministrator(person));

/** Whoever is changed learns of it where they are written to. */
function notify(id: string, text: string, { world, event }: Here) {
  const to = world.desk!.contacts.find(({ person }) => person.id === id)?.addresses[0];
  return to && to !== event.from ? [{ to, reply: { text: [line(text)] }, key: `role/${event.id}` }] : [];
}

function move({ person: id, unit, text }: Extract<Args, { do: 'move' }>, here: Here): Turn {
  const { plans } = here.world;
  const person = personOf(id, here);
  if (!person) return told(say('people:gone'));
  const units = text === undefined ? [] : unitsIn(text, here).filter((one) => one !== unit);
  if (units.length === 0)
    return {
      reply: {
        text: [line(say(text === undefined ? 'people:moveWhere' : 'people:moveUnknown', { name: person.name }))],
      },
      awaits: { do: 'move', person: id, unit },
    };
  return {
    reply: {
      text: [line(say('people:moveSure', { name: person.name, unit: plans.name(unit) }))],
      offers: [
        ...units.map((to) => ({ label: plans.name(to), ask: ask({ do: 'moveTo', person: id, unit, to }) })),
        { label: say('people:leaveIt'), ask: ask({ do: 'person', person: id, unit }) },
      ],
    },
  };
}

function moveTo({ person: id, unit, to }: Extract<Args, { do: 'moveTo' }>, here: Here): Turn {
  const { plans } = here.world;
  const person = personOf(id, here);
  const own = person ? rolesIn(person, unit).filter((one) => one === 'officer' || one === 'head') : [];
  if (!person || own.length === 0) return told(say('people:gone'));
  const params = { name: person.name, unit: plans.name(unit), to: plans.name(to) };
  // First the new part, so that they are never without one.
  const changes = own.flatMap((part): Change[] => [
    { kind: 'setRole', person: id, unit: to, from: null, to: part },
    { kind: 'setRole', person: id, unit, from: part, to: null },
  ]);
  return {
    reply: {
      text: [line(say('people:moved', params))],
      offers: [{ label: say('people:back'), ask: ask({ do: 'unit', units: [to] }) }],
    },
    changes,
    sends: notify(id, say('people:toldMoved', params), here),
  };
}

/** For somebody who has lost their phone or signed out everywhere: a code with which they are themselves again. */
function letIn(id: string, here: Here, hashOf: InviteNeeds['hashOf']): Turn {
  const person = personOf(id, here);
  if (!person || !mayLetIn(person, here)) return told(say('people:gone'));
  const code = codeFrom(here.world.chance);
  const expiresAt = here.world.now + LET_IN_HOURS * 3_600_000;
  return {
    reply: {
      text: [
        title(say('people:letInCode', { name: person.name })),
        line(spaced(code)),
        line(say('people:letInHow', { hours: LET_IN_HOURS })),
        ...linksFor(code, here),
      ],
    },
    changes: [{ kind: 'offerLink', codeHash: hashOf(code), expiresAt, person: id }],
  };
}
