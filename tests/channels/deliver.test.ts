import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Limits } from '../../bot/channels/channel.ts';
import { partsOf, plainText } from '../../bot/channels/deliver.ts';
import { split } from '../../bot/channels/split.ts';
import type { Choice, Paper, Picture, Reply, Text } from '../../bot/core/types.ts';

const wide: Limits = { text: 4096, caption: 1024, pictures: true, choices: { max: 30, label: 40 } };
const bare: Limits = { text: 2000, caption: 0, pictures: false, choices: { max: 0, label: 0 } };
const text = (...texts: string[]): Text[] => texts.map((t) => ({ as: 'text', text: t }));
const picture: Picture = {
  name: 'ngay-10.png',
  mediaType: 'image/png',
  alt: '12 trong 139 đơn vị đã báo cáo',
  base64: 'AA==',
};
const squeeze = (s: string) => s.replace(/\s/gu, '');

describe('a reply that fits', () => {
  test('is one message with its buttons', () => {
    const choices = [{ token: 'a', label: 'Xem tiếp' }];
    expect(partsOf({ text: text('Một', 'Hai'), choices }, wide)).toEqual([{ text: text('Một', 'Hai'), choices }]);
  });

  test('up to the last unit of the limit, and two messages one unit beyond', () => {
    expect(partsOf({ text: text('a'.repeat(4096)) }, wide)).toHaveLength(1);
    expect(partsOf({ text: text('a'.repeat(4097)) }, wide)).toHaveLength(2);
    expect(partsOf({ text: text('a'.repeat(2000), 'b'.repeat(2094)) }, wide)).toHaveLength(1);
    expect(partsOf({ text: text('a'.repeat(2000), 'b'.repeat(2095)) }, wide)).toHaveLength(2);
  });

  test('without any content is no message', () => {
    expect(partsOf({ text: text('  \n') }, wide)).toEqual([]);
  });
});

describe('a long text is cut', () => {
  test.each([
    ['after a paragraph', 'Một hai. Ba bốn\n\nNăm sáu. Bảy', 20, ['Một hai. Ba bốn', 'Năm sáu. Bảy']],
    ['after a sentence', 'Một hai ba. Bốn năm sáu', 18, ['Một hai ba.', 'Bốn năm sáu']],
    ['after a closing quotation mark', 'Một “hai ba.” Bốn năm sáu', 20, ['Một “hai ba.”', 'Bốn năm sáu']],
    ['after a word', 'Một hai ba bốn năm', 12, ['Một hai ba', 'bốn năm']],
    ['where the word ends at the limit itself', 'abcde fghij', 5, ['abcde', 'fghij']],
    ['between letters where there is nothing else', 'abcdefgh', 3, ['abc', 'def', 'gh']],
    ['outside surrogate pairs', '😀😀😀', 3, ['😀', '😀', '😀']],
    ['outside combining marks', 'ế'.normalize('NFD').repeat(3), 4, Array(3).fill('ế'.normalize('NFD'))],
    ['at a word rather than after a very short sentence', 'A. Bốn năm sáu bảy', 16, ['A. Bốn năm sáu', 'bảy']],
  ])('%s', (_, whole, max, pieces) => {
    expect(split(whole, max)).toEqual(pieces);
  });

  test('a quote cut in two is two quotes', () => {
    const long = `${'Đẩy mạnh tuyên truyền phòng, chống ma túy. '.repeat(60)}Hết.`;
    const parts = partsOf(
      {
        text: [
          { as: 'title', text: 'Nhiệm vụ' },
          { as: 'quote', text: long },
        ],
      },
      bare,
    );
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap((p) => p.text.map((t) => t.as))).toEqual(['title', 'quote', 'quote']);
    for (const part of parts) expect(plainText(part.text)).toMatch(/[.ụ]$/u);
  });

  test('the choices stand under the last message', () => {
    const choices = [{ token: 'a', label: 'Hủy' }];
    const parts = partsOf({ text: text('câu. '.repeat(2000)), choices }, wide);
    expect(parts.map((p) => p.choices.length)).toEqual([...Array(parts.length - 1).fill(0), 1]);
  });
});

