/** The register of answers: obstacles that were answered, found again by whoever meets the same. */
import MiniSearch from 'minisearch';
import { fold } from '../language/fold.ts';
import { answersTo, ofKind, stateOf } from './states.ts';
import type { Matter, Register } from './types.ts';

export interface Answered {
  matter: Matter;
  answer: string;
  /** Share of the query's words that stand in the obstacle itself, 0 to 1. */
  alike: number;
}

/** Words that say nothing of what an obstacle is about. */
const PLAIN = new Set(
  (
    'vuong mac kho khan chua co khong duoc bi la va voi cua cho cac nhung mot don vi chung toi dong chi xin hoi ve thi ma nhu the nao gi ' +
    'o tai trong khi de den nen can phai da dang se theo nay do nhieu it rat con hay hoac bao gio ai dau lam sao'
  ).split(' '),
);

const words = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
/** Syllables mean little alone: pairs of them are the words of Vietnamese. */
const terms = (text: string): string[] => {
  const all = words(text);
  const pairs = all.slice(1).map((word, i) => `${all[i]} ${word}`);
  return [...all.filter((word) => !PLAIN.has(word)), ...pairs];
};
const telling = (text: string): string[] => [...new Set(words(text).filter((word) => !PLAIN.has(word)))];

/** Neighbouring syllables, one of which says something. */
function pairsOf(text: string): string[] {
  const all = words(text);
  return all.slice(1).flatMap((word, i) => (PLAIN.has(word) && PLAIN.has(all[i]!) ? [] : [`${all[i]} ${word}`]));
}

interface Shelf {
  find(query: string): Answered[];
}
/** Made once for each version of the register. */
const shelves = new WeakMap<Register, Shelf>();

function shelfOf(register: Register): Shelf {
  const known = shelves.get(register);
  if (known) return known;
  const answered = ofKind(register, 'obstacle').flatMap((matter) => {
    const answer = answersTo(matter)
      .map(({ text }) => text)
      .join('\n');
    return answer && ['answered', 'closed'].includes(stateOf(matter)) ? [{ matter, answer }] : [];
  });
  const index = new MiniSearch<{ id: number; obstacle: string; answer: string }>({
    fields: ['obstacle', 'answer'],
    tokenize: terms,
    processTerm: (term) => term,
    searchOptions: { boost: { obstacle: 3 } },
  });
  index.addAll(answered.map(({ matter, answer }, id) => ({ id, obstacle: matter.text, answer })));
  const shelf: Shelf = {
    find(query) {
      const asked = telling(query);
      if (asked.length === 0) return [];
      return index.search(query).map(({ id }) => {
        const found = answered[id as number]!;
        const has = new Set(words(found.matter.text));
        return { ...found, alike: asked.filter((word) => has.has(word)).length / asked.length };
      });
    },
  };
  shelves.set(register, shelf);
  return shelf;
}

/** Answered obstacles in which the words stand, best first. */
export const findAnswers = (register: Register, query: string): Answered[] => shelfOf(register).find(query);

/** Those that a search may show: a word of the query stands in the obstacle, one of two syllables where it has several. */
export function nearAnswers(register: Register, query: string): Answered[] {
  const one = words(query).length === 1;
  const asked = one ? telling(query) : pairsOf(query);
  return findAnswers(register, query).filter(({ matter }) => {
    const has = one ? words(matter.text) : pairsOf(matter.text);
    return asked.some((word) => has.includes(word));
  });
}

/** As much must be the same for an answer to be offered instead of being asked for. */
const ALIKE = 0.6;
const FEWEST_WORDS = 3;

/** Answers to what seems to be the same obstacle: two at most. */
export const sameAnswered = (register: Register, obstacle: string): Answered[] =>
  telling(obstacle).length < FEWEST_WORDS
    ? []
    : findAnswers(register, obstacle)
        .filter(({ alike }) => alike >= ALIKE)
        .slice(0, 2);
