/**
 * How long a digest to a thousand groups takes on the local Telegram with its limits switched on, in real time. It stands
 * with the tests because the platform does; `npm run bench -- delivery` runs it from a checkout.
 */

import { createTelegramChannel } from '../../bot/channels/telegram/channel.ts';
import { createGrammyDriver } from '../../bot/channels/telegram/grammy.ts';
import { realTimers } from '../../bot/channels/timers.ts';
import type { GroupChat } from '../../bot/core/types.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import { createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createLanes } from '../../bot/work/lanes.ts';
import { createLog } from '../../bot/work/log.ts';
import { openTestStore } from '../support/database.ts';
import { seeded } from '../support/random.ts';
import type { Fault } from '../support/telegram/faults.ts';
import { startTelegram, type Telegram } from '../support/telegram/platform.ts';
import { sequence, testPlans, testReader, testRules, testTalks } from '../support/world.ts';

export interface DeliveryFigures {
  groups: number;
  /** Seconds until every message was through, and what the limit itself takes. */
  seconds: number;
  least: number;
  /** Calls to send that the platform refused or lost, as ordered by the bench. */
  injected: number;
  /** Refused by the platform because it came too fast. */
  tooFast: number;
  lost: number;
  doubled: number;
  /** Doubled because the platform took the message and its answer was lost. */
  doubledByLostAnswer: number;
}

/** Times the limit's own minimum. */
export const DELIVERY_LIMITS = { plain: 1.05, faulty: 1.15 };

const MISFORTUNES: Fault[] = [
  { kind: 'answer', code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } },
  { kind: 'answer', code: 500, description: 'Internal Server Error' },
  { kind: 'dropBefore' },
  { kind: 'dropAfter' },
];

/** @param share of calls to send that meet a misfortune, 0 to 1 */
export async function benchDelivery(groups: number, share: number, seed = 1): Promise<DeliveryFigures> {
  const telegram = await startTelegram({ ...realTimers, advance: async () => {}, waiting: () => [] });
  const store = await openTestStore();
  const before = instantOf('2026-06-10', '07:29');
  const ids = Array.from({ length: groups }, (_, i) => -1_000_000 - i);
  for (const id of ids) {
    telegram.group(id, `Nhóm ${-id}`);
    telegram.state.chats.get(id)!.open = true;
  }
  await store.transaction(async (tx) => {
    for (const id of ids)
      await tx.apply({ kind: 'linkGroup', group: linked(id) }, { person: null, address: null, at: before });
  });
  const clock = createClock(before, 1, Date.now);
  const log = createLog('silent');
  const channel = createTelegramChannel({
    driver: createGrammyDriver({ token: telegram.token, apiRoot: telegram.url }),
    mode: 'polling',
    commands: { private: [], group: [] },
    now: clock.now,
    lanes: createLanes(),
    log,
  });
  const bot = createBot({
    ...{ store, clock, log, channels: [channel], chance: sequence(), rehearsal: false },
    ...{ plans: testPlans, reader: testReader, rules: testRules, talks: testTalks() },
  });
  try {
    await bot.start();
    const misfortune = misfortunes(telegram, share, seed);
    clock.jumpTo(instantOf('2026-06-10', '07:30'));
    const began = performance.now();
    await bot.tick();
    while ((await store.outbox.counts()).queued > 0) await realTimers.wait(50);
    const seconds = (performance.now() - began) / 1000;
    return { groups, seconds, least: groups / 30, ...misfortune(), ...arrived(telegram, ids) };
  } finally {
    await bot.stop();
    await store.close();
    await telegram.stop();
  }
}

const linked = (id: number): GroupChat => ({
  address: `telegram:${id}`,
  title: `Nhóm ${-id}`,
  scope: { kind: 'city' },
  digestAt: '07:30',
  // One message for each group, so that the limit's own time is plain: a picture may need a second one for its words.
  without: ['picture'],
  linkedBy: 'bench',
});

function misfortunes(telegram: Telegram, share: number, seed: number) {
  const random = seeded(seed);
  let injected = 0;
  const answersLost = new Set<number>();
  telegram.sprinkle((method, body) => {
    if (!method.startsWith('send') || random() >= share) return undefined;
    injected += 1;
    const fault = MISFORTUNES[Math.floor(random() * MISFORTUNES.length)]!;
    if (fault.kind === 'dropAfter') answersLost.add((JSON.parse(body.toString('utf8')) as { chat_id: number }).chat_id);
    return fault;
  });
  return () => {
    const chats = [...telegram.state.chats.values()];
    const twice = chats.filter(({ messages }) => messages.filter(({ from }) => from === 'bot').length > 1);
    const byLostAnswer = twice.filter(({ chat }) => answersLost.has(chat.id)).length;
    return {
      injected,
      tooFast: telegram.tooFast(),
      doubled: twice.length - byLostAnswer,
      doubledByLostAnswer: byLostAnswer,
    };
  };
}

const arrived = (telegram: Telegram, ids: number[]) => ({
  lost: ids.filter((id) => !telegram.state.chats.get(id)!.messages.some(({ from }) => from === 'bot')).length,
});
