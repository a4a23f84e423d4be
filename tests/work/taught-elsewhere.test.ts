/** Two instances on one PostgreSQL server: what an administrator teaches one of them, both know at the next word. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConverse } from '../../bot/core/converse.ts';
import type { Change, Event } from '../../bot/core/types.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import type { Store } from '../../bot/store/port.ts';
import { createHandle, type Handle } from '../../bot/work/handle.ts';
import { createLog } from '../../bot/work/log.ts';
import { createServerDatabase, openStoreOn, type ServerDatabase, whyNoServer } from '../support/database.ts';
import { sampleOf, sequence, testLearn, testPlans, testReader, testRules, testTalks } from '../support/world.ts';

const AT = instantOf('2026-06-10', '08:00');
const missing = await whyNoServer();

let database: ServerDatabase;
const stores: Store[] = [];
beforeAll(async () => {
  if (missing !== null) return;
  database = await createServerDatabase();
  for (const _ of [1, 2]) stores.push(await openStoreOn({ dataDir: 'memory://', url: database.url }));
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await database?.drop();
});

const instance = (store: Store): Handle =>
  createHandle({
    ...{ store, converse: createConverse(testTalks()), plans: testPlans, reader: testReader, learn: testLearn },
    ...{ rules: testRules, rehearsal: false, leaseMs: 60_000, now: () => AT, chance: sequence() },
    log: createLog('silent'),
  });

let asked = 0;
async function answer(store: Store, handle: Handle): Promise<string> {
  const event: Event = {
    ...{ id: `web:${asked++}`, at: AT, from: 'web:an', kind: 'said', text: 'ai lo vụ bong bóng vui' },
    chat: { address: 'web:an', kind: 'private', addressed: true },
  };
  const [queued] = await handle(event);
  const said = queued!.claimed ?? (await store.outbox.claim('web:an', AT, 1_000));
  await store.outbox.sent(said!, 'x', AT);
  return said!.reply.text.map(({ text }) => text).join('\n');
}

test.skipIf(missing !== null)(
  `taught on one, known on the other${missing ? ` (skipped: ${missing})` : ''}`,
  async () => {
    const [one, other] = stores as [Store, Store];
    const teacher = sampleOf('quản trị')!;
    await one.ensurePersons([{ person: teacher, address: 'web:day' }], AT);
    const [first, second] = [instance(one), instance(other)];
    const change = (what: Change) =>
      one.transaction((tx) => tx.apply(what, { person: teacher.id, address: null, at: AT }));
    const lesson = { key: 'bong bong vui', phrase: 'bong bóng vui', means: 'bóng cười', passages: [], question: null };
    for (const [store, handle] of [[one, first] as const, [other, second] as const])
      expect(await answer(store, handle)).toContain('chưa thấy');
    await change({ kind: 'teach', ...lesson });
    expect(await answer(other, second)).toContain('bóng cười');
    expect(await answer(one, first)).toContain('bóng cười');
    await change({ kind: 'unteach', key: lesson.key });
    expect(await answer(other, second)).toContain('chưa thấy');
  },
);
