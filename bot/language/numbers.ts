/**
 * Numbers as officers type them: `1.200`, `1,200`, `1,2k`, `2tr5`, `nửa tỷ`, `hai nghìn rưỡi`, `một trăm hai`, `chục`.
 * Vietnamese writes thousands with a dot and decimals with a comma; both signs are typed for both.
 */
import { isMarked } from './fold.ts';
import { isJustWord, sought, type Token } from './tokens.ts';

export interface Spoken {
  /** First token and the token after the last. */
  from: number;
  to: number;
  value: number;
  /** Said in words only. */
  words: boolean;
  /** Said in triệu or tỷ: money rather than a count. */
  large: boolean;
  /** One word that may as well be another (`nam`, `ba`, `sau`): a number only where the next word asks for one. */
  risky: boolean;
}

const list = (words: Record<string, number>) =>
  Object.entries(words).map(([word, value]) => ({ word: sought(word), value }));

const UNITS = list({ một: 1, hai: 2, ba: 3, bốn: 4, năm: 5, sáu: 6, bảy: 7, bẩy: 7, tám: 8, chín: 9 });
/** Forms that only follow a ten: hai mươi mốt, hai tư, hai lăm. */
const AFTER_TEN = list({ mốt: 1, tư: 4, lăm: 5, nhăm: 5 });
const SCALES = list({ nghìn: 1e3, ngàn: 1e3, ngh: 1e3, triệu: 1e6, tr: 1e6, trđ: 1e6, tỷ: 1e9 });
const TEN = sought('mười');
const TENS = sought('mươi');
const DOZEN = sought('chục');
const HUNDRED = sought('trăm');
const HALF_MORE = [sought('rưỡi'), sought('rưởi')];
const HALF = sought('nửa');
const ODD = [sought('linh'), sought('lẻ')];
const ABOUT = ['hơn', 'gần', 'khoảng', 'trên', 'cả', 'độ', 'chừng', 'tầm'].map(sought);
/** "treo chục băng rôn", "phát trăm tờ rơi": after a deed they are one of them; "hàng trăm", "vài chục" are no number. */
const DEED = ['treo', 'dán', 'phát', 'ký', 'tặng', 'cấp', 'dựng', 'lập', 'in', 'cắm', 'được', 'thêm'].map(sought);
const NOT_ONE = ['số', 'cách', 'phần', 'vài', 'trong', 'lần', 'mặt', 'bộ'].map(sought);
const RISKY = new Set(['hai', 'ba', 'bon', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi', 'mot']);

/** `1.200` → 1200, `1,5` → 1.5, `1.200,5` → 1200.5; null for what is no number (`15.6.2026`, `8,950,2000`). */
export function digitsValue(raw: string): number | null {
  if (/^\d+$/.test(raw)) return Number(raw);
  const grouped = /^([1-9]\d{0,2})((?:\.\d{3})+)(?:,(\d+))?$|^([1-9]\d{0,2})((?:,\d{3})+)(?:\.(\d+))?$/.exec(raw);
  if (grouped) {
    const whole = (grouped[1] ?? grouped[4]!) + (grouped[2] ?? grouped[5]!).replace(/[.,]/g, '');
    return Number(`${whole}.${grouped[3] ?? grouped[6] ?? 0}`);
  }
  return /^\d+[.,]\d+$/.test(raw) ? Number(raw.replace(',', '.')) : null;
}

/** A number as Vietnamese documents write it: `1.200`, `87,5`. */
export function speakNumber(value: number): string {
  const [whole, fraction] = String(value).split('.');
  return whole!.replace(/\B(?=(\d{3})+$)/g, '.') + (fraction ? `,${fraction}` : '');
}

interface Part {
  value: number;
  to: number;
  words: boolean;
}

/** All numbers of a text, from left to right. */
export function numbersIn(tokens: readonly Token[]): Spoken[] {
  const found: Spoken[] = [];
  for (let i = 0; i < tokens.length; ) {
    const spoken = summed(tokens, i);
    if (spoken) found.push(spoken);
    i = spoken ? spoken.to : i + 1;
  }
  return found;
}

/** `45+60+80 người`: one number; the sum itself may follow (`3+2=5 buổi`). */
function summed(tokens: readonly Token[], i: number): Spoken | null {
  let sum = numberAt(tokens, i);
  while (sum && tokens[sum.to]?.raw === '+' && tokens[sum.to + 1]?.kind === 'digits') {
    const next = numberAt(tokens, sum.to + 1);
    if (!next) break;
    sum = { ...next, from: i, value: sum.value + next.value, large: sum.large || next.large, words: false };
  }
  return sum && restated(tokens, sum);
}

/** `05 (năm) buổi`: the number again in words. */
function restated(tokens: readonly Token[], number: Spoken): Spoken {
  const again = tokens[number.to]?.raw === '(' ? numberAt(tokens, number.to + 1) : null;
  const same = again?.words && again.value === number.value && tokens[again.to]?.raw === ')';
  return same ? { ...number, to: again.to + 1 } : number;
}

function numberAt(tokens: readonly Token[], start: number): Spoken | null {
  let [total, i, words, large, below] = [0, start, true, false, Number.POSITIVE_INFINITY];
  for (;;) {
    // "một nghìn không trăm năm mươi", "hai nghìn lẻ năm"
    const gap = below === 1e3 ? gapAt(tokens, i) : 0;
    const part = i === start ? (smallAt(tokens, i) ?? impliedOne(tokens, i)) : smallAt(tokens, i + gap);
    if (!part) break;
    const scale = scaleAt(tokens, part.to);
    if (scale) {
      if (scale.value >= below) break;
      const tail = tailOf(tokens, scale.to, scale.value);
      // Nobody lends a thousand billion: "1,250 tỷ" is one and a quarter.
      const fraction = scale.value === 1e9 && i === start && /^[1-9]\d?[.,]\d{3}$/.test(tokens[i]!.raw);
      total += (fraction ? part.value / 1e3 : part.value) * scale.value + tail.value;
      [i, words, below] = [tail.to, words && part.words, scale.value];
      large ||= scale.value >= 1e6;
      if (tail.ends) break;
      continue;
    }
    // "2 nghìn 500": what follows a scale without one of its own fills it up from below.
    if (i !== start && gap === 0 && !(below === 1e3 && part.value >= 10 && part.value < 1e3 && tokens[i]!.spaced))
      break;
    total += part.value;
    [i, words] = [part.to, words && part.words];
    break;
  }
  if (i === start) return null;
  const only = tokens[start]!;
  const risky =
    i === start + 1 &&
    only.kind === 'word' &&
    RISKY.has(only.folded) &&
    (!(isMarked(only.raw) || only.accented) || only.folded === 'nam');
  return { from: start, to: i, value: Math.round(total * 1e6) / 1e6, words, large, risky };
}

const HAI = /^(?:quan|duong|phong|dang|doi|san|dao)$/;
const VENUE = /^(?:doi tuong|quan (?:karaoke|bar|net|internet|game|an|nuoc|ca|cafe|bia|nhau|bida))$/;

/** Words for the places that are empty after a thousand. */
function gapAt(tokens: readonly Token[], i: number): number {
  const none = isJustWord(tokens[i], NO) && isJustWord(tokens[i + 1], HUNDRED) ? 2 : 0;
  return none + (ODD.some((word) => isJustWord(tokens[i + none], word)) ? 1 : 0);
}
const NO = sought('không');

/** Digits or words below a thousand; hundreds and tens said in words after digits count too (`3 trăm`, `2 chục`). */
function smallAt(tokens: readonly Token[], i: number): Part | null {
  const token = tokens[i];
  if (!token) return null;
  if (token.kind === 'digits') {
    const value = digitsValue(token.raw);
    if (value === null) return null;
    return multiplied(tokens, { value, to: i + 1, words: false }) ?? { value, to: i + 1, words: false };
  }
  if (isJustWord(token, HALF) && scaleAt(tokens, i + 1)) return { value: 0.5, to: i + 1, words: true };
  const unit = find(UNITS, token);
  if (unit === null) return isJustWord(token, TEN) ? tensAt(tokens, i) : null;
  // "hai quan" without marks is hải quan, unless it says of what kind the quán are.
  const after = tokens[i + 1]?.folded ?? '';
  if (unit === 2 && !token.accented && HAI.test(after) && !VENUE.test(`${after} ${tokens[i + 2]?.folded}`)) return null;
  if (unit === 1 && NOT_ONE.some((word) => isJustWord(tokens[i + 1], word))) return null;
  return multiplied(tokens, { value: unit, to: i + 1, words: true }) ?? tensAt(tokens, i);
}

/** `hai trăm rưỡi`, `3 trăm linh 5`, `2 chục`. */
function multiplied(tokens: readonly Token[], part: Part): Part | null {
  const next = tokens[part.to];
  if (isJustWord(next, DOZEN)) return halfMore(tokens, { ...part, value: part.value * 10, to: part.to + 1 }, 5);
  if (!isJustWord(next, HUNDRED)) return null;
  const hundreds = { ...part, value: part.value * 100, to: part.to + 1 };
  const half = halfMore(tokens, hundreds, 50);
  if (half.to !== hundreds.to) return half;
  const odd = ODD.some((word) => isJustWord(tokens[hundreds.to], word)) ? hundreds.to + 1 : hundreds.to;
  // "1 trăm 5 chục"
  const dozens = /^\d$/.test(tokens[odd]?.raw ?? '') && isJustWord(tokens[odd + 1], DOZEN);
  if (dozens) return { value: hundreds.value + 10 * Number(tokens[odd]!.raw), to: odd + 2, words: false };
  const rest = tokens[odd]?.kind === 'word' ? tensAt(tokens, odd) : null;
  if (!rest) return hundreds;
  // "một trăm hai" is 120, "một trăm linh hai" 102; "một trăm hai buổi" cannot be told apart and stays 120.
  const value = rest.value < 10 && odd === hundreds.to ? rest.value * 10 : rest.value;
  return { value: hundreds.value + value, to: rest.to, words: part.words };
}

/** `mười hai`, `hai mươi mốt`, `hai lăm`, `bảy`. */
function tensAt(tokens: readonly Token[], i: number): Part | null {
  const unit = find(UNITS, tokens[i]);
  if (unit === null && !isJustWord(tokens[i], TEN)) return null;
  const tens = unit === null ? 10 : isJustWord(tokens[i + 1], TENS) ? unit * 10 : null;
  if (tens === null) {
    const last = find(AFTER_TEN, tokens[i + 1]);
    return last === null
      ? { value: unit!, to: i + 1, words: true }
      : { value: unit! * 10 + last, to: i + 2, words: true };
  }
  const to = unit === null ? i + 1 : i + 2;
  const last = find(AFTER_TEN, tokens[to]) ?? find(UNITS, tokens[to]);
  return last === null ? { value: tens, to, words: true } : { value: tens + last, to: to + 1, words: true };
}

/** `trăm rưỡi`, `hơn chục`, `tỷ rưỡi`: one of them. */
function impliedOne(tokens: readonly Token[], i: number): Part | null {
  const scale = isJustWord(tokens[i], HUNDRED)
    ? 100
    : isJustWord(tokens[i], DOZEN)
      ? 10
      : (scaleAt(tokens, i)?.value ?? null);
  if (scale === null || tokens[i]!.folded === 'tr') return null;
  const halved = HALF_MORE.some((word) => isJustWord(tokens[i + 1], word));
  const about = i > 0 && ABOUT.some((word) => isJustWord(tokens[i - 1], word));
  // "nghìn hai tờ rơi", "trăm hai cam kết"
  const more = (isMarked(tokens[i]!.raw) || scale === 1e3) && find(UNITS, tokens[i + 1]) !== null;
  const some = i > 0 && /^(?:hang|vai|may|nhieu|muoi|phan|mot|so)$/.test(tokens[i - 1]!.folded);
  const done = i > 0 && scale < 1e3 && tokens[i + 1]?.kind === 'word' && DEED.some((w) => isJustWord(tokens[i - 1], w));
  if (!halved && !about && !done && !(more && !some && scale < 1e6)) return null;
  const one = { value: 1, to: i, words: true };
  return scale < 1e3 ? multiplied(tokens, one) : one;
}

function halfMore(tokens: readonly Token[], part: Part, half: number): Part {
  return HALF_MORE.some((word) => isJustWord(tokens[part.to], word))
    ? { ...part, value: part.value + half, to: part.to + 1 }
    : part;
}

function scaleAt(tokens: readonly Token[], i: number): { value: number; to: number } | null {
  const token = tokens[i];
  if (!token) return null;
  // A lone k is "không"; joined to digits it is a thousand.
  if (token.folded === 'k') return token.spaced ? null : { value: 1e3, to: i + 1 };
  // "TR" on its own is "tờ rơi".
  if (token.raw === 'TR' && token.spaced) return null;
  // "phát 1200 tr"
  if (token.folded === 'tr' && token.spaced && /^(?:phat|tang|to)$/.test(tokens[i - 2]?.folded ?? '')) return null;
  const value = find(SCALES, token);
  return value === null ? null : { value, to: i + 1 };
}

/** "1 tỷ 2 cho 15 hộ": no word for what the last digit could count. */
const CLOSES = ['cho', 'để', 'với', 'tại', 'trong', 'từ', 'đồng'].map(sought);

/** What follows a scale: `rưỡi`, the 5 of `2tr5`, the `ba` of `hai nghìn ba`. */
function tailOf(tokens: readonly Token[], i: number, scale: number): { value: number; to: number; ends: boolean } {
  const next = tokens[i];
  const none = { value: 0, to: i, ends: false };
  if (!next) return none;
  if (HALF_MORE.some((word) => isJustWord(next, word))) return { value: scale / 2, to: i + 1, ends: true };
  const after = tokens[i + 1];
  if (next.kind === 'digits' && /^\d{1,3}$/.test(next.raw)) {
    if ([HUNDRED, DOZEN].some((word) => isJustWord(after, word))) return none;
    const closed =
      !after || after.kind === 'mark' || after.kind === 'break' || CLOSES.some((word) => isJustWord(after, word));
    if (!next.spaced || (next.raw.length === 1 && (scale === 1e3 || closed)))
      return { value: (Number(next.raw) * scale) / 10 ** next.raw.length, to: i + 1, ends: true };
    return none;
  }
  const unit = find(UNITS, next) ?? find(AFTER_TEN, next);
  const goesOn =
    [HUNDRED, TENS, DOZEN].some((word) => isJustWord(after, word)) ||
    scaleAt(tokens, i + 1) ||
    find(AFTER_TEN, after) !== null;
  return unit !== null && isMarked(next.raw + (tokens[i - 1]?.raw ?? '')) && !goesOn
    ? { value: (unit * scale) / 10, to: i + 1, ends: true }
    : none;
}

function find(among: { word: ReturnType<typeof sought>; value: number }[], token: Token | undefined): number | null {
  return among.find(({ word }) => isJustWord(token, word))?.value ?? null;
}
