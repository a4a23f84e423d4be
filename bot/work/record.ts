/** Checks once a day that the record is whole, notes the place it has reached, and tells the coordinators if it is not. */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Address, Send } from '../core/types.ts';
import type { RecordState } from '../core/world.ts';
import { dayOf, speakInstant } from '../language/calendar.ts';
import { RECORD_CHECKED, type Store } from '../store/port.ts';
import { say } from '../text/say.ts';

const Noted = z.object({ last: z.object({ seq: z.number(), hash: z.string() }).nullable() });

/** Addresses that got something queued. */
export async function checkDaily(store: Store, now: number): Promise<Address[]> {
  const before = await store.setting(RECORD_CHECKED);
  const read = before === null ? null : Noted.safeParse(JSON.parse(before));
  const { entries, last, faults } = await store.checkRecord(read?.data?.last ?? null);
  const state: RecordState = { at: now, entries, last, faults: faults.length, first: faults[0]?.seq ?? null };
  // Of a broken record the last good place stays noted: the next check must find the same.
  const noted = faults.length === 0 ? state : { ...state, last: read?.data?.last ?? null };
  await store.saveSetting(RECORD_CHECKED, JSON.stringify(noted));
  if (faults.length === 0) return [];
  const text = say('record:alert', { when: speakInstant(now), n: faults.length, seq: faults[0]!.seq });
  const sends = (await store.contacts()).flatMap(({ person, addresses }): Send[] =>
    isCoordinator(person) && addresses[0]
      ? [{ to: addresses[0], key: `record/${dayOf(now)}/${person.id}`, reply: { text: [{ as: 'text', text }] } }]
      : [],
  );
  return store.transaction(async (tx) => {
    const told: Address[] = [];
    for (const send of sends) if (await tx.send(send, now)) told.push(send.to);
    return told;
  });
}
