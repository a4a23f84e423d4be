/** Plain text and Markdown: a line is a paragraph, unless the file breaks its lines at a width. */
import { isEnded, readLine } from '../plan/read/lines.ts';
import type { Paragraph } from '../plan/read/types.ts';

export function paragraphsOfText(text: string): Paragraph[] {
  const lines = unwrapped(text.replaceAll('\f', '\n').split(/\r\n|\n|\r/));
  const paragraphs: Paragraph[] = [];
  let table = -1;
  let row = -1;
  for (const line of lines) {
    const cells = cellsOf(line);
    if (!cells) {
      row = -1;
      if (line.trim() !== '') paragraphs.push({ text: line });
      continue;
    }
    if (row < 0) table++;
    if (cells.every((cell) => /^:?-{2,}:?$/.test(cell.trim()))) continue;
    row++;
    cells.forEach((cell, column) => {
      for (const part of cell.split(/<br\s*\/?>/i))
        if (part.trim() !== '') paragraphs.push({ text: part.trim(), cell: { of: table, row, column } });
    });
  }
  return paragraphs;
}

/** A row of a Markdown table. */
function cellsOf(line: string): string[] | null {
  const trimmed = line.trim();
  return /^\|.*\|$/.test(trimmed) && trimmed.length > 2 ? trimmed.slice(1, -1).split('|') : null;
}

/** A file that breaks its lines at some width is put together again: a full line goes on in the next that has no mark. */
function unwrapped(lines: readonly string[]): string[] {
  const lengths = lines.map((l) => l.trim().length).filter((n) => n > 0);
  const width = lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length * 0.95)] ?? 0;
  if (width > 130 || width < 40) return [...lines];
  const full = (line: string) => line.trim().length >= width * 0.75;
  const result: string[] = [];
  let previous = '';
  for (const line of lines) {
    const goesOn =
      full(previous) && !isEnded(previous.trim()) && line.trim() !== '' && readLine(line.trim()).kind === 'plain';
    if (goesOn) result.push(`${result.pop()} ${line.trim()}`);
    else result.push(line);
    previous = line;
  }
  return result;
}
