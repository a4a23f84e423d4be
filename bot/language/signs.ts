/** What stands in a message, found in one pass: words that ask, which report or fact they ask about, refusals, plans. */
import type { PlanId, PlanIndex } from '../plan/types.ts';
import { createPhrases, expand, type Found, knownWords, type Phrases, type Token, type Word } from './phrases.ts';
import type { Cue, Facet, Refusal, Words } from './words.ts';

/** Part of a refusal: group -1 is `unless`. */
type Part = { list: 'sensitive' | 'outOfScope'; rule: number; group: number };

type Sign =
  | { is: 'cue'; cue: Cue }
  | { is: 'facet'; facet: Facet }
  | { is: 'own' }
  | { is: 'plan'; plan: PlanId | 'both' }
  | { is: 'class'; name: string }
  | ({ is: 'refusal' } & Part);

export interface Signs {
  cues: Map<Cue, Found<Sign>[]>;
  facets: Set<Facet>;
  own: Found<Sign>[];
  plans: { plan: PlanId | 'both'; from: number; to: number }[];
  /** The first refusal that fits. */
  sensitive: Refusal | null;
  outOfScope: Refusal | null;
  outOfScopeLength: number;
  /** Tokens that are in a word that asks. */
  asking: boolean[];
}

export interface SignReader {
  read(tokens: readonly Token[], hidden: readonly boolean[], places: readonly boolean[]): Signs;
  texts: string[];
  /** Those that do not refuse. */
  asking: string[];
}

/** Phrases, then texts, between which somebody else may be served. */
const PHRASES = 500;
const TEXTS = 40;

export function* signsInSteps(index: PlanIndex, words: Words): Generator<undefined, SignReader> {
  const set = createPhrases<Sign>();
  const texts: string[] = [];
  let lists: [readonly string[], Sign][] = [];
  const put = (patterns: readonly string[], sign: Sign) => lists.push([patterns, sign]);
  function* added(): Generator<undefined, void> {
    for (const [patterns, sign] of lists)
      for (const pattern of patterns)
        for (const phrase of expand(pattern)) {
          set.add(phrase, sign);
          texts.push(phrase);
          if (texts.length % PHRASES === 0) yield;
        }
    lists = [];
  }
  for (const [cue, patterns] of Object.entries(words.cues)) put(patterns, { is: 'cue', cue: cue as Cue });
  for (const [facet, patterns] of Object.entries(words.facets)) put(patterns, { is: 'facet', facet: facet as Facet });
  put(words.names.own, { is: 'own' });
  put(words.names.bothPlans, { is: 'plan', plan: 'both' });
  for (const plan of index.book.plans)
    put([...(words.names.plans[plan.id] ?? []), ...[plan.short, plan.title, plan.symbol ?? ''].map(plain)], {
      is: 'plan',
      plan: plan.id,
    });
  yield* added();
  const asking = texts.slice();
  /** In which refusals a class stands. */
  const uses = new Map<string, Part[]>();
  for (const [name, patterns] of Object.entries(words.classes)) {
    put(patterns, { is: 'class', name });
    uses.set(name, []);
  }
  const refuse = (list: 'sensitive' | 'outOfScope', rules: readonly Refusal[]) =>
    rules.forEach((rule, i) => {
      [...rule.all, ...(rule.unless ? [rule.unless] : [])].forEach((patterns, at) => {
        const part: Part = { list, rule: i, group: at < rule.all.length ? at : -1 };
        for (const pattern of patterns) {
          if (pattern.startsWith('@')) uses.get(pattern.slice(1))!.push(part);
          else put([pattern], { is: 'refusal', ...part });
        }
      });
    });
  refuse('sensitive', words.sensitive);
  refuse('outOfScope', words.outOfScope);
  yield* added();

  // A word of the plans does not refuse; one that only folds to it must be typed with its marks.
  const known: string[] = [...index.book.plans.flatMap((p) => p.passages.map((passage) => passage.text)), ...asking];
  // Only where one phrase is enough to refuse.
  const partsOf = (sign: Sign): readonly Part[] =>
    sign.is === 'refusal' ? [sign] : sign.is === 'class' ? uses.get(sign.name)! : [];
  const alone = (sign: Sign): boolean =>
    partsOf(sign).some(({ list, rule, group }) => group >= 0 && words[list][rule]!.all.length === 1);
  const guarded = yield* guard(set, known, alone);

  function refusal(found: readonly Found<Sign>[], list: 'sensitive' | 'outOfScope'): Refusal | null {
    const rules = words[list];
    const met = new Map<number, Map<number, Found<Sign>[]>>();
    for (const f of found)
      for (const part of partsOf(f.payload)) {
        if (part.list !== list) continue;
        const groups = met.get(part.rule) ?? new Map<number, Found<Sign>[]>();
        met.set(part.rule, groups);
        groups.set(part.group, [...(groups.get(part.group) ?? []), f]);
      }
    for (const [rule, groups] of met) {
      const { all, within } = rules[rule]!;
      if (groups.has(-1) || !all.every((_, group) => groups.has(group))) continue;
      if (within === undefined || follows(groups, all.length, within)) return rules[rule]!;
    }
    return null;
  }

  const allowed = (f: Found<Sign>, tokens: readonly Token[]): boolean => {
    const kind = f.to - f.from > 2 || !alone(f.payload) ? undefined : guarded.get(spelling(tokens, f));
    return kind === undefined || (kind === 'marks' && f.exact && tokens.slice(f.from, f.to).some((t) => t.marked));
  };

  return {
    texts,
    asking,
    read(tokens, hidden, places) {
      const all = set.all(tokens);
      const lawful = all.filter(({ payload }) => payload.is === 'class' && payload.name === LAWFUL);
      const found = all.filter(
        (f) =>
          (f.payload.is !== 'refusal' && f.payload.is !== 'class') ||
          (!places.slice(f.from, f.to).every(Boolean) && !lawful.some(around(f)) && allowed(f, tokens)),
      );
      const cues = new Map<Cue, Found<Sign>[]>();
      const facets = new Set<Facet>();
      const own: Found<Sign>[] = [];
      let plans: Signs['plans'] = [];
      const asking = new Array<boolean>(tokens.length).fill(false);
      for (const f of found) {
        const { payload, from, to } = f;
        if (payload.is === 'cue') {
          // "danh sách các phường chậm báo cáo" names a group and asks at once.
          if (payload.cue !== 'whoReported' && hidden.slice(from, to).some(Boolean)) continue;
          const list = cues.get(payload.cue);
          if (list) list.push(f);
          else cues.set(payload.cue, [f]);
          asking.fill(true, from, to);
        } else if (payload.is === 'facet') {
          // "Sở Kế hoạch và Đầu tư" asks for no number of a plan.
          if (hidden.slice(from, to).every(Boolean)) continue;
          // "năm 2026" in the name of a plan asks for no yearly report.
          if (!found.some((p) => p.payload.is === 'plan' && p.from <= from && p.to >= to && p.to - p.from > to - from))
            facets.add(payload.facet);
        } else if (payload.is === 'own') {
          if (!hidden.slice(from, to).every(Boolean)) own.push(f);
        } else if (payload.is === 'plan') plans.push({ plan: payload.plan, from, to });
      }
      // "nhắc ở chỗ nào" asks where, not who.
      const where = cues.get('search') ?? [];
      const who = cues
        .get('who')
        ?.filter((f) => !where.some((s) => s.from <= f.from && s.to >= f.to && s.to - s.from > f.to - f.from));
      if (who && who.length === 0) cues.delete('who');
      // "tới đâu rồi" asks how far it is, not to whom it goes.
      const far = cues.get('whoReported') ?? [];
      const send = cues.get('send')?.filter((f) => !far.some((s) => s.from < f.to && f.to < s.to));
      if (send && send.length === 0) cues.delete('send');
      plans = plans.filter(
        (p) =>
          !plans.some((q) => q !== p && q.from <= p.from && q.to >= p.to && q.to - q.from > p.to - p.from) &&
          // "mục 5.2 kế hoạch 64" speaks of one.
          !(p.plan === 'both' && plans.some((q) => q.plan !== 'both' && q.from < p.to && p.from < q.to)),
      );
      return {
        cues,
        facets,
        own,
        plans,
        sensitive: refusal(found, 'sensitive'),
        outOfScope: refusal(found, 'outOfScope'),
        outOfScopeLength: Math.max(
          0,
          ...found.map((f) => (f.payload.is === 'refusal' && f.payload.list === 'outOfScope' ? f.to - f.from : 0)),
        ),
        asking,
      };
    },
  };
}

