/** One event, one transaction: repeats, races, refusals and faults, on a real database. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { codeIn } from '../../bot/core/codes.ts';
import { createConverse } from '../../bot/core/converse.ts';
import type { AnyTalk } from '../../bot/core/talk.ts';
import type { Event } from '../../bot/core/types.ts';
import { firstStanding } from '../../bot/report/state.ts';
import type { Store } from '../../bot/store/port.ts';
import type { Attachments, SentFile } from '../../bot/work/attachments.ts';
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

const line = (text: string) => ({ as: 'text' as const, text });
const args = z.object({ text: z.string() });
const talk = (answer: AnyTalk['answer']): AnyTalk => ({ id: 't', args, hear: ({ text }) => ({ text }), answer });

const handleWith = (one: AnyTalk) =>
  createHandle({
    store,
    converse: createConverse([one]),
    plans: testPlans,
    reader: testReader,
    rules: testRules,
    rehearsal: false,
    leaseMs: 60_000,
    now: () => AT,
    chance: sequence(),
    log: createLog('silent'),
  });
const said = (text: string, id = `web:${text}`): Event => ({
  id,
  at: AT,
  from: 'web:an',
  chat: { address: 'web:an', kind: 'private', addressed: true },
  kind: 'said',
  text,
});
const queued = async () => {
  const rows = [];
  // What was claimed as it was queued is free again by then.
  const claim = () => store.outbox.claim('web:an', AT + 60_000, 1000);
  for (let m = await claim(); m; m = await claim()) {
    rows.push(m.reply.text.map((t) => t.text).join('|'));
    await store.outbox.sent(m, 'x', AT);
  }
  return rows;
};

test('an event that comes again is answered once', async () => {
  const handle = handleWith(talk(({ text }) => ({ reply: { text: [line(`nghe ${text}`)] } })));
  expect(await handle(said('một'))).toMatchObject([{ to: 'web:an', claimed: { key: 'reply/web:một' } }]);
  expect(await handle(said('một'))).toEqual([]);
  await Promise.all([handle(said('hai')), handle(said('hai')), handle(said('hai'))]);
  expect(await queued()).toEqual(['nghe một', 'nghe hai']);
});

test('a session saved by somebody else meanwhile is conversed with again, from what was saved', async () => {
  const seen: string[] = [];
  const counting = talk((_args, here) => {
    const shown = here.session.focus?.shown ?? [];
    seen.push(String(shown.length));
    return {
      reply: { text: [line(String(shown.length + 1))] },
      focus: { ask: { talk: 't', args: {} }, shown: [...shown, 'x'] },
    };
  });
  const handle = handleWith(counting);
  await Promise.all(['a', 'b', 'c', 'd'].map((t) => handle(said(t))));
  expect((await queued()).sort()).toEqual(['1', '2', '3', '4']);
  expect(seen.length).toBeGreaterThanOrEqual(4);
});

test('what a person may not do is refused when it is applied, and nothing of it is done', async () => {
  const handle = handleWith(
    talk(() => ({
      reply: { text: [line('xong')] },
      changes: [
        {
          kind: 'linkGroup',
          group: { address: 'web:g', title: 'Nhóm', scope: { kind: 'city' }, digestAt: '07:30', linkedBy: 'an' },
        },
      ],
    })),
  );
  await handle(said('liên kết'));
  expect(await store.groups()).toEqual([]);
  expect((await queued())[0]).toMatch(/chưa có quyền/);
});

test('an officer cannot report for another unit, whatever the form says', async () => {
  const person = sampleOf('Sở Y tế')!;
  await store.ensurePersons([{ person, address: 'web:an' }], AT);
  const report = {
    id: 'r1',
    receipt: 'BC-2026-00001',
    form: 'bao-cao-nhanh',
    version: 1,
    unit: 'so-noi-vu',
    duty: null,
    values: {},
    nothing: true,
    submittedAt: AT,
    ...firstStanding(AT),
    timeliness: 'noDueDate' as const,
    by: person.id,
  };
  const handle = handleWith(talk(() => ({ changes: [{ kind: 'submitReport', report }] })));
  await handle(said('nộp'));
  expect(await store.reports()).toEqual([]);
  expect((await queued())[0]).toMatch(/chưa có quyền/);
});

test('a fault in a talk is told to the officer, and the event does not come back for ever', async () => {
  const handle = handleWith(
    talk(() => {
      throw new Error('hỏng');
    }),
  );
  await handle(said('gì đó'));
  expect(await handle(said('gì đó'))).toEqual([]);
  expect((await queued())[0]).toMatch(/gặp lỗi/);
});

test('when the store fails in the middle nothing of the event stays, and it can come again', async () => {
  const handle = handleWith(talk(({ text }) => ({ reply: { text: [line(text)] } })));
  const { pool } = databaseOf(store);
  await pool.query('ALTER TABLE outgoing RENAME TO outgoing_away');
  await expect(handle(said('một'))).rejects.toThrow();
  await pool.query('ALTER TABLE outgoing_away RENAME TO outgoing');
  expect(await handle(said('một'))).toMatchObject([{ to: 'web:an', claimed: { key: 'reply/web:một' } }]);
  expect(await queued()).toEqual(['một']);
});

test('an invitation code is found however it is typed', () => {
  for (const typed of ['ABCD-EFGH-JKMN', 'abcdefghjkmn', '/start abcd-efgh-jkmn', 'mã: ABCDEFGHJKMN ạ'])
    expect(codeIn(typed)).toBe('ABCDEFGHJKMN');
  expect(codeIn('nhiệm vụ của đơn vị tôi')).toBeNull();
});

test('a file is fetched outside of the transaction, once, and only where the open form takes it', async () => {
  const fetched: string[] = [];
  const inside: boolean[] = [];
  let busy = false;
  const kept = { hash: 'a'.repeat(64), kind: 'pdf' as const, size: 9 };
  const rules = { on: true, kinds: ['pdf' as const], most: 1 };
  const attachments: Attachments = {
    rulesOf: (session) => (session.focus ? rules : null),
    async keep(event) {
      fetched.push(event.file.id);
      inside.push(busy);
      return { ...event, file: { ...event.file, kept } };
    },
  };
  const seen: unknown[] = [];
  const opens: AnyTalk = {
    ...talk(() => ({ reply: { text: [line('mở')] }, focus: { ask: { talk: 't', args: {} }, shown: [] } })),
    meet({ event }) {
      if (event.kind === 'sent') seen.push(event.file.kept);
      return { text: 'tệp' };
    },
  };
  const watched = {
    ...store,
    transaction: (async (work, options) => {
      busy = true;
      try {
        return await store.transaction(work, options);
      } finally {
        busy = false;
      }
    }) as Store['transaction'],
  };
  const handle = createHandle({
    attachments,
    ...{ store: watched, converse: createConverse([opens]), plans: testPlans, reader: testReader, rules: testRules },
    ...{ rehearsal: false, leaseMs: 60_000, now: () => AT, chance: sequence(), log: createLog('silent') },
  });
  const file = (id: string): SentFile => {
    const { text: _, kind: __, ...rest } = said('x', `web:${id}`) as Event & { kind: 'said' };
    return { ...rest, kind: 'sent', file: { id, name: 'a.pdf', mediaType: 'application/pdf', size: 9 } };
  };
  await handle(file('before'));
  await handle(said('mở'));
  await Promise.all([handle(file('after')), handle(file('after'))]);
  expect(fetched.every((id) => id === 'after')).toBe(true);
  expect(inside).not.toContain(true);
  // The same event on two ways may be conversed with twice; it is stored once.
  expect(seen[0]).toBeUndefined();
  expect(new Set(seen.slice(1))).toEqual(new Set([kept]));
  expect(await queued()).toHaveLength(3);
});
