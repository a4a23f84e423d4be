import { beforeEach, expect, test } from 'vitest';
import type { Change } from '../../../bot/core/types.ts';
import type { NewMatter } from '../../../bot/desk/types.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import { actor, coordinator, desk, home, linked, look, minute, now, officer, privately } from './things.ts';

const obstacle = (n = 1, more: Partial<NewMatter> = {}): NewMatter => ({
  ...{ id: `m${n}`, number: `VM-2026-0000${n}`, kind: 'obstacle', unit: 'syt', by: officer.id, at: now },
  ...{ text: 'chưa có mẫu', task: null, nominee: null, grounds: null, urgency: null },
  ...more,
});

export function registerContract(store: StoreOf): void {
  const apply = (change: Change, person = officer.id, at = now) =>
    store().transaction((tx) => tx.apply(change, actor(person, at)));
  const raise = (matter: NewMatter) => apply({ kind: 'raiseMatter', matter });
  const step = (revision: number, more: Partial<Extract<Change, { kind: 'stepMatter' }>> = {}): Change => ({
    ...{
      kind: 'stepMatter',
      matter: 'm1',
      of: 'obstacle',
      unit: 'syt',
      revision,
      step: 'answered',
      text: 'dùng mẫu 01',
    },
    ...more,
  });
  const audited = async () =>
    (await databaseOf(store()).prisma.auditEntry.findMany({ orderBy: { id: 'asc' } }))
      .filter(({ action }) => action !== 'ensurePerson')
      .map(({ action, subject }) => `${action} ${subject}`);

  beforeEach(() =>
    store().ensurePersons(
      [
        { person: officer, address: home },
        { person: coordinator, address: desk },
      ],
      now,
    ),
  );

  test('a matter is raised once, whole, and seen by everybody at their next word', async () => {
    expect((await look(store(), privately(home))).register.matters).toEqual([]);
    const nominee = { kind: 'person' as const, name: 'đồng chí An' };
    const matter = obstacle(1, { kind: 'commendation', number: 'KT-2026-00001', nominee, grounds: 'p/1' });
    await raise(matter);
    await raise(matter);
    const seen = (await look(store(), privately(desk))).register;
    expect(seen.matters).toEqual([{ ...matter, steps: [] }]);
    expect(await store().register()).toEqual(seen);
    expect(await audited()).toEqual(['raiseMatter matter:KT-2026-00001']);
  });

  test('of two that take one number, the second is refused', async () => {
    await raise(obstacle());
    await expect(raise(obstacle(2, { number: 'VM-2026-00001' }))).rejects.toMatchObject({ reason: 'numberTaken' });
    expect((await store().register()).matters).toHaveLength(1);
  });

  test('steps stand on those that were seen', async () => {
    await raise(obstacle());
    await apply(step(0), coordinator.id, now + minute);
    await expect(apply(step(0), coordinator.id)).rejects.toMatchObject({ reason: 'matterChanged' });
    await expect(apply(step(1, { step: 'awarded' }))).rejects.toMatchObject({ reason: 'matterChanged' });
    await expect(apply(step(1, { unit: 'catp' }))).rejects.toMatchObject({ reason: 'matterUnknown' });
    await expect(apply(step(1, { of: 'urgent' }))).rejects.toMatchObject({ reason: 'matterUnknown' });
    await apply(step(1, { step: 'closed', text: null }));
    const [matter] = (await look(store(), privately(home))).register.matters;
    expect(matter!.steps).toEqual([
      { kind: 'answered', by: coordinator.id, at: now + minute, text: 'dùng mẫu 01' },
      { kind: 'closed', by: officer.id, at: now, text: null },
    ]);
    expect(await audited()).toHaveLength(3);
  });

  test('two steps at once: one is taken', async () => {
    await raise(obstacle());
    const both = await Promise.allSettled([apply(step(0), coordinator.id), apply(step(0), coordinator.id)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await store().register()).matters[0]!.steps).toHaveLength(1);
  });

  test('the same mark again is none; what is refused leaves nothing', async () => {
    const mark = { unit: 'syt', task: 'p/1', state: 'blocked' as const, note: 'thiếu kinh phí' };
    await apply({ kind: 'markTask', mark });
    await apply({ kind: 'markTask', mark });
    await apply({ kind: 'markTask', mark: { ...mark, state: 'cleared', note: null } });
    const { marks } = (await look(store(), privately(home))).register;
    expect(marks.map(({ state, note, by }) => [state, note, by])).toEqual([
      ['blocked', 'thiếu kinh phí', officer.id],
      ['cleared', null, officer.id],
    ]);
    const failing = store().transaction(async (tx) => {
      await tx.apply({ kind: 'raiseMatter', matter: obstacle() }, actor(officer.id));
      throw new Error('not this time');
    });
    await expect(failing).rejects.toThrow('not this time');
    expect((await look(store(), privately(home))).register.matters).toEqual([]);
  });

  test('what the standing agency has confirmed, only it takes back', async () => {
    const mark = { unit: 'syt', task: 'p/1', note: null };
    await apply({ kind: 'markTask', mark: { ...mark, state: 'confirmed' } }, coordinator.id);
    const own = apply({ kind: 'markTask', mark: { ...mark, state: 'begun' } });
    await expect(own).rejects.toMatchObject({ reason: 'markConfirmed' });
    await apply({ kind: 'markTask', mark: { ...mark, state: 'cleared' } }, coordinator.id);
    expect((await store().register()).marks.map(({ state }) => state)).toEqual(['confirmed', 'cleared']);
  });

  test("the standing agency's groups are those linked to it", async () => {
    const group = { ...linked(), scope: { kind: 'unit' as const, unit: 'catp' } };
    await apply({ kind: 'linkGroup', group }, coordinator.id);
    await apply({ kind: 'linkGroup', group: { ...linked('telegram:-2'), scope: { kind: 'city' } } }, coordinator.id);
    const { agencyGroups } = await look(store(), privately(home), 2026, 'catp');
    expect(agencyGroups).toEqual([group.address]);
    // One that the bot was put out of would hear of nothing: then the coordinators do.
    await store().outbox.unreachable(group.address, 'kicked', now);
    expect((await look(store(), privately(home), 2026, 'catp')).agencyGroups).toEqual([]);
    expect((await look(store(), privately(home))).agencyGroups).toEqual([]);
  });
}
