/** The schedule by the clock: exactly once over restarts, sleep, midnight and the end of a month; quiet hours; wishes. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Address, GroupChat } from '../../bot/core/types.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import type { Store } from '../../bot/store/port.ts';
import { type Bot, createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createLog } from '../../bot/work/log.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { recordingChannel } from '../support/recording-channel.ts';
import { sampleOf, sequence, testPlans, testReader, testRules, testTalks } from '../support/world.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => resetStore(store));

const SECOND = 1_000;
const at = (day: string, clock: string) => instantOf(day, clock);
const group: GroupChat = {
  address: 'web:g',
  title: 'Nhóm',
  scope: { kind: 'unit', unit: 'so-y-te' },
  digestAt: '07:30',
  without: ['picture'],
  linkedBy: 'x',
};
const link = (more: Partial<GroupChat> = {}, since = at('2026-06-01', '00:00')) =>
  store.transaction((tx) =>
    tx.apply({ kind: 'linkGroup', group: { ...group, ...more } }, { person: null, address: null, at: since }),
  );

interface Life {
  bot: Bot;
  /** First line of each message, with its place. */
  said: string[];
  /** Puts the clock forward; the process is awake or not. */
  sleepUntil(instant: number): void;
  wake(): Promise<string[]>;
}

/** A process that begins at an instant. */
function live(
  begins: number,
  refuse: (to: Address) => { reason: string; unreachable?: true } | null = () => null,
): Life {
  const said: string[] = [];
  const clock = createClock(begins, 1, () => 0);
  const channel = recordingChannel((to, part) => {
    const refused = refuse(to);
    if (refused) return { ok: false, retryable: false, ...refused };
    said.push(`${to} ${part.text[0]?.text.split('\n')[0]}`);
    return undefined;
  });
  const bot = createBot({
    ...{ store, clock, channels: [channel], chance: sequence(), rehearsal: false, log: createLog('silent') },
    ...{ plans: testPlans, reader: testReader, rules: testRules, talks: testTalks() },
  });
  return {
    bot,
    said,
    sleepUntil: clock.jumpTo,
    async wake() {
      await bot.tick();
      await bot.idle();
      return said.splice(0);
    },
  };
}

test('a restart at 07:29:59 and at 07:30:01: one digest', async () => {
  await link();
  const hour = at('2026-06-10', '07:30');
  expect(await live(hour - SECOND).wake()).toEqual([]);
  expect(await live(hour + SECOND).wake()).toEqual(['web:g Bản tin thứ Tư, 10/6/2026 · Sở Y tế']);
  expect(await live(hour + 2 * SECOND).wake()).toEqual([]);
});

test('two instances that wake in the same moment: one digest', async () => {
  await link();
  const lives = [1, 2, 3].map(() => live(at('2026-06-10', '07:30')));
  const said = await Promise.all(lives.map((one) => one.wake()));
  // What one has queued another may deliver.
  expect([...said.flat(), ...lives.flatMap((one) => one.said)]).toEqual(['web:g Bản tin thứ Tư, 10/6/2026 · Sở Y tế']);
});

test('three days asleep: only today’s, marked late; never yesterday’s', async () => {
  await link();
  const life = live(at('2026-06-09', '07:30'));
  expect(await life.wake()).toEqual(['web:g Bản tin thứ Ba, 09/6/2026 · Sở Y tế']);
  life.sleepUntil(at('2026-06-12', '05:00'));
  expect(await life.wake()).toEqual([]);
  life.sleepUntil(at('2026-06-13', '10:00'));
  expect(await life.wake()).toEqual(['web:g Bản tin thứ Bảy, 13/6/2026 · Sở Y tế']);
});

test('over midnight and the end of the month', async () => {
  await link({ digestAt: '23:59' });
  await link({ address: 'web:h', digestAt: '00:00' });
  const life = live(at('2026-06-30', '23:58'));
  expect(await life.wake()).toEqual(['web:h Bản tin thứ Ba, 30/6/2026 · Sở Y tế']);
  life.sleepUntil(at('2026-06-30', '23:59'));
  expect(await life.wake()).toEqual(['web:g Bản tin thứ Ba, 30/6/2026 · Sở Y tế']);
  life.sleepUntil(at('2026-07-01', '00:00'));
  expect(await life.wake()).toEqual(['web:h Bản tin thứ Tư, 01/7/2026 · Sở Y tế']);
  life.sleepUntil(at('2026-07-01', '23:58'));
  expect(await life.wake()).toEqual([]);
});

test('the opening, the weekly summary and the closing come once, in place of the daily digest', async () => {
  await link();
  const titles: string[] = [];
  for (const day of ['2026-06-01', '2026-06-02', '2026-06-08', '2026-07-05'])
    for (const clock of ['07:30', '12:00']) titles.push(...(await live(at(day, clock)).wake()));
  expect(titles.map((title) => title.replace(/^web:g | · .*$/g, ''))).toEqual([
    'Bản tin mở đầu, thứ Hai 01/6/2026',
    'Bản tin thứ Ba, 02/6/2026',
    'Bản tin tuần, thứ Hai 08/6/2026',
    'Bản tin tổng kết, Chủ nhật 05/7/2026',
  ]);
});

