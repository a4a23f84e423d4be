/** Joining, roles, invitations taken back, leaving, and doing without a channel. */
import { beforeEach, expect, test } from 'vitest';
import type { Address, Change } from '../../../bot/core/types.ts';
import type { StoreOf } from '../../support/database.ts';
import { actor, coordinator, desk, home, look, now, officer, privately } from './things.ts';

const stranger: Address = 'zalo:moi';

export function registrationContract(store: StoreOf): void {
  const apply = (change: Change, by = actor(coordinator.id)) => store().transaction((tx) => tx.apply(change, by));
  const request = { id: 'j1', address: stranger, name: 'Chị Lan', unit: 'so-y-te', at: now };
  const ask = (id = 'j1', unit = 'so-y-te') =>
    apply({ kind: 'askJoin', request: { ...request, id, unit } }, { person: null, address: stranger, at: now });
  const joins = async () => (await store().transaction((tx) => tx.desk())).joins.map(({ id }) => id);

  beforeEach(async () => {
    await store().ensurePersons([{ person: officer, address: home }], now);
    await store().ensurePersons([{ person: coordinator, address: desk }], now);
  });

  test('who asks to join is told to coordinators alone, waits once, and is decided once', async () => {
    expect((await look(store(), privately(stranger))).contacts.map(({ person }) => person.id)).toEqual([
      coordinator.id,
    ]);
    await ask();
    await ask('j2', 'so-xay-dung');
    expect(await joins()).toEqual(['j2']);
    expect((await look(store(), privately(stranger))).joining).toEqual({ ...request, id: 'j2', unit: 'so-xay-dung' });
    await apply({ kind: 'decideJoin', id: 'j2', decision: 'added', person: 'p-moi' });
    expect((await look(store(), privately(stranger))).person).toEqual({
      ...{ id: 'p-moi', name: 'Chị Lan' },
      memberships: [{ unit: 'so-xay-dung', role: 'officer' }],
    });
    await expect(apply({ kind: 'decideJoin', id: 'j2', decision: 'refused', person: 'x' })).rejects.toThrow(
      'joinDecided',
    );
    expect(await joins()).toEqual([]);
  });

  test('moving leaves the other units; a refusal changes nothing; only who asked takes a request back', async () => {
    const at = { person: officer.id, address: home, at: now };
    await apply({ kind: 'askJoin', request: { ...request, address: home, unit: 'so-xay-dung' } }, at);
    await expect(apply({ kind: 'cancelJoin', id: 'j1' }, { ...at, address: stranger })).rejects.toThrow('joinDecided');
    await apply({ kind: 'decideJoin', id: 'j1', decision: 'moved', person: 'unused' });
    expect((await look(store(), privately(home))).person?.memberships).toEqual([
      { unit: 'so-xay-dung', role: 'officer' },
    ]);
    await ask('j3');
    await apply({ kind: 'decideJoin', id: 'j3', decision: 'refused', person: 'p-moi' });
    expect((await look(store(), privately(stranger))).person).toBeNull();
  });

  test('an invitation that was taken back cannot be used', async () => {
    const codeHash = 'c'.repeat(64);
    const invitation = { codeHash, unit: 'so-y-te', role: 'head' as const, expiresAt: now + 1000, usedAt: null };
    await apply({ kind: 'invite', invitation });
    expect((await store().transaction((tx) => tx.desk())).invitations).toEqual([{ ...invitation, createdAt: now }]);
    await apply({ kind: 'revokeInvitations', codeHashes: [codeHash] });
    expect((await look(store(), privately(stranger, codeHash))).invitation).toEqual({ ...invitation, revoked: true });
    const person = { id: 'p-moi', name: 'X', memberships: [] };
    await expect(apply({ kind: 'redeemInvitation', codeHash, address: stranger, person })).rejects.toThrow('Unknown');
  });

  test('roles are changed; the last administrator stays; whoever has no part left is a stranger', async () => {
    const unit = officer.memberships[0]!.unit;
    await apply({ kind: 'setRole', person: officer.id, unit, from: 'officer', to: 'head' });
    const directory = () => store().transaction((tx) => tx.directory());
    expect((await directory()).get(unit)).toEqual([{ person: officer.id, name: officer.name, role: 'head' }]);
    await apply({ kind: 'setRole', person: coordinator.id, unit: 'catp', from: null, to: 'administrator' });
    const abdicate = {
      kind: 'setRole',
      person: coordinator.id,
      unit: 'catp',
      from: 'administrator',
      to: null,
    } as const;
    await expect(apply(abdicate)).rejects.toThrow('lastAdministrator');
    const twice = { kind: 'setRole', person: officer.id, unit, from: 'officer', to: null } as const;
    await expect(apply(twice)).rejects.toThrow('membershipGone');
    for (const { role } of (await look(store(), privately(home))).person!.memberships)
      await apply({ kind: 'setRole', person: officer.id, unit, from: role, to: null });
    expect((await look(store(), privately(home))).person).toBeNull();
    expect((await directory()).has(unit)).toBe(false);
  });

  test('a code that lets somebody in brings no more rights than whoever gave it has', async () => {
    const codeHash = 'd'.repeat(64);
    const letIn = (person: string, by: string) =>
      apply({ kind: 'offerLink', codeHash, expiresAt: now + 1000, person }, actor(by));
    await letIn(officer.id, coordinator.id);
    expect((await look(store(), privately(stranger, codeHash))).link?.person).toBe(officer.id);
    await expect(letIn(coordinator.id, officer.id)).rejects.toThrow('higherRights');
  });

  test('a channel is let go by its owner only; the preferred one comes first', async () => {
    const elsewhere: Address = 'zalo:7';
    await apply({ kind: 'offerLink', codeHash: 'e'.repeat(64), expiresAt: now + 1000 }, actor(officer.id));
    await apply({ kind: 'linkAddress', codeHash: 'e'.repeat(64), address: elsewhere }, { ...actor(null), at: now + 1 });
    const places = async () => (await store().contacts()).find(({ person }) => person.id === officer.id)!.addresses;
    expect(await places()).toEqual([elsewhere, home]);
    await apply({ kind: 'preferChannel', channel: 'telegram' }, actor(officer.id));
    expect(await places()).toEqual([home, elsewhere]);
    expect((await look(store(), privately(elsewhere))).places.map(({ address }) => address)).toEqual([elsewhere, home]);
    await apply({ kind: 'unlinkAddresses', addresses: [elsewhere] }, actor(coordinator.id));
    expect(await places()).toEqual([home, elsewhere]);
    await apply({ kind: 'unlinkAddresses', addresses: [elsewhere] }, actor(officer.id));
    expect(await places()).toEqual([home]);
    expect((await look(store(), privately(elsewhere))).person).toBeNull();
  });

  test('whoever stands in for a contact is named beside them, while they are of the unit', async () => {
    const unit = officer.memberships[0]!.unit;
    const other = { id: 'p-thay', name: officer.name, memberships: [{ unit, role: 'officer' as const }] };
    await store().ensurePersons([{ person: other, address: 'zalo:8' }], now);
    await apply({ kind: 'setQuiet', quiet: { until: '2026-06-20', deputy: other.id } }, actor(officer.id));
    const entryOf = async (person: string) =>
      (await store().transaction((tx) => tx.directory())).get(unit)!.find((entry) => entry.person === person);
    expect((await entryOf(officer.id))?.deputy).toEqual({ name: other.name, until: '2026-06-20' });
    expect(await entryOf(other.id)).toEqual({ person: other.id, name: other.name, role: 'officer' });
    await apply({ kind: 'setRole', person: other.id, unit, from: 'officer', to: null });
    expect(await entryOf(officer.id)).not.toHaveProperty('deputy');
  });

  test('a person’s own name is put right, and the record says what it was', async () => {
    await apply({ kind: 'nameSelf', name: 'Trần Thị Bình' }, actor(officer.id));
    const named = (await store().contacts()).find(({ person }) => person.id === officer.id)!.person;
    expect(named.name).toBe('Trần Thị Bình');
    const [entry] = (await store().record(0, 100)).filter(({ action }) => action === 'nameSelf');
    expect(JSON.stringify(entry)).toContain(officer.name);
    await expect(apply({ kind: 'nameSelf', name: 'Ai đó' }, actor(null))).rejects.toThrow('personUnknown');
  });
}
