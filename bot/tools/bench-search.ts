/**
 * Search libraries beside each other on the same corpus and questions: each is given folded words and pairs of words, and
 * is told how many passages to show. What they are measured against is the bot's own understanding and search.
 */
import { create, insert, search } from '@orama/orama';
import { Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import * as okapi from 'okapibm25';
import { fold } from '../language/fold.ts';
import type { Passage } from '../plan/types.ts';

/** Ids of the passages that fit, best first. */
export type PlainSearch = (question: string, most: number) => string[];

export interface Library {
  name: string;
  make(passages: readonly Passage[]): PlainSearch;
  /** It reads every document for every question: too slow for the large corpus. */
  slow?: true;
}

const words = (text: string): string[] => fold(text).split(' ');

/** `cai nghien bat buoc` → its words, and `cai_nghien`, `nghien_bat`, `bat_buoc`. */
export function wordsAndPairs(text: string): string[] {
  const single = words(text);
  return [...single, ...single.slice(1).map((word, i) => `${single[i]}_${word}`)];
}

const miniSearch =
  (tokenize: (text: string) => string[]) =>
  (passages: readonly Passage[]): PlainSearch => {
    const index = new MiniSearch<{ id: string; text: string }>({
      fields: ['text'],
      tokenize,
      processTerm: (term) => term,
    });
    index.addAll(passages.map(({ id, text }) => ({ id, text })));
    return (question, most) =>
      index
        .search(question)
        .slice(0, most)
        .map(({ id }) => id as string);
  };

function orama(passages: readonly Passage[]): PlainSearch {
  const db = create({
    schema: { text: 'string' } as const,
    components: { tokenizer: { language: 'english', normalizationCache: new Map(), tokenize: wordsAndPairs } },
  });
  const ids = new Map<string, string>();
  for (const { id, text } of passages) ids.set(insert(db, { text }) as string, id);
  return (question, most) => {
    // With a tokenizer that is not asynchronous the answer is there at once.
    const found = search(db, { term: question, limit: most, threshold: 1 }) as { hits: { id: string }[] };
    return found.hits.map(({ id }) => ids.get(id)!);
  };
}

function flexSearch(passages: readonly Passage[]): PlainSearch {
  const index = new Index({ tokenize: 'strict', encode: wordsAndPairs, resolution: 9 });
  passages.forEach(({ text }, i) => {
    index.add(i, text);
  });
  return (question, most) =>
    (index.search(question, { limit: most, suggest: true }) as number[]).map((i) => passages[i]!.id);
}

type Rank = (documents: string[], words: string[], constants: { k1: number; b: number }) => number[];
/** A CommonJS module: its one function is the default of its default, or the default. */
function oneFunction(module: unknown): Rank {
  const { default: inner } = module as { default: Rank | { default: Rank } };
  return typeof inner === 'function' ? inner : inner.default;
}

function okapiBm25(passages: readonly Passage[]): PlainSearch {
  const rank = oneFunction(okapi);
  const documents = passages.map(({ text }) => wordsAndPairs(text).join(' '));
  return (question, most) => {
    const scores = rank(documents, wordsAndPairs(question), { k1: 1.2, b: 0.75 });
    return scores
      .map((score, i) => ({ score, i }))
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ i }) => passages[i]!.id);
  };
}

export const LIBRARIES: Library[] = [
  { name: 'MiniSearch, words', make: miniSearch(words) },
  { name: 'MiniSearch, words and pairs', make: miniSearch(wordsAndPairs) },
  { name: 'Orama, words and pairs', make: orama },
  { name: 'FlexSearch, words and pairs', make: flexSearch },
  { name: 'okapibm25, words and pairs', make: okapiBm25, slow: true },
];
