import { describe, expect, test } from 'vitest';
import type { Part } from '../../bot/channels/channel.ts';
import { Upload } from '../../bot/channels/telegram/driver.ts';
import { encode, LIMITS } from '../../bot/channels/telegram/encode.ts';
import { parseHtml } from '../support/telegram/html.ts';
import { checkCall } from '../support/telegram/spec.ts';
import { ONE_PIXEL } from './contract.ts';

const part = (more: Partial<Part>): Part => ({ text: [{ as: 'text', text: 'x' }], choices: [], ...more });
const labels = (...all: string[]) => all.map((label, i) => ({ label, token: `t${i}` }));
const payload = (p: Part, style?: 'html' | 'plain') =>
  encode(p, { chat: 1 }, style).payload as Record<string, unknown> & { text: string };
const rows = (...all: string[]) => {
  const { reply_markup } = payload(part({ choices: labels(...all) })) as {
    reply_markup?: { inline_keyboard: { text: string }[][] };
  };
  return reply_markup?.inline_keyboard.map((row) => row.map((b) => b.text));
};

describe('words', () => {
  const all: Part = part({
    text: [
      { as: 'title', text: 'Nhiệm vụ <1>' },
      { as: 'quote', text: 'a & b < c' },
      { as: 'text', text: '&lt; là dấu <' },
      { as: 'note', text: 'IV.2' },
    ],
  });

  test('are marked by their kind and escaped', () => {
    expect(payload(all)).toEqual({
      chat_id: 1,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      text: '<b>Nhiệm vụ &lt;1&gt;</b>\n\n<blockquote>a &amp; b &lt; c</blockquote>\n\n&amp;lt; là dấu &lt;\n\n<i>IV.2</i>',
    });
    expect(parseHtml(payload(all).text)).toEqual({
      text: 'Nhiệm vụ <1>\n\na & b < c\n\n&lt; là dấu <\n\nIV.2',
      entities: [
        { type: 'bold', offset: 0, length: 12 },
        { type: 'blockquote', offset: 14, length: 9 },
        { type: 'italic', offset: 40, length: 4 },
      ],
    });
  });

  test('plain carry no marks and are not escaped', () => {
    expect(payload(all, 'plain')).toMatchObject({ text: 'Nhiệm vụ <1>\n\na & b < c\n\n&lt; là dấu <\n\nIV.2' });
    expect(payload(all, 'plain')).not.toHaveProperty('parse_mode');
  });

  test('lose only halves of characters', () => {
    expect(payload(part({ text: [{ as: 'text', text: 'a\uD83D b😀' }] })).text).toBe('a\uFFFD b😀');
  });

  test('go into the topic they belong to', () => {
    expect(encode(all, { chat: -5, thread: 9 }).payload).toMatchObject({ chat_id: -5, message_thread_id: 9 });
  });
});

describe('choices', () => {
  test('short ones share a row, long ones have one of their own, the order stays', () => {
    expect(rows('0', 'Bỏ qua', 'Hủy')).toEqual([['0', 'Bỏ qua', 'Hủy']]);
    expect(rows('1', '2', '3', '4', '5')).toEqual([['1', '2', '3', '4'], ['5']]);
    expect(rows('Sở Y tế', 'Ủy ban nhân dân phường Lê Chân', 'Khác')).toEqual([
      ['Sở Y tế'],
      ['Ủy ban nhân dân phường Lê Chân'],
      ['Khác'],
    ]);
    expect(rows('Sửa số liệu', 'Nộp báo cáo', 'Hủy')).toEqual([['Sửa số liệu', 'Nộp báo cáo'], ['Hủy']]);
    expect(rows()).toBeUndefined();
  });

  test('carry their token', () => {
    expect(payload(part({ choices: labels('Hủy') }))).toMatchObject({
      reply_markup: { inline_keyboard: [[{ text: 'Hủy', callback_data: 't0' }]] },
    });
  });
});

describe('a picture', () => {
  const picture = { name: 'tiến độ.png', mediaType: 'image/png' as const, alt: 'x', base64: ONE_PIXEL };

  test('is a photo with its caption, its file name in ASCII', () => {
    const call = encode(part({ picture, text: [{ as: 'title', text: 'A & B' }] }), { chat: 1 });
    expect(call).toMatchObject({ method: 'sendPhoto', payload: { caption: '<b>A &amp; B</b>', parse_mode: 'HTML' } });
    const { photo } = call.payload as { photo: Upload };
    expect(photo).toBeInstanceOf(Upload);
    expect(photo.name).toMatch(/^[\w.-]+\.png$/);
    expect(Buffer.from(photo.bytes).toString('base64')).toBe(ONE_PIXEL);
  });

  test('without words has no caption', () => {
    expect(Object.keys(encode(part({ picture, text: [] }), { chat: 1 }).payload)).toEqual(['chat_id', 'photo']);
  });

  test('of another kind than PNG is left to its words', () => {
    expect(LIMITS).toMatchObject({ pictures: true, pictureTypes: ['image/png'] });
  });
});

test('every call is one the specification knows', () => {
  const full = part({ choices: labels('a', 'b') });
  const target = { chat: -100, thread: 3 };
  expect(checkCall('sendMessage', { ...encode(full, target).payload })).toEqual([]);
  const photo = encode(part({ picture: { name: 'a', mediaType: 'image/png', alt: '', base64: '' } }), target);
  expect(checkCall('sendPhoto', { ...photo.payload, photo: new Uint8Array() })).toEqual([]);
});
