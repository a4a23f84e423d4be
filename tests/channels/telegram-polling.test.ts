/** The Telegram channel by polling, against a platform that misbehaves. */
import { describe, expect, test } from 'vitest';
import type { Address } from '../../bot/core/types.ts';
import { COMMANDS } from '../support/telegram/channel.ts';
import { DRIVER_NAMES, DRIVERS } from '../support/telegram/drivers.ts';
import { sceneOfTests, words } from '../support/telegram/scene.ts';
import { until } from '../support/telegram/timers.ts';

describe.each(DRIVER_NAMES)('on %s', (library) => {
  const scene = sceneOfTests(library);
  const polling = () => scene.polling();
  const texts: typeof scene.texts = (channel) => scene.texts(channel);
  const calls = (method: string) => scene.calls(method);
  const nextWait = () => scene.nextWait();
  const send: typeof scene.send = (to, part) => scene.send(to, part);

  describe('starting', () => {
    test('asks by name for what it wants, keeps the backlog, offers its commands', async () => {
      scene.an.say('trước khi chạy');
      await scene.bot.start();
      await polling();
      expect(texts()).toEqual(['trước khi chạy']);
      expect(scene.telegram.state.commands.get('all_private_chats')).toEqual(COMMANDS.private);
      expect(scene.telegram.state.commands.get('all_group_chats')).toEqual(COMMANDS.group);
      expect(calls('deleteWebhook').map((c) => c.parameters)).toEqual([{}]);
      for (const { parameters } of calls('getUpdates'))
        expect(parameters.allowed_updates).toEqual(['message', 'edited_message', 'callback_query', 'my_chat_member']);
      expect(scene.bot.channel.health()).toEqual({
        ok: true,
        detail: 'Telegram: hoạt động bình thường (@trucban_bot).',
      });
    });

    test('offers coordinators their own commands where they have written before', async () => {
      scene.an.say('/start');
      const commands = [{ command: 'moi', description: 'Mời cán bộ' }];
      let who: Address[] = ['telegram:1001', 'telegram:1002'];
      const addresses = async () => who;
      const bot = await scene.another({ coordinators: { commands, addresses } });
      await bot.start();
      await polling();
      expect(scene.telegram.state.commands.get('chat 1001')).toEqual(commands);
      expect(bot.logged.filter((line) => line.includes('was not set'))).toHaveLength(1);
      // Whoever no longer coordinates has everybody's menu; who has written meanwhile gets the other one.
      scene.telegram.person(1_002, 'Bình').say('/start');
      who = ['telegram:1002'];
      await bot.channel.peopleChanged?.();
      expect(scene.telegram.state.commands.get('chat 1001')).toEqual(COMMANDS.private);
      expect(scene.telegram.state.commands.get('chat 1002')).toEqual(commands);
    });

    test('a coordinator who has not written before gets the menu with the first message', async () => {
      const commands = [{ command: 'moi', description: 'Mời cán bộ' }];
      const bot = await scene.another({ coordinators: { commands, addresses: async () => ['telegram:1001'] } });
      await bot.start();
      await polling();
      expect(scene.telegram.state.commands.has('chat 1001')).toBe(false);
      scene.an.say('/start');
      await until(() => scene.telegram.state.commands.get('chat 1001'));
      expect(scene.telegram.state.commands.get('chat 1001')).toEqual(commands);
    });

    test('menus that could not be set are tried again, and hold up nothing', async () => {
      const commands = [{ command: 'moi', description: 'Mời cán bộ' }];
      let known = false;
      const addresses = async (): Promise<Address[]> => {
        if (!known) throw new Error('the store is away');
        return ['telegram:1001'];
      };
      scene.telegram.fault({ kind: 'gateway', method: 'setMyCommands', times: 2 });
      const bot = await scene.another({ coordinators: { commands, addresses } });
      await bot.start();
      await polling();
      scene.an.say('một');
      await until(() => texts(bot).length === 1);
      expect(bot.channel.health().ok).toBe(true);
      expect(scene.telegram.state.commands.size).toBe(0);
      known = true;
      expect(await nextWait()).toBe(1_000);
      await until(() => scene.telegram.state.commands.size === 3);
    });

    test('takes over from a webhook that was left behind', async () => {
      scene.telegram.updates.setWebhook({ url: 'http://127.0.0.1:9/', most: 1 });
      scene.an.say('chờ webhook');
      scene.telegram.fault({ kind: 'dropBefore', method: 'deleteWebhook' });
      await scene.bot.start();
      await until(async () => {
        await scene.telegram.timers.advance(1_000);
        return texts().length === 1;
      }, 'the backlog arrives');
      expect(texts()).toEqual(['chờ webhook']);
    });

    test('does not fail while Telegram is down, says so, and comes back by itself', async () => {
      scene.telegram.setDown(true);
      await scene.bot.start();
      expect([await nextWait(), await nextWait(), await nextWait()]).toEqual([1_000, 2_000, 4_000]);
      expect(scene.bot.channel.health().ok).toBe(false);
      expect(scene.bot.channel.health().detail).toMatch(
        /^Telegram: không kết nối được máy chủ \((ECONNRESET|system)\)\./,
      );
      scene.telegram.setDown(false);
      scene.an.say('đã có mạng');
      await nextWait();
      await until(() => texts().length === 1);
      expect(scene.bot.channel.health().ok).toBe(true);
    });

    test('says what to do about a wrong token, and keeps asking', async () => {
      scene.telegram.revokeToken();
      await scene.bot.start();
      await nextWait();
      await until(() => !scene.bot.channel.health().ok);
      expect(scene.bot.channel.health().detail).toContain('@BotFather');
      expect(scene.bot.channel.health().detail).not.toContain(scene.telegram.token);
    });

    test('an address where nobody listens is told, without the token', async () => {
      const lost = await scene.another({
        driver: DRIVERS[library]({ token: scene.telegram.token, apiRoot: 'http://127.0.0.1:9/' }),
      });
      await lost.start();
      await until(() => lost.logged.length > 0);
      expect(lost.channel.health().detail).toContain('ECONNREFUSED');
    });

    test('can be stopped while it waits for Telegram', async () => {
      scene.telegram.setDown(true);
      await scene.bot.start();
      await until(() => scene.telegram.timers.waiting().length > 0);
      await scene.bot.channel.stop();
      expect(scene.bot.channel.health().detail).toBe('Telegram: đã dừng.');
      expect(scene.telegram.timers.waiting()).toEqual([]);
    });
  });

  describe('receiving', () => {
    test('confirms only what is stored', async () => {
      let release = () => {};
      await scene.bot.start(() => new Promise((resolve) => (release = resolve)));
      await polling();
      scene.an.say('một');
      await until(() => texts().length === 1);
      expect(scene.telegram.updates.pending()).toHaveLength(1);
      release();
      await until(() => scene.telegram.updates.pending().length === 0);
    });

    test('what a killed process had not confirmed comes again with the same id', async () => {
      await scene.bot.start(() => new Promise(() => {}));
      scene.an.say('một');
      await until(() => texts().length === 1);
      const killed = scene.bot;
      const next = await scene.abandon();
      await next.start();
      await until(() => texts().length === 1);
      expect(next.events[0]!.id).toBe(killed.events[0]!.id);
    });

    test('what was handled is not asked for again after a stop, though the confirmation was still due', async () => {
      await scene.bot.start();
      scene.an.say('một');
      await until(() => texts().length === 1);
      await scene.bot.channel.stop();
      expect(scene.telegram.updates.pending()).toEqual([]);
    });

    test.each([
      ['một', ['một', 'hai']],
      ['hai', ['hai']],
    ])('stopped while "%s" cannot be stored, it confirms only what came before', async (failing, left) => {
      scene.an.say('một');
      scene.telegram.person(1002, 'Bình').say('hai');
      await scene.bot.start(async (event) => {
        if (event.kind === 'said' && event.text === failing) throw new Error('cannot be stored');
      });
      await until(() => texts().length === 2 && scene.telegram.timers.waiting().length > 0);
      await scene.bot.channel.stop();
      expect(scene.telegram.updates.pending().map((u) => u.message?.text)).toEqual(left);
    });

    test('a failure of the bot is tried again in its place; the next message of the chat waits', async () => {
      let failures = 2;
      await scene.bot.start(async () => {
        if (failures-- > 0) throw new Error('serialization failure');
      });
      await polling();
      scene.an.say('một');
      scene.an.say('hai');
      expect([await nextWait(), await nextWait()]).toEqual([250, 500]);
      await until(() => scene.telegram.updates.pending().length === 0);
      expect(texts()).toEqual(['một', 'một', 'một', 'hai']);
    });

    test('one update that can never be handled is skipped and told; it does not block the others', async () => {
      const binh = scene.telegram.person(1002, 'Bình');
      scene.an.say('độc');
      scene.an.say('lành');
      binh.say('khác');
      await scene.bot.start(async (event) => {
        if (event.kind === 'said' && event.text === 'độc') throw new Error('cannot be stored');
      });
      for (let i = 0; i < 5; i++) await nextWait();
      await until(() => scene.telegram.updates.pending().length === 0);
      expect(texts().filter((t) => t === 'độc')).toHaveLength(6);
      expect(texts().at(-1)).toBe('lành');
      expect(texts()).toContain('khác');
      expect(scene.bot.logged.join('\n')).toMatch(/is skipped .*cannot be stored/);
      expect(scene.bot.logged.join('\n')).not.toContain('độc');
    });

    test('while the store is away nothing is skipped, however long it takes', async () => {
      let alive = false;
      await scene.bot.stop();
      await scene.abandon({ storeAlive: async () => alive });
      await scene.bot.start(async () => {
        if (!alive) throw new Error('connection terminated');
      });
      scene.an.say('một');
      for (let i = 0; i < 12; i++) await nextWait();
      expect(scene.telegram.updates.pending()).toHaveLength(1);
      alive = true;
      await nextWait();
      await until(() => scene.telegram.updates.pending().length === 0);
      expect(scene.bot.logged.join('\n')).not.toContain('skipped');
    });

    test('goes on after a quiet week, when ids begin anew and lower', async () => {
      await scene.bot.start();
      scene.an.say('trước');
      await until(() => texts().length === 1);
      await until(() => scene.telegram.updates.pending().length === 0);
      scene.telegram.updates.endPolls();
      await until(() => calls('getUpdates').at(-1)!.parameters.offset === undefined);
      await polling();
      scene.telegram.updates.jumpTo(17);
      scene.an.say('sau một tuần');
      await until(() => texts().length === 2);
      expect(scene.bot.events[1]!.id).toBe('telegram:17');
    });

    test('the press of a button is answered at once, even before it is handled', async () => {
      await scene.bot.start(async (event) => {
        if (event.kind === 'chose') await new Promise(() => {});
      });
      scene.an.say('/start');
      await until(() => texts().length === 1);
      await send('telegram:1001', words('Chọn', [{ token: 'abc', label: 'Hủy' }]));
      const press = scene.an.press('Hủy');
      await until(() => scene.telegram.state.presses.get(press) === 'answered');
      expect(scene.bot.events.at(-1)).toMatchObject({ kind: 'chose', token: 'abc' });
      await scene.abandon();
    });

    test('two pollers: the one that is pushed aside says so and tries again later', async () => {
      await scene.bot.start();
      await polling();
      const second = await scene.another();
      await second.start();
      await until(() => !scene.bot.channel.health().ok, 'the first is told');
      expect(scene.bot.channel.health().detail).toContain('chương trình khác');
      await second.channel.stop();
      await nextWait();
      await polling();
      await scene.telegram.timers.advance(6_000);
      scene.telegram.updates.endPolls();
      await until(() => scene.bot.channel.health().ok, 'the first is back');
    });

    test('two pollers that push each other aside for minutes: each says so once, and says nothing else', async () => {
      await scene.bot.start();
      await polling();
      const second = await scene.another();
      await second.start();
      const both = [scene.bot, second];
      for (let i = 0; i < 10; i++) await nextWait();
      await until(() => both.every(({ channel }) => channel.health().detail.includes('chương trình khác')));
      for (const { logged } of both)
        expect(logged.filter((line) => line.includes('hoạt động bình thường')).length).toBeLessThanOrEqual(1);
    });

    test.each([
      ['an error', { kind: 'answer', code: 500, description: 'Internal Server Error' }, /máy chủ báo lỗi 500/],
      ['a gateway in between', { kind: 'gateway' }, /trả lời thay máy chủ Telegram|máy chủ báo lỗi 502/],
      ['a broken connection', { kind: 'dropAfter' }, /không kết nối được/],
    ] as const)('%s is survived', async (_, fault, detail) => {
      await scene.bot.start();
      await polling();
      scene.telegram.fault({ ...fault, method: 'getUpdates' });
      scene.an.say('một');
      await until(() => texts().length === 1);
      scene.an.say('hai');
      await until(() => scene.telegram.timers.waiting().length > 0);
      expect(scene.bot.channel.health().detail).toMatch(detail);
      await nextWait();
      await until(() => scene.bot.channel.health().ok);
      await until(() => texts().includes('hai'));
    });

    test('waits as long as it is told to', async () => {
      scene.telegram.fault({
        ...{ kind: 'answer', method: 'getUpdates', code: 429 },
        ...{ description: 'Too Many Requests: retry after 13', parameters: { retry_after: 13 } },
      });
      await scene.bot.start();
      expect(await nextWait()).toBe(13_000);
      await until(() => scene.bot.channel.health().ok);
    });
  });
});