describe('choices become numbered lines', () => {
  const choices: Choice[] = [
    { token: 'a', label: 'Bỏ qua' },
    { token: 'b', label: 'Hủy' },
  ];
  const lines = '1. Bỏ qua\n2. Hủy';

  test.each([
    ['where there are no buttons', bare],
    ['where there are too many', { ...wide, choices: { max: 1, label: 40 } }],
    ['where a label is too long', { ...wide, choices: { max: 9, label: 5 } }],
  ])('%s', (_, limits) => {
    const [part] = partsOf({ text: text('Chọn'), choices }, limits);
    expect(part).toEqual({
      text: [...text('Chọn', lines), { as: 'note', text: 'Đồng chí gõ số hoặc gõ nguyên dòng để chọn.' }],
      choices: [],
    });
  });

  test('but stay buttons at the limits', () => {
    expect(partsOf({ text: text('Chọn'), choices }, { ...wide, choices: { max: 2, label: 6 } })[0]!.choices).toEqual(
      choices,
    );
  });

  describe('but where a number would be a figure, their labels are to be typed', () => {
    const told = (labels: string[], limits = bare) =>
      partsOf(
        { text: text('8 buổi?'), choices: labels.map((label) => ({ token: label, label })), byLabel: true },
        limits,
      );

    test('in one line', () => {
      const [part] = told(['Không có', 'Bỏ qua', 'Quay lại']);
      expect(part!.text).toEqual([...text('8 buổi?'), { as: 'note', text: 'Hoặc gõ: Không có · Bỏ qua · Quay lại' }]);
    });

    test.each([
      ['long', ['Bỏ qua', `Báo cáo ${'x'.repeat(40)}`]],
      ['that hold the sign between them', ['Bỏ qua', 'KH 64 · mục II']],
    ])('one under another when there are some %s', (_, labels) => {
      const lines = labels.map((label) => `- ${label}`).join('\n');
      expect(plainText(told(labels)[0]!.text)).toBe(`8 buổi?\n\nHoặc gõ một trong các dòng sau:\n\n${lines}`);
    });

    test('and buttons stay buttons', () => {
      expect(told(['Bỏ qua'], wide)).toEqual([
        { text: text('8 buổi?'), choices: [{ token: 'Bỏ qua', label: 'Bỏ qua' }] },
      ]);
    });
  });

  test('buttons without a text get a line to stand under', () => {
    expect(partsOf({ text: [], choices }, wide)).toEqual([{ text: text('Mời đồng chí chọn:'), choices }]);
  });
});

describe('a document', () => {
  const paper: Paper = { name: 'a.docx', format: 'docx', at: 0, of: { kind: 'official', report: 'nam' } };
  const reply: Reply = { text: text('Dự thảo'), paper, choices: [{ token: 'a', label: 'Xem' }] };

  test('is uploaded after the words that announce it, or offered where it can be downloaded', () => {
    const made = { name: 'a.docx', mediaType: 'x/y', bytes: Buffer.from('PK') };
    expect(partsOf(reply, { ...wide, papers: 'upload' }, made)).toEqual([
      { text: reply.text, choices: reply.choices },
      { text: [], choices: [], document: made },
    ]);
    expect(partsOf(reply, { ...wide, papers: 'link' })).toEqual([{ text: reply.text, choices: reply.choices, paper }]);
  });

  test('is told in words, with where to get it, where there are no files', () => {
    expect(plainText(partsOf(reply, bare)[0]!.text)).toMatch(/Tệp a\.docx: .*Telegram.*trang web/);
  });
});

describe('a picture', () => {
  const reply: Reply = { text: text('Ngày 10/30'), picture, choices: [{ token: 'a', label: 'Xem' }] };

  test('goes with the text as its caption', () => {
    expect(partsOf(reply, wide)).toEqual([{ text: reply.text, choices: reply.choices, picture }]);
  });

  test('goes first when the text is too long for a caption', () => {
    const parts = partsOf({ ...reply, text: text('x'.repeat(1025)) }, wide);
    expect(parts).toEqual([
      { text: [], choices: [], picture },
      { text: text('x'.repeat(1025)), choices: reply.choices },
    ]);
  });

  test('is said in words where none can be shown, or not of its kind', () => {
    const limits = { ...wide, pictureTypes: ['image/svg+xml'] as const };
    for (const l of [bare, limits]) expect(plainText(partsOf(reply, l)[0]!.text)).toContain(`Hình: ${picture.alt}`);
  });
});

