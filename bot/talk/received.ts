/** "Đã nhận": a person confirms that a new or changed plan has reached them. */
import { z } from 'zod';
import type { Talk } from '../core/talk.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';

/** `<plan>@<version>`; empty where it was typed without. */
const Args = z.object({ plan: z.string() });

export const received: Talk<z.infer<typeof Args>> = {
  id: 'received',
  commands: ['danhan'],
  where: 'private',
  args: Args,
  command: (rest) => ({ plan: rest }),
  answer({ plan }, { world }) {
    const known = world.plans.plan(plan.split('@')[0]!);
    if (!world.person) return { reply: { text: [line(say('common:registerFirst'))] } };
    if (!known) return { reply: { text: [line(say('follow:receivedWhich'))] } };
    return {
      reply: { text: [line(say('follow:received', { plan: known.short }))] },
      changes: [{ kind: 'acknowledge', plan }],
    };
  },
};
