/** Who a device is: an unguessable secret in a cookie; the address is its hash, so nobody can name another's. */
import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Address } from '../../core/types.ts';

export interface Sessions {
  /** The address behind a cookie's value; null when the value is not one of ours. */
  address(secret: string): Promise<Address | null>;
  /** The value for a device that has none. */
  create(): Promise<string>;
}

/** 256 bits of chance, base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;
/** Browsers keep a cookie at most 400 days; every visit renews it. */
const MAX_AGE_S = 400 * 24 * 3600;

export const deviceSessions = (): Sessions => ({
  address: async (secret) =>
    SECRET.test(secret) ? `web:${createHash('sha256').update(secret).digest('hex').slice(0, 40)}` : null,
  create: async () => randomBytes(32).toString('base64url'),
});

export interface Devices {
  /** The address of the device that asks; null when it carries no valid cookie. */
  of(c: Context): Promise<Address | null>;
  /** Gives a new device its cookie, renews that of a known one. */
  welcome(c: Context): Promise<void>;
}

/** `secure`: the page is served over https, so the cookie never travels without it. */
export function createDevices(sessions: Sessions, secure: boolean): Devices {
  const name = secure ? '__Host-trucban' : 'trucban';
  const of = async (c: Context): Promise<Address | null> => {
    const secret = getCookie(c, name);
    return secret === undefined ? null : sessions.address(secret);
  };
  return {
    of,
    async welcome(c) {
      const secret = (await of(c)) ? getCookie(c, name)! : await sessions.create();
      setCookie(c, name, secret, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: MAX_AGE_S });
    },
  };
}
