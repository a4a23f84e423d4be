/**
 * How many updates a second the bot answers over each channel, everything stored durably, beside a bare bot of the same
 * library that only answers, on the same local platform in the same run; and how long one alone waits for the answer. It stands with the tests because the platforms
 * do; `npm run bench -- channels` runs it from a checkout. The platforms' limits do not bind: their time leaps.
 */
import { setMaxListeners } from 'node:events';
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
  /** Answered in a second, by the bot and by the bare one; of each a median. */
  perSecond: number;
  barePerSecond: number;
  /** Median of the rounds. */
  ratio: number;
  /** From a lone message to its answer, median, ms. */
  reply: number;
  bareReply: number;
}

export const CHANNEL_NAMES = ['telegram on grammy', 'telegram on telegraf', 'zalo'] as const;
type Name = (typeof CHANNEL_NAMES)[number];

/** What the bot sent last, without the chat. */
type Payload = Record<string, unknown> & { text: string };

/** People who write at the same time, each the next message once the last was answered. */
interface Crowd {
  people: Talking[];
  last(): Payload;
  /** Ready to hand updates over. */
  ready(): boolean;
  stop(): Promise<void>;
}

interface Talking {
  say(): void;
  /** Messages that have arrived. */
  answered(): number;
}

const TEXT = '/trogiup';

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

/**
 * @param each messages of a person that are measured, after a quarter as many that warm up
 * @param rounds of the bot and the bare one in turns; the figures are medians, for a machine has its good and bad moments
 */
export async function benchChannel(name: Name, people: number, each: number, rounds = 1): Promise<ChannelFigures> {
  const pairs: { whole: Measured; bare: Measured }[] = [];
  while (pairs.length < rounds) {
    const whole = await measured(name, people, each);
    // The bare bot sends the very same answer.
    pairs.push({ whole, bare: await measured(name, people, each, whole.last) });
  }
  const of = (figure: (pair: (typeof pairs)[number]) => number) => median(pairs.map(figure));
  return {
    ...{ channel: name, updates: people * each, perSecond: of(({ whole }) => whole.perSecond) },
    ...{
      barePerSecond: of(({ bare }) => bare.perSecond),
      ratio: of(({ whole, bare }) => whole.perSecond / bare.perSecond),
    },
    ...{ reply: of(({ whole }) => whole.reply), bareReply: of(({ bare }) => bare.reply) },
  };
}

const median = (figures: readonly number[]): number => figures.toSorted((a, b) => a - b)[figures.length >> 1]!;

interface Measured {
  perSecond: number;
  /** ms */
  reply: number;
  last: Payload;
}

async function measured(name: Name, people: number, each: number, bare?: Payload): Promise<Measured> {
  const crowd = name === 'zalo' ? await onZalo(people, bare) : await onTelegram(people, bare, library(name));
  try {
    await until(crowd.ready, 'the bot polls');
    const warm = Math.ceil(each / 4);
    await talk(crowd.people, 0, warm);
    const began = performance.now();
    await talk(crowd.people, warm, warm + each);
    const perSecond = (1000 * people * each) / (performance.now() - began);
    return { perSecond, reply: await replyTime(crowd.people[0]!), last: crowd.last() };
  } finally {
    await crowd.stop();
  }
}

