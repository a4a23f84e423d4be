/** What stands between the internet and the chat: headers, origin, body size, and how often one may write. */
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { say } from '../../text/say.ts';
import { Refused } from './refused.ts';

/** No inline script or style, nothing from elsewhere, no framing. */
export const pageHeaders = (secure: boolean): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    crossOriginResourcePolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    strictTransportSecurity: secure ? 'max-age=31536000' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  });

/** An SVG opened by itself is a document: it may style itself and nothing else. Put before `pageHeaders`, to have the last word. */
export const pictureHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox",
  );
};

/** The header that a file comes with: another site would need a preflight for it, which is never answered. */
export const FILE_HEADER = 'x-trucban-file';

/**
 * Only our own page may write: from our own origin, and as JSON or, for a file, with a header of ours (so that another site
 * needs a preflight, never answered).
 */
export function ownPageOnly(publicUrl: string | null): MiddlewareHandler {
  const publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin;
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    if (site !== undefined && site !== 'same-origin') throw new Refused(403, say('web:errors.origin'));
    if (origin !== undefined && origin !== publicOrigin && hostOf(origin) !== c.req.header('host'))
      throw new Refused(403, say('web:errors.origin'));
    if (c.req.path === FILES && c.req.header(FILE_HEADER) === undefined)
      throw new Refused(403, say('web:errors.origin'));
    if (c.req.path !== FILES && !/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
      throw new Refused(415, say('web:errors.json'));
    await next();
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

export const FILES = '/web/files';
/** Bytes of a file; Telegram lets bots fetch no more than twice as much. */
export const MOST_FILE = 10 * 1024 * 1024;

/** 4,000 characters are at most 24,000 bytes of escaped JSON. */
const smallBody = bodyLimit({
  maxSize: 32 * 1024,
  onError: () => {
    throw new Refused(413, say('web:errors.tooLong', { most: 4000 }));
  },
});
const fileBody = bodyLimit({
  maxSize: MOST_FILE,
  onError: () => {
    throw new Refused(413, say('web:errors.fileTooBig', { most: MOST_FILE / 1024 / 1024 }));
  },
});
export const limitedBody: MiddlewareHandler = (c, next) => (c.req.path === FILES ? fileBody : smallBody)(c, next);

export async function jsonOf(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    throw new Refused(400, say('web:errors.json'));
  }
}

/**
 * Where a request comes from, to count what somebody without a session does: the peer, or the last hop that a proxy on
 * this machine or network names.
 */
export function clientOf(c: Context): string {
  const peer = (c.env as Partial<HttpBindings>)?.incoming?.socket.remoteAddress ?? '';
  const hops = c.req.header('x-forwarded-for')?.split(',') ?? [];
  return (INNER.test(peer) && hops.at(-1)?.trim()) || peer;
}
const INNER = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/;

/** A bucket of tokens for each key: `burst` at once, then one every `everyMs`. Time is real, not the bot's. */
export function createLimiter(burst: number, everyMs: number, monotonic: () => number) {
  const full = new Map<string, number>();
  const KEPT = 20_000;
  return {
    /** 0 when allowed, else ms to wait. */
    take(key: string): number {
      const now = monotonic();
      // The instant at which the bucket will be full again says all there is to know about it.
      const fullAt = Math.max(now, full.get(key) ?? now);
      const wait = fullAt + everyMs - (now + burst * everyMs);
      if (wait > 0) return wait;
      full.delete(key);
      full.set(key, fullAt + everyMs);
      if (full.size > KEPT) for (const [k, at] of full) if (at <= now || full.size > KEPT) full.delete(k);
      return 0;
    },
  };
}
