/** Undoes what a keyboard left of Telex or VNI (`kie63m tra`) and slips of the marks (`bưổi`), word by word, by the words that a form knows. */
import { exactWord, foldWord, isMarked, leftOff } from '../language/fold.ts';
import { isTypedSyllable } from '../language/syllable.ts';
import { repairToken } from '../language/telex.ts';

const PIECE = /[\p{L}\p{M}\d]+/gu;
/** So many repaired words say that the whole message was typed with the keyboard off. */
const MANY = 3;

/** The words that figures are told in: their exact forms (see `exactWord`), and their spellings by what they fold to. */
export interface Vocabulary {
  exact: ReadonlySet<string>;
  spelt: ReadonlyMap<string, readonly string[]>;
}

export function repairText(text: string, vocabulary: Vocabulary): string {
  const known = vocabulary.exact;
  const typed = text
    .normalize('NFC')
    .replace(
      PIECE,
      (piece, at: number, all: string) => mistyped(piece, vocabulary, /\d\s*$/.test(all.slice(0, at))) ?? piece,
    );
  const by = (isKnown: (word: string) => boolean) => (piece: string) => {
    // "2to72 ro7i": the number stays as it is.
    const [, number, word] = /^(\d*)(.*)$/.exec(piece)!;
    if (number !== '' && !/^\p{L}{2}/u.test(word!.replace(/^d9/, 'đđ'))) return piece;
    return number + (shortened(word!, known) ?? repairToken(word!, number === '' ? isKnown : isSure) ?? word!);
  };
  const isSure = (word: string) => known.has(exactWord(word));
  const sure = by(isSure);
  const repaired = (typed.match(PIECE) ?? []).filter((piece) => sure(piece) !== piece).length;
  if (repaired === 0) return typed;
  return typed.replace(PIECE, repaired >= MANY ? by(() => true) : sure);
}

/** `d9t`, `ddvtn`: abbreviations that begin with đ. */
function shortened(piece: string, known: ReadonlySet<string>): string | null {
  const word = /^(?:d9|dd)[b-df-hj-np-tv-z]+$/i.test(piece) ? `đ${piece.slice(2)}` : null;
  return word && known.has(exactWord(word)) ? word : null;
}

/**
 * `bưổi`, `lượtt`: no word as it stands, with the letters of a single one that a form knows; after a number also
 * `lươt`, `buôi`, which lack some of their marks and might be words anywhere else.
 */
function mistyped(piece: string, { exact, spelt }: Vocabulary, counted: boolean): string | null {
  if (!isMarked(piece) || exact.has(exactWord(piece))) return null;
  const once = piece.replace(/(\p{L})\1+/giu, '$1');
  if (once !== piece && exact.has(exactWord(once))) return once;
  const noun = counted && piece.length > 3 && /^\p{Ll}/u.test(piece);
  const meant = (spelt.get(foldWord(piece)) ?? []).filter(
    (word) => !isTypedSyllable(exactWord(piece)) || (noun && leftOff(exactWord(piece), exactWord(word))),
  );
  return meant.length === 1 ? meant[0]! : null;
}
