/** What the Zalo channel sends, what Zalo refuses, and the sum of the month. */
import { beforeEach, describe, expect, test } from 'vitest';
import { partsOf } from '../../bot/channels/deliver.ts';
import type { Address } from '../../bot/core/types.ts';
import { sceneOfTests, words } from '../support/zalo/scene.ts';
import { ONE_PIXEL } from './contract.ts';

const scene = sceneOfTests();

describe('sending', () => {
  beforeEach(() => void scene.an.say('/start'));
  const me = (): Address => `zalo:${scene.an.id}`;
  const picture = { name: 'ngay.png', mediaType: 'image/png', alt: '12 trong 139', base64: ONE_PIXEL } as const;

  test('a picture is fetched by an address that nobody can guess and that lapses', async () => {
    expect(await scene.send(me(), { ...words('Ngày 10/30'), picture })).toMatchObject({ ok: true });
    expect(scene.an.chat.lastFromBot()).toMatchObject({ text: 'Ngày 10/30' });
    expect(Buffer.from(scene.an.chat.lastFromBot()!.picture!).toString('base64')).toBe(ONE_PIXEL);
    const url = String(scene.calls('sendPhoto')[0]!.parameters.photo);
    const status = (address: string) => fetch(address).then((r) => r.status);
    expect(await status(url)).toBe(200);
    const [name, until, signature] = url.split('/').slice(-3) as [string, string, string];
    const forged = [
      url.replace(signature, `${'0'.repeat(32)}.png`),
      url.replace(`/${until}/`, '/zzzzzzzz/'),
      url.replace(`/${name}/${until}`, `/${name}1/${until}`),
    ];
    for (const address of forged) expect(await status(address)).toBe(404);
    await scene.zalo.timers.advance(25 * 3_600_000);
    expect(await status(url)).toBe(404);
  });

  test('a picture that Zalo cannot fetch is told in words', async () => {
    scene.bot = await scene.another({ publicUrl: 'http://127.0.0.1:9' });
    expect(await scene.send(me(), { ...words('Ngày 10/30'), picture })).toMatchObject({ ok: true });
    expect(scene.an.chat.lastFromBot()!.text).toBe('Ngày 10/30\n\nHình: 12 trong 139');
  });

  test('without a public address there are no pictures', async () => {
    scene.bot = await scene.another({ publicUrl: undefined });
    const [part, ...others] = partsOf({ text: words('Ngày 10/30').text, picture }, scene.bot.channel.limits);
    expect(others).toEqual([]);
    expect(await scene.send(me(), part!)).toMatchObject({ ok: true });
    expect(scene.an.chat.lastFromBot()!.text).toBe('Ngày 10/30\n\nHình: 12 trong 139');
  });

  test('after a 429 nothing is sent for a while, longer each time; the channel says so', async () => {
    await scene.started();
    const refuse = () =>
      scene.zalo.fault({ kind: 'answer', method: 'sendMessage', code: 429, description: 'Quota exceeded' });
    refuse();
    expect(await scene.send(me(), words('x'))).toMatchObject({ ok: false, retryable: true, after: 30_000 });
    expect(await scene.send(me(), words('x'))).toMatchObject({ ok: false, retryable: true, after: 30_000 });
    expect(scene.calls('sendMessage')).toHaveLength(1);
    expect(scene.bot.channel.health()).toMatchObject({ ok: false, detail: expect.stringContaining('429') });
    await scene.zalo.timers.advance(30_000);
    refuse();
    expect(await scene.send(me(), words('x'))).toMatchObject({ after: 60_000 });
    await scene.zalo.timers.advance(60_000);
    expect(await scene.send(me(), words('x'))).toMatchObject({ ok: true });
    expect(scene.bot.channel.health().ok).toBe(true);
  });

  test.each([401, 403])('after a %i nothing is sent for five minutes, and nothing is given up', async (code) => {
    await scene.started();
    const refused = { kind: 'answer', code, description: 'Internal server error' } as const;
    scene.zalo.fault({ ...refused, method: 'sendMessage' });
    if (code === 403) scene.zalo.fault({ ...refused, method: 'getMe' });
    expect(await scene.send(me(), words('x'))).toMatchObject({ ok: false, retryable: true, after: 1_800_000 });
    expect(scene.bot.channel.health().detail).toContain('ZALO_BOT_TOKEN');
    expect(await scene.send(me(), words('x'))).toMatchObject({ ok: false, retryable: true });
    expect(scene.calls('sendMessage')).toHaveLength(1);
    await scene.zalo.timers.advance(300_000);
    expect(await scene.send(me(), words('x'))).toMatchObject({ ok: true });
  });

  test('a 403 of one chat, while the token is good, silences no other', async () => {
    await scene.started();
    scene.zalo.fault({ kind: 'answer', method: 'sendMessage', code: 403, description: 'Internal server error' });
    const sent = await scene.send(me(), words('x'));
    expect(sent).toMatchObject({ ok: false, retryable: true });
    expect(sent).not.toHaveProperty('after');
    expect(scene.bot.channel.health().ok).toBe(true);
    expect(await scene.send(me(), words('y'))).toMatchObject({ ok: true });
  });

  test('a chat that is not there is given up while all else is well, and kept while it is not', async () => {
    expect(await scene.send('zalo:ffff', words('x'))).toMatchObject({ ok: false, retryable: true });
    await scene.started();
    expect(await scene.send('zalo:ffff', words('x'))).toMatchObject({ ok: false, retryable: false, unreachable: true });
  });

  test('somebody who never wrote cannot be written to', async () => {
    await scene.started();
    expect(await scene.send(`zalo:${scene.zalo.person('Lạ').id}`, words('x'))).toMatchObject({
      ok: false,
      retryable: false,
    });
  });

  test.each(['dropBefore', 'dropAfter', 'gateway'] as const)(
    'without an answer (%s) it is tried again',
    async (kind) => {
      await scene.started();
      scene.zalo.fault({ kind, method: 'sendMessage' });
      expect(await scene.send(me(), words('x'))).toMatchObject({ ok: false, retryable: true });
    },
  );

  test('half a surrogate pair does not stop a message', async () => {
    expect(await scene.send(me(), words('a\uD83D'))).toMatchObject({ ok: true });
    expect(scene.an.chat.lastFromBot()!.text).toBe('a\uFFFD');
  });

  test('nobody is written to under an address that is no chat', async () => {
    for (const to of ['zalo:', 'zalo:a/b', 'web:1001'] as Address[])
      expect(await scene.send(to, words('x'))).toMatchObject({ ok: false, retryable: false });
    expect(scene.calls('sendMessage')).toEqual([]);
  });
});

