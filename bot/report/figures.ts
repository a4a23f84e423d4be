/** From numbers with their fields to one figure for each field: sums, parts of a total, corrections, what is cumulative or still to come. */
import { isJustWord, sought, type Token } from '../language/tokens.ts';
import type { Fit } from './fit.ts';
import type { Num, Scan } from './scan.ts';
import type { FieldId, FormDefinition, Value, Values } from './types.ts';

const phrases = (text: string) => text.split(', ').map((w) => w.split(' ').map(sought));
/** What follows is not of this period: until the sentence ends or the period is named again. */
const ASIDE = phrases(
  'lũy kế, cả tuần là, cả tháng là, cả đợt là, từ đầu tháng là, cộng dồn, lk, tích lũy, so với, cùng kỳ, kỳ trước, tuần trước đó, chỉ tiêu, dự kiến, dự định, sẽ, sắp tới, tuần tới, tháng tới, tuần sau, tháng sau, thời gian tới, ngày mai, sáng mai, trưa mai, chiều mai, tối mai, đêm mai, hôm mai, mai tổ chức, mai sẽ, mai kiểm tra, mai phát, ngày kia, kỳ tới, đợt tới, quý tới, sang tuần, cuối tuần tới, năm ngoái, năm trước, kế hoạch đề ra, theo kế hoạch là, theo kế hoạch phải, kế hoạch là, mục tiêu, phấn đấu',
);
const HERE_AGAIN = phrases('trong kỳ, kỳ này, trong tuần, tuần này, hôm nay, trong ngày, riêng, đã, năm nay, hiện nay');
const PARTS = phrases('gồm, bao gồm, trong đó, cụ thể, gồm có, trong số đó, chia ra');
const TOTAL = phrases('tổng, tổng cộng, tổng số, cộng, tất cả, tổng là, tổng cộng là, tổng số là');
const MISTAKE = phrases(
  'nhầm, sửa lại, đính chính, sửa thành, chính xác là, xin sửa, ghi lộn, lộn số, lộn rồi, bị lộn, à quên, à không, quên mất, ghi sai',
);
const EACH = phrases('mỗi, bình quân mỗi');

type Phrases = ReturnType<typeof phrases>;
const at = (among: Phrases, tokens: readonly Token[], i: number) =>
  among.some((p) => p.every((word, n) => isJustWord(tokens[i + n], word)) && !untilNow(tokens, i + p.length - 1));
/** "đầu tháng tới nay": nothing of next month. */
const untilNow = (tokens: readonly Token[], last: number) =>
  tokens[last]?.folded === 'toi' && /^(?:nay|hom|gio|bay|hien)$/.test(tokens[last + 1]?.folded ?? '');
const within = (among: Phrases, tokens: readonly Token[], from: number, to: number): boolean => {
  for (let i = from; i < to; i += 1) if (at(among, tokens, i)) return true;
  return false;
};

const FROM = sought('từ');
const BECOMES = phrases('thành, sang, lên, xuống còn, còn');

/** Of "tờ rơi từ 300 thành 350", "800 thành 900" the tokens of what stood before. */
export function outdated(tokens: readonly Token[]): number[] {
  return tokens.flatMap((token, i) => {
    const from = isJustWord(token, FROM);
    const number = from ? i + 1 : i;
    if (tokens[number]?.kind !== 'digits' || (!from && isJustWord(tokens[i - 1], FROM))) return [];
    const becomes = [number + 1, number + 2].find((n) => at(from ? BECOMES : INTO, tokens, n));
    return becomes !== undefined && tokens[becomes + 1]?.kind === 'digits'
      ? Array.from({ length: becomes + 1 - i }, (_, n) => i + n)
      : [];
  });
}
const INTO = phrases('thành');

export interface Figures {
  values: Values;
  /** Field of each number that was counted, by its first token. */
  counted: Map<number, FieldId>;
  /** Only what has added up so far was told. */
  cumulative: boolean;
  /** Figures of what is still to be done were told, and no others. */
  planned: boolean;
  /** Numbers that count what the form does not ask for, or what is not of this period. */
  beside: Fit[];
  /** "Mỗi ngày 1 buổi" where the days are not told. */
  uncounted: Num[];
}

/** @param days how many days the report is of, where that was told */
export function figuresOf(scan: Scan, fits: readonly Fit[], days: number | null): Figures {
  const aside = asides(scan);
  const wholly = opensCumulative(scan.tokens);
  const sure = fits.filter((fit) => !changed(scan, fit.num.from) && !denied(scan, fit.num.from));
  const own = underwayLeft(
    scan,
    sure.filter((fit) => !aside[fit.num.from]),
  );
  // Who tells only what has added up so far reports just that.
  const cumulative = wholly || (!own.some((fit) => fit.field && !fit.num.none) && own.length < fits.length);
  const chosen = cumulative ? sure.filter((f) => !within(FUTURE, scan.tokens, 0, f.num.from)) : own;
  const figures = added(scan, chosen, days);
  const figured = fits.filter((fit) => fit.field && !fit.num.none);
  return {
    ...figures,
    cumulative,
    planned: figured.length > 0 && figures.counted.size === 0 && cumulative && chosen.length < fits.length,
    beside: fits.filter((fit) => !fit.num.none && (!fit.field || (aside[fit.num.from] && !chosen.includes(fit)))),
  };
}

