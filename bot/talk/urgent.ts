/**
 * Extraordinary reports (64/KH-BCĐ III.1): `/dotxuat`, "đột xuất: …", "hỏa tốc: …". The standing agency is told at once,
 * at any hour; who is reminded again is in `work/schedule-urgent.ts`, what happens afterwards in `matter.ts`.
 */
import { z } from 'zod';
import { looksAfter } from '../core/rights.ts';
import type { Heard, Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Text } from '../core/types.ts';
import { URGENCIES, urgencyOf } from '../desk/states.ts';
import type { DeskRules, Matter, Urgency } from '../desk/types.ts';
import { speakInstant } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import type { PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { leaveOffer, leaves, left } from './matter/leave.ts';
import { passOn } from './matter/meant.ts';
import { formAsksWords, isQuestion } from './matter/meanwhile.ts';
import { raise, tooLong, unitFor } from './matter/raise.ts';
import { soundsUrgent, type UrgentWords, urgentAfterCommand, urgentIn } from './matter/requests.ts';
import { degreeOffers, toAgency } from './matter/steps.ts';
import { list } from './matter.ts';
import type { Forms } from './report/forms.ts';
import { interrogative } from './report/hearing.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open'), urgency: z.enum(URGENCIES).optional() }),
  /** Sounds like one: asked before anything is sent. */
  z.object({ do: z.literal('offer'), text: z.string(), urgency: z.enum(URGENCIES).optional() }),
  z.object({
    do: z.literal('raise'),
    text: z.string(),
    unit: z.string().optional(),
    urgency: z.enum(URGENCIES).optional(),
  }),
]);
type Args = z.infer<typeof Args>;

const URGENT = 'urgent';
const ask = (args: Args): Ask => ({ talk: URGENT, args: args as Ask['args'] });

/** Where no degree is written the highest counts: an alarm too many is better than one too late. */
const HIGHEST: Urgency = 'hoaToc';

export const createUrgent = (rules: DeskRules, forms: Forms): Talk<Args> => ({
  id: URGENT,
  commands: ['dotxuat'],
  where: 'private',
  args: Args,
  passOn: (rest, here) => passOn(rest, here, rules),
  command: (rest) => raises(urgentAfterCommand(rest)),
  hear(heard, here) {
    const said = urgentIn(heard.text);
    return said ? raises(said) : (agreed(heard, here) ?? (formAsksWords(forms, here) ? null : sounding(heard)));
  },
  answer(args, here) {
    if (!here.world.person) return { reply: { text: toStranger(args) } };
    switch (args.do) {
      case 'open':
        return open(args, here, rules);
      case 'offer':
        return offer(args);
      case 'raise':
        return report(args, here, rules);
    }
  },
});

/** Nobody could be told who it was and from where: whoever is in a hurry must not take it for sent. */
const toStranger = (args: Args): Text[] => [
  ...(args.do === 'open' ? [] : [line(say('desk:urgent.stranger'))]),
  line(say('common:registerFirst')),
];

/** A question stays one: "báo cáo đột xuất gửi ai?", "có việc khẩn cấp, báo cho ai". */
function sounding(heard: Heard): Args | null {
  const { text } = heard;
  const found = soundsUrgent(text);
  if (!found || /\?\s*$/.test(text)) return null;
  const asks = interrogative(found.after) && (!found.signed || fold(found.after).split(' ').length <= MOST_ASKED);
  if (asks || isQuestion(heard)) return null;
  return { do: 'offer', text: text.trim(), ...(found.urgency && { urgency: found.urgency }) };
}
const MOST_ASKED = 5;

/** "Gửi" while it is offered; in an open form it is the form's word. */
function agreed({ text }: Heard, { session }: Here): Args | null {
  if (!SENDS.test(fold(text)) || (session.draft && !session.draft.paused)) return null;
  const offered = session.offered.find(({ ask: { talk }, yes }) => talk === URGENT && yes);
  return (offered?.ask.args as Args | undefined) ?? null;
}
const SENDS = /^(?:(?:ok|vang|da|co|dong y) )*(?:gui|bao)(?: (?:di|ngay|luon|nhe|a|em|giup))*$/;