test('reminders: once a day, caught up until the evening, not at night and not on Sunday', async () => {
  await store.ensurePersons([{ person: sampleOf('Sở Y tế')!, address: 'web:yte' }], at('2026-06-01', '00:00'));
  const on = (day: string, clock: string) => live(at(day, clock)).wake();
  expect(await on('2026-06-12', '07:59')).toEqual([]);
  expect(await on('2026-06-12', '08:00')).toEqual(['web:yte Nhắc báo cáo · Sở Y tế']);
  expect(await on('2026-06-12', '08:01')).toEqual([]);
  expect(await on('2026-06-14', '09:00')).toEqual([]);
  expect(await on('2026-06-15', '21:00')).toEqual([]);
  expect(await on('2026-06-16', '20:59')).toEqual(['web:yte Nhắc báo cáo · Sở Y tế']);
});

test('an extension moves a unit’s reminders', async () => {
  const person = sampleOf('Sở Y tế')!;
  await store.ensurePersons([{ person, address: 'web:yte' }], at('2026-06-01', '00:00'));
  const by = { person: person.id, address: null, at: at('2026-06-10', '08:00') };
  const extension = {
    ...{ id: 'e1', unit: 'so-y-te', duty: 'kh64-2026/6-thang', days: 5, reason: 'x', state: 'asked' as const },
    ...{ askedBy: person.id, askedAt: by.at, decidedBy: null, answer: null },
  };
  await store.transaction((tx) => tx.apply({ kind: 'askExtension', extension }, by));
  await store.transaction((tx) =>
    tx.apply({ kind: 'decideExtension', id: 'e1', decision: 'granted', answer: null }, by),
  );
  expect(await live(at('2026-06-16', '08:00')).wake()).toEqual([]);
  // Five days later is a Saturday: the last reminder in time is on Friday.
  expect(await live(at('2026-06-19', '08:00')).wake()).toEqual(['web:yte Nhắc báo cáo · Sở Y tế']);
});

test('a place that cannot be reached is noted and left alone, until somebody speaks there', async () => {
  await link();
  let tries = 0;
  const refuse = () => {
    tries += 1;
    return { reason: 'Forbidden: bot was kicked from the group chat', unreachable: true as const };
  };
  await live(at('2026-06-09', '07:30'), refuse).wake();
  await live(at('2026-06-10', '07:30'), refuse).wake();
  expect(tries).toBe(1);
  const life = live(at('2026-06-11', '07:00'));
  await life.bot.receive({
    ...{ id: 'web:1', at: at('2026-06-11', '07:00'), from: 'web:an', kind: 'said', text: 'chào' },
    chat: { address: 'web:g', kind: 'group', addressed: false },
  });
  life.sleepUntil(at('2026-06-11', '07:30'));
  expect(await life.wake()).toEqual(['web:g Bản tin thứ Năm, 11/6/2026 · Sở Y tế']);
});

test('what waited for the end of the quiet hours is sent by the clock, not by real time', async () => {
  const send = { to: 'web:yte' as const, reply: { text: [{ as: 'text' as const, text: 'Nhắc' }] }, key: 'nudge/1/p' };
  const night = at('2026-06-16', '21:30');
  await store.transaction((tx) => tx.send({ ...send, notBefore: at('2026-06-17', '06:30') }, night));
  const life = live(night);
  expect(await life.wake()).toEqual([]);
  life.sleepUntil(at('2026-06-17', '06:29'));
  expect(await life.wake()).toEqual([]);
  life.sleepUntil(at('2026-06-17', '06:30'));
  expect(await life.wake()).toEqual(['web:yte Nhắc']);
});

test('a changed plan is told once to those concerned, and asks for "Đã nhận"', async () => {
  await store.ensurePersons([{ person: sampleOf('Sở Y tế')!, address: 'web:yte' }], at('2026-06-01', '00:00'));
  const noon = at('2026-06-10', '12:00');
  expect(await live(noon).wake()).toEqual([]);
  const known = JSON.parse((await store.setting('plans-announced'))!) as Record<string, string>;
  await store.saveSetting('plans-announced', JSON.stringify({ ...known, 'kh64-2026': 'older' }));
  expect(await live(at('2026-06-10', '23:00')).wake()).toEqual([]);
  const tomorrow = at('2026-06-11', '08:00');
  expect(await live(tomorrow).wake()).toEqual(['web:yte Kế hoạch có thay đổi: KH 64/KH-BCĐ']);
  expect(await live(tomorrow).wake()).toEqual([]);
});
