/** What of a message is asked, and what is only told: several questions in one, a part of a subject, a wish. */

import { WORD } from './fold.ts';
import { asTyped } from './normalise.ts';
import type { Token } from './phrases.ts';
import type { Signs } from './signs.ts';
import type { Intent, Reading } from './types.ts';
import type { Cue, Facet } from './words.ts';

/** Before which typed words a comma, a full stop or a new line stands. */
export function breaksIn(text: string): Set<number> {
  const breaks = new Set<number>();
  const typed = asTyped(text);
  let [n, end] = [0, 0];
  for (const word of typed.matchAll(WORD)) {
    if (n > 0 && /[,;.?!\n]/.test(typed.slice(end, word.index))) breaks.add(n);
    end = word.index + word[0].length;
    n++;
  }
  return breaks;
}

/** Questions joined by "và" or a comma: each with the place of the word that asks it. */
export function alsoAsked(tokens: readonly Token[], found: Signs, breaks: ReadonlySet<number>): Intent[] {
  const at = (...cues: Cue[]) => Math.min(...cues.flatMap((cue) => (found.cues.get(cue) ?? []).map((f) => f.from)));
  const asked: [Intent, number][] = [
    ['unit_tasks', firstOf(tokens, found.cues.get('task') ?? [], breaks)],
    ['days_left', at('daysLeft')],
    ['deadline', at('when')],
    ['report_how', at('send')],
  ];
  const placed = asked.filter(([, place]) => Number.isFinite(place)).sort((a, b) => a[1] - b[1]);
  const joined = placed.filter(
    ([, place], i) =>
      i === 0 ||
      tokens
        .slice(placed[i - 1]![1] + 1, place + 1)
        .some((t) => t.folded === 'va' || t.folded === 'cung' || breaks.has(t.typed)),
  );
  return joined.length > 1 ? joined.map(([intent]) => intent) : [];
}

/** "tháng hành động đến hôm nào thì hết": when the plan itself begins or ends, where nothing is to be handed in. */
export function asksPeriod(tokens: readonly Token[], { cues, facets }: Signs): boolean {
  if (cues.has('report') || facets.has('following') || PERIODS.some((f) => facets.has(f))) return false;
  const when = [...(cues.get('when') ?? []), ...(cues.get('daysLeft') ?? [])];
  return when.length > 0 && !when.some((f) => tokens.slice(f.from, f.to).some((t) => DUE.has(t.folded)));
}
const PERIODS: Facet[] = ['campaign', 'peak', 'session', 'nationalDay', 'milestones', 'restOfYear', 'issuedOn'];
/** Words of a due date: "hạn", "chậm nhất", "trước ngày". */
const DUE = new Set(['han', 'cham', 'muon', 'tre', 'truoc', 'kip', 'nhat']);

/** "nhiệm vụ", "việc" themselves: other words for a task also stand in questions about one. */
const firstOf = (
  tokens: readonly Token[],
  task: readonly { from: number; to: number }[],
  breaks: ReadonlySet<number>,
): number =>
  Math.min(
    ...task
      .filter((f) => /^(nhiem vu|viec|cong viec|phan viec|dau viec)/.test(wordsOf(tokens.slice(f.from, f.to))))
      .filter((f) => !toldOf(tokens, f, breaks))
      .map((f) => f.from),
  );

/** "đơn vị tôi mới tiếp nhận nhiệm vụ, …": told before the question, not asked. */
function toldOf(tokens: readonly Token[], { from, to }: { from: number; to: number }, breaks: ReadonlySet<number>) {
  let [start, end] = [from, to];
  while (start > 0 && !breaks.has(tokens[start]!.typed)) start--;
  while (end < tokens.length && !breaks.has(tokens[end]!.typed)) end++;
  const clause = tokens.slice(start, end);
  return clause.some((t) => TOLD.has(t.folded)) && !clause.some((t) => ASKED.has(t.folded));
}
const TOLD = new Set(['moi', 'vua', 'dang', 'da', 'lan']);
const ASKED = new Set(['gi', 'nao', 'sao', 'ai', 'dau', 'may', 'bao', 'hoi', 'khong', 'biet']);

const wordsOf = (tokens: readonly Token[]): string => tokens.map((t) => t.folded).join(' ');

/** Several questions in one message only where the whole was read as one of them. */
export const inOrder = (reading: Reading): Intent[] =>
  reading.also.includes(reading.intent) ? reading.also : [reading.intent];

const PARTICLES = new Set(['nhi', 'a', 'vay', 'the', 'roi', 'nhe', 'ha', 'ta', 'ad', 'em', 'anh', 'chi', 'ban']);
export const endsNotYet = (tokens: readonly Token[]): boolean => endsWith(tokens, 'chua');
export const endsWhether = (tokens: readonly Token[]): boolean => endsWith(tokens, 'khong');

function endsWith(tokens: readonly Token[], word: string): boolean {
  let last = tokens.length - 1;
  while (last > 0 && PARTICLES.has(tokens[last]!.folded)) last--;
  return tokens[last]?.folded === word;
}

/** "nhiệm vụ của sở về methadone", "phường có phải kiểm tra karaoke không": only a part is asked about. */
export function withinSubject(tokens: readonly Token[], subjects: readonly { from: number; to: number }[]): boolean {
  const whether =
    wordsOf(tokens).match(/\bco (phai|duoc|can) /) !== null &&
    endsWhether(tokens) &&
    !tokens.some((t) => ASKING_WHAT.has(t.folded));
  return subjects.some((s) => whether || /^(ve|voi)$/.test(tokens[s.from - 1]?.folded ?? ''));
}
const ASKING_WHAT = new Set(['gi', 'nao']);

/** "Chúc cả tổ một ngày nhiều năng lượng": a wish and no question. */
export const isWish = (tokens: readonly Token[], found: Signs): boolean =>
  tokens
    .slice(0, 3)
    .some((t, i) => t.exact === 'chuc1' || (t.exact === 'chuc' && WISHING.test(tokens[i - 1]?.folded ?? ''))) &&
  !tokens.some((t) => ASKED.has(t.folded)) &&
  [...found.cues.keys()].every((cue) => cue === 'greeting' || cue === 'thanks' || cue === 'task');

/** "tổ chức" without marks is no wish. */
const WISHING = /^$|^(xin|kinh|em|da|toi|minh)$/;
