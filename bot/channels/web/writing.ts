/** What a page may send: messages, files, and that it wants to be signed out or to begin anew. */
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { codeIn } from '../../core/codes.ts';
import type { Event, Instant } from '../../core/types.ts';
import type { WebFiles, WebHistory } from '../../core/web.ts';
import { say } from '../../text/say.ts';
import type { Devices } from './devices.ts';
import type { Feed } from './feed.ts';
import { readFile } from './files.ts';
import { clientOf, createLimiter, FILES, jsonOf } from './guard.ts';
import { eventOf, readPosted } from './message.ts';
import type { FindPlace, Place } from './place.ts';
import { Refused } from './refused.ts';

export interface WritingNeeds {
  history: WebHistory;
  feed: Feed;
  devices: Devices;
  findPlace: FindPlace;
  now(): Instant;
  /** Real time in ms that never jumps, for the rate limits. */
  monotonic(): number;
  /** Null where no files are taken. */
  files: WebFiles | null;
  /** In rehearsal everybody counts as registered. */
  known: boolean;
  /** Null while the channel does not run. */
  receive(): ((event: Event) => Promise<void>) | null;
}

/** Twenty messages at once, then one every two seconds. */
const BURST = 20;
const EVERY_MS = 2_000;
/** What may come from one place without a session: an office registers together, a machine does not. */
const STRANGERS = { burst: 60, everyMs: 1_000 };
/** Codes tried from there. */
const CODES = { burst: 40, everyMs: 15_000 };
/** Files of one device. */
const UPLOADS = { burst: 10, everyMs: 30_000 };
const SignOut = z.strictObject({ everywhere: z.boolean() });

export function writingRoutes(web: Hono, needs: WritingNeeds): void {
  const { history, feed, devices, findPlace, now, monotonic, files, known } = needs;
  const limiter = createLimiter(BURST, EVERY_MS, monotonic);
  const strangers = createLimiter(STRANGERS.burst, STRANGERS.everyMs, monotonic);
  const uploads = createLimiter(UPLOADS.burst, UPLOADS.everyMs, monotonic);
  const codes = createLimiter(CODES.burst, CODES.everyMs, monotonic);

  /**
   * Who writes; null when the message is there already and its sender only missed the answer that gave them their
   * session.
   */
  async function placeToWrite(c: Context, claim: string | undefined): Promise<Place | null> {
    try {
      return await findPlace(c);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401 || !claim) throw error;
      if (await devices.claim(c, claim)) return null;
      throw error;
    }
  }

  function receiver(): (event: Event) => Promise<void> {
    const receive = needs.receive();
    if (!receive) throw new Refused(503, say('web:errors.starting'), 3);
    return receive;
  }

  web.post('/web/messages', async (c) => {
    const posted = readPosted(await jsonOf(c));
    const place = await placeToWrite(c, posted.claim);
    if (!place) return c.json({ id: posted.id }, 202);
    slowDown(limiter.take(place.me));
    if (!known && !place.device?.session) {
      slowDown(strangers.take(clientOf(c)));
      if ('text' in posted && codeIn(posted.text)) slowDown(codes.take(clientOf(c)));
    }
    const receive = receiver();
    const event = await eventOf(posted, place, now(), history);
    await receive(event);
    if (place.device && !place.device.session && posted.claim && (await devices.claim(c, posted.claim)))
      // Streams of the old cookie end; the page comes back with the new one.
      feed.wake(place.me);
    return c.json({ id: event.id }, 202);
  });
  web.post(FILES, async (c) => {
    const place = await findPlace(c);
    if (!files) throw new Refused(404, say('web:errors.notFound'));
    // Whoever is not registered has nothing to hand in.
    if (!known && !(place.device && (await devices.registered(place.device))))
      throw new Refused(403, say('web:errors.fileStranger'));
    slowDown(uploads.take(place.me));
    const receive = receiver();
    const { event, bytes } = await readFile(c, place, now());
    await files.put({ id: event.file.id, address: place.me, bytes, at: event.at });
    await receive(event);
    await files.settle(event.file.id);
    return c.json({ id: event.id }, 202);
  });
  web.post('/web/session', async (c) => {
    slowDown(strangers.take(clientOf(c)));
    await devices.anew(c);
    return c.json({}, 200);
  });
  web.post('/web/sign-out', async (c) => {
    const wish = SignOut.safeParse(await jsonOf(c));
    if (!wish.success) throw new Refused(400, say('web:errors.shape'));
    const ended = await devices.signOut(c, wish.data.everywhere);
    for (const address of ended) feed.wake(address);
    return c.json({}, 200);
  });
}

function slowDown(wait: number): void {
  if (wait <= 0) return;
  const seconds = Math.ceil(wait / 1000);
  throw new Refused(429, say('web:errors.tooFast', { seconds }), seconds);
}
