/** From what was typed to words: Telex and VNI residue, abbreviations, words run together, typing errors. */
import { exactWord, foldWord, isMarked, leftOff, WORD } from './fold.ts';
import { readable } from './legacy.ts';
import type { Lexicon } from './lexicon.ts';
import { type Token, tokenOf, tokensOf } from './phrases.ts';
import { isSyllable } from './syllable.ts';
import { repairToken } from './telex.ts';
import type { UnitFinder } from './units.ts';
import type { Abbreviation } from './words.ts';

/** The message as it is cut into words. */
export const asTyped = (text: string): string => readable(text.normalize('NFC')).replaceAll('%', ' phần trăm ');

/** The words as typed; `typed` of a token counts them. */
export const wordsTyped = (text: string): string[] => asTyped(text).match(WORD) ?? [];

interface Short {
  typed: string[];
  /** The same with their marks. */
  exact: string[];
  /** `kh#`: letters before a number. */
  stem: string | null;
  means: string;
  before: Set<string> | null;
  after: Set<string> | null;
  rank: number;
}

export type Normalise = (text: string) => Token[];

/**
 * @param units their names are never mended: a near miss is asked back
 * @param fixed words so common that they are never mistaken for another
 */
export function createNormalise(
  abbreviations: readonly Abbreviation[],
  lexicon: Lexicon,
  units: Pick<UnitFinder, 'inName' | 'named' | 'spans' | 'writes'>,
  fixed: (folded: string) => boolean,
): Normalise {
  const shorts = compile(abbreviations);
  const known = (composed: string) => lexicon.hasExact(exactWord(composed)) || units.writes(exactWord(composed));

  return (text) => {
    const typed = wordsTyped(text);
    const words = typed.map((w) => repair(w, lexicon, units.inName, shorts, known));
    const tokens: Token[] = [];
    const folded = words.map(foldWord);
    const named = units.named(words.map(tokenOf));
    for (let i = 0; i < words.length; ) {
      const short = named[i] ? null : shortAt(shorts, folded, words, i);
      if (short) {
        const { means, length } = short;
        const through = length > 1 ? { through: i + length - 1 } : {};
        tokens.push(...tokensOf(means).map((t) => ({ ...t, typed: i, ...through })));
        i += length;
        continue;
      }
      const word = words[i]!;
      const parts = isSyllable(folded[i]!) || units.inName(folded[i]!) ? null : lexicon.split(folded[i]!);
      if (parts) tokens.push(...parts.map((p) => tokenOf(p, i)));
      else tokens.push(tokenOf(word, i));
      i++;
    }
    const marked = words.filter(isMarked).length * 2 > words.length;
    const mended = mend(
      tokens,
      lexicon,
      units.spans(tokens),
      (t, stands) => fixed(t.folded) || (marked && stands && isSyllable(t.folded)),
    );
    return marked ? meant(mended, lexicon, units.named(mended)) : mended;
  };
}

function repair(
  word: string,
  lexicon: Lexicon,
  names: (folded: string) => boolean,
  shorts: Map<string, Short[]>,
  known: (composed: string) => boolean,
): string {
  const folded = foldWord(word);
  if (shorts.has(folded) || (!/\d/.test(word) && names(folded))) return word;
  if (!isMarked(word) && lexicon.hasFolded(folded) && isSyllable(folded)) return word;
  return repairToken(word, known) ?? word;
}

