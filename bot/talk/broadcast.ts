/** `/guitatca <text>`: a message of the standing agency to every group, and on request to every officer. */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Address, Draughted, Offer, Text } from '../core/types.ts';
import { speakInstant } from '../language/calendar.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { spokenReason } from './channels.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('ask'), text: z.string() }),
  z.object({ do: z.literal('send'), text: z.string(), people: z.boolean() }),
  z.object({ do: z.literal('progress') }),
  z.object({ do: z.literal('stop'), id: z.string() }),
  z.object({ do: z.literal('leave') }),
]);
type Args = z.infer<typeof Args>;

const ID = 'broadcast';
const MOST_CHARACTERS = 1500;
const MOST_NAMES = 20;
const ask = (args: Args): Offer['ask'] => ({ talk: ID, args });

export const broadcast: Talk<Args> = {
  id: ID,
  commands: ['guitatca'],
  where: 'private',
  args: Args,
  command: (rest) => (rest === '' ? { do: 'progress' } : { do: 'ask', text: rest }),
  answer(args, here) {
    if (!here.world.desk) return { reply: { text: [line(say('follow:coordinatorOnly'))] } };
    switch (args.do) {
      case 'ask':
        return { reply: confirm(args.text, here) };
      case 'send':
        return send(args.text, args.people, here);
      case 'progress':
        return { reply: progressOf(here) };
      case 'stop':
        return {
          reply: { text: [line(say('follow:stopped'))], offers: [progressOffer()] },
          changes: [{ kind: 'stopBroadcast', id: args.id }],
        };
      case 'leave':
        return { reply: { text: [line(say('follow:notSent'))] } };
    }
  },
};

const progressOffer = (): Offer => ({ label: say('follow:progress'), ask: ask({ do: 'progress' }) });

/** Places that can be reached; the sender's own is left out of the people. */
function audience({ world, event }: Here): { groups: Address[]; people: Address[] } {
  const closed = new Set(world.desk!.unreachable.map(({ address }) => address));
  return {
    groups: world.desk!.groups.map(({ address }) => address).filter((address) => !closed.has(address)),
    people: world.desk!.contacts.flatMap(({ addresses: [first] }) => (first && first !== event.from ? [first] : [])),
  };
}

const written = (text: string): Text[] => [title(say('follow:broadcastTitle')), line(text)];

function confirm(text: string, here: Here): Draughted {
  if (text.length > MOST_CHARACTERS) return { text: [line(say('follow:broadcastLong', { most: MOST_CHARACTERS }))] };
  const { groups, people } = audience(here);
  return {
    text: [line(say('follow:broadcastConfirm')), quote(text)],
    offers: [
      ...(groups.length > 0
        ? [{ label: say('follow:toGroups', { n: groups.length }), ask: ask({ do: 'send', text, people: false }) }]
        : []),
      {
        label: say('follow:toEverybody', { groups: groups.length, people: people.length }),
        ask: ask({ do: 'send', text, people: true }),
      },
      { label: say('follow:leave'), ask: ask({ do: 'leave' }) },
    ],
  };
}

function send(text: string, withPeople: boolean, here: Here): Turn {
  const { groups, people } = audience(here);
  const places = [...groups, ...(withPeople ? people : [])];
  const id = here.world.chance.slice(0, 12);
  return {
    reply: {
      text: [line(say('follow:broadcastBegun', { n: places.length }))],
      offers: [progressOffer(), stopOffer(id)],
    },
    changes: [{ kind: 'broadcast', id, text }],
    sends: places.map((to) => ({ to, reply: { text: written(text) }, key: `broadcast/${id}/${to}` })),
  };
}

const stopOffer = (id: string): Offer => ({ label: say('follow:stop'), ask: ask({ do: 'stop', id }) });

function progressOf({ world }: Here): Draughted {
  const latest = world.desk!.broadcast;
  if (!latest) return { text: [line(say('follow:broadcastNone')), note(say('follow:broadcastHow'))] };
  const { queued, sent, stopped, notReached } = latest;
  const failed = notReached.length;
  const named = notReached
    .slice(0, MOST_NAMES)
    .map(({ name, reason }) => say('follow:notReachedLine', { name, reason: spokenReason(reason) }));
  if (failed > MOST_NAMES) named.push(say('follow:more', { n: failed - MOST_NAMES }));
  return {
    text: [
      line(say('follow:broadcastAt', { at: speakInstant(latest.at), text: latest.text })),
      line(say('follow:broadcastCounts', { sent, queued, stopped, failed, all: sent + queued + stopped + failed })),
      ...(failed > 0 ? [line([say('follow:notReached'), ...named].join('\n'))] : []),
    ],
    offers: queued > 0 ? [progressOffer(), stopOffer(latest.id)] : [],
  };
}
