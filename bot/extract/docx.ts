/** A Word document (.docx): its paragraphs as Word shows them, with the numbers of its lists, and its tables cell by cell. */
import { unzipSync } from 'fflate';
import type { Paragraph } from '../plan/read/types.ts';
import { readNumbering } from './numbering.ts';
import { LIMITS, Unreadable } from './types.ts';
import { type Tag, walkXml } from './xml.ts';

const PARTS = ['word/document.xml', 'word/numbering.xml', 'word/styles.xml'];
/** No list of files of a real document is this long. */
const MOST_ENTRIES = 5_000;

/** Unpacks only what is read, and no more of it than a real document has. */
function partsOf(bytes: Uint8Array): (name: string) => string | null {
  let entries = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (++entries > MOST_ENTRIES) throw new Unreadable('bomb');
        if (!PARTS.includes(name)) return false;
        if (originalSize > LIMITS.part) throw new Unreadable('bomb');
        return true;
      },
    });
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('broken');
  }
  return (name) => (files[name] ? new TextDecoder().decode(files[name]) : null);
}

interface Open {
  text: string;
  style: string | null;
  list: string | null;
  level: number | null;
}

interface OpenTable {
  of: number;
  row: number;
  column: number;
  span: number;
}

export function paragraphsOfDocx(bytes: Uint8Array): Paragraph[] {
  const part = partsOf(bytes);
  const document = part('word/document.xml');
  if (document === null) throw new Unreadable('kind');
  const numbering = readNumbering(part('word/numbering.xml'), part('word/styles.xml'));
  const paragraphs: Paragraph[] = [];
  const open: Open[] = [];
  const tables: OpenTable[] = [];
  let tableCount = 0;
  /** Inside what was deleted, moved away, or stands in another form as well. */
  let skipped = 0;
  let inText = false;
  let characters = 0;
  /** Breaks that somebody made, and those that Word noted when it last laid the pages out: the first are noted among these again. */
  const breaks = { made: 0, noted: 0 };
  function turnPage(how: keyof typeof breaks): void {
    if (++breaks[how] >= LIMITS.pages) throw new Unreadable('long', String(breaks[how] + 1));
  }

  function finish({ text, style, list, level }: Open): void {
    const styled = list === null && style !== null ? numbering.ofStyle(style) : null;
    const at = list !== null ? { list, level: level ?? 0 } : styled;
    const mark = at && at.list !== '0' && text.trim() !== '' ? numbering.next(at.list, level ?? at.level) : '';
    const table = tables[0];
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    lines.forEach((line, i) => {
      paragraphs.push({
        text: i === 0 && mark !== '' ? `${mark} ${line}` : line,
        ...(table && { cell: { of: table.of, row: table.row, column: table.column } }),
      });
    });
    characters += text.length;
    if (characters > LIMITS.characters || paragraphs.length > LIMITS.paragraphs) throw new Unreadable('long');
  }

  walkXml(document, {
    open(tag: Tag) {
      if (skipped > 0 || SKIPPED.has(tag.name)) {
        skipped++;
        return;
      }
      const paragraph = open.at(-1);
      const table = tables.length === 1 ? tables[0] : undefined;
      switch (tag.name) {
        case 'w:p':
          open.push({ text: '', style: null, list: null, level: null });
          break;
        case 'w:pStyle':
          if (paragraph) paragraph.style = tag.attributes['w:val'] ?? null;
          break;
        case 'w:numId':
          if (paragraph) paragraph.list = tag.attributes['w:val'] ?? null;
          break;
        case 'w:ilvl':
          if (paragraph) paragraph.level = Number(tag.attributes['w:val']);
          break;
        case 'w:t':
          inText = true;
          break;
        case 'w:tab':
        case 'w:ptab':
          if (paragraph && !inTabs(tag)) paragraph.text += ' ';
          break;
        case 'w:noBreakHyphen':
          if (paragraph) paragraph.text += '-';
          break;
        case 'w:lastRenderedPageBreak':
          turnPage('noted');
          break;
        case 'w:pageBreakBefore':
          if (paragraph && !/^(?:0|false|off)$/.test(tag.attributes['w:val'] ?? '')) turnPage('made');
          break;
        case 'w:br':
        case 'w:cr':
          if (tag.attributes['w:type'] === 'page') turnPage('made');
          if (paragraph) paragraph.text += tag.attributes['w:type'] === 'page' ? ' ' : '\n';
          break;
        case 'w:tbl':
          tables.push({ of: tables.length === 0 ? tableCount++ : tables[0]!.of, row: -1, column: -1, span: 1 });
          break;
        case 'w:tr':
          if (table) Object.assign(table, { row: table.row + 1, column: -1, span: 1 });
          break;
        case 'w:tc':
          if (table) Object.assign(table, { column: table.column + table.span, span: 1 });
          break;
        case 'w:gridSpan':
          if (table) table.span = Math.min(Math.max(Number(tag.attributes['w:val']) || 1, 1), 60);
          break;
      }
    },
    close(name) {
      if (skipped > 0) {
        skipped--;
        return;
      }
      if (name === 'w:t') inText = false;
      else if (name === 'w:p') finish(open.pop()!);
      else if (name === 'w:tbl') tables.pop();
    },
    text(text) {
      const paragraph = open.at(-1);
      if (inText && skipped === 0 && paragraph) paragraph.text += text.replaceAll('\n', ' ');
    },
  });
  return paragraphs;
}

const SKIPPED = new Set([
  'w:del',
  'w:moveFrom',
  'mc:Fallback',
  'w:instrText',
  'w:delText',
  'w:pPrChange',
  'w:rPrChange',
  'w:tabs',
]);
/** `w:tab` also names a stop of the ruler, which has a position. */
const inTabs = (tag: Tag): boolean => tag.attributes['w:pos'] !== undefined;
