/** One person, one draft, any channel: the whole app beside the local Zalo, the local Telegram and the real web chat. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Address } from '../bot/core/types.ts';
import { instantOf } from '../bot/language/calendar.ts';
import type { Store } from '../bot/store/port.ts';
import { appStage } from './support/app-stage.ts';
import { openTestStore } from './support/database.ts';
import { rehearsalConfig } from './support/stage.ts';
import { startTelegram } from './support/telegram/platform.ts';
import { createTestTimers, until } from './support/telegram/timers.ts';
import { linesOf, newDevice, post, said, textOf } from './support/web.ts';
import { sampleOf } from './support/world.ts';
import { startZalo } from './support/zalo/platform.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const AT = instantOf('2026-06-10', '08:00');
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/;

async function threeChannels() {
  const timers = createTestTimers({ leapUpTo: 60_000 });
  const zalo = await startZalo(timers);
  const telegram = await startTelegram(timers);
  const onZalo = zalo.person('Lan');
  const onTelegram = telegram.person(1001, 'Lan');
  const home: Address = `zalo:${onZalo.id}`;
  await store.ensurePersons([{ person: sampleOf('Sở Y tế')!, address: home }], AT);
  const stage = await appStage(
    store,
    rehearsalConfig({
      clockStart: AT,
      rehearsal: false,
      telegram: {
        ...{ token: telegram.token, apiRoot: telegram.url, driver: 'grammy' },
        ...{ mode: 'polling', webhookSecret: undefined },
      },
      zalo: { token: zalo.token, apiRoot: zalo.url, mode: 'polling', webhookSecret: undefined },
    }),
    timers,
  );
  const { url } = stage.app();
  const cookie = await newDevice(url);
  const rest = () =>
    until(async () => {
      if (!zalo.updates.polling() || telegram.updates.pending().length > 0) return false;
      await stage.app().idle();
      return (await store.outbox.counts()).queued === 0;
    }, 'everything is answered');
  await until(() => zalo.updates.polling(), 'the bot polls');
  const minute = () => stage.app().clock.jumpTo(stage.app().clock.now() + 60_000);
  /** A minute later, says something and tells what the bot's last message there is. */
  const zaloSays = async (text: string) => {
    minute();
    onZalo.say(text);
    await rest();
    return onZalo.chat.lastFromBot()!.text;
  };
  const telegramSays = async (text: string) => {
    minute();
    onTelegram.say(text);
    await rest();
    return onTelegram.chat.lastFromBot()!.text;
  };
  const webSays = async (text: string) => {
    minute();
    expect((await post(url, said(text), { cookie })).status).toBe(202);
    await rest();
    const lines = await linesOf(url, { cookie, query: '?limit=500' });
    return textOf(lines.findLast((line) => line.who === 'bot')!);
  };
  return {
    ...{ zalo, telegram, onZalo, onTelegram, home, zaloSays, telegramSays, webSays },
    async end() {
      await stage.app().stop();
      await telegram.stop();
      await zalo.stop();
      expect([...zalo.violations, ...telegram.violations]).toEqual([]);
      expect(zalo.updates.lost()).toEqual([]);
    },
  };
}

test('a report begun on Zalo, gone on with on Telegram, is handed in on the web', async () => {
  const on = await threeChannels();
  expect(await on.zaloSays('bao cao')).toContain('(1/6)');
  expect(await on.zaloSays('tuần này')).toContain('(2/6)');
  const asked = await on.zaloSays('8 buổi, 950 người');
  expect(asked).toContain('Số buổi: 8');
  // A bare number is a figure here, so the choices are to be typed by label.
  expect(asked).toMatch(/Hoặc gõ: .*Để sau · Hủy$/);
  expect(asked).not.toMatch(/^1\. /m);

  // Telegram does not know the person yet.
  expect(await on.telegramSays('/lienketkenh')).toContain('Kênh này chưa đăng ký');
  const first = CODE.exec(await on.zaloSays('/lienketkenh'))![0];
  expect(await on.telegramSays(first)).toContain('Đã liên kết kênh này');
  expect(on.onZalo.chat.lastFromBot()!.text).toContain('liên kết thêm với Telegram');
  expect(await on.telegramSays('2000 tờ rơi')).toContain('Tờ rơi: 2.000');

  // The web chat takes the next code; the warning goes where the person wrote last.
  const second = CODE.exec(await on.telegramSays('/lienketkenh'))![0];
  expect(await on.webSays(`/lienketkenh ${second.toLowerCase()}`)).toContain('Đã liên kết kênh này');
  await until(() => on.onTelegram.chat.lastFromBot()?.text.includes('liên kết thêm với trang web'));
  expect(await on.webSays('kiểm tra 20 cơ sở, vi phạm 1')).toContain('Số cơ sở kiểm tra: 20');
  expect(await on.webSays('gửi')).toContain('xem lại trước khi gửi');
  expect(await on.webSays('gửi')).toContain('Đã nhận báo cáo BC-2026-00001');

  const [report, ...others] = await store.reports();
  expect(others).toEqual([]);
  expect(report).toMatchObject({ unit: 'so-y-te', by: 'mau-so-y-te' });
  expect(report!.values).toMatchObject({
    buoi_tuyen_truyen: 8,
    luot_nguoi_du: 950,
    to_roi: 2000,
    co_so_kiem_tra: 20,
    co_so_vi_pham: 1,
  });
  // What is sent unasked goes to the place that was used last.
  const contact = (await store.contacts()).find(({ person }) => person.id === 'mau-so-y-te')!;
  expect(contact.addresses[0]).toMatch(/^web:/);
  await on.zaloSays('hạn nộp');
  const again = (await store.contacts()).find(({ person }) => person.id === 'mau-so-y-te')!;
  expect(again.addresses[0]).toBe(on.home);
  expect(again.addresses).toHaveLength(3);
  // But where the person wishes, there.
  expect(await on.telegramSays('nhắc tôi qua zalo')).toContain('Nhắc việc gửi qua Zalo trước.');
  const wished = (await store.contacts()).find(({ person }) => person.id === 'mau-so-y-te')!;
  expect(wished.addresses[0]).toBe(on.home);
  await on.end();
});
