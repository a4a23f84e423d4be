/** "Đã nhận": a person confirms that a new or changed plan has reached them. */
import { z } from 'zod';
import type { Talk } from '../core/talk.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';

/** `<plan>@<version>`; empty where it was typed without. */
const Args = z.object({ plan: z.string() });

const ID = 'received';
/** "ok em đã xem", "nhận được rồi ạ" */
const RECEIVED =
  /^(?:(?:ok|vang|da|roi) )?(?:(?:toi|em|minh|don vi(?: toi| em)?) )?(?:da (?:nhan|xem|doc|biet|nam)|(?:nhan|xem|doc)(?: duoc)? roi|nhan duoc)(?: (?:duoc|roi|ke hoach|thong bao|thay doi|a|nhe))*$/;

export const received: Talk<z.infer<typeof Args>> = {
  id: ID,
  commands: ['danhan'],
  where: 'private',
  args: Args,
  command: (rest) => ({ plan: rest }),
  hear({ text }, { session }) {
    const open = session.offered.findLast(({ ask }) => ask.talk === ID);
    return open && RECEIVED.test(fold(text)) ? Args.parse(open.ask.args) : null;
  },
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
