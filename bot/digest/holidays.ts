/**
 * Days off of Vietnamese civil servants, and with them the working days. Saturdays and Sundays are off (Quyết định
 * 188/1999/QĐ-TTg); the public holidays are those of Bộ luật Lao động 2019, điều 112: one that falls on a weekend is made
 * up on the next working day (điều 111, khoản 3). Which days around Tết and 2/9 are off, and which days are exchanged, the
 * Government announces anew every autumn: correct the table then. A year that is not in it knows weekends only.
 */
import { addDays, weekdayOf } from '../language/calendar.ts';
import type { Day } from '../plan/types.ts';

export interface Holiday {
  name: string;
  from: Day;
  to: Day;
  /** What makes these days off. `theo luật`: the rule alone, the announcement for that year is not in yet. */
  source: string;
}

export const HOLIDAYS: readonly Holiday[] = [
  { name: 'Tết Dương lịch', from: '2026-01-01', to: '2026-01-01', source: 'BLLĐ 2019, điều 112' },
  { name: 'Nghỉ hoán đổi Tết Dương lịch', from: '2026-01-02', to: '2026-01-02', source: 'hoán đổi với 10/01/2026' },
  { name: 'Tết Nguyên đán Bính Ngọ', from: '2026-02-16', to: '2026-02-20', source: 'thông báo nghỉ Tết năm 2026' },
  { name: 'Giỗ Tổ Hùng Vương (nghỉ bù)', from: '2026-04-26', to: '2026-04-27', source: '10/3 âm lịch, Chủ nhật' },
  { name: 'Ngày Chiến thắng', from: '2026-04-30', to: '2026-04-30', source: 'BLLĐ 2019, điều 112' },
  { name: 'Ngày Quốc tế lao động', from: '2026-05-01', to: '2026-05-01', source: 'BLLĐ 2019, điều 112' },
  { name: 'Nghỉ hoán đổi Quốc khánh', from: '2026-08-31', to: '2026-08-31', source: 'hoán đổi với 22/8/2026' },
  { name: 'Quốc khánh', from: '2026-09-01', to: '2026-09-02', source: 'thông báo nghỉ Quốc khánh năm 2026' },
  { name: 'Ngày Văn hóa Việt Nam', from: '2026-11-24', to: '2026-11-24', source: 'ngày nghỉ hằng năm từ 2026' },
  { name: 'Tết Dương lịch', from: '2027-01-01', to: '2027-01-01', source: 'BLLĐ 2019, điều 112' },
  { name: 'Tết Nguyên đán Đinh Mùi', from: '2027-02-05', to: '2027-02-10', source: 'theo luật: mùng 1 là 06/02/2027' },
  { name: 'Giỗ Tổ Hùng Vương', from: '2027-04-16', to: '2027-04-16', source: '10/3 âm lịch' },
  { name: 'Ngày Chiến thắng', from: '2027-04-30', to: '2027-04-30', source: 'BLLĐ 2019, điều 112' },
  { name: 'Ngày Quốc tế lao động (nghỉ bù)', from: '2027-05-01', to: '2027-05-03', source: 'BLLĐ 2019, điều 111, 112' },
  { name: 'Quốc khánh', from: '2027-09-02', to: '2027-09-03', source: 'theo luật: 2/9 và một ngày liền kề' },
  { name: 'Ngày Văn hóa Việt Nam', from: '2027-11-24', to: '2027-11-24', source: 'ngày nghỉ hằng năm từ 2026' },
];

/** Saturdays on which work is made up for an exchanged day. */
export const WORKED_SATURDAYS: readonly Day[] = ['2026-01-10', '2026-08-22'];

export const holidayOn = (day: Day): Holiday | null =>
  HOLIDAYS.find(({ from, to }) => day >= from && day <= to) ?? null;

export const isWorkingDay = (day: Day): boolean =>
  WORKED_SATURDAYS.includes(day) || (weekdayOf(day) <= 5 && holidayOn(day) === null);

/** The day itself when it is a working day, else the last one before it. */
export function workingDayBy(day: Day): Day {
  let by = day;
  while (!isWorkingDay(by)) by = addDays(by, -1);
  return by;
}

/** Working days after `from`, up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: Day, to: Day): number {
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) days += 1;
  return days;
}
