/** Greeting, thanks, and what can be typed. `/trogiup` */
import { z } from 'zod';
import type { Here, Talk } from '../core/talk.ts';
import type { Offer } from '../core/types.ts';
import { say } from '../text/say.ts';
import { line, title } from './blocks.ts';

const Args = z.object({ say: z.enum(['hello', 'thanks', 'help']) });
type Args = z.infer<typeof Args>;

const HELP = [
  'helpTasks',
  'helpOwner',
  'helpSearch',
  'helpDeadline',
  'helpHow',
  'helpReport',
  'helpDesk',
  'helpMark',
  'helpFollow',
] as const;

export const smalltalk: Talk<Args> = {
  id: 'smalltalk',
  commands: ['trogiup', 'help'],
  args: Args,
  command: () => ({ say: 'help' }),
  hear({ reading }) {
    if (reading.intent === 'greeting') return { say: 'hello' };
    if (reading.intent === 'thanks') return { say: 'thanks' };
    return reading.intent === 'help' ? { say: 'help' } : null;
  },
  answer(args, here) {
    if (args.say === 'thanks') return { reply: { text: [line(say('smalltalk:thanks'))] } };
    if (args.say === 'hello') return { reply: { text: [line(say('smalltalk:hello'))], offers: ways(here) } };
    return {
      reply: {
        text: [title(say('smalltalk:helpTitle')), ...HELP.map((key) => line(say(`smalltalk:${key}`)))],
        offers: ways(here),
      },
    };
  },
};

/** First steps that work where the message was sent. */
export const ways = (here: Here): Offer[] => [
  ...(here.world.person
    ? [
        {
          label: say('smalltalk:myTasks'),
          ask: { talk: 'tasks', args: { unit: null, plan: null, role: null, page: 0 } },
        },
      ]
    : []),
  { label: say('smalltalk:deadlines'), ask: { talk: 'deadline', args: {} } },
  ...(here.world.person && here.event.chat.kind === 'private'
    ? [{ label: say('smalltalk:report'), ask: { talk: 'report', args: { do: 'open' } } }]
    : []),
];
