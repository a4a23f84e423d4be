/** A line as the page of one person gets it: no address of anybody, no bytes of pictures. */
import type { Address, Choice, Text } from '../../core/types.ts';
import type { WebLine } from '../../core/web.ts';
import { sizeOf } from './picture.ts';

export interface LineView {
  seq: number;
  who: 'bot' | 'me' | 'other';
  /** Of one's own lines: the event id, by which the page recognises what it sent. */
  id?: string;
  name?: string;
  at: number;
  text: Text[];
  choices?: Choice[];
  picture?: { alt: string; width?: number; height?: number };
  /** A document to download. */
  paper?: { name: string };
}

export function viewOf(line: WebLine, me: Address): LineView {
  const { picture, paper, choices } = line.body;
  const who = line.from === 'bot' ? 'bot' : line.from === me ? 'me' : 'other';
  return {
    seq: line.seq,
    who,
    ...(who === 'me' && { id: line.id }),
    ...(line.fromName !== undefined && { name: line.fromName }),
    at: line.at,
    text: line.body.text,
    ...(choices?.length && { choices }),
    ...(paper && { paper: { name: paper.name } }),
    ...(picture && { picture: { alt: picture.alt, ...sizeOf(picture) } }),
  };
}
