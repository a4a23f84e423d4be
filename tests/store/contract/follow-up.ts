import { expect, test } from 'vitest';
import type { Offered, Picture } from '../../../bot/core/types.ts';
import { KEEP } from '../../../bot/store/upkeep.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import {
  actor,
  coordinator,
  desk,
  group,
  home,
  inGroup,
  letter,
  linked,
  look,
  minute,
  now,
  officer,
  privately,
  queue,
  saying,
  webLine,
} from './things.ts';

const DAY = 24 * 60 * minute;
const offered: Offered[] = [
  { token: '/baocao', label: 'Báo cáo ngay', ask: { talk: 'report', args: { do: 'open' } } },
  { token: '/tatnhac', label: 'Tắt nhắc hôm nay', ask: { talk: 'quiet', args: {} } },
];
/** As they stand in the conversation. */
const unasked = offered.map((one) => ({ ...one, unasked: true as const }));
const old: Offered = { token: 'x', label: 'Cũ', ask: { talk: 'x', args: {} } };
const picture: Picture = { name: 'a.png', mediaType: 'image/png', alt: 'Tiến độ', base64: 'AAEC' };

export function followUpContract(store: StoreOf): void {
  const count = async (table: string): Promise<number> =>
    Number((await databaseOf(store()).pool.query(`SELECT count(*) FROM ${table}`)).rows[0].count);
  const people = () =>
    store().ensurePersons(
      [
        { person: officer, address: home },
        { person: { ...officer, id: 'p-2', name: 'Lê Văn Bình' }, address: 'web:binh' },
        { person: coordinator, address: desk },
      ],
      now,
    );

  test('a picture is stored once, however many messages and lines show it', async () => {
    for (const key of ['k1', 'k2']) await queue(store(), letter(key, home, { reply: { ...saying(key), picture } }));
    await store().web.append({ ...webLine('a'), body: { text: [], picture } });
    expect(await count('pictures')).toBe(1);
    const { rows } = await databaseOf(store()).pool.query('SELECT reply FROM outgoing');
    expect(JSON.stringify(rows)).not.toContain('AAEC');
    expect((await store().outbox.claim(home, now, minute))?.reply.picture).toStrictEqual(picture);
    expect((await store().web.lines('web:p1', null, 1))[0]?.body.picture).toStrictEqual(picture);
  });

  test('a message of before pictures were filed still shows its own', async () => {
    await queue(store(), letter('k1'));
    await databaseOf(store()).pool.query('UPDATE outgoing SET reply = $1', [{ ...saying('k1'), picture }]);
    expect((await store().outbox.claim(home, now, minute))?.reply.picture).toStrictEqual(picture);
  });

  test('what an unasked message offers becomes part of the recipient’s conversation, once', async () => {
    await people();
    const ask = (key: string) => queue(store(), letter(key, home, { offered }));
    await ask('k1');
    const first = await look(store(), privately(home));
    expect([first.sessionKey, first.session.offered]).toStrictEqual([`person:${officer.id}`, unasked]);
    await ask('k1');
    expect((await look(store(), privately(home))).revision).toBe(first.revision);
    // A conversation that was under way meanwhile has to look again.
    expect(
      await store().transaction((tx) => tx.saveSession(first.sessionKey, { offered: [] }, first.revision - 1, now)),
    ).toBe(false);
  });

  test('the choices of the last answer stay beside those of a reminder', async () => {
    await people();
    await store().transaction((tx) => tx.saveSession(`person:${officer.id}`, { offered: [old] }, 0, now));
    await queue(store(), letter('k1', home, { offered }));
    expect((await look(store(), privately(home))).session.offered).toStrictEqual([old, ...unasked]);
  });

  test('quiet days and a deputy are kept, and colleagues are known', async () => {
    await people();
    const quiet = { until: '2026-06-20', deputy: 'p-2' };
    await store().transaction((tx) => tx.apply({ kind: 'setQuiet', quiet }, actor(officer.id)));
    const here = await look(store(), privately(home));
    expect(here.person).toStrictEqual({ ...officer, quiet });
    expect(here.colleagues.map(({ id }) => id)).toEqual(['p-2']);
    expect((await store().contacts())[0]).toStrictEqual({ person: { ...officer, quiet }, addresses: [home] });
    await store().transaction((tx) => tx.apply({ kind: 'setQuiet', quiet: null }, actor(officer.id)));
    expect((await look(store(), privately(home))).person).toStrictEqual(officer);
  });

  test('a group keeps its days, parts and pause', async () => {
    const chosen = { ...linked(), days: [1, 3], without: ['picture' as const], paused: true as const };
    await store().transaction((tx) => tx.apply({ kind: 'linkGroup', group: chosen }, actor(null)));
    expect((await look(store(), inGroup(home))).group).toStrictEqual(chosen);
    expect(await store().groups()).toStrictEqual([{ ...chosen, linkedAt: now }]);
  });

  test('a place that cannot be reached is noted with all that waits for it, until somebody speaks there', async () => {
    await people();
    await queue(store(), letter('k1'));
    await queue(store(), letter('k2', desk));
    await store().outbox.unreachable(home, 'Forbidden: bot was blocked by the user', now);
    expect(await store().outbox.counts()).toEqual({ queued: 1, sent: 0, failed: 1 });
    expect(await store().unreachable()).toEqual([home]);
    expect((await store().contacts())[0]?.addresses).toEqual([]);
    const { unreachable } = await store().transaction((tx) => tx.desk());
    expect(unreachable).toStrictEqual([
      { address: home, name: officer.name, reason: 'Forbidden: bot was blocked by the user', since: now },
    ]);
    await look(store(), privately(home));
    expect(await store().unreachable()).toEqual([]);
  });

  test('a message to many: how far it is, who was not reached, and no more after a stop', async () => {
    await people();
    await store().transaction(async (tx) => {
      await tx.apply({ kind: 'linkGroup', group: linked() }, actor(coordinator.id));
      await tx.apply({ kind: 'broadcast', id: 'b1', text: 'Họp' }, actor(coordinator.id));
      for (const to of [group, home, desk, 'web:binh'] as const) await tx.send(letter(`broadcast/b1/${to}`, to), now);
      await tx.send(letter('broadcast/b10/x', 'web:khac'), now);
    });
    await store().outbox.sent((await store().outbox.claim(home, now, minute))!, 'm', now);
    await store().outbox.unreachable(group, 'kicked', now);
    const flying = (await store().outbox.claim(desk, now, minute))!;
    await store().transaction((tx) => tx.apply({ kind: 'stopBroadcast', id: 'b1' }, actor(coordinator.id)));
    const read = async () => (await store().transaction((tx) => tx.desk())).broadcast;
    const whole = { id: 'b1', text: 'Họp', at: now, notReached: [{ name: 'Tổ công tác 799', reason: 'kicked' }] };
    expect(await read()).toStrictEqual({ ...whole, queued: 0, sent: 1, stopped: 2 });
    expect(await store().outbox.due(now)).toEqual(['web:khac']);
    // What was on its way when it was stopped has arrived all the same.
    await store().outbox.sent(flying, 'm2', now);
    expect(await read()).toStrictEqual({ ...whole, queued: 0, sent: 2, stopped: 1 });
  });

  test('a plan is acknowledged once by each person', async () => {
    await people();
    for (let time = 0; time < 2; time++)
      await store().transaction((tx) => tx.apply({ kind: 'acknowledge', plan: 'kh' }, actor(officer.id)));
    const { acknowledged } = await store().transaction((tx) => tx.desk());
    expect(acknowledged).toEqual([{ plan: 'kh', person: officer.id }]);
    expect(await count(`audit_log WHERE action = 'acknowledge'`)).toBe(1);
  });

  test('what has served its time is cleared away, and nothing else', async () => {
    await store().transaction((tx) => tx.firstSight('e1', now));
    await queue(store(), letter('sent', home, { reply: { ...saying('x'), picture } }));
    await queue(store(), letter('waits', desk, { reply: { ...saying('x'), picture: { ...picture, base64: 'BBBB' } } }));
    await store().outbox.sent((await store().outbox.claim(home, now, minute))!, 'm', now);
    await store().web.append(webLine('a'));
    const counts = async () => [
      await count('seen_events'),
      await count('outgoing'),
      await count('web_lines'),
      await count('pictures'),
    ];
    await store().upkeep(now + KEEP.seenEvents * DAY);
    expect(await counts()).toEqual([1, 2, 1, 2]);
    await store().upkeep(now + KEEP.seenEvents * DAY + 1);
    expect(await counts()).toEqual([0, 2, 1, 2]);
    await store().upkeep(now + KEEP.messages * DAY + 1);
    expect(await counts()).toEqual([0, 1, 0, 1]);
  });
}
