/** The cookie that a device is known by. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Address, Instant } from '../../core/types.ts';
import type { Device, DeviceSessions } from './sessions.ts';

export interface Devices {
  /** The device that asks; null when it carries no valid cookie. Hands out its next cookie where one is due. */
  of(c: Context): Promise<Device | null>;
  /** Whether it carries a cookie, valid or not: of a session that is over, for instance. */
  known(c: Context): boolean;
  /** Gives a device without any cookie its first one. One that is not valid stays: another tab may just be changing it. */
  welcome(c: Context): Promise<void>;
  /** A fresh cookie for a device whose own is good for nothing any more. */
  anew(c: Context): Promise<void>;
  /** After a message: a device on which somebody has registered gets its session. */
  claim(c: Context, claim: string): Promise<boolean>;
  /** Whether somebody is registered there still. */
  registered(device: Device): Promise<boolean>;
  /** The addresses of the other devices of the same person. */
  others(device: Device): Promise<Address[]>;
  stands(device: Device): Promise<boolean>;
  /** The addresses that were signed out. */
  signOut(c: Context, everywhere: boolean): Promise<Address[]>;
}

/** Browsers keep a cookie at most 400 days. */
const MAX_AGE_S = 400 * 24 * 3600;

/** @param secure the page is served over https, so the cookie never travels without it */
export function createDevices(sessions: DeviceSessions, secure: boolean, now: () => Instant): Devices {
  const name = secure ? '__Host-trucban' : 'trucban';
  const give = (c: Context, value: string) =>
    setCookie(c, name, value, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: MAX_AGE_S });
  const of = async (c: Context): Promise<Device | null> => {
    const cookie = getCookie(c, name);
    const device = cookie === undefined ? null : await sessions.find(cookie, now());
    if (device?.cookie) give(c, device.cookie);
    return device;
  };
  return {
    of,
    known: (c) => Boolean(getCookie(c, name)),
    async welcome(c) {
      const cookie = getCookie(c, name);
      if (cookie === undefined) return give(c, sessions.create());
      const device = await of(c);
      if (device && !device.cookie) give(c, cookie);
    },
    async anew(c) {
      if (!(await of(c))) give(c, sessions.create());
    },
    async claim(c, claim) {
      const cookie = getCookie(c, name);
      const fresh = cookie && (await sessions.claim(cookie, claim, labelOf(c.req.header('user-agent') ?? ''), now()));
      if (fresh) give(c, fresh);
      return Boolean(fresh);
    },
    registered: sessions.registered,
    others: sessions.others,
    stands: sessions.stands,
    async signOut(c, everywhere) {
      const device = await of(c);
      const ended = device ? await sessions.signOut(device, everywhere, now()) : [];
      deleteCookie(c, name, { path: '/', secure });
      return ended;
    },
  };
}

const BROWSERS: [string, RegExp][] = [
  ['Coc Coc', /coc_coc_browser/],
  ['Edge', /Edg(A|iOS)?\//],
  ['Samsung Internet', /SamsungBrowser/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
];
const SYSTEMS: [string, RegExp][] = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['Mac', /Mac OS X|Macintosh/],
  ['Linux', /Linux/],
];

/** `Chrome, Android`: enough for the owner to tell the device from others. */
export function labelOf(agent: string): string {
  const named = (list: [string, RegExp][]) => list.find(([, words]) => words.test(agent))?.[0];
  return [named(BROWSERS), named(SYSTEMS)].filter((word) => word !== undefined).join(', ') || '?';
}
