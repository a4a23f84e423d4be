/**
 * How many updates a second the bot answers over each channel, everything stored durably, beside a bare bot of the same
 * library that only answers, on the same local platform in the same run. It stands with the tests because the platforms
 * do; `npm run bench -- channels` runs it from a checkout. The platforms' limits do not bind: their time leaps.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Bot as GrammyBot } from 'grammy';
import { Telegraf } from 'telegraf';
import type { Channel } from '../../bot/channels/channel.ts';
import { createTelegramChannel } from '../../bot/channels/telegram/channel.ts';
import { createZaloChannel } from '../../bot/channels/zalo/channel.ts';
import { createClient } from '../../bot/channels/zalo/client.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import { createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createLanes } from '../../bot/work/lanes.ts';
import { createLog } from '../../bot/work/log.ts';
import { openStoreOn, prepareFolder } from '../support/database.ts';
import { DRIVERS, type DriverName } from '../support/telegram/drivers.ts';
import { startTelegram } from '../support/telegram/platform.ts';
import { type TestTimers, until } from '../support/telegram/timers.ts';
import { sequence, testPlans, testReader, testRules, testTalks } from '../support/world.ts';
import { startZalo } from '../support/zalo/platform.ts';

export interface ChannelFigures {
  channel: string;
  updates: number;
  /** Answered in a second, by the bot and by the bare one. */
  perSecond: number;
  barePerSecond: number;
  ratio: number;
}

export const CHANNEL_NAMES = ['telegram on grammy', 'telegram on telegraf', 'zalo'] as const;
type Name = (typeof CHANNEL_NAMES)[number];

/** People who write at the same time, each one message after the other. */
interface Crowd {
  say(): void;
  /** Messages that have arrived at people. */
  answered(): number;
  /** Ready to hand updates over. */
  ready(): boolean;
  stop(): Promise<void>;
}

const TEXT = '/trogiup';
const ANSWER = 'Đồng chí có thể hỏi nhiệm vụ, hạn nộp, nơi nhận báo cáo, hoặc gõ “báo cáo” để gửi báo cáo nhanh.';

/** Ten seconds pass whenever somebody looks, so that no limit of a platform binds. */
function leaping(): TestTimers {
  let now = 0;
  return {
    now: () => {
      now += 10_000;
      return now;
    },
    wait: async () => {},
    advance: async () => {},
    waiting: () => [],
  };
}

export async function benchChannel(name: Name, people: number, each: number): Promise<ChannelFigures> {
  const updates = people * each;
  const barePerSecond = await measured(name, people, each, 'bare');
  const perSecond = await measured(name, people, each, 'whole');
  return { channel: name, updates, perSecond, barePerSecond, ratio: perSecond / barePerSecond };
}

async function measured(name: Name, people: number, each: number, which: 'bare' | 'whole'): Promise<number> {
  const crowd = name === 'zalo' ? await onZalo(people, which) : await onTelegram(people, which, library(name));
  try {
    await until(crowd.ready, 'the bot polls');
    const began = performance.now();
    for (let i = 0; i < each; i++) crowd.say();
    while (crowd.answered() < people * each) await new Promise((resolve) => setTimeout(resolve, 5));
    return (1000 * people * each) / (performance.now() - began);
  } finally {
    await crowd.stop();
  }
}

const library = (name: Name): DriverName => (name === 'telegram on telegraf' ? 'telegraf' : 'grammy');

async function onTelegram(people: number, which: 'bare' | 'whole', driver: DriverName): Promise<Crowd> {
  const timers = leaping();
  const telegram = await startTelegram(timers);
  const all = Array.from({ length: people }, (_, i) => telegram.person(1_000 + i, `Cán bộ ${i}`));
  const { token, url } = telegram;
  const channel = createTelegramChannel({
    driver: DRIVERS[driver]({ token, apiRoot: url }),
    mode: 'polling',
    commands: { private: [], group: [] },
    now: () => AT,
    lanes: createLanes(),
    log: createLog('silent'),
    timers,
  });
  const stop = which === 'whole' ? await whole(channel) : bareTelegram(driver, token, url);
  return {
    say: () => all.map((person) => person.say(TEXT)),
    answered: () => all.reduce((sum, person) => sum + person.chat.fromBot().length, 0),
    ready: () => telegram.updates.polling(),
    async stop() {
      await stop();
      await telegram.stop();
    },
  };
}

function bareTelegram(driver: DriverName, token: string, apiRoot: string): () => Promise<void> {
  if (driver === 'telegraf') {
    const bot = new Telegraf(token, { telegram: { apiRoot } });
    bot.on('text', (context) => context.reply(ANSWER));
    const running = bot.launch({ allowedUpdates: ['message'] }).catch(() => {});
    return async () => {
      bot.stop();
      await running;
    };
  }
  const bot = new GrammyBot(token, { client: { apiRoot } });
  bot.on('message:text', (context) => context.reply(ANSWER));
  const running = bot.start({ allowed_updates: ['message'] }).catch(() => {});
  return async () => {
    await bot.stop();
    await running;
  };
}

async function onZalo(people: number, which: 'bare' | 'whole'): Promise<Crowd> {
  const timers = leaping();
  const zalo = await startZalo(timers);
  const all = Array.from({ length: people }, (_, i) => zalo.person(`Cán bộ ${i}`));
  const { token, url } = zalo;
  const channel = createZaloChannel({
    client: createClient({ token, apiRoot: url }),
    mode: 'polling',
    quota: { count: async () => 0, month: () => '2026-06', alert: async () => {} },
    now: () => AT,
    lanes: createLanes(),
    log: createLog('silent'),
    timers,
  });
  const stop = which === 'whole' ? await whole(channel) : bareZalo(token, url);
  return {
    say: () => all.map((person) => person.say(TEXT)),
    answered: () => all.reduce((sum, person) => sum + person.chat.fromBot().length, 0),
    ready: () => zalo.updates.polling(),
    async stop() {
      await stop();
      await zalo.stop();
    },
  };
}

/** Zalo has no library of its own for Node: the bare bot is a loop of requests. */
function bareZalo(token: string, url: string): () => Promise<void> {
  const ended = new AbortController();
  const call = async (method: string, payload: object) => {
    const response = await fetch(`${url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      signal: ended.signal,
    });
    return (await response.json()) as { ok: boolean; result?: { message?: { chat: { id: string } } } };
  };
  const running = (async () => {
    while (!ended.signal.aborted) {
      const { ok, result } = await call('getUpdates', { timeout: '30' });
      if (ok && result?.message) await call('sendMessage', { chat_id: result.message.chat.id, text: ANSWER });
    }
  })().catch(() => {});
  return async () => {
    ended.abort();
    await running;
  };
}

const AT = instantOf('2026-06-10', '08:00');

/** The whole bot on the embedded database in a folder, as it runs when nothing is set. */
async function whole(channel: Channel): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'truc-ban-bench-'));
  await prepareFolder(folder);
  const store = await openStoreOn({ dataDir: folder });
  const bot = createBot({
    ...{ store, clock: createClock(AT, 1, Date.now), log: createLog('silent'), channels: [channel] },
    ...{
      chance: sequence(),
      rehearsal: false,
      plans: testPlans,
      reader: testReader,
      rules: testRules,
      talks: testTalks(),
    },
  });
  await bot.start();
  return async () => {
    await bot.stop();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