/** "lập 2 hồ sơ, đang làm tiếp 3 hồ sơ": what is under way is no figure beside what is done. */
function underwayLeft({ tokens }: Scan, fits: readonly Fit[]): readonly Fit[] {
  const under = ({ num }: Fit) => [1, 2, 3].some((n) => at(UNDERWAY, tokens, num.from - n - 1));
  const done = new Set(fits.filter((fit) => fit.field && !fit.num.none && !under(fit)).map((fit) => fit.field!.id));
  return fits.filter((fit) => !(fit.field && done.has(fit.field.id) && under(fit)));
}
const UNDERWAY = phrases(
  'đang làm, đang lập, đang hoàn thiện, đang hoàn tất, đang củng cố, đang xác minh, đang chờ, đang trình, đang thẩm định, đang thẩm tra, đang giải quyết, chờ duyệt, chờ giải ngân, còn chờ',
);

/** "4 buổi chứ không phải 5 buổi": what is not so. */
const denied = ({ tokens }: Scan, i: number): boolean =>
  [1, 2, 3, 4].some((n) => at(NOT, tokens, i - n) && noNumber(tokens, i - n, i));
const noNumber = (tokens: readonly Token[], from: number, to: number) =>
  tokens.slice(from, to).every(({ kind }) => kind !== 'digits');
const NOT = phrases('không phải, ko phải, k phải, thay vì, thay cho');

/** "tăng 5 người": a difference, no figure. */
const changed = ({ tokens }: Scan, i: number) =>
  ((at(CHANGE, tokens, i - 1) && !isGiven(tokens, i)) || at(MORE, tokens, i - 2)) &&
  ![2, 3].some((n) => tokens[i - n]?.folded === 'qua');
const CHANGE = phrases('tăng, giảm');
const MORE = phrases('nhiều hơn, ít hơn, tăng thêm, giảm được, giảm thêm, tăng được');
/** "tang 1.000 to roi" without marks is "tặng". */
const isGiven = (tokens: readonly Token[], i: number): boolean =>
  tokens[i - 1]!.folded === 'tang' &&
  !tokens[i - 1]!.accented &&
  tokens.slice(i, i + 4).some(({ folded }) => /^(?:to|qua|suat|phan)$/.test(folded));

/** "Lũy kế tháng 6: 14 buổi; 2.150 lượt": a message that opens so, and never comes back to its period, tells just that. */
const opensCumulative = (tokens: readonly Token[]): boolean =>
  [0, 1, 2].some((i) => at(ADDED_UP, tokens, i)) &&
  !tokens.some((_, i) => at(HERE_AGAIN, tokens, i) || at(FUTURE, tokens, i));
const ADDED_UP = phrases('lũy kế, cộng dồn, lk, tích lũy');

/** What is told without a number: "tổ chức hội nghị cho 230 người" is one of them, "kiểm tra 5 quán đều chấp hành tốt" none. */
export function implied({ tokens, found }: Scan, form: FormDefinition, values: Values): Values {
  const told = (value: Value | undefined) => typeof value === 'number' && value > 0;
  const counted = Object.values(values).some(told);
  const stands = ([first, second]: string[]) =>
    tokens.some((_, i) => {
      const held = found.lengthAt(first!, i);
      if (held === 0 || found.lengthAt(second!, i + held) === 0) return false;
      return !at(UNDONE, tokens, i - 1) && !within(FUTURE, tokens, Math.max(0, i - 4), i);
    });
  const figures = form.fields.flatMap(({ id, one, zero }) => {
    if (id in values) return [];
    if (one && counted && stands(one)) return [[id, 1]];
    const limit = form.checks.find(({ field }) => field === id)?.limit;
    return zero && limit && told(values[limit]) && stands(zero) ? [[id, 0]] : [];
  });
  return Object.fromEntries(figures);
}
const UNDONE = phrases('không, chưa, ko, k, chẳng');

