/** One person, An, and a channel on a local Zalo of their own for each test; nothing forbidden, no token in a log. */
import { afterEach, beforeEach, expect } from 'vitest';
import type { Part, Sent } from '../../../bot/channels/channel.ts';
import type { ZaloOptions } from '../../../bot/channels/zalo/channel.ts';
import type { Address } from '../../../bot/core/types.ts';
import { until } from '../telegram/timers.ts';
import { makeChannel, ready, type TestChannel } from './channel.ts';
import type { Person } from './people.ts';
import { startZalo, type Zalo } from './platform.ts';
import type { Call } from './server.ts';

export interface Scene {
  zalo: Zalo;
  an: Person;
  /** Polls; made, not started. */
  bot: TestChannel;
  /** One more channel of the same bot. */
  another(over?: Partial<ZaloOptions>): Promise<TestChannel>;
  /** Starts the bot and waits until it receives. */
  started(): Promise<void>;
  texts(): string[];
  calls(method: string): Call[];
  send(to: Address, part: Part): Promise<Sent>;
  /** Lets the next wait pass; tells how long it was. */
  nextWait(): Promise<number>;
}

export const words = (text: string): Part => ({ text: [{ as: 'text', text }], choices: [] });

/** To be called once in a test file; the scene is there while a test runs. */
export function sceneOfTests(): Scene {
  const scene = {} as Scene;
  let channels: TestChannel[] = [];

  beforeEach(async () => {
    const zalo = await startZalo();
    channels = [];
    const another = async (over: Partial<ZaloOptions> = {}) => {
      const made = await makeChannel(zalo, over);
      channels.push(made);
      return made;
    };
    Object.assign(scene, {
      ...{ zalo, another },
      an: zalo.person('An'),
      bot: await another(),
      async started() {
        await scene.bot.start();
        await ready(scene.bot, zalo);
      },
      texts: () => scene.bot.events.map((e) => (e.kind === 'said' ? e.text : e.kind)),
      calls: (method) => zalo.calls.filter((c) => c.method === method),
      send: (to, part) => scene.bot.channel.send(to, part, { key: 'k', at: 0 }),
      async nextWait() {
        await until(() => zalo.timers.waiting().length > 0, 'the bot waits');
        const ms = zalo.timers.waiting()[0]! - zalo.timers.now();
        await zalo.timers.advance(ms);
        return ms;
      },
    } satisfies Scene);
  });

  afterEach(async () => {
    for (const channel of channels) await channel.stop();
    await scene.zalo.stop();
    expect(scene.zalo.violations).toEqual([]);
    for (const { logged } of channels) expect(logged.join('\n')).not.toContain(scene.zalo.token.split(':')[1]);
  });
  return scene;
}
