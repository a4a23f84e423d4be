/** What the bot writes unasked brings choices into a conversation that may be about something else. */
import { fold } from '../language/fold.ts';
import type { Offered, Session } from './types.ts';

/** They stand beside those of the last answer, whose numbers still hold: the answer may be what somebody is about to choose from. */
export function withOffered(session: Session, offered: readonly Offered[]): Session {
  const come = offered.map((one) => ({ ...one, unasked: true as const }));
  return { ...session, offered: [...without(session.offered, come), ...come] };
}

/** Of earlier choices, those that hold on beside the new ones. */
export const lasting = (before: readonly Offered[], now: readonly Offered[]): Offered[] =>
  without(
    before.filter((one) => one.lasting),
    now,
  ).slice(-MOST_LASTING);
const MOST_LASTING = 4;

function without(offered: readonly Offered[], others: readonly Offered[]): Offered[] {
  const labels = new Set(others.map(({ label }) => fold(label)));
  return offered.filter(({ label }) => !labels.has(fold(label)));
}
