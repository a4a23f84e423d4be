/** Pieces of SVG for the digest's pictures; lengths in px of a picture 1,080 wide, which a phone shows at about a third. */
import type { State } from './types.ts';

export const WIDTH = 1080;
export const MARGIN = 56;
export const FONT = 'Be Vietnam Pro';

/** Dark ink on white throughout; the states differ in lightness and in shape, so that no colour is needed to tell them. */
export const INK = '#14213D';
export const MUTED = '#4A5568';
export const RULE = '#D5DBE5';
export const PAPER = '#FFFFFF';
export const BAND = '#12355B';
export const BLUE = '#0B5CAD';

export type Weight = 400 | 600 | 700;

export interface TextStyle {
  size: number;
  weight?: Weight;
  fill?: string;
  anchor?: 'start' | 'middle' | 'end';
  /** White around the letters, where they cross a line. */
  halo?: boolean;
}

export function text(x: number, y: number, words: string, style: TextStyle): string {
  const anchor = style.anchor && style.anchor !== 'start' ? ` text-anchor="${style.anchor}"` : '';
  const halo = style.halo ? ` stroke="${PAPER}" stroke-width="10" stroke-linejoin="round" paint-order="stroke"` : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${style.size}" font-weight="${style.weight ?? 400}" fill="${style.fill ?? INK}"${anchor}${halo}>${escaped(words)}</text>`;
}

export function rect(x: number, y: number, width: number, height: number, fill: string, radius = 0): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}" fill="${fill}"/>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string, width = 2, dash = ''): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`;
}

export function page(height: number, content: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${FONT}"><defs>${STATE_CELLS}</defs>${rect(0, 0, WIDTH, height, PAPER)}${content.join('')}</svg>`;
}

/** A cell of 40 × 40 for each state: filled where a report came, hollow where none did. */
const CELLS: Record<State, string> = {
  onTime: `<rect width="40" height="40" rx="7" fill="${BLUE}"/><path d="M10 21l7 7 13-15" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>`,
  nothing: `<rect width="40" height="40" rx="7" fill="#9CCBF0"/><path d="M11 20h18" stroke="${INK}" stroke-width="5" stroke-linecap="round"/>`,
  late: `<rect width="40" height="40" rx="7" fill="#F2A900"/><circle cx="20" cy="20" r="11.5" fill="none" stroke="${INK}" stroke-width="3.5"/><path d="M20 13.5V20l4.5 3.5" fill="none" stroke="${INK}" stroke-width="3.5" stroke-linecap="round"/>`,
  notDue: `<rect x="2" y="2" width="36" height="36" rx="6" fill="#fff" stroke="#8A94A6" stroke-width="3" stroke-dasharray="6 4"/>`,
  overdue: `<rect x="2.5" y="2.5" width="35" height="35" rx="6" fill="#fff" stroke="#B3261E" stroke-width="5"/><path d="M13 13l14 14M27 13L13 27" stroke="#B3261E" stroke-width="5" stroke-linecap="round"/>`,
};
const STATE_CELLS = Object.entries(CELLS)
  .map(([state, shape]) => `<g id="${state}">${shape}</g>`)
  .join('');

export function cell(state: State, x: number, y: number, size: number): string {
  return `<use href="#${state}" transform="translate(${round(x)} ${round(y)}) scale(${round(size / 40)})"/>`;
}

/** Words broken into lines that fit; a word too long for a line stands alone on it. */
export function wrap(words: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Advances of Be Vietnam Pro SemiBold in hundredths of an em; marks take no room of their own. Other letters: the widest. */
const ADVANCES: [number, string][] = [
  [23, ' '],
  [29, 'ijlI·'],
  [33, '.,:;'],
  [42, 'frt“”1-'],
  [46, '()'],
  [53, 'sJ/'],
  [60, 'vxyzkunhđ7'],
  [65, 'abcdegopqLEFơư'],
  [69, 'BHKPRSTUVYZ023456890'],
  [79, 'ADGNCXĐ'],
];
const WIDEST = 92;
const ADVANCE = new Map(ADVANCES.flatMap(([hundredths, letters]) => [...letters].map((c) => [c, hundredths] as const)));

/** Width of a line, a little generous, so that what is said to fit does. */
export function widthOf(words: string, size: number): number {
  const bare = words.normalize('NFD').replace(/\p{M}/gu, '');
  return ([...bare].reduce((sum, letter) => sum + (ADVANCE.get(letter) ?? WIDEST), 0) * size) / 100;
}

const round = (n: number): number => Math.round(n * 100) / 100;

const escaped = (words: string): string =>
  words.normalize('NFC').replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
