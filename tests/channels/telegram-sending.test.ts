/** What the Telegram channel sends, in groups and in private, and what Telegram refuses. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Address } from '../../bot/core/types.ts';
import { DRIVER_NAMES } from '../support/telegram/drivers.ts';
import { sceneOfTests, words } from '../support/telegram/scene.ts';
import { until } from '../support/telegram/timers.ts';

describe.each(DRIVER_NAMES)('on %s', (library) => {
  const scene = sceneOfTests(library);
  const calls = (method: string) => scene.calls(method);
  const nextWait = () => scene.nextWait();
  const send: typeof scene.send = (to, part, thread) => scene.send(to, part, thread);

  test('a message that was stopped is deleted in private; in a group, where the bot may not, it stays and nothing breaks', async () => {
    const group = scene.telegram.group(-500, 'Nhóm');
    await scene.bot.start();
    group.add(scene.an);
    scene.an.say('0912345678');
    group.say(scene.an, '/baocao 0912345678');
    await until(() => scene.bot.events.length === 3);
    for (const event of scene.bot.events) await scene.bot.channel.erase!(event);
    expect(scene.an.chat.messages().map((m) => m.text)).not.toContain('0912345678');
    expect(group.chat.messages().map((m) => m.text)).toContain('/baocao 0912345678');
  });

  test('a document is uploaded whole, under a name that Telegram keeps', async () => {
    await scene.bot.start();
    await scene.an.say('/start');
    const document = { name: 'báo cáo 6.docx', mediaType: 'x/y', bytes: Buffer.from('PK\u0003\u0004') };
    expect(await send('telegram:1001', { text: [], choices: [], document })).toMatchObject({ ok: true });
    const [call] = calls('sendDocument');
    expect(Buffer.from(call!.parameters.document as Uint8Array).toString()).toBe('PK\u0003\u0004');
  });

  describe('groups', () => {
    test('joining, being asked, the topic, moving, leaving', async () => {
      const group = scene.telegram.group(-500, 'Nhóm PCMT');
      await scene.bot.start();
      group.add(scene.an);
      group.say(scene.an, 'chuyện riêng');
      const topic = group.topic();
      group.say(scene.an, '/tinhhinh@trucban_bot', { thread: topic });
      const next = group.migrate(scene.an, -1_000_000_000_500);
      await until(() => scene.bot.events.length === 4);
      next.remove(scene.an);
      await until(() => scene.bot.events.length === 5);
      expect(scene.bot.events.map((e) => [e.kind, e.chat.address, e.chat.addressed, e.chat.thread])).toEqual([
        ['joined', 'telegram:-500', true, undefined],
        ['said', 'telegram:-500', false, undefined],
        ['said', 'telegram:-500', true, String(topic)],
        ['moved', 'telegram:-500', false, undefined],
        ['left', 'telegram:-1000000000500', false, undefined],
      ]);
      expect(scene.bot.events[3]).toMatchObject({ to: 'telegram:-1000000000500' });
    });

    test('a message to a group that moved tells where it lives now', async () => {
      const group = scene.telegram.group(-500, 'Nhóm');
      group.add(scene.an);
      group.migrate(scene.an, -1_000_000_000_500);
      expect(await send('telegram:-500', words('Bản tin'))).toMatchObject({
        ok: false,
        retryable: true,
        movedTo: 'telegram:-1000000000500',
      });
      expect(await send('telegram:-1000000000500', words('Bản tin'))).toMatchObject({ ok: true });
    });

    test('a topic that is gone: the message goes to the group itself', async () => {
      const group = scene.telegram.group(-500, 'Nhóm');
      group.add(scene.an);
      const topic = group.topic();
      expect(await send('telegram:-500', words('trong chủ đề'), String(topic))).toMatchObject({ ok: true });
      expect(await send('telegram:-500', words('chủ đề đã xóa'), '999')).toMatchObject({ ok: true });
      expect(group.chat.fromBot().map((m) => [m.text, m.thread])).toEqual([
        ['trong chủ đề', topic],
        ['chủ đề đã xóa', undefined],
      ]);
    });

    test('at most twenty messages a minute, and the rest are told when', async () => {
      const group = scene.telegram.group(-500, 'Nhóm');
      group.add(scene.an);
      let sent = 0;
      let after: number | undefined;
      for (let second = 0; second < 30 && after === undefined; second++, await scene.telegram.timers.advance(1_000)) {
        const result = await send('telegram:-500', words(`tin ${second}`));
        if (result.ok) sent++;
        else after = result.after;
      }
      expect(sent).toBe(20);
      expect(after).toBeGreaterThan(30_000);
      await scene.telegram.timers.advance(after!);
      expect(await send('telegram:-500', words('tiếp'))).toMatchObject({ ok: true });
    });
  });

  describe('sending', () => {
    beforeEach(() => void scene.an.say('/start'));

    test('marks, a picture with its caption, buttons: as people see them', async () => {
      const token = { token: 'x', label: 'Xem' };
      await send('telegram:1001', {
        text: [
          { as: 'title', text: 'A < B' },
          { as: 'quote', text: 'nguyên văn' },
        ],
        choices: [token],
      });
      expect(scene.an.chat.lastFromBot()).toMatchObject({
        text: 'A < B\n\nnguyên văn',
        marks: ['bold: A < B', 'blockquote: nguyên văn'],
        buttons: [[{ text: 'Xem', callback_data: 'x' }]],
      });
      expect(scene.telegram.transcript(1001)).toEqual(['An: /start', 'bot: A < B\n\nnguyên văn [Xem]']);
    });

    test('where the marks are refused, the words arrive without them', async () => {
      scene.telegram.fault({
        kind: 'answer',
        code: 400,
        description: "Bad Request: can't parse entities: x",
        method: 'sendMessage',
      });
      expect(await send('telegram:1001', { text: [{ as: 'title', text: 'A < B' }], choices: [] })).toMatchObject({
        ok: true,
      });
      expect(scene.an.chat.lastFromBot()).toMatchObject({ text: 'A < B', marks: [] });
    });

    test('somebody who blocked the bot is given up', async () => {
      scene.an.block();
      expect(await send('telegram:1001', words('x'))).toMatchObject({ ok: false, retryable: false });
    });

    test('somebody who never wrote cannot be written to', async () => {
      scene.telegram.person(1003, 'Lạ');
      expect(await send('telegram:1003', words('x'))).toMatchObject({ ok: false, retryable: false });
    });

    test('nobody is written to under an address that is no chat', async () => {
      for (const to of ['telegram:anonymous', 'telegram:', 'telegram:12x', 'web:1001'] as Address[])
        expect(await send(to, words('x'))).toMatchObject({ ok: false, retryable: false });
      expect(calls('sendMessage')).toEqual([]);
    });

    test('a 429 is honoured: that chat is silent for as long, others go on', async () => {
      scene.telegram.person(1002, 'Bình').say('/start');
      scene.telegram.fault({
        ...{ kind: 'answer', method: 'sendMessage', code: 429 },
        ...{ description: 'Too Many Requests: retry after 9', parameters: { retry_after: 9 } },
      });
      expect(await send('telegram:1001', words('x'))).toMatchObject({ ok: false, retryable: true, after: 9_000 });
      expect(await send('telegram:1001', words('x'))).toMatchObject({ ok: false, retryable: true, after: 9_000 });
      expect(calls('sendMessage')).toHaveLength(1);
      expect(await send('telegram:1002', words('x'))).toMatchObject({ ok: true });
      await scene.telegram.timers.advance(9_000);
      expect(await send('telegram:1001', words('x'))).toMatchObject({ ok: true });
    });

    test('a short wait for its turn is waited', async () => {
      for (let i = 0; i < 3; i++) await send('telegram:1001', words(`${i}`));
      await scene.telegram.timers.advance(500);
      const waiting = send('telegram:1001', words('3'));
      expect(await nextWait()).toBe(500);
      expect(await waiting).toMatchObject({ ok: true });
    });

    test('140 people at once are reached within six seconds without a single 429', async () => {
      const people = Array.from({ length: 140 }, (_, i) => scene.telegram.person(2000 + i, `Xã ${i}`));
      for (const person of people) person.say('/start');
      let left = people.map((p) => `telegram:${p.user.id}` as Address);
      let refused = 0;
      while (left.length > 0) {
        let ended = 0;
        const tries = left.map(async (to) => {
          const sent = await send(to, words('Nhắc nộp báo cáo'));
          ended++;
          return { to, sent };
        });
        const results = Promise.all(tries);
        await until(
          () => ended + scene.telegram.timers.waiting().length === left.length,
          'requests on their way arrive',
        );
        await scene.telegram.timers.advance(1_000);
        const done = await results;
        refused += done.filter(({ sent }) => !sent.ok && sent.reason !== 'paced').length;
        left = done.filter(({ sent }) => !sent.ok).map(({ to }) => to);
      }
      expect(refused).toBe(0);
      expect(people.every((p) => p.chat.fromBot().length === 1)).toBe(true);
      expect(scene.telegram.timers.now()).toBeLessThanOrEqual(6_000);
    });

    test('nothing it returns for a failure contains the token', async () => {
      scene.telegram.setDown(true);
      const sent = await send('telegram:1001', words('x'));
      expect(sent).toMatchObject({ ok: false, retryable: true });
      expect(JSON.stringify(sent)).not.toContain(scene.telegram.token.split(':')[1]);
    });
  });
});
