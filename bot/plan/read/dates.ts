/** Days as a plan writes them, and what its words for time say. What the words leave open stays open. */
import { addDays, isDay } from '../../language/calendar.ts';
import type { Day } from '../types.ts';

export interface Written {
  day: Day;
  from: number;
  to: number;
  /** The document names no year; the plan's own was taken. */
  yearTaken: boolean;
}

const DATE =
  /(?<![\d/.])(\d{1,2})\s*(?:[/.-]\s*(\d{1,2})\s*(?:[/.-]\s*(\d{4}))?|\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?)(?![\d/])/gu;

/** @param year of the plan, for a day that is written without one */
export function daysIn(words: string, year: number | null): Written[] {
  return [...words.matchAll(DATE)].flatMap((found) => {
    const [whole, date, m1, y1, m2, y2] = found;
    const stated = y1 ?? y2;
    const used = stated ?? (year === null ? undefined : String(year));
    // `3-5` and `4.0` are no days unless a year follows.
    if (!used || (m1 && !y1 && !whole.includes('/'))) return [];
    const day = `${used}-${(m1 ?? m2)!.padStart(2, '0')}-${date!.padStart(2, '0')}`;
    return isDay(day)
      ? [{ day, from: found.index, to: found.index + whole.length, yearTaken: stated === undefined }]
      : [];
  });
}

export interface Deadline {
  wording: string;
  /** The day after the last one in time. */
  before: Day;
  yearTaken: boolean;
}

const BEFORE = /(?:xong\s+|hoàn thành\s+)?trước\s+(?:ngày\s+)?$/iu;
/** The day named is itself in time. */
const UNTIL =
  /(?:chậm nhất(?:\s+là)?(?:\s+(?:đến|vào|trong))?|muộn nhất(?:\s+là)?|đến hết|hết|xong trong)\s+(?:ngày\s+)?$/iu;

/** "trước ngày 05/7/2026", "chậm nhất ngày 30/6/2027": with the words. */
export function deadlinesIn(words: string, year: number | null): Deadline[] {
  const ranges = rangesIn(words, year);
  return daysIn(words, year).flatMap(({ day, from, to, yearTaken }) => {
    if (ranges.some((r) => r.at <= from && to <= r.at + r.wording.length)) return [];
    const lead = words.slice(0, from);
    const before = BEFORE.exec(lead);
    const until = before ? null : UNTIL.exec(lead);
    const found = before ?? until;
    if (!found) return [];
    return [{ wording: words.slice(found.index, to), before: before ? day : addDays(day, 1), yearTaken }];
  });
}

export interface Range {
  wording: string;
  at: number;
  from: Day;
  to: Day;
  yearTaken: boolean;
}

/** "từ ngày 01/6/2026 đến (hết) ngày 30/6/2026", "từ 01/6 đến 30/6/2026": the later year serves both. */
export function rangesIn(words: string, year: number | null): Range[] {
  const days = daysIn(words, year);
  return days.slice(1).flatMap((end, i) => {
    const start = days[i]!;
    const lead = /(?:từ\s+)?(?:ngày\s+)?$/iu.exec(words.slice(0, start.from))![0];
    if (!/^từ/i.test(lead) || !/^\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?$/iu.test(words.slice(start.to, end.from)))
      return [];
    const at = start.from - lead.length;
    const from = start.yearTaken && !end.yearTaken ? `${end.day.slice(0, 4)}${start.day.slice(4)}` : start.day;
    if (from > end.day) return [];
    return [{ wording: words.slice(at, end.to), at, from, to: end.day, yearTaken: end.yearTaken }];
  });
}

const PERIOD =
  /(?<!\p{L})(?:trong\s+)?(?:(tháng)\s+(\d{1,2})(?:\s*[-–]\s*(?:tháng\s+)?(\d{1,2}))?|(quý)\s+(I{1,3}|IV|[1-4])(?:\s*[-–]\s*(?:quý\s+)?(I{1,3}|IV|[1-4]))?)\s*(?:\/|năm\s+|-|\.)?\s*(\d{4})?(?!\d)/iu;
const QUARTERS: Record<string, number> = { I: 1, II: 2, III: 3, IV: 4 };
const YEAR = /^(?:trong\s+)?(?:cả\s+)?năm\s+(\d{4})$/iu;

/** "Tháng 6/2027", "quý II năm 2027", "trong năm 2027": from the first day to the last. */
export function spanOf(words: string, year: number | null): { from: Day; to: Day; yearTaken: boolean } | null {
  const whole = YEAR.exec(words.trim());
  if (whole) return { from: `${whole[1]}-01-01`, to: `${whole[1]}-12-31`, yearTaken: false };
  const found = PERIOD.exec(words);
  if (!found) return null;
  const used = found[7] ?? (year === null ? undefined : String(year));
  if (!used) return null;
  const nth = (text: string) => QUARTERS[text.toUpperCase()] ?? Number(text);
  const [first, last] = found[1]
    ? [Number(found[2]), Number(found[3] ?? found[2])]
    : [nth(found[5]!) * 3 - 2, nth(found[6] ?? found[5]!) * 3];
  if (!(first >= 1 && last <= 12 && first <= last)) return null;
  const start = (month: number) => `${used}-${String(month).padStart(2, '0')}-01`;
  const to = last === 12 ? `${used}-12-31` : addDays(start(last + 1), -1);
  return { from: start(first), to, yearTaken: found[7] === undefined };
}
