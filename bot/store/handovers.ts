import type { Change, Session } from '../core/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import * as parse from './parse.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { leaveIfNone } from './roles.ts';
import { toDate, toJson } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** One offer of a unit by one person at a time: a new one takes the place of the one before. */
export async function offerHandover(tx: TxClient, { handover, kind }: Of<'offerHandover'>, by: Actor): Promise<void> {
  const { id, unit, from, to, codeHash } = handover;
  await tx.handover.updateMany({
    where: { unit, from, state: 'offered', id: { not: id } },
    data: { state: 'cancelled', settledAt: toDate(by.at) },
  });
  const { count } = await tx.handover.createMany({
    data: { id, unit, from, to, codeHash, at: toDate(by.at) },
    skipDuplicates: true,
  });
  if (count > 0) await audit(tx, by, kind, `handover:${id}`, { unit, from, to });
}

export async function settleHandover(tx: TxClient, { id, outcome, kind }: Of<'settleHandover'>, by: Actor) {
  const asker = outcome === 'cancelled' ? { from: by.person ?? '' } : { to: by.person ?? '' };
  const [settled] = await tx.handover.updateManyAndReturn({
    where: { id, state: 'offered', ...asker },
    data: { state: outcome, settledAt: toDate(by.at) },
  });
  if (!settled) throw new ChangeRefused(kind, 'handoverSettled');
  if (outcome === 'taken') await take(tx, settled.unit, settled.from, by.person!, by);
  await audit(tx, by, kind, `handover:${id}`, { outcome, unit: settled.unit, from: settled.from, to: settled.to });
}

/** Whoever uses the invitation of a handover has taken it. */
export async function takeByInvitation(tx: TxClient, codeHash: string, person: string, by: Actor): Promise<void> {
  const [taken] = await tx.handover.updateManyAndReturn({
    where: { codeHash, state: 'offered', from: { not: person } },
    data: { state: 'taken', to: person, settledAt: toDate(by.at) },
  });
  if (!taken) return;
  await take(tx, taken.unit, taken.from, person, by);
  await audit(tx, by, 'settleHandover', `handover:${taken.id}`, { outcome: 'taken', unit: taken.unit, to: person });
}

/** The one who hands over reports for the unit no more; an open form of it goes along. */
async function take(tx: TxClient, unit: string, from: string, to: string, by: Actor): Promise<void> {
  await tx.membership.deleteMany({ where: { personId: from, unit, role: { in: ['officer', 'head'] } } });
  await leaveIfNone(tx, from, by);
  const [giver, taker] = [`person:${from}`, `person:${to}`];
  // Held until the end of the transaction, in one order for all, so that neither conversation goes on in between.
  await tx.$executeRaw`SELECT 1 FROM sessions WHERE key IN (${giver}, ${taker}) ORDER BY key FOR UPDATE`;
  const theirs = await readSession(tx, giver);
  const { draft, ...rest } = theirs?.session ?? { offered: [] };
  if (!theirs || draft?.unit !== unit) return;
  const own = await readSession(tx, taker);
  if (own?.session.draft) return;
  await saveSession(tx, giver, { ...rest, offered: [] }, theirs.revision, by);
  await saveSession(
    tx,
    taker,
    { offered: [], ...own?.session, draft: { ...draft, paused: true } },
    own?.revision ?? 0,
    by,
  );
}

async function readSession(tx: TxClient, key: string): Promise<{ session: Session; revision: number } | null> {
  const row = await tx.session.findUnique({ where: { key } });
  const read = row && parse.session.safeParse(row.state);
  return row && read?.success ? { session: read.data, revision: row.revision } : null;
}

async function saveSession(tx: TxClient, key: string, session: Session, revision: number, by: Actor): Promise<void> {
  const data = { revision: revision + 1, state: toJson(session), updatedAt: toDate(by.at) };
  await tx.session.upsert({ where: { key }, create: { key, ...data }, update: data });
}
