/**
 * Days and periods as officers type them: `hôm nay`, `từ 1/6 đến 15/6`, `tuần 15-21/6`, `từ đầu tháng đến nay`, `tháng 6`.
 * A date without a year is the latest that is not in the future by more than a month.
 * `6 tháng đầu năm` follows the closing days of Nghị định 09/2019: 15/12 of the year before to 14/6.
 */
import type { Day } from '../plan/types.ts';
import { addDays, isDay, weekdayOf } from './calendar.ts';
import { isMarked } from './fold.ts';
import { isWord, sought, type Token } from './tokens.ts';

export interface SpokenPeriod {
  /** First token and the token after the last. */
  from: number;
  to: number;
  /** Null when only the other end was said ("tính đến 15/6"). */
  first: Day | null;
  last: Day | null;
  /** A range said in dates is surer than a named week, that surer than a single day. */
  rank: 1 | 2 | 3;
  /** No days that can be: 31/2, or an end before the beginning. Nothing is read of it. */
  wrong?: Wrong;
}

type Wrong = 'noDay' | 'reversed';
type Found = { first: Day | null; last: Day | null } | Wrong | null;
interface Way {
  words: RegExp;
  rank: SpokenPeriod['rank'];
  /** "Tối 8/6" is an evening, "tới 8/6" an end. */
  until?: true;
  read(groups: Record<string, string | undefined>, today: Day): Found;
}

const pad = (n: number | string) => String(n).padStart(2, '0');
const yearOf = (day: Day) => Number(day.slice(0, 4));
const monthOf = (day: Day) => Number(day.slice(5, 7));

function dayFrom(date: string, month: string | number, year: string | number | undefined, latest: Day): Day | null {
  const make = (y: number) => `${y}-${pad(month)}-${pad(date)}`;
  if (year !== undefined) {
    const day = make(Number(year) < 100 ? 2000 + Number(year) : Number(year));
    return isDay(day) ? day : null;
  }
  const day = make(yearOf(latest));
  if (!isDay(day)) return null;
  return day > latest ? make(yearOf(latest) - 1) : day;
}

/** 15/12 to 14/6 crosses the year; 9/6 to 1/6 was turned round. */
const crossesYear = (first: string, last: string): boolean => Number(first) >= 10 && Number(first) > Number(last);

const soon = (today: Day) => addDays(today, 31);
const lastOfMonth = (year: number, month: number): Day =>
  addDays(`${month === 12 ? year + 1 : year}-${pad((month % 12) + 1)}-01`, -1);
const monthRange = (year: number, month: number): Found => ({
  first: `${year}-${pad(month)}-01`,
  last: lastOfMonth(year, month),
});
const monday = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** A date in the joined tokens: `01 / 06 / 2026`, `15 - 6`, `1.6`, `ngay 5 thang 6 nam 2026`. */
const date = (n: number) =>
  `(?:(?:het )?(?:ngay )?(?:mung |mong )?(?<d${n}>\\d{1,2}) ?(?:\\/|thang|\\.) ?(?<m${n}>\\d{1,2})(?: ?(?:\\/|\\.|nam) ?(?<y${n}>\\d{4}|\\d{2}(?= |$)))?)(?![\\d/])`;
const TO = '(?:den|toi|-|–|—|~|->|> >|=>)(?: \\d{1,2} ?(?:h|gio)(?: ?\\d{2})?)?(?: het)?(?: ngay)?';
const NOW = '(?:nay|hom nay|gio|bay gio|hien tai|thoi diem nay|thoi diem bao cao|thoi diem hien tai)';
const QUARTERS: Record<string, number> = { 1: 1, 2: 2, 3: 3, 4: 4, i: 1, ii: 2, iii: 3, iv: 4 };
const WEEKDAYS: Record<string, number> = {
  hai: 1,
  ba: 2,
  tu: 3,
  nam: 4,
  sau: 5,
  bay: 6,
  2: 1,
  3: 2,
  4: 3,
  5: 4,
  6: 5,
  7: 6,
};

function range(g: Record<string, string | undefined>, today: Day): Found {
  const last = dayFrom(g.d2!, g.m2!, g.y2, soon(today));
  const first = last === null ? null : dayFrom(g.d1!, g.m1!, g.y1, last);
  if (!first || !last) return 'noDay';
  const lastYear = !g.y1 && yearOf(first) < yearOf(last) && !(Number(g.d1) === 15 && Number(g.m1) === 12);
  return first > last || (lastYear && !crossesYear(g.m1!, g.m2!)) ? 'reversed' : { first, last };
}

