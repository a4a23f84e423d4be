/** A sheet as CSV (RFC 4180): UTF-8 with a mark that Excel knows it by, and no cell that a spreadsheet would run. Pure. */
import type { Cell, Sheet } from '../totals/sheet.ts';

const BOM = '\uFEFF';
/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

export function csvOf({ columns, rows }: Sheet): Buffer {
  const lines = [columns.map(({ title }) => title), ...rows].map((cells) => cells.map(written).join(','));
  return Buffer.from(`${BOM}${lines.join('\r\n')}\r\n`, 'utf8');
}

function written(cell: Cell): string {
  if (cell === null) return '';
  // A negative number is a number, with a point whatever the country.
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
