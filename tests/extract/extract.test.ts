/** Whatever is sent: the text of a good file, and of a bad one a plain answer, with nothing harmed. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { extractFile } from '../../bot/extract/extract.ts';
import { readFile } from '../../bot/extract/read.ts';
import { LIMITS } from '../../bot/extract/types.ts';
import { say } from '../../bot/text/say.ts';
import { docx, listed, numbering, p, pdf, row, table } from './files.ts';

const lines = async (bytes: Uint8Array, name: string) => {
  const read = await readFile(bytes, name);
  if (!read.ok) throw new Error(read.trouble);
  return read.paragraphs.map(({ text, cell }) => (cell ? `[${cell.row},${cell.column}] ${text}` : text));
};
const trouble = async (bytes: Uint8Array, name: string) => {
  const read = await readFile(bytes, name);
  return read.ok ? 'read' : read.trouble;
};

describe('Word', () => {
  test('paragraphs with the numbers that Word writes itself', async () => {
    const body = [
      p('KẾ HOẠCH'),
      listed('NHIỆM VỤ', 1, 0),
      listed('Sở Y tế', 1, 1),
      listed('Trực cấp cứu.', 2),
      listed('Sở Xây dựng', 1, 1),
      listed('Rà soát.', 1, 2),
      listed('Sửa chữa.', 1, 2),
      listed('TỔ CHỨC', 1, 0),
      listed('Báo cáo.', 1, 1),
    ].join('');
    expect(await lines(docx(body, { 'word/numbering.xml': numbering }), 'a.docx')).toEqual([
      'KẾ HOẠCH',
      'I. NHIỆM VỤ',
      '1. Sở Y tế',
      '- Trực cấp cứu.',
      '2. Sở Xây dựng',
      'a) Rà soát.',
      'b) Sửa chữa.',
      'II. TỔ CHỨC',
      '1. Báo cáo.',
    ]);
  });

  test('numbers of a paragraph’s style; deleted words, fields and second forms left out; breaks and tabs kept apart', async () => {
    const styles =
      '<w:styles xmlns:w="w"><w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style></w:styles>';
    const body = [
      p('MỞ ĐẦU', '<w:pStyle w:val="MucCon"/>'),
      '<w:p><w:r><w:t>Giữ</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText><w:t>bỏ</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>lại</w:t></w:r></w:p>',
      '<w:p><w:r><w:t>trên</w:t><w:br/><w:t>dưới</w:t></w:r></w:p>',
      '<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>khung</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>khung</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>',
    ].join('');
    expect(await lines(docx(body, { 'word/numbering.xml': numbering, 'word/styles.xml': styles }), 'a.docx')).toEqual([
      'I. MỞ ĐẦU',
      'Giữ lại',
      'trên',
      'dưới',
      'khung',
    ]);
  });

  test('tables cell by cell', async () => {
    const body = table(row('TT', 'Nội dung', 'Chủ trì'), row('1', 'Trực', 'Sở Y tế'));
    expect(await lines(docx(body), 'a.docx')).toEqual([
      '[0,0] TT',
      '[0,1] Nội dung',
      '[0,2] Chủ trì',
      '[1,0] 1',
      '[1,1] Trực',
      '[1,2] Sở Y tế',
    ]);
  });
});

describe('PDF', () => {
  test('lines are put together into paragraphs, page numbers left out', async () => {
    const long = 'Cong an thanh pho chu tri phoi hop voi cac don vi lien quan tuan tra';
    const pages = [
      [
        'I. NHIEM VU',
        `1. ${long}`,
        'tren cac tuyen duong chinh cua thanh pho trong ca mua he nam nay va',
        'bao cao.',
        '2. Truc.',
      ],
      ['- 2 -', '3. Ket thuc.'],
    ];
    const read = await lines(pdf(pages), 'a.pdf');
    expect(read[0]).toBe('I. NHIEM VU');
    expect(read.at(-1)).toBe('3. Ket thuc.');
    expect(read.some((l) => l.includes('- 2 -'))).toBe(false);
    expect(read.join(' ')).toContain(`1. ${long} tren cac tuyen duong`);
  });
});

describe('text', () => {
  test('lines, Windows and Unix, with a byte order mark, in UTF-16', async () => {
    expect(await lines(strToU8('\ufeffmột\r\n\r\nhai\nba'), 'a.txt')).toEqual(['một', 'hai', 'ba']);
    const wide = Buffer.from('\ufeffTiếng Việt', 'utf16le');
    expect((await lines(wide, 'a.txt')).map((l) => l.trim())).toEqual(['Tiếng Việt']);
  });

  test('lines broken at a width are put together; a new mark begins a new one', async () => {
    const text = [
      '- Tăng cường tuần tra ban đêm trên các tuyến đường trọng điểm, xử lý',
      'nghiêm các trường hợp vi phạm nồng độ cồn, tốc độ và tải trọng trên',
      'toàn địa bàn.',
      '- Bố trí lực lượng phân luồng tại cổng trường học trong các giờ cao điểm',
      'buổi sáng.',
    ].join('\n');
    expect(await lines(strToU8(text), 'a.txt')).toHaveLength(2);
  });
});

describe('bad files', () => {
  const good = docx(p('chữ'));
  const bomb = () => zipSync({ 'word/document.xml': new Uint8Array(LIMITS.part + 1) }, { level: 9 });
  const broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
  const noted = '<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>';
  const manyPages = (n: number) =>
    pdf(Array.from({ length: n }, (_, i) => [`Trang so ${i} co chu de doc cho ro rang`]));
  const ole = (words: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(words, 'utf16le')]);

  test.each([
    ['nothing', new Uint8Array(), 'a.docx', 'empty'],
    ['blank text', strToU8(' \n\n '), 'a.txt', 'empty'],
    ['a document without words', docx('<w:p/>'), 'a.docx', 'empty'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'a.png', 'kind'],
    ['a program called a text', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'a.txt', 'oldFont'],
    ['zeroes called a text', new Uint8Array(40), 'a.md', 'kind'],
    ['a PDF called a document', manyPages(1), 'a.docx', 'disguised'],
    ['a document called a text', good, 'a.txt', 'disguised'],
    ['a program called a document', Buffer.from('MZ program'), 'a.docx', 'disguised'],
    ['a spreadsheet called a document', zipSync({ 'xl/workbook.xml': strToU8('<x/>') }), 'a.docx', 'kind'],
    ['an old Word file', ole('WordDocument'), 'a.doc', 'oldWord'],
    ['a document with a password', ole('EncryptedPackage'), 'a.docx', 'encrypted'],
    ['a PDF with a password', pdf([['bi mat']], { encrypted: true }), 'a.pdf', 'encrypted'],
    ['a PDF of pictures', pdf([[], [], []]), 'a.pdf', 'scanned'],
    ['a PDF of 200 pages', manyPages(200), 'a.pdf', 'long'],
    ['a torn PDF', Buffer.from('%PDF-1.7\nnothing more'), 'a.pdf', 'broken'],
    ['a torn archive', good.slice(0, 60), 'a.docx', 'broken'],
    ['a zip bomb', bomb(), 'a.docx', 'bomb'],
    ['tags without end', docx('<w:sdt>'.repeat(400) + '</w:sdt>'.repeat(400)), 'a.docx', 'bomb'],
    [
      'letters of an old font',
      strToU8('C«ng an thµnh phè chñ tr×, phèi hîp víi Së Y tÕ '.repeat(20)),
      'a.txt',
      'oldFont',
    ],
    ['a document of hundreds of page breaks', docx(`${p('chữ')}${broken}`.repeat(300)), 'a.docx', 'long'],
    ['a document that Word laid out on 300 pages', docx(p('chữ').concat(noted).repeat(300)), 'a.docx', 'long'],
    ['a very long document', docx(p('chữ '.repeat(400)).repeat(400)), 'a.docx', 'long'],
  ] as const)('%s', async (_, bytes, name, expected) => {
    expect(await trouble(bytes, name)).toBe(expected);
    expect(say(`import:trouble.${expected}`, { detail: '3' })).toMatch(/Đồng chí/);
  });

  test('forty pages are none too many, each break made and noted', async () => {
    expect(await lines(docx(`${p('chữ')}${broken}${noted}`.repeat(80)), 'a.docx')).toHaveLength(80);
  });

  test('an entity that would read a file of the machine, or grow without end, is not even declared', async () => {
    const xml = (declared: string) =>
      zipSync({
        'word/document.xml': strToU8(
          `<?xml version="1.0"?><!DOCTYPE x [${declared}]><w:document xmlns:w="w"><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>`,
        ),
      });
    expect(await trouble(xml('<!ENTITY a SYSTEM "file:///etc/passwd">'), 'a.docx')).toBe('broken');
    expect(await trouble(xml('<!ENTITY b "bbbb"><!ENTITY a "&b;&b;&b;">'), 'a.docx')).toBe('broken');
  });

  test('an archive that lies about its size yields no more than it says', async () => {
    const bytes = zipSync({
      'word/document.xml': strToU8(`<w:document xmlns:w="w">${p('chữ'.repeat(5_000))}</w:document>`),
    });
    const view = new DataView(bytes.buffer);
    // The directory at the end says how long the part is when it is unpacked.
    for (let i = 0; i + 46 < bytes.length; i++)
      if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, 100, true);
    expect(await trouble(bytes, 'a.docx')).toBe('broken');
  });

  test('too large a file is not even opened; one that takes too long is given up', async () => {
    expect(await extractFile(new Uint8Array(LIMITS.bytes + 1), 'a.docx')).toEqual({
      ok: false,
      trouble: 'big',
      detail: '11',
    });
    expect(await extractFile(good, 'a.docx', 0)).toEqual({ ok: false, trouble: 'slow' });
  });
});

test('in its thread a file reads the same, and the thread ends', async () => {
  expect(await extractFile(docx(p('I. NHIỆM VỤ')), 'Kế hoạch.DOCX')).toEqual({
    ok: true,
    paragraphs: [{ text: 'I. NHIỆM VỤ' }],
    pages: null,
  });
});