/** Everybody, who has said so many messages and had them answered, talks on up to so many. */
async function talk(people: readonly Talking[], from: number, to: number): Promise<void> {
  const talking = people.map((person) => ({ person, said: from }));
  while (talking.length > 0) {
    for (const [i, one] of [...talking.entries()].reverse()) {
      if (one.person.answered() < one.said) continue;
      if (one.said === to) talking.splice(i, 1);
      else {
        one.person.say();
        one.said += 1;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const LONE = 41;

/** Median of messages that one person sends when nobody else does. */
async function replyTime(person: Talking): Promise<number> {
  const times: number[] = [];
  while (times.length < LONE) {
    const before = person.answered();
    const began = performance.now();
    person.say();
    while (person.answered() === before) await new Promise((resolve) => setTimeout(resolve, 1));
    times.push(performance.now() - began);
  }
  return median(times);
}

interface Call {
  method: string;
  parameters: Record<string, unknown>;
}

/** Answers that came to a chat so far: each call is looked at once, so that watching costs as little as can be. */
function answersIn(calls: readonly Call[]): (chat: number | string) => number {
  const counts = new Map<string, number>();
  let read = 0;
  return (chat) => {
    for (; read < calls.length; read++) {
      const { method, parameters } = calls[read]!;
      const to = String(parameters.chat_id);
      if (method === 'sendMessage') counts.set(to, (counts.get(to) ?? 0) + 1);
    }
    return counts.get(String(chat)) ?? 0;
  };
}

function lastOf(calls: readonly Call[]): Payload {
  const { chat_id: _, ...payload } = calls.findLast(({ method }) => method === 'sendMessage')!.parameters;
  return payload as Payload;
}

const library = (name: Name): DriverName => (name === 'telegram on telegraf' ? 'telegraf' : 'grammy');

async function onTelegram(people: number, bare: Payload | undefined, driver: DriverName): Promise<Crowd> {
  const timers = leaping();
  const telegram = await startTelegram(timers);
  const all = Array.from({ length: people }, (_, i) => telegram.person(1_000 + i, `Cán bộ ${i}`));
  const { token, url } = telegram;
  const answers = answersIn(telegram.calls);
  const channel = createTelegramChannel({
    driver: DRIVERS[driver]({ token, apiRoot: url }),
    mode: 'polling',
    commands: { private: [], group: [] },
    now: () => AT,
    lanes: createLanes(),
    log: createLog('silent'),
    timers,
  });
  const stop = bare ? bareTelegram(driver, token, url, bare) : await whole(channel);
  return {
    people: all.map((person) => ({ say: () => person.say(TEXT), answered: () => answers(person.chat.id) })),
    last: () => lastOf(telegram.calls),
    ready: () => telegram.updates.polling(),
    async stop() {
      await stop();
      await telegram.stop();
    },
  };
}

function bareTelegram(
  driver: DriverName,
  token: string,
  apiRoot: string,
  { text, ...rest }: Payload,
): () => Promise<void> {
  if (driver === 'telegraf') {
    const bot = new Telegraf(token, { telegram: { apiRoot } });
    bot.on('text', (context) => context.reply(text, rest));
    const running = bot.launch({ allowedUpdates: ['message'] }).catch(() => {});
    return async () => {
      bot.stop();
      await running;
    };
  }
  const bot = new GrammyBot(token, { client: { apiRoot } });
  bot.on('message:text', (context) => context.reply(text, rest));
  const running = bot.start({ allowed_updates: ['message'] }).catch(() => {});
  return async () => {
    await bot.stop();
    await running;
  };
}

async function onZalo(people: number, bare: Payload | undefined): Promise<Crowd> {
  const timers = leaping();
  const zalo = await startZalo(timers);
  const all = Array.from({ length: people }, (_, i) => zalo.person(`Cán bộ ${i}`));
  const { token, url } = zalo;
  const answers = answersIn(zalo.calls);
  const channel = createZaloChannel({
    client: createClient({ token, apiRoot: url }),
    mode: 'polling',
    quota: { count: async () => 0, month: () => '2026-06', alert: async () => {} },
    now: () => AT,
    lanes: createLanes(),
    log: createLog('silent'),
    timers,
  });
  const stop = bare ? bareZalo(token, url, bare) : await whole(channel);
  return {
    people: all.map((person) => ({ say: () => person.say(TEXT), answered: () => answers(person.chat.id) })),
    last: () => lastOf(zalo.calls),
    ready: () => zalo.updates.polling(),
    async stop() {
      await stop();
      await zalo.stop();
    },
  };
}

/** Zalo has no library of its own for Node: the bare bot is a loop of requests. */
function bareZalo(token: string, url: string, payload: Payload): () => Promise<void> {
  const ended = new AbortController();
  // One listener a request, until it is collected.
  setMaxListeners(0, ended.signal);
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
      if (ok && result?.message) await call('sendMessage', { ...payload, chat_id: result.message.chat.id });
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
  const store = await openStoreOn({ dataDir: folder, strict: false });
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
