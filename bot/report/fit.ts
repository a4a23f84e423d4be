/** Which field a number belongs to: the way of saying it that fits best, the numbers taken from right to left. */
import { isWord, sought, type Token } from '../language/tokens.ts';
import type { FormLanguage } from './form-language.ts';
import type { Pattern } from './pattern.ts';
import { isTarget, type Num, type Scan } from './scan.ts';
import type { Field } from './types.ts';

export interface Fit {
  num: Num;
  /** Null: the number counts something that the form does not ask for. */
  field: Field | null;
  weak: boolean;
  /** Counts only where its field has no other figure. */
  yields: boolean;
  score: number;
  /** Tokens that the words of the pattern stand on. */
  used: number[];
}

const words = (text: string) => text.split(' ').map(sought);
/** May stand between a number and the first thing it counts. */
const SMALL = words('các cái chiếc bộ tấm bản đồng chí em cháu bạn vị nhóm loại chủ tổng số mới đều');
/** May stand between a name and its number. */
const LINKS = words(
  'là được có khoảng hơn gần trên tổng số lượng khoảng cộng gồm cả tất đã phát treo dán hiện tới đến bằng ước đạt chừng tầm độ thêm mới đưa các cùng ký số đối ra ra thành còn lại trong kỳ tuần thì trực tiếp',
);
/** Lead from a deed to those it was for, where they are named: "ký cam kết với 150 hộ". */
const FOR = words('với cho tới');
const WITH = words('với gồm');
const [ON, TOTAL] = [sought('trên'), sought('tổng')];
const isOneOf = (token: Token | undefined, among: ReturnType<typeof words>) =>
  among.some((word) => isWord(token, word));

/** Numbers of a message with the field of each; a number that fits nothing is left out. */
export function fitAll(scan: Scan, language: FormLanguage): Fit[] {
  const fits: Fit[] = [];
  const later: Later = { at: new Map(), using: new Map() };
  for (const num of [...scan.numbers].reverse()) {
    const alone = best(scan, language, num, later, false);
    // Only what fits nowhere else shares the words of the enumeration that it begins.
    const begins = (!alone || alone.weak) && fits.length > 0;
    const fit = (begins ? best(scan, language, num, later, true) : null) ?? alone;
    if (!fit) continue;
    fits.push(fit);
    later.at.set(num.from, fit);
    for (const i of fit.used) later.using.set(i, [...(later.using.get(i) ?? []), fit]);
  }
  return withoutTargets(scan, enumerated(scan, fits.reverse()));
}

/** `thôn A 60, thôn B 75, thôn C 55 người`, `khối 6: 120, khối 7: 130`: what one of them counts, all do, each after its own name. */
function enumerated({ tokens, numbers }: Scan, fits: Fit[]): Fit[] {
  const all = [...fits];
  const fitted = new Map(fits.map((fit) => [fit.num.from, fit]));
  const share = (num: Num | undefined, other: Num | undefined, apart: boolean) => {
    const fit = num && other && apart ? fitted.get(other.from) : undefined;
    if (!num || !fit?.field || num.none || num.money || fit.num.none) return;
    const known = fitted.get(num.from);
    // What only gave way to the same figure counts beside it.
    if (known && !(known.yields && known.field?.id === fit.field.id && !fit.yields)) return;
    const same = { ...fit, num, used: [] };
    fitted.set(num.from, same);
    if (known) all.splice(all.indexOf(known), 1, same);
    else all.push(same);
  };
  const inRow = numbers.map((num, i) => {
    const next = numbers[i + 1];
    const [own, its] = [labelOf(tokens, num.from), next && labelOf(tokens, next.from)];
    // "100 học sinh + 100 phụ huynh"
    if (next && tokens[next.from - 1]?.raw === '+' && next.from - num.to <= 4) return true;
    const comma = [num.to, num.to + 1].find((n) => tokens[n]?.raw === ',');
    return !!own && !!its && own.head === its.head && comma !== undefined && its.from === comma + 1;
  });
  for (let i = numbers.length - 2; i >= 0; i -= 1) share(numbers[i], numbers[i + 1], inRow[i]!);
  for (let i = 1; i < numbers.length; i += 1) share(numbers[i], numbers[i - 1], inRow[i - 1]!);
  return all.sort((a, b) => a.num.from - b.num.from);
}

/** Of "thôn A 60", "khối 6: 120" where the name begins, and its first word. */
function labelOf(tokens: readonly Token[], at: number): { from: number; head: string } | null {
  const name = tokens[at - 1]?.raw === ':' ? at - 2 : at - 1;
  const [head, own] = [tokens[name - 1], tokens[name]];
  if (head?.kind !== 'word' || !own || !/^(?:word|digits)$/.test(own.kind)) return null;
  // A number by itself needs its colon: "tổ 3 5 người" is none.
  return own.kind === 'word' || name === at - 2 ? { from: name - 1, head: head.folded } : null;
}

/** Fits of the numbers that follow: by the token where the number begins, and by the tokens of their words. */
interface Later {
  at: Map<number, Fit>;
  using: Map<number, Fit[]>;
}

