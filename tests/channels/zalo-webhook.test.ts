/** The Zalo channel by webhook: who may call it, and what is answered when. */
import { beforeEach, describe, expect, test } from 'vitest';
import { until } from '../support/telegram/timers.ts';
import { ready, SECRET } from '../support/zalo/channel.ts';
import { sceneOfTests } from '../support/zalo/scene.ts';

const scene = sceneOfTests();

describe('the webhook', () => {
  beforeEach(async () => {
    scene.bot = await scene.another({ mode: 'webhook' });
  });
  const event = (message_id: string, text: string) => ({
    event_name: 'message.text.received',
    message: { message_id, date: 1, from: { id: scene.an.id }, chat: { id: scene.an.id, chat_type: 'PRIVATE' }, text },
  });
  const post = (body: string | object, secret: string | null = SECRET) =>
    fetch(`${scene.bot.url}/zalo/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(secret !== null && { 'x-bot-api-secret-token': secret }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }).then((response) => response.status);

  test('is answered with 200 once the event is stored, wrapped or bare', async () => {
    await scene.started();
    expect(await post(event('a', 'bare'))).toBe(200);
    expect(await post({ ok: true, result: event('b', 'wrapped') })).toBe(200);
    expect(scene.texts()).toEqual(['bare', 'wrapped']);
    expect(scene.calls('setWebhook')[0]!.parameters).toEqual({
      url: `${scene.bot.url}/zalo/webhook`,
      secret_token: SECRET,
    });
  });

  test.each([null, 'local-secret_2', 'local', `${SECRET}1`])(
    'with the secret %s is refused and not read',
    async (s) => {
      await scene.started();
      expect(await post(event('a', 'giả'), s)).toBe(401);
      expect(await post('{', s)).toBe(401);
      expect(scene.bot.events).toEqual([]);
    },
  );

  test('what is no event is refused; what nobody knows is taken and ignored', async () => {
    await scene.started();
    for (const body of ['{', 'null', { event_name: 'message.text.received' }]) expect(await post(body)).toBe(400);
    expect(await post({ event_name: 'message.reaction.received' })).toBe(200);
    expect(await post({ ok: true, result: { event_name: 'message.unsupported.received' } })).toBe(200);
    expect(await post({ ...event('a', 'x'), more: 'x'.repeat(256 * 1024) })).toBe(413);
    expect(scene.bot.events).toEqual([]);
  });

  test('what cannot be stored in time is answered with 503 and tried on', async () => {
    let broken = true;
    await scene.bot.start(async () => {
      if (broken) throw new Error('connection terminated');
    });
    await ready(scene.bot, scene.zalo);
    const answered = post(event('a', 'một'));
    await until(() => scene.bot.events.length > 0);
    await scene.zalo.timers.advance(5_000);
    expect(await answered).toBe(503);
    broken = false;
    await scene.zalo.timers.advance(60_000);
    await until(() => scene.bot.logged.length >= 0 && scene.texts().length >= 2);
    expect(new Set(scene.bot.events.map((e) => e.id)).size).toBe(1);
  });

  test('that Zalo cannot call is told, with the reason, and set again', async () => {
    scene.zalo.setVerification({ ok: false, outcome: 'timeout', hint: 'chứng chỉ không hợp lệ' });
    await scene.bot.start();
    await until(() => scene.bot.channel.health().detail.includes('chứng chỉ không hợp lệ'));
    scene.zalo.setVerification({ ok: true, outcome: 'ok' });
    await scene.nextWait();
    await until(() => scene.bot.channel.health().ok);
  });

  test('that somebody else took is taken back', async () => {
    await scene.started();
    scene.zalo.updates.setHook({ url: 'http://127.0.0.1:9/', secret: SECRET });
    await scene.nextWait();
    await until(() => scene.zalo.updates.hook()?.url === `${scene.bot.url}/zalo/webhook`);
  });

  test('without an address or a secret says what is missing', async () => {
    const unset = await scene.another({ mode: 'webhook', publicUrl: undefined });
    await unset.start();
    await until(() => unset.channel.health().detail.includes('ZALO_WEBHOOK_SECRET'));
  });
});