describe('the month', () => {
  test('is counted; at four fifths the administrator and the coordinators are told, once', async () => {
    scene.an.say('/start');
    let sent = 2_398;
    const alerts: string[] = [];
    scene.bot = await scene.another({
      quota: {
        count: async (_, by) => {
          sent += by;
          return sent;
        },
        month: () => '2026-06',
        alert: async (key, text) => void alerts.push(`${key}: ${text}`),
      },
    });
    await scene.started();
    expect(scene.bot.channel.health().detail).not.toContain('2.39');
    await scene.send(`zalo:${scene.an.id}`, words('x'));
    expect(alerts).toEqual([]);
    await scene.send(`zalo:${scene.an.id}`, words('x'));
    expect(alerts.join()).toContain('zalo-quota/2026-06/low: Zalo: đã gửi 2.400/3.000 tin của tháng 6/2026.');
    expect(scene.bot.channel.health()).toMatchObject({ ok: true, detail: expect.stringContaining('2.400/3.000') });
    sent = 2_999;
    await scene.send(`zalo:${scene.an.id}`, words('x'));
    expect(alerts.at(-1)).toContain('zalo-quota/2026-06/spent: ');
  });

  test('that is spent is refused by Zalo, and nothing is given up', async () => {
    await scene.started();
    scene.an.say('/start');
    scene.zalo.state.sentThisMonth = 3_000;
    expect(await scene.send(`zalo:${scene.an.id}`, words('x'))).toMatchObject({ ok: false, retryable: true });
  });

  test('that cannot be counted does not stop a message', async () => {
    scene.an.say('/start');
    scene.bot = await scene.another({
      quota: {
        count: async () => {
          throw new Error('connection terminated');
        },
        month: () => '2026-06',
        alert: async () => {},
      },
    });
    expect(await scene.send(`zalo:${scene.an.id}`, words('x'))).toMatchObject({ ok: true });
  });
});
