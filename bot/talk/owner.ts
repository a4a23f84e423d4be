/** Who is responsible for a subject: the units with their parts, in the plan's words; different leads told apart. */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Offer } from '../core/types.ts';
import type { Passage, Role } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { notRightOffer } from './not-right.ts';
import { entry, pagesOf, partiesOf, timeOf } from './plan/cite.ts';

const Args = z.object({
  ids: z.array(z.string()),
  words: z.string(),
  plan: z.string().nullable(),
  role: z.enum(['lead', 'implement', 'coordinate']).nullable(),
  page: z.number().int().nonnegative(),
});
type Args = z.infer<typeof Args>;

export const owner: Talk<Args> = {
  id: 'owner',
  args: Args,
  hear: ({ reading }) =>
    reading.intent === 'topic_owner'
      ? {
          ids: reading.passages.map((p) => p.id),
          words: reading.subject,
          plan: reading.plan,
          role: reading.role,
          page: 0,
        }
      : null,
  answer(args, here) {
    const passages = args.ids.flatMap((id) => here.world.plans.passage(id) ?? []);
    return passages.length === 0 ? none(args, here) : owners(passages, args, here);
  },
};

function owners(passages: Passage[], args: Args, here: Here): Turn {
  const { plans } = here.world;
  const pages = pagesOf(
    passages.map((p, i) => {
      const quoted = entry(p, plans, `${i + 1}`, args.words, timeOf(p));
      const [head, ...rest] = quoted.text;
      return { ...quoted, text: [head!, ...partiesOf(p, plans), ...rest] };
    }),
  );
  const page = Math.min(args.page, pages.length - 1);
  const entries = pages[page]!;
  const more: Offer[] =
    page + 1 < pages.length
      ? [{ label: say('cite:more'), ask: { talk: 'owner', args: { ...args, page: page + 1 } } }]
      : [];
  return {
    reply: {
      text: [
        title(args.words ? say('owner:title', { subject: args.words }) : say('owner:titleNone')),
        ...(page === 0 ? remarks(passages, args.role) : []),
        ...entries.flatMap((e) => e.text),
        ...(pages.length > 1 ? [note(say('cite:page', { page: page + 1, pages: pages.length }))] : []),
      ],
      offers: [...more, ...entries.flatMap((e) => e.whole ?? []), notRightOffer()],
      source: entries.map((e) => e.id),
    },
    focus: {
      ask: { talk: 'owner', args },
      intent: 'topic_owner',
      ...(args.plan && { plan: args.plan }),
      shown: passages.map((p) => p.id),
    },
  };
}

function remarks(passages: readonly Passage[], role: Role | null) {
  const leads = (p: Passage) => p.assignments.filter((a) => a.role === 'lead').map((a) => a.party);
  const byPlan = new Map<string, Set<string>>();
  for (const p of passages)
    for (const party of leads(p)) byPlan.set(p.plan, (byPlan.get(p.plan) ?? new Set()).add(party));
  const [one, two] = [...byPlan.values()];
  if (one && two && ![...one].some((party) => two.has(party))) return [note(say('owner:differ'))];
  if (role === 'lead' && passages.every((p) => leads(p).length === 0)) return [note(say('owner:noLead'))];
  return [];
}

function none(args: Args, here: Here): Turn {
  const plan = args.plan ? here.world.plans.plan(args.plan)?.short : undefined;
  const subject = args.words;
  return {
    reply: { text: [line(plan ? say('search:nonePlan', { plan, subject }) : say('search:none', { subject }))] },
  };
}
