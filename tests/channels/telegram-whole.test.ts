/** The whole bot over Telegram: what people do there that no other channel has, from the update to the answer. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../bot/store/port.ts';
import { type AppStage, appStage } from '../support/app-stage.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { rehearsalConfig } from '../support/stage.ts';
import type { Person } from '../support/telegram/people.ts';
import { startTelegram, type Telegram } from '../support/telegram/platform.ts';
import { createTestTimers, until } from '../support/telegram/timers.ts';
import { sampleOf, testPlans } from '../support/world.ts';

const AT = Date.parse('2026-06-10T08:00:00+07:00');
let store: Store;
let telegram: Telegram;
let stage: AppStage;
let an: Person;

beforeAll(async () => {
  store = await openTestStore();
  await store.saveBook(testPlans.book);
});
afterAll(() => store.close());

beforeEach(async () => {
  await resetStore(store, { keepBook: true });
  telegram = await startTelegram(createTestTimers({ leapUpTo: 60_000 }));
  an = telegram.person(1001, 'An');
  await store.ensurePersons([{ person: sampleOf('Sở Y tế')!, address: 'telegram:1001' }], AT);
  telegram.state.chats.get(1001)!.open = true;
  const { token, url: apiRoot } = telegram;
  const settings = { token, apiRoot, driver: 'grammy', mode: 'polling', webhookSecret: undefined } as const;
  stage = await appStage(
    store,
    rehearsalConfig({ clockStart: AT, rehearsal: false, telegram: settings, coordinators: ['telegram:1009'] }),
    telegram.timers,
  );
});
afterEach(async () => {
  await stage.app().stop();
  await telegram.stop();
  expect(telegram.violations).toEqual([]);
});

/** What the bot says to something that is done. */
async function heard(act: () => unknown, { chat } = an): Promise<string[]> {
  const before = chat.fromBot().length;
  act();
  await until(async () => {
    if (telegram.updates.pending().length > 0) return false;
    await stage.app().idle();
    return (await store.outbox.counts()).queued === 0;
  }, 'everything is answered');
  return chat
    .fromBot()
    .slice(before)
    .map(({ text }) => text);
}

describe('an edited message', () => {
  const EDITED = 'Đồng chí vừa sửa một tin cũ';

  test('takes the place of the last answer of a form, not of the next one', async () => {
    for (const text of ['báo cáo nhanh', 'hôm nay']) await heard(() => an.say(text));
    let id = 0;
    expect((await heard(() => (id = an.say('5'))))[0]).toContain('Số buổi: 5');
    expect((await heard(() => an.edit(id, '6')))[0]).toContain('Số buổi: 6');
    expect((await heard(() => an.edit(id, '7, 300')))[0]).toContain('Lượt người dự: 300');
    const [review] = await heard(() => an.say('xem lại'));
    expect(review).toContain('Số buổi: 7');
    expect(review).not.toContain('Số cơ sở kiểm tra:');
  });

  test('of an earlier question is taken for nothing, and the form asks again', async () => {
    for (const text of ['báo cáo nhanh', 'hôm nay']) await heard(() => an.say(text));
    let id = 0;
    await heard(() => (id = an.say('5')));
    await heard(() => an.say('20'));
    const [told] = await heard(() => an.edit(id, '6'));
    expect(told).toContain(EDITED);
    expect(told).toContain('(4/6)');
    // Nor after a press, which the message cannot take back.
    const last = an.say('87');
    await heard(() => {});
    await heard(() => an.press('Quay lại'));
    expect((await heard(() => an.edit(last, '88')))[0]).toContain(EDITED);
    const [review] = await heard(() => an.say('xem lại'));
    expect(review).toContain('Số buổi: 5');
    expect(review).toContain('Số cơ sở kiểm tra: 20');
    expect(review).not.toContain('88');
  });

  test('a report in one sentence is read anew, without what it no longer says', async () => {
    let id = 0;
    await heard(() => (id = an.say('hôm nay tuyên truyền 5 buổi 300 lượt người, 12 tờ rơi')));
    const [review] = await heard(() => an.edit(id, 'hôm nay tuyên truyền 6 buổi 300 lượt người'));
    expect(review).toContain('Số buổi: 6');
    expect(review).not.toMatch(/tờ rơi: 12/i);
  });

  test('a question with a typo mended is answered anew, and a command is done in an open form too', async () => {
    let id = 0;
    await heard(() => (id = an.say('han nopp')));
    expect((await heard(() => an.edit(id, 'hạn nộp')))[0]).toContain('Hạn báo cáo của Sở Y tế');
    await heard(() => an.say('báo cáo nhanh'));
    expect((await heard(() => an.edit(id, '/trogiup')))[0]).not.toContain(EDITED);
  });
});

