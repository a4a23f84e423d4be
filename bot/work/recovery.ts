/** When a channel is well again, what waits for it is not left to wait for its next try, which may be half an hour off. */
import type { Channel } from '../channels/channel.ts';
import type { Address } from '../core/types.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

export interface RecoveryNeeds {
  store: Pick<Store, 'freeHeld'>;
  channels: readonly Channel[];
  clock: Clock;
  /** How long a claim lasts, by the bot's clock. */
  leaseMs: number;
  deliver(to: Address): void;
  log: Log;
}

/** @returns to be called now and then; never throws */
export function createRecovery({ store, channels, clock, leaseMs, deliver, log }: RecoveryNeeds): () => Promise<void> {
  const well = new Map(channels.map((channel) => [channel.id, channel.health().ok]));

  return async () => {
    for (const channel of channels) {
      const before = well.get(channel.id);
      const { ok } = channel.health();
      try {
        const freed = ok && !before ? await store.freeHeld(channel.id, clock.now(), leaseMs) : [];
        if (freed.length > 0)
          log.info({ channel: channel.id, places: freed.length }, 'the channel is back: what waited goes');
        for (const to of freed) deliver(to);
        well.set(channel.id, ok);
      } catch (error) {
        log.error({ channel: channel.id, error: String(error) }, 'what waits for a channel was not freed');
      }
    }
  };
}
