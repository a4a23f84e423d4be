/** Good models (64/KH-BCĐ II.1): `/mohinh`, "mô hình hay: …"; approved by the standing agency they are in the digest. */
import { z } from 'zod';
import { looksAfter } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Text } from '../core/types.ts';
import type { DeskRules, Matter } from '../desk/types.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, quote, title } from './blocks.ts';
import { leaveOffer, leaves, left } from './matter/leave.ts';
import { passOn } from './matter/meant.ts';
import { formAsksWords, isMeanwhile } from './matter/meanwhile.ts';
import { raise, tooLong, unitFor } from './matter/raise.ts';
import { modelIn } from './matter/requests.ts';
import { toAgency } from './matter/steps.ts';
import { list } from './matter.ts';
import type { Forms } from './report/forms.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open') }),
  z.object({ do: z.literal('raise'), text: z.string(), unit: z.string().optional() }),
]);
type Args = z.infer<typeof Args>;

const MODEL = 'model';
const ask = (args: Args): Ask => ({ talk: MODEL, args: args as Ask['args'] });
const FEWEST_WORDS = 6;

export const createModel = (rules: DeskRules, forms: Forms): Talk<Args> => ({
  id: MODEL,
  commands: ['mohinh'],
  where: 'private',
  args: Args,
  passOn: (rest, here) => passOn(rest, here, rules),
  command: (rest) => (rest === '' ? { do: 'open' } : { do: 'raise', text: rest }),
  hear({ text }, here) {
    if (!here.world.person || formAsksWords(forms, here)) return null;
    const said = modelIn(text);
    return said === '' ? { do: 'open' } : said === null ? null : { do: 'raise', text: said };
  },
  takes: (heard) => !isMeanwhile(heard, 'model'),
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('common:registerFirst'))] } };
    return args.do === 'open' ? open(here, rules) : offer(args, here, rules);
  },
});

function open(here: Here, rules: DeskRules): Turn {
  const turn = list(MODEL, 0, here, rules);
  if (looksAfter(here.world.person, MODEL, rules)) return turn;
  const listed = turn.reply!;
  return {
    reply: {
      text: [...(listed.offers ? listed.text : []), line(say('desk:model.how'))],
      offers: [...(listed.offers ?? []), leaveOffer()],
    },
    awaits: { do: 'raise' },
  };
}

function offer(args: Extract<Args, { do: 'raise' }>, here: Here, rules: DeskRules): Turn {
  const text = modelIn(args.text) ?? args.text.trim();
  if (leaves(text)) return left();
  const wrong = tooLong(text) ?? (fold(text).split(' ').length < FEWEST_WORDS ? line(say('desk:model.more')) : null);
  if (wrong) return { reply: { text: [wrong], offers: [leaveOffer()] }, awaits: { do: 'raise' } };
  const unit = unitFor(args.unit, (chosen) => ask({ ...args, text, unit: chosen }), here);
  if (typeof unit !== 'string') return unit;
  return raise(
    MODEL,
    unit,
    { text },
    here,
    rules,
    () => [line(say('desk:model.sent'))],
    (matter) => toAgency(matter, `matter/${matter.id}/0`, told(matter, here), here),
  );
}

const told = (matter: Matter, { world }: Here): Text[] => [
  title(say('desk:model.told', { number: matter.number, unit: world.plans.name(matter.unit) })),
  quote(matter.text),
];
