/** Difficulties and proposals in a free message: each from its opening word to the next one or to where figures begin again. */
import { isJustWord, sought, type Token, tokensOf } from '../language/tokens.ts';
import { endsSentence } from './scan.ts';
import type { FieldId, FormDefinition, Values } from './types.ts';

export interface Opinions {
  values: Values;
  /** Tokens that belong to an opinion and hold no figures. */
  taken: ReadonlySet<number>;
  /** What stands before the first opening word. */
  lead: string;
}

interface Opening {
  field: FieldId;
  from: number;
  to: number;
  /** "không có khó khăn": none was met. */
  none: boolean;
}

const NONE = new Set(['khong', 'ko', 'chua', 'k', 'kg']);
const SAID_NONE = /^(khong|ko|k|chua)( co)?( gi| nao)?$/;
/** Words that may stand between the sentence's start and the opening word. */
const LEAD = new Set([
  'hien',
  'nay',
  'con',
  'gap',
  'co',
  'dang',
  'va',
  'nhung',
  'tuy',
  'nhien',
  'ngoai',
  'ra',
  'xa',
  'phuong',
  'don',
  'vi',
  'ubnd',
  'xin',
  'kinh',
  'chi',
  'van',
  'tran',
  'trong',
  'chung',
  'toi',
  'em',
  'ben',
  'mot',
  'so',
  'cung',
  'rat',
  'nhieu',
  'cac',
]);

export function opinionsIn(tokens: readonly Token[], form: FormDefinition): Opinions {
  const openings = openingsIn(tokens, form);
  const values: Values = {};
  const taken = new Set<number>();
  for (const [n, opening] of openings.entries()) {
    const end = endOf(tokens, opening, openings[n + 1]?.from ?? tokens.length);
    for (let i = opening.from; i < end; i += 1) taken.add(i);
    const said = textOf(tokens, opening.to, end);
    const text = opening.none || SAID_NONE.test(folded(tokens, opening.to, end)) ? 'không' : said;
    if (text === '') continue;
    values[opening.field] = opening.field in values ? `${values[opening.field]}; ${text}` : text;
  }
  return { values, taken, lead: openings[0] ? textOf(tokens, 0, openings[0].from) : '' };
}

const wordsOf = (text: string) =>
  tokensOf(text)
    .filter((t) => t.raw !== ')')
    .map((t) => (t.kind === 'word' ? sought(t.raw) : t.raw));
const stand = (words: ReturnType<typeof wordsOf>, tokens: readonly Token[], i: number) =>
  words.every((word, n) => (typeof word === 'string' ? tokens[i + n]?.raw === word : isJustWord(tokens[i + n], word)));

function openingsIn(tokens: readonly Token[], form: FormDefinition): Opening[] {
  const ways = form.fields
    .filter((field) => field.kind === 'text')
    .flatMap((field) =>
      field.aliases.map((alias) => {
        const [words, ahead] = alias.split('(').map(wordsOf);
        return { field: field.id, words: words!, ahead: ahead ?? [] };
      }),
    )
    .sort((a, b) => b.words.length - a.words.length);
  const openings: Opening[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const way = ways.find(({ words, ahead }) => stand([...words, ...ahead], tokens, i));
    if (!way) continue;
    let to = i + way.words.length;
    const open = openings.at(-1);
    if (!opens(tokens, i, to, open?.field !== way.field && open !== undefined)) continue;
    const from = startOf(tokens, i);
    const none = NONE.has(tokens[from]?.folded ?? '');
    to = namedAt(tokens, to);
    const colon = /^[:\-–=]$/.test(tokens[to]?.raw ?? '');
    if (colon || tokens[to]?.folded === 'la') to += 1;
    openings.push({ field: way.field, from, to, none });
    i = to - 1;
  }
  return openings;
}

/** "Khó khăn lớn nhất hiện nay là": what stands before "là" or a colon only says more of the name. */
function namedAt(tokens: readonly Token[], from: number): number {
  let to = from;
  while (to < from + 6 && NAMES_ON.has(tokens[to]?.folded ?? '')) to += 1;
  return tokens[to]?.folded === 'la' || tokens[to]?.raw === ':' ? to : from;
}
const NAMES_ON = new Set(
  'hien nay tai chinh chu yeu lon nhat cua gap phai xa phuong don vi em so trong ky tuan thang cu the'.split(' '),
);

