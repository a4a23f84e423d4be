/** Without an invitation one asks to join a unit, or to move to another; coordinators decide. `/xinvao`, `/duyetvao` */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, ChannelId, JoinRequest, Offer, Send } from '../core/types.ts';
import { fold } from '../language/fold.ts';
import type { UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { unitsIn } from './invite.ts';
import { nameIn } from './own-name.ts';
import { coordinators, tell } from './report/reach.ts';

const DECISIONS = ['added', 'moved', 'refused'] as const;
type Decision = (typeof DECISIONS)[number];
const Args = z.discriminatedUnion('do', [
  /** `text`: the name of whoever asks, where the channel tells none. */
  z.object({ do: z.literal('ask'), units: z.array(z.string()), text: z.string().optional() }),
  z.object({ do: z.literal('cancel'), id: z.string() }),
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('show'), id: z.string() }),
  z.object({ do: z.literal('decide'), id: z.string(), decision: z.enum(DECISIONS) }),
]);
type Args = z.infer<typeof Args>;

const ID = 'join';
const ask = (args: Args): Ask => ({ talk: ID, args });
const MEANT = { nhan: 'added', chuyen: 'moved', 'tu choi': 'refused' } as const;
const DECIDE = /^(nhan|chuyen|tu choi) ([a-z0-9]+)$/;
/** "tôi là cán bộ sở y tế", "xin vào sở y tế", "đăng ký cho phường lê chân", "xin chuyển sang …" */
const WISH =
  /^(?:(?:toi|em|minh) )?(?:(?:muon |xin )?(?:xin |duoc )?(?:vao|tham gia|dang ky|chuyen (?:sang|ve|den|toi))(?: (?:cho|vao|la|don vi))*|la(?: can bo)?(?: cua)?) (\S.*)$/;

export const join: Talk<Args> = {
  id: ID,
  commands: ['xinvao'],
  where: 'private',
  args: Args,
  command: (rest, here) => ({ do: 'ask', units: unitsIn(rest, here) }),
  hear({ text }, here) {
    if (here.world.rehearsal && !here.world.person) return null;
    const folded = WISH.exec(fold(text))?.[1];
    if (!folded || (here.world.person && !/chuyen|xin/.test(fold(text)))) return null;
    // As it was typed: without its marks a name may mean several units.
    const words = text.trim().split(/\s+/).slice(-folded.split(' ').length).join(' ');
    const units = unitsIn(words, here);
    return units.length > 0 ? { do: 'ask', units } : null;
  },
  takesName: (args) => args.do === 'ask',
  answer(args, here) {
    switch (args.do) {
      case 'ask':
        return wish(args, here);
      case 'cancel':
        return cancel(args.id, here);
      default:
        if (!here.world.desk) return { reply: { text: [line(say('follow:coordinatorOnly'))] } };
        if (args.do === 'list') return { reply: list(here) };
        return args.do === 'show' ? show(args.id, here) : decide(args.id, args.decision, here);
    }
  },
};

/** `/duyetvao`: what waits; `/duyetvao nhận <id>`: a choice of the message that told of it. */
export const decideJoins: Talk<Args> = {
  id: 'decideJoins',
  commands: ['duyetvao'],
  where: 'private',
  args: Args,
  command(rest) {
    const [, what, id] = DECIDE.exec(fold(rest)) ?? [];
    return what && id ? { do: 'decide', id, decision: MEANT[what as keyof typeof MEANT] } : { do: 'list' };
  },
  hear: ({ text }, { world }) => (isCoordinator(world.person) && LIST.test(fold(text)) ? { do: 'list' } : null),
  answer: join.answer,
};
const LIST =
  /^(?:(?:duyet|xem|cac|co) )*(?:yeu cau|don)(?: nao)?(?: xin)? (?:tham gia|vao|gia nhap)(?: nao)?(?: (?:dang )?cho(?: duyet)?)?$|^(?:co )?ai (?:dang )?xin (?:tham gia|vao)(?: don vi)?$|^duyet (?:nguoi )?(?:vao|tham gia)$/;

