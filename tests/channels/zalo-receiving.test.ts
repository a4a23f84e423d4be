/** The Zalo channel by polling, against a platform that misbehaves; what it makes of what arrives. */
import { describe, expect, test } from 'vitest';
import { createClient } from '../../bot/channels/zalo/client.ts';
import { until } from '../support/telegram/timers.ts';
import { ready, SECRET } from '../support/zalo/channel.ts';
import { startZalo } from '../support/zalo/platform.ts';
import { sceneOfTests, words } from '../support/zalo/scene.ts';

const scene = sceneOfTests();

describe('polling', () => {
  test('begins anew at once, after a message as after none', async () => {
    await scene.started();
    expect(scene.calls('getUpdates')[0]!.parameters).toEqual({ timeout: '30' });
    for (const text of ['một', 'hai', 'ba']) scene.an.say(text);
    await until(() => scene.texts().length === 3);
    await scene.zalo.expirePoll();
    await until(() => scene.zalo.updates.polling());
    scene.an.say('bốn');
    await until(() => scene.texts().length === 4);
    expect(scene.texts()).toEqual(['một', 'hai', 'ba', 'bốn']);
    expect(scene.zalo.timers.waiting()).toEqual([]);
    expect(scene.zalo.updates.lost()).toEqual([]);
    expect(scene.bot.channel.health()).toEqual({
      ok: true,
      detail: 'Zalo: hoạt động bình thường (bot.VDKyGxQvc).',
    });
  });

  test('reads a list of updates as well', async () => {
    scene.zalo.answerInLists();
    await scene.started();
    scene.an.say('một');
    await until(() => scene.texts().length === 1);
  });

  test('a message that cannot be stored yet holds up nobody else, and is not lost', async () => {
    let broken = true;
    await scene.bot.start(async (event) => {
      if (broken && event.kind === 'said' && event.text === 'một') throw new Error('connection terminated');
    });
    await ready(scene.bot, scene.zalo);
    scene.an.say('một');
    scene.an.say('hai');
    scene.zalo.person('Bình').say('khác');
    await until(() => scene.texts().includes('khác'));
    expect(scene.texts()).not.toContain('hai');
    broken = false;
    await scene.nextWait();
    await until(() => scene.texts().includes('hai'));
    expect(scene.texts()).toEqual(['một', 'khác', 'một', 'hai']);
  });

  test('takes over from a webhook that was left behind', async () => {
    scene.zalo.updates.setHook({ url: 'http://127.0.0.1:9/', secret: SECRET });
    await scene.started();
    scene.an.say('một');
    await until(() => scene.texts().length === 1);
  });

  test.each([
    ['a broken connection', { kind: 'dropBefore' }, /không kết nối được/],
    ['a gateway in between', { kind: 'gateway' }, /trả lời thay máy chủ Zalo \(HTTP 502\)/],
    ['an error', { kind: 'answer', code: 500, description: 'oops' }, /báo lỗi 500 \(oops\)/],
    ['too many calls', { kind: 'answer', code: 429, description: 'Quota exceeded' }, /429/],
  ] as const)('%s is survived and told', async (_, fault, detail) => {
    scene.zalo.fault({ ...fault, method: 'getUpdates' });
    await scene.bot.start();
    await until(() => !scene.bot.channel.health().ok && scene.zalo.timers.waiting().length > 0);
    expect(scene.bot.channel.health().detail).toMatch(detail);
    expect(await scene.nextWait()).toBe(1_000);
    await until(() => scene.bot.channel.health().ok);
    await until(() => scene.zalo.updates.polling());
    scene.an.say('một');
    await until(() => scene.texts().length === 1);
  });

  test('does not fail while Zalo is down for an hour, says so, and comes back by itself', async () => {
    scene.zalo.setDown(true);
    await scene.bot.start();
    expect([await scene.nextWait(), await scene.nextWait(), await scene.nextWait()]).toEqual([1_000, 2_000, 4_000]);
    expect(scene.bot.channel.health().detail).toMatch(/^Zalo: không kết nối được máy chủ \(.+\)/);
    await scene.zalo.timers.advance(3_600_000);
    scene.zalo.setDown(false);
    for (let i = 0; i < 5 && !scene.bot.channel.health().ok; i++) {
      await scene.nextWait();
      await until(() => scene.bot.channel.health().ok || scene.zalo.timers.waiting().length > 0);
    }
    await until(() => scene.zalo.updates.polling());
    scene.an.say('có mạng');
    await until(() => scene.texts().length === 1);
  });

  test('says what to do about a wrong token', async () => {
    scene.zalo.revokeToken();
    await scene.bot.start();
    await until(() => scene.zalo.timers.waiting().length > 0);
    expect(scene.bot.channel.health().ok).toBe(false);
    expect(scene.bot.channel.health().detail).toContain('ZALO_BOT_TOKEN');
    expect(scene.bot.channel.health().detail).not.toContain(scene.zalo.token);
  });

  test('two pollers: both are told, neither spins, and the one that is left is well again', async () => {
    await scene.started();
    const second = await scene.another();
    await second.start();
    await until(() => /chương trình khác/.test(scene.bot.channel.health().detail + second.channel.health().detail));
    const before = scene.calls('getUpdates').length;
    await until(() => scene.zalo.timers.waiting().length > 0);
    expect(scene.calls('getUpdates').length - before).toBeLessThan(10);
    await second.channel.stop();
    for (let i = 0; i < 4 && scene.zalo.timers.waiting().length > 0; i++) await scene.nextWait();
    await until(() => scene.zalo.updates.polling());
    scene.an.say('một');
    await until(() => scene.texts().length === 1);
    // Well again once it was left alone for longer than the other would have waited.
    expect(scene.bot.channel.health().detail).toContain('chương trình khác');
    await scene.zalo.timers.advance(30_000);
    scene.an.say('hai');
    await until(() => scene.bot.channel.health().ok, 'the first is back');
  });

  test('an address where nobody listens is told, without the token', async () => {
    const gone = await startZalo();
    await gone.stop();
    const lost = await scene.another({ client: createClient({ token: scene.zalo.token, apiRoot: `${gone.url}/` }) });
    await lost.start();
    await until(() => lost.logged.length > 0);
    expect(lost.channel.health().detail).toContain('ECONNREFUSED');
  });
});