/** "Que thử ma túy" speaks of no drug. */
const LAWFUL = 'lawful';
const around = (f: Found<unknown>) => (g: Found<unknown>) =>
  g.from <= f.from && g.to >= f.to && g.to - g.from > f.to - f.from;

/** Whether one phrase of each group stands after one of the group before, with at most so many words between. */
function follows(groups: ReadonlyMap<number, readonly Found<unknown>[]>, count: number, within: number): boolean {
  let ends = (groups.get(0) ?? []).map((f) => f.to);
  for (let group = 1; group < count; group++)
    ends = (groups.get(group) ?? [])
      .filter((f) => ends.some((end) => f.from >= end && f.from - end <= within))
      .map((f) => f.to);
  return ends.length > 0;
}

/** Folded words of short refusals that stand in known texts: with their marks, or only without. */
function* guard(
  set: Phrases<Sign>,
  texts: readonly string[],
  alone: (sign: Sign) => boolean,
): Generator<undefined, Map<string, 'never' | 'marks'>> {
  const guarded = new Map<string, 'never' | 'marks'>();
  for (const [i, text] of texts.entries()) {
    if (i % TEXTS === 0) yield;
    const typed = knownWords(text);
    for (const f of set.all(typed.map((t) => ({ ...t, exact: t.folded, marked: false })))) {
      if (!alone(f.payload) || f.to - f.from > 2) continue;
      const key = spelling(typed, f);
      const same = set.at(typed, f.from).some((g) => g.to === f.to && alone(g.payload) && g.exact);
      if (same) guarded.set(key, 'never');
      else if (!guarded.has(key)) guarded.set(key, 'marks');
    }
  }
  return guarded;
}

const spelling = (tokens: readonly Word[], { from, to }: { from: number; to: number }): string =>
  tokens
    .slice(from, to)
    .map((t) => t.folded)
    .join(' ');

/** Brackets of a title are no alternatives. */
const plain = (text: string): string => text.replace(/[()|]/g, ' ');
