/** Sets of phrases that are looked for in a message in one pass, longest first. */
import { exactWord, foldWord, isMarked, leftOff, WORD } from './fold.ts';

/** A word of a message after repair; `typed` is the place of the typed word it came from. */
export interface Token {
  folded: string;
  exact: string;
  marked: boolean;
  typed: number;
  /** The last of several typed words that it came from. */
  through?: number;
}

export type Word = Omit<Token, 'typed' | 'through'>;

export function tokenOf(word: string, typed: number): Token {
  return { folded: foldWord(word), exact: exactWord(word), marked: isMarked(word), typed };
}

export const tokensOf = (text: string): Token[] => (text.match(WORD) ?? []).map(tokenOf);

/** Words of the plans and phrases come again and again while an index is made; never used for what people type. */
const seen = new Map<string, readonly Word[]>();
/** The words of a text that is known beforehand; the same word is the same object, wherever it stands. */
export function knownWords(text: string): Word[] {
  const all: Word[] = [];
  for (const chunk of text.split(' ')) {
    let words = seen.get(chunk);
    if (!words) {
      words = (chunk.match(WORD) ?? []).map((word) => {
        const { typed: _, ...known } = tokenOf(word, 0);
        return known;
      });
      seen.set(chunk, words);
    }
    // Nearly always one.
    if (words.length === 1) all.push(words[0]!);
    else all.push(...words);
  }
  return all;
}

/** Writes out alternatives: `hạn (nộp|gửi|)` → `hạn nộp`, `hạn gửi`, `hạn`. Brackets may nest. */
export function expand(pattern: string): string[] {
  const { texts, at } = alternatives(pattern, 0);
  if (at < pattern.length) throw new Error(`Ngoặc không khớp: ${pattern}`);
  return [...new Set(texts.map((t) => t.trim().replace(/\s+/g, ' ')))].filter((t) => t !== '');
}

function alternatives(pattern: string, start: number): { texts: string[]; at: number } {
  const done: string[] = [];
  let open = [''];
  let at = start;
  while (at < pattern.length) {
    const c = pattern[at]!;
    if (c === '(') {
      const inner = alternatives(pattern, at + 1);
      if (pattern[inner.at] !== ')') throw new Error(`Ngoặc không khớp: ${pattern}`);
      open = open.flatMap((o) => inner.texts.map((t) => o + t));
      at = inner.at + 1;
    } else if (c === ')') break;
    else if (c === '|') {
      done.push(...open);
      open = [''];
      at++;
    } else {
      const run = /[^()|]+/y;
      run.lastIndex = at;
      const plain = run.exec(pattern)![0];
      open = open.map((o) => o + plain);
      at += plain.length;
    }
  }
  return { texts: [...done, ...open], at };
}

export interface Found<P> {
  payload: P;
  /** Tokens covered: `from` inclusive, `to` exclusive. */
  from: number;
  to: number;
  /** Every marked word of the phrase was typed with its marks. */
  exact: boolean;
}

/** Tens of thousands of these stand in memory: most have one word after them, or none. */
interface Node<P> {
  word: string | null;
  after: Node<P> | null;
  /** The words after it beyond the first. */
  more: Map<string, Node<P>> | null;
  ends: { payload: P; words: Word[] }[] | null;
}

const newNode = <P>(): Node<P> => ({ word: null, after: null, more: null, ends: null });

const step = <P>(node: Node<P>, word: string): Node<P> | null =>
  node.word === word ? node.after : (node.more?.get(word) ?? null);

function grow<P>(node: Node<P>, word: string): Node<P> {
  const known = step(node, word);
  if (known) return known;
  const made = newNode<P>();
  if (node.word === null) {
    node.word = word;
    node.after = made;
  } else {
    node.more ??= new Map();
    node.more.set(word, made);
  }
  return made;
}

function* wordsUnder<P>(node: Node<P>): Generator<Word[]> {
  for (const { words } of node.ends ?? []) yield words;
  if (node.after) yield* wordsUnder(node.after);
  for (const next of node.more?.values() ?? []) yield* wordsUnder(next);
}

export interface Phrases<P> {
  add(phrase: string, payload: P): void;
  /** Every phrase that starts at a token, shortest first. */
  at(tokens: readonly Word[], from: number): Found<P>[];
  /** Longest phrases from left to right, not overlapping; of the same length, exact ones only if there are any. */
  longest(tokens: readonly Word[]): Found<P>[];
  /** All phrases wherever they stand. */
  all(tokens: readonly Word[]): Found<P>[];
  /** The words that stand in any phrase. */
  words(): Iterable<Word[]>;
}

/** @param names marks may be left off a name, even where other words carry theirs: `Vinh Bảo` */
export function createPhrases<P>({ names = false } = {}): Phrases<P> {
  const root = newNode<P>();

  function at(tokens: readonly Word[], from: number): Found<P>[] {
    const found: Found<P>[] = [];
    let node: Node<P> | null = root;
    for (let to = from; to < tokens.length; ) {
      node = step(node, tokens[to]!.folded);
      if (!node) break;
      to++;
      for (const end of node.ends ?? []) {
        const fit = fits(tokens, from, end.words, names);
        if (fit !== 'no') found.push({ payload: end.payload, from, to, exact: fit === 'exact' });
      }
    }
    return found;
  }

  return {
    add(phrase, payload) {
      const words = knownWords(phrase);
      if (words.length === 0) return;
      let node = root;
      for (const { folded } of words) node = grow(node, folded);
      // A list begun empty would get room for seventeen.
      if (node.ends) node.ends.push({ payload, words });
      else node.ends = [{ payload, words }];
    },
    at,
    longest(tokens) {
      const found: Found<P>[] = [];
      for (let from = 0; from < tokens.length; ) {
        const here = at(tokens, from);
        const to = here.at(-1)?.to;
        if (to === undefined) {
          from++;
          continue;
        }
        const best = here.filter((f) => f.to === to);
        const exact = best.filter((f) => f.exact);
        found.push(...(exact.length > 0 ? exact : best));
        from = to;
      }
      return found;
    },
    all: (tokens) => tokens.flatMap((_, from) => at(tokens, from)),
    words: () => wordsUnder(root),
  };
}

/**
 * Marks that contradict: one or two words must not (`hạn` is not `hàn`); in a longer phrase they count as slips of the
 * keyboard, as long as half of the words agree.
 */
function fits(
  tokens: readonly Word[],
  from: number,
  words: readonly Word[],
  names: boolean,
): 'exact' | 'folded' | 'no' {
  let clashes = 0;
  let agree = 0;
  for (let i = 0; i < words.length; i++) {
    const typed = tokens[from + i]!;
    const word = words[i]!;
    if (typed.exact === word.exact) agree++;
    else if (typed.marked && !(names && leftOff(typed.exact, word.exact))) clashes++;
  }
  if (agree === words.length) return 'exact';
  if (clashes === 0) return 'folded';
  return words.length > 2 && clashes * 2 <= words.length ? 'folded' : 'no';
}
