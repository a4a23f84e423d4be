/** When a message is put back, and when it is given up. */
import { expect, test } from 'vitest';
import { type Channel, PACED, type Sent } from '../../bot/channels/channel.ts';
import type { Address } from '../../bot/core/types.ts';
import type { Outgoing, Store } from '../../bot/store/port.ts';
import { createDelivery } from '../../bot/work/delivery.ts';
import { createLanes } from '../../bot/work/lanes.ts';
import { createLog } from '../../bot/work/log.ts';

const AT = Date.parse('2026-06-10T08:00:00+07:00');
const to: Address = 'telegram:1';

/** What becomes of one message that was tried so often, when the channel answers so. */
async function becomes(attempts: number, answer: Sent): Promise<string[]> {
  const done: string[] = [];
  const message: Outgoing = {
    id: '1',
    key: 'k',
    to,
    reply: { text: [{ as: 'text', text: 'x' }] },
    partsSent: 0,
    attempts,
  };
  const waiting = [message];
  const outbox = {
    claim: async () => waiting.shift() ?? null,
    nextFor: async () => null,
    elsewhere: async () => null,
    postpone: async (_id: string, until: number) => void done.push(`put back for ${(until - AT) / 1000} s`),
    giveUp: async () => void done.push('given up'),
  };
  const channel = {
    id: 'telegram',
    limits: { text: 4096, caption: 1024, pictures: true, papers: 'upload', choices: { max: 30, label: 40 } },
    send: async () => answer,
  };
  const store = { outbox, jobs: { later: async () => {} } } as unknown as Store;
  const delivery = createDelivery({
    ...{ store, channels: new Map([['telegram', channel as unknown as Channel]]), lanes: createLanes() },
    ...{ clock: { now: () => AT, rate: 1 } as never, log: createLog('silent') },
  });
  delivery.stop();
  await delivery.now(to);
  await delivery.idle();
  return done;
}

test('what fails is tried again, and given up in the end', async () => {
  const failed: Sent = { ok: false, retryable: true, after: 3_000, reason: '502' };
  expect(await becomes(17, failed)).toEqual(['put back for 3 s']);
  expect(await becomes(18, failed)).toEqual(['given up']);
});

test('waiting for its turn is no failure, however often', async () => {
  expect(await becomes(60, { ok: false, retryable: true, after: 2_000, reason: PACED })).toEqual(['put back for 2 s']);
});