const FUTURE = phrases(
  'dự kiến, dự định, sẽ, sắp tới, tuần tới, tháng tới, tuần sau, tháng sau, thời gian tới, ngày mai, sáng mai, trưa mai, chiều mai, tối mai, đêm mai, hôm mai, mai tổ chức, mai sẽ, mai kiểm tra, mai phát, ngày kia, kỳ tới, đợt tới, quý tới, sang tuần, cuối tuần tới, chỉ tiêu, mục tiêu, phấn đấu',
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
    else if (i < until && tokens[i]!.raw === ',' && at(REACHED, tokens, i + 1)) until = -1;
    else if (i < until && at(HERE_AGAIN, tokens, i) && !at(ASIDE, tokens, i - 1)) until = -1;
    return i < until;
  });
}

/** "tăng 2 buổi so với kỳ trước, đạt 7 buổi": the figure itself again. */
const REACHED = phrases('đạt, đạt được, tổ chức được, thực hiện được, kết quả, nay là, còn');

/** An aside in brackets ends with them, another with its sentence. */
function asideEnd(tokens: readonly Token[], i: number, sentenceEnd: number): number {
  const open = tokens.findLastIndex((t, n) => n < i && t.raw === '(');
  const close = tokens.findIndex((t, n) => n > open && t.raw === ')');
  return open >= 0 && close > i ? close : sentenceEnd;
}

function added(
  scan: Scan,
  fits: readonly Fit[],
  days: number | null,
): Pick<Figures, 'values' | 'counted' | 'uncounted'> {
  const { tokens, sentenceEnd } = scan;
  const strong = new Set(fits.filter((fit) => fit.field && !fit.yields).map((fit) => fit.field!.id));
  const values: Values = {};
  const counted = new Map<number, FieldId>();
  const uncounted: Num[] = [];
  const totalsOf = new Map<FieldId, number[]>();
  const isPart = partsIn(scan);
  const broken = breakdowns(fits, scan);
  let last: { sentence: number; at: number; num?: Num } = { sentence: -1, at: 0 };
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
    const whole = lastOf.get(field.id);
    if (whole?.sentence === sentence && whole.num!.value > num.value && isSome(scan, whole.num!, num)) continue;
    const replaces =
      // "3 buổi x 80 người = 240 lượt"
      (tokens[num.from - 1]?.raw === '=' && lastOf.get(field.id)?.sentence === sentence) ||
      at(TOTAL, tokens, num.from - 1) ||
      at(TOTAL, tokens, num.from - 2) ||
      at(TOTAL, tokens, num.from - 3) ||
      within(MISTAKE, tokens, since, num.from) ||
      (lastOf.get(field.id)?.sentence === sentence && within(MISTAKE, tokens, lastOf.get(field.id)!.at, num.from));
    const times = eachOf(scan, num, days);
    if (times === null) {
      uncounted.push(num);
      continue;
    }
    // "2.500 tờ rơi, mỗi trường 500 tờ": so much was said already.
    if (times > 1 && before === amount * times) {
      counted.set(num.from, field.id);
      continue;
    }
    values[field.id] = typeof before === 'number' && !replaces ? before + amount * times : amount * times;
    counted.set(num.from, field.id);
    last = { sentence, at: num.to, num };
    lastOf.set(field.id, last);
  }
  return { values, counted, uncounted };
}