describe('whatever is said', () => {
  const letter = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...'aăâđêôơư nhg tc ẾộữỆ.,;:!?…”)\n '.split('')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('ế'.normalize('NFD'), 'ữ'.normalize('NFD'), '😀', '👩‍👩‍👧', '\n\n', ' ́', '\r\n'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }) },
  );
  const words = (maxLength: number) => fc.array(letter, { maxLength }).map((l) => l.join(''));
  const block = fc.record({
    as: fc.constantFrom('text', 'title', 'quote', 'note'),
    text: words(120),
  }) as fc.Arbitrary<Text>;
  const choice = fc.record({ token: fc.string(), label: words(12).filter((l) => l.trim() !== '') });
  const replies: fc.Arbitrary<Reply> = fc.record(
    {
      text: fc.array(block, { maxLength: 6 }),
      choices: fc.array(choice, { maxLength: 6 }),
      picture: fc.constant(picture),
    },
    { requiredKeys: ['text'] },
  );
  const limits: fc.Arbitrary<Limits> = fc.record({
    text: fc.integer({ min: 40, max: 200 }),
    caption: fc.integer({ min: 0, max: 60 }),
    pictures: fc.boolean(),
    choices: fc.record({ max: fc.integer({ min: 0, max: 6 }), label: fc.integer({ min: 0, max: 20 }) }),
  });

  test('every part is within the limits, and nothing is lost, changed or out of order', () => {
    fc.assert(
      fc.property(replies, limits, (reply, limit) => {
        const parts = partsOf(reply, limit);
        for (const part of parts) {
          const length = plainText(part.text).length;
          expect(length).toBeLessThanOrEqual(part.picture ? limit.caption : limit.text);
          if (!part.picture) expect(length).toBeGreaterThan(0);
          expect(part.choices.length).toBeLessThanOrEqual(limit.choices.max);
          for (const c of part.choices) expect(c.label.length).toBeLessThanOrEqual(limit.choices.label);
        }
        expect(parts.slice(0, -1).every((p) => p.choices.length === 0)).toBe(true);

        const told = squeeze(parts.map((p) => plainText(p.text)).join(''));
        expect(told.startsWith(squeeze(reply.text.map((t) => t.text).join('')))).toBe(true);
        const buttons = parts.flatMap((p) => p.choices);
        if (buttons.length > 0) expect(buttons).toEqual(reply.choices);
        else expect(told).toContain(squeeze((reply.choices ?? []).map((c, i) => `${i + 1}. ${c.label}`).join('')));
        const shown = parts.filter((p) => p.picture).length;
        expect(shown).toBe(reply.picture && limit.pictures ? 1 : 0);
        if (reply.picture && !limit.pictures) expect(told).toContain(squeeze(reply.picture.alt));
      }),
      { numRuns: 600 },
    );
  });

  test('each kind of block keeps its own words', () => {
    fc.assert(
      fc.property(replies, limits, (reply, limit) => {
        const blocks = partsOf({ text: reply.text }, limit).flatMap((p) => p.text);
        for (const as of ['title', 'quote', 'note', 'text'] as const) {
          const of = (list: Text[]) =>
            squeeze(
              list
                .filter((t) => t.as === as)
                .map((t) => t.text)
                .join(''),
            );
          expect(of(blocks)).toBe(of(reply.text));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no letter is torn', () => {
    const letters = new Intl.Segmenter('vi', { granularity: 'grapheme' });
    const count = (s: string) => [...letters.segment(s)].filter((l) => l.segment.trim() !== '').length;
    fc.assert(
      fc.property(words(120), fc.integer({ min: 24, max: 60 }), (whole, max) => {
        const pieces = split(whole, max);
        expect(pieces.reduce((n, piece) => n + count(piece), 0)).toBe(count(whole));
      }),
      { numRuns: 600 },
    );
  });
});
