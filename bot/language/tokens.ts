/** A typed message cut into words, digits and marks, each with its place, ready to be compared with or without diacritics. */
import { exactWord, foldWord, isMarked, WORD } from './fold.ts';

export interface Token {
  kind: 'word' | 'digits' | 'mark' | 'break';
  /** As typed, in NFC. */
  raw: string;
  folded: string;
  start: number;
  end: number;
  /** White space (or the start of the text) stands before it. */
  spaced: boolean;
  /** The message is written with diacritics, so a word without any is probably meant so. */
  accented: boolean;
}

/** `1.200` and `1,5` are one token of digits; a letter next to a digit begins a new one (`8b`, `9A`). */
const PIECE = /\d+(?:[.,]\d+)*|[\p{L}\p{M}]+|\r?\n|[^\s]/gu;

/** Places are those of the text in NFC. */
export function tokensOf(text: string): Token[] {
  const nfc = text.normalize('NFC');
  const accented = isAccented(nfc);
  return [...nfc.matchAll(PIECE)].map((match) => {
    const raw = match[0];
    const start = match.index;
    const kind = /^\d/.test(raw) ? 'digits' : raw.includes('\n') ? 'break' : /^\p{L}/u.test(raw) ? 'word' : 'mark';
    return {
      kind,
      raw,
      folded: kind === 'word' ? foldWord(raw) : raw,
      start,
      end: start + raw.length,
      spaced: start === 0 || /\s/.test(nfc[start - 1]!),
      accented,
    };
  });
}

/** At least a third of the words carry a mark, as in any Vietnamese text typed with them. */
function isAccented(text: string): boolean {
  const words = text.match(WORD)?.filter((word) => !/\d/.test(word)) ?? [];
  return words.filter(isMarked).length * 3 >= words.length && words.length > 0;
}

/** A word to look for: typed with diacritics it must be this word, typed without it may be. */
export interface Sought {
  exact: string;
  folded: string;
}

export const sought = (word: string): Sought => ({ exact: exactWord(word), folded: foldWord(word) });

export function isWord(token: Token | undefined, word: Sought): boolean {
  if (token?.kind !== 'word' || token.folded !== word.folded) return false;
  return !isMarked(token.raw) || exactWord(token.raw) === word.exact;
}

/** Stricter: in a message with diacritics `tang` is not `tầng`. */
export function isJustWord(token: Token | undefined, word: Sought): boolean {
  return isWord(token, word) && (!token!.accented || exactWord(token!.raw) === word.exact);
}
