/** Walks an XML text. Nothing outside it is ever read: a document type, and with it any entity, is refused. */
import { SaxesParser } from 'saxes';
import { Unreadable } from './types.ts';

export interface Tag {
  name: string;
  attributes: Record<string, string>;
}

export interface Visitor {
  open(tag: Tag): void;
  close(name: string): void;
  text?(text: string): void;
}

/** Word nests a few dozen deep. */
const DEEPEST = 300;

export function walkXml(xml: string, { open, close, text }: Visitor): void {
  const parser = new SaxesParser();
  let depth = 0;
  parser.on('doctype', () => {
    throw new Unreadable('broken');
  });
  parser.on('error', () => {
    throw new Unreadable('broken');
  });
  parser.on('opentag', (tag) => {
    if (++depth > DEEPEST) throw new Unreadable('bomb');
    open({ name: tag.name, attributes: tag.attributes as Record<string, string> });
  });
  parser.on('closetag', (tag) => {
    depth--;
    close(tag.name);
  });
  if (text) parser.on('text', text);
  parser.write(xml).close();
}
