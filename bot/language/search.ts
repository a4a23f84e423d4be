/**
 * Finds the passages that a question is about: BM25 over folded words and word pairs, and the subject index, which
 * says in whose words officers name a thing and which passages make a complete answer.
 */
import type { Passage, PassageId, PlanId } from '../plan/types.ts';
import { createPhrases, expand, knownWords, type Token } from './phrases.ts';
import { NOWHERE, postingsOf, rarityIn, stands } from './postings.ts';
import type { Subject } from './words.ts';

export interface Hit {
  id: PassageId;
  score: number;
}

export interface Query {
  tokens: readonly Token[];
  /** Which tokens speak of the subject; the others only stand between them. */
  content: readonly boolean[];
  plan: PlanId | null;
  /** Folded words in quotation marks. */
  quotes?: readonly string[];
  /** `owner`: who is responsible; only passages that name somebody. */
  kind: 'owner' | 'text';
}

export interface Found {
  /** Those that belong in the answer, best first. */
  hits: Hit[];
  /** Passages that only mention the subject, where nothing else was asked of it. */
  beside: PassageId[];
  /** Share of the question's weight that the best passage accounts for, 0 to 1. */
  coverage: number;
  subjects: string[];
  /** More than a chance word in common: a subject, a pair of words, a rare word. */
  solid: boolean;
}

export interface Search {
  find(query: Query): Found;
  /** Names of subjects that stand in the message, and the tokens they take. */
  subjects(tokens: readonly Token[]): Named[];
}

const PAIR = 1.2;
/** Words of a subject's name: the subject index has already said which passages they lead to. */
const WITHIN = 0.1;
/** Share of a subject's weight for passages that only touch on it. */
const ASIDE = 0.6;
/** Share that a passage keeps of it when it has none of the question's other words. */
const BARE = 0.65;
/** What a passage outside the subject can reach by its words, as a share of the best subject's weight. */
const BESIDE = 0.3;

/** A passage that falls this far behind the best does not belong in the answer. */
const GAP = 0.75;
const GAP_SEVERAL = 0.85;
const MOST = 8;
/** A word in so few passages is no chance word. */
const RARE = 2;
/** So many words are a quotation rather than a question. */
const PASTED = 12;
/** How far single words may move passages of one subject against each other. */
const HINT = 0.02;
/** A word of the question beside its subject tells passages apart when it is at least this rare. */
const TELLING = 1.2;
/** What a word of a subject's name weighs in the question: as much as a word that is neither common nor rare. */
const NAMED = 3;

interface Term {
  term: string;
  weight: number;
}

interface Named {
  subject: Subject;
  from: number;
  to: number;
}

