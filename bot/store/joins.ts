/** Requests to join a unit without an invitation. */
import type { Address, Change, JoinRequest } from '../core/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { addMemberships, linkAddress } from './people.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { clean, toDate, toInstant } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** One at a time from one place: a new one takes the place of the one before. */
export async function askJoin(tx: TxClient, { request, kind }: Of<'askJoin'>, by: Actor): Promise<void> {
  const { id, address, unit } = request;
  await tx.joinRequest.updateMany({
    where: { address, state: 'asked', id: { not: id } },
    data: { state: 'cancelled' },
  });
  const data = { id, address, name: clean(request.name), unit, at: toDate(request.at) };
  const { count } = await tx.joinRequest.createMany({ data, skipDuplicates: true });
  if (count > 0) await audit(tx, by, kind, `join:${id}`, { unit });
}

export async function cancelJoin(tx: TxClient, { id, kind }: Of<'cancelJoin'>, by: Actor): Promise<void> {
  const where = { id, state: 'asked' as const, address: by.address ?? '' };
  const { count } = await tx.joinRequest.updateMany({ where, data: { state: 'cancelled' } });
  if (count === 0) throw new ChangeRefused(kind, 'joinDecided');
  await audit(tx, by, kind, `join:${id}`, {});
}

/** Of two decisions at once the second finds it decided. Who asked may have registered otherwise meanwhile. */
export async function decideJoin(tx: TxClient, { id, decision, person, kind }: Of<'decideJoin'>, by: Actor) {
  const at = toDate(by.at);
  const [request] = await tx.joinRequest.updateManyAndReturn({
    where: { id, state: 'asked' },
    data: { state: decision === 'refused' ? 'refused' : 'accepted', decidedBy: by.person, decidedAt: at },
  });
  if (!request) throw new ChangeRefused(kind, 'joinDecided');
  const { address, unit, name } = request;
  const known = await tx.identity.findUnique({ where: { address } });
  const joined = known?.personId ?? person;
  if (decision !== 'refused') {
    await tx.person.createMany({ data: { id: joined, name, createdAt: at }, skipDuplicates: true });
    const units = { personId: joined, role: { in: ['officer' as const, 'head' as const] } };
    if (decision === 'moved') await tx.membership.deleteMany({ where: { ...units, unit: { not: unit } } });
    const reports = await tx.membership.findFirst({ where: { ...units, unit } });
    if (!reports) await addMemberships(tx, joined, [{ unit, role: 'officer' }]);
    if (!known) await linkAddress(tx, address as Address, joined, by.at);
  }
  await audit(tx, by, kind, `join:${id}`, { decision, unit, ...(decision !== 'refused' && { joined }) });
}

/** Those that wait for a decision, oldest first. */
export async function readJoins(tx: TxClient): Promise<JoinRequest[]> {
  const rows = await tx.joinRequest.findMany({ where: { state: 'asked' }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  return rows.map(({ id, address, name, unit, at }) => ({
    ...{ id, name, unit },
    ...{ address: address as Address, at: toInstant(at) },
  }));
}
