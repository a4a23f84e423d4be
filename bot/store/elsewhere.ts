/** What could not be delivered to one place of a person goes to the next, the preferred channel first. */
import type { Address } from '../core/types.ts';
import type { TxClient } from './database.ts';
import { lastUsedFirst, preferredFirst } from './people.ts';
import { clean } from './values.ts';

export interface Undelivered {
  id: bigint;
  key: string;
  address: string;
  tried: string[];
}

/** An answer belongs where the question was asked. */
const isAnswer = (key: string): boolean => key.startsWith('reply/');

/**
 * Points one queued message to a place of the same person where it was not tried yet and that can be reached.
 * @returns that place; null where there is none, and then nothing is changed
 */
export async function sendElsewhere(tx: TxClient, message: Undelivered, reason: string): Promise<Address | null> {
  if (isAnswer(message.key)) return null;
  const here = await tx.identity.findUnique({
    where: { address: message.address },
    include: { person: { include: { identities: { orderBy: lastUsedFirst } } } },
  });
  if (!here) return null;
  const tried = [...(message.tried ?? []), message.address];
  const closed = await tx.unreachablePlace.findMany({
    where: { address: { in: here.person.identities.map(({ address }) => address) } },
  });
  const shut = new Set([...tried, ...closed.map(({ address }) => address)]);
  const open = here.person.identities.map(({ address }) => address as Address).filter((address) => !shut.has(address));
  const [next] = preferredFirst(open, here.person.preferred);
  if (!next) return null;
  await tx.outgoing.updateMany({
    where: { id: message.id, state: 'queued' },
    data: {
      ...{ address: next, tried, thread: null, attempts: 0, partsSent: 0, heldUntil: null },
      reason: clean(reason),
    },
  });
  return next;
}
