/** The Telegram channel by webhook: who may call it, and what is answered when. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeChannel, SECRET, type TestChannel } from '../support/telegram/channel.ts';
import type { Person } from '../support/telegram/people.ts';
import { startTelegram, type Telegram } from '../support/telegram/platform.ts';
import { until } from '../support/telegram/timers.ts';

let telegram: Telegram;
let an: Person;
let bot: TestChannel;

beforeEach(async () => {
  telegram = await startTelegram();
  an = telegram.person(1001, 'An');
  bot = await makeChannel(telegram, { mode: 'webhook' });
});
afterEach(async () => {
  await bot.stop();
  await telegram.stop();
  expect(telegram.violations).toEqual([]);
  expect(bot.logged.join('\n')).not.toContain(telegram.token.split(':')[1]);
});

const running = () => until(() => bot.channel.health().ok, 'the webhook is set');
const texts = () => bot.events.map((e) => (e.kind === 'said' ? e.text : e.kind));
const update = (id: number, text: string) => ({
  update_id: id,
  message: { message_id: id, date: 1, from: an.user, chat: { id: 1001, type: 'private' }, text },
});

function post(body: string | object, headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': SECRET }) {
  return fetch(`${bot.url}/telegram/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }).then((response) => response.status);
}

describe('the request', () => {
  test.each<[string, Record<string, string>]>([
    ['without the secret', {}],
    ['with a wrong one', { 'x-telegram-bot-api-secret-token': 'local-secret_2' }],
    ['with its beginning', { 'x-telegram-bot-api-secret-token': 'local' }],
    ['with more than it', { 'x-telegram-bot-api-secret-token': `${SECRET}1` }],
  ])('%s is refused and not read', async (_, headers) => {
    await bot.start();
    await running();
    expect(await post(update(1, 'giả'), headers)).toBe(401);
    expect(await post('{', headers)).toBe(401);
    expect(bot.events).toEqual([]);
  });

  test('that is no update is refused', async () => {
    await bot.start();
    await running();
    expect(await post('{')).toBe(400);
    expect(await post('null')).toBe(400);
    expect(await post({ update_id: 'x' })).toBe(400);
    expect(await post({ ...update(1, 'x'), more: 'x'.repeat(1024 * 1024) })).toBe(413);
    expect(bot.events).toEqual([]);
  });

  test('is answered only when the update is stored', async () => {
    let release = () => {};
    await bot.start(() => new Promise((resolve) => (release = resolve)));
    await running();
    let status = 0;
    const posted = post(update(1, 'một')).then((s) => {
      status = s;
    });
    await until(() => bot.events.length === 1);
    expect(status).toBe(0);
    release();
    await posted;
    expect(status).toBe(200);
  });

  test('of a kind that does not concern the bot is accepted', async () => {
    await bot.start();
    await running();
    expect(await post({ update_id: 5, poll: {} })).toBe(200);
    expect(bot.events).toEqual([]);
  });

  test('that comes twice at once is handled one after the other under one id', async () => {
    let inside = 0;
    let most = 0;
    await bot.start(async () => {
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
    });
    await running();
    expect(await Promise.all([post(update(1, 'một')), post(update(1, 'một'))])).toEqual([200, 200]);
    expect(bot.events.map((e) => e.id)).toEqual(['telegram:1', 'telegram:1']);
    expect(most).toBe(1);
  });

  test('before the bot knows its own name is put off', async () => {
    telegram.setDown(true);
    await bot.start();
    expect(await post(update(1, 'sớm'))).toBe(503);
    telegram.setDown(false);
  });

  test('is put off when the bot failed, until the update proves to be poisonous', async () => {
    await bot.start(async () => {
      throw new Error('cannot be stored');
    });
    await running();
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push(await post(update(1, 'độc')));
    expect(statuses).toEqual([503, 503, 503, 503, 503, 200]);
    expect(bot.logged.join('\n')).toContain('is skipped');
  });
});

describe('with the platform', () => {
  test('sets its address, secret and kinds, and receives what waited', async () => {
    an.say('chờ sẵn');
    await bot.start();
    await until(() => texts().length === 1);
    expect(telegram.calls.filter((c) => c.method === 'setWebhook').map((c) => c.parameters)).toEqual([
      {
        url: `${bot.url}/telegram/webhook`,
        secret_token: SECRET,
        allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      },
    ]);
    await until(() => telegram.updates.pending().length === 0);
  });

  test('what failed is sent again by Telegram and arrives in order', async () => {
    let failures = 1;
    await bot.start(async () => {
      if (failures-- > 0) throw new Error('serialization failure');
    });
    await running();
    an.say('một');
    an.say('hai');
    await until(() => texts().length === 1);
    await until(() => telegram.timers.waiting()[0] === 1_000, 'Telegram waits');
    await telegram.timers.advance(1_000);
    await until(() => telegram.updates.pending().length === 0);
    expect(texts()).toEqual(['một', 'một', 'hai']);
  });

  test('looks every minute whether it is still its own, and takes it back', async () => {
    await bot.start();
    await running();
    telegram.updates.setWebhook({ url: 'http://127.0.0.1:9/khac', most: 40 });
    await telegram.timers.advance(60_000);
    an.say('còn đó không');
    await until(() => texts().length === 1);
  });

  test('says that its webhook fails, and when it works again', async () => {
    let alive = false;
    await bot.stop();
    bot = await makeChannel(telegram, { mode: 'webhook', storeAlive: async () => alive });
    await bot.start(async () => {
      if (!alive) throw new Error('connection terminated');
    });
    await running();
    an.say('một');
    await until(() => texts().length === 1);
    const passing = (condition: () => boolean, what: string) =>
      until(async () => {
        await telegram.timers.advance(1_000);
        return condition();
      }, what);
    await passing(() => !bot.channel.health().ok, 'the trouble is seen');
    expect(bot.channel.health().detail).toMatch(/không gọi được webhook \(.*503.*\), còn 1 tin chờ/);
    alive = true;
    await passing(() => telegram.updates.pending().length === 0, 'Telegram tries again');
    await passing(() => bot.channel.health().ok, 'the bot looks again');
  });

  test('a wrong address or a platform that is down is told and tried again', async () => {
    telegram.fault({ kind: 'answer', code: 400, description: 'Bad Request: bad webhook', method: 'setWebhook' });
    await bot.start();
    await until(() => bot.channel.health().detail.includes('máy chủ báo lỗi 400 (Bad Request: bad webhook)'));
    await until(() => telegram.timers.waiting().length > 0);
    await telegram.timers.advance(1_000);
    await running();
  });

  test('stopping leaves the webhook, so that Telegram keeps what is said meanwhile', async () => {
    await bot.start();
    await running();
    await bot.stop();
    expect(telegram.updates.webhookInfo()).toMatchObject({ url: `${bot.url}/telegram/webhook` });
  });

  test('without an address or a secret it says what is missing, and does not start', async () => {
    const unset = await makeChannel(telegram, { mode: 'webhook', webhookSecret: undefined });
    await unset.start();
    expect(unset.channel.health()).toMatchObject({ ok: false });
    expect(unset.channel.health().detail).toContain('TELEGRAM_WEBHOOK_SECRET');
    expect(telegram.calls).toEqual([]);
    await unset.stop();
  });
});
