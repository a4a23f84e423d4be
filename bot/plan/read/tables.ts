/** Tables of a plan that give tasks: one row, one task; the heads of the columns say what each cell is. */
import type { Paragraph } from './types.ts';

export type Column = 'number' | 'task' | 'lead' | 'implement' | 'coordinate' | 'time' | 'note';

export interface Table {
  columns: (Column | undefined)[];
  /** Last row of heads. */
  header: number;
}

/** A row below the heads. The number is one with the words it numbers, as in any other paragraph. */
export interface Row {
  number: string;
  task: string[];
  others: { text: string; column: Exclude<Column, 'number' | 'task'> }[];
}

const HEADS: [RegExp, Column][] = [
  [/^(?:tt|stt|số tt|số thứ tự)$/iu, 'number'],
  [/chủ trì/iu, 'lead'],
  [/phối hợp/iu, 'coordinate'],
  [/(?:đơn vị|cơ quan|bộ phận).*(?:thực hiện|tham mưu|phụ trách)|^(?:đơn vị|cơ quan)$|phân công/iu, 'implement'],
  [/thời (?:gian|hạn)|tiến độ|hoàn thành/iu, 'time'],
  [/nhiệm vụ|nội dung|công việc|hoạt động/iu, 'task'],
  [/ghi chú|sản phẩm|kết quả|kinh phí/iu, 'note'],
];

/** Null for a table that only lays out a page (the two columns of the head and of the signature). */
export function tableOf(cells: readonly Paragraph[]): Table | null {
  for (let header = 0; header <= 2; header++) {
    const columns: (Column | undefined)[] = [];
    for (const { cell, text } of cells)
      if (cell!.row <= header) {
        const kind = HEADS.find(([words]) => words.test(text.trim()))?.[1];
        if (kind) columns[cell!.column] = kind;
      }
    const has = (column: Column) => columns.includes(column);
    if (has('task') && (has('lead') || has('implement') || has('coordinate') || has('time')))
      return { columns, header };
  }
  return null;
}

/** The cells of one row, in their order. */
export function rowOf(cells: readonly Paragraph[], { columns }: Table): Row {
  const row: Row = { number: '', task: [], others: [] };
  for (const { text, cell } of cells) {
    const column = columns[cell!.column] ?? 'note';
    if (column === 'number') row.number = row.number === '' ? text : `${row.number} ${text}`;
    else if (column === 'task') row.task.push(text);
    else row.others.push({ text, column });
  }
  // A row that spans the table is a heading, wherever its words stand.
  if (row.task.length === 0 && row.others.length > 0) row.task = row.others.splice(0).map(({ text }) => text);
  return row;
}
