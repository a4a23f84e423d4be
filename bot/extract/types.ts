/** The text of a file, or why it cannot be had. Files come from people: everything in them is suspect. */
import type { Paragraph } from '../plan/read/types.ts';

/** Each has a sentence in `locales/vi/import.json` that says what to do. */
export type Trouble =
  | 'empty'
  | 'kind'
  /** Its bytes are of another kind than its name says. */
  | 'disguised'
  | 'oldWord'
  | 'encrypted'
  | 'scanned'
  | 'big'
  | 'long'
  | 'bomb'
  | 'broken'
  /** Written in a font of before Unicode (TCVN3, VNI). */
  | 'oldFont'
  /** A PDF whose letters do not stand together in words. */
  | 'torn'
  | 'slow';

export type Extracted =
  | { ok: true; paragraphs: Paragraph[]; pages: number | null }
  | { ok: false; trouble: Trouble /** Number of pages, size in MB, what it really is. */; detail?: string };

export class Unreadable extends Error {
  readonly trouble: Trouble;
  readonly detail: string | undefined;
  constructor(trouble: Trouble, detail?: string) {
    super(trouble);
    this.trouble = trouble;
    this.detail = detail;
  }
}

export const LIMITS = {
  /** Bytes of the file. */
  bytes: 10 * 1024 * 1024,
  /** The longest plan of a province has some forty. */
  pages: 120,
  characters: 500_000,
  paragraphs: 6_000,
  /** Bytes of one part of a .docx when it is unpacked. */
  part: 24 * 1024 * 1024,
  /** Real ms. */
  time: 30_000,
  /** MB of the thread's heap. */
  heap: 160,
} as const;
