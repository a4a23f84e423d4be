/** Extraordinary reports are called out again until somebody has acknowledged them, once each time, at any hour. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { allowed } from '../../bot/core/rights.ts';
import type { Address, Change, Event, Person } from '../../bot/core/types.ts';
import type { NewMatter } from '../../bot/desk/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { escalateUrgent } from '../../bot/work/schedule-urgent.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { testPlans, testRules } from '../support/world.ts';

/** A Saturday, late in the evening. */
const AT = Date.parse('2026-06-13T22:40:00+07:00');
const MINUTE = 60_000;
const of = (id: string, unit: string, role: Person['memberships'][number]['role']): Person => ({
  ...{ id, name: id, memberships: [{ unit, role }] },
  quiet: { until: '2026-06-30' },
});
const people = {
  officer: of('officer', 'phuong-le-chan', 'officer'),
  coordinator: of('coordinator', 'catp', 'coordinator'),
  duty: of('duty', 'catp', 'officer'),
  home: of('home', 'so-noi-vu', 'officer'),
  stranger: of('stranger', 'so-y-te', 'head'),
};
const addressOf = ({ id }: Person): Address => `web:${id}`;
const group: Address = 'web:nhom';
const matter: NewMatter = {
  ...{ id: 'm1', number: 'DX-2026-00001', kind: 'urgent', unit: 'phuong-le-chan', by: 'officer', at: AT },
  ...{ text: 'cháy kho', task: null, nominee: null, grounds: null, urgency: 'hoaToc' },
};

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
const by = (person: Person, change: Change, at = AT) =>
  store.transaction((tx) => tx.apply(change, { person: person.id, address: addressOf(person), at }));
beforeEach(async () => {
  await resetStore(store);
  await store.ensurePersons(
    Object.values(people).map((person) => ({ person, address: addressOf(person) })),
    AT,
  );
  const agency = { address: group, title: 'CATP', digestAt: '07:30', linkedBy: 'coordinator' };
  await by(people.coordinator, { kind: 'linkGroup', group: { ...agency, scope: { kind: 'unit', unit: 'catp' } } });
  await by(people.officer, { kind: 'raiseMatter', matter });
});

const escalate = (minutes: number) =>
  escalateUrgent({ store, plans: testPlans, rules: testRules }, AT + minutes * MINUTE);
const steps = async () => (await store.register()).matters[0]!.steps.map(({ kind }) => kind);
const acknowledge = (revision: number) =>
  by(people.duty, {
    ...{ kind: 'stepMatter', matter: 'm1', of: 'urgent', unit: 'phuong-le-chan', revision, text: null },
    step: 'acknowledged',
  });

test('to the group and everybody of the standing agency, and once to the sender; whatever they have put to silence', async () => {
  expect(await escalate(9)).toEqual([]);
  expect((await escalate(10)).toSorted()).toEqual(['web:coordinator', 'web:duty', 'web:nhom', 'web:officer']);
  expect(await escalate(11)).toEqual([]);
  expect((await escalate(20)).toSorted()).toEqual(['web:coordinator', 'web:duty', 'web:nhom']);
  expect(await steps()).toEqual(['escalated', 'escalated']);
});

test('two instances at once say it once', async () => {
  const both = await Promise.all([escalate(10), escalate(10)]);
  expect(both.map(({ length }) => length).toSorted()).toEqual([0, 4]);
  expect(await steps()).toEqual(['escalated']);
});

test('after an hour without the bot it is said once, and no more than three times are counted', async () => {
  expect(await escalate(75)).toHaveLength(4);
  expect(await escalate(300)).toEqual([]);
  expect(await steps()).toEqual(['escalated', 'escalated', 'escalated']);
});

test('whoever acknowledges ends it', async () => {
  await acknowledge(0);
  expect(await escalate(10)).toEqual([]);
});

test('an acknowledgement and a call at the same time: one of them is first, and the record has both or the one', async () => {
  const [taken, called] = await Promise.allSettled([acknowledge(0), escalate(10)]);
  const now = await steps();
  if (taken.status === 'fulfilled') expect(now).toEqual(['acknowledged']);
  else expect(now).toEqual(['escalated']);
  expect(called.status).toBe('fulfilled');
  expect((await store.checkRecord(null)).faults).toEqual([]);
});

test('rights: the unit raises and answers for itself, the standing agency looks after it, Sở Nội vụ after nominations', () => {
  const event = { kind: 'said', chat: { kind: 'private' } } as Event;
  const may = (change: Change) =>
    Object.entries(people)
      .filter(([, person]) => allowed(change, person, event, false, testRules))
      .map(([name]) => name);
  const step = (of: NewMatter['kind'], kind: Extract<Change, { kind: 'stepMatter' }>['step']): Change => ({
    ...{ kind: 'stepMatter', matter: 'm', of, unit: 'phuong-le-chan', revision: 0, step: kind, text: null },
  });
  expect(may({ kind: 'raiseMatter', matter })).toEqual(['officer']);
  expect(may(step('obstacle', 'answered'))).toEqual(['coordinator', 'duty']);
  expect(may(step('obstacle', 'closed'))).toEqual(['officer']);
  expect(may(step('obstacle', 'awarded'))).toEqual([]);
  expect(may(step('urgent', 'acknowledged'))).toEqual(['coordinator', 'duty']);
  expect(may(step('urgent', 'escalated'))).toEqual([]);
  expect(may(step('commendation', 'listed'))).toEqual(['coordinator', 'duty', 'home']);
  expect(may(step('model', 'approved'))).toEqual(['coordinator', 'duty']);
  const mark = { unit: 'phuong-le-chan', task: 't', note: null };
  expect(may({ kind: 'markTask', mark: { ...mark, state: 'done' } })).toEqual(['officer', 'coordinator']);
  expect(may({ kind: 'markTask', mark: { ...mark, state: 'confirmed' } })).toEqual(['coordinator']);
  expect(may({ kind: 'forgetPerson', person: 'p' })).toEqual([]);
});
