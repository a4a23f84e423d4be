/** A platform that was down for an hour: what waits for it goes as soon as it is back, and so does what is asked then. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Part } from '../../bot/channels/channel.ts';
import type { Address } from '../../bot/core/types.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import type { Store } from '../../bot/store/port.ts';
import { type Bot, createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createLog } from '../../bot/work/log.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { recordingChannel } from '../support/recording-channel.ts';
import { sampleOf, sequence, testPlans, testReader, testRules, testTalks } from '../support/world.ts';

const AN: Address = 'web:an';
const NIGHT = instantOf('2026-06-10', '22:30');
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.saveBook(testPlans.book);
});
afterAll(() => store.close());
beforeEach(async () => {
  await resetStore(store, { keepBook: true });
  await store.ensurePersons([{ person: sampleOf('Sở Y tế')!, address: AN }], NIGHT);
});

/** Each tries again by itself for some seconds, on the store of whichever test runs then. */
const bots: Bot[] = [];
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
});

function live() {
  const clock = createClock(NIGHT, 1, () => 0);
  const at = { down: false };
  const heard: string[] = [];
  const channel = recordingChannel(
    (_to, part: Part) => {
      if (at.down) return { ok: false, retryable: true, reason: 'not reached' };
      heard.push(part.text.map((t) => t.text).join('\n'));
      return undefined;
    },
    { health: () => ({ ok: !at.down, detail: '' }) },
  );
  const bot = createBot({
    ...{ store, clock, channels: [channel], chance: sequence(), rehearsal: false, log: createLog('silent') },
    ...{ plans: testPlans, reader: testReader, rules: testRules, talks: testTalks() },
  });
  bots.push(bot);
  let n = 0;
  return {
    ...{ bot, at, heard, clock },
    async says(text: string) {
      const chat = { address: AN, kind: 'private' as const, addressed: true };
      await bot.receive({ id: `web:${++n}`, at: clock.now(), from: AN, chat, kind: 'said', text });
      await bot.idle();
    },
    /** As the durable jobs do, at the very moment. */
    async triedUntil(end: number) {
      for (
        let next = await store.outbox.nextFor(AN);
        next !== null && next <= end;
        next = await store.outbox.nextFor(AN)
      ) {
        clock.jumpTo(Math.max(next, clock.now()));
        bot.deliver(AN);
        await bot.idle();
      }
      clock.jumpTo(end);
    },
  };
}

test('what waited, and what is asked just then, is answered at the next tick', async () => {
  const { bot, at, heard, says, triedUntil } = live();
  at.down = true;
  await says('hạn nộp báo cáo');
  await triedUntil(NIGHT + 3_600_000);
  await bot.tick();
  await bot.idle();
  expect(heard).toEqual([]);
  at.down = false;
  await says('nơi nhận báo cáo');
  expect(heard).toEqual([]);
  await bot.tick();
  await bot.idle();
  expect(heard).toHaveLength(2);
  expect(heard[0]).toContain('Hạn báo cáo');
});

test('a platform that comes and goes uses up no tries of what waits, nor is anything freed that is on its way', async () => {
  const { bot, at, says, triedUntil, clock } = live();
  at.down = true;
  await says('hạn nộp báo cáo');
  await triedUntil(NIGHT + 1_800_000);
  for (let i = 0; i < 25; i++) {
    await bot.tick();
    // Well only for as long as nobody sends.
    expect(await store.freeHeld('web', clock.now(), 60_000)).toEqual([AN]);
    bot.deliver(AN);
    await bot.idle();
  }
  expect(await store.outbox.counts()).toMatchObject({ queued: 1, failed: 0 });
  // It tries no more by itself: what is claimed now stays so.
  await bot.stop();
  expect(await store.freeHeld('web', clock.now(), 60_000)).toEqual([AN]);
  await store.outbox.claim(AN, clock.now(), 60_000);
  expect(await store.freeHeld('web', clock.now(), 60_000)).toEqual([]);
  expect(await store.freeHeld('zalo', clock.now(), 0)).toEqual([]);
});
