/** Sheets as an XLSX workbook: typed cells, heads that stay in sight, filters. The library is loaded when one is made. */
import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import type { Feature } from 'write-excel-file/node';
import type { Cell, Column, ColumnKind, Sheet } from '../totals/sheet.ts';

const FORMATS: Record<ColumnKind, string> = {
  text: '@',
  number: '#,##0.##',
  day: 'dd/mm/yyyy',
};
/** Excel's own limits: characters of a sheet's name and of a cell. */
const MOST_NAME = 31;
const MOST_CELL = 32_767;
const LINE_POINTS = 16;

const sheetName = ({ name }: Sheet): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, MOST_NAME);

export async function workbookOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const made = writeExcelFile(
    sheets.map((sheet) => ({
      sheet: sheetName(sheet),
      columns: sheet.columns.map(({ width }) => ({ width })),
      stickyRowsCount: headRow(sheet),
      ...(sheet.frozen && { stickyColumnsCount: sheet.frozen }),
      orientation: 'landscape' as const,
      data: [
        ...(sheet.about ?? []).map(above),
        tall(
          sheet.columns.map(head),
          linesOf(
            sheet.columns.map(({ title }) => title),
            sheet.columns,
          ),
        ),
        ...sheet.rows.map((row) =>
          tall(
            row.map((cell, i) => typed(cell, sheet.columns[i]!)),
            linesOf(row, sheet.columns),
          ),
        ),
      ],
    })),
    { fontFamily: 'Times New Roman', fontSize: 12, features: [filters(sheets)] },
  );
  return made.toBuffer();
}

/** The row of the heads, counted from 1: below what the sheet is of. */
const headRow = ({ about = [] }: Sheet): number => about.length + 1;

const above = ({ text, warns }: NonNullable<Sheet['about']>[number]) => [
  { value: text, fontWeight: 'bold' as const, ...(warns && { textColor: '#B00020' }) },
];

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

/** How many lines the longest cell of a row takes: not every program works that out when it opens the file. */
const linesOf = (cells: readonly Cell[], columns: readonly Column[]): number =>
  Math.max(
    1,
    ...cells.map((cell, i) =>
      typeof cell === 'string'
        ? cell.split('\n').reduce((n, line) => n + Math.max(1, Math.ceil((line.length * 1.1) / columns[i]!.width)), 0)
        : 1,
    ),
  );

/** A row's height stands with its first cell; 409 points is the most there can be. */
function tall<C extends object | null>(cells: C[], lines: number): C[] {
  if (lines === 1) return cells;
  const [first, ...rest] = cells;
  return [{ ...(first ?? { value: '' }), height: Math.min(lines * LINE_POINTS, 409) } as C, ...rest];
}

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

/** The library leaves filters, the fitting to paper and titles on every page to a "feature": elements where ECMA-376 has them. */
const filters = (sheets: readonly Sheet[]): Feature<Stream | Buffer | Blob> => ({
  files: {
    transform: {
      'xl/workbook.xml': {
        transform: (xml: string) =>
          xml.replace(/(<\/sheets>)(?:<definedNames\s*\/>)?/, `$1${titlesOf(sheets).replaceAll('$', '$$$$')}`),
      },
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml: string, _options: unknown, { sheetIndex }: { sheetIndex: number }) => {
          const sheet = sheets[sheetIndex]!;
          const first = headRow(sheet);
          const ref = `A${first}:${letters(sheet.columns.length)}${first + sheet.rows.length}`;
          return (
            xml
              .replace('</sheetData>', `</sheetData><autoFilter ref="${ref}"/>`)
              // Printed as wide as the paper, however many columns there are.
              .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
              .replace(/<pageSetup /, '<pageSetup fitToWidth="1" fitToHeight="0" ')
          );
        },
      },
    },
  },
});

/** What the sheet is of and its heads stand on every printed page. */
const titlesOf = (sheets: readonly Sheet[]): string => {
  const names = sheets.map((sheet, i) => {
    const name = inXml(sheetName(sheet).replaceAll("'", "''"));
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${name}'!$1:$${headRow(sheet)}</definedName>`;
  });
  return `<definedNames>${names.join('')}</definedNames>`;
};

const inXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** 1 → A, 27 → AA. */
function letters(n: number): string {
  const rest = Math.floor((n - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((n - 1) % 26));
}
