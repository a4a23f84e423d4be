/** Tells an officer kindly that a message was stopped, and offers to go on with what may be kept. */
import { z } from 'zod';
import { GUARD } from '../core/guard.ts';
import type { Talk } from '../core/talk.ts';
import { say } from '../text/say.ts';
import { line, note, quote } from './blocks.ts';

const KINDS = [
  'name',
  'address',
  'health',
  'identity',
  'phone',
  'plate',
  'account',
  'birth',
  'password',
  'contact',
  'secret',
  'case',
  'operation',
] as const;
const Args = z.union([
  z.object({ text: z.string(), kinds: z.array(z.enum(KINDS)), whole: z.boolean().optional() }),
  z.object({ again: z.string() }),
]);
type Args = z.infer<typeof Args>;

export const guard: Talk<Args> = {
  id: GUARD,
  args: Args,
  answer(args) {
    // A press of "Gửi phần còn lại" is turned into words before it gets here.
    if ('again' in args) return {};
    const kinds = args.kinds.map((kind) => say(`guard:kind.${kind}`)).join(', ');
    if (args.whole)
      return {
        reply: { text: [line(say('guard:whole', { kinds })), note(say('guard:aggregate'))] },
        changes: [{ kind: 'stopMessage', kinds: args.kinds }],
      };
    return {
      reply: {
        text: [line(say('guard:stopped', { kinds })), quote(args.text), note(say('guard:aggregate'))],
        offers: [{ label: say('guard:again'), ask: { talk: GUARD, args: { again: args.text } } }],
      },
      changes: [{ kind: 'stopMessage', kinds: args.kinds }],
    };
  },
};
