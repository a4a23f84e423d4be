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

    const around = async (event: string) =>
      (await opened.store.surroundings([{ event, ...privately(home) }], { year: 2026 }))[0]!;

    async function question(id: string, ...answers: string[]) {
      const { sessionKey: key, session: state, revision } = await around(id);
      const sends = answers.map((answer) => letter(`${id}/${answer}`));
      await opened.store.saveTurns([{ event: id, session: { key, state, revision }, answers: sends }], now, now + 1);
    }

    async function submission(id: string) {
      const { sessionKey, session, revision, nextReceipt } = await around(id);
      await opened.store.transaction(
        async (tx) => {
          await tx.firstSight(id, now);
          await tx.saveSession(sessionKey, session, revision, now);
          await tx.apply({ kind: 'submitReport', report: report(nextReceipt) }, actor(officer.id));
          await tx.send(letter(id), now);
        },
        { delivers: true },
      );
    }

    test('a question takes two, however many answers it has', async () => {
      expect(await statementsOf(() => question('e1', 'a'))).toEqual(['WITH asked AS', 'WITH given AS']);
      expect(await statementsOf(() => question('e2', 'a', 'b'))).toHaveLength(2);
    });

    test('a report takes nine', async () => {
      const statements = await statementsOf(() => submission('e3'));
      expect(statements.slice(0, 4)).toEqual([
        'WITH asked AS',
        'BEGIN',
        'INSERT INTO "public"."seen_events"',
        'UPDATE sessions SET',
      ]);
      expect(statements).toHaveLength(9);
    });

    test('a claim takes one', async () => {
      expect(await statementsOf(() => opened.store.outbox.claim(home, now, 1))).toHaveLength(1);
    });
  });
}
