/**
 * Cuts a long text where a reader would: after a paragraph, a line, a sentence, a word; where there is none of these,
 * between two letters as people count them, so that neither a surrogate pair nor a letter and its marks are torn
 * (text may be NFC or NFD). Lengths are UTF-16 units. Only white space at a cut is lost.
 */

const letters = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/** Ends of stretches, best first. */
const ENDS = [/\n\s*\n/gu, /\n/gu, /[.!?…;:]["”’»)\]]*\s+/gu, /\s+/gu];

/** A good end is not worth a nearly empty piece: it must lie in the second half of the room. */
const LEAST_FILLED = 0.5;

/** White space at either end, except a space that carries a combining mark. */
export const trim = (text: string): string => text.trimEnd().replace(/^\s+(?!\p{M})/u, '');

/** @returns pieces of at most `max` units, in order; none for a text without content */
export function split(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = trim(text);
  while (rest.length > max) {
    const at = cutAt(rest, max);
    const piece = trim(rest.slice(0, at));
    if (piece) pieces.push(piece);
    rest = trim(rest.slice(at));
  }
  return rest ? [...pieces, rest] : pieces;
}

function cutAt(text: string, max: number): number {
  const places = ENDS.map((end) => lastPlace(text, end, max));
  return places.find((at) => at >= max * LEAST_FILLED) ?? (places.at(-1) || letterEnd(text, max));
}

/** Where the text may be cut last after such an end; 0 where it may not. */
function lastPlace(text: string, end: RegExp, max: number): number {
  // White space at the end of a piece is trimmed, so an end may lie just behind the room.
  const fits = (m: RegExpExecArray) => m.index + m[0].trimEnd().length <= max;
  const last = [...text.slice(0, max + 2).matchAll(end)]
    .filter(fits)
    .map((m) => m.index + m[0].length)
    .findLast((at) => betweenLetters(text, at));
  return last ?? 0;
}

const betweenLetters = (text: string, at: number): boolean =>
  at >= text.length || letters.segment(text).containing(at)!.index === at;

/** The last place up to `max` between two letters; inside a letter of more than `max` units, between its code points. */
function letterEnd(text: string, max: number): number {
  const at = letters.segment(text).containing(max)!.index;
  if (at > 0) return at;
  return max > 1 && /[\uDC00-\uDFFF]/.test(text[max]!) && /[\uD800-\uDBFF]/.test(text[max - 1]!) ? max - 1 : max;
}
