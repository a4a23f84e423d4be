/** Tells the coordinators what the bot cannot mend by itself. */
import { isCoordinator } from '../core/rights.ts';
import type { Address, ChannelId, Instant } from '../core/types.ts';
import type { WebSession } from '../core/web.ts';
import type { Store } from '../store/port.ts';
import { say } from '../text/say.ts';

/** Each coordinator is told once for each key. */
export type Alert = (key: string, text: string) => Promise<void>;

/** @param trouble the channel that has it: coordinators are told elsewhere, where they can be */
export function createAlert(store: Store, now: () => Instant, trouble: ChannelId): Alert {
  const elsewhere = (address: Address) => !address.startsWith(`${trouble}:`);
  return async (key, text) => {
    const coordinators = (await store.contacts()).filter(({ person }) => isCoordinator(person));
    await store.transaction(async (tx) => {
      for (const { person, addresses } of coordinators) {
        const to = addresses.find(elsewhere) ?? addresses[0];
        if (to) await tx.send({ to, reply: { text: [{ as: 'text', text }] }, key: `${key}/${person.id}` }, now());
      }
    });
  };
}

/** Tells whose web session ended because its cookie was copied, on a channel that is still theirs. */
export async function warnOfCopy(store: Store, person: string, { id, label }: WebSession, now: Instant): Promise<void> {
  const to = (await store.contacts()).find((contact) => contact.person.id === person)?.addresses[0];
  if (!to) return;
  const text = say('link:copied', { label });
  await store.transaction((tx) => tx.send({ to, reply: { text: [{ as: 'text', text }] }, key: `copied/${id}` }, now));
}
