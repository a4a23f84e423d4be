import { expect, test } from 'vitest';
import type { Change, Invitation } from '../../../bot/core/types.ts';
import { ChangeRefused, type Refusal } from '../../../bot/store/port.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import {
  actor,
  coordinator,
  group,
  home,
  inGroup,
  letter,
  linked,
  look,
  minute,
  now,
  officer,
  privately,
  queue,
  report,
} from './things.ts';

const invitation: Invitation = { codeHash: 'h1', unit: 'syt', role: 'head', expiresAt: now + minute, usedAt: null };
const newcomer = { id: 'p-new', name: 'Lê Văn A', memberships: [{ unit: 'syt', role: 'head' as const }] };
const redeem: Extract<Change, { kind: 'redeemInvitation' }> = {
  kind: 'redeemInvitation',
  codeHash: 'h1',
  address: home,
  person: newcomer,
};

export function changesContract(store: StoreOf): void {
  const apply = (change: Change, at = now, person: string | null = coordinator.id) =>
    store().transaction((tx) => tx.apply(change, actor(person, at)));
  const refused = async (attempt: Promise<void>, reason: Refusal) => {
    const error = await attempt.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChangeRefused);
    expect(error).toMatchObject({ reason });
  };
  const audited = async () => {
    const rows = await databaseOf(store()).prisma.auditEntry.findMany({ orderBy: { id: 'asc' } });
    return rows.map(({ at, person, address, action, subject, details, personal }) => ({
      ...{ at: at.getTime(), person, address, action, subject, details },
      ...(personal !== null && { personal }),
    }));
  };

  test('an invitation brings its membership, once', async () => {
    await apply({ kind: 'invite', invitation });
    expect((await look(store(), privately(home, 'h1'))).invitation).toStrictEqual(invitation);
    await apply(redeem, now + 5, null);
    const seen = await look(store(), privately(home, 'h1'));
    expect(seen.person).toStrictEqual(newcomer);
    expect(seen.invitation).toStrictEqual({ ...invitation, usedAt: now + 5 });
    await refused(apply(redeem, now + 6, null), 'invitationUsed');
    expect(await audited()).toStrictEqual([
      {
        at: now,
        person: coordinator.id,
        address: home,
        action: 'invite',
        subject: 'invitation:h1',
        details: { unit: 'syt', role: 'head', expiresAt: now + minute },
      },
      {
        at: now + 5,
        person: null,
        address: home,
        action: 'redeemInvitation',
        subject: 'person:p-new',
        details: { codeHash: 'h1', unit: 'syt', role: 'head' },
        personal: { address: home, name: 'Lê Văn A' },
      },
    ]);
  });

  test('an invitation decides the membership, not who redeems it', async () => {
    await apply({ kind: 'invite', invitation });
    const greedy = { ...newcomer, memberships: [{ unit: 'catp', role: 'administrator' as const }] };
    await apply({ ...redeem, person: greedy }, now, null);
    expect((await look(store(), privately(home))).person).toStrictEqual(newcomer);
  });

  test('a second invitation adds to a person', async () => {
    await apply({ kind: 'invite', invitation });
    await apply({ kind: 'invite', invitation: { ...invitation, codeHash: 'h2', unit: 'catp', role: 'officer' } });
    await apply(redeem, now, null);
    await apply({ ...redeem, codeHash: 'h2' }, now, null);
    const memberships = [...newcomer.memberships, { unit: 'catp', role: 'officer' }];
    expect((await look(store(), privately(home))).person).toStrictEqual({ ...newcomer, memberships });
  });

  test('an invitation is refused when unknown, at its last instant, or when its code is taken', async () => {
    await refused(apply(redeem), 'invitationUnknown');
    await apply({ kind: 'invite', invitation });
    await refused(apply({ kind: 'invite', invitation }), 'codeTaken');
    await refused(apply(redeem, invitation.expiresAt), 'invitationExpired');
    await apply(redeem, invitation.expiresAt - 1);
    expect((await look(store(), privately(home))).person?.id).toBe(newcomer.id);
  });

  test('what is refused leaves nothing behind', async () => {
    await refused(apply(redeem), 'invitationUnknown');
    expect(await audited()).toEqual([]);
    expect(await store().persons()).toEqual([]);
  });

  test('an address becomes a sample person, and then another', async () => {
    await store().ensurePersons(
      [
        { person: officer, address: null },
        { person: coordinator, address: null },
      ],
      now,
    );
    for (const { id } of [officer, coordinator, coordinator]) {
      await apply({ kind: 'becomeSample', address: home, person: id }, now, null);
      expect((await look(store(), privately(home))).person?.id).toBe(id);
    }
    await refused(apply({ kind: 'becomeSample', address: home, person: 'nobody' }), 'personUnknown');
  });

  test('a report is handed in once, however often', async () => {
    const revision = await store().revision();
    await apply({ kind: 'submitReport', report: report(1) }, now, officer.id);
    const after = await store().revision();
    await apply({ kind: 'submitReport', report: report(1, { receipt: 'BC-2026-00002' }) }, now, officer.id);
    expect(await store().reports()).toStrictEqual([report(1)]);
    expect(after).not.toBe(revision);
    expect(await store().revision()).toBe(after);
    expect(await audited()).toHaveLength(1);
    const [line] = await audited();
    expect(line).toMatchObject({ action: 'submitReport', subject: 'report:r1', person: officer.id });
    expect(line!.details).toMatchObject({ receipt: 'BC-2026-00001', unit: 'syt', timeliness: 'onTime' });
  });

  test('a receipt is given once', async () => {
    await apply({ kind: 'submitReport', report: report(1) });
    await refused(apply({ kind: 'submitReport', report: report(1, { id: 'other' }) }), 'receiptTaken');
    expect(await store().reports()).toStrictEqual([report(1)]);
  });

  test('every kind of report comes back as handed in', async () => {
    const nothing = report(2, { nothing: true, values: {}, duty: null, timeliness: 'noDueDate' });
    const late = report(3, { timeliness: 'late', values: { so: 0, tien: 0.1 } });
    for (const one of [nothing, late]) await apply({ kind: 'submitReport', report: one });
    expect(await store().reports()).toStrictEqual([late, nothing]);
  });

  test('a report that is no report is refused before it is stored', async () => {
    const broken = report(1, { values: { so: { a: 1 } as unknown as number } });
    await expect(apply({ kind: 'submitReport', report: broken })).rejects.toThrow();
    await expect(apply({ kind: 'submitReport', report: report(1, { receipt: '17' }) })).rejects.toThrow(
      'Not a receipt',
    );
    expect(await store().reports()).toEqual([]);
  });

  test('groups of every scope are linked, linked anew and unlinked', async () => {
    const sector = { ...linked('zalo:g2'), scope: { kind: 'group' as const, group: 'g-so' } };
    const commune = { ...linked('web:g3'), scope: { kind: 'unit' as const, unit: 'p-le-chan' }, digestAt: '18:00' };
    for (const one of [linked(), sector, commune]) await apply({ kind: 'linkGroup', group: one });
    const since = { linkedAt: now };
    expect(await store().groups()).toStrictEqual([linked(), commune, sector].map((one) => ({ ...one, ...since })));
    await apply({ kind: 'linkGroup', group: { ...sector, scope: { kind: 'city' }, title: 'Mới' } }, now + 1);
    await apply({ kind: 'unlinkGroup', address: group });
    await apply({ kind: 'unlinkGroup', address: group });
    expect(await store().groups()).toStrictEqual([
      { ...commune, ...since },
      { ...sector, scope: { kind: 'city' }, title: 'Mới', linkedAt: now + 1 },
    ]);
    const actions = (await audited()).map(({ action, subject }) => `${action} ${subject}`);
    expect(actions.slice(3)).toEqual(['linkGroup group:zalo:g2', `unlinkGroup group:${group}`]);
  });

  test('a group that moved takes along its link, its conversation and what waits', async () => {
    const away = 'telegram:-100999';
    await apply({ kind: 'linkGroup', group: linked() });
    await store().transaction((tx) => tx.saveSession(group, { offered: [] }, 0, now));
    await queue(store(), letter('digest/1', group));
    for (let told = 0; told < 2; told++) await apply({ kind: 'moveGroup', from: group, to: away }, now, null);
    expect(await store().groups()).toStrictEqual([{ ...linked(away), linkedAt: now }]);
    expect(await look(store(), inGroup(home, away))).toMatchObject({ revision: 1, group: { title: linked().title } });
    expect(await store().outbox.due(now)).toEqual([away]);
    expect((await audited()).map(({ action }) => action)).toEqual(['linkGroup', 'moveGroup']);
  });

  test('a group that was linked at its new address already stays as it is there', async () => {
    const away = 'telegram:-100999';
    await apply({ kind: 'linkGroup', group: linked() });
    await apply({ kind: 'linkGroup', group: { ...linked(away), digestAt: '09:00' } });
    await apply({ kind: 'moveGroup', from: group, to: away });
    await apply({ kind: 'moveGroup', from: away, to: away });
    expect(await store().groups()).toStrictEqual([{ ...linked(away), digestAt: '09:00', linkedAt: now }]);
  });
}
