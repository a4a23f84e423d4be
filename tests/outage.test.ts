/** Platforms fail in every way at once: each says what is wrong, the others go on, and each comes back by itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOf } from '../bot/language/calendar.ts';
import type { Store } from '../bot/store/port.ts';
import { appStage } from './support/app-stage.ts';
import { openTestStore } from './support/database.ts';
import { rehearsalConfig } from './support/stage.ts';
import { startTelegram } from './support/telegram/platform.ts';
import { createTestTimers, until } from './support/telegram/timers.ts';
import { linesOf, newDevice, post, said, textOf } from './support/web.ts';
import { startZalo } from './support/zalo/platform.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const HOUR = 3_600_000;

test('Telegram down for an hour from the first moment, Zalo’s token refused: the web goes on, both come back', async () => {
  const timers = createTestTimers({ leapUpTo: 60_000 });
  const telegram = await startTelegram(timers);
  const zalo = await startZalo(timers);
  const wrong = { code: 401, description: 'Unauthorized' };
  zalo.fault({ kind: 'answer', ...wrong, method: 'getMe', times: 40 });
  telegram.setDown(true);
  const stage = await appStage(
    store,
    rehearsalConfig({
      ...{ clockStart: instantOf('2026-06-10', '08:00'), rehearsal: false },
      telegram: {
        ...{ token: telegram.token, apiRoot: telegram.url, driver: 'grammy' },
        ...{ mode: 'polling', webhookSecret: undefined },
      },
      zalo: { token: zalo.token, apiRoot: zalo.url, mode: 'polling', webhookSecret: undefined },
    }),
    timers,
  );
  const { url } = stage.app();
  type Told = { ok: boolean; database: boolean; channels: Record<string, { ok: boolean; detail: string }> };
  const health = async () => (await (await fetch(`${url}/health`)).json()) as Told;
  const detail = async (channel: string) => (await health()).channels[channel]!.detail;

  await until(async () => /không kết nối được máy chủ/.test(await detail('telegram')), 'Telegram is told to be down');
  await until(async () => /mã bot \(ZALO_BOT_TOKEN\) bị từ chối/.test(await detail('zalo')), 'the token is told');
  const told = await health();
  expect([told.ok, told.database, told.channels.web!.ok]).toEqual([false, true, true]);
  expect(JSON.stringify(told)).not.toContain(telegram.token.split(':')[1]);

  // The web chat knows nothing of it.
  const cookie = await newDevice(url);
  expect((await post(url, said('hạn nộp báo cáo'), { cookie })).status).toBe(202);
  await until(async () => (await linesOf(url, { cookie })).length > 1, 'the web answers');
  expect(textOf((await linesOf(url, { cookie })).at(-1)!)).toContain('04/7');

  const an = telegram.person(1001, 'An');
  an.say('hạn nộp báo cáo');
  await until(() => timers.now() > HOUR, 'an hour passes');
  telegram.setDown(false);
  await until(async () => (await detail('telegram')).includes('hoạt động bình thường'), 'Telegram is back');
  await until(() => an.chat.lastFromBot()?.text.includes('04/7'), 'what was said meanwhile is answered');
  await until(async () => (await detail('zalo')).includes('hoạt động bình thường'), 'Zalo is back');
  expect((await health()).ok).toBe(true);

  // Somebody else polls with the same token, and stops again.
  telegram.fault({
    kind: 'answer',
    code: 409,
    description: 'Conflict: terminated by other getUpdates request',
    method: 'getUpdates',
    times: 2,
  });
  telegram.updates.endPolls();
  an.say('nộp ở đâu');
  await until(() => an.chat.lastFromBot()?.text.includes('gửi về'), 'the question is answered all the same');
  await stage.app().stop();
  await telegram.stop();
  await zalo.stop();
});
