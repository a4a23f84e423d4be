/** What a message may mean in two ways, or cannot mean at all: it is asked back, and nothing of it is recorded. */
import { isJustWord, sought, type Token } from '../language/tokens.ts';
import type { Num } from './scan.ts';

export interface Doubt {
  kind: 'minus' | 'range' | 'markup';
  /** As typed. */
  words: string;
}

const MINUS = [sought('âm'), sought('trừ')];
const TO = [sought('đến'), sought('tới')];
const DASH = /^[-–—−]$/;
const MARKUP = /<\/?[a-z!][^<>\s]*>?|&[a-z]{2,6};|\{\{|\$\{/i;

/** Tags and the like: whoever sends them did not mean what is between them as it stands. */
export const markupIn = (text: string): Doubt | null => {
  const [words] = MARKUP.exec(text) ?? [];
  return words ? { kind: 'markup', words: words.slice(0, 20) } : null;
};

/** @param counts the numbers that may be figures; `dated` are tokens of a period */
export function doubtIn(tokens: readonly Token[], counts: readonly Num[], dated: ReadonlySet<number>): Doubt | null {
  const figures = counts.filter((n) => !n.none && !dated.has(n.from));
  for (const n of figures) {
    const from = minusBefore(tokens, n.from);
    if (from !== null && !dated.has(from)) return { kind: 'minus', words: snippet(tokens, from, n.to) };
  }
  for (const [i, second] of figures.entries()) {
    const first = figures[i - 1];
    if (first && isRange(tokens, first, second))
      return { kind: 'range', words: snippet(tokens, first.from, second.to) };
  }
  return null;
}

/** `-5`, `âm 5`, `trừ 3`; a dash at the head of each of several lines, or with a space after it, is none. */
function minusBefore(tokens: readonly Token[], i: number): number | null {
  const before = tokens[i - 1];
  if (!before) return null;
  if (before.kind === 'word') return MINUS.some((word) => isJustWord(before, word)) ? i - 1 : null;
  const joined = DASH.test(before.raw) && !tokens[i]!.spaced;
  const [ahead] = [tokens[i - 2]];
  if (!joined || !(before.spaced || ahead?.kind === 'break')) return null;
  return isBullet(tokens, i - 1) ? null : i - 1;
}

const opens = (tokens: readonly Token[], i: number) => i === 0 || tokens[i - 1]!.kind === 'break';
const isBullet = (tokens: readonly Token[], i: number): boolean =>
  opens(tokens, i) && tokens.filter((t, n) => DASH.test(t.raw) && opens(tokens, n)).length > 1;

/** `100-200 người`, `100 đến 200 người`: the first is the smaller, and nothing but the sign stands between. */
function isRange(tokens: readonly Token[], first: Num, second: Num): boolean {
  const sign = tokens[first.to];
  // 15B1-678.90 is a number plate.
  if (tokens[first.from - 1]?.kind === 'word' && !tokens[first.from]!.spaced) return false;
  if (!sign || second.from !== first.to + 1 || first.value >= second.value) return false;
  const dash = DASH.test(sign.raw) && sign.spaced === tokens[second.from]!.spaced;
  return dash || TO.some((word) => isJustWord(sign, word));
}

const snippet = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to + (tokens[to]?.kind === 'word' ? 1 : 0))
    .map((t, i) => (t.spaced && i > 0 ? ` ${t.raw}` : t.raw))
    .join('');

/**
 * `1 200 người` is twelve hundred people: one to three digits, one space, three digits, before a word that is counted.
 * @param counted whether a word is one of the form's
 * @param names whether the words before a place make its number a name ("tháng 6")
 */
export function joinThousands(
  tokens: readonly Token[],
  counted: (word: Token) => boolean,
  names: (end: number) => boolean,
): Token[] {
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const groups = groupsFrom(tokens, i);
    const [last, next, before] = [tokens[i + groups]!, tokens[i + groups + 1], tokens[i - 1]];
    const apart =
      before === undefined || before.kind === 'word' || before.kind === 'break' || /^[,;:.(]$/.test(before.raw);
    const is = groups > 0 && apart && next?.kind === 'word' && next.spaced && counted(next) && !names(i);
    if (!is) {
      joined.push(tokens[i]!);
      continue;
    }
    const raw = tokens
      .slice(i, i + groups + 1)
      .map((t) => t.raw)
      .join('.');
    joined.push({ ...tokens[i]!, raw, folded: raw, end: last.end });
    i += groups;
  }
  return joined;
}

/** How many groups of three digits follow digits that can begin a number. */
function groupsFrom(tokens: readonly Token[], i: number): number {
  if (!/^[1-9]\d{0,2}$/.test(tokens[i]!.raw)) return 0;
  let groups = 0;
  while (
    /^\d{3}$/.test(tokens[i + groups + 1]?.raw ?? '') &&
    tokens[i + groups + 1]!.start === tokens[i + groups]!.end + 1
  )
    groups += 1;
  return groups;
}
