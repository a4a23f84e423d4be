import { expect, test } from 'vitest';
import type { Address, Session } from '../../../bot/core/types.ts';
import type { Turn } from '../../../bot/store/port.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import { home, letter, look, minute, now, officer, privately, queue } from './things.ts';

const with1 = (label: string): Session => ({ offered: [{ token: 't', label, ask: { talk: 'x', args: {} } }] });

export function turnsContract(store: StoreOf): void {
  const save = (...turns: Turn[]) => store().saveTurns(turns, now, now + minute);
  const turn = (event: string, revision: number | null, to: Address = home, keys = [`${event}/1`]): Turn => ({
    event,
    session: revision === null ? null : { key: to, state: with1(event), revision },
    answers: keys.map((key) => letter(key, to)),
  });
  const sessionOf = async (address: Address) => {
    const { session, revision } = await look(store(), privately(address));
    return { label: session.offered[0]?.label ?? null, revision };
  };
  const queuedKeys = async () =>
    (await databaseOf(store()).prisma.outgoing.findMany({ orderBy: { id: 'asc' } })).map(({ key }) => key);
  const seen = async (...events: string[]) =>
    (
      await store().surroundings(
        events.map((event) => ({ event, ...privately(home) })),
        { year: 2026 },
      )
    ).map((around) => around.seen);

  test('each is stored with its session and its answers, of which the first is claimed', async () => {
    const others: Address[] = ['telegram:7', 'telegram:8'];
    const outcomes = await save(
      turn('a', 0, home, ['a/1', 'a/2']),
      turn('b', 0, others[0]),
      turn('c', null, others[1], []),
    );
    expect(outcomes).toMatchObject([
      { kind: 'stored', claimed: { to: home, key: 'a/1', attempts: 1, partsSent: 0, reply: letter('a/1').reply } },
      { kind: 'stored', claimed: { to: others[0], key: 'b/1' } },
      { kind: 'stored', claimed: null },
    ]);
    expect(await queuedKeys()).toEqual(['a/1', 'a/2', 'b/1']);
    expect(await sessionOf(home)).toEqual({ label: 'a', revision: 1 });
    expect(await sessionOf(others[1]!)).toEqual({ label: null, revision: 0 });
    expect(await seen('a', 'b', 'c', 'd')).toEqual([true, true, true, false]);
    // Held by whoever stored them; when that is gone, free again in their order.
    expect(await store().outbox.claim(home, now, minute)).toBeNull();
    const [first] = outcomes as { claimed: { id: string } }[];
    expect((await store().outbox.claim(home, now + minute, minute))!.id).toBe(first!.claimed.id);
  });

  test('nothing is claimed before what is queued already', async () => {
    await queue(store(), letter('earlier'));
    expect(await save(turn('a', 0))).toEqual([{ kind: 'stored', claimed: null }]);
    expect((await store().outbox.claim(home, now, minute))!.key).toBe('earlier');
  });

  test('an event that was stored before changes nothing', async () => {
    await save(turn('a', null));
    expect(await save(turn('a', null), turn('b', null))).toMatchObject([{ kind: 'seen' }, { kind: 'stored' }]);
    expect(await queuedKeys()).toEqual(['a/1', 'b/1']);
  });

  test('of a turn whose session somebody else saved meanwhile nothing is stored; the others are', async () => {
    await save(turn('a', 0));
    const stale = turn('b', 0);
    const further = turn('c', 2);
    const other = turn('d', 0, 'telegram:7');
    expect(await save(stale, other)).toMatchObject([{ kind: 'overtaken' }, { kind: 'stored' }]);
    expect(await save(further)).toEqual([{ kind: 'overtaken' }]);
    expect(await queuedKeys()).toEqual(['a/1', 'd/1']);
    expect(await seen('b', 'c')).toEqual([false, false]);
    expect(await sessionOf(home)).toEqual({ label: 'a', revision: 1 });
    expect(await save(turn('b', 1))).toMatchObject([{ kind: 'stored' }]);
    expect(await sessionOf(home)).toEqual({ label: 'b', revision: 2 });
  });

  test('of two turns of one conversation, and of one event told twice, the first is stored', async () => {
    expect(await save(turn('a', 0), turn('b', 0), turn('c', null), turn('c', null, 'telegram:7'))).toMatchObject([
      { kind: 'stored' },
      { kind: 'overtaken' },
      { kind: 'stored' },
      { kind: 'overtaken' },
    ]);
    expect(await sessionOf(home)).toEqual({ label: 'a', revision: 1 });
    expect(await queuedKeys()).toEqual(['a/1', 'c/1']);
  });

  test('begun on several sides at once, one goes on', async () => {
    for (let revision = 0; revision < 3; revision++) {
      const turns = Array.from({ length: 6 }, (_, i) => turn(`${revision}/${i}`, revision));
      const kinds = (await Promise.all(turns.map((one) => save(one)))).map(([outcome]) => outcome!.kind);
      expect(kinds.sort()).toEqual([...Array(5).fill('overtaken'), 'stored']);
    }
    const same = await Promise.all(Array.from({ length: 6 }, () => save(turn('x', null))));
    expect(same.map(([outcome]) => outcome!.kind).sort()).toEqual([...Array(5).fill('seen'), 'stored']);
  });

  test('what PostgreSQL does not take is left out, as it is read later', async () => {
    const odd: Turn = {
      event: 'web/\0',
      session: { key: home, state: with1('a\0b\uD83D'), revision: 0 },
      answers: [letter('k\0', home, { thread: '5', reply: { text: [{ as: 'text', text: 'a\0b\uD83D' }] } })],
    };
    const [outcome] = await save(odd);
    const text = [{ as: 'text', text: 'ab\uFFFD' }];
    expect(outcome).toMatchObject({ kind: 'stored', claimed: { key: 'k', thread: '5', reply: { text } } });
    expect(await sessionOf(home)).toEqual({ label: 'ab\uFFFD', revision: 1 });
    expect(await save(odd)).toEqual([{ kind: 'overtaken' }]);
    expect(await seen('web/\0')).toEqual([true]);
  });

  test('what the database refuses is refused whole', async () => {
    const { pool } = databaseOf(store());
    await pool.query(`ALTER TABLE outgoing ADD CONSTRAINT no_b CHECK (key <> 'b/1') NOT VALID`);
    try {
      await expect(save(turn('a', 0), turn('b', 0, 'telegram:7'))).rejects.toThrow();
    } finally {
      await pool.query('ALTER TABLE outgoing DROP CONSTRAINT no_b');
    }
    expect(await queuedKeys()).toEqual([]);
    expect(await seen('a', 'b')).toEqual([false, false]);
    expect(await sessionOf(home)).toEqual({ label: null, revision: 0 });
  });

  test('surroundings come in the order of the events', async () => {
    await store().ensurePersons([{ person: officer, address: home }], now);
    const asked = ['telegram:7', home, 'telegram:8'].map((from) => ({ event: from, ...privately(from as Address) }));
    const arounds = await store().surroundings(asked, { year: 2026 });
    expect(arounds.map(({ sessionKey }) => sessionKey)).toEqual(['telegram:7', `person:${officer.id}`, 'telegram:8']);
  });
}
