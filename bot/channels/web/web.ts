/**
 * The bot's own chat page as a channel: history over HTTP, live lines as server-sent events, messages by POST.
 * A line is sent when it stands in the history; pages that are away read it when they come back.
 */
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { Event, Instant } from '../../core/types.ts';
import type { WebFiles, WebHistory, WebSession, WebSessions } from '../../core/web.ts';
import { say } from '../../text/say.ts';
import type { Channel } from '../channel.ts';
import { type Desk, deskRoutes } from './desk.ts';
import { createDevices } from './devices.ts';
import { elsewhereRoutes } from './elsewhere.ts';
import { createFeed } from './feed.ts';
import { limitedBody, MOST_FILE, ownPageOnly, pageHeaders, pictureHeaders } from './guard.ts';
import { lineOf, MOST_TEXT } from './message.ts';
import { type Boot, loadPage } from './page.ts';
import { keyOf, placeFinder, type Rehearsal } from './place.ts';
import { type PlanDesk, planRoutes } from './plans.ts';
import { Refused } from './refused.ts';
import { rehearsalRoutes } from './rehearsal.ts';
import { createDeviceSessions } from './sessions.ts';
import { PAGEFUL, streamLines } from './stream.ts';
import { viewOf } from './view.ts';
import { watched } from './watched.ts';
import { writingRoutes } from './writing.ts';

export interface WebOptions {
  history: WebHistory;
  now(): Instant;
  /** Null in production: no switch of persons, no clock to move. */
  rehearsal: Rehearsal | null;
  /** Where the page is reached from outside; https makes the cookie secure. */
  publicUrl?: string | null;
  /** Signed-in devices; without it, as in rehearsal, a device is only its cookie. */
  sessions?: WebSessions;
  /** The standing agency's page; it does not exist without. */
  desk?: Desk;
  /** Loading plans; absent where none can be loaded. */
  plans?: PlanDesk;
  /** Where files that are sent are kept; without it none can be. */
  files?: WebFiles;
  commands?: Boot['commands'];
  /** How often to look for lines of other instances, ms; 0 when there can be none. */
  pollMs?: number;
  beatMs?: number;
  /** Told whose session ended because its cookie was copied. */
  replayed?(person: string, session: WebSession): void;
  /** Told of what was not foreseen, for the log; the person gets a sentence and tries again. */
  trouble?(error: unknown): void;
  /** Real time in ms that never jumps, for the rate limits. */
  monotonic?(): number;
}

/** Pages of one chat that one device may hold open. */
const MOST_STREAMS = 20;
const MOST_HISTORY = 1_000;

