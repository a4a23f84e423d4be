/**
 * Extraordinary reports (64/KH-BCĐ III.1): `/dotxuat`, "đột xuất: …", "hỏa tốc: …". The standing agency is told at once,
 * at any hour; who is reminded again is in `work/schedule-urgent.ts`, what happens afterwards in `matter.ts`.
 */
import { z } from 'zod';
import { looksAfter } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Text } from '../core/types.ts';
import type { DeskRules, Matter, Urgency } from '../desk/types.ts';
import { speakInstant } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import type { PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { leaveOffer, leaves, left } from './matter/leave.ts';
import { passOn } from './matter/meant.ts';
import { raise, tooLong, unitFor } from './matter/raise.ts';
import { toAgency } from './matter/steps.ts';
import { list } from './matter.ts';

const URGENCIES = ['hoaToc', 'thuongKhan', 'khan'] as const satisfies Urgency[];
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open'), urgency: z.enum(URGENCIES).optional() }),
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

const DEGREE = '(hỏa tốc|hoả tốc|hoa toc|thượng khẩn|thuong khan|khẩn cấp|khan cap|khẩn|khan)';
const SUDDEN = '(?:báo cáo đột xuất|bao cao dot xuat|bc đột xuất|bc dot xuat|đột xuất|dot xuat)';
/** "đột xuất hỏa tốc: …", "hỏa tốc: …", "báo cáo đột xuất (khẩn): …". */
const RAISES = new RegExp(
  `^(?:báo\\s+|bao\\s+)?(?:${SUDDEN}(?:[\\s,(-]+${DEGREE}\\)?)?|${DEGREE})\\s*[:–-]\\s*(.+)$`,
  'isu',
);
const ALONE = /^(?:(?:toi )?(?:muon )?(?:gui )?)?bao cao dot xuat$/;
const HEAD = new RegExp(`^${DEGREE}(?:\\s*[:,.–-]\\s*|\\s+)`, 'iu');

export const createUrgent = (rules: DeskRules): Talk<Args> => ({
  id: URGENT,
  commands: ['dotxuat'],
  where: 'private',
  args: Args,
  passOn: (rest, here) => passOn(rest, here, rules),
  command(rest) {
    if (rest === '') return { do: 'open' };
    const head = HEAD.exec(rest);
    const text = head ? rest.slice(head[0].length).trim() : rest;
    const urgency = head ? degree(head[1]!) : undefined;
    return { do: 'raise', text, ...(urgency && { urgency }) };
  },
  hear({ text }, here) {
    if (!here.world.person) return null;
    const said = RAISES.exec(text);
    if (!said) return ALONE.test(fold(text)) ? { do: 'open' } : null;
    const urgency = degree(said[1] ?? said[2] ?? '');
    return { do: 'raise', text: said[3]!.trim(), ...(urgency && { urgency }) };
  },
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('common:registerFirst'))] } };
    return args.do === 'open' ? open(args, here, rules) : report(args, here, rules);
  },
});

function degree(words: string): Urgency | undefined {
  const plain = fold(words);
  if (plain === 'hoa toc') return 'hoaToc';
  if (plain === 'thuong khan') return 'thuongKhan';
  return plain === '' ? undefined : 'khan';
}

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
  const text = args.text.trim();
  if (leaves(text)) return left();
  const wrong = tooLong(text) ?? (text === '' ? line(say('desk:urgent.how')) : null);
  if (wrong) return { reply: { text: [wrong], offers: [leaveOffer()] }, awaits: { ...args, text: '' } };
  const unit = unitFor(args.unit, (chosen) => ask({ ...args, text, unit: chosen }), here);
  if (typeof unit !== 'string') return unit;
  const { urgency } = args;
  if (!urgency)
    return {
      reply: {
        text: [line(say('desk:urgent.which'))],
        offers: URGENCIES.map((one) => ({
          label: say(`desk:urgent.${one}`),
          ask: ask({ ...args, text, unit, urgency: one }),
        })),
      },
    };
  const minutes = rules.urgent.acknowledgeMinutes[urgency];
  return raise(
    URGENT,
    unit,
    { text, urgency },
    here,
    rules,
    (_, reached) => [line(reached ? say('desk:urgent.sent', { minutes }) : say('desk:urgent.unreached'))],
    (matter) => toAgency(matter, `matter/${matter.id}/0`, told(matter, here), here),
  );
}

const told = (matter: Matter, { world }: Here): Text[] => [
  title(
    say('desk:urgent.told', {
      urgency: say(`matter:urgency.${matter.urgency!}`),
      number: matter.number,
      unit: world.plans.name(matter.unit),
    }),
  ),
  quote(matter.text),
  line(say('desk:urgent.toldBy', { name: world.person?.name ?? '', when: speakInstant(matter.at) })),
];

/** Called out for the n-th time. */
export const urgentAgain = (matter: Matter, n: number, minutes: number, plans: PlanIndex): Text[] => [
  title(say('desk:urgent.again', { n, number: matter.number, minutes })),
  line(
    say('desk:urgent.told', {
      urgency: say(`matter:urgency.${matter.urgency!}`),
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
