/** What administrators have taught in chat: another way to say something, or the clauses that a subject leads to. */
import type { Taught } from '../plan/types.ts';
import { fold, WORD } from './fold.ts';
import type { Words } from './words.ts';

/** The words of the plans' folder with what was taught; what was taught comes first. */
export function withTaught(words: Words, taught: readonly Taught[]): Words {
  const said = taught.filter((t) => t.means !== null);
  const subjects = taught.filter((t) => t.means === null && t.passages.length > 0);
  return {
    ...words,
    abbreviations: [...said.map((t) => ({ typed: [plainWords(t.phrase)], means: t.means! })), ...words.abbreviations],
    subjects: [
      ...subjects.map((t) => ({ subject: t.phrase, words: [plainWords(t.phrase)], main: t.passages })),
      ...words.subjects,
    ],
  };
}

/** Only the words: brackets and bars would be alternatives. */
export const plainWords = (text: string): string => (text.normalize('NFC').match(WORD) ?? []).join(' ');

/** By which two phrases are one. */
export const phraseKey = (text: string): string => fold(text);
