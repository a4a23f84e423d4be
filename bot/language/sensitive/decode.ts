/** Telex and VNI residue undone before looking, with the way back to the places of what was typed. */
import { allOf } from '../all-of.ts';
import { exactWord } from '../fold.ts';
import { repairToken } from '../telex.ts';

export interface Decoded {
  text: string;
  /** Places in what was typed (in NFC); a decoded word counts whole. */
  back(span: { start: number; end: number }): { start: number; end: number };
}

/** Words that a message about persons or secrets can hardly do without. */
const TELLTALE = new Set(
  (
    'đối tượng nghiện người tên thôn tổ xóm số nhà ngõ ngách đường trú tại ở sinh năm điện thoại cháu học lớp trường bắt phát hiện bệnh nhân ' +
    'văn thị nguyễn trần lê phạm hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý mật tuyệt tối tài liệu đóng dấu chuyên án kiểm tra đêm sáng mai ' +
    'vây khẩu hồ sơ cai lập tuyên truyền buổi được của và với để vào kế hoạch công đội phường xã hiệu liên hệ gặp chị địa chỉ căn cước vay vốn tiền'
  )
    .split(' ')
    .map(exactWord),
);
const PIECE = /[\p{L}\p{M}\d]+/gu;

export function decode(message: string): Decoded {
  const typed = message.normalize('NFC');
  const pieces = (typed.match(PIECE) ?? []).filter((piece) => /^\p{L}/u.test(piece));
  const telltale = pieces.filter((piece) => repairToken(piece, (word) => TELLTALE.has(exactWord(word))));
  // Digits within words spell nothing else: `d9o65t xua61t`.
  const digits = pieces.filter((piece) => /\d\p{L}|\p{L}\d\d/u.test(piece) && repairToken(piece, () => true));
  if (telltale.length < 2 && digits.length < 2) return { text: typed, back: (span) => span };
  const words: { from: number; to: number; start: number; end: number }[] = [];
  let text = '';
  let at = 0;
  for (const match of allOf(PIECE, typed)) {
    const word = /^\p{L}/u.test(match[0]) ? repairToken(match[0], () => true) : null;
    if (!word) continue;
    text += typed.slice(at, match.index);
    at = match.index + match[0].length;
    const composed = (/^\p{Lu}/u.test(match[0]) ? word[0]!.toUpperCase() + word.slice(1) : word).normalize('NFC');
    words.push({ from: text.length, to: text.length + composed.length, start: match.index, end: at });
    text += composed;
  }
  text += typed.slice(at);
  return {
    text,
    back: ({ start, end }) => ({ start: placeOf(words, start, 'start'), end: placeOf(words, end, 'end') }),
  };
}

function placeOf(
  words: readonly { from: number; to: number; start: number; end: number }[],
  at: number,
  side: 'start' | 'end',
): number {
  let shift = 0;
  for (const word of words) {
    if (at < word.from || (side === 'end' && at === word.from)) break;
    if (at < word.to || (side === 'end' && at === word.to)) return word[side];
    shift = word.end - word.to;
  }
  return at + shift;
}
