import type { Change, Instant, Invitation } from '../core/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { takeByInvitation } from './handovers.ts';
import { addMemberships, linkAddress } from './people.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { clean, toDate, toInstant } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** Uses an invitation up: of two at once the second finds it used. The invitation says which membership it brings. */
export async function redeemInvitation(tx: TxClient, change: Of<'redeemInvitation'>, by: Actor): Promise<void> {
  const { codeHash, address, person } = change;
  const at = toDate(by.at);
  const [invitation] = await tx.invitation.updateManyAndReturn({
    where: { codeHash, usedAt: null, revokedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at, usedBy: person.id },
  });
  if (!invitation) {
    const known = await tx.invitation.findUnique({ where: { codeHash } });
    const reason =
      !known || known.revokedAt ? 'invitationUnknown' : known.usedAt ? 'invitationUsed' : 'invitationExpired';
    throw new ChangeRefused(change.kind, reason);
  }
  const { unit, role } = invitation;
  await tx.person.createMany({
    data: { id: person.id, name: clean(person.name), createdAt: at },
    skipDuplicates: true,
  });
  await addMemberships(tx, person.id, [{ unit, role }]);
  await linkAddress(tx, address, person.id, by.at);
  await audit(tx, by, change.kind, `person:${person.id}`, { codeHash, address, name: person.name, unit, role });
  await takeByInvitation(tx, codeHash, person.id, by);
}

export async function invite(tx: TxClient, change: Of<'invite'>, by: Actor): Promise<void> {
  const { codeHash, unit, role, expiresAt } = change.invitation;
  const { count } = await tx.invitation.createMany({
    data: { codeHash, unit, role, expiresAt: toDate(expiresAt), createdBy: by.person, createdAt: toDate(by.at) },
    skipDuplicates: true,
  });
  if (count === 0) throw new ChangeRefused(change.kind, 'codeTaken');
  await audit(tx, by, change.kind, `invitation:${codeHash}`, { unit, role, expiresAt });
}

/** All at once, with one line of the audit log. */
export async function inviteAll(tx: TxClient, { invitations, kind }: Of<'inviteAll'>, by: Actor): Promise<void> {
  const made = { createdBy: by.person, createdAt: toDate(by.at) };
  const data = invitations.map(({ codeHash, unit, role, expiresAt }) => {
    return { codeHash, unit, role, expiresAt: toDate(expiresAt), ...made };
  });
  const { count } = await tx.invitation.createMany({ data, skipDuplicates: true });
  if (count < invitations.length) throw new ChangeRefused(kind, 'codeTaken');
  await audit(tx, by, kind, 'invitations:', { units: invitations.map(({ unit }) => unit) });
}

/** Takes back what was not used meanwhile; the others stay as they are. */
export async function revokeInvitations(tx: TxClient, { codeHashes, kind }: Of<'revokeInvitations'>, by: Actor) {
  const revoked = await tx.invitation.updateManyAndReturn({
    where: { codeHash: { in: codeHashes }, usedAt: null, revokedAt: null },
    data: { revokedAt: toDate(by.at) },
  });
  for (const { codeHash, unit, role } of revoked) await audit(tx, by, kind, `invitation:${codeHash}`, { unit, role });
}

/** Invitations that nobody has used or taken back, newest first; those that lapsed are among them. */
export async function readInvitations(tx: TxClient): Promise<(Invitation & { createdAt: Instant })[]> {
  const rows = await tx.invitation.findMany({
    where: { usedAt: null, revokedAt: null },
    orderBy: [{ createdAt: 'desc' }, { codeHash: 'asc' }],
  });
  return rows.map(({ codeHash, unit, role, expiresAt, createdAt }) => ({
    ...{ codeHash, unit, role, usedAt: null },
    ...{ expiresAt: toInstant(expiresAt), createdAt: toInstant(createdAt) },
  }));
}