export function createSearch(passages: readonly Passage[], subjects: readonly Subject[]): Search {
  const place = new Map(passages.map((p, i) => [p.id, i]));
  const size = passages.length;
  const postings = postingsOf(passages);
  const assigned = passages.map((p) => p.assignments.length > 0);
  const rarity = (df: number) => rarityIn(size, df);
  const spread = (term: string) => postings.get(term)?.docs.length ?? 0;
  const unheard = rarity(0);

  const called = createPhrases<Subject>();
  for (const subject of subjects) for (const phrase of subject.words.flatMap(expand)) called.add(phrase, subject);

  // A passage that speaks of a subject in the officers' own words belongs to it, though not to its complete answer.
  const spoken = new Map<Subject, Set<PassageId>>(
    subjects.map((s) => [s, new Set([...s.main, ...(s.owner ?? []), ...(s.also ?? [])])]),
  );
  for (const passage of passages)
    for (const { payload, to, from } of called.all(knownWords(passage.text)))
      if (to - from > 1) spoken.get(payload)!.add(passage.id);

  /** Longest phrases; those inside a longer one do not count. */
  function subjectsIn(tokens: readonly Token[]): Named[] {
    const all = called.all(tokens).sort((a, b) => b.to - b.from - (a.to - a.from) || Number(b.exact) - Number(a.exact));
    const taken: Named[] = [];
    for (const { payload, from, to } of all) {
      if (taken.some((t) => (from < t.to && t.from < to && !(t.from === from && t.to === to)) || t.subject === payload))
        continue;
      taken.push({ subject: payload, from, to });
    }
    return taken.sort((a, b) => a.from - b.from);
  }

  /** What the subject index says: a weight for each passage, and how many subjects it answers. */
  function bySubjects(named: readonly Named[], kind: Query['kind']) {
    const weights = new Float64Array(size);
    const answers = new Uint8Array(size);
    for (const { subject } of named) {
      const main = kind === 'owner' ? (subject.owner ?? subject.main) : subject.main;
      const every = spoken.get(subject)!;
      const weight = 2 + 1.6 * Math.log(1 + size / every.size);
      for (const id of every) {
        const doc = place.get(id);
        if (doc === undefined) continue;
        const full = main.includes(id);
        weights[doc]! += full ? weight : weight * ASIDE;
        if (full) answers[doc]!++;
      }
    }
    return { weights, answers, strongest: weights.reduce((a, b) => Math.max(a, b), 0) };
  }

  /** BM25 over words and word pairs. */
  function byWords(terms: readonly Term[]): Float64Array {
    const scores = new Float64Array(size);
    for (const { term, weight } of terms) {
      const list = postings.get(term);
      if (!list) continue;
      const { docs, worth } = list;
      for (let k = 0; k < docs.length; k++) scores[docs[k]!]! += worth[k]! * weight;
    }
    return scores;
  }

  /** The question's words that no subject takes, with how much each tells passages apart. */
  function othersOf({ tokens, content }: Query, inSubject: readonly boolean[]) {
    const terms = tokens.filter((_, i) => content[i] && !inSubject[i]).map((t) => t.folded);
    const others = [...new Set(terms)].map((term) => ({
      docs: postings.get(term)?.docs ?? NOWHERE,
      rare: rarity(spread(term)),
    }));
    const heard = others.filter(({ docs, rare }) => docs.length > 0 && rare > TELLING);
    const share = new Float64Array(size);
    const all = heard.reduce((sum, { rare }) => sum + rare, 0);
    for (const { docs, rare } of heard) for (const doc of docs) share[doc]! += rare / all;
    return { share: all > 0 ? share : null };
  }

  /** Subjects whose passages give nothing to anybody: whose a document is stands in the words. */
  const nobodys = (named: readonly Named[]): boolean =>
    named.length > 0 &&
    named.every(({ subject }) => !(subject.owner ?? subject.main).some((id) => assigned[place.get(id) ?? -1]));

  function find(query: Query): Found {
    const { tokens, content, plan } = query;
    const named = subjectsIn(tokens).filter(({ from, to }) => content.slice(from, to).some(Boolean));
    const kind = query.kind === 'owner' && nobodys(named) ? 'text' : query.kind;
    const inSubject = new Array<boolean>(tokens.length).fill(false);
    for (const { from, to } of named) inSubject.fill(true, from, to);
    const subjects = bySubjects(named, kind);
    const words = byWords(termsOf(query, inSubject));
    const { share } = othersOf(query, inSubject);
    // Where the subject index has spoken, single words only order what it says.
    const most = named.length > 0 ? BESIDE * subjects.strongest : Number.POSITIVE_INFINITY;
    const scoreOf = (doc: number): number => {
      const weight = subjects.weights[doc]!;
      if (weight === 0) return Math.min(words[doc]!, most);
      return weight * (share ? BARE + (1 - BARE) * share[doc]! : 1) + HINT * Math.min(words[doc]!, most);
    };
    const scores = new Float64Array(size);
    let best = -1;
    for (let doc = 0; doc < size; doc++) {
      if (subjects.weights[doc] === 0 && words[doc] === 0) continue;
      if ((plan && passages[doc]!.plan !== plan) || (kind === 'owner' && !assigned[doc])) continue;
      scores[doc] = scoreOf(doc);
      if (best < 0 || scores[doc]! > scores[best]!) best = doc;
    }
    const topics = named.map((n) => n.subject.subject);
    const quoted = quotedIn(query.quotes ?? [], plan);
    const pasted = quoted.length > 0 ? quoted : verbatim(tokens);
    if (pasted.length > 0)
      return {
        hits: pasted.map((doc) => ({ id: passages[doc]!.id, score: 1 })),
        beside: [],
        coverage: 1,
        subjects: topics,
        solid: true,
      };
    if (best < 0) return { hits: [], beside: [], coverage: 0, subjects: topics, solid: named.length > 0 };
    // A passage that answers to several subjects of the question leaves behind those that answer to one.
    const least = (subjects.answers[best]! > 1 ? GAP_SEVERAL : GAP) * scores[best]!;
    const hits: { doc: number; score: number }[] = [];
    for (let doc = 0; doc < size; doc++)
      if (scores[doc]! > 0 && scores[doc]! >= least) hits.push({ doc, score: scores[doc]! });
    hits.sort((a, b) => b.score - a.score || a.doc - b.doc);
    // A single subject, and no word that tells its passages apart: what the index has beside it belongs to a complete list.
    const beside: PassageId[] = [];
    if (named.length === 1 && !share && kind === 'text')
      for (let doc = 0; doc < size && beside.length < MOST; doc++)
        if (
          named[0]!.subject.also?.includes(passages[doc]!.id) &&
          scores[doc]! > 0 &&
          scores[doc]! < least &&
          says(doc, saidIn(tokens, named[0]!))
        )
          beside.push(passages[doc]!.id);
    return {
      beside,
      hits: hits.slice(0, MOST).map(({ doc, score }) => ({ id: passages[doc]!.id, score })),
      subjects: topics,
      ...evidence(query, inSubject, best),
    };
  }

  /** Whether words stand in a passage one after the other. */
  const says = (doc: number, words: string): boolean => ` ${folded(doc)} `.includes(` ${words} `);
  const folds = new Array<string | undefined>(size);
  function folded(doc: number): string {
    folds[doc] ??= knownWords(passages[doc]!.text)
      .map((t) => t.folded)
      .join(' ');
    return folds[doc]!;
  }

  /** Passages that hold words put in quotation marks. */
  function quotedIn(quotes: readonly string[], plan: PlanId | null): number[] {
    const docs: number[] = [];
    for (const words of quotes) {
      const [first, second] = words.split(' ');
      for (const doc of postings.get(`${first} ${second}`)?.docs ?? NOWHERE)
        if ((!plan || passages[doc]!.plan === plan) && says(doc, words) && !docs.includes(doc)) docs.push(doc);
    }
    return docs.length <= MOST ? docs : [];
  }

  /** Passages whose own words were pasted: nearly every pair of words of a long message stands in them. */
  function verbatim(tokens: readonly Token[]): number[] {
    if (tokens.length < PASTED) return [];
    const counts = new Map<number, number>();
    for (let i = 0; i + 1 < tokens.length; i++)
      for (const doc of postings.get(`${tokens[i]!.folded} ${tokens[i + 1]!.folded}`)?.docs ?? NOWHERE)
        counts.set(doc, (counts.get(doc) ?? 0) + 1);
    const least = 0.8 * (tokens.length - 1);
    return [...counts]
      .filter(([, n]) => n >= least)
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST)
      .map(([doc]) => doc);
  }

  /** How much of the question the best passage accounts for, and whether by more than a chance word. */
  function evidence({ tokens, content }: Query, inSubject: readonly boolean[], doc: number) {
    const has = (term: string) => stands(postings.get(term)?.docs ?? NOWHERE, doc);
    let asked = 0;
    let met = 0;
    let solid = inSubject.some(Boolean);
    tokens.forEach((t, i) => {
      if (!content[i]) return;
      const next = content[i + 1] ? tokens[i + 1] : undefined;
      const weight = inSubject[i] ? NAMED : rarity(spread(t.folded));
      const there = inSubject[i] || has(t.folded);
      asked += weight;
      if (there) met += weight;
      if (next && has(`${t.folded} ${next.folded}`)) solid = true;
      // The number of a document.
      if (there && /^\d{3,}$/.test(t.folded)) solid = true;
      if (there && t.folded.length > 3 && spread(t.folded) <= RARE) solid = true;
    });
    return { coverage: asked > 0 ? met / Math.max(asked, unheard) : 0, solid };
  }

  function termsOf({ tokens, content }: Query, inSubject: readonly boolean[]): Term[] {
    const terms: Term[] = [];
    tokens.forEach((t, i) => {
      if (!content[i]) return;
      terms.push({ term: t.folded, weight: inSubject[i] ? WITHIN : 1 });
      const next = content[i + 1] ? tokens[i + 1] : undefined;
      if (next)
        terms.push({
          term: `${t.folded} ${next.folded}`,
          weight: PAIR * (inSubject[i] && inSubject[i + 1] ? WITHIN : 1),
        });
    });
    return terms;
  }

  return { find, subjects: subjectsIn };
}

const saidIn = (tokens: readonly Token[], { from, to }: Named): string =>
  tokens
    .slice(from, to)
    .map((t) => t.folded)
    .join(' ');
