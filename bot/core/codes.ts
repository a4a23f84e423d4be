/** Codes are not to be guessed: after a few that do not exist, none is looked at for a while. */
import type { Instant, Session } from './types.ts';

const MOST_WRONG = 5;
const PAUSE_MS = 15 * 60_000;

/** When a conversation may try a code again; null when it may now. */
export function codesFrom({ wrongCodes }: Session, now: Instant): Instant | null {
  if (!wrongCodes || wrongCodes.count < MOST_WRONG) return null;
  return wrongCodes.at + PAUSE_MS > now ? wrongCodes.at + PAUSE_MS : null;
}

/** What was typed wrong longer ago than the pause counts no more. */
export function oneMoreWrong({ wrongCodes }: Session, now: Instant): NonNullable<Session['wrongCodes']> {
  const recent = wrongCodes && wrongCodes.at + PAUSE_MS > now ? wrongCodes.count : 0;
  return { count: recent + 1, at: now };
}

/** An invitation code as it is typed: three groups of four letters and digits; hyphens, spaces and case as one likes; the letters that no code has are the figures they look like. */
export function codeIn(text: string): string | null {
  const found = [...text.matchAll(CODES)].map(([, code]) => code!.toUpperCase().replace(/[- ]/g, ''));
  // Words of four letters each look like a code as well; a code nearly always has a figure.
  const code = found.find((one) => /\d/.test(one)) ?? found[0];
  return code?.replace(/O/g, '0').replace(/[IL]/g, '1') ?? null;
}
/** Looks ahead, so that a group that begins one may be in the middle of another. */
const CODES = /(?<![^\s:])(?=([a-z0-9]{4}[- ]?[a-z0-9]{4}[- ]?[a-z0-9]{4})(?:[\s.,]|$))/gi;
