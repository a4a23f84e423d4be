/** What is not answered, in one sentence that says what can be asked; and what was not understood. Hears last. */
import { z } from 'zod';
import type { Here, Talk } from '../core/talk.ts';
import type { Draughted } from '../core/types.ts';
import type { PartyId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';
import { sourceOf } from './plan/cite.ts';
import { ways } from './smalltalk.ts';

const Args = z.object({
  why: z.enum(['outOfScope', 'sensitive', 'unknown']),
  /** Passages that may be meant. */
  maybe: z.array(z.string()),
  words: z.string(),
  /** What the plans name beside what was asked for. */
  instead: z.string().optional(),
});
type Args = z.infer<typeof Args>;

export const refuse: Talk<Args> = {
  id: 'refuse',
  args: Args,
  hear({ reading }) {
    if (reading.intent === 'sensitive') return { why: 'sensitive', maybe: [], words: '' };
    if (reading.intent === 'out_of_scope')
      return { why: 'outOfScope', maybe: [], words: '', ...(reading.instead && { instead: reading.instead }) };
    if (reading.intent !== 'unknown') return null;
    const maybe = reading.confidence === 'likely' ? reading.passages.slice(0, 3).map((p) => p.id) : [];
    return { why: 'unknown', maybe, words: reading.subject };
  },
  answer(args, here) {
    const { plans } = here.world;
    const maybe = args.maybe.flatMap((id) => plans.passage(id) ?? []);
    if (maybe.length > 0)
      return {
        reply: {
          text: [line(say('refuse:maybe'))],
          offers: maybe.map((p) => ({
            label: `${sourceOf(p, plans)}: ${p.text.split(' ').slice(0, 8).join(' ')}…`,
            ask: { talk: 'search', args: { ids: [p.id], words: args.words } },
          })),
        },
      };
    if (args.instead) return { reply: instead(args.instead, here) };
    return { reply: { text: [line(say(`refuse:${args.why}`))], offers: ways(here) } };
  },
};

const instead = (unit: PartyId, here: Here): Draughted => ({
  text: [line(say('refuse:instead', { unit: here.world.plans.name(unit) }))],
  offers: [
    {
      label: say('refuse:insteadTasks', { unit: here.world.plans.name(unit) }),
      ask: { talk: 'tasks', args: { unit, plan: null, role: null, page: 0 } },
    },
  ],
});
