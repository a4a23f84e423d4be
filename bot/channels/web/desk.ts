/** The standing agency's page of the web workplace: totals as they stand, live, and documents to take away. */
import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Address, Paper } from '../../core/types.ts';
import type { WebHistory } from '../../core/web.ts';
import { say } from '../../text/say.ts';
import type { MadePaper } from '../channel.ts';
import { createBell } from './feed.ts';
import type { FindPlace } from './place.ts';
import { Refused } from './refused.ts';

/** What the page needs of the bot; who asks is an address, and every answer is checked against their rights. */
export interface Desk {
  /** Whether whoever asks is registered, with whatever role. */
  registered(me: Address): Promise<boolean>;
  /** Everything the page shows; null for whoever is no coordinator, `wrong` for a query that cannot be read. */
  totals(me: Address, query: Record<string, string>): Promise<object | 'wrong' | null>;
  /** The reports behind one figure, or one report whole; likewise. */
  behind(me: Address, query: Record<string, string>): Promise<object | 'wrong' | null>;
  /** A document asked for on the page; likewise. */
  wanted(me: Address, query: Record<string, string>): Promise<Paper | 'wrong' | null>;
  /** Null for whoever may not have it. */
  make(me: Address, paper: Paper): Promise<MadePaper | null>;
  /** Null for whoever is no coordinator; changes with every report that comes in or is decided. */
  revision(me: Address): Promise<string | null>;
  /** Rings when something may have changed; returns what ends it. */
  listen(ring: () => void): () => void;
}

export interface DeskNeeds {
  desk: Desk;
  history: WebHistory;
  findPlace: FindPlace;
  page: string;
  welcome(c: Context): Promise<void>;
  open(): boolean;
  /** How often to look for what other instances did, ms; 0 when there are none. */
  pollMs: number;
  beatMs: number;
  trouble(error: unknown): void;
}

export function deskRoutes(web: Hono, needs: DeskNeeds): void {
  const { desk, findPlace } = needs;
  /** An officer is not told to register: they are, and the page is not for them. */
  const refused = async (me: Address) =>
    new Refused(403, say((await desk.registered(me)) ? 'workplace:notForOfficers' : 'workplace:coordinatorOnly'));
  const answered = async <T>(me: Address, answer: Promise<T | 'wrong' | null>): Promise<T> => {
    const found = await answer;
    if (found === null) throw await refused(me);
    if (found === 'wrong') throw new Refused(400, say('web:errors.shape'));
    return found as T;
  };
  const privately = async (c: Context) => {
    c.header('Cache-Control', 'no-store');
    const { me, chat } = await findPlace(c);
    if (chat.kind !== 'private') throw new Refused(403, say('workplace:coordinatorOnly'));
    return me;
  };

  web.get('/tong-hop', async (c) => {
    await needs.welcome(c);
    c.header('Cache-Control', 'private, no-cache');
    return c.html(needs.page);
  });
  web.get('/web/totals', async (c) => {
    const me = await privately(c);
    return c.json(await answered(me, desk.totals(me, c.req.query())));
  });
  web.get('/web/totals/behind', async (c) => {
    const me = await privately(c);
    return c.json(await answered(me, desk.behind(me, c.req.query())));
  });
  web.get('/web/totals/paper', async (c) => {
    const me = await privately(c);
    return download(c, await desk.make(me, await answered(me, desk.wanted(me, c.req.query()))));
  });
  web.get('/web/papers/:seq{[0-9]{1,15}}', async (c) => {
    const { me, chat } = await findPlace(c);
    const seq = Number(c.req.param('seq'));
    const [line] = await needs.history.lines(chat.address, seq - 1, 1);
    const paper = line?.seq === seq ? line.body.paper : undefined;
    if (!paper) throw new Refused(404, say('web:errors.notFound'));
    c.header('Cache-Control', 'no-store');
    return download(c, await desk.make(me, paper));
  });
  web.get('/web/totals/stream', async (c) => {
    const me = await privately(c);
    const first = await desk.revision(me);
    if (first === null) throw await refused(me);
    return follow(c, me, first, needs);
  });
}

/** Right was lost between asking and making, or the report is gone: no telling which. */
function download(c: Context, made: MadePaper | null): Response {
  if (!made) throw new Refused(403, say('workplace:coordinatorOnly'));
  c.header('Content-Disposition', `attachment; filename="${made.name.replace(/[^\w.-]/g, '_')}"`);
  return c.body(Buffer.from(made.bytes), 200, { 'Content-Type': made.mediaType });
}

/** Tells the page that something changed; it asks for it itself. Ends when the right is lost. */
function follow(c: Context, me: Address, first: string, needs: DeskNeeds): Response {
  // nginx would hold the events back.
  c.header('X-Accel-Buffering', 'no');
  const response = streamSSE(c, async (stream) => {
    const bell = createBell();
    const unlisten = needs.desk.listen(bell.ring);
    stream.onAbort(bell.ring);
    await stream.write(': truc ban\nretry: 3000\n\n');
    let last = first;
    try {
      await stream.writeSSE({ event: 'revision', data: last });
      while (needs.open() && !stream.aborted) {
        const rang = await bell.wait(needs.pollMs > 0 ? Math.min(needs.pollMs, needs.beatMs) : needs.beatMs);
        if (stream.aborted || !needs.open()) break;
        const now = await needs.desk.revision(me);
        if (now === null) break;
        if (now !== last) await stream.writeSSE({ event: 'revision', data: now });
        else if (!rang) await stream.write(': beat\n\n');
        last = now;
      }
    } catch (error) {
      needs.trouble(error);
    } finally {
      unlisten();
    }
  });
  response.headers.set('Cache-Control', 'no-cache, no-transform');
  return response;
}
