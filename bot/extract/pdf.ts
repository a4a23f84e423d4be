/** A PDF with text: its lines by their place on the page, put together into paragraphs. Loaded only when one is read. */
import { isPaper, readLine } from '../plan/read/lines.ts';
import type { Paragraph } from '../plan/read/types.ts';
import { LIMITS, Unreadable } from './types.ts';

interface Piece {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
}

interface Line {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
  page: number;
}

export async function paragraphsOfPdf(bytes: Uint8Array): Promise<{ paragraphs: Paragraph[]; pages: number }> {
  const { getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(bytes), {
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
  }).catch((error: Error) => {
    throw new Unreadable(error.name === 'PasswordException' ? 'encrypted' : 'broken');
  });
  const pages = document.numPages;
  if (pages > LIMITS.pages) throw new Unreadable('long', String(pages));
  const lines: Line[] = [];
  let characters = 0;
  for (let number = 1; number <= pages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item): Piece[] => {
      if (!('str' in item) || item.str === '') return [];
      const [a, b, , d, x, y] = item.transform as [number, number, number, number, number, number];
      characters += item.str.length;
      return [{ text: item.str, x, y, width: item.width, size: Math.hypot(a, b) || Math.abs(d) || item.height || 12 }];
    });
    if (characters > LIMITS.characters) throw new Unreadable('long', String(pages));
    lines.push(...linesOf(pieces, number));
    page.cleanup();
  }
  await document.cleanup();
  if (characters < 15 * pages) throw new Unreadable('scanned', String(pages));
  const paragraphs = paragraphsOf(withoutRunning(lines, pages));
  if (isTorn(paragraphs)) throw new Unreadable('torn');
  return { paragraphs, pages };
}

/** Letters of another font stand apart from their words: `S ở Y t ế`. Such words would be no quotation. */
function isTorn(paragraphs: readonly Paragraph[]): boolean {
  const words = paragraphs.flatMap(({ text }) => text.match(/[\p{L}\p{M}]+/gu) ?? []);
  return words.length > 50 && words.filter((word) => word.length === 1).length > words.length * 0.12;
}

/** Pieces at one height are a line; a wide gap parts two columns (the heads of an official letter, its signature). */
function linesOf(pieces: readonly Piece[], page: number): Line[] {
  const rows: Piece[][] = [];
  for (const piece of pieces.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    if (row && Math.abs(row[0]!.y - piece.y) < Math.min(row[0]!.size, piece.size) * 0.45) row.push(piece);
    else rows.push([piece]);
  }
  const split = rows
    .map((row) =>
      columnsOf(
        row.toSorted((a, b) => a.x - b.x),
        page,
      ),
    )
    .filter((row) => row.length > 0);
  const ordered: Line[] = [];
  for (let i = 0; i < split.length; ) {
    if (split[i]!.length < 2) {
      ordered.push(...split[i++]!);
      continue;
    }
    // A block of two columns: the left one whole, then the right one. Lines of one side only still belong to it.
    const [first] = split[i]!;
    const middle = (first!.right + split[i]![1]!.left) / 2;
    let end = i;
    while (
      end < split.length &&
      (split[end]!.length === 2 || split[end]![0]!.right < middle || split[end]![0]!.left > middle)
    )
      end++;
    const block = split.slice(i, end).flat();
    ordered.push(...block.filter((l) => l.left < middle), ...block.filter((l) => l.left >= middle));
    i = end;
  }
  return ordered;
}

function columnsOf(row: readonly Piece[], page: number): Line[] {
  const lines: Line[] = [];
  for (const piece of row) {
    const line = lines.at(-1);
    const gap = line ? piece.x - line.right : 0;
    if (piece.text.trim() === '') {
      if (line && gap < piece.size * 2) line.right = Math.max(line.right, piece.x + Math.min(piece.width, piece.size));
      if (line && !line.text.endsWith(' ')) line.text += ' ';
      continue;
    }
    if (line && gap < Math.max(line.size * 2.2, 24)) {
      line.text += (gap > line.size * 0.15 && !line.text.endsWith(' ') ? ' ' : '') + piece.text;
      line.right = Math.max(line.right, piece.x + piece.width);
    } else
      lines.push({ text: piece.text, left: piece.x, right: piece.x + piece.width, y: piece.y, size: piece.size, page });
  }
  return lines.map((line) => ({ ...line, text: line.text.trim() }));
}

/** Page numbers and what stands on every page alike. */
function withoutRunning(lines: readonly Line[], pages: number): Line[] {
  const seen = new Map<string, Set<number>>();
  const keyOf = (line: Line) => `${Math.round(line.y / 4)} ${line.text}`;
  for (const line of lines) seen.set(keyOf(line), (seen.get(keyOf(line)) ?? new Set()).add(line.page));
  return lines.filter((line) => !isPaper(line.text) && !(pages > 2 && seen.get(keyOf(line))!.size > pages / 2));
}

/** A line goes on in the next unless it ends short, the next is indented, bears a mark, or stands further down. */
function paragraphsOf(lines: readonly Line[]): Paragraph[] {
  const lefts = lines.map((l) => Math.round(l.left / 4) * 4);
  const margin = mostOften(lefts.filter((_, i) => lines[i]!.right - lines[i]!.left > 200)) ?? Math.min(...lefts);
  const edge = lines.map((l) => l.right).toSorted((a, b) => a - b)[Math.floor(lines.length * 0.9)] ?? 500;
  const paragraphs: Paragraph[] = [];
  let previous: Line | null = null;
  for (const line of lines) {
    const indented = line.left > margin + line.size * 0.8;
    const short = previous !== null && previous.right < edge - line.size * 3;
    const apart = previous !== null && previous.page === line.page && previous.y - line.y > line.size * 2.1;
    const sided = previous !== null && previous.page === line.page && line.y > previous.y + 2;
    const marked = readLine(line.text).kind !== 'plain' && (indented || short);
    if (previous && !indented && !short && !apart && !sided && !marked) joined(paragraphs.at(-1)!, line.text);
    else paragraphs.push({ text: line.text });
    previous = line;
  }
  return paragraphs;
}

/** A line may break after a hyphen inside a number: `01-` `NQ/TU`. */
function joined(paragraph: Paragraph, text: string): void {
  paragraph.text += (/[\p{L}\d]-$/u.test(paragraph.text) ? '' : ' ') + text;
}

function mostOften(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}
