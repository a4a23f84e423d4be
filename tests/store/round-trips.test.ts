/** A message costs few statements: each is a round trip, and on the embedded database the whole price. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../bot/store/port.ts';
import { backends } from '../support/database.ts';
import { actor, home, letter, now, officer, privately, report } from './contract/things.ts';

for (const backend of await backends()) {
  describe.skipIf(backend.missing !== null)(`on ${backend.name}`, () => {
    let opened: { store: Store; close(): Promise<void> };
    beforeAll(async () => {
      opened = await backend.open();
      await opened.store.ensurePersons([{ person: officer, address: home }], now);
    });
    afterAll(() => opened.close());

    async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
      const spy = vi.spyOn(pg.Client.prototype, 'query');
      await work();
      const texts = spy.mock.calls.map(([query]) => {
        const text = typeof query === 'string' ? query : (query as unknown as { text: string }).text;
        return text.trim().split(/\s+/).slice(0, 3).join(' ');
      });
      spy.mockRestore();
      return texts;
    }

    const message = (id: string, sends: number, reports: number) =>
      opened.store.transaction(async (tx) => {
        await tx.firstSight(id, now);
        const { sessionKey, session, revision, nextReceipt } = await tx.surroundings(privately(home), 2026);
        await tx.saveSession(sessionKey, session, revision, now);
        for (let n = 0; n < reports; n++)
          await tx.apply({ kind: 'submitReport', report: report(nextReceipt + n) }, actor(officer.id));
        for (let n = 0; n < sends; n++) await tx.send(letter(`${id}/${n}`), now);
      });

    test('a question with its answer takes seven', async () => {
      const statements = await statementsOf(() => message('e1', 1, 0));
      expect(statements).toEqual([
        'BEGIN',
        'INSERT INTO seen_events',
        'WITH asked AS',
        'WITH given AS',
        'INSERT INTO "public"."outgoing"',
        'INSERT INTO pgboss.job_common',
        'COMMIT',
      ]);
    });

    test('a second one, whose job of delivery still waits, takes one more', async () => {
      expect(await statementsOf(() => message('e2', 1, 0))).toHaveLength(8);
    });

    test('each further answer takes one more, a report three', async () => {
      expect(await statementsOf(() => message('e3', 3, 0))).toHaveLength(10);
      expect(await statementsOf(() => message('e4', 1, 1))).toHaveLength(11);
    });

    test('a claim takes one', async () => {
      expect(await statementsOf(() => opened.store.outbox.claim(home, now, 1))).toHaveLength(1);
    });
  });
}
