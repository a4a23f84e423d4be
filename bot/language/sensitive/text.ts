/** A message made ready for looking for what must not be kept: in NFC, with a folded copy of the same length. */
import { allOf } from '../all-of.ts';
import { foldWord } from '../fold.ts';
import { type Token, tokensOf } from '../tokens.ts';

export interface Looked {
  /** The message in NFC: places are places in it. */
  text: string;
  /** Lower case without diacritics, letter for letter at the same places. */
  plain: string;
  tokens: Token[];
}

/** @param text in NFC; one that is all in capitals is read in small letters, since its capitals say nothing */
export function look(text: string): Looked {
  const lower = isShouted(text) ? text.toLowerCase() : text;
  const read = lower.length === text.length ? lower : text;
  return { text: read, plain: [...read].map(plainLetter).join(''), tokens: tokensOf(read) };
}

const isShouted = (text: string): boolean =>
  text === text.toUpperCase() && (text.match(/\p{Lu}{2,}/gu)?.length ?? 0) > 3;

/** One letter for one letter, so that places stay: what has no plain form of its own length stays as it is. */
function plainLetter(letter: string): string {
  if (!/\p{L}/u.test(letter)) return letter;
  // The rule for a lone y concerns whole words, not letters.
  const plain = letter.toLowerCase() === 'y' ? 'y' : foldWord(letter);
  return plain.length === letter.length ? plain : letter;
}

/** The sentence around a place: up to a full stop, a semicolon or a line's end. */
export function sentenceAround(text: string, at: number): { start: number; end: number } {
  const ends = /[.;!?](?=\s|$)|\n/g;
  let start = 0;
  for (const match of allOf(ends, text)) {
    if (match.index >= at) return { start, end: match.index };
    start = match.index + 1;
  }
  return { start, end: text.length };
}
