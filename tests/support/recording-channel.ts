/** A channel to nowhere: what the bot sends is handed to the test, and has arrived unless the test says otherwise. */
import type { Channel, Sent } from '../../bot/channels/channel.ts';

type Send = Channel['send'];

export function recordingChannel(
  heard: (...sent: Parameters<Send>) => Sent | undefined | Promise<Sent | undefined>,
  more: Partial<Channel> = {},
): Channel {
  return {
    id: 'web',
    limits: { text: 1_000_000, caption: 1_000, pictures: true, choices: { max: 100, label: 100 } },
    start: async () => {},
    stop: async () => {},
    send: async (...sent) => (await heard(...sent)) ?? { ok: true, messageId: 'm' },
    health: () => ({ ok: true, detail: '' }),
    ...more,
  };
}
