/**
 * Obstacles, raised in one sentence: `/vuongmac`, "vướng mắc: …" (64/KH-BCĐ III.4). Where the same was answered before, the
 * answer is offered first. What happens afterwards is in `matter.ts`.
 */
import { z } from 'zod';
import { looksAfter } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Text } from '../core/types.ts';
import { type Answered, nearAnswers, sameAnswered } from '../desk/answers.ts';
import { answerBy, emptyRegister } from '../desk/standing.ts';
import type { DeskRules, Matter } from '../desk/types.ts';
import { speakDay } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { leaveOffer, leaves, left } from './matter/leave.ts';
import { passOn } from './matter/meant.ts';
import { raise, tooLong, unitFor } from './matter/raise.ts';
import { obstacleIn } from './matter/requests.ts';
import { toAgency } from './matter/steps.ts';
import { list } from './matter.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open') }),
  z.object({
    do: z.literal('raise'),
    text: z.string(),
    unit: z.string().optional(),
    task: z.string().optional(),
    /** The answers to the same were seen, and did not help. */
    sure: z.boolean().optional(),
    /** Typed when asked for: it may be a question instead. */
    asked: z.boolean().optional(),
  }),
  z.object({ do: z.literal('find'), text: z.string() }),
  /** The answer to the same was enough. */
  z.object({ do: z.literal('matched'), number: z.string() }),
]);
type Args = z.infer<typeof Args>;

const OBSTACLE = 'obstacle';
export const obstacleAsk = (args: Args): Ask => ({ talk: OBSTACLE, args: args as Ask['args'] });

const FIND = /^(?:tìm|tim|tra|tra cứu|tra cuu)\s+(.+)$/isu;
/** Looks like a question to the bot. */
const ASKS = /\?\s*$|(?:^|\s)(?:ai|gi|nao|dau|may|bao gio|bao nhieu|the nao)(?=\s|$)/;
const FEWEST_WORDS = 3;
const MOST_FOUND = 3;

export const createObstacle = (rules: DeskRules): Talk<Args> => ({
  id: OBSTACLE,
  commands: ['vuongmac'],
  where: 'private',
  args: Args,
  command(rest, _here) {
    if (rest === '') return { do: 'open' };
    const found = FIND.exec(rest);
    if (found) return { do: 'find', text: found[1]!.trim() };
    return { do: 'raise', text: rest };
  },
  passOn: (rest, here) => passOn(rest, here, rules),
  hear({ text }, here) {
    // In an open form it is an answer to the form.
    if (!here.world.person || (here.session.draft && !here.session.draft.paused)) return null;
    const said = obstacleIn(text);
    return said === '' ? { do: 'open' } : said === null ? null : { do: 'raise', text: said };
  },
  answer(args, here) {
    const { person, register = emptyRegister() } = here.world;
    if (!person) return { reply: { text: [line(say('common:registerFirst'))] } };
    switch (args.do) {
      case 'open':
        return open(here, rules);
      case 'find':
        return {
          reply: {
            text: found(nearAnswers(register, args.text), args.text),
          },
        };
      case 'matched':
        return { reply: { text: [line(say('desk:obstacle.matched', { number: args.number }))] } };
      case 'raise':
        return raiseObstacle(args, here, rules);
    }
  },
});

function open(here: Here, rules: DeskRules): Turn {
  const turn = list(OBSTACLE, 0, here, rules);
  if (looksAfter(here.world.person, OBSTACLE, rules)) return turn;
  const listed = turn.reply!;
  return {
    reply: {
      text: [...(listed.offers ? listed.text : []), line(say('desk:obstacle.how'))],
      offers: [...(listed.offers ?? []), leaveOffer()],
    },
    awaits: { do: 'raise', asked: true },
  };
}

function raiseObstacle(args: Extract<Args, { do: 'raise' }>, here: Here, rules: DeskRules): Turn {
  const { world } = here;
  const text = obstacleIn(args.text) ?? args.text.trim();
  if (leaves(text)) return left();
  const wrong = tooLong(text);
  if (wrong) return { reply: { text: [wrong], offers: [leaveOffer()] }, awaits: { do: 'raise' } };
  if (fold(text).split(' ').length < FEWEST_WORDS)
    return { reply: { text: [line(say('desk:obstacle.more'))], offers: [leaveOffer()] }, awaits: { do: 'raise' } };
  if (args.asked && ASKS.test(fold(text)))
    return {
      reply: {
        text: [line(say('desk:obstacle.really')), quote(text)],
        offers: [
          { label: say('desk:obstacle.send'), ask: obstacleAsk({ ...args, text, asked: false }), yes: true },
          leaveOffer(),
        ],
      },
    };
  const unit = unitFor(args.unit, (chosen) => obstacleAsk({ ...args, unit: chosen }), here);
  if (typeof unit !== 'string') return unit;
  const same = args.sure ? [] : sameAnswered(world.register ?? emptyRegister(), text);
  if (same.length > 0)
    return {
      reply: {
        text: [line(say('desk:obstacle.same')), ...same.flatMap(shown)],
        offers: [
          { label: say('desk:obstacle.enough'), ask: obstacleAsk({ do: 'matched', number: same[0]!.matter.number }) },
          { label: say('desk:obstacle.still'), ask: obstacleAsk({ ...args, text, unit, sure: true }) },
        ],
      },
    };
  return raise(
    OBSTACLE,
    unit,
    { text, ...(args.task && world.plans.passage(args.task) && { task: args.task }) },
    here,
    rules,
    (_, reached) => [line(say(reached ? 'desk:obstacle.sent' : 'desk:obstacle.kept'))],
    (matter) => toAgency(matter, `matter/${matter.id}/0`, told(matter, here, rules), here),
  );
}

const told = (matter: Matter, { world }: Here, rules: DeskRules): Text[] => [
  title(say('desk:obstacle.told', { number: matter.number, unit: world.plans.name(matter.unit) })),
  quote(matter.text),
  line(say('desk:obstacle.toldBy', { name: world.person?.name ?? '', day: speakDay(answerBy(matter, rules)) })),
];

/** Without the unit that asked: what one unit meets is not told to another. */
const shown = ({ matter, answer }: Answered): Text[] => [
  line(say('desk:obstacle.asked', { number: matter.number, text: matter.text })),
  quote(answer),
];

function found(answers: readonly Answered[], query: string): Text[] {
  if (answers.length === 0) return [line(say('desk:obstacle.notFound', { query }))];
  return [
    title(say('desk:obstacle.found', { count: Math.min(answers.length, MOST_FOUND) })),
    ...answers.slice(0, MOST_FOUND).flatMap(shown),
    ...(answers.length > MOST_FOUND ? [note(say('desk:obstacle.narrow'))] : []),
  ];
}
