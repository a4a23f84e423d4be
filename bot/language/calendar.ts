/**
 * Days and hours as people in Hải Phòng live them. The only place that knows a time zone.
 * An instant is milliseconds since 1970-01-01 UTC; a `Day` is a calendar day in Asia/Ho_Chi_Minh.
 */
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { Day } from '../plan/types.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

const zone = 'Asia/Ho_Chi_Minh';

/** The day looked up last, from its first millisecond to the next day's: nearly every question is about the same one. */
let known = { from: 0, until: 0, day: '' };

/** The day an instant falls on in Việt Nam. */
export function dayOf(instant: number): Day {
  if (instant < known.from || instant >= known.until) {
    const there = dayjs.tz(instant, zone);
    const from = there.startOf('day');
    known = { from: from.valueOf(), until: from.add(1, 'day').valueOf(), day: there.format('YYYY-MM-DD') };
  }
  return known.day;
}

/** The hour and minute of an instant in Việt Nam: `07:30`. */
export function clockOf(instant: number): string {
  return dayjs.tz(instant, zone).format('HH:mm');
}

/** The instant of an hour (`HH:MM`) on a day in Việt Nam. */
export function instantOf(day: Day, clock: string): number {
  return dayjs.tz(`${day} ${clock}`, 'YYYY-MM-DD HH:mm', zone).valueOf();
}

export function addDays(day: Day, days: number): Day {
  return dayjs.utc(day).add(days, 'day').format('YYYY-MM-DD');
}

/** Days from one day to another; negative when `to` is past. */
export function diffDays(from: Day, to: Day): number {
  return dayjs.utc(to).diff(dayjs.utc(from), 'day');
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: Day): number {
  return dayjs.utc(day).day() || 7;
}

/** True for a `YYYY-MM-DD` that is a day of the calendar. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs.utc(text).format('YYYY-MM-DD') === text;
}

/**
 * A day as the plans write it: two digits for the day; the month keeps its zero in January and February only,
 * as Nghị định 30/2020 (annex I) prescribes: `05/7/2026`, `15/02/2026`.
 */
export function speakDay(day: Day): string {
  const [year, month, date] = day.split('-') as [string, string, string];
  return `${date}/${Number(month) <= 2 ? month : Number(month)}/${year}`;
}

/** `07:30 ngày 05/7/2026`. */
export function speakInstant(instant: number): string {
  return `${clockOf(instant)} ngày ${speakDay(dayOf(instant))}`;
}
