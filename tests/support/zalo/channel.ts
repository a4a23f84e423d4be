/** The bot's Zalo channel, running against the local Zalo, with what it receives written down. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Channel } from '../../../bot/channels/channel.ts';
import { createZaloChannel, type ZaloOptions } from '../../../bot/channels/zalo/channel.ts';
import { createClient } from '../../../bot/channels/zalo/client.ts';
import type { Event } from '../../../bot/core/types.ts';
import { createLanes } from '../../../bot/work/lanes.ts';
import { until } from '../telegram/timers.ts';
import type { Zalo } from './platform.ts';

export interface TestChannel {
  channel: Channel;
  /** What was received, repeats included, in order. */
  events: Event[];
  /** Lines of the log, with their fields, as text. */
  logged: string[];
  /** What the coordinators were told, by key. */
  alerts: Map<string, string>;
  /** Root of the bot's own server. */
  url: string;
  start(receive?: (event: Event) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export const SECRET = 'local-secret_1';

export async function makeChannel(zalo: Zalo, over: Partial<ZaloOptions> = {}): Promise<TestChannel> {
  const events: Event[] = [];
  const logged: string[] = [];
  const alerts = new Map<string, string>();
  const counters = new Map<string, number>();
  const kept: string[] = [];
  const log = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`);
  const app = new Hono();
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const channel = createZaloChannel({
    client: createClient({ token: zalo.token, apiRoot: zalo.url }),
    mode: 'polling',
    publicUrl: url,
    webhookSecret: SECRET,
    pictures: {
      key: 'local',
      shelf: {
        put: async (base64) => (kept.push(base64) - 1).toString(16),
        get: async (name) => kept[Number.parseInt(name, 16)] ?? null,
      },
      wall: () => zalo.timers.now(),
    },
    quota: {
      async count(name, by) {
        counters.set(name, (counters.get(name) ?? 0) + by);
        return counters.get(name)!;
      },
      month: () => '2026-06',
      alert: async (key, text) => void alerts.set(key, text),
    },
    now: () => zalo.timers.now(),
    lanes: createLanes(),
    log: { info: log, warn: log, error: log },
    timers: zalo.timers,
    ...over,
  });
  channel.routes?.(app);
  return {
    ...{ channel, events, logged, alerts, url },
    start: (receive = async () => {}) =>
      channel.start(async (event) => {
        events.push(event);
        await receive(event);
      }),
    async stop() {
      await channel.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resolves when the channel receives. */
export const ready = (made: TestChannel, zalo: Zalo): Promise<void> =>
  until(() => made.channel.health().ok && (zalo.updates.polling() || zalo.updates.hook()), 'the channel receives');
