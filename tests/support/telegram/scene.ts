/** One person, An, and a polling channel on a local Telegram of their own for each test; nothing forbidden, no token in a log. */
import { afterEach, beforeEach, expect } from 'vitest';
import type { Part, Sent } from '../../../bot/channels/channel.ts';
import type { Address, Choice } from '../../../bot/core/types.ts';
import { makeChannel, type Over, type TestChannel } from './channel.ts';
import type { DriverName } from './drivers.ts';
import type { Person } from './people.ts';
import { startTelegram, type Telegram } from './platform.ts';
import type { Call } from './server.ts';
import { until } from './timers.ts';

export interface Scene {
  telegram: Telegram;
  an: Person;
  /** Made, not started. */
  bot: TestChannel;
  /** One more channel of the same bot. */
  another(over?: Over): Promise<TestChannel>;
  /** Takes another channel for the bot and leaves the first as it is, like a process that was killed. */
  abandon(over?: Over): Promise<TestChannel>;
  polling(): Promise<void>;
  texts(channel?: TestChannel): string[];
  calls(method: string): Call[];
  send(to: Address, part: Part, thread?: string): Promise<Sent>;
  /** Lets the next wait pass; tells how long it was. */
  nextWait(): Promise<number>;
}

export const words = (text: string, choices: Choice[] = []): Part => ({ text: [{ as: 'text', text }], choices });

/** To be called once in a test file or a group of tests; the scene is there while a test runs. */
export function sceneOfTests(library: DriverName = 'grammy'): Scene {
  const scene = {} as Scene;
  let channels: TestChannel[] = [];
  let keys = 0;

  beforeEach(async () => {
    const telegram = await startTelegram();
    const bot = await makeChannel(telegram, { library });
    channels = [bot];
    const another = async (over: Over = {}) => {
      const made = await makeChannel(telegram, { library, ...over });
      channels.push(made);
      return made;
    };
    Object.assign(scene, {
      telegram,
      an: telegram.person(1001, 'An'),
      bot,
      another,
      async abandon(over) {
        channels = [];
        scene.bot = await another(over);
        return scene.bot;
      },
      polling: () => until(() => telegram.updates.polling(), 'the bot polls'),
      texts: (channel = scene.bot) => channel.events.map((e) => (e.kind === 'said' ? e.text : e.kind)),
      calls: (method) => telegram.calls.filter((c) => c.method === method),
      send: (to, part, thread) =>
        scene.bot.channel.send(to, part, { key: `k${++keys}`, at: 0, ...(thread !== undefined && { thread }) }),
      async nextWait() {
        await until(() => telegram.timers.waiting().length > 0, 'the bot waits');
        const ms = telegram.timers.waiting()[0]! - telegram.timers.now();
        await telegram.timers.advance(ms);
        return ms;
      },
    } satisfies Scene);
  });

  afterEach(async () => {
    for (const channel of channels) await channel.stop();
    await scene.telegram.stop();
    expect(scene.telegram.violations).toEqual([]);
    const logged = channels.flatMap((channel) => channel.logged).join('\n');
    expect(logged).not.toContain(scene.telegram.token.split(':')[1]);
  });
  return scene;
}
