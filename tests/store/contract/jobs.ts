import { expect, test, vi } from 'vitest';
import type { Address } from '../../../bot/core/types.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import { desk, home, letter, minute, now, queue } from './things.ts';

export function jobsContract(store: StoreOf): void {
  const waiting = async () => {
    const { pool } = databaseOf(store());
    const { rows } = await pool.query<{ key: string; wait: string }>(
      `SELECT singleton_key AS key, round(extract(epoch FROM start_after - now()) / 60) AS wait
       FROM pgboss.job WHERE state = 'created' ORDER BY key`,
    );
    return rows.map(({ key, wait }) => `${key} ${wait}`);
  };

  test('one job waits for each key, at the earlier of two times', async () => {
    await store().jobs.later('tick', 'a', 5 * minute);
    await store().jobs.later('tick', 'a', 9 * minute);
    await store().jobs.later('tick', 'b', 9 * minute);
    expect(await waiting()).toEqual(['a 5', 'b 9']);
    await store().jobs.later('tick', 'a', 2 * minute);
    await store().jobs.later('deliver', 'a', 7 * minute);
    expect(await waiting()).toEqual(['a 2', 'a 7', 'b 9']);
  });

  test('a message to be sent now does not wait for the job of a later one', async () => {
    await store().jobs.later('deliver', home, 60 * minute);
    await queue(store(), letter('k1'));
    expect(await waiting()).toEqual([`${home} 0`]);
  });

  test('a job put off in a transaction that failed stays where it was', async () => {
    await store().jobs.later('deliver', home, 60 * minute);
    const failing = store().transaction(async (tx) => {
      await tx.send(letter('k1'), now);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await waiting()).toEqual([`${home} 60`]);
  });

  test('jobs run, at their time, again after a failure, and while another of their key runs', async () => {
    const ran: string[] = [];
    let failures = 1;
    let finishSlow = () => {};
    const slow = new Promise<void>((resolve) => {
      finishSlow = resolve;
    });
    await store().jobs.later('tick', 'soon', 700);
    const end = await store().jobs.start({
      async deliver(to: Address) {
        ran.push(to);
        if (to === desk && failures-- > 0) throw new Error('platform down');
        if (to === home && ran.filter((one) => one === home).length === 1) await slow;
      },
      async tick() {
        ran.push('tick');
      },
    });
    await queue(store(), letter('k1', home));
    await queue(store(), letter('k2', desk));
    await vi.waitFor(() => expect(ran).toContain(home), { timeout: 10_000 });
    await queue(store(), letter('k3', home));
    await vi.waitFor(() => expect([...ran].sort()).toEqual([home, home, desk, desk, 'tick'].sort()), {
      timeout: 20_000,
    });
    finishSlow();
    await end();

    // What comes after the end is left to whoever starts next.
    const before = ran.length;
    await queue(store(), letter('k4', home));
    const next: string[] = [];
    const endNext = await store().jobs.start({
      deliver: async (to) => void next.push(to),
      tick: async () => {},
    });
    await vi.waitFor(() => expect(next).toEqual([home]), { timeout: 10_000 });
    expect(ran).toHaveLength(before);
    await endNext();
  });
}
