/** A message laid out for reading figures: its numbers, what is spoken of at each place, and what must not be counted. */
import { numbersIn, type Spoken } from '../language/numbers.ts';
import { isJustWord, sought, type Token } from '../language/tokens.ts';
import type { FormLanguage } from './form-language.ts';
import type { Found } from './pattern.ts';

export interface Num {
  /** First token and the token after the last. */
  from: number;
  to: number;
  value: number;
  /** Said to be none: "không", "chưa". Its words may begin at any of the tokens up to `reach`. */
  none: boolean;
  reach: number;
  money: boolean;
  risky: boolean;
}

export interface Scan {
  tokens: readonly Token[];
  numbers: Num[];
  /** The number that begins at a token. */
  numberAt: ReadonlyMap<number, Num>;
  /** Tokens that belong to a number. */
  inNumber: ReadonlySet<number>;
  /** Tokens that belong to a period. */
  dated: ReadonlySet<number>;
  /** "2,5kg heroin": what is measured rather than counted. */
  measured: Spoken[];
  /** Lists spoken of at each token, by the last word that told. */
  topics: ReadonlySet<string>[];
  /** The form's words in the message, and the names of their lists. */
  found: Found;
  lists: readonly string[];
  /** Place of the sentence end at or after each token. */
  sentenceEnd: number[];
}

const words = (text: string) => text.split(', ').map((w) => w.split(' ').map(sought));
type Phrases = ReturnType<typeof words>;

/** What stands before a number that names something instead of counting it. */
const ORDINALS = words(
  'tháng, quý, lớp, khối, tổ, thôn, khu, đội, số, thứ, kế hoạch, kh, quyết định, qđ, nghị quyết, nq, nghị định, nđ, chỉ thị, ct, công văn, cv, thông tư, văn bản, điều, khoản, mục, tuần, giai đoạn, khóa, quốc lộ, ql, đường, ngõ, ngách, hẻm, km, tầng, đồn, vùng, khu vực, kv, xóm, cụm, tdp, kdc, tổ dân phố, hải đội, mẫu, phụ lục, trang, tiểu khu, nhà, lần thứ, đợt, ca, phần, bước, đường dây, tp, dự án, tiểu dự án, ban chỉ đạo, bcđ, năm',
);
/** "tổng số 18 cơ sở" is no number 18. */
const COUNTED = words('tổng số, trong số, số lượng, số là');
/** Joined to a number by haste: `treo12 băng rôn`. */
const DONE = words('treo, dán, phát, ký, bắt, lập, được, có, tổ chức, cho, số');
/** What stands after a number that measures instead of counting. */
const MEASURES = words(
  'tuổi, giờ, h, phút, ngày, tháng, tuần, quý, năm, km, m, kg, g, gam, gram, viên, ha, độ, kỳ, phần trăm, lần tuổi, tép, gói, bánh, cây, ml, lít, đồng chí',
);
/** What is seized, in such measures. */
const MATTER = words('kg, g, gam, gram, viên, tép, gói, bánh, cây, ml, lít');
const CURRENCY = words('đồng, đ, vnđ, vnd');
const NONE = words('không, chưa, ko, khg, kg, k, hok, chẳng, hông, chả, kô, hem, khoong, khoogn');
/** Verbs between "không" and what there is none of. */
const NONE_OF = words(
  'có, phát hiện, ph, tổ chức, phát, ghi nhận, xảy ra, xẩy ra, phát sinh, lập, bắt, bắt giữ, để, còn, thấy, treo, dán, ký, kiểm tra, ktra, thực hiện, triển khai, tuyên truyền, tt, hỗ trợ, rà soát, nhận, tiếp nhận, cho, ai, được, thêm, mới, nào, gì, đối với, các, xử lý, vận động',
);

/** "cam kết không sử dụng ma túy": what is promised or asked of people is no figure. */
const DEEDS = words(
  'sử dụng, tham gia, liên quan, tàng trữ, mua bán, vận chuyển, thử, dính líu, chứa chấp, bao che, che giấu, tiếp tay, trồng, nghe theo, tái nghiện, tái phạm',
);
const PROMISED = words('cam kết, ck, vận động, kêu gọi, yêu cầu, hứa');

const lengthOf = (phrases: Phrases, tokens: readonly Token[], at: number): number =>
  Math.max(0, ...phrases.map((p) => (p.every((word, i) => isJustWord(tokens[at + i], word)) ? p.length : 0)));
const endsWith = (phrases: Phrases, tokens: readonly Token[], end: number): boolean =>
  phrases.some((p) => end >= p.length && p.every((word, i) => isJustWord(tokens[end - p.length + i], word)));