function single(g: Record<string, string | undefined>, today: Day): { first: Day; last: Day } | 'noDay' {
  const day = dayFrom(g.d1!, g.m1!, g.y1, soon(today));
  return day === null ? 'noDay' : { first: day, last: day };
}

const back = (days: number) => (_: unknown, today: Day) => ({
  first: addDays(today, -days),
  last: addDays(today, -days),
});
const week = (weeksAgo: number, whole: boolean) => (_: unknown, today: Day) => {
  const first = addDays(monday(today), -7 * weeksAgo);
  return { first, last: whole ? addDays(first, 6) : today };
};
const monthAgo = (_: unknown, today: Day) => {
  const last = addDays(`${today.slice(0, 7)}-01`, -1);
  return { first: `${last.slice(0, 7)}-01`, last };
};

/** Who or what follows a date at the head of a message: "15/6 tổ liên ngành kiểm tra …". */
const DOER =
  'to|xa|phuong|ca|cax|cap|cong an|don vi|dv|ubnd|truong|doan|hoi|so|doi|dia phuong|da|tien hanh|to chuc|tuyen truyen|tt|kiem tra|ktra|kt|phat hien|bat|phat|treo|ra quan|ra soat|rs|lap|ki|le|mit tinh|huong ung|dieu hanh|phoi hop|trong|toan|cac|mttq|csb|bdbp|luc luong|tham gia|thuc hien|trien khai|van dong|khong';

const HEADS = new RegExp(`^(?:${DOER})$`);

/** "sáng 2 buổi, chiều 1 buổi", "đầu tháng 6 vụ": what is counted follows a number that is no date. */
const COUNTED =
  '(?! (?:vu|buoi|b|doi tuong|dt|nguoi|ng|luot|em|hoc sinh|hs|to roi|to gap|tr|co so|cs|quan|nha nghi|karaoke|ho|hoi nghi|lop|cuoc|diem|truong|cam ket|bang ron|pano|ap phich|ho so|chiec|cai|ban)(?![a-z]))';

