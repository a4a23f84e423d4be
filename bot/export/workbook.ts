/** Sheets as an XLSX workbook: typed cells, heads that stay in sight, filters. The library is loaded when one is made. */
import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import type { Feature } from 'write-excel-file/node';
import type { Cell, Column, ColumnKind, Sheet } from '../totals/sheets.ts';

const FORMATS: Record<ColumnKind, string> = {
  text: '@',
  number: '#,##0.##',
  day: 'dd/mm/yyyy',
};
/** Excel's own limits: characters of a sheet's name and of a cell. */
const MOST_NAME = 31;
const MOST_CELL = 32_767;

export async function workbookOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const made = writeExcelFile(
    sheets.map((sheet) => ({
      sheet: sheet.name.replace(/[\\/?*[\]:]/g, ' ').slice(0, MOST_NAME),
      columns: sheet.columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      ...(sheet.frozen && { stickyColumnsCount: sheet.frozen }),
      orientation: 'landscape' as const,
      data: [sheet.columns.map(head), ...sheet.rows.map((row) => row.map((cell, i) => typed(cell, sheet.columns[i]!)))],
    })),
    { fontFamily: 'Times New Roman', fontSize: 12, features: [filters(sheets)] },
  );
  return made.toBuffer();
}

const head = ({ title }: Column) => ({
  value: title,
  fontWeight: 'bold' as const,
  wrap: true,
  align: 'center' as const,
  alignVertical: 'center' as const,
  backgroundColor: '#E1EFEA',
  borderStyle: 'thin' as const,
  borderColor: '#7D8D86',
});

function typed(cell: Cell, { kind }: Column) {
  if (cell === null || cell === '') return null;
  const format = FORMATS[kind];
  const look = { format, alignVertical: 'top' as const };
  if (kind === 'day' && typeof cell === 'string') return { value: new Date(`${cell}T00:00:00Z`), type: Date, ...look };
  if (typeof cell === 'number') return { value: cell, type: Number, ...look };
  return { value: printable(cell).slice(0, MOST_CELL), type: String, wrap: true, ...look };
}

/** XML has no place for control characters or halves of characters. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '');

/** The library leaves filters to a "feature": an element after the cells, as ECMA-376 orders them. */
const filters = (sheets: readonly Sheet[]): Feature<Stream | Buffer | Blob> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml: string, _options: unknown, { sheetIndex }: { sheetIndex: number }) => {
          const { columns, rows } = sheets[sheetIndex]!;
          const ref = `A1:${letters(columns.length)}${rows.length + 1}`;
          return xml.replace('</sheetData>', `</sheetData><autoFilter ref="${ref}"/>`);
        },
      },
    },
  },
});

/** 1 → A, 27 → AA. */
function letters(n: number): string {
  const rest = Math.floor((n - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((n - 1) % 26));
}
