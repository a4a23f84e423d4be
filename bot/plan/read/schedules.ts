/** From the words for time to a schedule. Only a day that is written becomes a deadline. */
import type { Schedule } from '../types.ts';
import { deadlinesIn, rangesIn, spanOf } from './dates.ts';
import type { Doubt } from './types.ts';

export interface Timed {
  schedule: Schedule | null;
  doubts: Doubt[];
}

const PERIODIC =
  /(?:hàng|hằng|mỗi|định kỳ)(?:\s+(?:tuần|tháng|quý|năm|ngày))?|\d{1,2}\s*tháng(?!\s*\d)|giữa kỳ|cuối kỳ|tháng\/lần|\d+\s*lần/iu;
const EVERY_DAY = /^(?:hàng|hằng)\s+(?:ngày|năm)/iu;
const ALWAYS = /thường xuyên|liên tục|(?:hàng|hằng) (?:ngày|năm)|cả năm|quanh năm/iu;
const DIRECTED =
  /theo (?:sự |yêu cầu|chỉ đạo|hướng dẫn|kế hoạch|tiến độ|lộ trình|quy định|đề nghị|phân công)|khi có|sau khi|ngay sau/iu;
const SESSION = /kỳ họp/iu;

/** A line for time: `Thường xuyên.`, `trước ngày 30/6/2027`. */
export function scheduleOf(words: string, year: number | null): Timed {
  const wording = words.replace(/[.;,\s]+$/u, '');
  if (wording === '') return { schedule: null, doubts: [] };
  const days = deadlinesIn(wording, year);
  const [deadline] = days;
  if (deadline)
    return {
      schedule: { kind: 'deadline', wording, before: deadline.before },
      doubts: [...several(days.length, wording), ...year_(deadline.yearTaken, wording)],
    };
  if (SESSION.test(wording)) return sure({ kind: 'session', wording });
  const [range] = rangesIn(wording, year);
  if (range)
    return {
      schedule: { kind: 'range', wording, from: range.from, to: range.to },
      doubts: year_(range.yearTaken, wording),
    };
  if (PERIODIC.test(wording) && !EVERY_DAY.test(wording)) return sure({ kind: 'periodic', wording });
  if (ALWAYS.test(wording)) return sure({ kind: 'continuous', wording });
  if (DIRECTED.test(wording)) return sure({ kind: 'byDirection', wording });
  const span = spanOf(wording, year);
  if (span)
    return {
      schedule: { kind: 'range', wording, from: span.from, to: span.to },
      doubts: year_(span.yearTaken, wording),
    };
  return { schedule: { kind: 'byDirection', wording }, doubts: [{ reason: 'unclearTime', words: wording }] };
}

/** "trước ngày 20 hằng tháng", "mỗi quý": how often, said in running text. */
const AGAIN =
  /(?:(?:trước|chậm nhất(?: là)?|vào|từ|đến)\s+)?ngày\s+\d{1,2}\s+(?:hàng|hằng|mỗi)\s+(?:tháng|quý)|(?:hàng|hằng|mỗi)\s+(?:tuần|tháng|quý)(?!\s*\p{L}*\s*\d)/giu;

/** Running text: only a written deadline or a span of days is a schedule; the dates of other documents are none. */
export function scheduleInProse(text: string, year: number | null): Timed {
  const deadlines = deadlinesIn(text, year);
  const ranges = rangesIn(text, year);
  const [deadline] = deadlines;
  if (deadline)
    return {
      schedule: { kind: 'deadline', wording: deadline.wording, before: deadline.before },
      doubts: [...several(deadlines.length, text), ...year_(deadline.yearTaken, deadline.wording)],
    };
  const [range] = ranges;
  if (range)
    return {
      schedule: { kind: 'range', wording: range.wording, from: range.from, to: range.to },
      doubts: [...several(ranges.length, text), ...year_(range.yearTaken, range.wording)],
    };
  const often = /chế độ báo cáo định kỳ|báo cáo định kỳ(?:\s*\([^)]*\))?(?:\s+và\s+đột xuất)?/iu.exec(text);
  if (often) return sure({ kind: 'periodic', wording: longest(text, often) });
  const again = [...text.matchAll(AGAIN)].map(([words]) => words);
  const dated = again.find((words) => /\d/.test(words));
  // "Tự kiểm tra hằng tuần" may be part of the task as well as its time: a person looks at it.
  const doubts: Doubt[] = again.slice(0, 1).map((words) => ({ reason: 'proseTime', words }));
  if (dated) return { schedule: { kind: 'periodic', wording: dated }, doubts: again.length > 1 ? doubts : [] };
  return { schedule: null, doubts };
}

/** The shorter reading of the two may hide what stands in brackets. */
function longest(text: string, found: RegExpExecArray): string {
  const at = text.toLowerCase().indexOf('báo cáo định kỳ', found.index);
  return /^báo cáo định kỳ(?:\s*\([^)]*\))?(?:\s+và\s+đột xuất)?/iu.exec(text.slice(at))?.[0] ?? found[0];
}

const sure = (schedule: Schedule): Timed => ({ schedule, doubts: [] });
const several = (n: number, words: string): Doubt[] => (n > 1 ? [{ reason: 'severalTimes', words: cut(words) }] : []);
const year_ = (taken: boolean, words: string): Doubt[] => (taken ? [{ reason: 'yearTaken', words: cut(words) }] : []);
const cut = (words: string): string => (words.length > 80 ? `${words.slice(0, 80)}…` : words);
