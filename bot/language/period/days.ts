/** The days that a way of saying a period may mean. A date without a year is the latest that is not in the future by more than a month. */
import type { Day } from '../../plan/types.ts';
import { addDays, isDay, weekdayOf } from '../calendar.ts';

/** No days that can be: 31/2, or an end before the beginning. */
export type Wrong = 'noDay' | 'reversed';
export type Found = { first: Day | null; last: Day | null } | Wrong | null;

export const pad = (n: number | string) => String(n).padStart(2, '0');
export const yearOf = (day: Day) => Number(day.slice(0, 4));
export const monthOf = (day: Day) => Number(day.slice(5, 7));

export function dayFrom(
  date: string,
  month: string | number,
  year: string | number | undefined,
  latest: Day,
): Day | null {
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
export const lastOfMonth = (year: number, month: number): Day =>
  addDays(`${month === 12 ? year + 1 : year}-${pad((month % 12) + 1)}-01`, -1);
export const monthRange = (year: number, month: number): Found => ({
  first: `${year}-${pad(month)}-01`,
  last: lastOfMonth(year, month),
});
export const monday = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** A date in the joined tokens: `01 / 06 / 2026`, `15 - 6`, `1.6`, `ngay 5 thang 6 nam 2026`. */
export const date = (n: number) =>
  `(?:(?:het )?(?:ngay )?(?:mung |mong )?(?<d${n}>\\d{1,2}) ?(?:\\/|thang|\\.) ?(?<m${n}>\\d{1,2})(?: ?(?:\\/|\\.|nam) ?(?<y${n}>\\d{4}|\\d{2}(?= |$)))?)(?![\\d/])`;
export const TO = '(?:den|toi|-|–|—|~|->|> >|=>)(?: \\d{1,2} ?(?:h|gio)(?: ?\\d{2})?)?(?: het)?(?: ngay)?';
export const NOW = '(?:nay|hom nay|gio|bay gio|hien tai|thoi diem nay|thoi diem bao cao|thoi diem hien tai)';
export const QUARTERS: Record<string, number> = { 1: 1, 2: 2, 3: 3, 4: 4, i: 1, ii: 2, iii: 3, iv: 4 };
export const WEEKDAYS: Record<string, number> = {
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

export function range(g: Record<string, string | undefined>, today: Day): Found {
  const last = dayFrom(g.d2!, g.m2!, g.y2, soon(today));
  const first = last === null ? null : dayFrom(g.d1!, g.m1!, g.y1, last);
  if (!first || !last) return 'noDay';
  const lastYear = !g.y1 && yearOf(first) < yearOf(last) && !(Number(g.d1) === 15 && Number(g.m1) === 12);
  return first > last || (lastYear && !crossesYear(g.m1!, g.m2!)) ? 'reversed' : { first, last };
}

export function single(g: Record<string, string | undefined>, today: Day): { first: Day; last: Day } | 'noDay' {
  const day = dayFrom(g.d1!, g.m1!, g.y1, soon(today));
  return day === null ? 'noDay' : { first: day, last: day };
}

export const back = (days: number) => (_: unknown, today: Day) => ({
  first: addDays(today, -days),
  last: addDays(today, -days),
});
export const week = (weeksAgo: number, whole: boolean) => (_: unknown, today: Day) => {
  const first = addDays(monday(today), -7 * weeksAgo);
  return { first, last: whole ? addDays(first, 6) : today };
};
export const monthAgo = (_: unknown, today: Day) => {
  const last = addDays(`${today.slice(0, 7)}-01`, -1);
  return { first: `${last.slice(0, 7)}-01`, last };
};