/** @param dated tokens of a period and @param taken those of an opinion hold no figures */
export function scan(
  tokens: readonly Token[],
  language: FormLanguage,
  dated: ReadonlySet<number>,
  taken: ReadonlySet<number>,
  topic?: string,
): Scan {
  const free = (i: number) => !dated.has(i) && !taken.has(i);
  const found = language.lexicon(tokens);
  const spoken = numbersIn(tokens).filter((n) => free(n.from));
  const measured = spoken.filter((n) => lengthOf(MATTER, tokens, n.to) > 0 && isName(tokens, n, found, language.lists));
  const counted = spoken
    .filter((n) => !isName(tokens, n, found, language.lists))
    .map((n) => currency(tokens, { ...n, none: false, reach: n.to, money: n.large }));
  const nones = tokens.flatMap((_, i) =>
    free(i) ? noneAt(tokens, (at) => Math.max(...language.lists.map((list) => found.lengthAt(list, at))), i) : [],
  );
  const numbers = [...counted, ...nones].sort((a, b) => a.from - b.from);
  const inNumber = new Set(numbers.flatMap((n) => Array.from({ length: n.to - n.from }, (_, i) => n.from + i)));
  return {
    ...{ tokens, numbers, found, lists: language.lists, measured, dated, inNumber },
    numberAt: new Map(numbers.map((n) => [n.from, n])),
    // The "tr" of 350tr is no "tờ rơi".
    topics: topicsOf(tokens, language.topics, found, (i) => inNumber.has(i) && tokens[i]!.kind === 'word', topic),
    sentenceEnd: sentenceEnds(tokens),
  };
}

/** Whether the words before a place make its number a name: "tháng 6", "tổ 3". */
export const namesNumber = (tokens: readonly Token[], end: number): boolean =>
  endsWith(ORDINALS, tokens, end) || tokens[end - 1]?.folded === 'ngay';

/** In `350/400 học sinh`, `350 em trên tổng số 400 em` the second is how many there should be: the first alone counts. */
export function isTarget(tokens: readonly Token[], first: Num, second: Num): boolean {
  // "100% (15/15) cơ sở"
  if (tokens[tokens[second.to]?.raw === ')' ? second.to + 1 : second.to]?.kind !== 'word') return false;
  // More than was planned as well: "1.040/1.000 người".
  const least = first.value <= second.value || (second.value >= 10 && first.value <= second.value * 1.5);
  if (second.from === first.to + 1) return tokens[first.to]!.raw === '/' && !tokens[second.from]!.spaced && least;
  const sign = tokens.findIndex((t, i) => i > first.to && i < second.from && (t.raw === '/' || isJustWord(t, ON)));
  const noun = tokens.slice(first.to, Math.max(first.to, sign));
  return (
    noun.length > 0 &&
    noun.length < 4 &&
    first.value <= second.value &&
    noun.every(({ kind, folded }, i) => kind === 'word' && tokens[second.to + i]?.folded === folded) &&
    tokens.slice(sign + 1, second.from).every(({ folded }) => /^(?:tong|so|cong)$/.test(folded))
  );
}
const ON = sought('trên');

/** A list that began goes on with "2. ". */
const goesOn = (tokens: readonly Token[], from: number): boolean =>
  tokens.some((t, i) => i > from && t.raw === '2' && tokens[i + 1]?.raw === '.' && (tokens[i + 2]?.spaced ?? false));

const numbersLines = (tokens: readonly Token[]): boolean =>
  ['1', '2'].every((n) =>
    tokens.some((t, i) => t.raw === n && tokens[i - 1]?.raw === '(' && tokens[i + 1]?.raw === ')'),
  );

const opened = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens.slice(0, at).map((t) => t.raw);
  return before.lastIndexOf('(') > before.lastIndexOf(')');
};

