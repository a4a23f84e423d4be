/** The kinds of paragraph a reply is made of. */
import type { Text } from '../core/types.ts';

export const title = (text: string): Text => ({ as: 'title', text });
export const line = (text: string): Text => ({ as: 'text', text });
export const quote = (text: string): Text => ({ as: 'quote', text });
export const note = (text: string): Text => ({ as: 'note', text });
