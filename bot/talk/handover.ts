/** The reporting of a unit passes to a colleague, once both have said so; the open form and the history follow. `/bangiao` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Handover, Offer } from '../core/types.ts';
import { dayOf, speakDay } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import type { UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, title } from './blocks.ts';
import { codeFrom, type InviteNeeds, linksFor, spaced, VALID_MS } from './invite.ts';
import { tell } from './report/reach.ts';

const OUTCOMES = ['taken', 'declined', 'cancelled'] as const;
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('who'), unit: z.string().optional() }),
  /** `to` is null for a colleague who is not registered yet. */
  z.object({ do: z.literal('offer'), unit: z.string(), to: z.string().nullable(), sure: z.boolean() }),
  z.object({ do: z.literal('settle'), id: z.string(), outcome: z.enum(OUTCOMES) }),
]);
type Args = z.infer<typeof Args>;

const HANDOVER = 'handover';
const ask = (args: Args): Ask => ({ talk: HANDOVER, args: args as Ask['args'] });

const WISH =
  /^(toi |em )?(muon |xin |can )?(ban giao|chuyen giao)( lai)?( (viec|nhiem vu|cong viec))?( (lam )?bao cao)?( (cho|sang) .+)?$/;
const SETTLE = /^(nhan|tu choi|thoi) ([a-z0-9]+)$/;
const MEANT = { nhan: 'taken', 'tu choi': 'declined', thoi: 'cancelled' } as const;

export const createHandover = ({ hashOf }: InviteNeeds): Talk<Args> => ({
  id: HANDOVER,
  commands: ['bangiao'],
  where: 'private',
  args: Args,
  command(rest) {
    const [, what, id] = SETTLE.exec(fold(rest)) ?? [];
    return what && id ? { do: 'settle', id, outcome: MEANT[what as keyof typeof MEANT] } : { do: 'who' };
  },
  hear: ({ text }) => (WISH.test(fold(text)) ? { do: 'who' } : null),
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('sent:register'))] } };
    switch (args.do) {
      case 'who':
        return who(args.unit, here);
      case 'offer':
        return offered(args, here, hashOf);
      case 'settle':
        return settle(args, here);
    }
  },
});

/** Units that the person reports for; a coordinator's part is not handed over in chat. */
const reportsFor = ({ world }: Here): UnitId[] => [
  ...new Set(
    world.person!.memberships.filter(({ role }) => role === 'officer' || role === 'head').map(({ unit }) => unit),
  ),
];

const colleaguesOf = (unit: UnitId, { world }: Here) =>
  (world.colleagues ?? []).filter(({ memberships }) => memberships.some((m) => m.unit === unit));

const nameOf = (person: string | null, { world }: Here): string =>
  world.colleagues?.find(({ id }) => id === person)?.name ??
  (person === world.person!.id ? world.person!.name : say('handover:newcomer'));

function who(unit: UnitId | undefined, here: Here): Turn {
  const { world } = here;
  const [waits] = (world.handovers ?? []).filter(({ to }) => to === world.person!.id);
  if (waits) return toTaker(waits, here);
  const units = reportsFor(here);
  const [own, ...others] = unit && units.includes(unit) ? [unit] : units;
  if (own === undefined) return { reply: { text: [line(say('handover:noUnit'))] } };
  if (others.length > 0)
    return {
      reply: {
        text: [line(say('handover:whichUnit'))],
        offers: units.map((u) => ({ label: world.plans.name(u), ask: ask({ do: 'who', unit: u }) })),
      },
    };
  const open = (world.handovers ?? []).find((h) => h.from === world.person!.id && h.unit === own);
  return {
    reply: {
      text: [
        ...(open ? [line(say('handover:open', { unit: world.plans.name(own), name: nameOf(open.to, here) }))] : []),
        line(say('handover:toWhom', { unit: world.plans.name(own) })),
      ],
      offers: [
        ...colleaguesOf(own, here).map(({ id, name }) => choose(name, own, id)),
        choose(say('handover:newcomer'), own, null),
        ...(open ? [cancel(open)] : []),
      ],
    },
  };
}

const choose = (label: string, unit: UnitId, to: string | null): Offer => ({
  label,
  ask: ask({ do: 'offer', unit, to, sure: false }),
});
const cancel = ({ id }: Handover): Offer => ({
  label: say('handover:cancel'),
  ask: ask({ do: 'settle', id, outcome: 'cancelled' }),
});

