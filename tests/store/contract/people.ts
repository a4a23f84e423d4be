import { beforeEach, describe, expect, test } from 'vitest';
import type { Address } from '../../../bot/core/types.ts';
import type { StoreOf } from '../../support/database.ts';
import { actor, coordinator, desk, home, look, minute, now, officer, privately } from './things.ts';

export function peopleContract(store: StoreOf): void {
  test('persons are added once, in their order, with their addresses', async () => {
    const wanted = [
      { person: officer, address: home },
      { person: coordinator, address: null },
    ];
    for (let start = 0; start < 2; start++) await store().ensurePersons(wanted, now);
    expect(await store().persons()).toStrictEqual([officer, coordinator]);
    expect((await look(store(), privately(home))).person).toStrictEqual(officer);
  });

  test('a person that is there keeps what has become of them', async () => {
    await store().ensurePersons([{ person: officer, address: home }], now);
    const renamed = { ...officer, name: 'Tên khác', memberships: coordinator.memberships };
    await store().ensurePersons([{ person: renamed, address: null }], now);
    expect(await store().persons()).toStrictEqual([officer]);
  });

  test('an address added later leads to the person', async () => {
    await store().ensurePersons([{ person: officer, address: null }], now);
    await store().ensurePersons([{ person: officer, address: home }], now);
    expect((await look(store(), privately(home))).person).toStrictEqual(officer);
  });

  test('of several addresses that were never used, the first one spoken from comes first', async () => {
    await store().ensurePersons([{ person: officer, address: home }], now);
    await store().ensurePersons([{ person: officer, address: desk }], now + minute);
    const first = async () => (await store().contacts())[0]!.addresses[0];
    for (const [i, from] of [home, desk, home].entries()) {
      await look(store(), { ...privately(from), at: now + i });
      expect(await first()).toBe(from);
    }
  });

  test('a coordinator by configuration who had registered before stays one person, with both rights', async () => {
    await store().ensurePersons([{ person: officer, address: desk }], now);
    await store().ensurePersons([{ person: coordinator, address: desk }], now);
    const [one, ...more] = await store().persons();
    expect(more).toEqual([]);
    expect(one).toStrictEqual({ ...officer, memberships: [...officer.memberships, ...coordinator.memberships] });
    expect((await look(store(), privately(desk))).allReports).toEqual([]);
  });

  test('an address that became somebody else stays with them at the next start', async () => {
    const wanted = [
      { person: officer, address: home },
      { person: { ...coordinator, memberships: [] }, address: null },
    ];
    await store().ensurePersons(wanted, now);
    await store().transaction((tx) =>
      tx.apply({ kind: 'becomeSample', address: home, person: coordinator.id }, actor(null)),
    );
    await store().ensurePersons([{ person: { ...officer, memberships: [] }, address: home }], now);
    expect((await look(store(), privately(home))).person?.id).toBe(coordinator.id);
  });

  test('settings are kept', async () => {
    expect(await store().setting('clock')).toBeNull();
    await store().saveSetting('clock', '1');
    await store().saveSetting('clock', '');
    await store().saveSetting('khác', 'ă"\'\\');
    expect(await store().setting('clock')).toBe('');
    expect(await store().setting('khác')).toBe('ă"\'\\');
  });

  test('a counter counts whoever adds to it at once', async () => {
    expect(await store().count('tin/2026-06', 0)).toBe(0);
    const told = await Promise.all(Array.from({ length: 8 }, () => store().count('tin/2026-06', 2)));
    expect(told.toSorted((a, b) => a - b)).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
    expect(await store().count('tin/2026-06', 0)).toBe(16);
    expect(await store().count('tin/2026-07', 1)).toBe(1);
  });

  test('a picture is found by its hash', async () => {
    const hash = await store().pictures.put('AAEC', now);
    expect(await store().pictures.put('AAEC', now)).toBe(hash);
    expect(await store().pictures.get(hash)).toBe('AAEC');
    expect(await store().pictures.get('ffff')).toBeNull();
  });

  describe('another channel of a person', () => {
    const elsewhere: Address = 'telegram:7';
    const codeHash = 'a'.repeat(64);
    const see = (address: Address, code: string | null, at?: number) =>
      look(store(), { ...privately(address), codeHash: code, ...(at !== undefined && { at }) });
    const offer = (code = codeHash) =>
      store().transaction((tx) =>
        tx.apply({ kind: 'offerLink', codeHash: code, expiresAt: now + 600_000 }, actor(officer.id)),
      );
    const use = (address: Address = elsewhere, at = now, code = codeHash) =>
      store().transaction((tx) =>
        tx.apply({ kind: 'linkAddress', codeHash: code, address }, { person: null, address, at }),
      );

    beforeEach(() => store().ensurePersons([{ person: officer, address: home }], now));

    test('is linked by a code, once', async () => {
      await offer();
      expect((await see(elsewhere, codeHash)).link).toEqual({
        ...{ codeHash, person: officer.id, addresses: [home] },
        ...{ expiresAt: now + 600_000, usedAt: null },
      });
      await use(elsewhere, now + 1);
      expect((await see(elsewhere, null)).person).toStrictEqual(officer);
      expect((await see(elsewhere, null)).sessionKey).toBe((await see(home, null)).sessionKey);
      expect((await see(elsewhere, codeHash)).link).toMatchObject({ usedAt: now + 1, addresses: [elsewhere, home] });
      await expect(use('zalo:x')).rejects.toThrow('linkUsed');
    });

    test('is not linked by a code that lapsed, nor by one that a later code replaced', async () => {
      await offer();
      await expect(use(elsewhere, now + 600_000)).rejects.toThrow('linkUsed');
      await offer('b'.repeat(64));
      await expect(use()).rejects.toThrow('linkUsed');
      await use(elsewhere, now, 'b'.repeat(64));
    });

    test('stands first among the places where the person is written to, once they wrote from there', async () => {
      await offer();
      await use(elsewhere, now + 1);
      const places = async () => (await store().contacts())[0]!.addresses;
      expect(await places()).toEqual([elsewhere, home]);
      await see(home, null, now + 2);
      expect(await places()).toEqual([home, elsewhere]);
      await see(elsewhere, null, now + 3);
      await see(elsewhere, null, now + 4);
      expect(await places()).toEqual([elsewhere, home]);
    });
  });

  test('ping answers', async () => {
    await expect(store().ping()).resolves.toBeUndefined();
  });
}