export function createWebChannel(options: WebOptions): Channel {
  const { now, rehearsal, publicUrl = null, trouble = () => {}, monotonic = () => performance.now() } = options;
  const history = watched(options.history, monotonic);
  const secure = publicUrl?.startsWith('https:') ?? false;
  const sessions = createDeviceSessions(rehearsal ? null : (options.sessions ?? null), (session, person) => {
    trouble(new Error(`a copied cookie ended the session of ${session.address} (${session.label})`));
    if (person !== null) options.replayed?.(person, session);
  });
  const devices = createDevices(sessions, secure, now);
  const findPlace = placeFinder(devices, rehearsal);
  const feed = createFeed(history, options.pollMs ?? 1_000);
  const page = loadPage({
    rehearsal: rehearsal !== null,
    files: options.files !== undefined,
    mostText: MOST_TEXT,
    mostFile: MOST_FILE,
    commands: options.commands ?? [],
  });
  const streams = new Map<string, number>();
  let receive: ((event: Event) => Promise<void>) | null = null;

  function routes(app: Hono): void {
    const web = new Hono();
    web.onError((error, c) => {
      if (!(error instanceof Refused)) trouble(error);
      const refused = error instanceof Refused ? error : new Refused(503, say('web:errors.server'), 5);
      if (refused.retryAfter !== undefined) c.header('Retry-After', String(refused.retryAfter));
      c.header('Cache-Control', 'no-store');
      return c.json({ error: refused.message }, refused.status);
    });
    web.use('/web/pictures/*', pictureHeaders);
    for (const path of [
      '/',
      '/tong-hop',
      '/ke-hoach',
      '/worker.js',
      '/web/*',
      ...(rehearsal ? ['/rehearsal/*'] : []),
    ]) {
      web.use(path, pageHeaders(secure), compress());
      web.post(path, ownPageOnly(publicUrl), limitedBody);
    }

    web.get('/', async (c) => {
      await devices.welcome(c);
      c.header('Cache-Control', 'private, no-cache');
      return c.html(page.html);
    });
    web.get('/worker.js', (c) => {
      c.header('Cache-Control', 'no-cache');
      return c.body(page.worker, 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
    });
    web.get('/web/app.webmanifest', (c) => {
      c.header('Cache-Control', 'no-cache');
      return c.body(page.manifest, 200, { 'Content-Type': 'application/manifest+json' });
    });
    web.get('/web/page/:version/:name', (c) => {
      const file = page.file(c.req.param('name'));
      if (!file) throw new Refused(404, say('web:errors.notFound'));
      const current = c.req.param('version') === page.version;
      c.header('Cache-Control', current ? 'public, max-age=31536000, immutable' : 'no-store');
      return c.body(file.body, 200, { 'Content-Type': file.mediaType });
    });

    web.get('/web/lines', async (c) => {
      const place = await findPlace(c);
      const after = wholeNumber(c.req.query('after'));
      const limit = Math.min(wholeNumber(c.req.query('limit')) ?? PAGEFUL, MOST_HISTORY);
      const lines = await history.lines(place.chat.address, after, Math.max(1, limit));
      const { kind, title } = place.chat;
      const registered = place.device !== null && (await devices.registered(place.device));
      // Asked once, when a page begins.
      const others = after === null && place.device ? await devices.others(place.device) : [];
      c.header('Cache-Control', 'no-store');
      return c.json({
        now: now(),
        you: { key: keyOf(place), name: place.name, signedIn: Boolean(place.device?.session), registered },
        chat: { kind, title },
        lines: lines.map((line) => viewOf(line, place.me)),
        more: lines.length === limit && limit < MOST_HISTORY,
        ...(others.length > 0 && { elsewhere: true }),
      });
    });
    web.get('/web/stream', async (c) => {
      const place = await findPlace(c);
      if (!receive) throw new Refused(503, say('web:errors.starting'), 3);
      const after = wholeNumber(c.req.header('last-event-id')) ?? wholeNumber(c.req.query('after'));
      const pages = streams.get(place.me) ?? 0;
      if (pages >= MOST_STREAMS) throw new Refused(429, say('web:errors.tooManyPages'), 30);
      streams.set(place.me, pages + 1);
      const left = () => {
        const rest = (streams.get(place.me) ?? 1) - 1;
        if (rest > 0) streams.set(place.me, rest);
        else streams.delete(place.me);
      };
      const beatMs = options.beatMs ?? 15_000;
      const stands = async () => place.device === null || (await devices.stands(place.device));
      const open = () => receive !== null;
      return streamLines(c, place, after, { history, feed, now, beatMs, open, stands, left, trouble });
    });
    web.get('/web/pictures/:seq{[0-9]+}', async (c) => {
      const place = await findPlace(c);
      const seq = wholeNumber(c.req.param('seq'))!;
      const [line] = await history.lines(place.chat.address, seq - 1, 1);
      const picture = line?.seq === seq ? line.body.picture : undefined;
      if (!picture) throw new Refused(404, say('web:errors.notFound'));
      c.header('Cache-Control', 'private, max-age=31536000, immutable');
      return c.body(Buffer.from(picture.base64, 'base64'), 200, { 'Content-Type': picture.mediaType });
    });
    elsewhereRoutes(web, { history, devices, findPlace });
    writingRoutes(web, {
      ...{ history, feed, devices, findPlace, now, monotonic },
      ...{ files: options.files ?? null, known: rehearsal !== null, receive: () => receive },
    });
    if (options.desk)
      deskRoutes(web, {
        ...{ desk: options.desk, history, findPlace, trouble },
        page: page.totals,
        welcome: devices.welcome,
        open: () => receive !== null,
        pollMs: options.pollMs ?? 1_000,
        beatMs: options.beatMs ?? 15_000,
      });
    if (options.plans) planRoutes(web, { plans: options.plans, findPlace, page: page.plans, welcome: devices.welcome });
    if (rehearsal) rehearsalRoutes(web, rehearsal, feed.wakeAll);
    web.all('/web/*', () => {
      throw new Refused(404, say('web:errors.notFound'));
    });
    app.route('/', web);
  }

  async function append(line: Parameters<WebHistory['append']>[0]): Promise<void> {
    await history.append(line);
    feed.wake(line.chat);
  }

  return {
    id: 'web',
    limits: {
      text: 16_000,
      caption: 16_000,
      pictures: true,
      ...(options.desk && { papers: 'link' as const }),
      choices: { max: 60, label: 120 },
    },
    async start(to) {
      receive = to;
      feed.start();
    },
    async stop() {
      receive = null;
      feed.stop();
      feed.wakeAll();
    },
    async send(to, part, { key, at }) {
      if (!/^web:./.test(to)) return { ok: false, retryable: false, reason: `not an address of the web chat: ${to}` };
      const { text, choices, picture, paper } = part;
      try {
        const body = {
          text,
          ...(choices.length > 0 && { choices }),
          ...(picture && { picture }),
          ...(paper && { paper }),
        };
        await append({ chat: to, id: key, from: 'bot', at, body });
        return { ok: true, messageId: key };
      } catch (error) {
        return { ok: false, retryable: true, reason: String(error) };
      }
    },
    async heard(event) {
      const line = await lineOf(event, history);
      if (line) await append(line);
    },
    async download({ id }, most) {
      const bytes = await options.files?.get(id).catch(() => null);
      return bytes && bytes.length <= most ? bytes : null;
    },
    routes,
    // After the sign, so that the code never travels in a request's address.
    inviteLink: (code) => (publicUrl === null ? null : `${publicUrl.replace(/\/+$/, '')}/#ma=${code}`),
    health() {
      if (!receive) return { ok: false, detail: say('web:health.stopped') };
      const why = history.trouble();
      if (why !== null) return { ok: false, detail: say('web:health.trouble', { trouble: why }) };
      return { ok: true, detail: say('web:health.ok', { pages: feed.listeners() }) };
    },
  };
}

function wholeNumber(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  if (!/^\d{1,15}$/.test(text)) throw new Refused(400, say('web:errors.shape'));
  return Number(text);
}
