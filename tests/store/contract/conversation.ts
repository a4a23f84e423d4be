import { expect, test } from 'vitest';
import type { Session } from '../../../bot/core/types.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import {
  actor,
  coordinator,
  desk,
  group,
  home,
  inGroup,
  linked,
  look,
  now,
  officer,
  privately,
  report,
} from './things.ts';

const session: Session = {
  draft: {
    id: 'd1',
    form: 'nhanh',
    version: 2,
    unit: 'syt',
    duty: null,
    step: 3,
    values: { buoi: 0, ghiChu: 'Ma túy: "không"', tien: 1.5 },
    paused: true,
    startedOn: '2026-06-10',
    asking: 'cancel',
  },
  offered: [{ token: 'a1', label: 'Bỏ qua', ask: { talk: 'form', args: { step: 1, list: [true, null, 'x'] } } }],
  focus: { ask: { talk: 'tasks', args: null }, intent: 'unit_tasks', unit: 'syt', plan: 'kh', shown: ['kh/IV.2/1'] },
};

export function conversationContract(store: StoreOf): void {
  const people = () =>
    store().ensurePersons(
      [
        { person: officer, address: home },
        { person: coordinator, address: desk },
      ],
      now,
    );
  const submit = (...numbers: number[]) =>
    store().transaction(async (tx) => {
      for (const n of numbers) {
        const unit = n % 2 ? 'syt' : 'catp';
        await tx.apply({ kind: 'submitReport', report: report(n, { unit }) }, actor(officer.id));
      }
    });

  test('an event is seen for the first time once', async () => {
    const see = () => store().transaction((tx) => tx.firstSight('telegram/77', now));
    expect(await see()).toBe(true);
    expect(await see()).toBe(false);
    expect(await store().transaction((tx) => tx.firstSight('telegram/78', now))).toBe(true);
  });

  test('an event of a transaction that failed was not seen', async () => {
    const failing = store().transaction(async (tx) => {
      await tx.firstSight('telegram/79', now);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store().transaction((tx) => tx.firstSight('telegram/79', now))).toBe(true);
  });

  test('a stranger has an empty conversation under their address', async () => {
    expect(await look(store(), privately(home))).toStrictEqual({
      seen: false,
      person: null,
      register: { matters: [], marks: [] },
      agencyGroups: [],
      colleagues: [],
      contacts: [],
      extensions: [],
      handovers: [],
      group: null,
      invitation: null,
      link: null,
      places: [],
      joining: null,
      taught: [],
      sessionKey: home,
      session: { offered: [] },
      revision: 0,
      ownReports: [],
      allReports: null,
      nextReceipt: 1,
    });
  });

  test('a registered person has one conversation on every channel', async () => {
    await people();
    await store().transaction((tx) =>
      tx.apply({ kind: 'becomeSample', address: 'web:x', person: officer.id }, actor(null)),
    );
    const here = await look(store(), privately(home));
    expect(here.person).toStrictEqual(officer);
    expect(here.sessionKey).toBe(`person:${officer.id}`);
    expect(await look(store(), privately('web:x'))).toStrictEqual(here);
  });

  test('a group has a conversation of its own, whoever speaks', async () => {
    await people();
    const one = await look(store(), inGroup(home));
    expect(one).toMatchObject({ sessionKey: group, person: officer, group: null, allReports: null });
    expect((await look(store(), inGroup('telegram:9'))).sessionKey).toBe(group);
  });

  test('a session is kept with every detail and a revision that grows', async () => {
    const save = (revision: number) => store().transaction((tx) => tx.saveSession(home, session, revision, now));
    expect(await save(0)).toBe(true);
    expect(await look(store(), privately(home))).toMatchObject({ revision: 1 });
    expect((await look(store(), privately(home))).session).toStrictEqual(session);
    expect(await save(1)).toBe(true);
    expect(await look(store(), privately(home))).toMatchObject({ revision: 2 });
  });

  test('a session that somebody else saved meanwhile is not overwritten', async () => {
    const save = (offered: Session['offered'], revision: number) =>
      store().transaction((tx) => tx.saveSession(home, { offered }, revision, now));
    await save(session.offered, 0);
    expect(await save([], 0)).toBe(false);
    expect(await save([], 2)).toBe(false);
    expect((await look(store(), privately(home))).session.offered).toStrictEqual(session.offered);
  });

  test('what cannot be stored in PostgreSQL does not stop a conversation', async () => {
    const odd: Session = { offered: [{ token: 't', label: 'a\0b\uD83D', ask: { talk: 'x', args: '\0' } }] };
    expect(await store().transaction((tx) => tx.saveSession(home, odd, 0, now))).toBe(true);
    expect((await look(store(), privately(home))).session.offered[0]).toStrictEqual({
      token: 't',
      label: 'ab\uFFFD',
      ask: { talk: 'x', args: '' },
    });
    expect(await store().transaction((tx) => tx.firstSight('web/\0', now))).toBe(true);
  });

  test('a session that cannot be read is put aside and the conversation begins afresh', async () => {
    const { prisma } = databaseOf(store());
    await prisma.session.create({ data: { key: home, revision: 4, state: { draft: 17 }, updatedAt: new Date(now) } });
    for (let time = 0; time < 2; time++)
      expect(await look(store(), privately(home))).toMatchObject({ session: { offered: [] }, revision: 4 });
    const [aside, ...more] = await prisma.setAsideSession.findMany();
    expect(more).toEqual([]);
    expect(aside).toMatchObject({ key: home, revision: 4, state: { draft: 17 } });
    expect(aside!.reason).toContain('draft');
    expect(await store().transaction((tx) => tx.saveSession(home, { offered: [] }, 4, now))).toBe(true);
    expect(await look(store(), privately(home))).toMatchObject({ revision: 5 });
  });

  test('an officer sees the reports of their own units, newest first', async () => {
    await people();
    await submit(1, 2, 3);
    const seen = await look(store(), privately(home));
    expect(seen.ownReports).toStrictEqual([report(3), report(1)]);
    expect(seen.allReports).toBeNull();
    expect(seen.nextReceipt).toBe(4);
  });

  test('a coordinator and a linked group see the reports of all', async () => {
    await people();
    await submit(1, 2, 3);
    const all = [report(3), report(2, { unit: 'catp' }), report(1)];
    const atDesk = await look(store(), privately(desk));
    expect(atDesk.allReports).toStrictEqual(all);
    expect(atDesk.ownReports).toStrictEqual([all[1]]);
    expect((await look(store(), inGroup(home))).allReports).toBeNull();
    await store().transaction((tx) => tx.apply({ kind: 'linkGroup', group: linked() }, actor(coordinator.id)));
    const inLinked = await look(store(), inGroup('telegram:9'));
    expect(inLinked.group).toStrictEqual(linked());
    expect(inLinked.allReports).toStrictEqual(all);
    expect(inLinked.ownReports).toEqual([]);
    expect(await store().reports()).toStrictEqual(all);
  });

  test('receipts are numbered in each year', async () => {
    await submit(1, 2);
    await store().transaction((tx) =>
      tx.apply({ kind: 'submitReport', report: report(9, { receipt: 'BC-2025-00041' }) }, actor(officer.id)),
    );
    expect((await look(store(), privately(home), 2026)).nextReceipt).toBe(3);
    expect((await look(store(), privately(home), 2025)).nextReceipt).toBe(42);
    expect((await look(store(), privately(home), 2027)).nextReceipt).toBe(1);
  });

  test('the store is not to be used inside its own transaction', async () => {
    const misuse = store().transaction(async (tx) => {
      await tx.firstSight('e', now);
      await store().persons();
    });
    await expect(misuse).rejects.toThrow('inside a transaction');
    const nested = store().transaction(() => store().transaction(async () => 1));
    await expect(nested).rejects.toThrow('inside a transaction');
    const enqueued = store().transaction(() => store().jobs.later('tick', 't', 0));
    await expect(enqueued).rejects.toThrow('inside a transaction');
    expect(await store().transaction((tx) => tx.firstSight('e', now))).toBe(true);
  });
}
