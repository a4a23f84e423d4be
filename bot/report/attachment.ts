/** A file that goes with a report: what it is is told by its bytes, never by its name, and its name is not kept. */
import { FILE_KINDS, type FileKind } from './types.ts';

export interface Attachment {
  /** SHA-256 of its bytes, in hex: the name it is kept under. */
  hash: string;
  kind: FileKind;
  /** Bytes. */
  size: number;
}

const STARTS: [FileKind, number[], number][] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d], 0],
  ['jpeg', [0xff, 0xd8, 0xff], 0],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 0],
  ['webp', [0x57, 0x45, 0x42, 0x50], 8],
];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Names of parts stand as they are in the archive. A document with macros is none that is taken. */
const PARTS: [FileKind, string][] = [
  ['docx', 'word/document.xml'],
  ['xlsx', 'xl/workbook.xml'],
];
const MACROS = 'vbaProject.bin';

/** Null for what is none of the kinds that a form can take. */
export function kindOfBytes(bytes: Uint8Array): FileKind | null {
  const starts = (with_: number[], at = 0) => with_.every((byte, i) => bytes[at + i] === byte);
  const plain = STARTS.find(([, beginning, at]) => starts(beginning, at));
  if (plain) return plain[0];
  if (!starts(ZIP)) return null;
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (names.includes(MACROS)) return null;
  return PARTS.find(([, part]) => names.includes(part))?.[0] ?? null;
}

/** As it stands among the values of a report. */
export const attachmentValue = ({ hash, kind, size }: Attachment): string => `sha256:${hash};${kind};${size}`;

const VALUE = new RegExp(`^sha256:([0-9a-f]{64});(${FILE_KINDS.join('|')});(\\d+)$`);

export function attachmentOf(value: unknown): Attachment | null {
  const [, hash, kind, size] = (typeof value === 'string' && VALUE.exec(value)) || [];
  return hash ? { hash, kind: kind as FileKind, size: Number(size) } : null;
}
