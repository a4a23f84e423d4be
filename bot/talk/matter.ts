/**
 * Obstacles, nominations, models and extraordinary reports once they are raised: lists, one of them whole, the next step.
 * A step is pressed, typed with the number ("VM-2026-00003: dùng mẫu 01", "đã rõ vm 3"), or a reply to the bot's message.
 */
import { z } from 'zod';
import { atDesk, looksAfter } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Offer } from '../core/types.ts';
import { emptyRegister, overdueDays } from '../desk/standing.ts';
import { ofKind, stateOf } from '../desk/states.ts';
import type { DeskRules, Matter, MatterKind, StepKind } from '../desk/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { inOneLine, isOwn, isShared, sees } from './matter/card.ts';
import { left } from './matter/leave.ts';
import { type Meant, meantIn, waitingAsked } from './matter/meant.ts';
import { matterAsk, shown, takeStep } from './matter/steps.ts';

const Kind = z.enum(['obstacle', 'commendation', 'model', 'urgent']);
const Step = z.enum([
  ...(['answered', 'closed', 'reopened', 'withdrawn', 'listed', 'proposed', 'awarded', 'declined'] as const),
  ...(['approved', 'returned', 'reworded', 'acknowledged', 'added', 'directed', 'graded'] as const),
]);
const Args = z.discriminatedUnion('do', [
  z.object({
    ...{ do: z.literal('list'), kind: Kind, page: z.number().int() },
    only: z.enum(['overdue', 'open']).optional(),
  }),
  z.object({ do: z.literal('leave') }),
  z.object({ do: z.literal('show'), number: z.string(), unsaved: z.string().optional() }),
  z.object({ do: z.literal('step'), number: z.string(), step: Step, text: z.string().optional() }),
]);
type Args = z.infer<typeof Args>;

const COMMAND = /^([a-z]+) ([A-Z]{2}-\d{4}-\d+)$/;
const PAGE = 8;

export const listAsk = (kind: MatterKind, page = 0, only?: 'overdue' | 'open'): Ask => ({
  talk: 'matter',
  args: { do: 'list', kind, page, ...(only && { only }) },
});

export const createMatter = (rules: DeskRules): Talk<Args> => ({
  id: 'matter',
  commands: ['viec'],
  args: Args,
  command(rest, here) {
    const [, word, number] = COMMAND.exec(rest) ?? [];
    const step = Step.safeParse(word);
    if (step.success && number) return { do: 'step', number, step: step.data };
    return (meantIn(rest, here, rules) as Args | null) ?? { do: 'list', kind: 'obstacle', page: 0 };
  },
  hear({ text }, here) {
    const { chat } = here.event;
    if (chat.kind === 'group' && !here.world.agencyGroups?.includes(chat.address)) return null;
    const only = here.world.person && waitingAsked(text);
    if (only) return { do: 'list', kind: 'obstacle', page: 0, only };
    return meantIn(text, here, rules) as Exclude<Meant, { step: StepKind }> | null;
  },
  answer(args, here) {
    const { person, register = emptyRegister() } = here.world;
    if (args.do === 'leave') return left();
    if (!person) return { reply: { text: [line(say('common:registerFirst'))] } };
    if (here.event.chat.kind === 'group' && !atDesk(person, rules))
      return { reply: { text: [line(say('matter:groupOnlyDesk'))] } };
    if (args.do === 'list') return list(args.kind, args.page, here, rules, args.only);
    const matter = register.matters.find(({ number }) => number === args.number);
    // Of what is not theirs, nobody learns that it is there.
    if (!matter || !sees(matter, here, rules))
      return { reply: { text: [line(say('matter:unknown', { number: args.number })), ...unsent(args)] } };
    return args.do === 'step' ? takeStep(args, matter, here, rules) : shown(matter, here, rules, args.unsaved);
  },
});

const unsent = (args: Extract<Args, { number: string }>) => {
  const words = args.do === 'step' ? args.text : args.unsaved;
  return words ? [line(say('matter:unsaved')), quote(words)] : [];
};

const waits = (matter: Matter): number => (stateOf(matter) === 'open' ? 0 : 1);

/** What waits first, then the latest; an officer sees those of their own units. */
export function list(kind: MatterKind, page: number, here: Here, rules: DeskRules, only?: 'overdue' | 'open'): Turn {
  const { register = emptyRegister(), person } = here.world;
  const seen = ofKind(register, kind).filter(
    (matter) =>
      looksAfter(person, kind, rules) || isShared(matter) || (isOwn(matter, here) && stateOf(matter) !== 'withdrawn'),
  );
  const late = (matter: Matter) => overdueDays(matter, rules, here.world.today);
  const inTime = seen.filter((matter) => stateOf(matter) === 'open' && late(matter) === 0).length;
  const all = seen.filter((matter) => !only || (only === 'open' ? stateOf(matter) === 'open' : late(matter) > 0));
  if (all.length === 0 && only === 'overdue')
    return { reply: { text: [line(say('matter:overdueNone', { open: inTime }))] } };
  if (all.length === 0) return { reply: { text: [line(say(`matter:none.${kind}`))] } };
  const sorted = all.toSorted((a, b) => waits(a) - waits(b) || (waits(a) === 0 ? a.at - b.at : b.at - a.at));
  const pages = Math.ceil(sorted.length / PAGE);
  const at = Math.min(Math.max(page, 0), pages - 1);
  const now = sorted.slice(at * PAGE, (at + 1) * PAGE);
  const open = all.filter((matter) => stateOf(matter) === 'open').length;
  const more: Offer[] = at + 1 < pages ? [{ label: say('matter:next'), ask: listAsk(kind, at + 1, only) }] : [];
  return {
    reply: {
      text: [
        title(
          only === 'overdue'
            ? say('matter:overdueList', { n: all.length, open: inTime })
            : say(`matter:list.${kind}`, { open, count: seen.length }),
        ),
        ...now.map((matter) =>
          line(
            late(matter) > 0
              ? say('matter:overdueLine', { line: inOneLine(matter, here), days: late(matter) })
              : inOneLine(matter, here),
          ),
        ),
        ...(pages > 1 ? [note(say('matter:page', { page: at + 1, pages }))] : []),
      ],
      offers: [...now.map(({ number }) => ({ label: number, ask: matterAsk({ do: 'show', number }) })), ...more],
    },
  };
}
