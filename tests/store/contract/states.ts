import { expect, test } from 'vitest';
import type { Change, Handover, Person, Session } from '../../../bot/core/types.ts';
import type { Extension } from '../../../bot/plan/extended.ts';
import type { Draft } from '../../../bot/report/types.ts';
import { ChangeRefused, type Refusal } from '../../../bot/store/port.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import { actor, coordinator, desk, home, look, now, officer, privately, report } from './things.ts';

const revise = (revision: number, more: Partial<Extract<Change, { kind: 'reviseReport' }>> = {}): Change => ({
  kind: 'reviseReport',
  report: 'r1',
  unit: 'syt',
  revision,
  version: 2,
  values: { buoi: 4, ghiChu: 'Đã phối hợp với 4 phường' },
  nothing: false,
  reason: null,
  ...more,
});
const decide = (decision: 'approved' | 'returned', revision: number, reason: string | null = null): Change => ({
  kind: 'decideReport',
  report: 'r1',
  revision,
  decision,
  reason,
  part: reason && 'kiem-tra',
});
const withdraw = (revision: number, unit = 'syt'): Change => ({ kind: 'withdrawReport', report: 'r1', unit, revision });

const asked: Extension = {
  id: 'gh1',
  unit: 'syt',
  duty: 'kh64/6-thang',
  days: 2,
  reason: 'bão số 1',
  state: 'asked',
  askedBy: officer.id,
  askedAt: now,
  decidedBy: null,
  answer: null,
};
const colleague: Person = { id: 'p-thay', name: 'Lê Văn Thay', memberships: [{ unit: 'syt', role: 'officer' }] };
const offer: Handover = { id: 'bg1', unit: 'syt', from: officer.id, to: colleague.id, codeHash: null, at: now };
const draft: Draft = {
  id: 'd1',
  form: 'nhanh',
  version: 1,
  unit: 'syt',
  duty: null,
  step: 2,
  values: { buoi: 8 },
  paused: false,
  startedOn: '2026-06-10',
};