function isName(
  tokens: readonly Token[],
  { from, to, large }: Spoken,
  found: Found,
  lists: readonly string[],
): boolean {
  const [before, number, next, later] = [tokens[from - 1], tokens[from]!, tokens[to], tokens[to + 1]];
  if (next?.raw === '%') return true;
  if (number.kind === 'word' || large) return false;
  // CSB1: a number joined to letters is part of a name, unless they are a word of the form (tt8b).
  const joined = before?.kind === 'word' && !number.spaced;
  if (joined && !lists.some((list) => found.lengthBefore(list, from) > 0) && !endsWith(DONE, tokens, from)) return true;
  // 1) … 2) … number the lines.
  if (next?.raw === ')' && !opened(tokens, from)) return true;
  // "(1) tuyên truyền …; (2) phát …"
  if (next?.raw === ')' && before?.raw === '(' && numbersLines(tokens)) return true;
  // "Buổi 1: 60 người"
  if (next?.raw === ':' && before?.kind === 'word' && later?.kind === 'digits') return true;
  // "Vi phạm: 1. Vụ: 0." tells figures, "2 đối tượng: 1. …; 2. …" numbers a list.
  const heads =
    before?.raw === ':' && (!lists.some((list) => found.lengthBefore(list, from - 1) > 0) || goesOn(tokens, to));
  if (next?.raw === '.' && later?.spaced && (from === 0 || before?.kind === 'break' || heads || before?.raw === ';'))
    return true;
  if (/^\d{9,}$/.test(number.raw) && !CURRENCY.some(([word]) => isJustWord(next, word!))) return true;
  // 64/KH-BCĐ, 07/2023/TT-BYT, and the year after the stroke.
  if (next?.raw === '/' && later && (/^\p{Lu}{2}/u.test(later.raw) || /^(19|20)\d\d$/.test(later.raw))) return true;
  if (before?.raw === '/' && /^(19|20)\d\d$/.test(number.raw)) return true;
  // 7h30, 08:15
  if (before && !number.spaced && (before.folded === 'h' || before.raw === ':') && tokens[from - 2]?.kind === 'digits')
    return true;
  if (next?.raw === ':' && later?.kind === 'digits' && !later.spaced) return true;
  if (lengthOf(MEASURES, tokens, to) > 0 && !(next!.folded === 'm' && next!.spaced)) return true;
  // "ngoại khóa 2 buổi", "mỗi lớp 40 em": the word before belongs to something else.
  if (lists.some((list) => found.lengthBefore(list, from) > 1) || tokens[from - 2]?.folded === 'moi') return false;
  // "2 lớp 95 học viên": the lớp are counted, the number after them names none.
  if (tokens[from - 2]?.kind === 'digits' && before?.kind === 'word' && tokens[to]?.kind === 'word') return false;
  // "cả 2 đều vi phạm" typed without marks, "ql 35 ng nghiện"
  if (before?.folded === 'ca' && next?.folded === 'deu') return false;
  if (before?.folded === 'ql' && /^(?:ng|nguoi|nghien|nng|doi|dt)$/.test(next?.folded ?? '')) return false;
  return endsWith(ORDINALS, tokens, from) && !endsWith(COUNTED, tokens, from);
}

function currency(tokens: readonly Token[], n: Num): Num {
  const length = lengthOf(CURRENCY, tokens, n.to);
  if (length === 0 || (!n.money && n.value < 10_000)) return n.money ? n : { ...n, money: false };
  return { ...n, money: true, to: n.to + length, reach: n.to + length };
}

/** "không phát hiện …": none of what follows, or of what it closes ("vi phạm: không"). */
function noneAt(tokens: readonly Token[], phraseAt: (i: number) => number, i: number): Num[] {
  const length = lengthOf(NONE, tokens, i);
  if (length === 0 || phraseAt(i) > 1) return [];
  // "15k", "5k": a thousand.
  if (tokens[i]!.folded.startsWith('k') && !tokens[i]!.spaced) return [];
  if (lengthOf(DEEDS, tokens, i + length) > 0) return [];
  const promise = tokens[i]!.folded !== 'chua' && tokens[i + length]?.kind === 'word';
  if (promise && [0, 1, 2].some((gap) => promisedBefore(tokens, i, gap))) return [];
  let reach = i + length;
  for (let more = 1; more > 0; reach += more) more = lengthOf(NONE_OF, tokens, reach);
  return [{ from: i, to: i + length, reach, value: 0, none: true, money: false, risky: false }];
}

/** A promise stands before a place, with so many words between. */
const promisedBefore = (tokens: readonly Token[], at: number, gap: number): boolean =>
  tokens.slice(Math.max(0, at - gap), at).every((t) => t.kind === 'word') && endsWith(PROMISED, tokens, at - gap);

function topicsOf(
  tokens: readonly Token[],
  lists: readonly string[],
  found: Found,
  silent: (i: number) => boolean,
  first?: string,
): ReadonlySet<string>[] {
  let current: ReadonlySet<string> = new Set(first ? [first] : []);
  let until = 0;
  return tokens.map((_, i) => {
    const lengths = lists.map((list) => [list, found.lengthAt(list, i)] as const);
    const longest = Math.max(0, ...lengths.map(([, length]) => length));
    if (longest > 0 && i + longest > until && !silent(i)) {
      const told = new Set(lengths.filter(([, length]) => length === longest).map(([list]) => list));
      // A word that may tell of several things tells of the one already spoken of, if that is among them.
      const same = [...told].filter((list) => current.has(list));
      current = same.length > 0 ? new Set(same) : told;
      until = i + longest;
    }
    return current;
  });
}

export const endsSentence = (tokens: readonly Token[], i: number): boolean => {
  const token = tokens[i]!;
  if (token.kind === 'break' || token.raw === ';') return true;
  const before = tokens[i - 1]?.raw ?? '';
  return token.raw === '.' && (tokens[i + 1]?.spaced ?? true) && (before.length > 1 || /^[)\]"”]$/.test(before));
};

function sentenceEnds(tokens: readonly Token[]): number[] {
  const ends: number[] = [];
  let end = tokens.length;
  for (let i = tokens.length - 1; i >= 0; i -= 1) {
    if (endsSentence(tokens, i)) end = i;
    ends[i] = end;
  }
  return ends;
}
