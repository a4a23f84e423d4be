/** Reads a file by what it is, not by what it is called. Runs in a thread of its own: see `extract.ts`. */
import type { Paragraph } from '../plan/read/types.ts';
import { decodeText, paragraphsOfText } from './text.ts';
import { type Extracted, LIMITS, Unreadable } from './types.ts';

type Kind = 'docx' | 'pdf' | 'txt' | 'md';

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
  if (bytes.length === 0) throw new Unreadable('empty');
  const said = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase();
  const known = said === 'docx' || said === 'pdf' || said === 'txt' || said === 'md' ? said : null;
  const real = sniff(bytes);
  if (real === 'ole') throw new Unreadable(holds(bytes, 'EncryptedPackage') ? 'encrypted' : 'oldWord');
  if (known === null) throw new Unreadable(said === 'doc' ? 'oldWord' : 'kind');
  const kind: Kind | 'other' = real ?? (known === 'txt' || known === 'md' ? known : 'other');
  if (real !== null && real !== known) throw new Unreadable('disguised', real);
  if (kind === 'other') throw new Unreadable('disguised', 'khác');
  if (kind === 'docx') return { paragraphs: (await import('./docx.ts')).paragraphsOfDocx(bytes), pages: null };
  if (kind === 'pdf') return (await import('./pdf.ts')).paragraphsOfPdf(bytes);
  return { paragraphs: paragraphsOfText(decodeText(bytes)), pages: null };
}

/** By the first bytes. */
function sniff(bytes: Uint8Array): 'docx' | 'pdf' | 'ole' | null {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (start.includes('%PDF-')) return 'pdf';
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'docx';
  if (start.startsWith('\xd0\xcf\x11\xe0')) return 'ole';
  return null;
}

/** Names inside an old container are written in UTF-16. */
const holds = (bytes: Uint8Array, words: string): boolean => Buffer.from(bytes).includes(Buffer.from(words, 'utf16le'));

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
