/** The period that a message names, in an officer's words; one that the calendar does not have is told from none. */
import { addDays, isDay } from '../language/calendar.ts';
import { periodsIn } from '../language/period.ts';
import { tokensOf } from '../language/tokens.ts';
import type { Day, PlanIndex } from '../plan/types.ts';
import { campaignPeriod, monthOfDay, monthsOf, periodBefore, periodOfDays, reportingPeriod, weekOf } from './period.ts';
import type { Period } from './types.ts';

/**
 * `wrong`: the calendar has no such period; `reversed`: it ends before it begins; `unclear`: a period is named, but which is
 * not understood.
 */
export type PeriodAsked =
  | { period: Period }
  | { wrong: string }
  | { wrong: string; reversed: true }
  | { unclear: true }
  | null;

/**
 * @param text as typed
 * @param words the same as the reader understood it: no diacritics, abbreviations and Telex undone
 */
export function periodAsked(text: string, words: string, plans: PlanIndex, today: Day): PeriodAsked {
  const wrong = wrongIn(text, words, today);
  if (wrong !== null) return { wrong };
  const turned = turnedIn(text, words, today);
  if (turned !== null) return { wrong: turned, reversed: true };
  const period = named(text, words, plans, today);
  if (period) return { period };
  return NAMES_ONE.test(words) ? { unclear: true } : null;
}

/** Something of a calendar with a number, that nothing else in a request for totals would be. */
const NAMES_ONE = /\b(?:tuan|thang|qu[iy]|ngay) \d+\b|\b\d+ (?:tuan|thang|ngay)\b|\b(?:tu|den|toi) (?:ngay )?\d+\b/;

const yearOf = (day: Day) => Number(day.slice(0, 4));
const monthOf = (day: Day) => Number(day.slice(5, 7));
const pad = (n: number | string) => String(n).padStart(2, '0');

