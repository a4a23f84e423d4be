/** A history that remembers whether it answered, for the channel's health. */
import type { WebHistory } from '../../core/web.ts';

/** A failure this old (ms) that nobody ran into again says nothing about now. */
const STALE_MS = 60_000;

export interface WatchedHistory extends WebHistory {
  /** Why the last request failed; null when it did not, or long ago. */
  trouble(): string | null;
}

export function watched(history: WebHistory, monotonic: () => number): WatchedHistory {
  let failed: { at: number; why: string } | null = null;
  async function watch<T>(request: Promise<T>): Promise<T> {
    try {
      const answer = await request;
      failed = null;
      return answer;
    } catch (error) {
      failed = { at: monotonic(), why: String(error) };
      throw error;
    }
  }
  return {
    append: (line) => watch(history.append(line)),
    lines: (chat, after, limit) => watch(history.lines(chat, after, limit)),
    last: (chat) => watch(history.last(chat)),
    trouble: () => (failed && monotonic() - failed.at < STALE_MS ? failed.why : null),
  };
}