/** Of `350/400 học sinh` the first counts; of `vi phạm 2/12 cơ sở` both do, each for its own field. */
function withoutTargets(scan: Scan, fits: Fit[]): Fit[] {
  let kept = fits;
  for (const [i, second] of scan.numbers.entries()) {
    const first = scan.numbers[i - 1];
    if (!first || !isTarget(scan.tokens, first, second)) continue;
    const [a, b] = [fits.find((f) => f.num === first), fits.find((f) => f.num === second)];
    if (!b?.field || (a?.field && !a.weak && a.field.id !== b.field.id)) continue;
    kept = kept.filter((f) => f !== a).map((f) => (f === b ? { ...b, num: first } : f));
  }
  return kept;
}

/** @param later fits of the numbers that follow: their words are taken, but for those of an enumeration of the same field */
function best(scan: Scan, language: FormLanguage, num: Num, later: Later, sharing: boolean): Fit | null {
  const candidates: (Fit & { counts: boolean })[] = [];
  for (const { field, pattern } of language.ways) {
    if (pattern.none && !num.none) continue;
    if (field && !suits(field, num, pattern)) continue;
    for (let to = num.to; to <= num.reach; to += 1) {
      const fit = fitOf(scan, pattern, { ...num, to }, field, later, sharing, language.namers);
      if (!fit) continue;
      const score = fit.score - (pattern.weak ? 100 : 0);
      candidates.push({
        num,
        field,
        weak: pattern.weak,
        yields: pattern.weak || pattern.yields,
        score,
        used: fit.used,
        counts: fit.used.includes(num.to),
      });
    }
  }
  // What stands right after a number is what it counts, whatever stands before it.
  const counting = candidates.some((c) => c.counts) ? candidates.filter((c) => c.counts || num.none) : candidates;
  return counting.reduce<Fit | null>((a, b) => (a && a.score >= b.score ? a : b), null);
}

function suits(field: Field, num: Num, pattern: Pattern): boolean {
  if (field.kind === 'count') return !num.money;
  if (field.kind === 'money') return num.money || (!num.none && pattern.before.at(-1) === 'MONEY');
  return false;
}

function fitOf(
  scan: Scan,
  pattern: Pattern,
  num: Num,
  field: Field | null,
  later: Later,
  sharing: boolean,
  namers: readonly string[],
): { score: number; used: number[] } | null {
  const used: number[] = [];
  let score = 0;
  if (pattern.topic) {
    if (!isSpokenOf(scan, pattern.topic, num, field)) return null;
    score += 3;
  }
  // "4b/350": only a number without a word of its own is named so.
  if (pattern.before.at(-1) === '/' && scan.tokens[num.to]?.kind === 'word') return null;
  let end = num.from;
  for (const element of [...pattern.before].reverse()) {
    const at = elementBefore(scan, element, end, pattern.after.length > 0, namers);
    if (!at) return null;
    // What stands before the stroke is counted by its own number.
    const own = scan.tokens[end]?.raw === '/';
    for (let i = at.from; i < at.to; i += 1) if (!own) used.push(i);
    score += 6 + 4 * (at.to - at.from) - at.gap * 1.5;
    end = at.from;
  }
  let next = num.to;
  for (const [n, element] of pattern.after.entries()) {
    const at = n === 0 ? counted(scan, element, num) : further(scan, element, next, sharing ? field : null, later);
    if (!at) return null;
    for (let i = at.from; i < at.to; i += 1) used.push(i);
    score += 8 + 4 * (at.to - at.from) - at.gap * 1.5;
    next = at.to;
  }
  // A small word that may be a number ("sau cai") is one only where the next word asks for it.
  if (num.risky && (pattern.after.length === 0 || !used.includes(num.to))) return null;
  // "không" before a word says that there is none of it; "vi phạm: không" closes what it speaks of.
  if (num.none && pattern.after.length === 0 && !closes(scan.tokens, num.to)) return null;
  const shares = (fit: Fit, i: number) => sharing && fit.field?.id === field?.id && i > fit.num.from;
  const clashes = used.some((i) => later.using.get(i)?.some((fit) => !shares(fit, i)));
  return clashes ? null : { score, used };
}

/** Money may name what it is for anywhere in its sentence: "100 triệu cho 2 người vay". */
function isSpokenOf(scan: Scan, topic: string, num: Num, field: Field | null): boolean {
  const { tokens, topics, sentenceEnd, found } = scan;
  if (topics[num.to - 1]?.has(topic)) return true;
  if (field?.kind !== 'money') return false;
  const end = sentenceEnd[num.from]!;
  for (let i = sentenceStart(sentenceEnd, num.from); i < Math.min(end, tokens.length, num.from + 80); i += 1)
    if (found.lengthAt(topic, i) > 0) return true;
  return false;
}

/** As far back as a sentence of ordinary length goes. */
function sentenceStart(sentenceEnd: readonly number[], at: number): number {
  let start = at;
  while (start > 0 && at - start < 80 && sentenceEnd[start - 1] === sentenceEnd[at]) start -= 1;
  return start;
}