describe('what is received', () => {
  test('images under either name, stickers, voice, what Zalo hides, what nobody knows', async () => {
    await scene.started();
    scene.an.sendImage('https://photo.example/1.jpg', 'photo_url', 'ảnh hội nghị');
    scene.an.sendImage('https://photo.example/2.jpg', 'photo');
    scene.an.sendVoice('https://voice.example/3.aac');
    scene.an.sendSticker();
    scene.an.sendUnsupported();
    scene.an.sendUnsupported(true);
    scene.zalo.updates.push({ event_name: 'message.reaction.received' });
    scene.zalo.updates.push({ event_name: 'message.text.received' });
    scene.an.say('hết');
    await until(() => scene.texts().includes('hết'));
    expect(
      scene.bot.events.map((e) => (e.kind === 'sent' ? [e.file.id, e.caption] : e.kind === 'said' ? e.text : e)),
    ).toEqual([
      ['https://photo.example/1.jpg', 'ảnh hội nghị'],
      ['https://photo.example/2.jpg', undefined],
      ['https://voice.example/3.aac', undefined],
      '',
      '',
      'hết',
    ]);
    expect(scene.bot.events.at(-1)!.id).toMatch(/^zalo:text\/[0-9a-f]+$/);
    expect(scene.bot.logged.filter((line) => line.includes('could not be read'))).toHaveLength(1);
  });

  test('in a group only what is addressed to the bot arrives, without its name', async () => {
    await scene.started();
    const group = scene.zalo.group();
    group.say(scene.an, 'chuyện riêng');
    group.say(scene.an, '@Bot Trực Ban /lienket toàn thành phố');
    group.say(scene.an, 'hạn nộp?', { reply: true });
    await until(() => scene.texts().length === 2);
    expect(scene.texts()).toEqual(['/lienket toàn thành phố', 'hạn nộp?']);
    expect(scene.bot.events[0]).toMatchObject({
      from: `zalo:${scene.an.id}`,
      fromName: 'An',
      chat: { address: `zalo:${group.id}`, kind: 'group', addressed: true },
    });
    expect(await scene.send(`zalo:${group.id}`, words('Đã liên kết'))).toMatchObject({ ok: true });
    expect(group.chat.lastFromBot()!.text).toBe('Đã liên kết');
  });
});
