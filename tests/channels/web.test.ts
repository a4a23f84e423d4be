/** The web chat over real HTTP: messages in, lines out, live, each once and in order. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { WebHistory } from '../../bot/core/web.ts';
import type * as store from '../../bot/store/port.ts';
import {
  linesOf,
  memoryHistory,
  NOON,
  newDevice,
  openStream,
  part,
  post,
  type RunningWeb,
  type Stream,
  said,
  startWeb,
  textOf,
} from '../support/web.ts';

const running: RunningWeb[] = [];
const streams: Stream[] = [];
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  for (const web of running.splice(0)) await web.close();
});

async function start(options: Parameters<typeof startWeb>[0] = {}) {
  const web = await startWeb(options);
  running.push(web);
  return web;
}

async function listen(...args: Parameters<typeof openStream>) {
  const stream = await openStream(...args);
  streams.push(stream);
  return stream;
}

test('a message becomes an event, its line stands before the reply, both carry the bot’s clock', async () => {
  const web = await start();
  const cookie = await newDevice(web.url);
  const message = said('  nhiệm vụ của đơn vị tôi\r\nlà gì  ');
  const response = await post(web.url, message, { cookie });
  expect(response.status).toBe(202);
  expect(web.events).toEqual([
    {
      id: `web:${message.id}`,
      at: NOON,
      from: expect.stringMatching(/^web:[0-9a-f]{40}$/),
      chat: { address: web.events[0]!.from, kind: 'private', addressed: true },
      kind: 'said',
      text: 'nhiệm vụ của đơn vị tôi\nlà gì',
    },
  ]);
  const lines = await linesOf(web.url, { cookie });
  expect(lines.map((l) => [l.who, textOf(l), l.at])).toEqual([
    ['me', 'nhiệm vụ của đơn vị tôi\nlà gì', NOON],
    ['bot', 'nghe: nhiệm vụ của đơn vị tôi\nlà gì', NOON],
  ]);
  expect(lines[0]!.id).toBe(`web:${message.id}`);
});

test('a pressed choice becomes an event with its token and a line with its label', async () => {
  const web = await start({
    answer: async (event, channel) => {
      if (event.kind === 'said')
        await channel.send(event.chat.address, part('chọn', ['Bỏ qua', 'Hủy']), { key: 'ask', at: NOON });
    },
  });
  const cookie = await newDevice(web.url);
  await post(web.url, said('bao cao'), { cookie });
  await post(web.url, { id: randomUUID(), token: 'token-Hủy' }, { cookie });
  await post(web.url, { id: randomUUID(), token: 'unheard-of' }, { cookie });
  expect(web.events.slice(1).map((e) => e.kind === 'chose' && e.token)).toEqual(['token-Hủy', 'unheard-of']);
  const lines = await linesOf(web.url, { cookie });
  expect(lines.slice(2).map(textOf)).toEqual(['Hủy', '(đã bấm một nút của tin cũ)']);
});

test('a repeated post is the same event and the same line, also after a restart', async () => {
  const history = memoryHistory();
  const first = await start({ history });
  const cookie = await newDevice(first.url);
  const message = said('xin chào');
  await post(first.url, message, { cookie });
  expect((await post(first.url, message, { cookie })).status).toBe(202);
  expect(first.events).toHaveLength(1);
  const second = await start({ history });
  expect((await post(second.url, { ...message, id: message.id.toUpperCase() }, { cookie })).status).toBe(202);
  expect((await linesOf(second.url, { cookie })).map(textOf)).toEqual(['xin chào', 'nghe: xin chào']);
});

test('every listener gets every line once, in order, as it comes', async () => {
  const web = await start();
  const cookie = await newDevice(web.url);
  await post(web.url, said('một'), { cookie });
  const a = await listen(web.url, { cookie });
  const b = await listen(web.url, { cookie });
  await Promise.all([a, b].map((s) => s.until(() => s.lines.length === 2)));
  for (const text of ['hai', 'ba', 'bốn']) await post(web.url, said(text), { cookie });
  await Promise.all([a, b].map((s) => s.until(() => s.lines.length === 8)));
  const expected = ['một', 'hai', 'ba', 'bốn'].flatMap((t) => [t, `nghe: ${t}`]);
  expect(a.lines.map(textOf)).toEqual(expected);
  expect(b.lines).toEqual(a.lines);
  expect(a.ids).toEqual(a.lines.map((l) => l.seq));
});

test('a page that comes back gets exactly what it missed', async () => {
  const web = await start();
  const cookie = await newDevice(web.url);
  const before = await listen(web.url, { cookie });
  await post(web.url, said('trước'), { cookie });
  await before.until(() => before.lines.length === 2);
  before.close();
  await before.ended;
  for (let i = 0; i < 70; i++)
    await web.channel.send(web.events[0]!.from, part(`lỡ ${i}`), { key: `missed/${i}`, at: NOON });
  const last = String(before.ids.at(-1));
  const byHeader = await listen(web.url, { cookie, headers: { 'Last-Event-ID': last } });
  const byQuery = await listen(web.url, { cookie, query: `?after=${last}` });
  // A browser that reconnects by itself repeats the old address; what it says it has seen counts.
  const both = await listen(web.url, { cookie, query: '?after=0', headers: { 'Last-Event-ID': last } });
  const missed = Array.from({ length: 70 }, (_, i) => `lỡ ${i}`);
  for (const stream of [byHeader, byQuery, both]) {
    await stream.until(() => stream.lines.length >= 70);
    expect(stream.lines.map(textOf)).toEqual(missed);
  }
  await web.channel.send(web.events[0]!.from, part('mới'), { key: 'new', at: NOON });
  await byHeader.until(() => byHeader.lines.length > 70);
  expect(byHeader.lines.slice(70).map(textOf)).toEqual(['mới']);
});

test('a fresh page begins with the newest lines and can ask for older ones', async () => {
  const web = await start();
  const cookie = await newDevice(web.url);
  await post(web.url, said('đầu'), { cookie });
  for (let i = 0; i < 100; i++)
    await web.channel.send(web.events[0]!.from, part(`tin ${i}`), { key: `k/${i}`, at: NOON });
  const stream = await listen(web.url, { cookie });
  await stream.until(() => stream.lines.length >= 60);
  expect([textOf(stream.lines[0]!), textOf(stream.lines[59]!)]).toEqual(['tin 40', 'tin 99']);
  expect(await linesOf(web.url, { cookie })).toHaveLength(60);
  expect((await linesOf(web.url, { cookie, query: '?limit=500' })).map((l) => l.seq)).toEqual(
    Array.from({ length: 102 }, (_, i) => i + 1),
  );
  expect((await linesOf(web.url, { cookie, query: '?after=100' })).map((l) => l.seq)).toEqual([101, 102]);
});

test('lines that another instance appends are found', async () => {
  const history = memoryHistory();
  const here = await start({ history, pollMs: 5 });
  const cookie = await newDevice(here.url);
  const stream = await listen(here.url, { cookie });
  await stream.until(() => stream.beats.length > 0);
  const there = await start({ history });
  await post(there.url, said('ở máy khác'), { cookie });
  await stream.until(() => stream.lines.length === 2);
  expect(stream.lines.map(textOf)).toEqual(['ở máy khác', 'nghe: ở máy khác']);
});

test('a part is sent once however often it is tried; a history that is down means try again', async () => {
  const web = await start();
  const cookie = await newDevice(web.url);
  await post(web.url, said('chào'), { cookie });
  const to = web.events[0]!.from;
  expect(await web.channel.send(to, part('một lần'), { key: 'once', at: NOON })).toEqual({
    ok: true,
    messageId: 'once',
  });
  expect(await web.channel.send(to, part('một lần'), { key: 'once', at: NOON + 5 })).toMatchObject({ ok: true });
  expect((await linesOf(web.url, { cookie })).filter((l) => textOf(l) === 'một lần')).toHaveLength(1);
  expect(await web.channel.send('telegram:1', part('lạc'), { key: 'x', at: NOON })).toMatchObject({
    ok: false,
    retryable: false,
  });
  web.history.broken = true;
  expect(await web.channel.send(to, part('sau'), { key: 'later', at: NOON })).toMatchObject({
    ok: false,
    retryable: true,
  });
});

test('a picture is told by its words and size, and served apart', async () => {
  const base64 = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300"/>').toString('base64');
  const web = await start({
    answer: async (event, channel) => {
      const picture = { name: 'tiendo.svg', mediaType: 'image/svg+xml', alt: '86 trên 137 đơn vị', base64 } as const;
      await channel.send(event.chat.address, part('tiến độ', [], picture), { key: 'picture', at: NOON });
    },
  });
  const cookie = await newDevice(web.url);
  await post(web.url, said('tien do'), { cookie });
  const [own, line] = await linesOf(web.url, { cookie });
  expect(line!.picture).toEqual({ alt: '86 trên 137 đơn vị', width: 640, height: 300 });
  const response = await fetch(`${web.url}/web/pictures/${line!.seq}`, { headers: { cookie } });
  expect(response.headers.get('content-type')).toBe('image/svg+xml');
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
  expect(Buffer.from(await response.arrayBuffer()).toString('base64')).toBe(base64);
  const none = await fetch(`${web.url}/web/pictures/${own!.seq}`, { headers: { cookie } });
  expect(none.status).toBe(404);
});

test('silence is filled with heartbeats that tell the bot’s time', async () => {
  const web = await start({ beatMs: 5 });
  const stream = await listen(web.url, { cookie: await newDevice(web.url) });
  await stream.until(() => stream.beats.length >= 3);
  expect(stream.beats[2]).toEqual({ now: NOON });
});

test('a history that fails ends the stream, so that the page asks again, and health tells', async () => {
  let time = 0;
  const web = await start({ beatMs: 5, monotonic: () => time });
  const cookie = await newDevice(web.url);
  const stream = await listen(web.url, { cookie });
  await stream.until(() => stream.beats.length > 0);
  expect(web.channel.health()).toEqual({ ok: true, detail: 'Trò chuyện web hoạt động; 1 trang đang mở.' });
  web.history.broken = true;
  await stream.ended;
  expect(web.channel.health().ok).toBe(false);
  expect(web.channel.health().detail).toContain('Kiểm tra cơ sở dữ liệu');
  expect((await fetch(`${web.url}/web/lines`, { headers: { cookie } })).status).toBe(503);
  time += 60_000;
  expect(web.channel.health().ok).toBe(true);
  time -= 1;
  expect(web.channel.health().ok).toBe(false);
  web.history.broken = false;
  await linesOf(web.url, { cookie });
  expect(web.channel.health().ok).toBe(true);
});

test('what cannot be stored is refused, so that the page tries again', async () => {
  const troubles: unknown[] = [];
  const web = await start({
    trouble: (error) => troubles.push(error),
    answer: async () => {
      throw new Error('database is down');
    },
  });
  const response = await post(web.url, said('chào'), { cookie: await newDevice(web.url) });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.json()).toEqual({ error: expect.stringContaining('Máy chủ chưa ghi nhận được yêu cầu') });
  expect(troubles.map(String)).toEqual(['Error: database is down']);
});

test('before start and after stop nothing is taken, and stopping ends the streams', async () => {
  const idle = await start({ started: false });
  const cookie = await newDevice(idle.url);
  expect((await post(idle.url, said('sớm'), { cookie })).status).toBe(503);
  expect((await listen(idle.url, { cookie })).status).toBe(503);
  expect(idle.channel.health().ok).toBe(false);
  const web = await start();
  const stream = await listen(web.url, { cookie });
  await stream.until(() => stream.beats.length > 0);
  await web.channel.stop();
  await stream.ended;
  expect((await post(web.url, said('muộn'), { cookie })).status).toBe(503);
});

test('the store’s history is a history of this channel', () => {
  const fits = (history: store.WebHistory): WebHistory => history;
  const fitsBack = (history: WebHistory): store.WebHistory => history;
  expect(fitsBack(fits(memoryHistory()))).toBeDefined();
});
