/**
 * How a figure is said, as data: `INSPECT: # PREMISES VIOLATION`.
 * `#` is the number, `0` one that is said to be none; capitals name a list of words; `A:` says that A was spoken of before; `~` marks the weakest way,
 * `-` one that gives way to any other of its field.
 */
import { isWord, type Sought, sought, type Token, tokensOf } from '../language/tokens.ts';

export interface Pattern {
  /** The list of words spoken of before, anywhere in the sentence; null when it does not matter. */
  topic: string | null;
  before: string[];
  after: string[];
  weak: boolean;
  /** `-`: counts only where its field has no other figure. */
  yields: boolean;
  /** Only for what is said to be none: `INSPECT: 0 DETECT`. */
  none: boolean;
}

/** Finds the lists of words of a form in one message. */
export interface Found {
  /** Tokens that a word of the list takes at a place; 0 when none stands there. */
  lengthAt(list: string, at: number): number;
  /** The same for words that end before a place. */
  lengthBefore(list: string, end: number): number;
}

/** The lists of words of a form, made ready once. */
export type Lexicon = (tokens: readonly Token[]) => Found;

export function patternFrom(text: string): Pattern {
  const parts = /^[~-]?\s*(?:([A-Z]+):\s*)?([^#0]*)([#0])(.*)$/u.exec(text);
  if (!parts) throw new Error(`pattern without # or 0: ${text}`);
  return {
    topic: parts[1] ?? null,
    before: elements(parts[2]!),
    after: elements(parts[4]!),
    weak: text.startsWith('~'),
    yields: text.startsWith('-'),
    none: parts[3] === '0',
  };
}

/** Names of lists one by one; lower-case words that stand together are one element. */
const elements = (text: string): string[] => text.match(/[A-Z]{2,}|[^A-Z\s][^A-Z]*/gu)?.map((e) => e.trim()) ?? [];

export const isListName = (element: string): boolean => /^[A-Z]{2,}$/.test(element);

/** Names of all lists that a pattern uses. */
export const listsOf = (pattern: Pattern): string[] =>
  [...(pattern.topic ? [pattern.topic] : []), ...pattern.before, ...pattern.after].filter(isListName);

type Phrase = (Sought | string)[];

const phrase = (words: string): Phrase => tokensOf(words).map((t) => (t.kind === 'word' ? sought(t.raw) : t.raw));

export function lexiconOf(words: Record<string, string[]>): Lexicon {
  const lists = new Map<string, Map<string, Phrase[]>>();
  const phrasesOf = (list: string): string[] =>
    (words[list] ?? []).flatMap((word) => (isListName(word) && words[word] ? phrasesOf(word) : [word]));
  const add = (list: string, phrases: string[]) => {
    const byFirst = new Map<string, Phrase[]>();
    for (const p of phrases.map(phrase)) {
      const first = keyOf(p[0]!);
      byFirst.set(first, [...(byFirst.get(first) ?? []), p]);
    }
    for (const among of byFirst.values()) among.sort((a, b) => b.length - a.length);
    lists.set(list, byFirst);
  };
  for (const list of Object.keys(words)) add(list, phrasesOf(list));

  const longest = (list: string, tokens: readonly Token[], at: number): Phrase | undefined => {
    const token = tokens[at];
    if (!token) return undefined;
    if (!lists.has(list)) add(list, [list]);
    const among = lists.get(list)!.get(token.folded);
    return among?.find((p) => stands(p, tokens, at));
  };
  const names = Object.keys(words);
  return (tokens) => {
    const whole = tokens.map((_, at) =>
      names.reduce<Phrase | undefined>((best, list) => {
        const phrase = longest(list, tokens, at);
        return phrase && phrase.length > (best?.length ?? 0) ? phrase : best;
      }, undefined),
    );
    const inside = insides(tokens, (at) => whole[at]?.length ?? 0);
    const lengthAt = (list: string, at: number): number => {
      const phrase = longest(list, tokens, at);
      return phrase?.length === 1 && (inside[at] || isAnother(phrase[0]!, whole[at]!)) ? 0 : (phrase?.length ?? 0);
    };
    return {
      lengthAt,
      lengthBefore(list, end) {
        for (let length = Math.min(6, end); length > 0; length -= 1)
          if (lengthAt(list, end - length) === length) return length;
        return 0;
      },
    };
  };
}

/** The `to` of `to dan pho` is no tờ: a longer phrase begins with another word of the same letters. */
const isAnother = (word: Phrase[number], longer: Phrase | undefined): boolean => {
  const first = longer?.[0];
  return (
    (longer?.length ?? 0) > 1 && typeof first !== 'string' && typeof word !== 'string' && first!.exact !== word.exact
  );
};

/** Tokens within a longer phrase, where a single word says nothing by itself: the `nghiện` of `cai nghiện`. */
function insides(tokens: readonly Token[], lengthAt: (at: number) => number): boolean[] {
  let until = 0;
  return tokens.map((_, at) => {
    if (at < until) return true;
    until = at + lengthAt(at);
    return false;
  });
}

const keyOf = (part: Sought | string) => (typeof part === 'string' ? part : part.folded);

/** A phrase of several words is recognised with a slip in its diacritics; a single word is not. */
function stands(words: Phrase, tokens: readonly Token[], at: number): boolean {
  return words.every((part, i) => {
    const token = tokens[at + i];
    if (!token) return false;
    if (typeof part === 'string') return token.raw === part;
    return words.length > 1 ? token.kind === 'word' && token.folded === part.folded : isWord(token, part);
  });
}
