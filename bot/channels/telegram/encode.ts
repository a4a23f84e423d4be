/** A part as a call of the Bot API: HTML with everything the plan or a person said escaped, choices as a keyboard. Pure. */
import type { Choice, Text } from '../../core/types.ts';
import type { Limits, Part } from '../channel.ts';
import { GAP, plainText } from '../deliver.ts';
import { Upload } from './driver.ts';

/** Bot API 10.1; what it leaves open (keyboards) is kept to what phones show whole. */
export const LIMITS: Limits = {
  text: 4096,
  caption: 1024,
  pictures: true,
  pictureTypes: ['image/png'],
  papers: 'upload',
  choices: { max: 30, label: 40 },
};

export interface Target {
  chat: number;
  /** Topic of a forum. */
  thread?: number;
}

export type Call = { method: 'sendMessage' | 'sendPhoto' | 'sendDocument'; payload: object };

/** @param style `plain` carries no marks at all, for when Telegram refuses those of `html` */
export function encode(part: Part, to: Target, style: 'html' | 'plain' = 'html'): Call {
  const words = style === 'html' ? part.text.map(html).join(GAP) : plainText(part.text);
  const common = {
    chat_id: to.chat,
    ...(to.thread !== undefined && { message_thread_id: to.thread }),
    ...(style === 'html' && words && { parse_mode: 'HTML' }),
    ...(part.choices.length > 0 && { reply_markup: { inline_keyboard: rows(part.choices) } }),
  };
  if (part.document) {
    const { name, bytes } = part.document;
    return { method: 'sendDocument', payload: { ...common, document: new Upload(fileName(name), bytes) } };
  }
  if (!part.picture)
    return {
      method: 'sendMessage',
      payload: { ...common, text: wellFormed(words), link_preview_options: { is_disabled: true } },
    };
  const photo = new Upload(fileName(part.picture.name), Buffer.from(part.picture.base64, 'base64'));
  return { method: 'sendPhoto', payload: { ...common, photo, ...(words && { caption: wellFormed(words) }) } };
}

const fileName = (name: string): string => name.replace(/[^\w.-]/g, '_');

function html({ as, text }: Text): string {
  const safe = escaped(text);
  switch (as) {
    case 'title':
      return `<b>${safe}</b>`;
    case 'quote':
      return `<blockquote>${safe}</blockquote>`;
    case 'note':
      return `<i>${safe}</i>`;
    case 'text':
      return safe;
  }
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Half a surrogate pair makes Telegram refuse the whole message. */
const wellFormed = (text: string): string => text.toWellFormed();

/** Short labels share a row, as far as each still shows whole on a narrow phone. */
const ROW = { units: 32, buttons: 4 };

function rows(choices: readonly Choice[]): { text: string; callback_data: string }[][] {
  const keyboard: { text: string; callback_data: string }[][] = [];
  for (const { label, token } of choices) {
    const button = { text: label, callback_data: token };
    const row = keyboard.at(-1);
    const longest = Math.max(label.length, ...(row ?? []).map((b) => b.text.length));
    if (row && row.length < ROW.buttons && longest * (row.length + 1) <= ROW.units) row.push(button);
    else keyboard.push([button]);
  }
  return keyboard;
}