/** "đề nghị sửa báo cáo" corrects figures and proposes nothing. */
const MENDS = /^(?:sua (?:lai|bao|so)|dinh chinh|dieu chinh|chinh (?:lai|sua)|cap nhat)/;

/** An opening word heads its clause or carries a colon; after another opinion it may follow without any mark. */
function opens(tokens: readonly Token[], i: number, to: number, afterAnother: boolean): boolean {
  if (/^(sua|dinh|dieu|chinh|cap)$/.test(tokens[to]?.folded ?? '') && MENDS.test(folded(tokens, to, to + 2)))
    return false;
  if (tokens[to]?.raw === ':') return true;
  if (afterAnother && tokens[i]!.folded !== 'vuong') return true;
  const before = tokens[startOf(tokens, i) - 1];
  return !before || before.kind === 'mark' || before.kind === 'break';
}

function startOf(tokens: readonly Token[], i: number): number {
  let from = i;
  while (from > 0 && (LEAD.has(tokens[from - 1]!.folded) || NONE.has(tokens[from - 1]!.folded))) from -= 1;
  // Only what is said not to be there belongs to the opening; the rest is how the sentence begins.
  return from;
}

/** "Trân trọng!", "Xin cảm ơn", "trên đây là báo cáo của xã": how a letter closes, no part of what it proposes. */
const CLOSING =
  /^(?:(?:em|toi|don vi|xa|phuong|so|cung|chung) )?(?:(?:xin|kinh|rat|chan thanh|tran trong|vo cung) )*(?:tran trong(?! (?:de|kien|mong|xin|kinh|yeu))(?: |$)|cam on(?: |$)|(?<=(?:xin|kinh|trong) )(?:bao cao|het|thong bao|trinh)(?: |$)|het(?: a)?$|tren day la|bao cao de|noi nhan)/;
const closes = (tokens: readonly Token[], i: number) =>
  (endsSentence(tokens, i - 1) || /^[.,!?]$/.test(tokens[i - 1]!.raw)) && CLOSING.test(folded(tokens, i, i + 8));

function endOf(tokens: readonly Token[], opening: Opening, end: number): number {
  const closing = tokens.findIndex((_, i) => i > opening.to && i < end && closes(tokens, i));
  const next = closing > 0 ? closing : end;
  for (let i = opening.to; i < next; i += 1) {
    if (!endsSentence(tokens, i)) continue;
    if (tokens[i]!.kind === 'break' && i > opening.to && hasFigures(tokens, i + 1, next)) return i;
    if (hasFigures(tokens, i + 1, sentenceFrom(tokens, i + 1, next))) return i;
  }
  return next;
}

function sentenceFrom(tokens: readonly Token[], from: number, next: number): number {
  let i = from;
  while (i < next && !endsSentence(tokens, i)) i += 1;
  return i;
}

/** "2. Mở lớp tập huấn" goes on with what was opened. */
const hasFigures = (tokens: readonly Token[], from: number, to: number) =>
  tokens
    .slice(from, to)
    .some((t, i, all) => t.kind === 'digits' && !(/^\d$/.test(t.raw) && i === 0 && /^[.)]$/.test(all[1]?.raw ?? '')));

const folded = (tokens: readonly Token[], from: number, to: number) =>
  tokens
    .slice(from, to)
    .filter((t) => t.kind === 'word')
    .map((t) => t.folded)
    .join(' ');

function textOf(tokens: readonly Token[], from: number, to: number): string {
  const text = tokens.slice(from, to).reduce((said, t, i) => {
    if (t.kind === 'break') return `${said} `;
    return said + (t.spaced && i > 0 ? ' ' : '') + t.raw;
  }, '');
  return text.replace(/\s+/g, ' ').replace(/^[\s,.;:\-–+*•]+|(?:\s(?:ạ|nhé|nha|a))?[\s,.;:!\-–+*•]*$/giu, '');
}
