/** Bare figures in the order asked: `8 950 2000`, `8, 950, 2000`, one on each line, `8/950/-/không`. */

import { fold } from '../language/fold.ts';
import { digitsValue } from '../language/numbers.ts';

/** A figure, null for one that is left open (`-`), or a sign that the piece is no figure. */
export type Item = number | null;

const NONE = new Set(['khong', 'ko', 'k', 'kg', 'khong co', 'ko co', 'k co']);

/** @returns null when the message holds anything but figures; `most` is how large the first figure may be */
export function bareList(text: string, most: number): Item[] | null {
  const pieces = text
    .normalize('NFC')
    .trim()
    .replace(/(không|khong|ko|k)\s+(có|co)(?!\p{L})/giu, '$1')
    .split(/[\s;/|]+/)
    .flatMap((piece) => commas(piece, most))
    .filter((piece) => piece !== '');
  if (pieces.length === 0) return null;
  const items = pieces.map(itemOf);
  return items.every((item) => item !== undefined) ? items : null;
}

function itemOf(piece: string): Item | undefined {
  if (/^[-–—_]$/.test(piece)) return null;
  if (NONE.has(fold(piece))) return 0;
  const digits = /^(-?)(\d[\d.,]*)$/.exec(piece);
  const value = digits && digitsValue(digits[2]!);
  if (value === null) return undefined;
  return digits![1] && value > 0 ? -value : value;
}

/** `8,950,2000` is a list; `1,500` is a thousand and a half unless that were too many; `2,5` may be either, so it is read as typed. */
function commas(piece: string, most: number): string[] {
  const bare = piece.replace(/,+$/, '');
  if (!bare.includes(',')) return [bare];
  const value = digitsValue(bare);
  const thousands = value !== null && Number.isInteger(value) && value <= most;
  return thousands || /^\d+,\d{1,2}$/.test(bare) ? [bare] : bare.split(',');
}
