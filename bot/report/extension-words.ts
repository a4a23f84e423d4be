/** "xin gia hạn 2 ngày vì mưa bão": for how long, until when and why, as officers type it. */
import { fold } from '../language/fold.ts';
import { periodsIn } from '../language/period.ts';
import { tokensOf } from '../language/tokens.ts';
import type { Day } from '../plan/types.ts';

/** So many days at most: later than that is another plan. */
export const MOST_DAYS = 30;

const WISH =
  /\b(gia han|lui han|lui ngay nop|keo dai (thoi )?han|xin (them|thu them|cho them)( thoi gian)?( \S+){0,2} (ngay|tuan|han)|nop (tre|cham|muon)( \S+){0,3} (duoc khong|ngay))\b/;
/** What asks about extensions, or tells of one, asks for none. */
const ASKING = /\b(ai|bao gio|khi nao|the nao|o dau|da duoc|chua duoc)\b/;
const COUNT = /(?:^|\s)(\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) (ngay|hom|tuan)\b/;
const WORDS = ['mot', 'hai', 'ba', 'bon', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi'];
const REASON = /(?<!\p{L})(?<!đơn |don )(?:lý do|ly do|vì|vi|do|bởi vì|tại)(?!\p{L})\s*:?\s*(.+)$/isu;

export interface Wish {
  days?: number;
  until?: Day;
  reason?: string;
}

export const asksMoreTime = (text: string): boolean => WISH.test(fold(text)) && !ASKING.test(fold(text));

export function wishIn(text: string, today: Day): Wish {
  const [, reason] = REASON.exec(text.normalize('NFC')) ?? [];
  const before = reason ? text.slice(0, text.length - reason.length) : text;
  const days = daysIn(before);
  const until = days === null ? lastDayIn(before, today) : null;
  return {
    ...(days !== null && { days }),
    ...(until && { until }),
    ...(reason && { reason: reason.trim().replace(/[.\s]+$/, '') }),
  };
}

/** A count of days or weeks; a bare number too, where days are what was asked for. */
export function daysIn(text: string, bare = false): number | null {
  const words = fold(text);
  const alone = bare ? /^(\d{1,3})$/.exec(words) : null;
  const [, count, unit] = alone ? [null, alone[1]!, 'ngay'] : (COUNT.exec(words) ?? []);
  if (!count) return null;
  const number = /\d/.test(count) ? Number(count) : WORDS.indexOf(count) + 1;
  return unit === 'tuan' ? number * 7 : number;
}

export const lastDayIn = (text: string, today: Day): Day | null =>
  periodsIn(tokensOf(text), today).find(({ last }) => last)?.last ?? null;
