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

/** An invitation code as it is typed: three groups of four letters and digits; hyphens, spaces and case as one likes. */
export function codeIn(text: string): string | null {
  const match = /(?:^|\s)([a-z0-9]{4}[- ]?[a-z0-9]{4}[- ]?[a-z0-9]{4})(?:[\s.]|$)/i.exec(text);
  return match ? match[1]!.toUpperCase().replace(/[- ]/g, '') : null;
}
