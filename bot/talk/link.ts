/** One person on several channels: a one-time code from one channel, typed on another, makes it theirs too. `/lienketkenh` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Address, ChannelId, Send } from '../core/types.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { codeFrom, type InviteNeeds, spaced } from './invite.ts';
import { tooManyCodes } from './start.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('code') }),
  /** `move`: though the channel is registered for somebody else. */
  z.object({ do: z.literal('use'), move: z.boolean() }),
]);
type Args = z.infer<typeof Args>;

const VALID_MINUTES = 10;
/** "ABCD-EFGH-JKLM chuyển" */
const MOVE = /\bchuyen$/;

export const createLink = ({ hashOf }: InviteNeeds): Talk<Args> => ({
  id: 'link',
  commands: ['lienketkenh'],
  where: 'private',
  args: Args,
  command: (rest) => (rest === '' ? { do: 'code' } : { do: 'use', move: MOVE.test(fold(rest)) }),
  hear: ({ text }, { world }) => (world.link ? { do: 'use', move: MOVE.test(fold(text)) } : null),
  answer: (args, here) => (args.do === 'code' ? offer(here, hashOf) : use(args.move, here)),
});

function offer({ world, session }: Here, hashOf: (code: string) => string): Turn {
  if (!world.person) return told(say('link:registerFirst'));
  const code = codeFrom(world.chance);
  return {
    reply: {
      text: [
        title(say('link:code')),
        line(spaced(code)),
        line(say('link:how', { minutes: VALID_MINUTES })),
        note(say('link:secret')),
      ],
    },
    // An open form is not asked again: it goes on elsewhere.
    ...(session.draft && { draft: session.draft }),
    changes: [{ kind: 'offerLink', codeHash: hashOf(code), expiresAt: world.now + VALID_MINUTES * 60_000 }],
  };
}

function use(move: boolean, here: Here): Turn {
  const { world, event } = here;
  const { link, person } = world;
  const closed = tooManyCodes(here);
  if (closed) return closed;
  if (!link) return { ...told(say('link:unknown')), wrongCode: true };
  if (person?.id === link.person) return told(say('link:already'));
  if (link.usedAt !== null) return told(say('link:used'));
  if (link.expiresAt <= world.now) return told(say('link:expired'));
  if (person && !move) {
    const units = person.memberships.map(({ unit }) => world.plans.name(unit)).join('; ');
    return told(say('link:other', { units }));
  }
  const [last] = link.addresses;
  return {
    reply: { text: [title(say('link:done')), line(say('link:shared'))] },
    changes: [{ kind: 'linkAddress', codeHash: link.codeHash, address: event.from }],
    ...(last && { sends: [warning(last, event.from, event.id)] }),
  };
}

/** Whoever gave the code away unawares learns of it where they wrote last. */
const warning = (to: Address, linked: Address, event: string): Send => ({
  to,
  reply: {
    text: [line(say('link:warning', { channel: say(`link:channel.${linked.split(':', 1)[0] as ChannelId}`) }))],
  },
  key: `linked/${event}`,
});

const told = (text: string): Turn => ({ reply: { text: [line(text)] } });
