/** "xong việc 2", "việc 1 và việc 4 đã xong", "việc 2 chưa xong", "việc 4 vướng: thiếu kinh phí": which tasks of the list, and how far they are. */
import { fold } from '../../language/fold.ts';

export interface MarkWish {
  n: number;
  /** Further tasks of which the same is said. */
  also?: number[];
  state: 'begun' | 'done' | 'blocked' | 'cleared';
  note?: string;
}

const NOT_DONE = 'chua lam xong|chua hoan thanh|chua xong|van chua xong|het vuong|het vuong mac';
const NOT_BEGUN = 'chua bat dau|chua trien khai|chua lam';
const BEGUN = 'bat dau|dang lam|dang trien khai|trien khai';
const DONE = 'lam xong|hoan thanh|xong';
const BLOCKED = 'gap vuong mac|bi vuong|dang vuong|gap vuong|vuong mac|vuong';
const CLEARED = 'bo danh dau';
const WORD = `(${NOT_DONE}|${NOT_BEGUN}|${BEGUN}|${DONE}|${BLOCKED}|${CLEARED})`;
const TASK = '(?:viec|nhiem vu)(?: so| thu)?';
const TASKS = `${TASK} (\\d{1,2}(?:(?:\\s*[,&+]\\s*|\\s+va\\s+|\\s*,\\s*va\\s+)(?:${TASK} )?\\d{1,2})*)`;
const FIRST = new RegExp(`^(?:da |vua |dang )?${WORD} (?:o |ca |cac )?${TASKS}(?: roi)?$`);
const LAST = new RegExp(`^(?:ca |cac )?${TASKS}(?: deu)?(?: da| dang| vua| bi| thi)? ${WORD}(?: roi| dau| nhe| a)?$`);
const BARE = new RegExp(`^(?:nham(?: roi)?,? )?${WORD}(?: roi| dau| nhe| a)?$`);

/** Folded, with the commas between numbers. */
const plain = (text: string): string =>
  text
    .split(/(?<=\d)\s*([,&+])\s*(?=\d|viec|việc|nhiem|nhiệm|va\s|và\s)/iu)
    .map((part) => (/^[,&+]$/.test(part) ? part : fold(part).trim()))
    .join(' ')
    .trim();

export function wishIn(text: string): MarkWish | null {
  const whole = read(plain(text.trim()));
  if (whole) return whole;
  // What follows a colon or a comma is the note, as it was typed.
  const [, head = '', rest] = /^([^:;–]{4,60}?)\s*[:;–]\s*(.+)$/s.exec(text.trim()) ?? [];
  const noted = (head && read(plain(head))) || null;
  if (noted) return withNote(noted, rest);
  const [, before = '', after] = /^([^:,;–]{4,40})\s*,\s*(.+)$/s.exec(text.trim()) ?? [];
  const said = before ? read(plain(before)) : null;
  return said && withNote(said, after);
}

const withNote = (wish: MarkWish, note: string | undefined): MarkWish =>
  wish.note === undefined && note ? { ...wish, note: note.trim() } : wish;

function read(words: string): MarkWish | null {
  const first = FIRST.exec(words);
  const last = first ? null : LAST.exec(words);
  const word = first?.[1] ?? last?.[2];
  const [n, ...also] = [...new Set((first?.[2] ?? last?.[1] ?? '').match(/\d+/g)?.map(Number) ?? [])];
  if (!word || !n) return null;
  return { n, ...(also.length > 0 && { also }), ...stateOf(word) };
}

/** Said where a note is asked: there is none. */
export const wantsNoNote = (text: string): boolean =>
  /^(?:khong|ko|k|kg|chua)(?: (?:can|co|co gi|ghi chu|ghi|phai|them|can ghi|can ghi chu|can thiet))?(?: dau| a| nhe)?$|^khoi(?: can| ghi)?$|^(?:bo qua|het roi)$/.test(
    fold(text).trim(),
  );

/** "chưa xong", with no task named: said of the one that is being marked. */
export function bareState(text: string): Pick<MarkWish, 'state' | 'note'> | null {
  const word = BARE.exec(fold(text).trim())?.[1];
  return word && !/^(?:vuong mac|vuong)$/.test(word) ? stateOf(word) : null;
}

/** What is taken back wants no note. */
function stateOf(word: string): Pick<MarkWish, 'state' | 'note'> {
  const among = (list: string) => list.split('|').includes(word);
  if (among(NOT_DONE)) return { state: 'begun', note: '' };
  if (among(CLEARED) || among(NOT_BEGUN)) return { state: 'cleared', note: '' };
  return { state: among(BEGUN) ? 'begun' : among(DONE) ? 'done' : 'blocked' };
}

const ALL =
  /^(?:da |lam )*(?:xong|hoan thanh)(?: xong)? (?:het|tat ca|toan bo)(?: cac)?(?: viec| nhiem vu)?(?: roi)?$|^(?:tat ca|toan bo)(?: cac)?(?: viec| nhiem vu)?(?: deu)?(?: da)?(?: lam)? (?:xong|hoan thanh)(?: het)?(?: roi)?$/;
/** "xong hết rồi" */
export const saysAllDone = (text: string): boolean => ALL.test(fold(text).trim());

const BY_WORDS = [
  /^(?:da |vua )?(?:lam )?xong (?:viec|nhiem vu) (\D+?)(?: roi)?$/,
  /^(?:da|vua) hoan thanh (?:viec|nhiem vu) (\D+?)(?: roi)?$/,
  /^(?:viec|nhiem vu) (\D+?) (?:da|vua)(?: lam)? (?:xong|hoan thanh)(?: roi)?$/,
];
/** "xong việc tập huấn": the words of the task, folded. */
export function doneByWords(text: string): string | null {
  const said = fold(text).trim();
  for (const pattern of BY_WORDS) {
    const words = pattern.exec(said)?.[1];
    if (words && !/(?:^| )(?:ai|gi|nao|dau|chua|khong|the nao|bao gio|khi)(?: |$)/.test(words)) return words;
  }
  return null;
}

const WHO_BLOCKED =
  /^(?:nhung |cac )?(?:(?:don vi|so|nganh|xa|phuong|noi|ben|viec|nhiem vu)(?: \S+)? nao|ai)(?: dang| con| bi| gap)* vuong(?: mac)?(?: gi| viec gi| viec nao| o dau| nhiem vu)?(?: khong)?$/;
/** "đơn vị nào vướng" */
export const asksWhoIsBlocked = (text: string): boolean => WHO_BLOCKED.test(fold(text).trim());

const OF_UNIT =
  /^(?:viec|nhiem vu)(?: so| thu)? (\d{1,2}) (?:cua )?(\D+?)(?: dang| bi| con| da)* (?:vuong(?: mac)?(?: gi| o dau| the nao| cho nao)?|(?:den|toi) dau(?: roi)?|xong chua)$|^(\D+?)(?: dang| bi| con)* vuong(?: mac)? (?:gi|viec gi|viec nao|nhiem vu nao|o dau|cho nao)$/;
/** "việc 3 của sở y tế vướng gì": whose task, by its words. */
export function askedOfUnit(text: string): { n: number; unit: string } | null {
  const found = OF_UNIT.exec(fold(text).trim());
  return found && { n: Number(found[1] ?? 1), unit: (found[2] ?? found[3])! };
}
