/** Greeting and registration: by invitation code; in rehearsal by choosing who to be. */
import { z } from 'zod';
import { codeIn, codesFrom } from '../core/codes.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Handover, Offer, Person, Send } from '../core/types.ts';
import { speakInstant } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { isName, ownName } from './own-name.ts';
import { tell } from './report/reach.ts';

const Args = z.union([
  z.object({ do: z.literal('greet'), code: z.boolean() }),
  z.object({ do: z.literal('be'), unit: z.string() }),
  z.object({ do: z.literal('who') }),
  /** `text`: the name of whoever registered, where the channel tells none. */
  z.object({ do: z.literal('name'), text: z.string().optional() }),
]);
type Args = z.infer<typeof Args>;

/** What sample officers' ids start with: `mau-so-y-te`. */
export const SAMPLE = 'mau-';

/** "tôi là Sở Y tế": in rehearsal, choosing who to be. */
const I_AM = /^(toi|em|minh|chung toi|don vi toi) la\s+\S/;

/** Nothing but what looks like a code, right or wrong: it is never taken for figures of a report. */
const CODE = /^[a-z0-9]{4}-[a-z0-9]{4}(-[a-z0-9]{4})?$|^(?=.*\d)(?=.*[a-z])[a-z0-9]{12}$/i;

/** "mã của em là abcd 1234 efgh" */
const tellsCode = (text: string): boolean =>
  /^(?:gui |day la |nhap )?ma /.test(fold(text)) && /\d/.test(codeIn(text) ?? '');

export const start: Talk<Args> = {
  id: 'start',
  commands: ['start', 'dangky', 'toi'],
  where: 'private',
  args: Args,
  command: (rest, here) => (rest === '' && here.world.person ? { do: 'who' } : { do: 'greet', code: rest !== '' }),

  hear(heard, here) {
    if (here.world.invitation || CODE.test(heard.text.trim()) || tellsCode(heard.text))
      return { do: 'greet', code: true };
    const unit = here.world.rehearsal && I_AM.test(fold(heard.text)) ? heard.reading.parties[0] : undefined;
    return unit && here.world.plans.unit(unit) ? { do: 'be', unit } : null;
  },

  // Whoever goes on with something else is not held up: `/hoten` takes the name later.
  takes: ({ text }) => isName(text),
  takesName: (args) => args.do === 'name',
  answer(args, here) {
    if (args.do === 'name') return ownName.answer({ text: args.text }, here);
    if (args.do === 'be') return be(args.unit, here);
    if (args.do === 'greet' && args.code) return redeem(here);
    return here.world.person ? known(here.world.person, here) : stranger(here);
  },
};

function redeem(here: Here): Turn {
  const { world, event } = here;
  const { invitation } = world;
  const closed = tooManyCodes(here);
  if (closed) return closed;
  if (!invitation) return { reply: { text: [line(say('start:unknownCode'))] }, wrongCode: true };
  if (invitation.revoked) return { reply: { text: [line(say('start:revokedCode'))] } };
  // Whoever opens the link once more has got in by it.
  const { person: already } = world;
  const same = already?.memberships.some(({ unit, role }) => unit === invitation.unit && role === invitation.role);
  if (invitation.usedAt !== null && already && same) return known(already, here);
  if (invitation.usedAt !== null) return { reply: { text: [line(say('start:usedCode'))] } };
  if (invitation.expiresAt <= world.now) return { reply: { text: [line(say('start:expiredCode'))] } };
  const person: Person = {
    id: world.person?.id ?? world.chance.slice(0, 20),
    name: event.fromName ?? say('start:unnamed', { unit: world.plans.name(invitation.unit) }),
    memberships: [{ unit: invitation.unit, role: invitation.role }],
  };
  const handover = (world.handovers ?? []).find(
    ({ codeHash, from }) => codeHash === invitation.codeHash && from !== person.id,
  );
  const unit = world.plans.name(invitation.unit);
  const nameless = world.person === null && event.fromName === undefined;
  return {
    reply: {
      text: [
        title(say('start:welcome', { unit: invitation.role === 'officer' ? unit : partOf(invitation, here) })),
        ...(handover ? [line(say('handover:done.taken', { unit }))] : []),
        line(say('start:can')),
        ...(nameless ? [line(say('start:askName'))] : []),
        note(say('start:care')),
      ],
      offers: [
        ...(handover ? [{ label: say('sent:all'), ask: { talk: 'sent', args: { do: 'list', page: 0 } } }] : []),
        ...firstOffers(),
      ],
    },
    ...(nameless && { awaits: { do: 'name' } }),
    changes: [{ kind: 'redeemInvitation', codeHash: invitation.codeHash, address: event.from, person }],
    sends: handover ? takenOver(handover, person, here) : [],
  };
}

/** Whoever handed their reporting over hears that it was taken. */
function takenOver({ id, unit, from }: Handover, { name }: Person, here: Here): Send[] {
  const params = { unit: here.world.plans.name(unit), name };
  return tell([from], `handover/${id}/taken`, [line(say('handover:told.taken', params))], [], here);
}

/** The answer while codes are not looked at; null when they are. */
export function tooManyCodes({ session, world }: Here): Turn | null {
  const until = codesFrom(session, world.now);
  return until === null ? null : { reply: { text: [line(say('start:tooMany', { until: speakInstant(until) }))] } };
}

function be(unit: string, here: Here): Turn {
  const { plans } = here.world;
  return {
    reply: {
      text: [title(say('start:welcome', { unit: plans.name(unit) })), line(say('start:can')), note(say('start:care'))],
      offers: firstOffers(),
    },
    changes: [{ kind: 'becomeSample', address: here.event.from, person: `${SAMPLE}${unit}` }],
  };
}

const partOf = ({ unit, role }: Person['memberships'][number], { world }: Here): string =>
  say('start:membership', { unit: world.plans.name(unit), role: say(`start:role.${role}`) });

function known(person: Person, here: Here): Turn {
  const units = person.memberships.map((part) => partOf(part, here));
  return {
    reply: {
      text: [title(say('start:hello', { units: units.join('; ') })), line(say('start:can')), note(say('start:care'))],
      offers: firstOffers(),
    },
  };
}

const stranger = (here: Here): Turn => ({
  reply: {
    text: [
      title(say('start:intro')),
      line(here.world.rehearsal ? say('start:chooseSample') : say('start:askCode')),
      note(say('start:care')),
    ],
    ...(here.world.rehearsal && {
      offers: ['so-y-te', 'phuong-le-chan', 'cchq-kv3'].flatMap((unit) =>
        here.world.plans.unit(unit)
          ? [{ label: here.world.plans.name(unit), ask: { talk: 'start', args: { do: 'be', unit } } }]
          : [],
      ),
    }),
  },
});

/** Typed requests of other talks, so that a first tap already leads somewhere. */
const firstOffers = (): Offer[] => [
  { label: say('start:myTasks'), ask: { talk: 'tasks', args: { unit: null, plan: null, role: null, page: 0 } } },
  { label: say('start:deadlines'), ask: { talk: 'deadline', args: {} } },
  { label: say('start:report'), ask: { talk: 'report', args: { do: 'open' } } },
];
