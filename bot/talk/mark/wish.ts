/** "xong việc 2", "bắt đầu nhiệm vụ 3", "việc 4 vướng: thiếu kinh phí": which task of the list, and how far it is. */
import { fold } from '../../language/fold.ts';

export interface MarkWish {
  n: number;
  state: 'begun' | 'done' | 'blocked' | 'cleared';
  note?: string;
}

const BEGUN = 'bat dau|dang lam|dang trien khai|trien khai';
const DONE = 'lam xong|hoan thanh|xong';
const BLOCKED = 'gap vuong mac|bi vuong|dang vuong|gap vuong|vuong mac|vuong';
const CLEARED = 'bo danh dau';
const WORD = `(${BEGUN}|${DONE}|${BLOCKED}|${CLEARED})`;
const TASK = '(?:viec|nhiem vu)(?: so| thu)? (\\d{1,2})';
const FIRST = new RegExp(`^(?:da |vua |dang )?${WORD} (?:o )?${TASK}$`);
const LAST = new RegExp(`^${TASK}(?: da| dang| vua| bi)? ${WORD}(?: roi)?$`);

export function wishIn(text: string): MarkWish | null {
  // What follows a colon or a comma is the note, as it was typed.
  const [, head = '', rest] = /^([^:,;–]{4,40})(?:\s*[:,;–]\s*(.+))?$/s.exec(text.trim()) ?? [];
  const words = fold(head).trim();
  const first = FIRST.exec(words);
  const last = first ? null : LAST.exec(words);
  const word = first?.[1] ?? last?.[2];
  const n = Number(first?.[2] ?? last?.[1]);
  if (!word || !n) return null;
  const among = (list: string) => list.split('|').includes(word);
  const state = among(BEGUN) ? 'begun' : among(DONE) ? 'done' : among(BLOCKED) ? 'blocked' : 'cleared';
  return { n, state, ...(state === 'cleared' ? { note: '' } : rest && { note: rest.trim() }) };
}
