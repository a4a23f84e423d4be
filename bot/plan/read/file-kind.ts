/** What a file is by its bytes, and whether its name says the same: one answer wherever it comes from. Pure. */
export type Kind = 'docx' | 'pdf' | 'txt' | 'md';
/** `detail`: what it really is. */
export interface Misfit {
  trouble: 'empty' | 'kind' | 'disguised' | 'oldWord' | 'encrypted' | 'oldFont';
  detail?: string;
}
const KINDS: readonly string[] = ['docx', 'pdf', 'txt', 'md'] satisfies Kind[];

/** The kind, or why no plan can be read from it. */
export function planFileKind(bytes: Uint8Array, name: string): Kind | Misfit {
  if (bytes.length === 0) return { trouble: 'empty' };
  const said = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase();
  const known = said !== undefined && KINDS.includes(said) ? (said as Kind) : null;
  const real = sniff(bytes);
  if (real === 'ole') return { trouble: holds(bytes, 'EncryptedPackage') ? 'encrypted' : 'oldWord' };
  if (known === null) return { trouble: said === 'doc' ? 'oldWord' : 'kind' };
  if (real !== null && real !== known) return { trouble: 'disguised', detail: real };
  if (real === null && known !== 'txt' && known !== 'md') return { trouble: 'disguised', detail: 'khác' };
  return known;
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

/** UTF-8, or UTF-16 with its mark; anything with control bytes is no text. */
export function decodedText(bytes: Uint8Array): string | Misfit {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return { trouble: 'oldFont' };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? { trouble: 'kind' } : text;
}
