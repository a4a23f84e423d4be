/** A reminder that cannot be delivered where the person prefers goes to their next place; an answer stays where it was asked. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Channel, Sent } from '../../bot/channels/channel.ts';
import type { Address, ChannelId } from '../../bot/core/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createDelivery, type Delivery } from '../../bot/work/delivery.ts';
import { createLanes } from '../../bot/work/lanes.ts';
import { createLog } from '../../bot/work/log.ts';
import { actor, letter, now, officer, queue } from '../store/contract/things.ts';
import { openTestStore, resetStore } from '../support/database.ts';

const places: Record<ChannelId, Address> = { telegram: 'telegram:1', zalo: 'zalo:1', web: 'web:1' };
const ids = Object.keys(places) as ChannelId[];

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

let answers: Record<ChannelId, Sent>;
let arrived: string[];
let delivery: Delivery;
afterEach(() => delivery.stop());
let clock: ReturnType<typeof createClock>;
beforeEach(async () => {
  await resetStore(store);
  await store.ensurePersons([{ person: officer, address: places.telegram }], now);
  for (const [i, id] of (['zalo', 'web'] as const).entries()) {
    const codeHash = String(i).repeat(64);
    await store.transaction(async (tx) => {
      await tx.apply({ kind: 'offerLink', codeHash, expiresAt: now + 1000 }, actor(officer.id));
      await tx.apply({ kind: 'linkAddress', codeHash, address: places[id] }, actor(null, now + 1 + i));
    });
  }
  await store.transaction((tx) => tx.apply({ kind: 'preferChannel', channel: 'zalo' }, actor(officer.id)));
  arrived = [];
  const ok: Sent = { ok: true, messageId: 'm' };
  answers = { telegram: ok, zalo: ok, web: ok };
  clock = createClock(now + 10, 1, () => 0);
  const channels = new Map(ids.map((id) => [id, fake(id)]));
  delivery = createDelivery({ store, channels, clock, lanes: createLanes(), log: createLog('silent') });
});

const fake = (id: ChannelId): Channel => ({
  id,
  limits: { text: 1000, caption: 0, pictures: false, choices: { max: 0, label: 0 } },
  start: async () => {},
  stop: async () => {},
  async send(to, _part, { key }) {
    if (answers[id].ok) arrived.push(`${key} ${to}`);
    return answers[id];
  },
  health: () => ({ ok: true, detail: '' }),
});

const DOWN: Sent = { ok: false, retryable: true, reason: 'unreached' };
const BLOCKED: Sent = { ok: false, retryable: false, unreachable: true, reason: 'bot was blocked by the user' };
const first = async () => (await store.contacts())[0]!.addresses[0]!;
/** Tries again and again, half an hour later each time, until nothing waits or so many tries are over. */
async function hours(tries: number) {
  for (let i = 0; i < tries; i++) {
    for (const id of ids) await delivery.again(places[id]);
    await delivery.idle();
    clock.jumpTo(clock.now() + 1_800_000);
  }
}

test('a channel that blocks: the next one, at once, with all that waited; the key stays the same', async () => {
  answers.zalo = BLOCKED;
  expect(await first()).toBe('zalo:1');
  await queue(store, letter('reminder/1', 'zalo:1'));
  await queue(store, letter('reminder/2', 'zalo:1'));
  await hours(1);
  // The place last used comes after the preferred one.
  expect(arrived).toEqual(['reminder/1#0 web:1', 'reminder/2#0 web:1']);
  expect(await queue(store, letter('reminder/1', 'zalo:1'))).toBe(false);
  expect(await first()).toBe('web:1');
});

test('a platform that is down: not at the first failure, but before long, and each place once', async () => {
  answers.zalo = DOWN;
  await queue(store, letter('reminder/1', 'zalo:1'));
  await hours(3);
  expect(arrived).toEqual([]);
  answers.web = DOWN;
  await hours(30);
  expect(arrived).toEqual(['reminder/1#0 telegram:1']);
  expect(await store.outbox.counts()).toEqual({ queued: 0, sent: 1, failed: 0 });
});

test('an answer is not sent where nobody asked, and what waits for its turn stays', async () => {
  answers.zalo = BLOCKED;
  await queue(store, letter('reply/1', 'zalo:1'));
  await hours(1);
  expect(await store.outbox.counts()).toEqual({ queued: 0, sent: 0, failed: 1 });
  answers.web = { ok: false, retryable: true, after: 60_000, reason: 'paced' };
  await queue(store, letter('reminder/1', 'web:1'));
  await hours(12);
  expect(arrived).toEqual([]);
  answers.web = { ok: true, messageId: 'm' };
  await hours(1);
  expect(arrived).toEqual(['reminder/1#0 web:1']);
});
