/** The order of a document: its head, its headings, its passages with the lines below them, its end. Words are kept as they are. */
import { createPlaces, numberOf } from '../places.ts';
import { goesOn, isEnded, isPaper, type Line, readLine } from './lines.ts';
import { type Row, rowOf, type Table, tableOf } from './tables.ts';
import type { Doubt, Paragraph } from './types.ts';

/** A passage before anybody is found in it. */
export interface Piece {
  id: string;
  mark: string | undefined;
  paragraphs: string[];
  lines: { raw: string; line: Extract<Line, { kind: 'party' | 'time' | 'other' }> }[];
  /** The passage above, which this one continues. */
  continues: string | null;
  doubts: Doubt[];
}

export type Block =
  | { kind: 'heading'; level: 1 | 2; raw: string; words: string }
  | { kind: 'layout'; raw: string }
  | { kind: 'piece'; piece: Piece }
  /** A named part outside the clauses: `ten`, `can-cu`, `noi-nhan`. */
  | { kind: 'named'; id: string; paragraphs: string[] };

export interface Structure {
  blocks: Block[];
  /** Every paragraph, once, in order. */
  source: string[];
}

/**
 * One line for the eyes: no-break spaces, tabs and runs of spaces become one space; paired stars of Markdown go; a bullet of
 * a symbol font, which no other font shows, becomes a dash.
 */
export const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/^\s*[\uf000-\uf0ff]\s*/u, '- ')
    .replace(/(\*{1,3})(?=\S)([^*]+?)(?<=\S)\1/gu, '$2')
    .replace(/[\s\u00a0\u200b\ufeff\u00ad]+/gu, ' ')
    .trim();

const KIND = /^(?:KẾ HOẠCH|CHƯƠNG TRÌNH|PHƯƠNG ÁN|CHỈ THỊ|ĐỀ ÁN|HƯỚNG DẪN|QUYẾT ĐỊNH|THÔNG BÁO)(?:\s*\(.*\))?$/u;
const isUpper = (text: string): boolean => text === text.toUpperCase() && /\p{Lu}{2}/u.test(text);