function offered(args: Extract<Args, { do: 'offer' }>, here: Here, hashOf: InviteNeeds['hashOf']): Turn {
  const { world } = here;
  const { unit, to, sure } = args;
  const known = to === null || colleaguesOf(unit, here).some(({ id }) => id === to);
  if (!reportsFor(here).includes(unit) || !known) return who(undefined, here);
  const params = { unit: world.plans.name(unit), name: nameOf(to, here) };
  if (!sure)
    return {
      reply: {
        text: [line(say('handover:sure', params)), line(say('handover:follows'))],
        offers: [
          { label: say('handover:now'), ask: ask({ ...args, sure: true }), yes: true },
          { label: say('handover:leave'), ask: ask({ do: 'who', unit }) },
        ],
      },
    };
  const handover: Handover = {
    id: world.chance.slice(0, 12),
    ...{ unit, from: world.person!.id, to, codeHash: null },
    at: world.now,
  };
  if (to === null) return byCode(handover, here, hashOf);
  return {
    changes: [{ kind: 'offerHandover', handover }],
    sends: tell(
      [to],
      `handover/${handover.id}`,
      [line(say('handover:received', { unit: params.unit, name: world.person!.name })), line(say('handover:taking'))],
      (['taken', 'declined'] as const).map((outcome) => ({
        label: say(`handover:${outcome === 'taken' ? 'take' : 'decline'}`),
        command: `/bangiao ${outcome === 'taken' ? 'nhận' : 'từ chối'} ${handover.id}`,
        ask: ask({ do: 'settle', id: handover.id, outcome }),
      })),
      here,
    ),
    reply: { text: [line(say('handover:offered', params))], offers: [cancel(handover)] },
  };
}

/** For somebody who has not registered yet: an invitation to the same unit; using it is their word. */
function byCode(handover: Handover, here: Here, hashOf: InviteNeeds['hashOf']): Turn {
  const { world } = here;
  const code = codeFrom(world.chance);
  const expiresAt = world.now + VALID_MS;
  const codeHash = hashOf(code);
  return {
    changes: [
      {
        kind: 'offerHandover',
        handover: { ...handover, codeHash },
        invitation: { codeHash, unit: handover.unit, role: 'officer', expiresAt, usedAt: null },
      },
    ],
    reply: {
      text: [
        title(say('handover:code', { unit: world.plans.name(handover.unit) })),
        line(spaced(code)),
        line(say('handover:codeHow', { until: speakDay(dayOf(expiresAt)) })),
        ...linksFor(code, here),
      ],
      offers: [cancel(handover)],
    },
  };
}

function toTaker(handover: Handover, here: Here): Turn {
  const params = { unit: here.world.plans.name(handover.unit), name: nameOf(handover.from, here) };
  return {
    reply: {
      text: [line(say('handover:received', params)), line(say('handover:taking'))],
      offers: [
        { label: say('handover:take'), ask: ask({ do: 'settle', id: handover.id, outcome: 'taken' }) },
        { label: say('handover:decline'), ask: ask({ do: 'settle', id: handover.id, outcome: 'declined' }) },
      ],
    },
  };
}

function settle({ id, outcome }: Extract<Args, { do: 'settle' }>, here: Here): Turn {
  const { world, session } = here;
  const handover = (world.handovers ?? []).find((one) => one.id === id);
  const mine = outcome === 'cancelled' ? handover?.from : handover?.to;
  if (!handover || mine !== world.person!.id) return { reply: { text: [line(say('handover:over'))] } };
  // The open form of the one comes to the other: there is room for one.
  if (outcome === 'taken' && session.draft)
    return {
      reply: {
        text: [line(say('handover:draftFirst'))],
        offers: [{ label: say('handover:take'), ask: ask({ do: 'settle', id, outcome }) }],
      },
    };
  const params = { unit: world.plans.name(handover.unit), name: world.person!.name };
  const other = outcome === 'cancelled' ? handover.to : handover.from;
  return {
    changes: [{ kind: 'settleHandover', id, outcome }],
    sends:
      other === null
        ? []
        : tell([other], `handover/${id}/${outcome}`, [line(say(`handover:told.${outcome}`, params))], [], here),
    reply: {
      text: [line(say(`handover:done.${outcome}`, params))],
      ...(outcome === 'taken' && {
        offers: [{ label: say('sent:all'), ask: { talk: 'sent', args: { do: 'list', page: 0 } } }],
      }),
    },
  };
}
