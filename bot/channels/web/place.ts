/** Who asks, and about which chat. In production both follow from the device's cookie alone. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Address, Instant } from '../../core/types.ts';
import { say } from '../../text/say.ts';
import type { Devices } from './devices.ts';
import { Refused } from './refused.ts';
import type { Device } from './sessions.ts';

export interface Places {
  persons: { id: string; name: string; address: Address }[];
  groups: { address: Address; title: string }[];
}

/** Rehearsal: anybody may be any sample officer, in any chat, at any time of the bot's clock. */
export interface Rehearsal {
  places(): Promise<Places>;
  clock: { now(): Instant; jumpTo(instant: Instant): void | Promise<void> };
}

export interface Place {
  me: Address;
  /** Null for a sample officer of the rehearsal, whom no device is. */
  device: Device | null;
  /** As shown to others in a group; absent where the channel does not know it. */
  name?: string;
  chat: { address: Address; kind: 'private' | 'group'; title?: string };
}

export type FindPlace = (c: Context) => Promise<Place>;

/** Reads `as` (a person's id) and `in` (a group's address) from the query; refuses them outside rehearsal. */
export function placeFinder(devices: Devices, rehearsal: Rehearsal | null): FindPlace {
  return async (c) => {
    const as = c.req.query('as');
    const group = c.req.query('in');
    if (!rehearsal && (as !== undefined || group !== undefined)) throw new Refused(404, say('web:errors.noSwitch'));
    const places = rehearsal && (as || group) ? await rehearsal.places() : null;
    const person = as ? places?.persons.find((p) => p.id === as) : undefined;
    if (as && !person) throw new Refused(404, say('web:errors.noPerson'));
    const device = person ? null : await devices.of(c);
    const me = person?.address ?? device?.address;
    if (!me) throw new Refused(401, say(devices.known(c) ? 'web:errors.sessionOver' : 'web:errors.noSession'));
    const name = person?.name ?? (rehearsal ? say('web:newcomer') : undefined);
    const named = name === undefined ? {} : { name };
    if (!group) return { me, device, ...named, chat: { address: me, kind: 'private' } };
    const found = places?.groups.find((g) => g.address === group);
    if (!found) throw new Refused(404, say('web:errors.noGroup'));
    return { me, device, ...named, chat: { ...found, kind: 'group' } };
  };
}

/** Names a place on the person's own device (unsent text is kept under it) without telling the address. */
export const keyOf = (place: Place): string =>
  createHash('sha256').update(`${place.me} ${place.chat.address}`).digest('hex').slice(0, 16);