const DATE = /(?<![\d/])(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?(?![\d/])/g;
const LAST_WEEK = 53;

/** What is wrong, as it was typed. */
function wrongIn(text: string, words: string, today: Day): string | null {
  const first = (pattern: RegExp, ok: (n: number) => boolean): string | null => {
    const found = pattern.exec(words);
    return found && !ok(Number(found[1])) ? found[0] : null;
  };
  const month = first(/\bthang (\d{1,2})\b/, (n) => n >= 1 && n <= 12);
  if (month) return month.replace('thang', 'tháng');
  const quarter = first(/\bqu[iy] (\d{1,2})\b/, (n) => n >= 1 && n <= 4);
  if (quarter) return quarter.replace(/qu[iy]/, 'quý');
  const week = first(/\btuan (\d{1,3})\b/, (n) => n >= 1 && n <= LAST_WEEK);
  if (week) return week.replace('tuan', 'tuần');
  const day = (d: string, m: string, y?: string): Day => `${y ?? yearOf(today)}-${pad(m)}-${pad(d)}`;
  const spoken = /\b(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?\b/.exec(words);
  if (spoken && !isDay(day(spoken[1]!, spoken[2]!, spoken[3])) && !/^6 thang/.test(spoken[0]))
    return `${spoken[1]}/${spoken[2]}`;
  const dates = [...text.matchAll(DATE)];
  const none = dates.find(([, d, m, y]) => !isDay(day(d!, m!, y)));
  if (none) return none[0];
  return null;
}

const SPOKEN = /\b(?:ngay )?(?:mung |mong )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?\b/g;
const ISO = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g;
const SEVERAL =
  /\btu (thang|qu[iy]|tuan) (\d{1,2}) (?:den|toi) (?:het )?(?:thang |qu[iy] |tuan )?(\d{1,2})\b(?! thang)/;
/** So many months back from the last day and more: the range began a year ago. */
const YEAR_AGO = 6;

/** A range that ends before it begins, as it was typed. */
function turnedIn(text: string, words: string, today: Day): string | null {
  const year = yearOf(today);
  const typed = (pattern: RegExp, of: string, at: [d: number, m: number, y: number]) =>
    [...of.matchAll(pattern)].map((found) => ({
      ...{ d: Number(found[at[0]]), m: Number(found[at[1]]), y: Number(found[at[2]] ?? year) },
      ...{ dated: found[at[2]] !== undefined, from: found.index, to: found.index + found[0].length },
    }));
  for (const [days, of] of [
    [typed(DATE, text, [1, 2, 3]), text],
    [typed(ISO, text, [3, 2, 1]), text],
    [typed(SPOKEN, words, [1, 2, 3]), words],
  ] as const) {
    const [from, to] = days;
    if (!from || !to || days.length > 2) continue;
    const between = of.slice(from.to, to.from);
    if (!/^\s*(?:,? ?(?:đến|den|tới|toi)(?: (?:hết|het))?(?: (?:ngày|ngay))?|[-–—~]|->|=>)\s*$/iu.test(between))
      continue;
    const first = from.dated || !to.dated ? from.y : to.y;
    const before = [first, from.m, from.d].map(pad2).join() > [to.y, to.m, to.d].map(pad2).join();
    if (before && (from.dated || from.m - to.m < YEAR_AGO)) return of.slice(from.from, to.to);
  }
  const within = /\btu (?:ngay )?(\d{1,2}) (?:den|toi) (?:ngay )?(\d{1,2})(?= thang| \d{1,2}\b)/.exec(words);
  if (within && [...text.matchAll(DATE)].length < 2 && Number(within[1]) > Number(within[2]))
    return `${within[1]}–${within[2]}`;
  const [, what, from, to] = SEVERAL.exec(words) ?? [];
  if (!what || Number(from) <= Number(to) || (what === 'thang' && Number(from) - Number(to) >= YEAR_AGO)) return null;
  return `${what === 'thang' ? 'tháng' : what === 'tuan' ? 'tuần' : 'quý'} ${from} đến ${to}`;
}
const pad2 = (n: number) => String(n).padStart(4, '0');

function named(text: string, words: string, plans: PlanIndex, today: Day): Period | null {
  if (/\b(tuan nay|trong tuan)\b/.test(words)) return weekOf(today);
  if (/\btuan (truoc|qua|vua qua|vua roi|roi)\b/.test(words)) return periodBefore(weekOf(today));
  if (/\b(thang nay|trong thang)(?! \d)\b/.test(words)) return monthOfDay(today);
  if (/\bthang (truoc|qua|vua qua|vua roi|roi)\b/.test(words)) return periodBefore(monthOfDay(today));
  if (/\bthang hanh dong\b/.test(words)) return campaignPeriod(plans);
  const year = Number(/\bnam (\d{4})\b/.exec(words)?.[1] ?? yearOf(today));
  if (/\b(6|06|sau) thang cuoi nam\b/.test(words)) return { kind: 'days', from: `${year}-06-15`, to: `${year}-12-14` };
  if (/\b(6|06|sau) thang\b/.test(words)) return reportingPeriod(plans, 'half', year);
  const quarter = /\bqu[iy] (nay|truoc|[1-4])\b/.exec(words)?.[1];
  if (quarter) {
    const of = /\d/.test(quarter) ? Number(quarter) : Math.ceil(monthOf(today) / 3);
    const period = monthsOf(year, of * 3 - 2, 3);
    return quarter === 'truoc' ? periodBefore(period) : period;
  }
  const week = weekNamed(words, year);
  if (week) return week;
  const month = /\bthang (\d{1,2})\b(?! ?\/)/.exec(words);
  const spoken = [text, words].map((said) => periodsIn(tokensOf(said), today).find(({ first, last }) => first && last));
  const range = spoken.find((one) => one);
  if (range && range.first !== null && range.last !== null) return periodOfDays(range.first, range.last);
  if (month) return monthsOf(year, Number(month[1]));
  return /\b(ca nam|nam nay|1 nam|01 nam|mot nam|nam \d{4})\b/.test(words)
    ? reportingPeriod(plans, 'year', year)
    : null;
}

/** "tuần 24" counts from the week of 4/1, as calendars do; "tuần 3 tháng 6" is the third that begins in the month's days 1, 8, 15 …. */
function weekNamed(words: string, year: number): Period | null {
  const inMonth = /\btuan (?:thu )?([1-5]) (?:cua )?thang (\d{1,2})\b/.exec(words);
  if (inMonth) {
    const day = `${year}-${pad(inMonth[2]!)}-${pad((Number(inMonth[1]) - 1) * 7 + 1)}`;
    return isDay(day) ? weekOf(day) : null;
  }
  const numbered = /\btuan (?:thu |so )?(\d{1,2})\b/.exec(words);
  if (!numbered) return null;
  const first = weekOf(`${year}-01-04`).from;
  return weekOf(addDays(first, 7 * (Number(numbered[1]) - 1)));
}
