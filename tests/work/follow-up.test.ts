/** From chat to delivery: a deputy gets the reminders of who is away; a message to all is stopped while some still wait. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Sent } from '../../bot/channels/channel.ts';
import type { Address, Person, Reply } from '../../bot/core/types.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import type { Store } from '../../bot/store/port.ts';
import { createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createLog } from '../../bot/work/log.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { recordingChannel } from '../support/recording-channel.ts';
import { sequence, testPlans, testReader, testRules, testTalks } from '../support/world.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => resetStore(store));

const person = (id: string, unit: string, role: 'officer' | 'coordinator'): { person: Person; address: Address } => ({
  person: { id, name: `Cán bộ ${id}`, memberships: [{ unit, role }] },
  address: `web:${id}`,
});

/** A bot that people write to; `refuse` decides what the platform does with a message. */
function live(begins: number, refuse: (to: Address) => Extract<Sent, { ok: false }> | null = () => null) {
  const clock = createClock(begins, 1, () => 0);
  const told = new Map<Address, Reply[]>();
  const channel = recordingChannel((to, part) => {
    const refused = refuse(to);
    if (refused) return refused;
    told.set(to, [...(told.get(to) ?? []), { text: part.text, choices: part.choices }]);
    return undefined;
  });
  const bot = createBot({
    ...{ store, clock, channels: [channel], chance: sequence(), rehearsal: false, log: createLog('silent') },
    ...{ plans: testPlans, reader: testReader, rules: testRules, talks: testTalks() },
  });
  let n = 0;
  const event = (from: Address) => ({
    ...{ id: `web:${++n}`, at: clock.now(), from },
    chat: { address: from, kind: 'private' as const, addressed: true },
  });
  const heard = (who: Address) => (told.get(who) ?? []).map(({ text }) => text.map((t) => t.text).join('\n'));
  return {
    bot,
    clock,
    heard,
    async says(from: Address, text: string) {
      await bot.receive({ ...event(from), kind: 'said', text });
      await bot.idle();
      return heard(from).at(-1);
    },
    async chooses(from: Address, label: string) {
      const choice = told
        .get(from)
        ?.at(-1)
        ?.choices?.find((c) => c.label === label);
      if (!choice) throw new Error(`no choice ${label}`);
      await bot.receive({ ...event(from), kind: 'chose', token: choice.token });
      await bot.idle();
      return heard(from).at(-1);
    },
    async wakeAt(instant: number) {
      clock.jumpTo(instant);
      await bot.tick();
      await bot.idle();
    },
  };
}

test('who is away names a colleague, who gets the reminders until then', async () => {
  await store.ensurePersons([person('mot', 'so-y-te', 'officer'), person('hai', 'so-y-te', 'officer')], 0);
  const life = live(instantOf('2026-06-10', '09:00'));
  expect(await life.says('web:mot', '/vang den 20/6')).toContain('20/6');
  expect(await life.chooses('web:mot', 'Cán bộ hai')).toContain('Cán bộ hai');
  const before = life.heard('web:mot').length;

  // Three days before the report of six months, a Friday.
  await life.wakeAt(instantOf('2026-06-12', '08:00'));
  expect(life.heard('web:mot')).toHaveLength(before);
  const [reminder, ...more] = life.heard('web:hai');
  expect(more).toEqual([]);
  expect(reminder).toContain('Báo cáo 6 tháng');

  // Back before the Action Month's report is due.
  await life.wakeAt(instantOf('2026-07-03', '08:00'));
  expect(life.heard('web:mot').at(-1)).toContain('Báo cáo Tháng hành động');
});

test('a message to all groups is stopped in flight: who has it keeps it, who waits never gets it', async () => {
  const since = instantOf('2026-06-01', '08:00');
  await store.ensurePersons([person('dieu-phoi', 'catp', 'coordinator')], since);
  for (const address of ['web:g1', 'web:g2'] as const)
    await store.transaction((tx) =>
      tx.apply(
        {
          kind: 'linkGroup',
          group: { address, title: address, scope: { kind: 'city' }, digestAt: '23:00', linkedBy: 'dieu-phoi' },
        },
        { person: 'dieu-phoi', address: null, at: since },
      ),
    );
  let slow = true;
  const life = live(instantOf('2026-06-10', '09:00'), (to) =>
    slow && to === 'web:g2' ? { ok: false, retryable: true, after: 60_000, reason: 'too many requests' } : null,
  );
  await life.says('web:dieu-phoi', '/guitatca Họp giao ban 8h00');
  expect(await life.chooses('web:dieu-phoi', 'Gửi 2 nhóm')).toContain('2 nơi');
  expect(life.heard('web:g1')).toHaveLength(1);
  expect(life.heard('web:g2')).toEqual([]);
  await life.chooses('web:dieu-phoi', 'Dừng gửi');
  slow = false;
  await life.wakeAt(instantOf('2026-06-10', '09:05'));
  expect(life.heard('web:g2')).toEqual([]);
  expect(await life.says('web:dieu-phoi', '/guitatca')).toContain(
    'Đã gửi 1/2; đang chờ 0; đã dừng 1; không đến được 0.',
  );
});
