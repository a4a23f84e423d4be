/**
 * Who a device is. A device that nobody has registered on is known by an unguessable secret in its cookie; its address is
 * the secret's hash, so nothing is stored and nobody can name another's. Once somebody has registered there, a session of
 * its own takes over, whose secret is changed every day: the next one is handed out beside the one that holds, and takes
 * its place when it comes back, so that a lost answer, a second tab or a slow network signs nobody out. A secret that was
 * replaced long ago and comes back was copied: the session ends.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Address, Instant } from '../../core/types.ts';
import type { WebSession, WebSessions } from '../../core/web.ts';
import { sameSecret } from '../secret.ts';

/** 256 bits of chance, base64url; a session's carries its name before it. */
const STRANGER = /^[A-Za-z0-9_-]{43}$/;
const SIGNED_IN = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;
const DAY_MS = 24 * 3_600_000;
/** A secret is changed once it is this old. */
export const ROTATE_MS = DAY_MS;
/** What was on its way with the old secret when the new one came into use is still answered. */
export const GRACE_MS = 10 * 60_000;
/** A device that is not used for this long is signed out. */
export const IDLE_MS = 90 * DAY_MS;

export interface Device {
  address: Address;
  /** Null while nobody has registered there. */
  session: WebSession | null;
  /** What the cookie is to be from now on; null leaves it. */
  cookie: string | null;
}

export interface DeviceSessions {
  /** A fresh cookie for a device that has none. */
  create(): string;
  /** The device behind a cookie; null when the cookie is good for nothing. */
  find(cookie: string, now: Instant): Promise<Device | null>;
  /**
   * Gives a device on which somebody has registered meanwhile its session: the new cookie, null when nobody has.
   * @param claim what the page chose for itself: only with the same one is the first secret given again
   */
  claim(cookie: string, claim: string, label: string, now: Instant): Promise<string | null>;
  /** Whether somebody is registered there still: a session outlasts its person's last unit. */
  registered(device: Device): Promise<boolean>;
  /** The addresses of the other devices of the same person; none for whoever is not signed in. */
  others(device: Device): Promise<Address[]>;
  /** Whether what a stream is open for may still be read. */
  stands(device: Device): Promise<boolean>;
  signOut(device: Device, everywhere: boolean, now: Instant): Promise<Address[]>;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const nextOf = ({ seed }: Pick<WebSession, 'seed'>, secret: string): string =>
  createHmac('sha256', Buffer.from(seed, 'hex')).update(secret).digest('base64url');

export const strangerAddress = (secret: string): Address | null =>
  STRANGER.test(secret) ? `web:${hashOf(secret).slice(0, 40)}` : null;

/** @param sessions null in rehearsal, where everybody may be anybody */
export function createDeviceSessions(
  sessions: WebSessions | null,
  replayed: (session: WebSession, person: string | null) => void = () => {},
): DeviceSessions {
  async function stranger(secret: string): Promise<Device | null> {
    const address = strangerAddress(secret);
    if (!address) return null;
    // Whoever has registered here carries a session's cookie since; this one may have been planted.
    return (await sessions?.at(address)) ? null : { address, session: null, cookie: null };
  }

  async function signedIn(id: string, secret: string, now: Instant): Promise<Device | null> {
    const session = await sessions?.read(id);
    if (!sessions || !session || session.endedAt !== null) return null;
    const { address } = session;
    const hash = hashOf(secret);
    if (sameSecret(hash, session.hash)) {
      if (now - session.rotatedAt > IDLE_MS) {
        await sessions.signOut(address, false, now);
        return null;
      }
      const next = nextOf(session, secret);
      const due = now - session.rotatedAt >= ROTATE_MS;
      if (due && session.nextHash === null) await sessions.offer(id, hash, hashOf(next));
      return { address, session, cookie: due ? `${id}.${next}` : null };
    }
    if (session.nextHash !== null && sameSecret(hash, session.nextHash)) {
      // The cookie of before registration is good for nothing from here on.
      const first = session.oldHash === null;
      await sessions.confirm(id, hash, now, first ? now : now + GRACE_MS);
      return { address, session, cookie: null };
    }
    if (session.oldHash === null || !sameSecret(hash, session.oldHash)) {
      // Another request may have brought the next secret into use since the session was read.
      const again = await sessions.read(id);
      return again && again.endedAt === null && sameSecret(hash, again.hash)
        ? { address, session: again, cookie: null }
        : null;
    }
    if (now < (session.oldUntil ?? 0)) return { address, session, cookie: null };
    const person = await sessions.replayed(id, now);
    replayed(session, person);
    return null;
  }

  return {
    create: () => randomBytes(32).toString('base64url'),
    async find(cookie, now) {
      const [, id, secret] = SIGNED_IN.exec(cookie) ?? [];
      return id && secret ? signedIn(id, secret, now) : stranger(cookie);
    },
    async claim(cookie, claim, label, now) {
      const address = strangerAddress(cookie);
      if (!sessions || !address || !(await sessions.registered(address))) return null;
      const seed = randomBytes(32).toString('hex');
      const fresh = {
        ...{ id: randomBytes(16).toString('base64url'), address, seed, label },
        ...{ hash: hashOf(cookie), nextHash: hashOf(nextOf({ seed }, cookie)) },
        ...{ oldHash: null, oldUntil: null, openedBy: hashOf(claim), rotatedAt: now },
      };
      if (await sessions.open(fresh)) return `${fresh.id}.${nextOf(fresh, cookie)}`;
      const known = await sessions.at(address);
      const same = known && known.endedAt === null && sameSecret(known.openedBy, hashOf(claim));
      // Once the first secret is in use, whoever asks for it again has not got it by mistake.
      return same && known.oldHash === null ? `${known.id}.${nextOf(known, cookie)}` : null;
    },
    registered: async ({ address, session }) => sessions !== null && session !== null && sessions.registered(address),
    others: async ({ address, session }) => (sessions && session ? sessions.others(address) : []),
    async stands({ address, session }) {
      if (!sessions) return true;
      const now = session ? await sessions.read(session.id) : await sessions.at(address);
      return session ? now?.endedAt === null : now === null;
    },
    signOut: async ({ address, session }, everywhere, now) =>
      sessions && session ? sessions.signOut(address, everywhere, now) : [address],
  };
}
