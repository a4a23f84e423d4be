/** Numbers that point to a person: identity, phone, plates, accounts, dates of birth; and passwords. Figures, sums and document numbers pass. */
import { allOf } from '../all-of.ts';
import type { Looked } from './text.ts';

export type NumberKind = 'identity' | 'phone' | 'plate' | 'account' | 'birth' | 'password' | 'contact';

interface Way {
  kind: NumberKind;
  /** Over the folded text; the group `it` is what is stopped. */
  words: RegExp;
  /** Over the text as typed. */
  typed?: true;
  /** Found without any digit in the message. */
  wordy?: true;
  unless?: (before: string, it: string, after: string) => boolean;
}

const MONEY_AFTER = /^\s*(?:dong|d|vnd|vnđ|đ)(?![a-z])|^\s*(?:trieu|ty|ti|nghin)(?![a-z])/;
const MONEY_BEFORE = /(?:tien|vay|von|giai ngan|kinh phi|tri gia|phat|tong|dong)\s*(?:la|:|=|so)?\s*$/;
const isSum = (before: string, it: string, after: string): boolean =>
  /000$/.test(it.replace(/\D/g, '')) || MONEY_AFTER.test(after) || MONEY_BEFORE.test(before) || /^\/[a-z]/.test(after);

const ID_WORDS =
  '(?:cccd|cmnd|cmt|cmtnd|can cuoc(?: cong dan)?|so dinh danh(?: ca nhan)?|dinh danh|chung minh(?: nhan dan| thu)?|giay to|ho chieu|passport|gplx|bang lai|giay phep lai xe|bhyt|bhxh|so bao hiem)';
const PHONE_WORDS =
  '(?:sdt|s\\.d\\.t|so dt|so dien thoai|dien thoai|dt|dthoai|phone|tel|zalo|goi|hotline|lien he|lh|so may|alo)';

