/** Queues the digests whose slots have come: composed once for each scope and wish, not for each group. */
import type { Address, GroupChat, Reply } from '../core/types.ts';
import { sharedModels } from '../desk/standing.ts';
import type { Register } from '../desk/types.ts';
import { composeDaily } from '../digest/daily.ts';
import { occasionsOf } from '../digest/occasions.ts';
import { drawDigest } from '../digest/picture.ts';
import { dueSlots, type Slot } from '../digest/slots.ts';
import { standing } from '../digest/standing.ts';
import { renderPicture } from '../export/picture.ts';
import { withExtensions } from '../plan/extended.ts';
import type { PlanIndex } from '../plan/types.ts';
import type { SubmittedReport } from '../report/types.ts';
import type { Store } from '../store/port.ts';
import { sendAll } from './send-all.ts';

export interface DigestNeeds {
  store: Store;
  plans: PlanIndex;
  rehearsal: boolean;
}

type DueSlot = Slot<GroupChat & { linkedAt: number }>;

/**
 * So many are queued in one transaction: each would else wait for a commit of its own. Not more, for nothing else happens in
 * the process meanwhile on the embedded database, and what is on its way to the platform would arrive in bursts.
 */
const BATCH = 10;

/** Addresses that got something queued, in batches as they are committed. */
export async function* queueDigests(needs: DigestNeeds, now: number): AsyncGenerator<Address[]> {
  const { store } = needs;
  const closed = new Set(await store.unreachable());
  const groups = (await store.groups()).filter(({ address }) => !closed.has(address));
  const come = dueSlots(now, groups, occasionsOf(needs.plans));
  const queued = new Set(await store.queued(come.map(({ key }) => key)));
  const slots = come.filter(({ key }) => !queued.has(key));
  if (slots.length === 0) return;
  const reports = await store.reports();
  const plans = withExtensions(needs.plans, await store.extensions());
  const register = await store.register();
  const composed = new Map<string, Promise<Reply>>();
  const replyFor = (slot: DueSlot): Promise<Reply> => {
    const key = JSON.stringify([slot.group.scope, slot.kind, slot.late, slot.group.without ?? []]);
    const known = composed.get(key) ?? compose({ ...needs, plans }, slot, reports, register, now);
    composed.set(key, known);
    return known;
  };
  for (let i = 0; i < slots.length; i += BATCH) {
    const batch = await Promise.all(
      slots.slice(i, i + BATCH).map(async (slot) => ({ slot, reply: await replyFor(slot) })),
    );
    const sends = batch.map(({ slot, reply }) => ({ to: slot.group.address, reply, key: slot.key }));
    yield sendAll(store, sends, now);
  }
}

async function compose(
  { plans, rehearsal }: DigestNeeds,
  { group, kind, late }: DueSlot,
  reports: SubmittedReport[],
  register: Register,
  now: number,
): Promise<Reply> {
  const where = standing(plans, group.scope, reports, now, kind === 'weekly' ? 7 : 1);
  const models = sharedModels(register, now, where.span);
  const plain = group.without?.includes('figures') ?? false;
  const reply = composeDaily({ standing: where, plans, models, kind, late, plain, rehearsal });
  const drawing = group.without?.includes('picture') ? null : drawDigest({ standing: where, plans, rehearsal });
  return drawing ? { ...reply, picture: await renderPicture(drawing) } : reply;
}
