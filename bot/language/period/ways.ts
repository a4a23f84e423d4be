/** How officers say a period, each way with the days it means. */
import type { Day } from '../../plan/types.ts';
import { addDays, isDay } from '../calendar.ts';
import {
  back,
  date,
  dayFrom,
  type Found,
  lastOfMonth,
  monday,
  monthAgo,
  monthOf,
  monthRange,
  NOW,
  pad,
  QUARTERS,
  range,
  single,
  TO,
  WEEKDAYS,
  week,
  yearOf,
} from './days.ts';

export interface Way {
  words: RegExp;
  /** A range said in dates is surer than a named week, that surer than a single day. */
  rank: 1 | 2 | 3;
  /** "Tối 8/6" is an evening, "tới 8/6" an end. */
  until?: true;
  read(groups: Record<string, string | undefined>, today: Day): Found;
}

/** Who or what follows a date at the head of a message: "15/6 tổ liên ngành kiểm tra …". */
export const DOER =
  'to|xa|phuong|ca|cax|cap|cong an|don vi|dv|ubnd|truong|doan|hoi|so|doi|dia phuong|da|tien hanh|to chuc|tuyen truyen|tt|kiem tra|ktra|kt|phat hien|bat|phat|treo|ra quan|ra soat|rs|lap|ki|le|mit tinh|huong ung|dieu hanh|phoi hop|trong|toan|cac|mttq|csb|bdbp|luc luong|tham gia|thuc hien|trien khai|van dong|khong';

/** "sáng 2 buổi, chiều 1 buổi", "đầu tháng 6 vụ": what is counted follows a number that is no date. */
const COUNTED =
  '(?! (?:vu|buoi|b|doi tuong|dt|nguoi|ng|luot|em|hoc sinh|hs|to roi|to gap|tr|co so|cs|quan|nha nghi|karaoke|ho|hoi nghi|lop|cuoc|diem|truong|cam ket|bang ron|pano|ap phich|ho so|chiec|cai|ban)(?![a-z]))';

/** In order: what says more is looked for first, and nothing is read twice. */
const TOLD: Way[] = [
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

/** The ways as whole words. */
export const WAYS: readonly Way[] = TOLD.map((way) => ({
  ...way,
  words: new RegExp(`(?<![\\p{L}\\d/])(?:${way.words.source})(?!\\p{L})`, 'gu'),
}));