const WAYS: Way[] = [
  {
    kind: 'identity',
    words: new RegExp(
      `(?<![a-z])${ID_WORDS}(?: so)?(?:\\s+[a-z]+){0,4}?\\s*(?:la|:|=|so)?\\s*(?<it>[a-z]?\\d(?:[\\s.-]?\\d){5,13})(?!\\d)`,
      'g',
    ),
  },
  { kind: 'identity', words: /(?<![\d.,/-])(?<it>\d{12})(?![\d/]|[.,]\d)/g, unless: isSum },
  {
    kind: 'identity',
    words: /(?<![\d.,/-])(?<it>0\d{2}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3})(?![\d/]|[.,]\d)/g,
    unless: isSum,
  },
  { kind: 'identity', words: /(?<![\d.,/-])(?<it>[1-9]\d{8})(?![\d/]|[.,]\d)/g, unless: isSum },
  { kind: 'identity', words: /(?<![A-Za-z\d/-])(?<it>[A-Z]\d{7,8})(?![\dA-Za-z/])/g, typed: true },
  {
    kind: 'phone',
    words:
      /(?<![\d.,])(?<it>(?:(?:\+84[\s.-]?|0)[35789]\d(?:[\s.-]?\d){7}|84[\s.-]?[35789]\d(?:[\s.-]?\d){7}))(?![\d]|[.,]\d)/g,
  },
  {
    kind: 'phone',
    words: new RegExp(
      `(?<![a-z])${PHONE_WORDS}(?: so)?\\s*(?:la|:|=|so)?\\s*(?<it>\\+?\\d(?:[\\s.-]?\\d){7,11})(?!\\d)`,
      'g',
    ),
  },
  {
    // Digit by digit: "sđt 0 9 1 2 3 4 5 6 7 8".
    kind: 'phone',
    words: new RegExp(`(?<![a-z])${PHONE_WORDS}(?:\\s+[a-z]+){0,5}\\s*:?\\s*(?<it>0(?:[\\s.-]\\d){9})(?!\\d)`, 'g'),
  },
  {
    kind: 'plate',
    words: /(?<![\p{L}\d/-])(?<it>\d{2}\s?-?\s?[A-Z]{1,2}\d?\s?[-–.]?\s?(?:\d{3}\.\d{2}|\d{5}|\d{4}))(?![\p{L}\d/])/gu,
    typed: true,
  },
  {
    // The dash and the dot leave no doubt in small letters.
    kind: 'plate',
    words: /(?<![a-z\d.,/-])(?<it>\d{2}\s?-?\s?[a-z]{1,2}\d?\s?[-–]\s?\d{3}\.\d{2})(?![a-z\d])/g,
  },
  {
    // A fishing boat: HP-90123-TS.
    kind: 'plate',
    words: /(?<![a-z\d])(?<it>[a-z]{2,3}\s?[-–.]?\s?\d{4,5}\s?[-–.]?\s?ts)(?![a-z\d])/g,
  },
  {
    kind: 'plate',
    words:
      /(?<![a-z])(?:tau|ghe|sa lan|phuong tien)(?: ca| thuy)?(?: so hieu| mang so hieu| mang bien so| bien so| so)\s*:?\s*(?<it>[a-z]{2,3}\s?[-–.]?\s?\d{4,5}(?:\s?[-–.]?\s?[a-z]{2})?)(?![a-z\d])/g,
  },
  {
    kind: 'plate',
    words:
      /(?:bks|bien so|bien kiem soat|bien ks|o to|oto|mo to|container|xe(?: may| o to| oto| tai| con| khach| ban tai)?(?: mang)?(?: bien)?)\s*(?:so|:|la)?\s*(?<it>\d{2}\s?-?\s?[a-z]{1,2}\d?\s?[-–.]?\s?(?:\d{3}\.?\d{2}|\d{4}))(?![a-z\d])/g,
  },
  {
    kind: 'plate',
    words:
      /(?:(?<![a-z\d.,])|(?<![a-z])xe\s[^.;\n\d]{0,25}?)(?<it>\d{2}\s?-?\s?[a-z]\d\s?[-–.]?\s?(?:\d{3}\.\d{2}|\d{5}))(?![a-z\d]|[.,]\d)/g,
  },
  {
    kind: 'account',
    words:
      /(?:stk|so tai khoan|so tk|tai khoan(?: ngan hang| so)?|tk(?: ngan hang| so)?|so the|so the atm)(?:\s+(?!(?:la|so)\s)[a-z]+){0,6}?\s*(?:la|:|=|so)?\s*(?:[a-z]{2,12}\s+)?(?<it>\d(?:[\s.-]?\d){5,18})(?!\d)/g,
  },
  {
    // The bank stands for the word: "chuyển khoản MB 0912…".
    kind: 'account',
    words:
      /(?<![a-z])(?:chuyen khoan(?: vao| qua| toi| den)?|vietcombank|vcb|techcombank|tcb|mbbank|mb|bidv|vietinbank|agribank|acb|vpbank|tpbank|sacombank|momo|zalopay)\s*:?\s*(?:mb\s+|so\s+)?(?<it>\d(?:[\s.-]?\d){7,15})(?!\d)/g,
    unless: isSum,
  },
  {
    kind: 'contact',
    wordy: true,
    words: /(?<it>[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,})/g,
    unless: (_, it) => /\.gov\.vn$/.test(it),
  },
  {
    kind: 'contact',
    wordy: true,
    words:
      /(?:facebook|fb|nick|tai khoan (?:facebook|zalo|tiktok|telegram))\s*(?:ten|la|:)?\s*(?<it>(?:https?:\/\/)?(?:www\.)?(?:facebook|fb)\.com\/\S+|["“][^"”]+["”])/g,
  },
  {
    kind: 'contact',
    wordy: true,
    words:
      /(?:facebook|fb|nick|tai khoan|zalo|tiktok)(?:\s+[a-z]+){0,4}\s*:?\s*(?<it>(?:https?:\/\/)?(?:www\.|m\.)?(?:facebook|fb|tiktok|zalo|instagram|t)\.(?:com|me|vn)\/\S+)/g,
  },
  {
    kind: 'contact',
    wordy: true,
    words:
      /(?<!\p{L})(?:[Ff]acebook|[Ff]b|FB|[Nn]ick(?: (?:facebook|fb|zalo))?|[Zz]alo|[Tt]iktok)\s+(?:tên\s+|là\s+|:\s*)?(?<it>["“]?\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3}["”]?)(?=\s+(?:chuyên|bán|rao|mua|giao|để bán|để mua))/gu,
    typed: true,
  },
  {
    kind: 'birth',
    words:
      /(?<![a-z])(?:(?:sinh|ngay sinh|sinh ngay|nam sinh|ns|sn|s\.n)(?:\s*(?:nam|ngay|:|la|\.))*\s*)(?<it>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)?\d{2}|(?:19|20)\d{2})(?!\d)/g,
  },
  {
    // "sinh ngày mùng 5 tháng 3 năm 1990", "sinh tháng 4 năm 2005"
    kind: 'birth',
    words:
      /(?<![a-z])(?<!(?:phat|hoc|khai|vi|ki|ky|gian|tan) )(?:sinh|ngay sinh)\s*:?\s*(?<it>ngay\s+(?:(?:mung|mong)\s+)?\d{1,2}\s+thang\s+\d{1,2}(?:\s+nam\s+(?:19|20)?\d{2})?|(?:(?:mung|mong)\s+)?(?:\d{1,2}\s+)?thang\s+\d{1,2}\s*(?:nam|\/|-)\s*(?:19|20)\d{2})(?!\d)/g,
  },
  { kind: 'birth', words: /(?<![a-z])(?:sinh nam|sn|namsinh)\s*:?\s*(?<it>\d{2})(?!\d)/g },
  {
    kind: 'password',
    wordy: true,
    words:
      /(?<![a-z])(?:mat khau|password|passwd|pass|mk|ma pin|pin|token|ma truy cap|mat ma)(?:\s+[a-z]+){0,6}?\s*(?:(?<![a-z])la(?![a-z])|:|=)\s*(?<it>[^\s[]\S*)/g,
    // Asked for, not told.
    unless: (before, it, after) =>
      /^(?:gi|j|ji|bao|sao|the|may|nao|dau|ai|chi)\W*$/.test(it) ||
      // "mật khẩu là nội dung của buổi tập huấn"
      (/(?<![a-z])la\s*$/.test(before) && /^[a-z]+$/.test(it) && /^\s+[a-z]/.test(after)),
  },
  {
    // Letters and digits together are nothing else: "mật khẩu Vb2026!".
    kind: 'password',
    words: /(?<![a-z])(?:mat khau|password|pass)\s+(?<it>(?=\S*[a-z])(?=\S*\d)[^\s[/]{6,})(?=\s|$)/g,
  },
  {
    kind: 'password',
    words: /(?:otp|ma xac nhan|ma xac thuc|ma bao mat|ma otp)(?:\s+[a-z]+){0,4}?\s*(?:la|:|=)?\s*(?<it>\d{4,8})(?!\d)/g,
  },
];

const WORDY = WAYS.filter(({ wordy }) => wordy);

export function numbersOfPersons({ text, plain }: Looked): { kind: NumberKind; start: number; end: number }[] {
  return (/\d/.test(text) ? WAYS : WORDY).flatMap(({ kind, words, typed, unless }) =>
    allOf(words, typed ? text : plain).flatMap((match) => {
      const it = match.groups!.it!;
      const start = match.index + match[0].lastIndexOf(it);
      const end = start + it.length;
      if (unless?.(plain.slice(Math.max(0, start - 25), start), it, plain.slice(end, end + 12))) return [];
      return [{ kind, start, end }];
    }),
  );
}
