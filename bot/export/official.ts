/**
 * An official report as a Word draft in the layout of Nghị định 30/2020/NĐ-CP, annex I: A4, Times New Roman, margins
 * 20-20-30-15 mm, page numbers in the top margin but not on the first page, number and date left blank for the agency's
 * document system. The library is loaded when a document is made.
 */
import type * as Docx from 'docx';
import { say } from '../text/say.ts';
import type { OfficialBlock, OfficialReport, OfficialTable } from '../totals/types.ts';

type Lib = typeof Docx;

/** Half points. */
const PT = 2;
/** By the annex: 12 or 13 for the heads, 13 or 14 for the rest; tables as they need. */
const SIZE = {
  body: 14 * PT,
  head: 12 * PT,
  number: 13 * PT,
  title: 14 * PT,
  motto: 13 * PT,
  table: 12 * PT,
  wide: 10 * PT,
  small: 11 * PT,
  label: 12 * PT,
};
const MM = 56.6929;
const mm = (n: number): number => Math.round(n * MM);
/** Widths of the text, upright and lying down. */
const UPRIGHT = mm(210 - 30 - 15);
const LYING = mm(297 - 20 - 20);
const FIRST_LINE = mm(12.7);
/** Six points between paragraphs, lines at 1.15 (240 is single). */
const SPACING = { after: 120, line: 276, lineRule: 'auto' as const };

export async function officialDocx(report: OfficialReport): Promise<Buffer> {
  const lib = await import('docx');
  const { Document, Packer } = lib;
  const numbered = header(lib);
  const page = {
    size: { width: mm(210), height: mm(297) },
    margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15), header: mm(10), footer: mm(10) },
  };
  const document = new Document({
    creator: report.layout.agency.speaks,
    title: `${say('official:kind')} - ${report.layout.subject}`,
    description: say('official:draft'),
    styles: {
      default: {
        document: { run: { font: 'Times New Roman', size: SIZE.body, color: '000000', language: { value: 'vi-VN' } } },
      },
    },
    sections: [
      {
        properties: { page, titlePage: true },
        headers: { default: numbered, first: new lib.Header({ children: [draftMark(lib, report)] }) },
        children: [
          ...top(lib, report),
          // The signature block never stands on a page without the last of what is signed.
          ...report.body.flatMap((block, i) => blocks(lib, block, UPRIGHT, i === report.body.length - 1)),
          end(lib, report),
        ],
      },
      ...report.annexes.map(({ title, subject, blocks: content }) => ({
        properties: {
          type: lib.SectionType.NEXT_PAGE,
          page: {
            ...page,
            size: { ...page.size, orientation: lib.PageOrientation.LANDSCAPE },
            margin: { ...page.margin, left: mm(20), right: mm(20) },
          },
        },
        headers: { default: numbered },
        children: [
          centred(lib, title, { bold: true, size: SIZE.body }),
          centred(lib, subject, { bold: true, size: SIZE.body, after: 160 }),
          ...content.flatMap((block) => blocks(lib, block, LYING)),
        ],
      })),
    ],
  });
  return Packer.toBuffer(document);
}

const header = (lib: Lib) =>
  new lib.Header({
    children: [
      new lib.Paragraph({
        alignment: lib.AlignmentType.CENTER,
        children: [new lib.TextRun({ children: [lib.PageNumber.CURRENT], size: SIZE.number })],
      }),
    ],
  });

const draftMark = (lib: Lib, { rehearsal }: OfficialReport) =>
  new lib.Paragraph({
    alignment: lib.AlignmentType.RIGHT,
    children: [
      new lib.TextRun({ text: say(rehearsal ? 'official:rehearsal' : 'official:draft'), bold: true, size: SIZE.small }),
    ],
  });

interface Look {
  bold?: boolean;
  italics?: boolean;
  size: number;
  after?: number;
}

const centred = (lib: Lib, text: string, { after = 0, ...look }: Look) =>
  new lib.Paragraph({
    alignment: lib.AlignmentType.CENTER,
    spacing: { after },
    keepNext: true,
    children: [new lib.TextRun({ text, ...look })],
  });

