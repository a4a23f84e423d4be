/** The record is checked once a day and noted; the chat tells of it, hands it over, and forgets whoever has left. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { allowed } from '../../bot/core/rights.ts';
import type { Here } from '../../bot/core/talk.ts';
import type { Person } from '../../bot/core/types.ts';
import { checkExported, exportRecord } from '../../bot/store/export-record.ts';
import type { Store } from '../../bot/store/port.ts';
import { forget, record } from '../../bot/talk/record.ts';
import { createPapers } from '../../bot/work/papers.ts';
import { checkDaily } from '../../bot/work/record.ts';
import { databaseOf, openTestStore, resetStore } from '../support/database.ts';
import { testPlans, testRules } from '../support/world.ts';

const AT = Date.parse('2026-06-10T08:00:00+07:00');
const DAY = 86_400_000;
const home = 'web:d' as const;
const coordinator: Person = { id: 'd', name: 'Trần Văn Đức', memberships: [{ unit: 'catp', role: 'coordinator' }] };
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await resetStore(store);
  await store.ensurePersons([{ person: coordinator, address: home }], AT);
});

const quiet = (until: string) =>
  store.transaction((tx) =>
    tx.apply({ kind: 'setQuiet', quiet: { until } }, { person: coordinator.id, address: home, at: AT }),
  );
const said = (turn: ReturnType<typeof record.answer>) => turn.reply!.text.map(({ text }) => text).join('\n');
const here = async (person = coordinator) =>
  ({
    event: { chat: { kind: 'private', address: home } },
    world: { person, today: '2026-06-10', now: AT, desk: await store.transaction((tx) => tx.desk()) },
  }) as unknown as Here;

test('a whole record is noted, and told by its last place', async () => {
  expect(said(record.answer({ do: 'state' }, await here()))).toContain('chưa được kiểm tra');
  await quiet('2026-06-11');
  expect(await checkDaily(store, AT)).toEqual([]);
  const { last } = await store.checkRecord(null);
  const told = said(record.answer({ do: 'state' }, await here()));
  expect(told).toContain('Nhật ký nguyên vẹn');
  expect(told).toContain(`Dòng cuối: 2, mã ${last!.hash}`);
  const stranger = await here({ ...coordinator, memberships: [{ unit: 'so-y-te', role: 'officer' }] });
  expect(said(record.answer({ do: 'state' }, stranger))).toContain('chưa có quyền');
});

test('a broken one is told to the coordinators each day, even when its end was only cut off and written anew', async () => {
  await quiet('2026-06-11');
  await quiet('2026-06-12');
  await checkDaily(store, AT);
  await databaseOf(store).pool.query(
    'DO $$ BEGIN SET LOCAL session_replication_role = replica; DELETE FROM audit_log WHERE seq = 3; END $$',
  );
  await quiet('2026-06-30');
  for (const day of [1, 2]) expect(await checkDaily(store, AT + day * DAY)).toEqual([home]);
  expect(await checkDaily(store, AT + 2 * DAY)).toEqual([]);
  const letter = await store.outbox.claim(home, AT + DAY, 1);
  expect(letter!.reply.text[0]!.text).toContain('nhật ký KHÔNG nguyên vẹn, 1 chỗ sai, chỗ đầu ở dòng 3');
  expect(said(record.answer({ do: 'state' }, await here()))).toContain('KHÔNG nguyên vẹn');
});

test('the file that a chat hands over has no personal data and can be checked', async () => {
  await quiet('2026-06-11');
  const { paper } = record.answer({ do: 'export' }, await here()).reply!;
  const papers = createPapers({
    store,
    plans: testPlans,
    figures: [],
    layouts: [],
    rules: testRules,
    inviteLinks: () => [],
    rehearsal: false,
  });
  const file = Buffer.from((await papers.make(paper!))!.bytes).toString('utf8');
  expect(file).not.toContain(coordinator.name);
  expect(file).not.toContain(home);
  const whole = await store.checkRecord(null);
  expect(await checkExported(file.split('\n'), whole.last)).toEqual(whole);
  expect((await checkExported(file.split('\n').toSpliced(1, 1), null)).faults).not.toEqual([]);
  const full: string[] = [];
  for await (const line of exportRecord(store, true)) full.push(line);
  expect(full.join('')).toContain(coordinator.name);
  await expect(checkExported(['{"record":"other"}'], null)).rejects.toThrow('line 1');
  await expect(checkExported([], null)).rejects.toThrow('empty');
});

test('an administrator forgets whoever has left, and nobody else does', async () => {
  const gone = { id: 'p', name: 'Nguyễn Thị Hạnh', memberships: [] };
  await store.ensurePersons([{ person: gone, address: null }], AT);
  const administrator: Person = { ...coordinator, memberships: [{ unit: 'catp', role: 'administrator' }] };
  const admin = await here(administrator);
  expect(forget.answer({ do: 'list' }, admin).reply!.offers!.map(({ label }) => label)).toEqual([gone.name]);
  expect(said(forget.answer({ do: 'list' }, await here()))).toContain('dành cho quản trị');
  // Who still has a part in a unit is not on the list, whatever is asked for.
  expect(forget.answer({ do: 'forget', person: coordinator.id, sure: true }, admin).changes).toBeUndefined();
  expect(forget.answer({ do: 'forget', person: gone.id, sure: false }, admin).changes).toBeUndefined();
  const { changes } = forget.answer({ do: 'forget', person: gone.id, sure: true }, admin);
  expect(
    [administrator, coordinator, null].map((who) => allowed(changes![0]!, who, admin.event, false, testRules)),
  ).toEqual([true, false, false]);
  await store.transaction((tx) => tx.apply(changes![0]!, { person: coordinator.id, address: home, at: AT }));
  expect(forget.answer({ do: 'list' }, await here(administrator)).reply!.offers).toBeUndefined();
  expect((await store.checkRecord(null)).faults).toEqual([]);
});
