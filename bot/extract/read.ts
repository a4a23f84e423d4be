/** Reads a file by what it is, not by what it is called. Runs in a thread of its own: see `extract.ts`. */
import { decodedText, type Misfit, planFileKind } from '../plan/read/file-kind.ts';
import type { Paragraph } from '../plan/read/types.ts';
import { paragraphsOfText } from './text.ts';
import { type Extracted, LIMITS, Unreadable } from './types.ts';

export async function readFile(bytes: Uint8Array, name: string): Promise<Extracted> {
  try {
    const { paragraphs, pages } = await read(bytes, name);
    if (!paragraphs.some(({ text }) => text.trim() !== '')) throw new Unreadable('empty');
    const characters = paragraphs.reduce((n, { text }) => n + text.length, 0);
    if (characters > LIMITS.characters || paragraphs.length > LIMITS.paragraphs) throw new Unreadable('long');
    if (isOldFont(paragraphs)) throw new Unreadable('oldFont');
    return { ok: true, paragraphs, pages };
  } catch (error) {
    const { trouble, detail } = error instanceof Unreadable ? error : new Unreadable('broken');
    return { ok: false, trouble, ...(detail !== undefined && { detail }) };
  }
}

async function read(bytes: Uint8Array, name: string): Promise<{ paragraphs: Paragraph[]; pages: number | null }> {
  const kind = orRefused(planFileKind(bytes, name));
  if (kind === 'docx') return { paragraphs: (await import('./docx.ts')).paragraphsOfDocx(bytes), pages: null };
  if (kind === 'pdf') return (await import('./pdf.ts')).paragraphsOfPdf(bytes);
  return { paragraphs: paragraphsOfText(orRefused(decodedText(bytes))), pages: null };
}

function orRefused<T extends string>(found: T | Misfit): T {
  if (typeof found !== 'string') throw new Unreadable(found.trouble, found.detail);
  return found;
}

/** Text of a font that puts Vietnamese letters in the places of others: `C«ng an thµnh phè`. */
function isOldFont(paragraphs: readonly Paragraph[]): boolean {
  const sample = paragraphs
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 20_000)
    .normalize('NFC');
  const odd = sample.match(/[«»¬­®¸µ¶·¹¨¾¼½©ª§¦¥¤£¢¡Ï×ÑÎÌßþÐ]/gu)?.length ?? 0;
  const good = sample.match(/[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơư]/giu)?.length ?? 0;
  return odd > 40 && odd > good * 2;
}
