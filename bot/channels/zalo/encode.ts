/** A part as a call of the Zalo Bot API: plain text, since older clients show marks as they are written. Pure. */
import type { Limits, Part } from '../channel.ts';
import { plainText } from '../deliver.ts';

/** Zalo shows pictures by address only, so that without a public one there are none. It has no buttons. */
export const limitsOf = (pictures: boolean): Limits => ({
  text: 2000,
  caption: pictures ? 2000 : 0,
  pictures,
  pictureTypes: ['image/png'],
  choices: { max: 0, label: 0 },
});

export const textPayload = (chat: string, part: Pick<Part, 'text'>) => ({ chat_id: chat, text: wordsOf(part) });

export function photoPayload(chat: string, part: Pick<Part, 'text'>, url: string) {
  const caption = wordsOf(part);
  return { chat_id: chat, photo: url, ...(caption && { caption }) };
}

/** Half a surrogate pair is no text for a server that reads UTF-8. */
const wordsOf = ({ text }: Pick<Part, 'text'>): string => plainText(text).replace(/\p{Surrogate}/gu, '\uFFFD');
