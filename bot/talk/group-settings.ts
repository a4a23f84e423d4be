/** The wishes of a group for its digest: `/caidat` in the group, `/nhom` in private for any of them. Coordinators only. */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Address, GroupChat, Offer } from '../core/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { speakWishes, type Wish, wishIn, withWish } from './group/wishes.ts';
import { scopeName } from './group.ts';

const WishArg = z.object({
  digestAt: z.string().optional(),
  days: z.array(z.number()).optional(),
  parts: z.array(z.object({ part: z.enum(['picture', 'figures']), wanted: z.boolean() })).optional(),
  paused: z.boolean().optional(),
});
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list'), page: z.number().int() }),
  z.object({ do: z.literal('show'), address: z.string() }),
  z.object({ do: z.literal('change'), address: z.string(), wish: WishArg }),
  z.object({ do: z.literal('unclear'), badHour: z.boolean() }),
]);
type Args = z.infer<typeof Args>;

const PAGE = 8;
const ID = 'group-settings';
const ask = (args: Args): Offer['ask'] => ({ talk: ID, args });

export const groupSettings: Talk<Args> = {
  id: ID,
  commands: ['caidat'],
  where: 'group',
  args: Args,
  command(rest, { event }) {
    if (rest === '') return { do: 'show', address: event.chat.address };
    const wish = wishIn(rest);
    if (wish === null || wish === 'badHour') return { do: 'unclear', badHour: wish === 'badHour' };
    return { do: 'change', address: event.chat.address, wish };
  },
  answer,
};

/** `/nhom`: every linked group, from a private chat. */
export const groups: Talk<Args> = {
  id: 'groups',
  commands: ['nhom'],
  where: 'private',
  args: Args,
  command: () => ({ do: 'list', page: 0 }),
  answer,
};

function answer(args: Args, here: Here): Turn {
  if (!isCoordinator(here.world.person)) return { reply: { text: [line(say('group:coordinatorOnly'))] } };
  switch (args.do) {
    case 'list':
      return list(args.page, here);
    case 'unclear':
      return { reply: { text: [line(say(args.badHour ? 'group:badHourSettings' : 'group:unclear'))] } };
    case 'show': {
      const group = find(args.address, here);
      return group ? { reply: shown(group, here) } : notLinked();
    }
    case 'change': {
      const group = find(args.address, here);
      return group ? change(group, args.wish as Wish, here) : notLinked();
    }
  }
}

const notLinked = (): Turn => ({ reply: { text: [line(say('group:notLinked'))] } });

const find = (address: string, { world }: Here): GroupChat | undefined =>
  world.group?.address === address ? world.group : world.desk?.groups.find((group) => group.address === address);

const isPrivate = (here: Here): boolean => here.event.chat.kind === 'private';

function shown(group: GroupChat, here: Here) {
  return {
    text: [
      title(isPrivate(here) ? group.title : say('group:settings')),
      line([say('group:scopeIs', { scope: scopeName(group.scope, here) }), ...speakWishes(group)].join('\n')),
      note(say('group:settingsHow')),
    ],
    offers: wishes(group).map(([label, wish]) => ({
      label,
      ask: ask({ do: 'change', address: group.address, wish }),
    })),
  };
}

/** What can be chosen with a tap: the opposite of what is. */
function wishes({ days, without, paused }: GroupChat): [string, Wish][] {
  const toggle = (part: 'picture' | 'figures', off: string, on: string): [string, Wish] => {
    const wanted = without?.includes(part) ?? false;
    return [wanted ? on : off, { parts: [{ part, wanted }] }];
  };
  return [
    paused ? [say('group:resume'), { paused: false }] : [say('group:pause'), { paused: true }],
    days ? [say('group:daily'), { days: [] }] : [say('group:workingDays'), { days: [1, 2, 3, 4, 5] }],
    toggle('picture', say('group:withoutPicture'), say('group:withPicture')),
    toggle('figures', say('group:withoutFigures'), say('group:withFigures')),
  ];
}

/** The group hears what changed and by whom; so does who changed it from elsewhere. */
function change(before: GroupChat, wish: Wish, here: Here): Turn {
  const { world, event } = here;
  const group = withWish(before, wish);
  const told = [
    title(say('group:changedBy', { name: world.person!.name })),
    line([say('group:scopeIs', { scope: scopeName(group.scope, here) }), ...speakWishes(group)].join('\n')),
  ];
  return {
    reply: isPrivate(here)
      ? { text: [line(say('group:changedIn', { title: group.title })), ...shown(group, here).text.slice(1)] }
      : { text: told },
    changes: [{ kind: 'linkGroup', group }],
    ...(isPrivate(here) && {
      sends: [{ to: group.address as Address, reply: { text: told }, key: `group/${event.id}` }],
    }),
  };
}

function list(page: number, { world }: Here): Turn {
  const all = world.desk?.groups ?? [];
  if (all.length === 0) return { reply: { text: [line(say('group:none'))] } };
  const some = all.slice(page * PAGE, (page + 1) * PAGE);
  const more = all.length > (page + 1) * PAGE;
  const paused = all.filter((group) => group.paused).length;
  return {
    reply: {
      text: [title(say('group:list', { n: all.length, paused }))],
      offers: [
        ...some.map((group) => ({ label: group.title, ask: ask({ do: 'show', address: group.address }) })),
        ...(more ? [{ label: say('common:next'), ask: ask({ do: 'list', page: page + 1 }) }] : []),
      ],
    },
  };
}