/** In order: what says more is looked for first, and nothing is read twice. */
const WAYS: Way[] = [
  { words: new RegExp(`(?:tu )?${date(1)} ${TO} ${date(2)}`), rank: 3, read: range },
  {
    words: new RegExp(`(?:tu )?(?:ngay )?(?:mung |mong )?(?<d1>\\d{1,2}) ${TO} ${date(2)}`),
    rank: 3,
    read: (g, today) => range({ ...g, m1: g.m2, y1: g.y2 }, today),
  },
  {
    words: new RegExp(`(?:tu )?(?:ngay )?(?<d1>\\d{1,2}) ${TO} (?<d2>\\d{1,2}) thang nay`),
    rank: 3,
    read: (g, today) => range({ ...g, m1: String(monthOf(today)), m2: String(monthOf(today)) }, today),
  },
  {
    // "từ 01-06 đến 15-06"
    words:
      /(?:tu )?(?:ngay )?(?<d1>\d{1,2}) ?- ?(?<m1>0?[1-9]|1[0-2])(?: ?- ?(?<y1>\d{4}))? (?:den|toi)(?: het)?(?: ngay)? (?<d2>\d{1,2}) ?- ?(?<m2>0?[1-9]|1[0-2])(?: ?- ?(?<y2>\d{4}))?(?![\d/])/,
    rank: 3,
    read: range,
  },
  {
    words: new RegExp(
      `(?:dem |toi )(?:ngay )?(?<d1>\\d{1,2})(?: ?\\/ ?\\d{1,2})?,? (?:va )?(?:rang )?sang (?:ngay )?${date(2)}`,
    ),
    rank: 3,
    read: (g, today) => range({ ...g, m1: g.m2, y1: g.y2 }, today),
  },
  {
    // "10 ngày đầu tháng", "hai tuần đầu tháng 6", "tuần đầu tháng 6"
    words:
      /(?:trong )?(?:(?<n>\d{1,2}|hai|ba) )?(?<of>ngay|tuan) dau(?: tien)?(?: cua)? thang(?: (?<m>1[0-2]|0?[1-9])| nay)?(?![\d/])/,
    rank: 3,
    read: (g, today) => {
      const many =
        Number(({ hai: 2, ba: 3 } as Record<string, number>)[g.n ?? ''] ?? g.n ?? 1) * (g.of === 'tuan' ? 7 : 1);
      const first = `${today.slice(0, 5)}${pad(g.m ?? monthOf(today))}-01`;
      return many > 28 ? null : { first, last: addDays(first, many - 1) };
    },
  },
  {
    // "ngày 27 và 28/6", "các ngày 25, 26, 27/6"
    words: new RegExp(
      `(?:(?:trong )?(?:hai|ba|2|3) ngay |(?:cac )?ngay )(?<d1>\\d{1,2})(?: ?(?:,|va|\\+|&) ?\\d{1,2})*? ?(?:,|va|\\+|&) ?(?:ngay )?${date(2)}`,
    ),
    rank: 3,
    read: (g, today) => range({ ...g, m1: g.m2, y1: g.y2 }, today),
  },
  {
    // "ngày 9/6, 10/6", "ngày 9/6 và ngày 10/6"
    words: new RegExp(
      `(?:cac )?ngay ${date(1).replace('(?:het )?(?:ngay )?', '')} ?(?:,|va|\\+|&) ?(?:ngay )?${date(2)}`,
    ),
    rank: 3,
    read: (g, today) => {
      const found = range(g, today);
      return typeof found === 'string' ? null : found;
    },
  },
  {
    // "từ hôm 15 đến hôm nay"
    words: new RegExp(`tu (?:hom |ngay |mung )*(?<d>\\d{1,2}) ${TO} ${NOW}`),
    rank: 3,
    read: (g, today) => {
      const first = `${today.slice(0, 8)}${pad(g.d!)}`;
      return isDay(first) && first <= today ? { first, last: today } : null;
    },
  },
  {
    words: new RegExp(`(?:tu |ke tu )${date(1)} (?:${TO} ${NOW})|(?:tu |ke tu )${date(1).replaceAll('1>', '3>')}`),
    rank: 3,
    read: (g, today) => {
      const from = single({ d1: g.d1 ?? g.d3, m1: g.m1 ?? g.m3, y1: g.y1 ?? g.y3 }, today);
      if (from === 'noDay') return from;
      return from.first <= today ? { first: from.first, last: today } : 'reversed';
    },
  },
  {
    words: new RegExp(`tu dau thang (?<m>\\d{1,2})? ?${TO} ${date(2)}`),
    rank: 3,
    read: (g, today) => {
      const end = single({ d1: g.d2, m1: g.m2, y1: g.y2 }, today);
      return end === 'noDay' ? end : { first: `${end.last.slice(0, 7)}-01`, last: end.last };
    },
  },
  {
    words: new RegExp(
      `(?:ke )?(?:tu )dau thang(?: (?<m>\\d{1,2})${COUNTED})?(?: (?:den|toi) (?:nay|hom nay|gio|hien tai|bay gio))?|dau thang (?:den|toi) (?:nay|gio)`,
    ),
    rank: 3,
    read: (g, today) => ({
      first: g.m ? `${today.slice(0, 4)}-${pad(g.m)}-01` : `${today.slice(0, 7)}-01`,
      last: today,
    }),
  },
  {
    // The Action Month is June.
    words: /(?:tu )?dau (?:thang|dot) hanh dong(?: (?:den|toi) (?:nay|hom nay|gio))?/,
    rank: 3,
    read: (_, today) => ({ first: `${today.slice(0, 4)}-06-01`, last: today }),
  },
  {
    // "thứ 7 tới" is still to come.
    words: /(?:thu |t)(?<a>[2-7]|hai|ba|tu|nam|sau|bay) (?:tuan )?(?:toi|sau)(?! \d)/,
    rank: 1,
    read: (g, today) => {
      const day = addDays(monday(today), WEEKDAYS[g.a!]! - 1);
      const next = day > today ? day : addDays(day, 7);
      return { first: next, last: next };
    },
  },
  {
    words: /(?:tu )?dau tuan (?:den|toi) (?:nay|hom nay|gio)|tu dau tuan/,
    rank: 3,
    read: week(0, false),
  },
  {
    words: /(?:tu )?dau nam (?:den|toi) (?:nay|hom nay|gio)|tu dau nam/,
    rank: 3,
    read: (_, today) => ({ first: `${today.slice(0, 4)}-01-01`, last: today }),
  },
  {
    words: new RegExp(
      `(?:tu (?:hom |ngay )?|(?=\\S+ (?:\\d )?${TO} (?:cn|chu nhat)))(?:thu |t ?)(?<a>[2-7]|hai|ba|tu|nam|sau|bay) ${TO} (?:${NOW}|(?:thu |t ?)(?<b>[2-7]|hai|ba|tu|nam|sau|bay)|(?<sunday>chu nhat|cn))(?: tuan nay)?`,
    ),
    rank: 3,
    read: (g, today) => {
      const start = monday(today);
      const last = g.sunday ? addDays(start, 6) : g.b ? addDays(start, WEEKDAYS[g.b]! - 1) : today;
      return { first: addDays(start, WEEKDAYS[g.a!]! - 1), last };
    },
  },
  {
    // "thứ 2 vừa rồi", "chủ nhật tuần trước"
    words:
      /(?:(?:thu |t)(?<a>[2-7]|hai|ba|tu|nam|sau|bay)|(?<sunday>chu nhat|cn)) (?:vua (?:roi|qua)|(?<late>tuan (?:truoc|qua|roi|vua roi|vua qua))|tuan nay|qua|roi)/,
    rank: 1,
    read: (g, today) => {
      const inWeek = addDays(monday(today), (g.sunday ? 7 : WEEKDAYS[g.a!]!) - 1);
      const day = g.late || inWeek > today ? addDays(inWeek, -7) : inWeek;
      return { first: day, last: day };
    },
  },
  {
    words: /(?:trong )?nua (?:thang dau|dau) thang (?<m>\d{1,2})/,
    rank: 3,
    read: (g, today) => ({
      first: `${today.slice(0, 4)}-${pad(g.m!)}-01`,
      last: `${today.slice(0, 4)}-${pad(g.m!)}-15`,
    }),
  },
  {
    words: /(?:trong )?nua cuoi thang (?<m>1[0-2]|0?[1-9])/,
    rank: 3,
    read: (g, today) => ({
      first: `${today.slice(0, 5)}${pad(g.m!)}-16`,
      last: lastOfMonth(yearOf(today), Number(g.m)),
    }),
  },
  {
    words: new RegExp(`(?:tinh )?(?:den|toi) (?:\\d{1,2} ?(?:h|gio)(?: ?\\d{2})? )?(?:het )?(?:ngay )?${date(1)}`),
    rank: 2,
    until: true,
    read: (g, today) => {
      const day = single(g, today);
      return day === 'noDay' ? day : { first: null, last: day.last };
    },
  },
  {
    words: /(?:trong )?(?<n>\d{1,2}) ngay (?:qua|gan day|vua qua)/,
    rank: 2,
    read: (g, today) => ({ first: addDays(today, 1 - Number(g.n)), last: today }),
  },
  {
    words: /(?<n>hai|ba|2|3|4|5) (?:hom|ngay) nay/,
    rank: 2,
    read: (g, today) => {
      const many = Number(({ hai: 2, ba: 3 } as Record<string, number>)[g.n!] ?? g.n);
      return { first: addDays(today, 1 - many), last: today };
    },
  },
  {
    // "tuần 2 tháng 6", "tuần thứ hai của tháng 6"
    words: /tuan (?:thu )?(?<n>[1-4]|nhat|hai|ba|tu)(?: cua)? thang (?<m>1[0-2]|0?[1-9])(?![\d/])/,
    rank: 3,
    read: (g, today) => {
      const n = Number(({ nhat: 1, hai: 2, ba: 3, tu: 4 } as Record<string, number>)[g.n!] ?? g.n);
      const first = addDays(`${today.slice(0, 5)}${pad(g.m!)}-01`, 7 * (n - 1));
      return { first, last: addDays(first, 6) };
    },
  },
  {
    // The week of the year: "tuần 24".
    words: /tuan (?:thu )?(?<n>[1-4]\d|5[0-3])(?! ?[-–/.,\d]| den| toi| ngay| thang)/,
    rank: 2,
    read: (g, today) => {
      const first = addDays(monday(`${today.slice(0, 4)}-01-04`), 7 * (Number(g.n) - 1));
      return { first, last: addDays(first, 6) };
    },
  },
  { words: /tuan (?:qua|truoc|vua qua|vua roi|roi|r)/, rank: 2, read: week(1, true) },
  { words: /tuan nay|trong tuan|ca tuan(?! la)|(?:bao cao|bc|kq|ket qua) tuan(?= :|$)/, rank: 2, read: week(0, false) },
  { words: /thang (?:qua|truoc|vua qua|vua roi|roi)/, rank: 2, read: monthAgo },
  {
    words: /thang nay|trong thang(?! \d| hanh dong)|(?:bao cao|bc|kq|ket qua|tong ket|so lieu|tong hop) thang(?= :|$)/,
    rank: 2,
    read: (_, today) => ({ first: `${today.slice(0, 7)}-01`, last: today }),
  },
  {
    words: /(?<n>[2-9]|1[01]) (?:thang|t) (?:dau nam|dn)(?: (?<y>\d{4}))?/,
    rank: 2,
    read: (g, today) => {
      const [year, months] = [Number(g.y ?? yearOf(today)), Number(g.n)];
      return months % 3 === 0 && months > 3
        ? { first: `${year - 1}-12-15`, last: `${year}-${pad(months)}-14` }
        : { first: `${year}-01-01`, last: lastOfMonth(year, months) };
    },
  },
  {
    // "từ tháng 4 đến tháng 6", "tháng 5 và tháng 6", "tháng 5-6"
    words:
      /(?:tu )?thang (?<a>1[0-2]|0?[1-9]) ?(?:(?:den|toi|va|,|-|–) (?:het )?thang |[-–] ?(?=\d+ ?(?:[:,/(]|$)))(?<b>1[0-2]|0?[1-9])(?: ?(?:\/|nam) ?(?<y>\d{4}))?(?![\d/])/,
    rank: 3,
    read: (g, today) => {
      const [first, last] = [Number(g.a), Number(g.b)];
      const year = Number(g.y ?? yearOf(today));
      return first < last ? { first: `${year}-${pad(first)}-01`, last: lastOfMonth(year, last) } : null;
    },
  },
  {
    words: /(?:thang|\bth|\bt) ?(?<m>1[0-2]|0?[1-9])(?: ?(?:\/|nam) ?(?<y>\d{4}))?(?![\d/])/,
    rank: 2,
    read: (g, today) => {
      const month = Number(g.m);
      return monthRange(Number(g.y ?? (month > monthOf(today) + 1 ? yearOf(today) - 1 : yearOf(today))), month);
    },
  },
  {
    words: /(?:qui|\bq) ?(?<q>[1-4]|i{1,3}|iv)\b(?: ?(?:\/|nam) ?(?<y>\d{4}))?/,
    rank: 2,
    read: (g, today) => {
      const [year, quarter] = [Number(g.y ?? yearOf(today)), QUARTERS[g.q!]!];
      return { first: `${year}-${pad(quarter * 3 - 2)}-01`, last: lastOfMonth(year, quarter * 3) };
    },
  },
  {
    words: /hom qua (?:va|,|\+) hom nay/,
    rank: 3,
    read: (_, today) => ({ first: addDays(today, -1), last: today }),
  },
  { words: /hom kia/, rank: 1, read: back(2) },
  { words: /(?:hom|ngay|dem|toi|chieu|sang) (?:hom )?qua|\bhqua\b/, rank: 1, read: back(1) },
  {
    words:
      /(?:ngay )?hom nay|\bhn\b|\bh ?nay\b|\bhnay\b|(?:bao cao|bc) ngay(?= :|$)|ca ngay(?! \d)|trong ngay(?! \d)|ngay nay|(?:sang|trua|chieu|toi|dem) nay|bua nay|\bnay\b(?= (?:xa|phuong|to chuc|tuyen truyen|tt|kiem tra|phat))/,
    rank: 1,
    read: back(0),
  },
  {
    // "1/9 cơ sở" is a fraction: a bare date begins or heads a message, or carries its year.
    words: new RegExp(
      `(?:ngay |hom |sang |chieu |toi |dem |trua )${date(1)}|(?<=^|[|,.;:(+-] |bc |bao cao |nhanh |ket qua |kq |so lieu |tong hop |vao )${date(1).replaceAll('1>', '3>')}(?= :| -| \\)| ?$| (?:${DOER}) )|${date(1).replaceAll('1>', '4>')}(?<= \\d{4})|(?<!(?:kt|kiem tra|ktra|vp|vi pham|phat|bat|dat|phat hien|tt) )${date(1).replaceAll('1>', '5>')}(?= :| \\()|(?<=mit tinh |huong ung |ki niem |dip |chao mung )${date(1).replaceAll('1>', '7>')}|(?<!\\d )(?<d6>\\d{1,2}) - (?<m6>\\d{1,2})(?= :)`,
    ),
    rank: 1,
    read: (g, today) => {
      const day = single(
        {
          d1: g.d1 ?? g.d3 ?? g.d4 ?? g.d5 ?? g.d6 ?? g.d7,
          m1: g.m1 ?? g.m3 ?? g.m4 ?? g.m5 ?? g.m6 ?? g.m7,
          y1: g.y1 ?? g.y3 ?? g.y4 ?? g.y5 ?? g.y7,
        },
        today,
      );
      // "11/11 trường học": last autumn is hardly meant by figures alone.
      return g.d3 && day !== 'noDay' && day.first < addDays(today, -150) && !g.y3 ? null : day;
    },
  },
  {
    words: new RegExp(`(?<!moi )(?:ngay|hom|sang|trua|chieu|toi|dem) (?<d>\\d{1,2})${COUNTED}(?![\\d/.,])(?! \\/)`),
    rank: 1,
    read: (g, today) => {
      // A date that this month has not reached yet is last month's.
      const month =
        addDays(today, 3).slice(8) < pad(g.d!) ? monthOf(addDays(`${today.slice(0, 7)}-01`, -1)) : monthOf(today);
      const day = dayFrom(g.d!, month, undefined, addDays(today, 3));
      return day === null ? null : { first: day, last: day };
    },
  },
];

/** Days that are the name of an event or of a document, not of a report's period. */
const NAMED_AFTER =
  /(?<![a-z])(?:huong ung|nhan|chao mung|ki niem|mit tinh|dip|toan dan.*|the gioi.*|quoc te.*|(?<!ho )so \d+.*|han|truoc|(?:cong van|ke hoach|quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|van ban|cv|qd|kh|nq)(?![a-z])[^.,;|]*)(?: nop)?(?: ngay)? $|(?<!phat )(?:sinh|sn|ns)(?: ngay)?(?: :)? $/;

/** Everything in the text that names days, left to right; what overlaps is read once, by the way that says more. */
export function periodsIn(tokens: readonly Token[], today: Day): SpokenPeriod[] {
  const { text, tokenAt } = joined(tokens);
  const taken: SpokenPeriod[] = [];
  for (const way of WAYS) {
    for (const match of text.matchAll(new RegExp(`(?<![\\p{L}\\d/])(?:${way.words.source})(?!\\p{L})`, 'gu'))) {
      const [from, to] = [tokenAt(match.index), tokenAt(match.index + match[0].trimEnd().length - 1) + 1];
      if (taken.some((p) => from < p.to && to > p.from)) continue;
      if (
        way.until &&
        (isMarked(tokens[from]!.raw) ? isWord(tokens[from], EVENING) : from === 0 && tokens[0]!.folded === 'toi')
      )
        continue;
      const found = leadsOn(tokens, from, to) ? null : way.read(match.groups ?? {}, today);
      if (!found) continue;
      const named = way.rank === 1 && NAMED_AFTER.test(text.slice(0, match.index).slice(-60));
      if (typeof found === 'string') {
        if (isMeant(match[0]))
          taken.push({ from, to, first: null, last: null, rank: way.rank, ...(!named && { wrong: found }) });
        continue;
      }
      taken.push({ from, to, ...(named ? { first: null, last: null } : found), rank: way.rank });
    }
  }
  return taken.sort((a, b) => a.from - b.from);
}

/** "3/4 - 5/60" may be fractions; what is called a day, or could be two, was meant as days. */
const isMeant = (text: string): boolean =>
  /^(?:tu|ke tu|tinh|den)(?= )|(?:^| )ngay(?= )/.test(text) ||
  [...text.matchAll(/(\d+) ?\/ ?(\d+)/g)].filter(([, d, m]) => Number(d) <= 31 && Number(m) <= 12).length === 2;

const UNTIL = sought('tới');
const EVENING = sought('tối');
/** "tuyên truyền tới 30 hội viên": what is counted up to is no evening of the 30th. */
const leadsOn = (tokens: readonly Token[], from: number, to: number): boolean =>
  to === from + 2 &&
  tokens[from + 1]!.kind === 'digits' &&
  isWord(tokens[from], UNTIL) &&
  tokens[to]?.kind === 'word' &&
  (isMarked(tokens[from]!.raw) ? !isWord(tokens[from], EVENING) : !HEADS.test(tokens[to]!.folded));

/** The tokens with one space between, so that the ways need not care how it was spaced; line breaks separate. */
function joined(tokens: readonly Token[]): { text: string; tokenAt(index: number): number } {
  const starts: number[] = [];
  let text = '';
  for (const token of tokens) {
    starts.push(text.length);
    text += `${token.kind === 'break' ? '|' : token.folded} `;
  }
  return {
    text,
    tokenAt: (index) => {
      let i = starts.length - 1;
      while (starts[i]! > index) i -= 1;
      return i;
    },
  };
}