function compile(abbreviations: readonly Abbreviation[]): Map<string, Short[]> {
  const shorts = new Map<string, Short[]>();
  const set = (words?: string[]) =>
    words ? new Set(words.map((w) => (w === '#' ? '#' : w.split(' ').map(foldWord).join(' ')))) : null;
  abbreviations.forEach((a, rank) => {
    for (const form of a.typed) {
      const numbered = form.endsWith('#');
      const typed = (form.match(WORD) ?? []).map(foldWord);
      const first = typed[0];
      if (!first) continue;
      const short: Short = {
        typed,
        exact: (form.match(WORD) ?? []).map(exactWord),
        stem: numbered ? first : null,
        means: a.means,
        before: set(a.before),
        after: set(a.after),
        rank,
      };
      const list = shorts.get(first);
      if (list) list.push(short);
      else shorts.set(first, [short]);
    }
  });
  for (const list of shorts.values()) list.sort((a, b) => b.typed.length - a.typed.length || a.rank - b.rank);
  return shorts;
}

function shortAt(
  shorts: Map<string, Short[]>,
  words: readonly string[],
  raw: readonly string[],
  at: number,
): { means: string; length: number } | null {
  const word = words[at]!;
  const numbered = /^([a-z]+)(\d+)$/.exec(word);
  if (numbered) {
    const short = shorts.get(numbered[1]!)?.find((s) => s.stem !== null && around(s, words, at, 1));
    if (short) return { means: short.means.replace('#', numbered[2]!), length: 1 };
  }
  const list = shorts.get(word);
  const short = list?.find(
    (s) =>
      s.stem === null &&
      s.typed.every((w, k) => words[at + k] === w && !otherWord(raw[at + k]!, s.exact[k]!)) &&
      around(s, words, at, s.typed.length),
  );
  return short ? { means: short.means, length: short.typed.length } : null;
}

/** Typed with its marks, `nhà` is no `nha`. */
const otherWord = (typed: string, form: string): boolean =>
  isMarked(typed) && isSyllable(foldWord(typed)) && exactWord(typed) !== form;

function around({ before, after }: Short, words: readonly string[], at: number, length: number): boolean {
  const next = words[at + length];
  if (before && !(next !== undefined && (before.has(next) || (before.has('#') && /^\d/.test(next))))) return false;
  if (after) {
    const previous = words[at - 1];
    if (previous === undefined) return false;
    return after.has(previous) || after.has(`${words[at - 2] ?? ''} ${previous}`);
  }
  return true;
}

/**
 * Where most words carry marks, one without marks is meant without: `bao` is not `bão`; unless its neighbour shows
 * that marks were left off: `báo cao` is `báo cáo`.
 */
function meant(tokens: Token[], lexicon: Lexicon, names: readonly boolean[]): Token[] {
  const told = tokens.map((t) => ({ ...t, marked: true }));
  const settled = told.map((t, i) => {
    const [before, after] = [told[i - 1], told[i + 1]];
    return (before !== undefined && lexicon.writes(before, t)) || (after !== undefined && lexicon.writes(t, after));
  });
  for (let i = 0; i + 1 < told.length; i++) {
    const [a, b] = [told[i]!, told[i + 1]!];
    const spelled = (settled[i] && settled[i + 1]) || names[i] || names[i + 1] ? null : lexicon.spelled(a, b);
    if (!spelled) continue;
    const [first, second] = spelled;
    if (settled[i] ? a.exact !== first : !leftOff(a.exact, first)) continue;
    if (settled[i + 1] ? b.exact !== second : !leftOff(b.exact, second)) continue;
    told[i] = { ...a, exact: first };
    told[i + 1] = { ...b, exact: second };
  }
  return told;
}

/** @param fixed by the word, and by whether it stands with a neighbour in a known text, marks and all */
function mend(
  tokens: Token[],
  lexicon: Lexicon,
  names: readonly boolean[],
  fixed: (t: Token, stands: boolean) => boolean,
): Token[] {
  return tokens.map((t, i) => {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const stands =
      (before !== undefined && lexicon.writes(before, t)) || (after !== undefined && lexicon.writes(t, after));
    if (names[i] || fixed(t, stands)) return t;
    const meant = lexicon.mend(t.folded, tokens[i - 1]?.folded, tokens[i + 1]?.folded);
    return meant ? tokenOf(meant, t.typed) : t;
  });
}
