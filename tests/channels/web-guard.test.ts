/** Who may read and write what on the web chat, and what is refused with which words. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { createLimiter } from '../../bot/channels/web/guard.ts';
import { nextMorning } from '../../bot/channels/web/rehearsal.ts';
import {
  linesOf,
  NOON,
  newDevice,
  openStream,
  PLACES,
  part,
  post,
  type RunningWeb,
  rehearsalOf,
  said,
  startWeb,
  textOf,
} from '../support/web.ts';

const running: RunningWeb[] = [];
afterEach(async () => {
  for (const web of running.splice(0)) await web.close();
});

async function start(options: Parameters<typeof startWeb>[0] = {}) {
  const web = await startWeb(options);
  running.push(web);
  return web;
}

const errorOf = async (response: Response) => ((await response.json()) as { error: string }).error;

describe('production', () => {
  test('a device reads and writes its own chat only', async () => {
    const web = await start();
    const [anna, binh] = [await newDevice(web.url), await newDevice(web.url)];
    expect(anna).not.toBe(binh);
    await post(web.url, said('của An'), { cookie: anna });
    await post(web.url, said('của Bình'), { cookie: binh });
    expect(web.events[0]!.from).not.toBe(web.events[1]!.from);
    expect((await linesOf(web.url, { cookie: anna })).map(textOf)).toEqual(['của An', 'nghe: của An']);
    expect((await linesOf(web.url, { cookie: binh })).map(textOf)).toEqual(['của Bình', 'nghe: của Bình']);
    const stream = await openStream(web.url, { cookie: binh });
    await stream.until(() => stream.lines.length === 2);
    await web.channel.send(web.events[0]!.from, part('riêng cho An'), { key: 'private', at: NOON });
    await web.channel.send(web.events[1]!.from, part('riêng cho Bình'), { key: 'other', at: NOON });
    await stream.until(() => stream.lines.length === 3);
    expect(textOf(stream.lines[2]!)).toBe('riêng cho Bình');
    stream.close();
  });

  test('a picture of another chat is not there', async () => {
    const picture = { name: 'a.png', mediaType: 'image/png', alt: 'hình', base64: 'iVBORw0KGgo=' } as const;
    const web = await start({
      answer: async (event, channel) => {
        if (event.kind === 'said' && event.text === 'hình')
          await channel.send(event.chat.address, part('', [], picture), { key: 'picture', at: NOON });
      },
    });
    const [anna, binh] = [await newDevice(web.url), await newDevice(web.url)];
    await post(web.url, said('hình'), { cookie: anna });
    const seq = (await linesOf(web.url, { cookie: anna })).at(-1)!.seq;
    const at = (cookie: string) => fetch(`${web.url}/web/pictures/${seq}`, { headers: { cookie } });
    expect((await at(anna)).status).toBe(200);
    expect((await at(binh)).status).toBe(404);
  });

  test.each(['?as=so-y-te', '?in=web:nhom-thanh-pho', '?as=', '?as=so-y-te&in=web:nhom-thanh-pho'])(
    'naming another person or place is refused on every route: %s',
    async (query) => {
      const web = await start();
      const cookie = await newDevice(web.url);
      const answers = await Promise.all([
        fetch(`${web.url}/web/lines${query}`, { headers: { cookie } }),
        fetch(`${web.url}/web/stream${query}`, { headers: { cookie } }),
        fetch(`${web.url}/web/pictures/1${query}`, { headers: { cookie } }),
        post(web.url, said('chào'), { cookie, query }),
      ]);
      expect(answers.map((a) => a.status)).toEqual([404, 404, 404, 404]);
      expect(web.events).toEqual([]);
    },
  );

  test.each([
    ...['', 'trucban='].map((cookie) => [cookie, 'cho phép cookie']),
    // As of a session that is over.
    ...['trucban=guess', `trucban=${'a'.repeat(42)}`, `trucban=${'a'.repeat(43)}%27`].map((cookie) => [
      cookie,
      'mã mới',
    ]),
  ] as [string, string][])('without a valid cookie nothing is read or written: "%s"', async (cookie, told) => {
    const web = await start();
    const answers = await Promise.all([
      fetch(`${web.url}/web/lines`, { headers: { cookie } }),
      fetch(`${web.url}/web/stream`, { headers: { cookie } }),
      fetch(`${web.url}/web/pictures/1`, { headers: { cookie } }),
      post(web.url, said('chào'), { cookie }),
    ]);
    expect(answers.map((a) => a.status)).toEqual([401, 401, 401, 401]);
    expect(await errorOf(answers[0]!)).toContain(told);
  });

  test('the rehearsal is not there', async () => {
    const web = await start();
    const json = { 'Content-Type': 'application/json' };
    const clock = await fetch(`${web.url}/rehearsal/clock`, { method: 'POST', headers: json, body: '{"step":"hour"}' });
    expect(clock.status).toBe(404);
    expect((await fetch(`${web.url}/rehearsal/places`)).status).toBe(404);
    expect(await (await fetch(web.url)).text()).toContain('data-mode="live"');
  });

  test('the cookie cannot be read by scripts, lasts, and is kept when it is there', async () => {
    const web = await start();
    const first = await fetch(web.url);
    const cookie = first.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^trucban=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
    const again = await fetch(web.url, { headers: { cookie: cookie.split(';')[0]! } });
    expect(again.headers.get('set-cookie')).toBe(cookie);
    const forged = await fetch(web.url, { headers: { cookie: 'trucban=mine' } });
    // Another tab may just be changing it: the page asks for a fresh one when it is told that this one is good for nothing.
    expect(forged.headers.get('set-cookie')).toBeNull();
    expect((await fetch(`${web.url}/web/lines`, { headers: { cookie: 'trucban=mine' } })).status).toBe(401);
  });

  test('behind https the cookie is secure and bound to the host', async () => {
    const web = await start({ publicUrl: 'https://trucban.example' });
    const response = await fetch(web.url);
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-trucban=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});

describe('headers', () => {
  test('the page runs nothing inline, is framed by nobody, and is not sniffed', async () => {
    const web = await start();
    const response = await fetch(web.url);
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    const html = await response.text();
    for (const [tag] of html.matchAll(/<script[^>]*>/g))
      expect(tag).toMatch(/src="\/web\/page\/|type="application\/json"/);
    expect(html).not.toMatch(/ style=| on\w+=|https?:\/\//);
  });

  test('files carry their version in the address and may be kept for ever; JSON and files are compressed', async () => {
    const web = await start();
    const html = await (await fetch(web.url)).text();
    const paths = [...html.matchAll(/"(\/web\/page\/[^"]+)"/g)].map((m) => m[1]!);
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) {
      const response = await fetch(web.url + path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
    const css = paths.find((p) => p.endsWith('chat.css'))!;
    expect((await fetch(web.url + css)).headers.get('content-encoding')).toBe('gzip');
    const old = await fetch(web.url + css.replace(/page\/\w+/, 'page/000000000000'));
    expect(old.headers.get('cache-control')).toBe('no-store');
    for (const path of ['/web/page/x/index.html', '/web/page/x/..%2Fweb.ts', '/web/page/x/none.js', '/web/none'])
      expect((await fetch(web.url + path)).status, path).toBe(404);
  });
});

describe('what is refused', () => {
  const long = 'ă'.repeat(4001);
  test.each([
    ['no JSON', '{', 400, 'JSON'],
    ['no id', { text: 'chào' }, 400, 'không hợp lệ'],
    ['an id that is none', { id: '1', text: 'chào' }, 400, 'không hợp lệ'],
    ['text and token', { ...said('chào'), token: 't' }, 400, 'không hợp lệ'],
    ['a field too many', { ...said('chào'), from: 'web:x' }, 400, 'không hợp lệ'],
    ['an empty token', { id: randomUUID(), token: '' }, 400, 'không hợp lệ'],
    ['nothing', said(' \n\u0000 '), 400, 'Tin chưa có nội dung'],
    ['too much', said(long), 413, 'quá 4000 ký tự'],
    ['far too much', said('x'.repeat(50_000)), 413, 'quá 4000 ký tự'],
  ])('%s', async (_, body, status, words) => {
    const web = await start();
    const response = await post(web.url, body, { cookie: await newDevice(web.url) });
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toContain(words);
    expect(web.events).toEqual([]);
  });

  test('the longest allowed text arrives whole; what cannot be stored is taken out of it', async () => {
    const web = await start();
    const cookie = await newDevice(web.url);
    expect((await post(web.url, said(long.slice(1)), { cookie })).status).toBe(202);
    await post(web.url, said('a\u0000b\u0007c\ud800d\te'), { cookie });
    expect(web.events.map((e) => e.kind === 'said' && e.text)).toEqual([long.slice(1), 'abc\uFFFDd\te']);
  });

  test.each([
    ['another site', { Origin: 'https://evil.example' }, 403],
    ['another site by the browser’s word', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a sandboxed frame', { Origin: 'null' }, 403],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', { 'Content-Type': 'text/plain' }, 415],
    ['JSON in name only', { 'Content-Type': 'text/plain; application/json' }, 415],
  ])('a post of %s', async (_, headers, status) => {
    const web = await start();
    const response = await post(web.url, said('chào'), { cookie: await newDevice(web.url), headers });
    expect(response.status).toBe(status);
    expect(web.events).toEqual([]);
  });

  test('our own page may post, by its local and by its public address', async () => {
    const web = await start({ publicUrl: 'http://trucban.example' });
    const cookie = await newDevice(web.url);
    for (const Origin of [web.url, 'http://trucban.example'])
      expect((await post(web.url, said('chào'), { cookie, headers: { Origin } })).status).toBe(202);
  });

  test('twenty messages at once, then one every two seconds, for each device apart', async () => {
    let time = 0;
    const web = await start({ monotonic: () => time });
    const [fast, calm] = [await newDevice(web.url), await newDevice(web.url)];
    for (let i = 0; i < 20; i++) expect((await post(web.url, said(`${i}`), { cookie: fast })).status).toBe(202);
    const refused = await post(web.url, said('nữa'), { cookie: fast });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await errorOf(refused)).toBe('Đồng chí gửi nhanh quá; tin này chưa được nhận. Xin chờ 2 giây rồi gửi lại.');
    expect((await post(web.url, said('tôi'), { cookie: calm })).status).toBe(202);
    time += 2_000;
    expect((await post(web.url, said('nữa'), { cookie: fast })).status).toBe(202);
    expect((await post(web.url, said('nữa'), { cookie: fast })).status).toBe(429);
  });

  test('the limiter forgets those who rest, and never more than it must', () => {
    let time = 0;
    const limiter = createLimiter(2, 1_000, () => time);
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 1_000]);
    time = 500;
    expect(limiter.take('a')).toBe(500);
    for (let i = 0; i < 30_000; i++) limiter.take(`k${i}`);
    time = 10_000;
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 1_000]);
  });

  test('twenty pages of one device are enough', async () => {
    const web = await start();
    const cookie = await newDevice(web.url);
    const open = await Promise.all(Array.from({ length: 20 }, () => openStream(web.url, { cookie })));
    expect((await openStream(web.url, { cookie })).status).toBe(429);
    open[0]!.close();
    await open[0]!.ended;
    await expect.poll(async () => (await openStream(web.url, { cookie })).status).toBe(200);
    for (const stream of open) stream.close();
  });

  test.each(['after=-1', 'after=x', 'after=1e3', 'limit=1.5'])('a range that is none: %s', async (query) => {
    const web = await start();
    const cookie = await newDevice(web.url);
    expect((await fetch(`${web.url}/web/lines?${query}`, { headers: { cookie } })).status).toBe(400);
  });
});

describe('rehearsal', () => {
  const json = { 'Content-Type': 'application/json' };
  const jump = (url: string, body: unknown) =>
    fetch(`${url}/rehearsal/clock`, { method: 'POST', headers: json, body: JSON.stringify(body) });

  test('tells whom one may be and where, without anybody’s address', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    expect(await (await fetch(`${web.url}/rehearsal/places`)).json()).toEqual({
      persons: PLACES.persons.map(({ id, name }) => ({ id, name })),
      groups: PLACES.groups,
    });
  });

  test('one is who one says, where one says', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    await post(web.url, said('riêng'), { query: '?as=so-y-te' });
    await post(web.url, said('/lienket'), { query: '?as=so-y-te&in=web:nhom-thanh-pho' });
    expect(web.events).toMatchObject([
      {
        from: 'web:mau-so-y-te',
        fromName: 'Cán bộ Sở Y tế',
        chat: { address: 'web:mau-so-y-te', kind: 'private', addressed: true },
      },
      {
        from: 'web:mau-so-y-te',
        chat: { address: 'web:nhom-thanh-pho', kind: 'group', title: 'Nhóm toàn thành phố', addressed: true },
      },
    ]);
    const others = await linesOf(web.url, { query: '?as=so-giao-duc&in=web:nhom-thanh-pho' });
    expect(others.map((l) => [l.who, l.name, textOf(l)])).toEqual([
      ['other', 'Cán bộ Sở Y tế', '/lienket'],
      ['bot', undefined, 'nghe: /lienket'],
    ]);
    expect(others[0]).not.toHaveProperty('id');
    expect(await linesOf(web.url, { query: '?as=so-giao-duc' })).toEqual([]);
  });

  test('a newcomer is the device', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    await post(web.url, said('/start'), { cookie: await newDevice(web.url) });
    expect(web.events[0]).toMatchObject({ from: expect.stringMatching(/^web:[0-9a-f]{40}$/), fromName: 'Người mới' });
  });

  test.each([
    ['?as=nobody', 'Không có cán bộ'],
    ['?as=so-y-te&in=web:mau-so-giao-duc', 'Không có nhóm'],
    ['?as=web:mau-so-y-te', 'Không có cán bộ'],
  ])('an unknown person or place is refused: %s', async (query, words) => {
    const web = await start({ rehearsal: rehearsalOf() });
    const response = await fetch(`${web.url}/web/lines${query}`);
    expect(response.status).toBe(404);
    expect(await errorOf(response)).toContain(words);
    expect((await post(web.url, said('chào'), { query })).status).toBe(404);
  });

  test.each([
    ['chào các đồng chí', false],
    ['hôm nay trực ban thế nào', false],
    ['robot ơi', false],
    ['gửi ai@trucbanx.vn', false],
    ['7', false],
    ['/nhiemvu', true],
    ['@trucban còn bao nhiêu ngày', true],
    ['cho hỏi @TrucBan', true],
    ['Trực Ban ơi, hạn nộp khi nào', true],
    ['truc ban oi han nop', true],
    ['bot ơi', true],
    ['2', true],
    ['xem TIẾP', true],
    ['xem tiep', true],
  ])('in a group the bot is addressed by "%s": %s', async (text, addressed) => {
    const web = await start({ rehearsal: rehearsalOf(), answer: async () => {} });
    const group = 'web:nhom-thanh-pho';
    await web.channel.send(group, part('cũ', ['Một', 'Hai', 'Ba', 'Bốn', 'Năm', 'Sáu', 'Bảy']), { key: '1', at: NOON });
    await web.channel.send(group, part('mới', ['Xem tiếp', 'Thôi']), { key: '2', at: NOON });
    await post(web.url, said(text), { query: `?as=so-y-te&in=${group}` });
    expect(web.events[0]!.chat.addressed).toBe(addressed);
  });

  test('a pressed choice in a group is for the bot', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    await post(web.url, { id: randomUUID(), token: 't' }, { query: '?as=so-y-te&in=web:nhom-thanh-pho' });
    expect(web.events[0]!.chat.addressed).toBe(true);
  });

  test('the clock passes, and every open page is told at once', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    const stream = await openStream(web.url, { query: '?as=so-y-te' });
    await stream.until(() => stream.beats.length === 1);
    expect(await (await jump(web.url, { step: 'hour' })).json()).toEqual({ now: NOON + 3_600_000 });
    await stream.until(() => stream.beats.some((b) => b.now === NOON + 3_600_000));
    const morning = Date.parse('2026-06-11T07:29:00+07:00');
    expect(await (await jump(web.url, { step: 'morning' })).json()).toEqual({ now: morning });
    expect(await (await jump(web.url, { to: morning + 60_000 })).json()).toEqual({ now: morning + 60_000 });
    stream.close();
  });

  test.each([
    [{ to: NOON }, 'chỉ tiến, không lùi'],
    [{ to: NOON + 500 * 24 * 3_600_000 }, 'quá xa'],
    [{ step: 'year' }, 'không hợp lệ'],
    [{ to: 'mai' }, 'không hợp lệ'],
    [null, 'không hợp lệ'],
  ])('a time that cannot be gone to is refused: %j', async (body, words) => {
    const rehearsal = rehearsalOf();
    const web = await start({ rehearsal });
    const response = await jump(web.url, body);
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toContain(words);
    expect(rehearsal.clock.now()).toBe(NOON);
  });

  test('another site cannot move the clock', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    const headers = { ...json, Origin: 'https://evil.example' };
    const response = await fetch(`${web.url}/rehearsal/clock`, { method: 'POST', headers, body: '{"step":"hour"}' });
    expect(response.status).toBe(403);
  });

  test.each([
    ['2026-06-10T06:00:00+07:00', '2026-06-11T07:29:00+07:00'],
    ['2026-06-10T23:59:59+07:00', '2026-06-11T07:29:00+07:00'],
    ['2026-06-11T00:00:00+07:00', '2026-06-12T07:29:00+07:00'],
    ['2026-06-30T08:00:00+07:00', '2026-07-01T07:29:00+07:00'],
  ])('the morning after %s', (now, morning) => {
    expect(nextMorning(Date.parse(now))).toBe(Date.parse(morning));
  });
});
