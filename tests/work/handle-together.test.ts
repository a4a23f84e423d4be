/** Events that come at once are stored together; what cannot be is stored by itself. On a real database. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createConverse } from '../../bot/core/converse.ts';
import type { AnyTalk } from '../../bot/core/talk.ts';
import type { Event } from '../../bot/core/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { createHandle } from '../../bot/work/handle.ts';
import { createLog } from '../../bot/work/log.ts';
import { databaseOf, openTestStore, resetStore } from '../support/database.ts';
import { sampleOf, sequence, testPlans, testReader, testRules } from '../support/world.ts';

const AT = Date.parse('2026-06-10T08:00:00+07:00');
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.saveBook(testPlans.book);
});
afterAll(() => store.close());
beforeEach(() => resetStore(store, { keepBook: true }));

/** Counts in the session what it has heard; "đổi …" changes something besides, "hỏng" fails. */
const args = z.object({ text: z.string() });
const counting: AnyTalk = {
  id: 't',
  args,
  hear: ({ text }) => ({ text }),
  answer(told, here) {
    const { text } = args.parse(told);
    if (text === 'hỏng') throw new Error('hỏng');
    const shown = [...(here.session.focus?.shown ?? []), text];
    return {
      reply: { text: [{ as: 'text', text: shown.join(' + ') }] },
      focus: { ask: { talk: 't', args: {} }, shown },
      ...(text.startsWith('đổi') && {
        changes: [{ kind: 'noteQuestion', id: here.world.chance, key: text, text, why: 'choice' }],
      }),
    };
  },
};

function bot(seen: string[] = []) {
  const saveTurns = vi.fn(store.saveTurns);
  const handle = createHandle({
    store: { ...store, saveTurns },
    converse: createConverse([
      {
        ...counting,
        answer(told, here) {
          seen.push(args.parse(told).text);
          return counting.answer(told, here);
        },
      },
    ]),
    ...{ plans: testPlans, reader: testReader, rules: testRules, rehearsal: false, leaseMs: 60_000 },
    ...{ now: () => AT, chance: sequence(), log: createLog('silent') },
  });
  return { handle, batches: () => saveTurns.mock.calls.map(([turns]) => turns.length) };
}

const said = (who: string, text: string, id = `${who}/${text}`): Event => ({
  ...{ id, at: AT, from: `web:${who}`, kind: 'said', text },
  chat: { address: `web:${who}`, kind: 'private', addressed: true },
});

async function answers(): Promise<string[]> {
  const rows = await databaseOf(store).prisma.outgoing.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ address, reply }) => `${address}: ${(reply as { text: { text: string }[] }).text[0]!.text}`);
}

const people = ['an', 'ba', 'ca', 'du', 'em', 'ga'];

test('the first goes at once, the others together', async () => {
  const { handle, batches } = bot();
  const first = handle(said('an', 'một'));
  await new Promise(setImmediate);
  const others = people.slice(1).map((who) => handle(said(who, 'một')));
  await Promise.all([first, ...others]);
  expect(batches()).toEqual([1, 5]);
  expect((await answers()).sort()).toEqual(people.map((who) => `web:${who}: một`));
  await Promise.all(people.map((who) => handle(said(who, 'hai'))));
  expect((await answers()).slice(-6).sort()).toEqual(people.map((who) => `web:${who}: một + hai`));
  expect(batches()).toEqual([1, 5, 6]);
});

test('what is queued is claimed for whoever delivers it, unless something is queued before', async () => {
  const { handle } = bot();
  const queued = await Promise.all(people.map((who) => handle(said(who, 'một'))));
  for (const [i, [due]] of queued.entries()) {
    expect(due).toMatchObject({ to: `web:${people[i]}`, claimed: { to: `web:${people[i]}`, attempts: 1 } });
    expect(await store.outbox.claim(due!.to, AT, 1000)).toBeNull();
    // Nobody delivered it: it is free again.
    expect((await store.outbox.claim(due!.to, AT + 60_000, 1000))?.id).toBe(due!.claimed!.id);
  }
  const [[next]] = await Promise.all([handle(said('an', 'hai')), handle(said('ba', 'hai'))]);
  expect(next).toEqual({ to: 'web:an' });
});

test('an event that comes again, with others, is answered once', async () => {
  const { handle } = bot();
  await handle(said('an', 'một'));
  const again = await Promise.all([handle(said('an', 'một')), handle(said('ba', 'một')), handle(said('ca', 'một'))]);
  expect(again.map((due) => due.length)).toEqual([0, 1, 1]);
  expect(await answers()).toHaveLength(3);
});

test('two events of one person on two channels see one after the other', async () => {
  const person = sampleOf('Sở Y tế')!;
  await store.ensurePersons(
    [
      { person, address: 'web:an' },
      { person, address: 'zalo:an' },
    ],
    AT,
  );
  const { handle } = bot();
  const onZalo: Event = { ...said('an', 'hai', 'zalo/1'), from: 'zalo:an' };
  onZalo.chat = { ...onZalo.chat, address: 'zalo:an' };
  await Promise.all([handle(said('ba', 'không')), handle(said('an', 'một')), handle(onZalo)]);
  expect((await answers()).filter((answer) => !answer.startsWith('web:ba'))).toEqual([
    'web:an: một',
    'zalo:an: một + hai',
  ]);
});

test('what changes more than its own conversation, and what fails, goes by itself; the others are not held up', async () => {
  const { handle } = bot();
  await Promise.all([
    ...people.map((who) => handle(said(who, 'một'))),
    handle(said('ha', 'đổi tên')),
    handle(said('hu', 'hỏng')),
  ]);
  const all = (await answers()).sort();
  expect(all.slice(0, 7)).toEqual([...people.map((who) => `web:${who}: một`), 'web:ha: đổi tên']);
  expect(all[7]).toMatch(/^web:hu: .*gặp lỗi/);
  expect(await databaseOf(store).prisma.openQuestion.count()).toBe(1);
});

test('when they cannot be stored together each is stored by itself', async () => {
  const seen: string[] = [];
  const { handle } = bot(seen);
  const { pool } = databaseOf(store);
  // One of them is refused by the database: together none could be stored.
  await pool.query(`ALTER TABLE outgoing ADD CONSTRAINT no_ca CHECK (address <> 'web:ca') NOT VALID`);
  const settled = await Promise.allSettled(people.map((who) => handle(said(who, 'một'))));
  await pool.query('ALTER TABLE outgoing DROP CONSTRAINT no_ca');
  expect(settled.map(({ status }) => status)).toEqual(people.map((who) => (who === 'ca' ? 'rejected' : 'fulfilled')));
  expect(await answers()).toHaveLength(5);
  expect(seen).toHaveLength(6);
  expect(await handle(said('ca', 'một'))).toMatchObject([{ to: 'web:ca', claimed: { key: 'reply/ca/một' } }]);
  expect((await answers()).filter((answer) => answer.startsWith('web:ca'))).toEqual(['web:ca: một']);
});
