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
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';
import { leaveOffer, leaves, left } from './matter/leave.ts';
import { passOn } from './matter/meant.ts';
import { formAsksWords, isMeanwhile } from './matter/meanwhile.ts';
import { nominationIn, nomineeIn } from './matter/nomination.ts';
import { raise, tooLong, unitFor } from './matter/raise.ts';
import { list } from './matter.ts';
import type { Forms } from './report/forms.ts';

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
    asked: z.enum(['name', 'kind', 'achievement', 'grounds']).optional(),
    text: z.string().optional(),
  }),
]);
type Args = z.infer<typeof Args>;
type Wish = Extract<Args, { do: 'nominate' }>;

const COMMEND = 'commendation';
const ask = (args: Args): Ask => ({ talk: 'commend', args: args as Ask['args'] });

export const createCommend = (rules: DeskRules, forms: Forms): Talk<Args> => ({
  id: 'commend',
  commands: ['khenthuong'],
  where: 'private',
  args: Args,
  passOn: (rest, here) => passOn(rest, here, rules),
  command: (rest) => (rest === '' ? { do: 'open' } : { do: 'nominate', ...nominationIn(`khen thưởng ${rest}`) }),
  hear({ text }, here) {
    if (!here.world.person || formAsksWords(forms, here)) return null;
    if (EMPTY.test(text.trim())) return { do: 'open' };
    const said = nominationIn(text);
    return said ? { do: 'nominate', ...said } : null;
  },
  takes: (heard) => !isMeanwhile(heard, 'commend'),
  askAgain(awaited, here) {
    const turn = awaited.do === 'nominate' ? nominate(heard(awaited, here, rules), here, rules) : open(here, rules);
    return turn.reply!;
  },
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('common:registerFirst'))] } };
    if (args.do === 'open') return open(here, rules);
    return leaves(args.text) ? left() : nominate(heard(args, here, rules), here, rules);
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

/** "khen thưởng:" or the words of asking alone name nobody. */
const EMPTY = /^(?:(?:đề nghị|de nghi|đề cử|de cu)\s+)?(?:khen thưởng|khen thuong)\s*[:–-]$/iu;
const NO_NAME = /^(?:(?:toi )?(?:muon |xin )?(?:de nghi |de cu )?)?(?:khen thuong|de cu|tap the|ca nhan)$/;

/** What was typed in answer to a part, taken as that part; a whole sentence in answer to "who" is the whole nomination. */
function heard({ text, asked, ...known }: Wish, here: Here, rules: DeskRules): Wish {
  if (text === undefined || asked === undefined) return known;
  if (asked === 'achievement') return { ...known, achievement: text.trim() };
  if (asked === 'kind') return { ...known, ...(fold(text) in KINDS && { kind: KINDS[fold(text)]! }) };
  if (asked === 'grounds') {
    const chosen = groundsOf(here, rules).find(({ label }) => fold(label) === fold(text));
    return { ...known, ...(chosen && { grounds: chosen.id }) };
  }
  const words = text.replace(/\s*[:–-]\s*$/u, '');
  if (NO_NAME.test(fold(words))) return { ...known, ...(fold(words) in KINDS && { kind: KINDS[fold(words)]! }) };
  return { ...known, ...(nominationIn(text) ?? nominationIn(`khen thưởng ${text}`) ?? nomineeIn(text)) };
}
const KINDS: Record<string, Nominee['kind']> = { 'tap the': 'collective', 'ca nhan': 'person' };

/** The passages of the plans that a nomination can rest on. */
const groundsOf = ({ world: { plans } }: Here, rules: DeskRules) =>
  rules.commendation.grounds.flatMap((id) => {
    const passage = plans.passage(id);
    const plan = passage && plans.plan(passage.plan)?.short;
    return passage && plan ? [{ id, label: say('desk:commend.ground', { plan, path: passage.path }) }] : [];
  });

/** Asks for the first part that is missing. */
function nominate(wish: Wish, here: Here, rules: DeskRules): Turn {
  const { plans } = here.world;
  const unit = unitFor(wish.unit, (chosen) => ask({ ...wish, unit: chosen }), here);
  if (typeof unit !== 'string') return unit;
  const known = { ...wish, unit };
  const { kind, name, achievement, grounds } = known;
  if (!name)
    return {
      reply: { text: [line(say(kind ? `desk:commend.who_${kind}` : 'desk:commend.who'))], offers: [leaveOffer()] },
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
      awaits: { ...known, asked: 'kind' },
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
        offers: groundsOf(here, rules).map(({ id, label }) => ({ label, ask: ask({ ...known, grounds: id }) })),
      },
      awaits: { ...known, asked: 'grounds' },
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
