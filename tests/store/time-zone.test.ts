/** Instants are instants: whatever zone the process, the server or the session is set to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../bot/store/port.ts';
import { backends, databaseOf } from '../support/database.ts';
import { actor, book, home, letter, linked, look, now, privately, report } from './contract/things.ts';

const zones = ['Asia/Ho_Chi_Minh', 'America/New_York', 'UTC'];
const before = process.env.TZ;

for (const backend of await backends()) {
  describe.skipIf(backend.missing !== null)(`on ${backend.name}`, () => {
    let opened: { store: Store; close(): Promise<void> };
    beforeAll(async () => {
      process.env.TZ = zones[0];
      opened = await backend.open();
      const { pool, embedded } = databaseOf(opened.store);
      const { rows } = await pool.query('SELECT current_database() AS name');
      // Sessions opened from here on would take the database's zone, were they not told another.
      if (!embedded) await pool.query(`ALTER DATABASE ${rows[0].name} SET timezone = 'Asia/Ho_Chi_Minh'`);
    });
    afterAll(async () => {
      await opened.close();
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    });

    test('an instant written in one zone reads the same in all', async () => {
      const { store } = opened;
      await store.transaction(async (tx) => {
        await tx.apply({ kind: 'submitReport', report: report(1) }, actor(null));
        await tx.apply({ kind: 'linkGroup', group: linked() }, actor(null));
        await tx.send(letter('later', home, { notBefore: now + 5 }), now);
      });
      for (const zone of zones) {
        process.env.TZ = zone;
        expect((await look(store, privately(home))).session).toEqual({ offered: [] });
        expect((await store.reports())[0]!.submittedAt).toBe(report(1).submittedAt);
        expect((await store.groups())[0]!.linkedAt).toBe(now);
        expect(await store.outbox.nextFor(home)).toBe(now + 5);
        expect(await store.outbox.due(now + 4)).toEqual([]);
        expect(await store.outbox.due(now + 5)).toEqual([home]);
      }
      const { rows } = await databaseOf(store).pool.query(
        `SELECT to_char(submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') AS utc FROM reports`,
      );
      expect(rows).toEqual([{ utc: '2026-06-10 01:00:00.124' }]);
    });

    test('a day stays the day it is', async () => {
      for (const zone of zones) {
        process.env.TZ = zone;
        await opened.store.saveBook({ ...book, topics: [{ id: zone, name: zone, synonyms: [] }] });
        const [action, kh] = (await opened.store.book()).plans;
        expect(action!.period).toEqual({ from: '2026-06-01', to: '2026-06-30' });
        expect(kh!.issuedOn).toBe('2026-03-02');
      }
      const { rows } = await databaseOf(opened.store).pool.query(
        `SELECT before_day::text AS day FROM schedules WHERE kind = 'deadline'`,
      );
      expect(rows).toEqual([{ day: '2026-07-05' }]);
    });

    test('every session speaks UTC, also one opened later', async () => {
      const { pool } = databaseOf(opened.store);
      const shown = await Promise.all(Array.from({ length: 4 }, () => pool.query('SHOW timezone')));
      expect(new Set(shown.map(({ rows }) => rows[0].TimeZone))).toEqual(new Set(['UTC']));
    });
  });
}
