/** Undoes what a keyboard left of Telex or VNI (`kie63m tra`), word by word, by the words that a form knows. */
import { exactWord } from '../language/fold.ts';
import { repairToken } from '../language/telex.ts';

const PIECE = /[\p{L}\p{M}\d]+/gu;
/** So many repaired words say that the whole message was typed with the keyboard off. */
const MANY = 3;

/** @param known exact forms (see `exactWord`) of the words that figures are told in */
export function repairText(text: string, known: ReadonlySet<string>): string {
  const typed = text.normalize('NFC');
  const by = (isKnown: (word: string) => boolean) => (piece: string) =>
    /^\d/.test(piece) ? piece : (repairToken(piece, isKnown) ?? piece);
  const sure = by((word) => known.has(exactWord(word)));
  const repaired = (typed.match(PIECE) ?? []).filter((piece) => sure(piece) !== piece).length;
  if (repaired === 0) return typed;
  return typed.replace(PIECE, repaired >= MANY ? by(() => true) : sure);
}
