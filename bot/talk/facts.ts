/** Facts about the plans: theme, period, money, who signed; and what a plan leaves open. */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Text } from '../core/types.ts';
import type { Reading } from '../language/types.ts';
import type { Facet } from '../language/words.ts';
import type { Passage, Plan, PlanFact } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { sourceOf } from './plan/cite.ts';

const KEYS = [
  'theme',
  'period',
  'funding',
  'signer',
  'number',
  'issuedOn',
  'issuer',
  'basis',
  'recipients',
  'standing',
  'target',
  'purpose',
  'requirements',
] as const;
type Key = (typeof KEYS)[number];
const Args = z.object({
  keys: z.array(z.enum(KEYS)),
  plan: z.string().nullable(),
  /** Passages that answer where no fact does. */
  ids: z.array(z.string()),
});
type Args = z.infer<typeof Args>;

export const facts: Talk<Args> = {
  id: 'facts',
  args: Args,
  hear: ({ reading }) => (reading.intent === 'plan_info' ? argsOf(reading) : null),
  answer(args, here) {
    const plans = here.world.plans.book.plans.filter((p) => !args.plan || p.id === args.plan);
    if (args.keys.length > 0) return stated(args, plans, here);
    return args.ids.length > 0 ? quoted(args, here) : listed(args, plans);
  },
};

function argsOf(reading: Reading): Args {
  const asked = (facet: Facet) => reading.facets.includes(facet);
  const keys = KEYS.filter((key) => (key === 'period' ? asked('campaign') : asked(key)));
  return {
    keys: asked('replaced') ? [] : narrow(keys),
    plan: reading.plan,
    ids: asked('replaced') || reading.topics.length > 0 ? reading.passages.map((p) => p.id) : [],
  };
}

/** "ai ký ban hành, ngày nào" may ask for two; "số ký hiệu" is not also the date. */
const narrow = (keys: Key[]): Key[] => [...new Set(keys)].slice(0, 3);

/** Who issued a plan stands at its head, not among its facts. */
const issued = (plan: Plan): { key: Key; text: string; sources: string[] } => ({
  key: 'issuer',
  text: plan.issuer,
  sources: [plan.passages.find((p) => p.path === 'co-quan-ban-hanh') ?? plan.passages.find(says)].flatMap(
    (p) => p?.id ?? [],
  ),
});
/** A plan without a head says so where it gives its grounds. */
const says = ({ path, text }: Passage): boolean => path === 'can-cu' && /ban hành Kế hoạch/i.test(text);

type Stated = Pick<PlanFact, 'sources'> & { key: Key };

function stated(args: Args, plans: readonly Plan[], here: Here): Turn {
  const found = plans.flatMap((plan) =>
    [...plan.facts, issued(plan)].filter((f) => args.keys.includes(f.key)).map((fact) => ({ plan, fact })),
  );
  const spoken = found.filter(({ fact }) => fact.text !== '');
  const told = found.flatMap(({ plan, fact }): { text: Text[]; source: string[] }[] => {
    if (fact.text !== '')
      return [
        {
          text: [
            line(say(`facts:label.${fact.key}`, { plan: plan.short })),
            quote(fact.text),
            ...parties(fact, here),
            ...where(fact, here),
          ],
          source: fact.sources,
        },
      ];
    // A plan that was not asked about is silent without saying so.
    if (!args.plan && spoken.some((s) => s.fact.key === fact.key) && fact.sources.length === 0) return [];
    return [
      { text: [line(say(`facts:silent.${fact.key as PlanFact['key']}`, { plan: plan.short }))], source: fact.sources },
    ];
  });
  return reply(
    told.flatMap((t) => t.text),
    told.flatMap((t) => t.source),
    args,
  );
}

/** Who the standing agency is stands in the heading of its clause. */
function parties(fact: Stated, { world: { plans } }: Here): Text[] {
  if (fact.key !== 'standing') return [];
  const names = fact.sources
    .flatMap((id) => plans.passage(id)?.assignments.filter((a) => a.role !== 'coordinate') ?? [])
    .map((a) => plans.name(a.party));
  return names.length > 0 ? [line([...new Set(names)].join(', '))] : [];
}

function where(fact: Stated, { world: { plans } }: Here): Text[] {
  const clauses = [
    ...new Set(
      fact.sources
        .flatMap((id) => plans.passage(id) ?? [])
        .filter((p) => /^[A-Z0-9]/.test(p.path))
        .map((p) => sourceOf(p, plans)),
    ),
  ];
  return clauses.map(note);
}

function quoted(args: Args, here: Here): Turn {
  const { plans } = here.world;
  const found = args.ids.flatMap((id) => plans.passage(id) ?? []);
  return reply(
    found.flatMap((p) => [line(sourceOf(p, plans)), quote(p.text)]),
    found.map((p) => p.id),
    args,
  );
}

function listed(args: Args, plans: readonly Plan[]): Turn {
  const text = plans.flatMap((plan, i) => [
    line(say('facts:plan', { n: i + 1, short: plan.short, title: plan.title })),
    note(plan.symbol ? say('facts:symbol', { symbol: plan.symbol }) : say('facts:noSymbol')),
    note(say('facts:issuer', { issuer: plan.issuer })),
  ]);
  const source = plans.flatMap((plan) =>
    plan.passages.filter((p) => p.path === 'ten' || p.path === 'so-ky-hieu').map((p) => p.id),
  );
  return reply([title(say('facts:plans', { count: plans.length })), ...text], source, args);
}

const reply = (text: Text[], source: string[], args: Args): Turn => ({
  reply: { text, source },
  focus: { ask: { talk: 'facts', args }, intent: 'plan_info', ...(args.plan && { plan: args.plan }), shown: source },
});
