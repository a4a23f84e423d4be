/** What the bot writes unasked brings choices into a conversation that may be about something else. */
import { fold } from '../language/fold.ts';
import type { Offered, Session } from './types.ts';

/** The choices of the last message hold; but those of an open form stay beside them, since it still waits for its answer. */
export function withOffered(session: Session, offered: readonly Offered[]): Session {
  const formWaits = session.draft !== undefined && !session.draft.paused;
  const labels = new Set(offered.map(({ label }) => fold(label)));
  const kept = formWaits ? session.offered.filter(({ label }) => !labels.has(fold(label))) : [];
  return { ...session, offered: [...kept, ...offered] };
}
