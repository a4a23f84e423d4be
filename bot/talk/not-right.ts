/** "Không đúng ý": the question just answered goes to the administrators' list. */
import { z } from 'zod';
import type { Talk } from '../core/talk.ts';
import type { Offer } from '../core/types.ts';
import { noteOf } from '../core/unanswered.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';
import { ways } from './smalltalk.ts';

const SAID =
  /^(?:khong|ko|k|chua|kg|khg)(?: phai)? (?:dung|trung)(?: y| cau)?(?: (?:toi|minh|em|hoi|roi|a|muon hoi))*$|^(?:tra loi |hieu )?(?:sai|nham)(?: y| roi| cau hoi)*$|^khong phai (?:y|cau|cai) (?:toi|minh|em|do|nay)(?: hoi| muon hoi)?$/;

export const notRight: Talk<Record<string, never>> = {
  id: 'not-right',
  args: z.object({}),
  hear: ({ text }, { session }) => (session.focus?.said && SAID.test(fold(text)) ? {} : null),
  answer(_, here) {
    const said = here.session.focus?.said;
    return {
      reply: { text: [line(say(said ? 'learn:noted' : 'learn:nothingSaid'))], offers: ways(here) },
      ...(said && { changes: noteOf(said, 'notRight', here.world.chance) }),
    };
  },
};

/** Beside an answer that rests on a search, which may have found something else than was meant. */
export const notRightOffer = (): Offer => ({ label: say('learn:notRight'), ask: { talk: 'not-right', args: {} } });
