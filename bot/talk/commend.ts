/**
 * Nominations for commendation: `/khenthuong`, in one sentence or part by part: who, for what, on which grounds (Kế hoạch
 * Tháng hành động IV.5 and VI.2). They are gathered for Sở Nội vụ and Công an thành phố; what follows is in `matter.ts`.
 */
import { z } from 'zod';
import { looksAfter } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask } from '../core/types.ts';
import { emptyRegister, nominated } from '../desk/standing.ts';
import { stateOf } from '../desk/states.ts';
import type { DeskRules, Nominee } from '../desk/types.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';
import { leaveOffer, leaves, left } from './matter/leave.ts';
import { passOn } from './matter/meant.ts';
import { nominationIn, nomineeIn } from './matter/nomination.ts';
import { raise, tooLong, unitFor } from './matter/raise.ts';
import { list } from './matter.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open') }),
  z.object({
    do: z.literal('nominate'),
    unit: z.string().optional(),
    kind: z.enum(['collective', 'person']).optional(),
    name: z.string().optional(),
    achievement: z.string().optional(),
    grounds: z.string().optional(),
    /** What was typed in answer to the part that was asked for. */
    asked: z.enum(['name', 'achievement']).optional(),
    text: z.string().optional(),
  }),
]);
type Args = z.infer<typeof Args>;
type Wish = Extract<Args, { do: 'nominate' }>;

const COMMEND = 'commendation';
const ask = (args: Args): Ask => ({ talk: 'commend', args: args as Ask['args'] });

export const createCommend = (rules: DeskRules): Talk<Args> => ({
  id: 'commend',
  commands: ['khenthuong'],
  where: 'private',
  args: Args,
  passOn: (rest, here) => passOn(rest, here, rules),
  command: (rest) => (rest === '' ? { do: 'open' } : { do: 'nominate', ...nominationIn(`khen thưởng ${rest}`) }),
  hear({ text }, here) {
    if (!here.world.person || (here.session.draft && !here.session.draft.paused)) return null;
    const said = nominationIn(text);
    return said ? { do: 'nominate', ...said } : null;
  },
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('common:registerFirst'))] } };
    if (args.do === 'open') return open(here, rules);
    return leaves(args.text) ? left() : nominate(heard(args), here, rules);
  },
});

function open(here: Here, rules: DeskRules): Turn {
  const listed = list(COMMEND, 0, here, rules).reply!;
  const gathers = looksAfter(here.world.person, COMMEND, rules);
  const on = nominated(here.world.register ?? emptyRegister()).map(stateOf);
  const count = (state: string) => on.filter((one) => one === state).length;
  const summary = say('desk:commend.openList', {
    listed: count('listed'),
    proposed: count('proposed'),
    awarded: count('awarded'),
  });
  return {
    reply: {
      text: [
        ...(listed.offers || gathers ? listed.text : []),
        ...(gathers ? [line(summary)] : [line(say('desk:commend.how'))]),
      ],
      offers: [...(listed.offers ?? []), ...(gathers ? [] : [leaveOffer()])],
    },
    ...(!gathers && { awaits: { do: 'nominate', asked: 'name' } }),
  };
}

/** What was typed in answer to a part, taken as that part; a whole sentence in answer to "who" is the whole nomination. */
function heard({ text, asked, ...known }: Wish): Wish {
  if (text === undefined || asked === undefined) return known;
  if (asked === 'achievement') return { ...known, achievement: text.trim() };
  return { ...known, ...(nominationIn(text) ?? nominationIn(`khen thưởng ${text}`) ?? nomineeIn(text)) };
}

/** Asks for the first part that is missing. */
function nominate(wish: Wish, here: Here, rules: DeskRules): Turn {
  const { plans } = here.world;
  const unit = unitFor(wish.unit, (chosen) => ask({ ...wish, unit: chosen }), here);
  if (typeof unit !== 'string') return unit;
  const known = { ...wish, unit };
  const { kind, name, achievement, grounds } = known;
  if (!name)
    return {
      reply: { text: [line(say('desk:commend.who'))], offers: [leaveOffer()] },
      awaits: { ...known, asked: 'name' },
    };
  if (!kind)
    return {
      reply: {
        text: [line(say('desk:commend.kind', { name }))],
        offers: (['collective', 'person'] as const).map((one) => ({
          label: say(`desk:commend.${one}`),
          ask: ask({ ...known, kind: one }),
        })),
      },
    };
  const wrong = tooLong(achievement ?? '');
  if (!achievement || wrong) {
    const { achievement: _, ...rest } = known;
    return {
      reply: { text: [wrong ?? line(say('desk:commend.what', { name }))], offers: [leaveOffer()] },
      awaits: { ...rest, asked: 'achievement' },
    };
  }
  if (!grounds)
    return {
      reply: {
        text: [line(say('desk:commend.grounds'))],
        offers: rules.commendation.grounds.flatMap((id) => {
          const passage = plans.passage(id);
          const plan = passage && plans.plan(passage.plan)?.short;
          if (!passage || !plan) return [];
          return {
            label: say('desk:commend.ground', { plan, path: passage.path }),
            ask: ask({ ...known, grounds: id }),
          };
        }),
      },
    };
  const nominee: Nominee = { kind, name };
  const collectors = rules.commendation.collectors.map((id) => plans.name(id)).join(', ');
  return raise(
    COMMEND,
    unit,
    { text: achievement, nominee, grounds },
    here,
    rules,
    () => [line(say('desk:commend.sent', { collectors }))],
    () => [],
  );
}
