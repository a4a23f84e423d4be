/** A day that a question names: "15/6 nộp được không", "ngày 5 tháng 7 có trễ không", "mai nộp kịp không". */
import type { Day } from '../plan/types.ts';
import { addDays, isDay, weekdayOf } from './calendar.ts';
import { fold } from './fold.ts';

/** `15/6`, `15-6`, `15.6.2026`; not the number of a document (`08/2026/QĐ-TTg`). */
const FIGURES = /(?<![\p{L}\d/.,-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}))?(?![\d/]|-?\p{L})/u;
/** `ngày 5 tháng 7`, `mùng 5`, folded. */
const WORDS = /(?:^| )(?:ngay|hom|mung|mong) (\d{1,2})(?: thang (\d{1,2}))?(?: nam (\d{4}))?(?= |$)/;
const NEAR: [RegExp, number][] = [
  // "tuần này có …" is no today.
  [
    /(?:^| )(?:hom nay|bua nay|(?<!(?:tuan|thang|ki|dot|qui|xa|phuong|vi|hoach|viec|cao|nam|so|lan) )nay)(?= (?:nop|gui|moi|co|thi|con)|$)/,
    0,
  ],
  [/(?:^| )(?:ngay |sang |chieu |hom )?mai(?= (?:nop|gui|moi|co|thi|con|la))/, 1],
  [/(?:^| )(?:ngay kia|ngay mot)(?= |$)/, 2],
];

/** Null where none is named, or one of another year (a document's). */
export function dayNamed(text: string, today: Day): Day | null {
  const figures = FIGURES.exec(text.normalize('NFC'));
  if (figures) return dayOf(figures[1]!, figures[2], figures[3], today);
  const folded = fold(text);
  const words = WORDS.exec(folded);
  if (words) return dayOf(words[1]!, words[2], words[3], today);
  const near = NEAR.find(([said]) => said.test(folded));
  return near ? addDays(today, near[1]) : null;
}

export interface Span {
  from: Day;
  to: Day;
}

const MONTHS = ['mot', 'hai', 'ba', 'tu', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi', 'muoi mot', 'muoi hai'];
/** `tháng 7`, `tháng bảy`, `tháng này`; a number before it counts months, and what follows may be a day's or a name's. */
const MONTH = new RegExp(
  `(?<!\\d |mot |sau |chin |bao nhieu |may |hang |ke hoach |dinh ki )\\bthang (?<month>\\d{1,2}|nay|sau|toi|${MONTHS.toReversed().join('|')})(?! hanh dong| nam (?!2026)\\d)\\b`,
);
const WEEK = /\btuan (?<week>nay|sau|toi)\b/;

/** The days of a month or a week that is named; null where none is. @param folded the words as they were read */
export function spanNamed(folded: string, today: Day): Span | null {
  const week = WEEK.exec(folded)?.groups?.week;
  if (week) {
    const monday = addDays(today, 1 - weekdayOf(today) + (week === 'nay' ? 0 : 7));
    return { from: week === 'nay' ? today : monday, to: addDays(monday, 6) };
  }
  const said = MONTH.exec(folded)?.groups?.month;
  if (!said) return null;
  const [year, now] = today.split('-').map(Number) as [number, number];
  const month =
    said === 'nay' ? now : said === 'sau' || said === 'toi' ? now + 1 : Number(said) || MONTHS.indexOf(said) + 1;
  if (month < 1 || (month > 12 && /\d/.test(said))) return null;
  const first = (m: number): Day => `${m > 12 ? year + 1 : year}-${`${m > 12 ? m - 12 : m}`.padStart(2, '0')}-01`;
  return { from: first(month), to: addDays(first(month + 1), -1) };
}

/** A day without a month is the next of that number. */
function dayOf(date: string, month: string | undefined, year: string | undefined, today: Day): Day | null {
  const [thisYear, thisMonth] = today.split('-') as [string, string];
  if (year !== undefined && year !== thisYear) return null;
  const make = (m: number) => `${thisYear}-${String(m).padStart(2, '0')}-${date.padStart(2, '0')}`;
  let day = make(month === undefined ? Number(thisMonth) : Number(month));
  if (month === undefined && day < today) day = make(Number(thisMonth) + 1);
  return isDay(day) ? day : null;
}
