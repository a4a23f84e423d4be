/** What a group may wish of its digest, read from words and said in words. Pure. */
import type { DigestPart, GroupChat } from '../../core/types.ts';
import { fold } from '../../language/fold.ts';
import { say } from '../../text/say.ts';

/** `7h30`, `07:30`, `7h`, `lúc 8 giờ`. */
export const HOUR = /(?:lúc\s+)?\b(\d{1,2})\s*(?::|h|giờ|gio)\s*(\d{2})?(?!\d)/iu;

/** Null when no hour is named, `wrong` when it is none of a day. */
export function hourIn(text: string): string | 'wrong' | null {
  const match = HOUR.exec(text);
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
  if (hour > 23 || minute > 59) return 'wrong';
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** What is to be different; `days` empty for every day. */
export interface Wish {
  digestAt?: string;
  days?: number[];
  parts?: { part: DigestPart; wanted: boolean }[];
  paused?: boolean;
}

const WORDS = ['hai', 'ba', 'tu', 'nam', 'sau', 'bay'];
const DAY = `(?:(?:thu|t) ?([2-7]|${WORDS.join('|')})|(chu nhat|cn))`;
const RANGE = new RegExp(String.raw`\b${DAY}\s*(?:den|toi|-)\s*${DAY}\b`);
const EACH = new RegExp(String.raw`\b${DAY}\b`, 'g');

/** 1 Monday … 7 Sunday. */
const weekday = (named: string | undefined): number =>
  named === undefined ? 7 : /\d/.test(named) ? Number(named) - 1 : WORDS.indexOf(named) + 1;

/** Weekdays named; empty for every day; null when none is named. */
function daysIn(words: string): number[] | null {
  if (/\b(hang ngay|moi ngay|ca tuan)\b/.test(words)) return [];
  if (/\bngay lam viec\b/.test(words)) return [1, 2, 3, 4, 5];
  const range = RANGE.exec(words);
  if (range) {
    const [from, to] = [weekday(range[1]), weekday(range[3])];
    return from <= to ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : null;
  }
  const each = [...words.matchAll(EACH)].map(([, named]) => weekday(named));
  return each.length > 0 ? [...new Set(each)].sort((a, b) => a - b) : null;
}

const PARTS: [DigestPart, string][] = [
  ['picture', '(?:anh|hinh|hinh anh|bieu do)'],
  ['figures', '(?:so lieu|ket qua)'],
];

/** Null when nothing of it is understood, `badHour` when the hour is none. */
export function wishIn(text: string): Wish | 'badHour' | null {
  const hour = hourIn(text);
  if (hour === 'wrong') return 'badHour';
  // The hyphen of "T2-T6" is one of those that folding drops.
  const words = fold(text.replaceAll('-', ' đến '));
  const days = daysIn(words);
  const parts = PARTS.flatMap(([part, named]) => {
    if (new RegExp(String.raw`\b(khong|bo|tat|bot) (?:kem |gui )?${named}\b`).test(words))
      return [{ part, wanted: false }];
    return new RegExp(String.raw`\b(co|kem|them|bat) (?:gui )?${named}\b`).test(words) ? [{ part, wanted: true }] : [];
  });
  const paused = /\btam (dung|ngung)\b/.test(words) ? true : /\b(tiep tuc|gui lai|mo lai)\b/.test(words) ? false : null;
  const wish: Wish = {
    ...(hour && { digestAt: hour }),
    ...(days && { days }),
    ...(parts.length > 0 && { parts }),
    ...(paused !== null && { paused }),
  };
  return Object.keys(wish).length > 0 ? wish : null;
}

export function withWish(group: GroupChat, wish: Wish): GroupChat {
  const { days, without, paused, ...rest } = group;
  const left = new Set(without);
  for (const { part, wanted } of wish.parts ?? [])
    if (wanted) left.delete(part);
    else left.add(part);
  const chosen = wish.days ?? days ?? [];
  return {
    ...rest,
    ...(wish.digestAt && { digestAt: wish.digestAt }),
    ...(chosen.length > 0 && chosen.length < 7 && { days: chosen }),
    ...(left.size > 0 && { without: [...left] }),
    ...((wish.paused ?? paused) && { paused: true as const }),
  };
}

/** `hằng ngày`, `từ thứ Hai đến thứ Sáu`, `thứ Hai, thứ Tư`. */
export function speakDays(days: readonly number[] | undefined): string {
  if (!days || days.length === 0) return say('group:everyDay');
  const name = (day: number) => say(`digest:weekday${day as 1 | 2 | 3 | 4 | 5 | 6 | 7}`);
  const inRow = days.length > 2 && days.every((day, i) => day === days[0]! + i);
  return inRow ? say('group:fromTo', { from: name(days[0]!), to: name(days.at(-1)!) }) : days.map(name).join(', ');
}

/** The settings of a group in lines. */
export const speakWishes = (group: GroupChat): string[] => [
  group.paused ? say('group:isPaused') : say('group:sentAt', { hour: group.digestAt, days: speakDays(group.days) }),
  say('group:parts', {
    picture: say(group.without?.includes('picture') ? 'group:no' : 'group:yes'),
    figures: say(group.without?.includes('figures') ? 'group:no' : 'group:yes'),
  }),
];
