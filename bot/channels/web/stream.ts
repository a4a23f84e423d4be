/** Lines of one chat to one page, live, as server-sent events whose id is the line's sequence number. */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Instant } from '../../core/types.ts';
import type { WebHistory } from '../../core/web.ts';
import { createBell, type Feed } from './feed.ts';
import type { Place } from './place.ts';
import { viewOf } from './view.ts';

/** Lines fetched at once; also how many of the newest a page begins with. */
export const PAGEFUL = 60;

export interface StreamNeeds {
  history: WebHistory;
  feed: Feed;
  now(): Instant;
  /** A page that hears nothing for longer than this takes the connection for dead. */
  beatMs: number;
  /** False once the channel stops. */
  open(): boolean;
  /** False once who opened the stream may not read the chat any more; asked before anything is sent. */
  stands(): Promise<boolean>;
  /** The page left. */
  left(): void;
  trouble(error: unknown): void;
}

/** Sends everything after `after` (the newest pageful when null), then what comes, until the page leaves. */
export function streamLines(c: Context, place: Place, after: number | null, needs: StreamNeeds): Response {
  // nginx would hold the lines back.
  c.header('X-Accel-Buffering', 'no');
  const response = streamSSE(c, async (stream) => {
    const chat = place.chat.address;
    const bell = createBell();
    const unlisten = needs.feed.listen(chat, bell);
    stream.onAbort(bell.ring);
    // The page takes over reconnecting; this is for clients that do not.
    await stream.write(': truc ban\nretry: 3000\n\n');
    const beat = () => stream.writeSSE({ event: 'beat', data: JSON.stringify({ now: needs.now() }) });
    let cursor = after;
    try {
      await beat();
      while (needs.open() && !stream.aborted && (await needs.stands())) {
        const lines = await needs.history.lines(chat, cursor, PAGEFUL);
        for (const line of lines) {
          await stream.writeSSE({ id: String(line.seq), data: JSON.stringify(viewOf(line, place.me)) });
          cursor = line.seq;
        }
        // An empty chat was read whole: from here on everything is new.
        cursor ??= 0;
        if (lines.length > 0) continue;
        await bell.wait(needs.beatMs);
        if (!stream.aborted && needs.open() && (await needs.stands())) await beat();
      }
    } catch (error) {
      needs.trouble(error);
      // The history did not answer: the page comes back and asks from where it was.
    } finally {
      unlisten();
      needs.left();
    }
  });
  response.headers.set('Cache-Control', 'no-cache, no-transform');
  return response;
}
