import type { Address, Send } from '../core/types.ts';
import type { Store } from '../store/port.ts';

/** Queues messages in one transaction; the addresses of those that were not queued before, for the caller to deliver to. */
export function sendAll(store: Store, sends: readonly Send[], now: number): Promise<Address[]> {
  return store.transaction(
    async (tx) => {
      const queued: Address[] = [];
      for (const send of sends) if (await tx.send(send, now)) queued.push(send.to);
      return queued;
    },
    { delivers: true },
  );
}