export function statesContract(store: StoreOf): void {
  const apply = (change: Change, by: string = officer.id, at = now) =>
    store().transaction((tx) => tx.apply(change, actor(by, at)));
  const refused = async (attempt: Promise<void>, reason: Refusal) => {
    const error = await attempt.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChangeRefused);
    expect(error).toMatchObject({ reason });
  };
  const first = () => apply({ kind: 'submitReport', report: report(1) }, officer.id, now + 1);
  const stored = async () => (await store().reports())[0];
  const audited = () => databaseOf(store()).prisma.auditEntry.findMany({ orderBy: { id: 'asc' } });

  test('how unusual figures were explained stands with the first version', async () => {
    await apply({ kind: 'submitReport', report: report(1, { reason: 'đợt cao điểm' }) }, officer.id, now + 1);
    expect(await stored()).toStrictEqual(report(1, { reason: 'đợt cao điểm' }));
  });

  test('returned, corrected and approved: every step is kept, the first submission stays, the approved content counts', async () => {
    await first();
    await apply(decide('returned', 1, 'thiếu số vi phạm'), coordinator.id, now + 10);
    expect(await stored()).toStrictEqual(
      report(1, { state: 'returned', revision: 2, changedAt: now + 10, reason: 'thiếu số vi phạm', part: 'kiem-tra' }),
    );
    await apply(revise(2, { reason: 'bổ sung' }), officer.id, now + 20);
    const { values, nothing } = report(1);
    const revised = report(1, {
      values: { buoi: 4, ghiChu: 'Đã phối hợp với 4 phường' },
      version: 2,
      revision: 3,
      edition: 2,
      changedAt: now + 20,
      reason: 'bổ sung',
      before: { values, nothing },
    });
    expect(await stored()).toStrictEqual(revised);
    await apply(decide('approved', 3), coordinator.id, now + 30);
    const content = { values: revised.values, nothing: false };
    const approved = {
      ...revised,
      state: 'approved',
      revision: 4,
      changedAt: now + 30,
      reason: null,
      approved: content,
    };
    expect(await stored()).toStrictEqual(approved);
    await apply(revise(4, { values: { buoi: 5 }, reason: 'nhập nhầm' }), officer.id, now + 40);
    expect(await stored()).toMatchObject({ state: 'submitted', edition: 3, approved: content, values: { buoi: 5 } });
    const rows = await databaseOf(store()).prisma.reportVersion.findMany({ orderBy: { number: 'asc' } });
    expect(rows.map(({ number, state, by, reason }) => [number, state, by, reason])).toEqual([
      [1, 'submitted', officer.id, null],
      [2, 'returned', coordinator.id, 'thiếu số vi phạm'],
      [3, 'submitted', officer.id, 'bổ sung'],
      [4, 'approved', coordinator.id, null],
      [5, 'submitted', officer.id, 'nhập nhầm'],
    ]);
    expect((await audited()).at(-1)!.details).toMatchObject({
      revision: 5,
      changed: { buoi: { before: 4, after: 5 }, ghiChu: { before: 'Đã phối hợp với 4 phường', after: null } },
      reason: 'nhập nhầm',
    });
  });

  test('what has changed since it was seen is not decided, corrected or withdrawn', async () => {
    await first();
    await apply(revise(1));
    await refused(apply(decide('approved', 1), coordinator.id), 'reportChanged');
    await refused(apply(decide('returned', 1, 'x'), coordinator.id), 'reportChanged');
    await refused(apply(revise(1)), 'reportChanged');
    await refused(apply(withdraw(1)), 'reportChanged');
    await apply(decide('approved', 2), coordinator.id);
    await refused(apply(decide('approved', 3), coordinator.id), 'reportChanged');
    expect(await audited()).toHaveLength(3);
  });

  test('of two approvers at once one is refused', async () => {
    await first();
    const both = await Promise.allSettled([
      apply(decide('approved', 1), coordinator.id),
      apply(decide('returned', 1, 'x'), 'p-other'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await stored()).toMatchObject({ revision: 2 });
  });

  test('a report of another unit is neither corrected nor withdrawn, one that is not there not decided', async () => {
    await first();
    await refused(apply(revise(1, { unit: 'catp' })), 'reportUnknown');
    await refused(apply(withdraw(1, 'catp')), 'reportUnknown');
    await refused(apply({ ...decide('approved', 1), report: 'r2' } as Change, coordinator.id), 'reportUnknown');
  });

  test('a withdrawn report is no report any more, but its sender still sees it; an approved one stays', async () => {
    await store().ensurePersons(
      [
        { person: officer, address: home },
        { person: coordinator, address: desk },
      ],
      now,
    );
    await first();
    await apply(withdraw(1));
    expect(await store().reports()).toEqual([]);
    expect((await look(store(), privately(home))).ownReports).toMatchObject([{ id: 'r1', state: 'withdrawn' }]);
    expect((await look(store(), privately(desk))).allReports).toEqual([]);
    await refused(apply(revise(2)), 'reportChanged');
    await apply({ kind: 'submitReport', report: report(2) });
    await apply({ ...decide('approved', 1), report: 'r2' } as Change, coordinator.id);
    await refused(apply({ ...withdraw(2), report: 'r2' } as Change), 'reportChanged');
  });

  test('"không phát sinh" goes through the states as its own kind', async () => {
    await apply({ kind: 'submitReport', report: report(1, { nothing: true, values: {} }) });
    await apply(decide('approved', 1), coordinator.id);
    expect(await stored()).toMatchObject({ nothing: true, approved: { nothing: true, values: {} } });
    await apply(revise(2, { values: { buoi: 0 }, reason: 'có số liệu' }));
    expect(await stored()).toMatchObject({ nothing: false, before: { nothing: true }, approved: { nothing: true } });
  });

  test('an extension is asked for once and decided once', async () => {
    await store().ensurePersons(
      [
        { person: officer, address: home },
        { person: coordinator, address: desk },
      ],
      now,
    );
    for (const _ of [1, 2]) await apply({ kind: 'askExtension', extension: asked });
    expect(await store().extensions()).toStrictEqual([asked]);
    for (const from of [home, desk]) expect((await look(store(), privately(from))).extensions).toStrictEqual([asked]);
    const stranger = await look(store(), privately('web:stranger'));
    expect(stranger.extensions).toEqual([]);
    await apply({ kind: 'decideExtension', id: 'gh1', decision: 'granted', answer: null }, coordinator.id, now + 5);
    await refused(
      apply({ kind: 'decideExtension', id: 'gh1', decision: 'refused', answer: 'muộn' }, coordinator.id),
      'extensionDecided',
    );
    const granted = { ...asked, state: 'granted', decidedBy: coordinator.id };
    expect(await store().extensions()).toStrictEqual([granted]);
    expect((await look(store(), privately('web:stranger'))).extensions).toStrictEqual([granted]);
    expect((await audited()).map(({ action }) => action).slice(-2)).toEqual(['askExtension', 'decideExtension']);
  });

  test('colleagues and coordinators are known with the places where they can be written to', async () => {
    await store().ensurePersons(
      [
        { person: officer, address: home },
        { person: coordinator, address: desk },
        { person: colleague, address: 'web:thay' },
        { person: { id: 'p-khac', name: 'Khác', memberships: [{ unit: 'catp', role: 'officer' }] }, address: 'web:k' },
      ],
      now,
    );
    const seen = await look(store(), privately(home));
    expect(seen.contacts).toStrictEqual([
      { person: coordinator, addresses: [desk] },
      { person: colleague, addresses: ['web:thay'] },
    ]);
    expect(seen.colleagues).toStrictEqual([colleague]);
  });

  const people = () =>
    store().ensurePersons(
      [
        { person: officer, address: home },
        { person: colleague, address: desk },
      ],
      now,
    );
  const save = (person: string, session: Session) =>
    store().transaction((tx) => tx.saveSession(`person:${person}`, session, 0, now));

  test('a handover moves the unit and its open form once it is taken, and by nobody else', async () => {
    await people();
    await save(officer.id, { offered: [], draft });
    await apply({ kind: 'offerHandover', handover: offer });
    for (const from of [home, desk]) expect((await look(store(), privately(from))).handovers).toStrictEqual([offer]);
    await refused(apply({ kind: 'settleHandover', id: 'bg1', outcome: 'taken' }, coordinator.id), 'handoverSettled');
    await apply({ kind: 'settleHandover', id: 'bg1', outcome: 'taken' }, colleague.id);
    const giver = await look(store(), privately(home));
    const taker = await look(store(), privately(desk));
    // Without a unit they are a stranger where they write.
    expect(giver).toMatchObject({ person: null, session: { offered: [] }, handovers: [] });
    expect(giver.session.draft).toBeUndefined();
    expect(taker.session.draft).toStrictEqual({ ...draft, paused: true });
    await refused(apply({ kind: 'settleHandover', id: 'bg1', outcome: 'declined' }, colleague.id), 'handoverSettled');
  });

  test('a handover that is declined or cancelled changes nothing; a form of another unit stays', async () => {
    await people();
    await save(officer.id, { offered: [], draft: { ...draft, unit: 'catp' } });
    await apply({ kind: 'offerHandover', handover: offer });
    await apply({ kind: 'settleHandover', id: 'bg1', outcome: 'declined' }, colleague.id);
    await apply({ kind: 'offerHandover', handover: { ...offer, id: 'bg2' } });
    await apply({ kind: 'settleHandover', id: 'bg2', outcome: 'cancelled' });
    expect((await look(store(), privately(home))).person).toStrictEqual(officer);
    await apply({ kind: 'setRole', person: officer.id, unit: 'catp', from: null, to: 'officer' }, coordinator.id);
    await apply({ kind: 'offerHandover', handover: { ...offer, id: 'bg3' } });
    await apply({ kind: 'settleHandover', id: 'bg3', outcome: 'taken' }, colleague.id);
    expect((await look(store(), privately(home))).session.draft?.unit).toBe('catp');
    expect((await look(store(), privately(desk))).session.draft).toBeUndefined();
  });

  test('a new colleague takes over by using the invitation', async () => {
    await people();
    await save(officer.id, { offered: [], draft });
    const invitation = { codeHash: 'h9', unit: 'syt', role: 'officer' as const, expiresAt: now + 99, usedAt: null };
    await apply({ kind: 'offerHandover', handover: { ...offer, to: null, codeHash: 'h9' }, invitation });
    const person: Person = { id: 'p-moi', name: 'Mới', memberships: [] };
    await apply({ kind: 'redeemInvitation', codeHash: 'h9', address: 'web:moi', person }, 'p-moi');
    const taker = await look(store(), privately('web:moi'));
    expect(taker.person?.memberships).toEqual([{ unit: 'syt', role: 'officer' }]);
    expect(taker.session.draft).toStrictEqual({ ...draft, paused: true });
    expect((await look(store(), privately(home))).person).toBeNull();
  });

  test('whoever has left comes back by no code that was given out before', async () => {
    await people();
    await apply({ kind: 'offerLink', codeHash: 'h7', expiresAt: now + 99_999, person: officer.id }, coordinator.id);
    await apply({ kind: 'setRole', person: officer.id, unit: 'syt', from: 'officer', to: null }, coordinator.id);
    await refused(apply({ kind: 'linkAddress', codeHash: 'h7', address: 'web:other' }), 'linkUsed');
  });
}