/** "6 đối tượng, 2 đối tượng là nữ", "36 người nghiện, có 1 trường hợp mới": some of those just counted. */
function isSome({ tokens, found, lists }: Scan, whole: Num, num: Num): boolean {
  const after = (n: Num) => n.to + Math.max(1, ...lists.map((list) => found.lengthAt(list, n.to)));
  const described = (n: Num) => at(DESCRIBED, tokens, after(n));
  const has = tokens[num.from - 1]?.folded === 'co' && /^[,;(]$/.test(tokens[num.from - 2]?.raw ?? '');
  return has || (described(num) && !described(whole));
}
const DESCRIBED = phrases(
  'quốc tịch, là nữ, là nam, nữ, là học sinh, là người, là cán bộ, người nước ngoài, dưới, vị thành niên, chưa thành niên, sinh năm, có tiền án, có tiền sự, mới phát hiện, mới phát sinh, thuộc diện, đang bỏ trốn, bỏ trốn, tái phạm, có người, có đối tượng, có biểu hiện, có dấu hiệu',
);

/** "2 buổi, 1 buổi ở trường, 1 buổi ở thôn": the numbers after the first make it up, so they are its parts. */
function breakdowns(fits: readonly Fit[], { tokens, sentenceEnd, found, lists }: Scan): ReadonlySet<number> {
  const parts = new Set<number>();
  const groups = new Map<string, Num[]>();
  for (const { field, num } of fits) {
    if (!field || num.none) continue;
    const key = `${field.id} ${sentenceEnd[num.from]}`;
    groups.set(key, [...(groups.get(key) ?? []), num]);
  }
  // "5 karaoke, 2 vũ trường, 3 quán" are ten of three kinds.
  const length = (n: Num) => Math.max(1, ...lists.map((list) => found.lengthAt(list, n.to)));
  const noun = (n: Num) => tokens.slice(n.to, n.to + length(n)).map((t) => t.folded);
  const kinds = (nums: readonly Num[]) => new Set(nums.map((n) => noun(n).join(' '))).size === nums.length;
  const general = (n: Num) => found.lengthAt('WHOLE', n.to) === length(n);
  for (const i of bracketed(fits, tokens)) parts.add(i);
  for (const [whole, ...rest] of groups.values())
    if (kinds([whole!, ...rest]) && !general(whole!)) continue;
    else if (rest.length >= 2 && whole!.value > 0 && rest.reduce((sum, { value }) => sum + value, 0) === whole!.value)
      for (const { from } of rest) parts.add(from);
  return parts;
}

/** "2 cơ sở vi phạm (1 nhà nghỉ, 1 karaoke)": what a bracket holds adds up to the number before it. */
function bracketed(fits: readonly Fit[], tokens: readonly Token[]): number[] {
  return tokens.flatMap(({ raw }, open) => {
    const close = raw === '(' ? tokens.findIndex((t, i) => i > open && t.raw === ')') : -1;
    const whole = fits.findLast(({ num }) => num.to <= open);
    const inside = fits.filter(({ num }) => num.from > open && num.from < close).map(({ num }) => num);
    const sum = inside.reduce((all, { value }) => all + value, 0);
    return whole && inside.length > 1 && sum === whole.num.value ? inside.map(({ from }) => from) : [];
  });
}

/**
 * "4 hộ vay, mỗi hộ 50 triệu", "50 triệu/hộ cho 4 hộ", "5 buổi, 40 người/buổi": so many times as there are of them;
 * "mỗi ngày 1 buổi" so many times as there are days. Null where that was not told.
 */
function eachOf(scan: Scan, num: Num, days: number | null, deep = 0): number | null {
  const { tokens, numbers, sentenceEnd } = scan;
  const each = [1, 2, 3, 4].map((n) => num.from - n - 1).find((i) => at(EACH, tokens, i));
  const noun = each !== undefined ? nounAfter(tokens, each, num.from) : nounOver(tokens, num);
  if (noun.length === 0) return timesOf(scan, num);
  if (noun.length === 1 && noun[0] === 'ngay') return days;
  const of = numbers.filter(
    (n) =>
      n !== num &&
      !n.money &&
      sentenceEnd[n.from] === sentenceEnd[num.from] &&
      noun.every((word, i) => tokens[n.to + i]?.folded === word),
  );
  const counts = of.findLast((n) => n.from < num.from) ?? of[0];
  if (!counts) return 1;
  const times = deep < 2 ? eachOf(scan, counts, days, deep + 1) : 1;
  return times === null ? null : counts.value * times;
}

/** "5 hộ x 40 triệu" */
function timesOf({ tokens, numbers, numberAt }: Scan, num: Num): number {
  if (!/^[x×*]$/i.test(tokens[num.from - 1]?.raw ?? '')) return 1;
  const first = numbers.findLast((n) => n.to < num.from && n.to >= num.from - 4 && !n.money);
  return first && numberAt.has(first.from) && nounOver(tokens, first).length === 0 ? first.value : 1;
}

/** Of "mỗi trường hợp 50 triệu" the words between. */
const nounAfter = (tokens: readonly Token[], each: number, to: number): string[] => {
  const long = tokens[each]!.folded === 'binh' ? 3 : 1;
  // "mỗi buổi có khoảng 50 người"
  let end = to;
  while (ABOUT.test(tokens[end - 1]?.folded ?? '')) end -= 1;
  return tokens.slice(each + long, end).map((t) => t.folded);
};

const ABOUT = /^(?:khoang|hon|gan|tren|tam|co|la|duoc|chung|trung|binh|vay|muon|cho)$/;

/** Of "50 triệu/hộ", "40 người/buổi" the word after the stroke. */
function nounOver(tokens: readonly Token[], num: Num): string[] {
  const stroke = [...(num.money ? [num.to] : []), num.to + 1, num.to + 2].find((i) => tokens[i]?.raw === '/') ?? -1;
  const noun = tokens[stroke + 1];
  return stroke > 0 && noun?.kind === 'word' ? [noun.folded] : [];
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
    // "3 vụ; trong đó 2 vụ mua bán": the parts head their own sentence.
    const heads =
      parts[from]! > total && tokens[parts[from]! - 1]?.raw === ';' && sentenceEnd[parts[from]!] === sentenceEnd[from];
    if (heads) return true;
    if (sentenceEnd[total] !== sentenceEnd[from]) return false;
    if (parts[from]! >= total) return true;
    if (open[total]! > close[total]!) return false;
    return (open[from]! > close[from]! && open[from]! >= total) || (lists[total]! > total && lists[total]! < from);
  };
}
