/** A person's own channels and devices: which comes first, and doing without one. `/kenhcuatoi` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Address, ChannelId, Offer, OwnPlace } from '../core/types.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';

const CHANNELS = ['telegram', 'zalo', 'web'] as const;
const channel = z.enum(CHANNELS);
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('prefer'), channel: channel.nullable() }),
  z.object({ do: z.literal('drop'), addresses: z.array(z.string()), sure: z.boolean() }),
]);
type Args = z.infer<typeof Args>;

const ID = 'places';
const MOST_DEVICES = 8;
const ask = (args: Args): Offer['ask'] => ({ talk: ID, args });
/** "nhắc tôi qua zalo", "nhận nhắc việc ở telegram" */
const PREFER =
  /^(?:(?:hay )?(?:nhac|gui|nhan)(?: nhac)?(?: viec)?(?: toi| em| minh)?(?: tin)? (?:qua|o|tren|bang) )(?:kenh )?(telegram|tele|zalo|trang web|web)$/;
const EVERYWHERE = /^(?:dang xuat|thoat)(?: khoi)? (?:moi|tat ca)(?: cac)?(?: thiet bi| noi| noi khac)?$/;

export const places: Talk<Args> = {
  id: ID,
  commands: ['kenhcuatoi'],
  where: 'private',
  args: Args,
  command: () => ({ do: 'list' }),
  hear({ text }, here) {
    if (!here.world.person) return null;
    const named = PREFER.exec(fold(text))?.[1];
    if (named)
      return { do: 'prefer', channel: named.startsWith('tele') ? 'telegram' : named === 'zalo' ? 'zalo' : 'web' };
    return EVERYWHERE.test(fold(text))
      ? { do: 'drop', addresses: devices(here).map(({ address }) => address), sure: false }
      : null;
  },
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('link:registerFirst'))] } };
    switch (args.do) {
      case 'list':
        return { reply: list(here) };
      case 'prefer':
        return prefer(args.channel, here);
      case 'drop':
        return drop(args.addresses, args.sure, here);
    }
  },
};

const channelOf = (address: string): ChannelId => address.split(':', 1)[0] as ChannelId;
const channelName = (id: ChannelId): string => say(`link:channel.${id}`);
const own = ({ world }: Here): readonly OwnPlace[] => world.places ?? [];
const devices = (here: Here): OwnPlace[] => own(here).filter(({ address }) => channelOf(address) === 'web');

function nameOf({ address, label }: OwnPlace, here: Here): string {
  const name = label ? say('places:device', { label }) : channelName(channelOf(address));
  return address === here.event.from ? say('places:thisOne', { name }) : name;
}

function list(here: Here): NonNullable<Turn['reply']> {
  const all = own(here);
  const { preferred } = here.world.person!;
  const known = CHANNELS.filter((id) => all.some(({ address }) => channelOf(address) === id));
  const lines = all.map((place, i) => say('places:line', { n: i + 1, name: nameOf(place, here) }));
  const others = devices(here).filter(({ address }) => address !== here.event.from);
  return {
    text: [
      title(say('places:title')),
      line(lines.join('\n')),
      line(preferred ? say('places:preferred', { channel: channelName(preferred) }) : say('places:lastUsed')),
      note(say('places:next')),
    ],
    offers: [
      ...(known.length > 1
        ? known
            .filter((id) => id !== preferred)
            .map((id) => ({
              label: say('places:prefer', { channel: channelName(id) }),
              ask: ask({ do: 'prefer', channel: id }),
            }))
        : []),
      ...(preferred ? [{ label: say('places:preferLast'), ask: ask({ do: 'prefer', channel: null }) }] : []),
      ...all.slice(0, MOST_DEVICES).map((place, i) => ({
        label: say('places:drop', { n: i + 1 }),
        ask: ask({ do: 'drop', addresses: [place.address], sure: false }),
      })),
      ...(others.length > 1
        ? [
            {
              label: say('places:dropDevices'),
              ask: ask({ do: 'drop', addresses: devices(here).map(({ address }) => address), sure: false }),
            },
          ]
        : []),
      { label: say('places:add'), ask: { talk: 'link', args: { do: 'code' } } },
    ],
  };
}

function prefer(channel: ChannelId | null, here: Here): Turn {
  if (channel && !own(here).some(({ address }) => channelOf(address) === channel))
    return {
      reply: {
        text: [line(say('places:notThere', { channel: channelName(channel) }))],
        offers: [{ label: say('places:add'), ask: { talk: 'link', args: { do: 'code' } } }],
      },
    };
  return {
    reply: {
      text: [
        line(channel ? say('places:preferred', { channel: channelName(channel) }) : say('places:lastUsed')),
        note(say('places:next')),
      ],
    },
    changes: [{ kind: 'preferChannel', channel }],
  };
}

function drop(wanted: string[], sure: boolean, here: Here): Turn {
  const gone = own(here).filter(({ address }) => wanted.includes(address));
  if (gone.length === 0) return { reply: { text: [line(say('places:gone'))] } };
  const names = gone.map((place) => nameOf(place, here)).join('; ');
  const last = gone.length === own(here).length;
  if (!sure)
    return {
      reply: {
        text: [line(say('places:dropSure', { names })), ...(last ? [note(say('places:dropLast'))] : [])],
        offers: [
          { label: say('places:dropNow'), ask: ask({ do: 'drop', addresses: wanted, sure: true }), yes: true },
          { label: say('people:leaveIt'), ask: ask({ do: 'list' }) },
        ],
      },
    };
  return {
    reply: { text: [line(say('places:dropped', { names }))] },
    changes: [{ kind: 'unlinkAddresses', addresses: gone.map(({ address }): Address => address) }],
  };
}