/** A line as long as the words above it, or a share of them: drawn as the border of an empty paragraph. */
const rule = (lib: Lib, column: number, length: number, after = 0) => {
  const indent = Math.max(0, Math.round((column - length) / 2));
  return new lib.Paragraph({
    spacing: { before: 20, after, line: 60, lineRule: lib.LineRuleType.EXACT },
    indent: { left: indent, right: indent },
    border: { bottom: { style: lib.BorderStyle.SINGLE, size: 6, color: '000000', space: 0 } },
    children: [],
  });
};

const cell = (lib: Lib, width: number, children: Docx.Paragraph[]) =>
  new lib.TableCell({
    width: { size: width, type: lib.WidthType.DXA },
    margins: { left: 0, right: 0 },
    children,
  });

/** A table that is only there to put things side by side. */
function beside(lib: Lib, widths: number[], cells: Docx.Paragraph[][]) {
  const none = { style: lib.BorderStyle.NONE, size: 0, color: 'auto' };
  const borders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  return new lib.Table({
    width: { size: widths.reduce((a, b) => a + b, 0), type: lib.WidthType.DXA },
    columnWidths: widths,
    layout: lib.TableLayoutType.FIXED,
    borders,
    rows: [
      new lib.TableRow({ cantSplit: true, children: cells.map((children, i) => cell(lib, widths[i]!, children)) }),
    ],
  });
}

/** National title and agency, number and date, kind and subject, addressees. */
function top(lib: Lib, { layout, today }: OfficialReport) {
  const { agency } = layout;
  const left = mm(62);
  const right = UPRIGHT - left;
  const head = (text: string, bold: boolean) => centred(lib, text, { bold, size: SIZE.head });
  return [
    beside(
      lib,
      [left, right],
      [
        [
          ...agency.superior.map((text) => head(text, false)),
          ...agency.name.map((text) => head(text, true)),
          rule(lib, left, mm(26), 120),
          centred(lib, say('official:numbered', { symbol: agency.symbol }), { size: SIZE.number }),
        ],
        [
          head(say('official:nation'), true),
          centred(lib, say('official:motto'), { bold: true, size: SIZE.motto }),
          rule(lib, right, mm(53), 120),
          centred(lib, say('official:dated', { place: agency.place, year: today.slice(0, 4) }), {
            italics: true,
            size: SIZE.motto,
          }),
        ],
      ],
    ),
    centred(lib, say('official:kind'), { bold: true, size: SIZE.title }),
    centred(lib, layout.subject, { bold: true, size: SIZE.title }),
    rule(lib, UPRIGHT, mm(50), 200),
    ...addressees(lib, layout.to),
  ].flatMap((part, i) => (i === 1 ? [new lib.Paragraph({ spacing: { after: 120 }, children: [] }), part] : [part]));
}

function addressees(lib: Lib, to: readonly string[]) {
  const lines = to.map((name, i) => (to.length === 1 ? name : `- ${name}${i === to.length - 1 ? '.' : ';'}`));
  const [first = '', ...rest] = lines;
  const indent = { left: mm(60), hanging: mm(22) };
  return [
    new lib.Paragraph({
      indent,
      tabStops: [{ type: lib.TabStopType.LEFT, position: mm(60) }],
      children: [new lib.TextRun(`${say('official:to')}\t${first}`)],
    }),
    ...rest.map((text) => new lib.Paragraph({ indent: { left: mm(60) }, children: [new lib.TextRun(text)] })),
    new lib.Paragraph({ spacing: { after: 60 }, children: [] }),
  ];
}

