/** The standing agency's page over real HTTP: who may look, what is served, what follows live, what is downloaded. */
import { afterEach, expect, test } from 'vitest';
import type { Desk } from '../../bot/channels/web/desk.ts';
import type { Paper } from '../../bot/core/types.ts';
import { memoryHistory, newDevice, part, type RunningWeb, type Started, startWeb } from '../support/web.ts';

const running: RunningWeb[] = [];
afterEach(async () => {
  for (const web of running.splice(0)) await web.close();
});

const paper: Paper = {
  name: 'tong-hop.xlsx',
  format: 'xlsx',
  at: 0,
  of: { kind: 'totals', scope: { kind: 'city' }, period: { kind: 'week', from: '2026-06-08', to: '2026-06-14' } },
};

/** Answers one device only, once it is known. */
function deskOf() {
  const rings = new Set<() => void>();
  const desk = {
    may: true,
    known: false,
    registered: async () => desk.known,
    revisionNow: '1',
    asked: [] as Record<string, string>[],
    listeners: () => rings.size,
    change(to: string) {
      desk.revisionNow = to;
      for (const ring of rings) ring();
    },
    async totals(_me: string, query: Record<string, string>) {
      desk.asked.push(query);
      if (query.period === 'hôm nào') return 'wrong' as const;
      return desk.may ? { figures: [1] } : null;
    },
    behind: async () => (desk.may ? { reports: [] } : null),
    wanted: async (_me: string, { format }: Record<string, string>) =>
      desk.may ? (format === 'pdf' ? ('wrong' as const) : paper) : null,
    make: async () =>
      desk.may ? { name: 'tổng hợp "6".xlsx', mediaType: 'application/x-test', bytes: Buffer.from('PK') } : null,
    revision: async () => (desk.may ? desk.revisionNow : null),
    listen(ring: () => void) {
      rings.add(ring);
      return () => rings.delete(ring);
    },
  };
  return desk satisfies Desk;
}

async function start(options: Started = {}) {
  const desk = deskOf();
  const web = await startWeb({ desk, ...options });
  running.push(web);
  const cookie = await newDevice(web.url);
  const get = (path: string) => fetch(`${web.url}${path}`, { headers: { cookie } });
  return { desk, web, cookie, get };
}

test('the page is served with the strictest policy; its library comes from us and is kept', async () => {
  const { web, get } = await start();
  const page = await get('/tong-hop');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(
    /default-src 'none'; script-src 'self'; style-src 'self'/,
  );
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]*(src=|application\/json))/);
  expect(html.replace(/<script type="application\/json"[\s\S]*?<\/script>/, '')).not.toMatch(/ style=|\{\{/);
  const chart = /src="(\/web\/page\/\w+\/chart\.js)"/.exec(html)![1]!;
  const library = await get(chart);
  expect(library.headers.get('cache-control')).toContain('immutable');
  expect(await library.text()).toMatch(/^\/\*!\s+\* Chart\.js v/);
  // Without the page there is no such place.
  const without = await startWeb();
  running.push(without);
  expect((await fetch(`${without.url}/tong-hop`)).status).toBe(404);
  expect(web.events).toEqual([]);
});

test('numbers are for coordinators: no cookie 401, no right 403 with what to do, a wrong query 400', async () => {
  const { desk, web, get } = await start();
  expect((await fetch(`${web.url}/web/totals`)).status).toBe(401);
  const good = await get('/web/totals?period=week&sector=xa');
  expect(good.headers.get('cache-control')).toBe('no-store');
  expect(await good.json()).toEqual({ figures: [1] });
  expect(desk.asked.at(-1)).toEqual({ period: 'week', sector: 'xa' });
  expect((await get('/web/totals?period=h%C3%B4m%20n%C3%A0o')).status).toBe(400);
  desk.may = false;
  for (const path of [
    '/web/totals',
    '/web/totals/behind?figure=to_roi',
    '/web/totals/paper?format=xlsx',
    '/web/totals/stream',
  ]) {
    const refused = await get(path);
    expect(refused.status, path).toBe(403);
    expect(await refused.json(), path).toEqual({ error: expect.stringContaining('cán bộ điều phối đã đăng ký') });
  }
  // Who is registered is not told to register.
  desk.known = true;
  for (const path of ['/web/totals', '/web/totals/stream'])
    expect(await (await get(path)).json(), path).toEqual({ error: expect.not.stringContaining('đăng ký') });
});

test('a download has a name that every system can keep', async () => {
  const { get } = await start();
  const file = await get('/web/totals/paper?format=xlsx');
  expect(file.headers.get('content-type')).toBe('application/x-test');
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.xlsx"$/);
  expect(await file.text()).toBe('PK');
  expect((await get('/web/totals/paper?format=pdf')).status).toBe(400);
});

test('a document offered in the chat is downloaded from its line, by whom it was offered to and who still may', async () => {
  const history = memoryHistory();
  const { desk, web, get } = await start({
    history,
    answer: async (event, channel) => {
      await channel.send(event.chat.address, { ...part('đây'), paper }, { key: `reply/${event.id}`, at: event.at });
    },
  });
  const cookie = await newDevice(web.url);
  await fetch(`${web.url}/web/messages`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ id: '7f0c0b0e-1111-4222-8333-444455556666', text: 'xuất excel' }),
  });
  const lines = (await (await fetch(`${web.url}/web/lines`, { headers: { cookie } })).json()) as {
    lines: { seq: number; paper?: object }[];
  };
  const line = lines.lines.find((one) => one.paper)!;
  expect(line.paper).toEqual({ name: 'tong-hop.xlsx' });
  const own = await fetch(`${web.url}/web/papers/${line.seq}`, { headers: { cookie } });
  expect(await own.text()).toBe('PK');
  // Another device has no such line.
  expect((await get(`/web/papers/${line.seq}`)).status).toBe(404);
  desk.may = false;
  expect((await fetch(`${web.url}/web/papers/${line.seq}`, { headers: { cookie } })).status).toBe(403);
});

test('an open page is told that something changed, and no more once the right is lost', async () => {
  const { desk, web, cookie } = await start();
  const response = await fetch(`${web.url}/web/totals/stream`, { headers: { cookie } });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const until = async (words: string) => {
    while (!heard.includes(words)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`ended: ${heard}`);
      heard += value;
    }
  };
  await until('data: 1\n');
  desk.change('2');
  await until('data: 2\n');
  expect(desk.listeners()).toBe(1);
  desk.may = false;
  desk.change('3');
  for (;;) if ((await reader.read()).done) break;
  expect(desk.listeners()).toBe(0);
  expect(heard).not.toContain('data: 3');
});
