/** From numbers with their fields to one figure for each field: sums, parts of a total, corrections, what is cumulative or still to come. */
import { isJustWord, sought, type Token } from '../language/tokens.ts';
import type { Fit } from './fit.ts';
import type { Num, Scan } from './scan.ts';
import type { FieldId, Values } from './types.ts';

const phrases = (text: string) => text.split(', ').map((w) => w.split(' ').map(sought));
/** What follows is not of this period: until the sentence ends or the period is named again. */
const ASIDE = phrases(
  'lũy kế, cả tuần là, cả tháng là, cả đợt là, từ đầu tháng là, cộng dồn, lk, tích lũy, so với, cùng kỳ, kỳ trước, tuần trước đó, chỉ tiêu, dự kiến, dự định, sẽ, sắp tới, tuần tới, tháng tới, tuần sau, tháng sau, thời gian tới, ngày mai, năm ngoái, năm trước, kế hoạch đề ra, theo kế hoạch là, theo kế hoạch phải, kế hoạch là, mục tiêu, phấn đấu',
);
const HERE_AGAIN = phrases('trong kỳ, kỳ này, trong tuần, tuần này, hôm nay, trong ngày, riêng, đã, năm nay, hiện nay');
const PARTS = phrases('gồm, bao gồm, trong đó, cụ thể, gồm có, trong số đó, chia ra');
const TOTAL = phrases('tổng, tổng cộng, tổng số, cộng, tất cả, tổng là, tổng cộng là, tổng số là');
const MISTAKE = phrases(
  'nhầm, sửa lại, đính chính, sửa thành, chính xác là, xin sửa, lộn, à quên, à không, quên mất, ghi sai',
);
const EACH = phrases('mỗi, bình quân mỗi');

type Phrases = ReturnType<typeof phrases>;
const at = (among: Phrases, tokens: readonly Token[], i: number) =>
  among.some((p) => p.every((word, n) => isJustWord(tokens[i + n], word)));
const within = (among: Phrases, tokens: readonly Token[], from: number, to: number): boolean => {
  for (let i = from; i < to; i += 1) if (at(among, tokens, i)) return true;
  return false;
};

export interface Figures {
  values: Values;
  /** Field of each number that was counted, by its first token. */
  counted: Map<number, FieldId>;
  /** Only what has added up so far was told. */
  cumulative: boolean;
}

export function figuresOf(scan: Scan, fits: readonly Fit[]): Figures {
  const aside = asides(scan);
  const own = fits.filter((fit) => !aside[fit.num.from] && !changed(scan, fit.num.from));
  // Who tells only what has added up so far reports just that.
  const cumulative = !own.some((fit) => fit.field && !fit.num.none) && own.length < fits.length;
  const chosen = cumulative ? fits.filter((f) => !within(FUTURE, scan.tokens, 0, f.num.from)) : own;
  return { ...added(scan, chosen), cumulative };
}

/** "tăng 5 người": a difference, no figure. */
const changed = ({ tokens }: Scan, i: number) =>
  [1, 2].some((n) => at(CHANGE, tokens, i - n) && tokens[i - n - 1]?.folded !== 'qua');
const CHANGE = phrases('tăng, giảm, nhiều hơn, ít hơn, tăng thêm, giảm được');

const FUTURE = phrases(
  'dự kiến, dự định, sẽ, sắp tới, tuần tới, tháng tới, tuần sau, tháng sau, thời gian tới, ngày mai, chỉ tiêu, mục tiêu, phấn đấu',
);

/** Whether a place speaks of what has added up before, or is still to come. */
export function isAside(tokens: readonly Token[], i: number): boolean {
  for (let j = i; j >= 0 && j >= i - 4; j -= 1) {
    if (tokens[j]!.kind === 'break' || tokens[j]!.raw === '.' || tokens[j]!.raw === ';') return false;
    if (at(ASIDE, tokens, j)) return true;
  }
  return false;
}

function asides({ tokens, sentenceEnd }: Scan): boolean[] {
  let until = -1;
  return tokens.map((_, i) => {
    if (i >= until && at(ASIDE, tokens, i)) until = asideEnd(tokens, i, sentenceEnd[i]!);
    else if (i < until && at(HERE_AGAIN, tokens, i) && !at(ASIDE, tokens, i - 1)) until = -1;
    return i < until;
  });
}

/** An aside in brackets ends with them, another with its sentence. */
function asideEnd(tokens: readonly Token[], i: number, sentenceEnd: number): number {
  const open = tokens.findLastIndex((t, n) => n < i && t.raw === '(');
  const close = tokens.findIndex((t, n) => n > open && t.raw === ')');
  return open >= 0 && close > i ? close : sentenceEnd;
}

