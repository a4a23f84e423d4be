/** What a single paragraph is, by its own words alone: a heading's number, a dash, a line for units or time. Pure. */

/** How deep a number stands: `I.` 1, `1.` 2, `1.1.` 3, `a)` 4. */
export type Level = 1 | 2 | 3 | 4;

export type Line =
  | {
      kind: 'numbered';
      level: Level /** As it is cited: `I`, `1`, `1.1`, `a`. */;
      number: string;
      mark: string;
      words: string;
    }
  | { kind: 'dash'; mark: string; words: string }
  /** `+ Đơn vị chủ trì: …`; `label` is what stands before the colon, `words` what follows. */
  | { kind: 'party'; label: string; words: string; mark: string }
  | { kind: 'time'; label: string; words: string; mark: string }
  /** Another labelled line under a task: funds, product. */
  | { kind: 'other'; label: string; words: string; mark: string }
  /** A second dash under a dash: `+ …`. */
  | { kind: 'sub'; mark: string; words: string }
  | { kind: 'plain'; words: string };

const ROMAN = /^((?:phần|mục)\s+)?([IVXL]{1,7})\s*[.\-–/):]\s*(?=\S)(.*)$/iu;
const BIG = /^((?:PHẦN|Phần)\s+(?:thứ\s+)?\S+|[A-Z])\s*[.:]\s+(.*)$/u;
const NUMBER = /^(\d{1,2}(?:\.\d{1,2}){0,3})\s*([.)/]|\.\))\s*(?=[^\d\s])(.*)$/u;
const DOTTED = /^(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=\S)(.*)$/u;
const LETTER = /^([a-zđ])\s*([.)])\s+(.*)$/u;
const DASH = /^([-–—•▪●*‒−])\s*(?=\S)(.*)$/u;
const PLUS = /^(\+)\s*(?=\S)(.*)$/u;

/** Lines about who and when, with or without a sign before them. */
export const PARTY_LABEL =
  /^(?:(?:các\s+)?(?:đơn vị|cơ quan|bộ phận)(?:,? (?:đơn vị|địa phương))?\s+)?(?:chủ trì|chủ trì thực hiện|chủ trì,? phối hợp(?: thực hiện)?|phối hợp|phối hợp thực hiện|thực hiện|tham mưu|chịu trách nhiệm|chịu trách nhiệm chính|phụ trách)$/iu;
const BARE_PARTY = /^(?:phân công(?: thực hiện| nhiệm vụ)?|trách nhiệm(?: thực hiện)?|đơn vị|cơ quan|giao)$/iu;
const TIME_LABEL =
  /^(?:thời (?:gian|hạn|điểm)|tiến độ|hạn|lộ trình)(?:\s+(?:thực hiện|hoàn thành|triển khai|báo cáo|gửi báo cáo|tổ chức))*$/iu;
const TIME_LEAD = /^hoàn thành$/iu;
const OTHER_LABEL =
  /^(?:sản phẩm|kết quả|kinh phí|địa điểm|thành phần|nguồn lực)(?:\s+(?:đầu ra|thực hiện|dự kiến|đạt được))*$/iu;

export const isPartyLabel = (words: string): boolean => PARTY_LABEL.test(words) || BARE_PARTY.test(words);
export const isTimeLabel = (words: string): boolean => TIME_LABEL.test(words) || TIME_LEAD.test(words);

/** The words before the first colon, if they are few. */
function labelOf(words: string): { label: string; rest: string } | null {
  const at = words.indexOf(':');
  if (at <= 0 || at > 60) return null;
  return { label: words.slice(0, at).trim(), rest: words.slice(at + 1).trim() };
}

function labelled(mark: string, words: string): Line | null {
  const found = labelOf(words);
  if (!found) return null;
  const { label, rest } = found;
  if (isPartyLabel(label)) return { kind: 'party', label, words: rest, mark };
  if (isTimeLabel(label)) return { kind: 'time', label, words: rest, mark };
  if (OTHER_LABEL.test(label)) return { kind: 'other', label, words: rest, mark };
  return null;
}

/** Names that officers write like numbers: `C. …` is no heading when the rest is no title. */
const isTitle = (words: string): boolean => words === words.toUpperCase() && /\p{L}{2}/u.test(words);

export function readLine(text: string): Line {
  const dash = DASH.exec(text) ?? PLUS.exec(text);
  if (dash) {
    const [, mark, words] = dash as unknown as [string, string, string];
    return labelled(mark, words) ?? { kind: mark === '+' ? 'sub' : 'dash', mark, words };
  }
  const bare = labelled('', text);
  if (bare) return bare;
  const roman = ROMAN.exec(text);
  if (roman && (roman[1] || roman[2] === roman[2]!.toUpperCase()))
    return numbered(1, roman[2]!.toUpperCase(), text, roman[3]!);
  const number = NUMBER.exec(text) ?? DOTTED.exec(text);
  if (number) {
    const words = number.at(-1)!;
    return numbered(number[1]!.includes('.') ? 3 : 2, number[1]!, text, words);
  }
  const letter = LETTER.exec(text);
  if (letter) return numbered(4, letter[1]!, text, letter[3]!);
  const big = BIG.exec(text);
  if (big && isTitle(big[2]!)) return numbered(1, big[1]!.replace(/\s+/g, ''), text, big[2]!);
  return { kind: 'plain', words: text };
}

const numbered = (level: Level, number: string, text: string, words: string): Line => ({
  kind: 'numbered',
  level,
  number,
  mark: text.slice(0, text.length - words.length).trim(),
  words,
});

/** A number that stands alone on a page, a rule, a form feed: the paper's, not the document's. */
export const isPaper = (text: string): boolean =>
  /^(?:[-–—]\s*)?(?:trang\s*)?\d{1,3}(?:\s*\/\s*\d{1,3})?(?:\s*[-–—])?$/iu.test(text) ||
  /^[_\-–—=*.\s]{3,}$/u.test(text);

/** Begins in the middle of a sentence. */
export const goesOn = (text: string): boolean => /^[\p{Ll}(“"]/u.test(text) && !/^[a-zđ]\s*[.)]\s/u.test(text);

/** Ends as a sentence or an item of a list ends. */
export const isEnded = (text: string): boolean => /[.;:!?…][”"')\]]*$|\.\/\.?$/u.test(text);
