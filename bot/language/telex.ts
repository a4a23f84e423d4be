/**
 * Repairs what an input method left undecoded: Telex (`nhieemj vuj`) and VNI (`ba1o ca1o`).
 * A token is only touched when it is no Vietnamese syllable as typed and becomes one after decoding.
 */
import { foldWord } from './fold.ts';
import { isMarkedSyllable, isSyllable } from './syllable.ts';

const TELEX_TONES: Record<string, number> = { s: 1, f: 2, r: 3, x: 4, j: 5 };
const TONE_MARKS = ['', '\u0301', '\u0300', '\u0309', '\u0303', '\u0323'];
const CIRCUMFLEX: Record<string, string> = { a: 'â', e: 'ê', o: 'ô' };
const HORN: Record<string, string> = { o: 'ơ', u: 'ư' };
const VOWEL = /[aăâeêioôơuưy]/;

/** The word that Telex keys spell, composed; null when they spell none or no key was used. */
export function decodeTelex(token: string): string | null {
  const typed = token.toLowerCase().normalize('NFC');
  if (!/^[a-zăâđêôơư]{2,9}$/.test(typed)) return null;
  const letters: string[] = [];
  let tone = 0;
  let keys = 0;
  for (const key of typed) {
    const seenVowel = letters.some((c) => VOWEL.test(c));
    if (key in TELEX_TONES && seenVowel) {
      tone = TELEX_TONES[key]!;
      keys++;
    } else if (key === 'z' && seenVowel) {
      return null;
    } else if (key === 'w') {
      if (!addHorn(letters)) letters.push('ư');
      keys++;
    } else if (key === 'd' && letters[0] === 'd') {
      letters[0] = 'đ';
      keys++;
    } else if (
      key in CIRCUMFLEX &&
      letters.includes(key) &&
      !(key === 'o' && letters.at(-1) !== 'o' && letters.includes('ư'))
    ) {
      letters[letters.lastIndexOf(key)] = CIRCUMFLEX[key]!;
      keys++;
    } else letters.push(key);
  }
  return keys > 0 ? compose(letters, tone) : null;
}

/** The word that VNI digits spell, composed; null when they spell none. */
export function decodeVni(token: string): string | null {
  const typed = token.toLowerCase().normalize('NFC');
  if (!/^[a-zăâđêôơư]+\d[a-zăâđêôơư\d]*$/.test(typed) || typed.length > 11) return null;
  const letters: string[] = [];
  let tone = 0;
  for (const key of typed) {
    if (key >= '1' && key <= '5') {
      if (!letters.some((c) => VOWEL.test(c)) || tone) return null;
      tone = Number(key);
    } else if (key === '6') {
      const at = letters.findLastIndex((c) => c in CIRCUMFLEX);
      if (at < 0) return null;
      letters[at] = CIRCUMFLEX[letters[at]!]!;
    } else if (key === '7') {
      if (!addHorn(letters, false)) return null;
    } else if (key === '8') {
      const at = letters.lastIndexOf('a');
      if (at < 0) return null;
      letters[at] = 'ă';
    } else if (key === '9') {
      if (letters[0] !== 'd') return null;
      letters[0] = 'đ';
    } else if (key === '0') return null;
    else letters.push(key);
  }
  return compose(letters, tone);
}

/** `uo` → `ươ`, else the last of u, o (and a → ă with Telex) gets its mark. */
function addHorn(letters: string[], breve = true): boolean {
  const last = letters.findLastIndex((c) => c === 'o' || c === 'u' || (breve && c === 'a'));
  if (last < 0) return false;
  const at = letters[last] === 'a' && letters[last - 1] === 'u' && letters[last - 2] !== 'q' ? last - 1 : last;
  if (letters[at] === 'o' && letters[at - 1] === 'u' && letters[at - 2] !== 'q') letters[at - 1] = 'ư';
  letters[at] = letters[at] === 'a' ? 'ă' : HORN[letters[at]!]!;
  return true;
}

function compose(letters: string[], tone: number): string | null {
  const word = letters.join('');
  if (!isMarkedSyllable(word, tone)) return null;
  if (!tone) return word;
  const at = toneAt(letters);
  return letters
    .map((c, i) => (i === at ? c + TONE_MARKS[tone] : c))
    .join('')
    .normalize('NFC');
}

function toneAt(letters: string[]): number {
  const marked = letters.findLastIndex((c) => /[ăâêôơư]/.test(c));
  if (marked >= 0) return marked;
  const vowels = letters.map((c, i) => (VOWEL.test(c) ? i : -1)).filter((i) => i >= 0);
  const glide = /^(qu|gi)/.test(letters.join('')) && vowels.length > 1 ? vowels.slice(1) : vowels;
  const closed = (vowels.at(-1) ?? 0) < letters.length - 1;
  return (closed ? glide.at(-1) : glide.length > 1 ? glide.at(-2) : glide[0]) ?? 0;
}

/** @param known whether a folded word belongs to what the bot talks about; decides tokens that are ambiguous */
export function repairToken(token: string, known: (composed: string) => boolean): string | null {
  if (/\d/.test(token)) {
    const vni = decodeVni(token);
    return vni && known(vni) ? vni : null;
  }
  // `oong` is a rime of two loan words only; typed, it is `ông` undecoded.
  const plain = isSyllable(foldWord(token)) && !/^(?!xoong|soong).*oong$/i.test(token);
  if (plain && !/[wjfz]/.test(token.toLowerCase())) return null;
  const telex = decodeTelex(token);
  return telex && known(telex) ? telex : null;
}
