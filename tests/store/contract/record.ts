import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../bot/core/types.ts';
import { createChainCheck, jsonbText } from '../../../bot/store/chain.ts';
import type { RecordEntry } from '../../../bot/store/port.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import {
  actor,
  coordinator,
  desk,
  home,
  letter,
  linked,
  look,
  minute,
  now,
  officer,
  privately,
  queue,
} from './things.ts';

export function recordContract(store: StoreOf): void {
  const apply = (change: Change, person = officer.id, at = now) =>
    store().transaction((tx) =>
      tx.apply(change, { ...actor(person, at), address: person === officer.id ? home : desk }),
    );
  const pool = () => databaseOf(store()).pool;
  const quiet = (until: string) => apply({ kind: 'setQuiet', quiet: { until } });
  const check = () => store().checkRecord(null);
  const faults = async () => (await check()).faults.map(({ seq, fault }) => `${seq} ${fault}`);
  /** As somebody who can do anything with the database. */
  const tamper = (sql: string) =>
    pool().query(`DO $$ BEGIN SET LOCAL session_replication_role = replica; ${sql}; END $$`);

  beforeEach(async () => {
    await store().ensurePersons(
      [
        { person: officer, address: home },
        { person: coordinator, address: desk },
      ],
      now,
    );
    for (const day of ['2026-06-11', '2026-06-12', '2026-06-13']) await quiet(day);
  });

  test('says who, what, when, from where, old and new, in a chain without gaps', async () => {
    const entries = await store().record(0, 100);
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(entries.at(-1)).toMatchObject({
      ...{ person: officer.id, address: home, at: now, action: 'setQuiet', subject: `person:${officer.id}` },
      details: { before: { until: '2026-06-12', deputy: null }, after: { until: '2026-06-13' } },
    });
    // Names stand apart from what was done.
    expect(entries[0]).toMatchObject({ personal: { name: officer.name } });
    expect(JSON.stringify(entries[0]!.details)).not.toContain(officer.name);
    expect(await check()).toEqual({
      ...{ entries: 5, erased: 0, faults: [], last: { seq: 5, hash: entries.at(-1)!.hash } },
    });
    expect(await store().record(3, 1)).toEqual([entries[3]]);
  });

  test('nothing of it can be changed, taken away or emptied', async () => {
    for (const sql of [
      `UPDATE audit_log SET action = 'x' WHERE seq = 3`,
      `UPDATE audit_log SET address = NULL, personal = NULL, salt = NULL, details = '{}' WHERE seq = 3`,
      `UPDATE audit_log SET personal = '{"name": "x"}' WHERE seq = 1`,
      `DELETE FROM audit_log WHERE seq = 3`,
      `TRUNCATE audit_log`,
    ])
      await expect(pool().query(sql), sql).rejects.toThrow('append-only');
    expect(await faults()).toEqual([]);
  });

  describe('whoever gets past that is found out', () => {
    test.each([
      ['a change', `UPDATE audit_log SET details = '{"after": null}' WHERE seq = 4`, ['4 changed']],
      ['another time', `UPDATE audit_log SET at = at + interval '1 ms' WHERE seq = 4`, ['4 changed']],
      ['a removal', 'DELETE FROM audit_log WHERE seq = 3', ['3 missing', '4 changed']],
      ['another address', `UPDATE audit_log SET address = 'web:x' WHERE seq = 4`, ['4 personalChanged']],
      ['another name', `UPDATE audit_log SET personal = '{"name": "x"}' WHERE seq = 1`, ['1 personalChanged']],
      [
        'personal data removed without a word',
        'UPDATE audit_log SET address = NULL, personal = NULL, salt = NULL WHERE seq = 4',
        ['4 personalRemoved'],
      ],
      [
        'two exchanged',
        'UPDATE audit_log SET seq = -seq WHERE seq IN (3, 4); UPDATE audit_log SET seq = 7 + seq WHERE seq < 0',
        null,
      ],
    ])('%s', async (_, sql, want) => {
      await tamper(sql);
      if (want) expect(await faults()).toEqual(want);
      else expect((await faults()).length).toBeGreaterThan(1);
    });

    test('what was cut off at the end, by the place that was noted', async () => {
      const { last } = await check();
      await quiet('2026-06-14');
      expect((await store().checkRecord(last)).faults).toEqual([]);
      await tamper('DELETE FROM audit_log WHERE seq > 4');
      expect(await faults()).toEqual([]);
      expect((await store().checkRecord(last)).faults).toEqual([{ seq: 5, fault: 'cutOff' }]);
      // Another one in its place has another hash.
      await quiet('2026-06-15');
      expect((await store().checkRecord(last)).faults).toEqual([{ seq: 5, fault: 'cutOff' }]);
    });
  });

  test('entries of transactions at the same time make one chain; what is rolled back leaves no gap', async () => {
    const marks = Array.from({ length: 8 }, (_, i) =>
      apply({ kind: 'markTask', mark: { unit: 'syt', task: `p/${i}`, state: 'begun', note: null } }),
    );
    const failing = store().transaction(async (tx) => {
      await tx.apply({ kind: 'setQuiet', quiet: null }, actor(officer.id));
      throw new Error('not this time');
    });
    await Promise.allSettled([...marks, failing]);
    expect(await check()).toMatchObject({ entries: 13, faults: [] });
  });

  test('somebody who has left is forgotten, and the record stays whole', async () => {
    const forget: Change = { kind: 'forgetPerson', person: officer.id };
    await expect(apply(forget, coordinator.id)).rejects.toMatchObject({ reason: 'stillMember' });
    await queue(store(), letter('x'));
    const { sessionKey, session, revision } = await look(store(), privately(home));
    await store().transaction((tx) => tx.saveSession(sessionKey, session, revision, now));
    const line = { chat: home, id: 'l1', from: home, fromName: officer.name, at: now };
    await store().web.append({ ...line, body: { text: [{ as: 'text', text: officer.name }] } });
    await store().web.append({ ...line, chat: 'web:nhom', id: 'l2', from: home, body: { text: [] } });
    await apply({ kind: 'offerLink', codeHash: 'c1', expiresAt: now + minute });
    await apply({ kind: 'linkGroup', group: linked() }, coordinator.id);
    const gone: Change = { kind: 'setRole', person: officer.id, unit: 'syt', from: 'officer', to: null };
    await apply(gone, coordinator.id, now + minute);
    await apply(forget, coordinator.id, now + 2 * minute);
    await apply(forget, coordinator.id, now + 3 * minute);

    // Wherever it might stand: every row of every table.
    const { rows: tables } = await pool().query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    expect(tables.length).toBeGreaterThan(30);
    for (const { name } of tables) {
      const { rows: held } = await pool().query<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM ${name} t`);
      const text = held.map((row) => row.text).join('\n');
      expect(text, name).not.toContain(officer.name);
      expect(text, name).not.toContain(`"${home}"`);
    }
    const entries = await store().record(0, 100);
    expect(entries.filter(({ person }) => person === officer.id).map(({ address, salt }) => [address, salt])).toEqual(
      [3, 4, 5, 6].map(() => [null, null]),
    );
    // What was done is still there, and so are the others' addresses.
    expect(entries[4]).toMatchObject({ person: officer.id, action: 'setQuiet' });
    expect(entries.at(-1)).toMatchObject({ action: 'forgetPerson', person: coordinator.id, address: desk });
    expect(await check()).toMatchObject({ faults: [], erased: 5 });
    expect((await look(store(), privately(home))).person).toBeNull();
    const { rows } = await pool().query(`SELECT count(*)::int AS n FROM outgoing WHERE address = $1`, [home]);
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('an exported record is checked without the database', async () => {
    const lines = (await store().record(0, 100)).map((entry) => JSON.stringify(entry));
    const read = (text: string[]) => {
      const chain = createChainCheck();
      for (const one of text) chain.add(JSON.parse(one) as RecordEntry);
      return chain.result();
    };
    expect(read(lines)).toEqual(await check());
    expect(read(lines.toSpliced(2, 1)).faults).not.toEqual([]);
    expect(read(lines.with(3, lines[3]!.replace('2026-06-12', '2026-06-30'))).faults).toEqual([
      { seq: 4, fault: 'changed' },
    ]);
  });

  test('JSON is written as the database writes it', async () => {
    const values = fc.sample(
      fc
        .jsonValue({ maxDepth: 3, stringUnit: 'binary', noUnicodeString: false } as never)
        .filter((v) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(v))),
      { numRuns: 200, seed: 7 },
    );
    const all = [
      ...values,
      { b: 1, aa: 2, a: 3, đ: 4, zz: [1.5e-9, 1e25, -0.1, 1200] },
      'Lê\n"\\\t\u001f\u007f',
      [],
      {},
      null,
    ];
    const { rows } = await pool().query<{ text: string }>(
      'SELECT value::jsonb::text AS text FROM unnest($1::text[]) WITH ORDINALITY AS v(value, n) ORDER BY n',
      [all.map((value) => JSON.stringify(value))],
    );
    expect(all.map((value) => jsonbText(JSON.parse(JSON.stringify(value))))).toEqual(rows.map(({ text }) => text));
  });
}