function added(scan: Scan, fits: readonly Fit[]): Omit<Figures, 'cumulative'> {
  const { tokens, sentenceEnd } = scan;
  const strong = new Set(fits.filter((fit) => fit.field && !fit.yields).map((fit) => fit.field!.id));
  const values: Values = {};
  const counted = new Map<number, FieldId>();
  const totalsOf = new Map<FieldId, number[]>();
  const isPart = partsIn(scan);
  const broken = breakdowns(fits, sentenceEnd);
  let last = { sentence: -1, at: 0 };
  const lastOf = new Map<FieldId, typeof last>();
  for (const { field, num, yields } of fits) {
    const sentence = sentenceEnd[num.from]!;
    if (!field || broken.has(num.from)) continue;
    const before = values[field.id];
    const since = last.sentence === sentence ? last.at : num.from;
    if (yields && strong.has(field.id)) continue;
    // A count of zero is said once; it takes nothing away from what was found.
    if (num.none && before !== undefined) continue;
    const totals = totalsOf.get(field.id) ?? [];
    if (totals.some((total) => isPart(total, num.from))) continue;
    totalsOf.set(field.id, [...totals, num.from]);
    const amount = field.kind === 'money' ? (num.money ? num.value / 1e6 : num.value) : num.value;
    const replaces =
      at(TOTAL, tokens, num.from - 1) ||
      at(TOTAL, tokens, num.from - 2) ||
      at(TOTAL, tokens, num.from - 3) ||
      within(MISTAKE, tokens, since, num.from) ||
      (lastOf.get(field.id)?.sentence === sentence && within(MISTAKE, tokens, lastOf.get(field.id)!.at, num.from));
    const times = eachOf(scan, num);
    values[field.id] = typeof before === 'number' && !replaces ? before + amount * times : amount * times;
    counted.set(num.from, field.id);
    last = { sentence, at: num.to };
    lastOf.set(field.id, last);
  }
  return { values, counted };
}

/** "2 buổi, 1 buổi ở trường, 1 buổi ở thôn": the numbers after the first make it up, so they are its parts. */
function breakdowns(fits: readonly Fit[], sentenceEnd: readonly number[]): ReadonlySet<number> {
  const parts = new Set<number>();
  const groups = new Map<string, Num[]>();
  for (const { field, num } of fits) {
    if (!field || num.none) continue;
    const key = `${field.id} ${sentenceEnd[num.from]}`;
    groups.set(key, [...(groups.get(key) ?? []), num]);
  }
  for (const [whole, ...rest] of groups.values())
    if (rest.length >= 2 && whole!.value > 0 && rest.reduce((sum, { value }) => sum + value, 0) === whole!.value)
      for (const { from } of rest) parts.add(from);
  return parts;
}

/** "4 hộ vay, mỗi hộ 50 triệu", "50 triệu/hộ cho 4 hộ": so many times as there are of them. */
function eachOf({ tokens, numbers, sentenceEnd }: Scan, num: Num): number {
  const each = [1, 2, 3].some((n) => at(EACH, tokens, num.from - n - 1));
  const noun = each ? tokens[num.from - 1] : tokens[num.to]?.raw === '/' && num.money ? tokens[num.to + 1] : undefined;
  if (!noun) return 1;
  const of = numbers.filter(
    (n) =>
      n !== num && !n.money && sentenceEnd[n.from] === sentenceEnd[num.from] && tokens[n.to]?.folded === noun.folded,
  );
  return (of.findLast((n) => n.from < num.from) ?? of[0])?.value ?? 1;
}

/** `10 cơ sở, gồm 3 quán bar, 7 karaoke`; `10 cơ sở (3 bar, 7 karaoke)`: the parts are in the total already. */
function partsIn({ tokens, sentenceEnd }: Scan): (total: number, from: number) => boolean {
  const last = (is: (i: number) => boolean) => {
    let found = -1;
    // The last place before each token.
    return tokens.map((_, i) => {
      const before = found;
      if (is(i)) found = i;
      return before;
    });
  };
  const parts = last((i) => at(PARTS, tokens, i));
  const open = last((i) => tokens[i]!.raw === '(');
  const close = last((i) => tokens[i]!.raw === ')');
  // "10 cơ sở: 3 bar, 7 karaoke": the colon follows what is counted at once.
  const lists = tokens.map((_, i) => {
    const mark = tokens.findIndex((t, n) => n > i && t.kind !== 'word' && t.kind !== 'digits');
    return mark >= 0 && tokens[mark]!.raw === ':' ? mark : -1;
  });
  return (total, from) => {
    if (sentenceEnd[total] !== sentenceEnd[from]) return false;
    if (parts[from]! >= total) return true;
    if (open[total]! > close[total]!) return false;
    return (open[from]! > close[from]! && open[from]! >= total) || (lists[total]! > total && lists[total]! < from);
  };
}
