/** What the plans say about a subject, word for word. `/timkiem` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Offer } from '../core/types.ts';
import type { Reading } from '../language/types.ts';
import type { Passage } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { notRightOffer } from './not-right.ts';
import { askerOf } from './plan/asker.ts';
import { entry, pagesOf, partiesOf, sourceOf, timeOf } from './plan/cite.ts';

const Args = z.object({
  ids: z.array(z.string()),
  /** Shown after them: passages that only mention the subject. */
  beside: z.array(z.string()).optional(),
  words: z.string().optional(),
  plan: z.string().nullable().optional(),
  page: z.number().int().nonnegative().optional(),
  /** The whole words of the passages. */
  whole: z.boolean().optional(),
});
export type SearchArgs = z.infer<typeof Args>;

export const search: Talk<SearchArgs> = {
  id: 'search',
  commands: ['timkiem'],
  args: Args,
  command(rest, here) {
    if (rest === '') return { ids: [] };
    return searchArgs(here.world.reader.read(rest, { asker: askerOf(here), today: here.world.today }));
  },
  hear: ({ reading }) => (reading.intent === 'task_search' ? searchArgs(reading) : null),
  answer(args, here) {
    const { plans } = here.world;
    const passages = args.ids.flatMap((id) => plans.passage(id) ?? []);
    if (passages.length === 0) return none(args, here);
    return args.whole ? whole(passages, args, here) : found(passages, args, here);
  },
};

export function searchArgs(reading: Reading): SearchArgs {
  return {
    ids: reading.passages.map((p) => p.id),
    words: reading.subject,
    plan: reading.plan,
    ...(!reading.followUp && reading.beside.length > 0 && { beside: reading.beside }),
    ...(reading.detail && { whole: true }),
  };
}

function found(passages: Passage[], args: SearchArgs, here: Here): Turn {
  const { plans } = here.world;
  const words = args.words ?? '';
  const beside = (args.beside ?? []).flatMap((id) => plans.passage(id) ?? []);
  const pages = pagesOf(
    [...passages, ...beside].map((p, i) => {
      const one = entry(p, plans, `${i + 1}`, words, [...partiesOf(p, plans), ...timeOf(p)]);
      return i === passages.length ? { ...one, text: [note(say('search:beside')), ...one.text] } : one;
    }),
  );
  const page = Math.min(args.page ?? 0, pages.length - 1);
  const entries = pages[page]!;
  const more: Offer[] =
    page + 1 < pages.length
      ? [{ label: say('cite:more'), ask: { talk: 'search', args: { ...args, page: page + 1 } } }]
      : [];
  return {
    reply: {
      text: [
        title(words ? say('search:title', { subject: words }) : say('search:titleNone')),
        ...entries.flatMap((e) => e.text),
        ...(pages.length > 1 ? [note(say('cite:page', { page: page + 1, pages: pages.length }))] : []),
      ],
      offers: [...more, ...entries.flatMap((e) => e.whole ?? []), notRightOffer()],
      source: entries.map((e) => e.id),
    },
    focus: focusOf(passages, args),
  };
}

function whole(passages: Passage[], args: SearchArgs, here: Here): Turn {
  const { plans } = here.world;
  return {
    reply: {
      text: passages.flatMap((p) => [
        title(sourceOf(p, plans)),
        quote(p.text),
        ...p.lines.map(note),
        ...partiesOf(p, plans),
      ]),
      source: passages.map((p) => p.id),
    },
    focus: focusOf(passages, args),
  };
}

function none(args: SearchArgs, here: Here): Turn {
  const subject = args.words ?? '';
  if (subject === '') return { reply: { text: [line(say('search:ask'))] } };
  const plan = args.plan ? here.world.plans.plan(args.plan)?.short : undefined;
  return {
    reply: { text: [line(plan ? say('search:nonePlan', { plan, subject }) : say('search:none', { subject }))] },
  };
}

const focusOf = (passages: readonly Passage[], args: SearchArgs) => ({
  ask: { talk: 'search', args },
  intent: 'task_search' as const,
  ...(args.plan && { plan: args.plan }),
  shown: passages.map((p) => p.id),
});