/** Recipients at the left, the signature block at the right; nothing of it is signed here. */
function end(lib: Lib, { layout }: OfficialReport) {
  const left = mm(80);
  const right = UPRIGHT - left;
  const recipients = layout.recipients.map((text, i) => `- ${text}${i === layout.recipients.length - 1 ? '.' : ';'}`);
  return beside(
    lib,
    [left, right],
    [
      [
        new lib.Paragraph({
          children: [
            new lib.TextRun({ text: say('official:recipients'), bold: true, italics: true, size: SIZE.label }),
          ],
        }),
        ...recipients.map((text) => new lib.Paragraph({ children: [new lib.TextRun({ text, size: SIZE.small })] })),
      ],
      [
        ...layout.agency.signer.map((text) => centred(lib, text, { bold: true, size: SIZE.title })),
        ...[1, 2, 3, 4].map(() => new lib.Paragraph({ children: [] })),
      ],
    ],
  );
}

/** @param leads stays on the page of what follows it */
function blocks(lib: Lib, block: OfficialBlock, width: number, leads = false): (Docx.Paragraph | Docx.Table)[] {
  const { AlignmentType } = lib;
  switch (block.kind) {
    case 'section':
    case 'clause':
      return [
        new lib.Paragraph({
          spacing: { before: 120, ...SPACING },
          indent: { firstLine: FIRST_LINE },
          alignment: AlignmentType.JUSTIFIED,
          keepNext: true,
          heading: block.kind === 'section' ? lib.HeadingLevel.HEADING_1 : lib.HeadingLevel.HEADING_2,
          children: [run(lib, block.text, { bold: true })],
        }),
      ];
    case 'caption':
      return [
        new lib.Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { before: 120, after: 80 },
          keepNext: true,
          children: [run(lib, block.text, { italics: true, size: SIZE.number })],
        }),
      ];
    case 'table':
      return [table(lib, block.table, width), new lib.Paragraph({ spacing: { after: 60 }, children: [] })];
    default: {
      const lying = width === LYING;
      return [
        new lib.Paragraph({
          alignment: AlignmentType.JUSTIFIED,
          spacing: SPACING,
          indent: lying ? {} : { firstLine: FIRST_LINE },
          ...(leads && { keepNext: true, keepLines: true }),
          children: [
            run(lib, block.kind === 'bullet' ? `- ${block.text}` : block.text, {
              italics: block.kind === 'note',
              ...(lying && { size: SIZE.small }),
            }),
          ],
        }),
      ];
    }
  }
}

/** Headings carry a colour and font of their own unless they are told. */
const run = (lib: Lib, text: string, look: { bold?: boolean; italics?: boolean; size?: number }) =>
  new lib.TextRun({ text, font: 'Times New Roman', color: '000000', size: SIZE.body, ...look });

function table(lib: Lib, { head, widths, rows }: OfficialTable, width: number) {
  const total = widths.reduce((a, b) => a + b, 0);
  const columns = widths.map((share) => Math.round((width * share) / total));
  // Many columns on a lying page need smaller letters; three letters more than that, and words would break.
  const size = head.length > 10 ? SIZE.wide : width === LYING ? SIZE.small : SIZE.table;
  const one = (text: string, i: number, look: { bold?: boolean; align: keyof typeof lib.AlignmentType }) =>
    new lib.TableCell({
      width: { size: columns[i]!, type: lib.WidthType.DXA },
      margins: { left: 60, right: 60, top: 20, bottom: 20 },
      verticalAlign: lib.VerticalAlignTable.CENTER,
      children: [
        new lib.Paragraph({
          alignment: lib.AlignmentType[look.align],
          children: [run(lib, text, { size, ...(look.bold && { bold: true }) })],
        }),
      ],
    });
  return new lib.Table({
    width: { size: width, type: lib.WidthType.DXA },
    columnWidths: columns,
    layout: lib.TableLayoutType.FIXED,
    rows: [
      new lib.TableRow({
        tableHeader: true,
        cantSplit: true,
        children: head.map((text, i) => one(text, i, { bold: true, align: 'CENTER' })),
      }),
      ...rows.map(
        (cells) =>
          new lib.TableRow({
            // A list of a hundred receipts may well be longer than a page.
            cantSplit: cells.every(({ text }) => text.length < 400),
            children: cells.map(({ text, number, bold }, i) =>
              one(text, i, { ...(bold && { bold }), align: number ? 'RIGHT' : 'LEFT' }),
            ),
          }),
      ),
    ],
  });
}