function closes(tokens: readonly Token[], to: number): boolean {
  const at = tokens[to]?.folded === 'co' ? to + 1 : to;
  return !tokens[at] || tokens[at].kind === 'mark' || tokens[at].kind === 'break';
}

interface Place {
  from: number;
  to: number;
  gap: number;
}

/** Words that name the number from before it: next to it, small words between, or at the head of a line with a colon. */
function elementBefore(
  scan: Scan,
  element: string,
  end: number,
  counts: boolean,
  namers: readonly string[],
): Place | null {
  const { tokens, found, inNumber, dated } = scan;
  let gap = 0;
  const colon = tokens[end - 1]?.raw === ':';
  for (let at = end; at > 0 && gap <= 3; at -= 1) {
    const length = found.lengthBefore(element, at);
    // "6 vụ (4 tàng trữ": what a number before it counts names no other number.
    if (length > 0) {
      const own = tokens[end]?.raw === '/' && !inNumber.has(end);
      const taken = inNumber.has(at - length - 1) && !colon && !own && !inTurn(scan, at - length, end, namers);
      return taken || (at < end && tokens[end - 1]?.raw === '(' && closesCount(scan, at - length))
        ? null
        : { from: at - length, to: at, gap };
    }
    const token = tokens[at - 1]!;
    if (token.kind === 'mark' && /^[:=(\-–~>]$/.test(token.raw)) continue;
    // "3 cơ sở vi phạm trên tổng số 18 cơ sở"
    if (isWord(token, ON) && isWord(tokens[at], TOTAL)) return null;
    // "số buổi từ 1/6 đến 7/6 là 6"
    if (dated.has(at - 1)) continue;
    // "học sinh khối 6: 120"
    const labelled = colon && token.kind === 'digits' && at === end - 1;
    if (!labelled && !isOneOf(token, LINKS) && !(counts && isOneOf(token, FOR)) && !(colon && token.kind === 'word'))
      return null;
    if (inNumber.has(at - 1)) return null;
    gap += 1;
  }
  return null;
}

/** "2 cơ sở vi phạm (1 nhà nghỉ": what a bracket follows was counted by the number before it. */
function closesCount({ tokens, inNumber }: Scan, name: number): boolean {
  for (let i = name - 1; i >= Math.max(0, name - 3); i -= 1) {
    if (inNumber.has(i)) return true;
    if (tokens[i]!.kind !== 'word') return false;
  }
  return false;
}

/** "kiểm tra 20 vi phạm 25": the number before a name has one of its own, and what follows the number after it has its own. */
function inTurn({ tokens, found, numberAt }: Scan, name: number, end: number, namers: readonly string[]): boolean {
  const number = numberAt.get(end);
  const next = number && tokens[number.to];
  if (!number || next?.kind === 'digits') return false;
  const length = Math.max(0, ...namers.map((list) => found.lengthAt(list, number.to)));
  if (next?.kind === 'word' && !(length > 0 && numberAt.has(number.to + length))) return false;
  const before = [...numberAt.values()].find((n) => n.to === name);
  return before !== undefined && !before.none && namers.some((list) => found.lengthBefore(list, before.from) > 0);
}

/** What is counted follows the number at once, or after a small word; what there is none of, a little later. */
function counted({ tokens, numberAt, found }: Scan, element: string, num: Num): Place | null {
  const most = num.none ? 4 : 1;
  for (let at = num.to; at < tokens.length && at - num.to <= most; at += 1) {
    const length = found.lengthAt(element, at);
    // "ko co vu" speaks of no "cô".
    const has = num.none && length === 1 && tokens[at]!.raw.toLowerCase() === 'co';
    if (length > 0 && !has) return { from: at, to: at + length, gap: at - num.to };
    const token = tokens[at]!;
    if (at === num.to && token.raw === ')') continue;
    if (token.kind !== 'word' || numberAt.has(at)) return null;
    if (!num.none && !isOneOf(token, SMALL)) return null;
  }
  return null;
}

/**
 * Words that say more of it follow a few words later in the same clause; an enumeration of the same field may stand
 * between ("512 hộ và 34 cơ sở ký cam kết").
 */
function further(scan: Scan, element: string, from: number, field: Field | null, later: Later): Place | null {
  const { tokens, numberAt, found } = scan;
  let gap = 0;
  for (let at = from; at < tokens.length && gap <= 5; at += 1) {
    const length = found.lengthAt(element, at);
    if (length > 0) return { from: at, to: at + length, gap };
    const same = (i: number) => {
      const fit = later.at.get(i);
      return field !== null && fit?.field?.id === field.id && !fit.num.none;
    };
    const number = numberAt.get(at);
    if (number) {
      if (!same(at)) return null;
      at = number.to - 1;
      gap = 0;
      continue;
    }
    const token = tokens[at]!;
    if ((token.raw === ',' && same(at + 1)) || token.raw === ')') continue;
    if (token.kind !== 'word') return null;
    // "3 trường với 1.100 học sinh ký cam kết": not one after another.
    if (field && isOneOf(token, WITH)) return null;
    gap += 1;
  }
  return null;
}
