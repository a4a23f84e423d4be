/** Where nobody has any rights yet and the settings name nobody, whoever runs the bot lets the first one in. */
import { isAdministrator } from '../core/rights.ts';
import type { Store } from '../store/port.ts';
import { codeFrom, STANDING, spaced, VALID_MS } from '../talk/invite.ts';
import { hashOf } from './handle.ts';

/** A fresh invitation for an administrator; null where there is one already. */
export async function firstCode(store: Store, chance: () => string, now: number): Promise<string | null> {
  if ((await store.contacts()).some(({ person, addresses }) => isAdministrator(person) && addresses.length > 0))
    return null;
  const code = codeFrom(chance());
  const by = { person: null, address: null, at: now };
  await store.transaction(async (tx) => {
    // Those of earlier starts that nobody used are good for nothing any more.
    const codeHashes = (await tx.desk()).invitations
      .filter(({ role, unit }) => role === 'administrator' && unit === STANDING)
      .map(({ codeHash }) => codeHash);
    await tx.apply({ kind: 'revokeInvitations', codeHashes }, by);
    const invitation = { codeHash: hashOf(code), unit: STANDING, expiresAt: now + VALID_MS, usedAt: null };
    await tx.apply({ kind: 'invite', invitation: { ...invitation, role: 'administrator' } }, by);
  });
  return spaced(code);
}