function wish({ units, text }: Extract<Args, { do: 'ask' }>, here: Here): Turn {
  const { world, event } = here;
  const [unit, ...others] = units;
  if (unit === undefined) return { reply: { text: [line(say('people:joinWhich'))] } };
  const name = world.plans.name(unit);
  if (others.length > 0)
    return {
      reply: {
        text: [line(say('invite:several'))],
        offers: units.map((one) => ({ label: world.plans.name(one), ask: ask({ do: 'ask', units: [one] }) })),
      },
    };
  if (world.person?.memberships.some((m) => m.unit === unit && (m.role === 'officer' || m.role === 'head')))
    return { reply: { text: [line(say('people:joinAlready', { unit: name }))] } };
  const waits = world.joining;
  if (waits?.unit === unit)
    return { reply: { text: [line(say('people:joinWaits', { unit: name }))], offers: [cancelOffer(waits)] } };
  const who = world.person?.name ?? event.fromName ?? nameIn(text);
  // Who decides must know whom they let in.
  if (who === undefined)
    return {
      reply: { text: [line(say(text === undefined ? 'people:joinName' : 'people:joinNameAgain', { unit: name }))] },
      awaits: { do: 'ask', units },
    };
  const request: JoinRequest = { id: world.chance.slice(0, 12), address: event.from, name: who, unit, at: world.now };
  return {
    reply: {
      text: [
        line(say('people:joinAsked', { unit: name })),
        ...(waits ? [line(say('people:joinInstead', { unit: world.plans.name(waits.unit) }))] : []),
        ...(world.person ? [] : [note(say('people:joinCode'))]),
      ],
      offers: [cancelOffer(request)],
    },
    changes: [{ kind: 'askJoin', request }],
    sends: tell(
      coordinators(here),
      `join/${request.id}`,
      [title(say('people:joinNews')), line(spoken(request, here, world.person?.memberships[0]?.unit))],
      choicesOf(request, world.person !== null).map(({ decision, label }) => ({
        label,
        command: `/duyetvao ${WORDS[decision]} ${request.id}`,
        ask: ask({ do: 'decide', id: request.id, decision }),
      })),
      here,
    ),
  };
}

const WORDS = { added: 'nhận', moved: 'chuyển', refused: 'từ chối' } as const;

const cancelOffer = ({ id }: JoinRequest): Offer => ({
  label: say('people:joinCancel'),
  ask: ask({ do: 'cancel', id }),
});

function cancel(id: string, { world }: Here): Turn {
  if (world.joining?.id !== id) return { reply: { text: [line(say('people:joinGone'))] } };
  return {
    reply: { text: [line(say('people:joinCancelled'))] },
    changes: [{ kind: 'cancelJoin', id }],
  };
}

function spoken({ name, unit, address }: JoinRequest, { world }: Here, from?: UnitId): string {
  const channel = say(`link:channel.${address.split(':', 1)[0] as ChannelId}`);
  const wish = { name, unit: world.plans.name(unit), channel };
  return from ? say('people:joinFrom', { ...wish, from: world.plans.name(from) }) : say('people:joinLine', wish);
}

/** Whoever reports for a unit already may keep it or leave it. */
function choicesOf(_request: JoinRequest, registered: boolean): { decision: Decision; label: string }[] {
  const label = (decision: Decision, key: 'joinAccept' | 'joinAdd' | 'joinMove' | 'joinRefuse') => ({
    ...{ decision, label: say(`people:${key}`) },
  });
  return [
    ...(registered ? [label('moved', 'joinMove'), label('added', 'joinAdd')] : [label('added', 'joinAccept')]),
    label('refused', 'joinRefuse'),
  ];
}

const whoAsks = ({ address }: JoinRequest, { world }: Here) =>
  world.desk!.contacts.find(({ addresses }) => addresses.includes(address))?.person;

function list(here: Here): NonNullable<Turn['reply']> {
  const { joins } = here.world.desk!;
  if (joins.length === 0) return { text: [line(say('people:noJoins'))] };
  return {
    text: [
      title(say('people:joins', { n: joins.length })),
      line(
        joins
          .map((request, i) => `${i + 1}. ${spoken(request, here, whoAsks(request, here)?.memberships[0]?.unit)}`)
          .join('\n'),
      ),
    ],
    offers: joins.slice(0, 10).map((request) => ({
      label: say('people:joinDecide', { name: request.name, unit: here.world.plans.name(request.unit) }),
      ask: ask({ do: 'show', id: request.id }),
    })),
  };
}

const over = (): Turn => ({ reply: { text: [line(say('people:joinDecided'))] } });

function show(id: string, here: Here): Turn {
  const request = here.world.desk!.joins.find((one) => one.id === id);
  if (!request) return over();
  const person = whoAsks(request, here);
  return {
    reply: {
      text: [line(spoken(request, here, person?.memberships[0]?.unit))],
      offers: choicesOf(request, person !== undefined).map(({ decision, label }) => ({
        label,
        ask: ask({ do: 'decide', id, decision }),
      })),
    },
  };
}

function decide(id: string, decision: Decision, here: Here): Turn {
  const { world } = here;
  if (!isCoordinator(world.person)) return { reply: { text: [line(say('common:notAllowed'))] } };
  const request = world.desk!.joins.find((one) => one.id === id);
  if (!request) return over();
  const unit = world.plans.name(request.unit);
  return {
    reply: { text: [line(say(`people:joinDone.${decision}`, { name: request.name, unit }))] },
    changes: [{ kind: 'decideJoin', id, decision, person: world.chance.slice(0, 20) }],
    sends: [answerTo(request, decision, unit)],
  };
}

const answerTo = ({ id, address }: JoinRequest, decision: Decision, unit: string): Send => ({
  to: address,
  key: `join/${id}/decided`,
  reply: {
    text:
      decision === 'refused'
        ? [line(say('people:joinTold.refused', { unit }))]
        : [title(say('start:welcome', { unit })), line(say('start:can')), note(say('start:care'))],
  },
});