export function structureOf(given: readonly Paragraph[]): Structure {
  const paragraphs = given
    .map((p) => ({ ...p, text: tidy(p.text.replace(/^#{1,6}\s+/u, '')) }))
    .filter((p) => p.text !== '' && (p.cell !== undefined || !isPaper(p.text)));
  const tables = new Map<number, Table | null>();
  for (const { cell } of paragraphs)
    if (cell && !tables.has(cell.of)) tables.set(cell.of, tableOf(paragraphs.filter((p) => p.cell?.of === cell.of)));
  const level = topLevel(paragraphs);
  const first = paragraphs.findIndex(({ text, cell }) => !cell && startsBody(text, level));
  const blocks: Block[] = [];
  readHead(first < 0 ? paragraphs : paragraphs.slice(0, first), blocks);
  const body = createBody(blocks, level);
  const rest = first < 0 ? [] : paragraphs.slice(first);
  for (let i = 0; i < rest.length; i++) {
    const { text, cell } = rest[i]!;
    const table = cell && tables.get(cell.of);
    if (!table) {
      body.read(text, rest[i + 1]?.text ?? '');
      continue;
    }
    const row = [rest[i]!];
    while (sameRow(rest[i + 1], cell)) row.push(rest[++i]!);
    if (cell.row <= table.header) for (const { text } of row) body.head(text);
    else body.row(rowOf(row, table));
  }
  return { blocks, source: sourceOf(paragraphs, tables) };
}

const sameRow = (next: Paragraph | undefined, cell: NonNullable<Paragraph['cell']>): boolean =>
  next?.cell?.of === cell.of && next.cell.row === cell.row;

/** A row's number stands before its words, as in any other paragraph. */
function sourceOf(paragraphs: readonly Paragraph[], tables: ReadonlyMap<number, Table | null>): string[] {
  const source: string[] = [];
  for (let i = 0; i < paragraphs.length; i++) {
    const { text, cell } = paragraphs[i]!;
    const table = cell && tables.get(cell.of);
    if (!table || cell.row <= table.header) {
      source.push(text);
      continue;
    }
    const cells = [paragraphs[i]!];
    while (sameRow(paragraphs[i + 1], cell)) cells.push(paragraphs[++i]!);
    const { number, task, others } = rowOf(cells, table);
    const [first = '', ...more] = task;
    source.push([number, first].filter((t) => t !== '').join(' '), ...more, ...others.map((o) => o.text));
  }
  return source.filter((text) => text !== '');
}

/** Sections have Roman numbers, or, in a document without them, plain ones. */
function topLevel(paragraphs: readonly Paragraph[]): 1 | 2 {
  const has = (n: number) =>
    paragraphs.some(({ text }) => {
      const line = readLine(text);
      return line.kind === 'numbered' && line.level === n;
    });
  return has(1) || !has(2) ? 1 : 2;
}

function startsBody(text: string, level: 1 | 2): boolean {
  const line = readLine(text);
  return line.kind === 'numbered' && line.level === level && line.words !== '';
}

const BASIS =
  /^[-–+]?\s*(?:Thực hiện|Căn cứ|Để |Nhằm|Triển khai thực hiện (?:Kế hoạch|Chỉ thị|Nghị quyết)|Tiếp tục thực hiện)/u;

function readHead(paragraphs: readonly Paragraph[], blocks: Block[]): void {
  let kindSeen = false;
  let titled = false;
  let basis = false;
  for (const { text } of paragraphs) {
    const last = blocks.at(-1);
    // A narrow column breaks the line before the year.
    if (
      last?.kind === 'named' &&
      last.id === 'ngay-ban-hanh' &&
      /năm$/u.test(last.paragraphs.at(-1)!) &&
      /^\d{4}$/.test(text)
    )
      last.paragraphs.push(text);
    else if (/CỘNG H(?:ÒA|OÀ) XÃ HỘI|^Độc lập\s*[-–]/iu.test(text)) blocks.push({ kind: 'layout', raw: text });
    else if (!basis && /^Số\s*:/iu.test(text)) named(blocks, 'so-ky-hieu', text);
    else if (!basis && text.length < 80 && /ngày\b.*tháng\b.*năm(?:\s*\d|$)/iu.test(text) && !BASIS.test(text))
      named(blocks, 'ngay-ban-hanh', text);
    else if (!kindSeen && KIND.test(text)) {
      kindSeen = true;
      blocks.push({ kind: 'layout', raw: text });
    } else if (!kindSeen && /^KẾ HOẠCH\s/u.test(text)) {
      kindSeen = true;
      titled = true;
      named(blocks, 'ten', text);
    } else if (!kindSeen)
      isUpper(text) ? named(blocks, 'co-quan-ban-hanh', text) : blocks.push({ kind: 'layout', raw: text });
    else if (/^\((?:Kèm theo|Ban hành kèm)/iu.test(text)) blocks.push({ kind: 'layout', raw: text });
    else if (!titled || (!basis && !BASIS.test(text) && !/[.:]$/u.test(text))) {
      titled = true;
      named(blocks, 'ten', text);
    } else {
      basis = true;
      named(blocks, 'can-cu', text);
    }
  }
}

/** Goes on with the named part that is last; a second part of that name stands as it is, unnamed. */
function named(blocks: Block[], id: string, text: string): void {
  const last = blocks.at(-1);
  if (last?.kind === 'named' && last.id === id) last.paragraphs.push(text);
  else if (blocks.some((b) => b.kind === 'named' && b.id === id)) blocks.push({ kind: 'layout', raw: text });
  else blocks.push({ kind: 'named', id, paragraphs: [text] });
}

const RECEIVERS = /^Nơi nhận\s*:?/iu;
const SIGNER = /^(?:TM|KT|TL|TUQ|T\/M|Q)\.?\s+\p{Lu}/u;

function createBody(blocks: Block[], top: 1 | 2) {
  const places = createPlaces();
  const used = new Set<string>();
  let last: Piece | null = null;
  let headed = false;
  let end: 'noi-nhan' | 'nguoi-ky' | null = null;

  function piece(text: string, mark: string | undefined, continues: boolean, doubts: Doubt[] = []): Piece {
    const above: string | null = last?.id ?? null;
    const id = places.passage(mark, continues);
    const made: Piece = { id, mark, paragraphs: [text], lines: [], continues: continues ? above : null, doubts };
    if (used.has(id) && last) {
      // The document numbers two clauses alike: nothing is lost, and a person looks at it.
      last.paragraphs.push(mark ? `${mark} ${text}` : text);
      last.doubts.push({ reason: 'joined' });
      return last;
    }
    used.add(id);
    blocks.push({ kind: 'piece', piece: made });
    last = made;
    headed = false;
    return made;
  }

  function heading(raw: string, words: string, level: 1 | 2): void {
    places.heading(raw);
    blocks.push({ kind: 'heading', level, raw, words });
    last = null;
    headed = true;
  }

  function read(text: string, next: string): void {
    if (RECEIVERS.test(text)) end = 'noi-nhan';
    else if (SIGNER.test(text) && (end || isUpper(text))) end = 'nguoi-ky';
    else if (/^PHỤ LỤC/u.test(text)) {
      end = null;
      heading(text, text, 1);
      return;
    } else if (end === 'noi-nhan' && !/^[-–+•]/u.test(text) && !/[;]$/u.test(text) && !goesOn(text)) end = 'nguoi-ky';
    if (end) {
      named(blocks, end, text);
      return;
    }
    if (last && goesOn(text) && readLine(text).kind === 'plain') {
      last.paragraphs.push(text);
      last.doubts.push({ reason: 'joined' });
      return;
    }
    const line = readLine(text);
    switch (line.kind) {
      case 'numbered': {
        const section = line.level === top;
        if (isHeading(line, text, next, section)) heading(text, line.words, section ? 1 : 2);
        else {
          last = null;
          piece(line.words, line.mark, false);
        }
        return;
      }
      case 'dash':
        piece(line.words, line.mark, false);
        return;
      case 'sub': {
        const nextLine = readLine(next);
        const own =
          nextLine.kind === 'party' ||
          /:$/u.test(last?.paragraphs.at(-1) ?? '') ||
          (last?.mark === '+' && last.continues !== null);
        if (!last || (last.mark === '+' && last.continues === null) || headed) piece(line.words, line.mark, false);
        else if (own) piece(line.words, line.mark, true);
        else last.paragraphs.push(text);
        return;
      }
      case 'party':
      case 'time':
      case 'other':
        if (last) last.lines.push({ raw: text, line });
        else piece(text, undefined, false);
        return;
      case 'plain':
        if (!last) piece(text, undefined, false);
        else if (!isEnded(last.paragraphs.at(-1)!) && last.lines.length === 0) {
          last.paragraphs.push(text);
          last.doubts.push({ reason: 'joined' });
        } else piece(text, undefined, true, [{ reason: 'continued' }]);
    }
  }

  /** A row of a table that gives tasks: the task is a passage, the cells beside it are its lines. */
  function row({ number, task: [first = '', ...more], others }: Row): void {
    if (first === '') return;
    if (others.length === 0) {
      heading(`${number} ${first}`.trim(), first, 1);
      return;
    }
    last = null;
    const made = piece(first, number === '' ? '|' : number, false);
    made.paragraphs.push(...more);
    for (const { text, column } of others) made.lines.push({ raw: text, line: lineOf(column, text) });
  }

  const head = (raw: string): void => void blocks.push({ kind: 'layout', raw });

  return { read, row, head };
}

const LABELS = { lead: 'chủ trì', implement: 'thực hiện', coordinate: 'phối hợp' } as const;

/** A cell has its meaning from the head of its column. */
const lineOf = (column: Row['others'][number]['column'], words: string): Piece['lines'][number]['line'] =>
  column === 'time' || column === 'note'
    ? { kind: column === 'time' ? 'time' : 'other', label: '', words, mark: 'cell' }
    : { kind: 'party', label: LABELS[column], words, mark: 'cell' };

/** A number stands before a heading when what follows belongs below it; before a sentence it is a passage of its own. */
function isHeading(line: Extract<Line, { kind: 'numbered' }>, text: string, next: string, section: boolean): boolean {
  const below = readLine(next);
  if (below.kind === 'party' || below.kind === 'time') return section && isUpper(line.words);
  if (isUpper(line.words)) return true;
  if (section && numberOf(text)?.level === 1) return line.words.length < 160 && !/[.;]$/u.test(line.words);
  const deeper =
    below.kind === 'dash' ||
    below.kind === 'sub' ||
    below.kind === 'plain' ||
    (below.kind === 'numbered' && below.level > line.level);
  if (!deeper || line.words.length > 260) return false;
  // `1. Sở Y tế:` and `1. Công an thành phố.` are headings; `1. Chủ đề: “…”.` is a sentence.
  return /[^.;:!?]$/u.test(line.words) || (/:$/u.test(line.words) && line.words.length < 200);
}