function offer({ text, urgency }: Extract<Args, { do: 'offer' }>): Turn {
  const wrong = tooLong(text);
  if (wrong) return { reply: { text: [wrong] } };
  return {
    reply: {
      text: [line(say('desk:urgent.really')), quote(text)],
      offers: [
        {
          label: say('desk:urgent.send'),
          ask: ask({ do: 'raise', text, ...(urgency && { urgency }) }),
          yes: true,
        },
        leaveOffer(),
      ],
    },
  };
}

const raises = ({ text, urgency }: UrgentWords): Args => ({
  ...(text === '' ? { do: 'open' } : { do: 'raise', text }),
  ...(urgency && { urgency }),
});

function open({ urgency }: Extract<Args, { do: 'open' }>, here: Here, rules: DeskRules): Turn {
  if (looksAfter(here.world.person, URGENT, rules)) return list(URGENT, 0, here, rules);
  const listed = list(URGENT, 0, here, rules).reply!;
  return {
    reply: {
      text: [...(listed.offers ? listed.text : []), line(say('desk:urgent.how'))],
      offers: [...(listed.offers ?? []), leaveOffer()],
    },
    awaits: { do: 'raise', ...(urgency && { urgency }) },
  };
}

function report(args: Extract<Args, { do: 'raise' }>, here: Here, rules: DeskRules): Turn {
  if (leaves(args.text)) return left();
  const said = urgentIn(args.text) ?? { text: args.text.trim() };
  const { text } = said;
  const graded = args.urgency ?? said.urgency;
  const wrong = tooLong(text) ?? (text === '' ? line(say('desk:urgent.how')) : null);
  if (wrong) return { reply: { text: [wrong], offers: [leaveOffer()] }, awaits: { ...args, text: '' } };
  const unit = unitFor(args.unit, (chosen) => ask({ ...args, text, unit: chosen }), here);
  if (typeof unit !== 'string') return unit;
  const urgency = graded ?? HIGHEST;
  const minutes = rules.urgent.acknowledgeMinutes[urgency];
  return raise(
    URGENT,
    unit,
    { text, urgency },
    here,
    rules,
    (_, reached) => [
      line(reached ? say('desk:urgent.sent', { minutes }) : say('desk:urgent.unreached')),
      ...(graded ? [] : [line(say('desk:urgent.assumed'))]),
    ],
    (matter) => toAgency(matter, `matter/${matter.id}/0`, told(matter, graded !== undefined, here), here),
    (matter) => (graded ? [] : degreeOffers(matter)),
  );
}

const told = (matter: Matter, graded: boolean, { world }: Here): Text[] => [
  title(
    say('desk:urgent.told', {
      urgency: say(`matter:urgency.${matter.urgency!}`),
      number: matter.number,
      unit: world.plans.name(matter.unit),
    }),
  ),
  quote(matter.text),
  line(say('desk:urgent.toldBy', { name: world.person?.name ?? '', when: speakInstant(matter.at) })),
  ...(graded ? [] : [note(say('desk:urgent.toldAssumed'))]),
];

/** Called out for the n-th time. */
export const urgentAgain = (matter: Matter, n: number, minutes: number, plans: PlanIndex): Text[] => [
  title(say('desk:urgent.again', { n, number: matter.number, minutes })),
  line(
    say('desk:urgent.told', {
      urgency: say(`matter:urgency.${urgencyOf(matter)!}`),
      number: matter.number,
      unit: plans.name(matter.unit),
    }),
  ),
  quote(matter.text),
  note(say('matter:howUrgentGroup', { number: matter.number })),
];

export const urgentNotYet = ({ number }: Matter, minutes: number): Text[] => [
  line(say('desk:urgent.notYet', { number, minutes })),
];
