/**
 * Two ways to compare Vietnamese words whatever way they were typed.
 * `folded` has no diacritics at all; `exact` keeps letters and tone but not where the tone mark is put,
 * so hoà = hòa and lí = lý, in NFC and NFD alike.
 */
const TONES: Record<string, string> = { '\u0301': '1', '\u0300': '2', '\u0309': '3', '\u0303': '4', '\u0323': '5' };
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
const MARK = /[\u0300-\u036f]/g;

/** A lone `y` after a consonant is written `i` as well: kỹ/kĩ, lý/lí; and `quy`/`qui`. */
const LONE_Y = /^([bcdghklmnprstvx]|[ct]h|kh|ph|qu|tr|đ)y$/;

/** Most words are typed without marks; they need none of what follows. */
function isPlain(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) return false;
  return true;
}

/** The same few thousand words come again and again; the unusual ones are forgotten with the rest when there are too many. */
const MOST_KNOWN = 4_000;
function remembering(work: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    let answer = known.get(word);
    if (answer !== undefined) return answer;
    answer = work(word);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(word, answer);
    return answer;
  };
}

/** One word, lower case: `Nghị` → `nghi`. */
export const foldWord = remembering((word) => {
  if (isPlain(word)) return word.toLowerCase().replace(LONE_Y, '$1i');
  const plain = word.normalize('NFD').replace(MARK, '').toLowerCase().replaceAll('đ', 'd');
  return plain.replace(LONE_Y, '$1i');
});

/** One word as typed, independent of tone placement: `Hoà` and `hòa` → `hoa2`; words without a tone end without a digit. */
export const exactWord = remembering((word) => {
  if (isPlain(word)) return word.toLowerCase().replace(LONE_Y, '$1i');
  const nfd = word.toLowerCase().normalize('NFD');
  const tone = nfd.match(TONE)?.[0];
  const letters = nfd.replace(TONE, '').normalize('NFC').replace(LONE_Y, '$1i');
  return letters + (tone ? TONES[tone] : '');
});

/** Whether the word carries any Vietnamese mark; without one it may stand for any word that folds to it. */
export const isMarked = (word: string): boolean => !isPlain(word) && /đ|\p{M}/iu.test(word.normalize('NFD'));

/** Runs of letters and digits; `&` joins abbreviations (NN&MT), marks stay with their letter. */
export const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** A whole text for comparing: `Nhiệm vụ, của Đơn vị` → `nhiem vu cua don vi`. */
export const fold = (text: string): string => (text.match(WORD) ?? []).map(foldWord).join(' ');

/** Whether an exact word is another with some of its marks left off: `dong` or `dông` for `đông5`. */
export function leftOff(typed: string, full: string): boolean {
  if (typed === full) return true;
  const [letters, tone] = apart(typed);
  const [fullLetters, fullTone] = apart(full);
  if (tone !== '' && tone !== fullTone) return false;
  return (
    letters.length === fullLetters.length &&
    Array.from(letters).every((c, i) => c === fullLetters[i] || c === foldWord(fullLetters[i]!))
  );
}

const apart = (exact: string): [letters: string, tone: string] =>
  /[1-5]$/.test(exact) ? [exact.slice(0, -1), exact.slice(-1)] : [exact, ''];
