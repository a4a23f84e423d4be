/** The words the bot knows, and the repair of typing errors against them. Never used for names of communes. */
import { knownWords, type Word } from './phrases.ts';
import { inOneGo } from './steps.ts';
import { isSyllable } from './syllable.ts';

/** A pair of words from a command or a name counts as much as this many in the plans. */
const USUAL = 3;
const OFTEN = 8;

export interface Lexicon {
  /** A word with its tone and marks, as in a known text. */
  hasExact(exact: string): boolean;
  hasFolded(folded: string): boolean;
  /** Two words that stand next to each other in a known text. */
  pair(first: string, second: string): boolean;
  /**
   * The word that was meant by one that is not known, or that fits nothing beside it; null when nothing is near enough.
   * A syllable of Vietnamese is rather another word than a slip: it is mended only into a pair that the plans use often.
   */
  mend(word: string, before: string | undefined, after: string | undefined): string | null;
  /** Two words that stand together in a known text with these very marks. */
  writes(first: Word, second: Word): boolean;
  /** How two words that fold like these are written where they stand together: `báo cao` → `bao1 cao1`; null when as typed is known too. */
  spelled(first: Word, second: Word): [string, string] | null;
  /** Words written together: `nhiemvu` → `nhiem vu`. */
  split(word: string): string[] | null;
}

/**
 * @param texts the plans: how often words stand together is counted
 * @param phrases the commands, the names: each pair of words counts as usual, once for all
 * @param refused what is refused: its words are known, but nothing is taken for them: `nộp không` is no `nộp khống`
 */
export function createLexicon(
  texts: Iterable<string>,
  phrases: Iterable<string>,
  refused: Iterable<string> = [],
): Lexicon {
  return inOneGo(lexiconInSteps(texts, phrases, refused));
}

/** Words between which somebody else may be served. */
const PART = 2_000;

export function* lexiconInSteps(
  texts: Iterable<string>,
  phrases: Iterable<string>,
  refused: Iterable<string> = [],
): Generator<undefined, Lexicon> {
  const exact = new Set<string>();
  const counts = new Map<string, number>();
  const pairs = new Map<string, number>();
  const spellings = new Map<string, Map<string, number>>();
  const spell = (a: Word, b: Word, times: number) => {
    const key = `${a.folded} ${b.folded}`;
    const forms = spellings.get(key) ?? new Map<string, number>();
    forms.set(`${a.exact} ${b.exact}`, (forms.get(`${a.exact} ${b.exact}`) ?? 0) + times);
    spellings.set(key, forms);
  };
  for (const text of texts) {
    const tokens = knownWords(text);
    tokens.forEach((t, i) => {
      exact.add(t.exact);
      counts.set(t.folded, (counts.get(t.folded) ?? 0) + 1);
      const next = tokens[i + 1];
      if (next) {
        add(pairs, `${t.folded} ${next.folded}`);
        spell(t, next, 1);
      }
    });
  }
  yield;
  const usual = pairsOf(phrases);
  yield;
  let n = 0;
  for (const pair of new Set([...usual, ...pairsOf(refused)])) {
    if (++n % PART === 0) yield;
    const tokens = knownWords(pair);
    for (const t of tokens) {
      exact.add(t.exact);
      counts.set(t.folded, (counts.get(t.folded) ?? 0) + 1);
    }
    if (tokens.length === 2) {
      const key = `${tokens[0]!.folded} ${tokens[1]!.folded}`;
      pairs.set(key, (pairs.get(key) ?? 0) + USUAL);
      spell(tokens[0]!, tokens[1]!, usual.has(pair) ? USUAL : 0);
    }
  }
  const glued = new Map<string, string[]>();
  for (const pair of pairs.keys()) {
    if (++n % PART === 0) yield;
    const words = pair.split(' ');
    const joined = words.join('');
    if (joined.length >= 5 && /^[a-z]+$/.test(joined) && !counts.has(joined) && !glued.has(joined))
      glued.set(joined, words);
  }
  const near = new Map<string, string[]>();
  for (const word of counts.keys()) {
    if (++n % PART === 0) yield;
    if (word.length < 2 || /\d/.test(word)) continue;
    for (const key of [word, ...deletions(word)]) {
      const list = near.get(key);
      if (list) list.push(word);
      else near.set(key, [word]);
    }
  }
  const pairCount = (a: string | undefined, b: string | undefined) => (a && b ? (pairs.get(`${a} ${b}`) ?? 0) : 0);

  function candidates(word: string): string[] {
    const found = new Set<string>();
    for (const key of [word, ...deletions(word)])
      for (const c of near.get(key) ?? []) if (c !== word && oneSlip(word, c)) found.add(c);
    return [...found];
  }

  return {
    hasExact: (word) => exact.has(word),
    hasFolded: (word) => counts.has(word),
    pair: (a, b) => pairs.has(`${a} ${b}`),
    mend(word, before, after) {
      if (word.length < 2 || /\d/.test(word)) return null;
      const known = counts.has(word);
      if (known && (word.length < 3 || pairCount(before, word) > 0 || pairCount(word, after) > 0)) return null;
      const syllable = isSyllable(word);
      let best: string | null = null;
      let bestScore = 0;
      for (const c of candidates(word)) {
        const left = pairCount(before, c);
        const right = pairCount(c, after);
        // A word that exists is replaced only by one that stands in a frequent pair with its neighbour.
        const need = known ? OFTEN : USUAL;
        if (
          known || syllable ? Math.max(left, right) < need || c[0] !== word[0] : left + right === 0 && word.length < 5
        )
          continue;
        const score =
          Math.log1p(left) +
          Math.log1p(right) +
          0.05 * Math.log1p(counts.get(c)!) +
          (c[0] === word[0] ? 0.3 : 0) +
          (c.length === word.length && sameLetters(c, word) ? 0.7 : 0);
        if (score > bestScore) {
          best = c;
          bestScore = score;
        }
      }
      return best;
    },
    writes: (a, b) => spellings.get(`${a.folded} ${b.folded}`)?.has(`${a.exact} ${b.exact}`) ?? false,
    spelled(first, second) {
      const forms = spellings.get(`${first.folded} ${second.folded}`);
      if (!forms || forms.has(`${first.exact} ${second.exact}`)) return null;
      const [best] = [...forms].sort((a, b) => b[1] - a[1]);
      return best![1] > 0 ? (best![0].split(' ') as [string, string]) : null;
    },
    split(word) {
      const two = glued.get(word);
      if (two) return two;
      for (let at = word.length - 3; at >= 5; at--) {
        const head = glued.get(word.slice(0, at));
        const tail = word.slice(at);
        if (head && (counts.has(tail) || glued.has(tail))) return [...head, ...(glued.get(tail) ?? [tail])];
      }
      return null;
    },
  };
}

/** The words of phrases two by two; a phrase of one word by itself. */
function pairsOf(phrases: Iterable<string>): Set<string> {
  const pairs = new Set<string>();
  for (const phrase of phrases) {
    const words = phrase.split(' ');
    words.forEach((word, i) => {
      if (i > 0) pairs.add(`${words[i - 1]} ${word}`);
      else if (words.length === 1) pairs.add(word);
    });
  }
  return pairs;
}

/** Two letters exchanged is the commonest slip. */
const sameLetters = (a: string, b: string): boolean => [...a].sort().join('') === [...b].sort().join('');

const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

const deletions = (word: string): string[] => Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1));

/** One letter missing, too many, wrong, or two exchanged. */
export function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
