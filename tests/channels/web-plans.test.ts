/** The page of plans over HTTP: who may see it, what it refuses, and that only our own page may act. */
import { afterEach, expect, test } from 'vitest';
import type { PlanDesk } from '../../bot/channels/web/plans.ts';
import type { Address } from '../../bot/core/types.ts';
import { newDevice, type RunningWeb, startWeb } from '../support/web.ts';

const running: RunningWeb[] = [];
afterEach(async () => {
  for (const web of running.splice(0)) await web.close();
});

/** @param administrator the only one who gets an answer; null for nobody */
async function start() {
  const acted: unknown[] = [];
  let administrator: Address | null = null;
  const plans: PlanDesk = {
    list: async (me) => (me === administrator ? { plans: [] } : null),
    show: async (me, id) => (me === administrator ? (id === 'a' ? { id } : 'unknown') : null),
    async act(me, id, action) {
      if (me !== administrator) return null;
      acted.push(action);
      return id === 'a' ? { id } : id === 'b' ? 'changed' : 'wrong';
    },
  };
  const web = await startWeb({ plans });
  running.push(web);
  const cookie = await newDevice(web.url);
  // Who the device is, the bot learns when it writes.
  const me = async () => {
    await fetch(`${web.url}/web/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie },
      body: JSON.stringify({ id: crypto.randomUUID(), text: 'chào' }),
    });
    administrator = web.events.at(-1)!.from;
  };
  const get = (path: string) => fetch(web.url + path, { headers: { cookie } });
  const post = (id: string, headers: Record<string, string> = {}) =>
    fetch(`${web.url}/web/plans/${id}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie, ...headers },
      body: '{"do":"drop"}',
    });
  return { web, acted, me, get, post };
}

test('everybody gets the page, only an administrator what is on it', async () => {
  const { web, me, get, post } = await start();
  const page = await get('/ke-hoach');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(await page.text()).toContain('Nạp, xem lại và công bố kế hoạch');
  for (const path of ['/web/plans', '/web/plans/a']) expect((await get(path)).status).toBe(403);
  expect((await post('a')).status).toBe(403);
  expect((await fetch(`${web.url}/web/plans`)).status).toBe(401);
  await me();
  expect(await (await get('/web/plans')).json()).toEqual({ plans: [] });
  expect(await (await get('/web/plans/a')).json()).toEqual({ id: 'a' });
  expect((await get('/web/plans/other')).status).toBe(404);
});

test('another site cannot act for an administrator; who was overtaken is told', async () => {
  const { acted, me, post } = await start();
  await me();
  const elsewhere: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'Content-Type': 'text/plain' },
  ];
  for (const headers of elsewhere) expect([403, 415]).toContain((await post('a', headers)).status);
  expect(acted).toEqual([]);
  expect((await post('a')).status).toBe(200);
  expect((await post('b')).status).toBe(409);
  expect((await post('c')).status).toBe(400);
});
