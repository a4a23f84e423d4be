/** Group chats: linked by a coordinator, they get the daily digest; unlinked, moved or left, they no longer do. */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Scope } from '../core/types.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { HOUR, hourIn, speakDays } from './group/wishes.ts';

const ScopeArg = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('city') }),
  z.object({ kind: z.literal('group'), group: z.string() }),
  z.object({ kind: z.literal('unit'), unit: z.string() }),
]);
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('link'), scope: ScopeArg.nullable(), options: z.array(z.string()), digestAt: z.string() }),
  z.object({ do: z.literal('meet') }),
  z.object({ do: z.literal('moved'), to: z.string() }),
  z.object({ do: z.literal('left') }),
  z.object({ do: z.literal('badHour'), typed: z.string() }),
]);
type Args = z.infer<typeof Args>;

const DEFAULT_HOUR = '07:30';

export const group: Talk<Args> = {
  id: 'group',
  commands: ['lienket'],
  where: 'group',
  args: Args,

  command(rest, here) {
    const hour = hourIn(rest);
    if (hour === 'wrong') return { do: 'badHour', typed: rest };
    const words = rest.replace(HOUR, '').trim();
    const { scope, options } = scopeIn(words, here);
    return { do: 'link', scope, options, digestAt: hour ?? here.world.group?.digestAt ?? DEFAULT_HOUR };
  },

  meet({ event }) {
    if (event.chat.kind !== 'group') return null;
    if (event.kind === 'joined') return { do: 'meet' };
    if (event.kind === 'left') return { do: 'left' };
    if (event.kind === 'moved') return { do: 'moved', to: event.to };
    return null;
  },

  answer(args, here) {
    switch (args.do) {
      case 'meet':
        return { reply: { text: [title(say('group:intro')), line(say('group:toLink'))] } };
      case 'left':
        return { changes: [{ kind: 'unlinkGroup', address: here.event.chat.address }] };
      case 'moved':
        return { changes: [{ kind: 'moveGroup', from: here.event.chat.address, to: args.to as `telegram:${string}` }] };
      case 'badHour':
        return { reply: { text: [line(say('group:badHour'))] } };
      case 'link':
        return link(args, here);
    }
  },
};

/** `/huylienket`: a command of its own, so that it is never typed by mistake for linking. */
export const ungroup: Talk<Record<string, never>> = {
  id: 'ungroup',
  commands: ['huylienket'],
  where: 'group',
  args: z.record(z.string(), z.never()),
  command: () => ({}),
  answer: (_args, here) => unlink(here),
};

function link(args: Extract<Args, { do: 'link' }>, here: Here): Turn {
  const { event, world } = here;
  if (!isCoordinator(world.person)) return { reply: { text: [line(say('group:coordinatorOnly'))] } };
  if (!args.scope) {
    if (args.options.length === 0) return { reply: { text: [line(say('group:unknownScope'))] } };
    return {
      reply: {
        text: [line(say('group:which'))],
        offers: args.options.map((unit) => ({
          label: world.plans.name(unit),
          ask: { talk: 'group', args: { ...args, scope: { kind: 'unit', unit }, options: [] } },
        })),
      },
    };
  }
  return {
    reply: {
      text: [
        title(say('group:linked', { name: world.person!.name, scope: scopeName(args.scope, here) })),
        line(say('group:sentAt', { hour: args.digestAt, days: speakDays(world.group?.days) })),
        note(say('group:change')),
      ],
    },
    changes: [
      {
        kind: 'linkGroup',
        group: {
          ...world.group,
          address: event.chat.address,
          title: event.chat.title ?? say('group:untitled'),
          scope: args.scope,
          digestAt: args.digestAt,
          linkedBy: world.person!.id,
        },
      },
    ],
  };
}

function unlink(here: Here): Turn {
  if (!isCoordinator(here.world.person)) return { reply: { text: [line(say('group:coordinatorOnly'))] } };
  if (!here.world.group) return { reply: { text: [line(say('group:notLinked'))] } };
  return {
    reply: { text: [line(say('group:unlinked'))] },
    changes: [{ kind: 'unlinkGroup', address: here.event.chat.address }],
  };
}

export function scopeName(scope: Scope, here: Here): string {
  if (scope.kind === 'city') return say('group:city');
  return here.world.plans.name(scope.kind === 'unit' ? scope.unit : scope.group);
}

/** No words mean the whole city; otherwise the unit or group that is named. */
function scopeIn(words: string, here: Here): { scope: Scope | null; options: string[] } {
  const { reader, plans, today } = here.world;
  if (words === '') return { scope: here.world.group?.scope ?? { kind: 'city' }, options: [] };
  const reading = reader.read(words, { asker: null, today });
  const options = reading.ambiguous.flatMap((a) => a.options);
  if (options.length > 0) return { scope: null, options };
  const party = reading.parties[0];
  if (party && plans.unit(party)) return { scope: { kind: 'unit', unit: party }, options: [] };
  if (party && plans.group(party)) return { scope: { kind: 'group', group: party }, options: [] };
  return { scope: /\b(toan|thanh pho|tp)\b/.test(fold(words)) ? { kind: 'city' } : null, options: [] };
}
