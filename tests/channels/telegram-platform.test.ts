/** The local Telegram is as strict as the real one: what it must refuse, it refuses. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseHtml } from '../support/telegram/html.ts';
import { startTelegram, type Telegram } from '../support/telegram/platform.ts';
import { checkType } from '../support/telegram/spec.ts';
import { until } from '../support/telegram/timers.ts';
import { ONE_PIXEL } from './contract.ts';

let telegram: Telegram;
beforeEach(async () => {
  telegram = await startTelegram();
  telegram.person(1001, 'An').say('/start');
});
afterEach(() => telegram.stop());

interface Answer {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: object;
}

const call = async (method: string, parameters: object = {}, token = telegram.token): Promise<Answer> => {
  const response = await fetch(`${telegram.url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  return (await response.json()) as Answer;
};
const say = (more: object) => call('sendMessage', { chat_id: 1001, text: 'x', ...more });
const buttons = (inline_keyboard: object[][]) => say({ reply_markup: { inline_keyboard } });

describe('a call', () => {
  test.each([
    ['a parameter is missing', 'sendMessage', { chat_id: 1001 }, 'sendMessage.text is missing'],
    [
      'a parameter is unknown',
      'sendMessage',
      { chat_id: 1001, text: 'x', disable_web_page_preview: true },
      'is unknown',
    ],
    ['a type is wrong', 'getUpdates', { offset: '5' }, 'getUpdates.offset is not Integer'],
    [
      'an inner type is wrong',
      'sendMessage',
      { chat_id: 1, text: 'x', link_preview_options: { is_disabled: 1 } },
      'is_disabled is not Boolean',
    ],
    ['an element is wrong', 'getUpdates', { allowed_updates: ['message', 5] }, 'allowed_updates[1] is not String'],
  ])('is refused and noted when %s', async (_, method, parameters, what) => {
    expect(await call(method, parameters)).toMatchObject({ ok: false, error_code: 400 });
    expect(telegram.violations.join()).toContain(what);
  });

  test('needs the token and a method that exists', async () => {
    expect(await call('getMe', {}, '1:x')).toMatchObject({ error_code: 401 });
    expect(await call('getMee')).toMatchObject({ error_code: 404 });
    expect(await call('getMe')).toMatchObject({ ok: true, result: { is_bot: true } });
  });
});

describe('a message', () => {
  test.each([
    [{ text: 'ạ'.repeat(4097) }, 'message is too long'],
    [{ text: ' \n' }, 'message text is empty'],
    [{ text: '<b></b>', parse_mode: 'HTML' }, 'message text is empty'],
    [{ chat_id: 5 }, 'chat not found'],
    [{ message_thread_id: 5 }, 'message thread not found'],
    [{ text: '<b>a', parse_mode: 'HTML' }, "can't parse entities"],
  ])('%j is refused: %s', async (more, description) => {
    expect(await say(more)).toMatchObject({
      ok: false,
      error_code: 400,
      description: expect.stringContaining(description),
    });
  });

  test('is measured without its marks', async () => {
    expect(await say({ text: `<b>${'a'.repeat(4095)}&lt;</b>`, parse_mode: 'HTML' })).toMatchObject({ ok: true });
  });

  test.each([
    [[[{ text: 'a', callback_data: 'ế'.repeat(22) }]], 'BUTTON_DATA_INVALID'],
    [[[{ text: 'a', callback_data: '' }]], 'BUTTON_DATA_INVALID'],
    [[[{ text: ' ', callback_data: 'x' }]], 'text must be non-empty'],
    [[[{ text: 'a' }]], 'BUTTON_TYPE_INVALID'],
    [[[{ text: 'a', callback_data: 'x', url: 'https://a.vn' }]], 'BUTTON_TYPE_INVALID'],
    [[Array(9).fill({ text: 'a', callback_data: 'x' })], '1 to 8 buttons'],
    [Array(101).fill([{ text: 'a', callback_data: 'x' }]), 'REPLY_MARKUP_TOO_LONG'],
  ])('with the keyboard %j is refused', async (rows, description) => {
    expect(await buttons(rows)).toMatchObject({ ok: false, description: expect.stringContaining(description) });
  });

  test('too many in one chat are refused for as long as it takes', async () => {
    for (let i = 0; i < 5; i++) expect(await say({})).toMatchObject({ ok: true });
    expect(await say({})).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } });
    await telegram.timers.advance(1_000);
    expect(await say({})).toMatchObject({ ok: true });
  });

  test('more than 30 a second overall are refused', async () => {
    for (let i = 0; i < 31; i++) telegram.person(2000 + i, 'P').say('/start');
    const codes = [];
    for (let i = 0; i < 31; i++) codes.push((await say({ chat_id: 2000 + i })).error_code);
    expect(codes).toEqual([...Array(30).fill(undefined), 429]);
  });

  test('more than 20 a minute in a group are refused', async () => {
    const group = telegram.group(-5, 'Nhóm');
    group.add(telegram.person(1001, 'An'));
    const codes = [];
    for (let i = 0; i < 21; i++, await telegram.timers.advance(1_500))
      codes.push((await say({ chat_id: -5 })).error_code);
    expect(codes).toEqual([...Array(20).fill(undefined), 429]);
  });

  test('is edited only when something changes', async () => {
    const { result } = (await say({ text: 'một' })) as { result: { message_id: number } };
    const edit = (text: string, message_id = result.message_id) =>
      call('editMessageText', { chat_id: 1001, message_id, text });
    expect(await edit('một')).toMatchObject({ description: expect.stringContaining('message is not modified') });
    expect(await edit('hai')).toMatchObject({ ok: true });
    expect(await edit('hai', 999)).toMatchObject({ description: expect.stringContaining('message to edit not found') });
    expect(telegram.transcript(1001)).toEqual(['An: /start', 'bot: hai']);
  });
});

describe('marks', () => {
  test.each([
    '<b>a',
    'a</b>',
    '<b><i>a</b></i>',
    '<div>a</div>',
    'a < b',
    'a > b',
    'a & b',
    '&nbsp;',
    '<code><b>a</b></code>',
    '<blockquote>a<blockquote>b</blockquote></blockquote>',
  ])('"%s" are refused', (html) => {
    expect(() => parseHtml(html)).toThrow("can't parse entities");
  });

  test('of every kind and every number are read', () => {
    expect(parseHtml('<b>a<i>b</i></b> &lt;&gt;&amp;&quot;&#7871;&#x1F600; <a href="https://a.vn">c</a>')).toEqual({
      text: 'ab <>&"ế😀 c',
      entities: [
        { type: 'italic', offset: 1, length: 1 },
        { type: 'bold', offset: 0, length: 2 },
        { type: 'text_link', offset: 11, length: 1 },
      ],
    });
  });
});

describe('pictures and files', () => {
  const upload = async (bytes: Buffer, caption: string) => {
    const form = new FormData();
    form.set('chat_id', '1001');
    form.set('caption', caption);
    form.set('photo', new Blob([new Uint8Array(bytes)]), 'a.png');
    const body = new Response(form);
    const text = Buffer.from(await body.arrayBuffer())
      .toString('latin1')
      .replace('name="photo"', 'name="f1"');
    const boundary = /boundary=(\S+)/.exec(body.headers.get('content-type')!)![1]!;
    const attached = `--${boundary}\r\ncontent-disposition: form-data; name="photo"\r\n\r\nattach://f1\r\n`;
    const response = await fetch(`${telegram.url}/bot${telegram.token}/sendPhoto`, {
      method: 'POST',
      headers: { 'content-type': body.headers.get('content-type')! },
      body: Buffer.from(attached + text, 'latin1'),
    });
    return (await response.json()) as Answer;
  };

  test('a picture is uploaded with a caption within its limit', async () => {
    const png = Buffer.from(ONE_PIXEL, 'base64');
    expect(await upload(png, 'Tiến độ')).toMatchObject({ ok: true });
    expect(telegram.transcript(1001).at(-1)).toBe('bot: (hình) Tiến độ');
    expect(await upload(png, 'x'.repeat(1025))).toMatchObject({
      description: expect.stringContaining('caption is too long'),
    });
    expect(await upload(Buffer.from('<svg/>'), '')).toMatchObject({
      description: expect.stringContaining('IMAGE_PROCESS_FAILED'),
    });
  });

  test('a file is fetched by its path', async () => {
    telegram.addFile('F1', 'documents/a.xlsx', Buffer.from('abc'));
    const { result } = await call('getFile', { file_id: 'F1' });
    expect(result).toMatchObject({ file_path: 'documents/a.xlsx', file_size: 3 });
    const file = (token: string) => fetch(`${telegram.url}/file/bot${token}/documents/a.xlsx`);
    expect(await (await file(telegram.token)).text()).toBe('abc');
    expect((await file('1:x')).status).toBe(404);
    expect(await call('getFile', { file_id: 'F2' })).toMatchObject({ error_code: 400 });
  });
});

describe('receiving', () => {
  const poll = (more: object = {}) => call('getUpdates', { allowed_updates: ['message'], ...more });
  const ids = (answer: Answer) => (answer.result as { update_id: number }[]).map((u) => u.update_id);

  test('updates are given again until an offset confirms them', async () => {
    const [first] = ids(await poll());
    expect(ids(await poll())).toEqual([first]);
    expect(ids(await poll({ offset: first! + 1 }))).toEqual([]);
    expect(ids(await poll())).toEqual([]);
  });

  test('kinds that were not asked for are not kept', async () => {
    await poll();
    const an = telegram.person(1001, 'An');
    an.edit(1, 'khác');
    expect(ids(await poll())).toHaveLength(1);
  });

  test('of two pollers the first gets the conflict; a webhook excludes both', async () => {
    const [first] = ids(await poll());
    const waiting = poll({ offset: first! + 1, timeout: 30 });
    await until(() => telegram.updates.polling());
    expect(ids(await poll())).toEqual([]);
    expect(await waiting).toMatchObject({ error_code: 409 });
    await call('setWebhook', { url: 'http://127.0.0.1:9/', secret_token: 's', allowed_updates: ['message'] });
    expect(await poll()).toMatchObject({ error_code: 409, description: expect.stringContaining('webhook is active') });
  });

  test('what loses messages, or leaves the kinds to chance, is noted', async () => {
    await call('getUpdates');
    await call('deleteWebhook', { drop_pending_updates: true });
    expect(telegram.violations).toEqual([
      'getUpdates without allowed_updates',
      'deleteWebhook drops what people wrote',
    ]);
  });

  test('a webhook needs an address, a proper secret, and gets it back', async () => {
    const set = (more: object) =>
      call('setWebhook', { url: 'http://a.vn', secret_token: 's', allowed_updates: [], ...more });
    expect(await set({ url: 'a.vn' })).toMatchObject({ error_code: 400 });
    expect(await set({ secret_token: 'có dấu' })).toMatchObject({ error_code: 400 });
    expect(await set({ max_connections: 101 })).toMatchObject({ error_code: 400 });
  });

  test('commands are named in a-z and described', async () => {
    const set = (command: string, description = 'x') => call('setMyCommands', { commands: [{ command, description }] });
    expect(await set('nhiệmvụ')).toMatchObject({ error_code: 400 });
    expect(await set('nhiemvu', '')).toMatchObject({ error_code: 400 });
    expect(await set('nhiemvu')).toMatchObject({ ok: true });
    expect(await call('getMyCommands')).toMatchObject({ result: [{ command: 'nhiemvu' }] });
  });

  test('a press is answered while it is known', async () => {
    expect(await call('answerCallbackQuery', { callback_query_id: 'cũ' })).toMatchObject({
      description: expect.stringContaining('query is too old'),
    });
  });

  test('the updates it makes are themselves as specified', () => {
    expect(checkType('Update', telegram.updates.pending()[0])).toEqual([]);
    expect(checkType('Update', { update_id: 1, message: { text: 'x' } })).not.toEqual([]);
  });
});