describe('what holds no words', () => {
  const NOTHING = 'chưa thấy chữ trong tin này';
  const sticker = { file_id: 's', file_unique_id: 'u', type: 'regular', width: 1, height: 1 };

  test.each([
    ['a sticker', { sticker: { ...sticker, is_animated: false, is_video: false } }],
    ['a contact', { contact: { phone_number: '+84901234567', first_name: 'Nguyễn Văn Z' } }],
    ['a location', { location: { latitude: 20.8, longitude: 106.7 } }],
    ['a dice', { dice: { emoji: '🎲', value: 3 } }],
  ])('%s is told to be of no use and not kept, and the open form asks again', async (_, content) => {
    const [told] = await heard(() => an.send(content));
    expect(told).toContain(NOTHING);
    await heard(() => an.say('báo cáo nhanh'));
    const [again] = await heard(() => an.send(content));
    expect(again).toContain(NOTHING);
    expect(again).toContain('(1/6)');
  });

  test('is not taken for words that are waited for', async () => {
    await heard(() => an.say('/vuongmac'));
    expect((await heard(() => an.send({ location: { latitude: 20.8, longitude: 106.7 } })))[0]).toContain(NOTHING);
    expect((await heard(() => an.say('Thiếu kinh phí in tờ rơi tại phường')))[0]).not.toContain('chưa thấy');
  });
});

test('of an album that is of no use that is said once, with and without an open form; of the next album again', async () => {
  const photo = (n: number, media_group_id: string) => ({
    photo: [{ file_id: `p${n}`, file_unique_id: `u${n}`, width: 9, height: 9 }],
    media_group_id,
  });
  const album = (name: string) => heard(() => [1, 2, 3].map((n) => an.send(photo(n, name))));
  expect(await album('a')).toEqual([expect.stringContaining('chưa dùng được tệp này')]);
  expect(await album('b')).toHaveLength(1);
  await heard(() => an.say('báo cáo nhanh'));
  const [told, ...more] = await album('c');
  expect(told).toContain('không nhận tệp');
  expect(told).toContain('(1/6)');
  expect(more).toEqual([]);
});

test('the address of an invitation, opened once more by who used it, greets; for others the code is used', async () => {
  const head = telegram.person(1009, 'Điều phối');
  await heard(() => head.say('/start'), head);
  const [invited] = await heard(() => head.say('/moi Sở Tài chính'), head);
  const code = /start=(\w+)/.exec(invited!)![1]!;
  const binh = telegram.person(1010, 'Bình');
  expect((await heard(() => binh.say(`/start ${code}`), binh))[0]).toContain('Đã đăng ký: Sở Tài chính');
  expect((await heard(() => binh.say(`/start ${code}`), binh))[0]).toContain('Đồng chí đang đăng ký: Sở Tài chính');
  expect((await heard(() => an.say(`/start ${code}`)))[0]).toContain('đã có người dùng');
});

test('a webhook’s body over the limit is refused as too long, and is no failure of the bot', async () => {
  await stage.app().stop();
  const settings = { token: telegram.token, apiRoot: telegram.url, driver: 'grammy', mode: 'webhook' } as const;
  const telegramToo = { ...settings, webhookSecret: 'local-secret_1' };
  const publicUrl = 'http://127.0.0.1:9';
  stage = await appStage(
    store,
    rehearsalConfig({ clockStart: AT, rehearsal: false, publicUrl, telegram: telegramToo }),
    telegram.timers,
  );
  const answer = await fetch(`${stage.app().url}/telegram/webhook`, {
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': 'local-secret_1' },
    body: 'x'.repeat(2 * 1024 * 1024),
  });
  expect(answer.status).toBe(413);
});
