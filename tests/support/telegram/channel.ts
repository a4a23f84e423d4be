/** The bot's Telegram channel, running against the local Telegram, with what it receives written down. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Channel } from '../../../bot/channels/channel.ts';
import { createTelegramChannel, type TelegramOptions } from '../../../bot/channels/telegram/channel.ts';
import type { Event } from '../../../bot/core/types.ts';
import { createLanes } from '../../../bot/work/lanes.ts';
import { DRIVERS, type DriverName } from './drivers.ts';
import type { Telegram } from './platform.ts';
import { until } from './timers.ts';

export interface TestChannel {
  channel: Channel;
  /** What was received, repeats included, in order. */
  events: Event[];
  /** Lines of the log, with their fields, as text. */
  logged: string[];
  /** Root of the bot's own server; empty when it polls. */
  url: string;
  /** @param receive what the bot does with an event; nothing when absent */
  start(receive?: (event: Event) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export const SECRET = 'local-secret_1';
export const COMMANDS = {
  private: [{ command: 'nhiemvu', description: 'Nhiệm vụ của đơn vị' }],
  group: [{ command: 'lienket', description: 'Liên kết nhóm này' }],
};

export interface Over extends Partial<TelegramOptions> {
  library?: DriverName;
}

export async function makeChannel(
  telegram: Telegram,
  { library = 'grammy', ...over }: Over = {},
): Promise<TestChannel> {
  const events: Event[] = [];
  const logged: string[] = [];
  const log = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`);
  const app = new Hono();
  const server = over.mode === 'webhook' ? createServer(getRequestListener(app.fetch)) : null;
  if (server) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = server ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : '';
  const channel = createTelegramChannel({
    driver: DRIVERS[library]({ token: telegram.token, apiRoot: telegram.url }),
    mode: 'polling',
    ...(server && { publicUrl: url, webhookSecret: SECRET }),
    commands: COMMANDS,
    now: () => telegram.timers.now(),
    lanes: createLanes(),
    log: { info: log, warn: log, error: log },
    timers: telegram.timers,
    ...over,
  });
  channel.routes?.(app);
  return {
    ...{ channel, events, logged, url },
    start: (receive = async () => {}) =>
      channel.start(async (event) => {
        events.push(event);
        await receive(event);
      }),
    async stop() {
      await channel.stop();
      server?.closeAllConnections();
      if (server) await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resolves when the channel receives. */
export const ready = (made: TestChannel, telegram: Telegram): Promise<void> =>
  until(() => made.channel.health().ok || telegram.updates.polling(), 'the channel receives');
