/** Telegram's HTML as a bot may write it: a text and its entities, or the reason why Telegram would refuse it. */
import { Refusal } from './refusal.ts';

export interface Marked {
  text: string;
  entities: { type: string; offset: number; length: number }[];
}

const TAGS: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

export function parseHtml(html: string): Marked {
  const open: { tag: string; offset: number }[] = [];
  const entities: Marked['entities'] = [];
  let text = '';
  for (let at = 0; at < html.length; ) {
    const sign = html[at]!;
    if (sign === '<') {
      const tag = /^<(\/?)([a-z-]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/i.exec(html.slice(at));
      if (!tag) throw unparsable(`Unexpected start tag at byte offset ${at}`);
      const [whole, close, name] = tag as unknown as [string, string, string];
      if (!(name in TAGS)) throw unparsable(`Unsupported start tag "${name}" at byte offset ${at}`);
      if (close) {
        const last = open.pop();
        if (last?.tag !== name) throw unparsable(`Unmatched end tag at byte offset ${at}, found "</${name}>"`);
        if (text.length > last.offset)
          entities.push({ type: TAGS[name]!, offset: last.offset, length: text.length - last.offset });
      } else {
        if (open.some((o) => o.tag === 'code' || o.tag === 'pre' || (name === 'blockquote' && o.tag === name)))
          throw unparsable(`"${name}" may not stand inside "${open.at(-1)!.tag}"`);
        open.push({ tag: name, offset: text.length });
      }
      at += whole.length;
    } else if (sign === '&') {
      const entity = /^&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/i.exec(html.slice(at));
      const [whole, decimal, hex, name] = (entity ?? []) as string[];
      const said = decimal
        ? String.fromCodePoint(Number(decimal))
        : hex
          ? String.fromCodePoint(Number.parseInt(hex, 16))
          : ENTITIES[name ?? ''];
      // Telegram lets a bare "&" pass; here it betrays a text that was not escaped.
      if (said === undefined) throw unparsable(`unescaped "&" at byte offset ${at}`);
      text += said;
      at += whole!.length;
    } else if (sign === '>') {
      throw unparsable(`unescaped ">" at byte offset ${at}`);
    } else {
      text += sign;
      at++;
    }
  }
  if (open.length > 0) throw unparsable(`Can't find end tag corresponding to start tag "${open.at(-1)!.tag}"`);
  return { text, entities };
}

const unparsable = (why: string) => new Refusal(400, `Bad Request: can't parse entities: ${why}`);
