/** Signing in and out on the web chat: who holds which cookie, what a copied one is good for, and two tabs at once. */
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { GRACE_MS, IDLE_MS, ROTATE_MS, strangerAddress } from '../../bot/channels/web/sessions.ts';
import type { Address, FileRef } from '../../bot/core/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { linesOf, NOON, newDevice, openStream, post, type RunningWeb, startWeb } from '../support/web.ts';

let store: Store;
let web: RunningWeb;
let now = NOON;
let told: string[] = [];
/** What could be had of the last file while its message was handled. */
let fetched: (Uint8Array | null)[] = [];
const planFrom = (file: FileRef) =>
  store.transaction((tx) =>
    tx.apply(
      { kind: 'beginImport', id: randomUUID(), file, fileName: file.name, address: null },
      { person: officer.id, address: 'web:a', at: now },
    ),
  );
const officer = { id: 'p1', name: 'Lan', memberships: [{ unit: 'so-y-te', role: 'officer' as const }] };

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await resetStore(store);
  now = NOON;
  told = [];
  web = await startWeb({
    ...{ sessions: store.webSessions, files: store.webFiles },
    now: () => now,
    replayed: (person) => told.push(person),
    answer: async (event, channel) => {
      if (event.kind === 'sent') {
        fetched = [await web.channel.download!(event.file, 7), await web.channel.download!(event.file, 6)];
        if (event.caption?.startsWith('kế hoạch')) await planFrom(event.file);
      }
      if (event.kind === 'said' && event.text === 'mã đúng')
        await store.ensurePersons([{ person: officer, address: event.from }], now);
      await channel.send(
        event.chat.address,
        { text: [{ as: 'text', text: 'nghe' }], choices: [] },
        { key: `r/${event.id}`, at: now },
      );
    },
  });
});
afterEach(() => web.close());

/** A browser: keeps the cookie it is given. */
function browser(cookie: string) {
  const jar = { cookie, claim: randomUUID() as string };
  const take = (response: Response) => {
    const given = response.headers.get('set-cookie')?.split(';')[0];
    if (given) jar.cookie = given;
    return response;
  };
  return {
    jar,
    say: async (text: string, id: string = randomUUID()) =>
      take(await post(web.url, { id, text, claim: jar.claim }, { cookie: jar.cookie })),
    look: async () => take(await fetch(`${web.url}/web/lines`, { headers: { cookie: jar.cookie } })),
    open: async () => take(await fetch(web.url, { headers: { cookie: jar.cookie } })),
    post: async (path: string, body: unknown) =>
      take(
        await fetch(web.url + path, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', cookie: jar.cookie },
          body: JSON.stringify(body),
        }),
      ),
  };
}

const addressIn = (cookie: string): Address => strangerAddress(cookie.split('=')[1]!)!;
const signedIn = async (response: Response) => ((await response.json()) as { you: { signedIn: boolean } }).you.signedIn;

async function registered() {
  const device = browser(await newDevice(web.url));
  const before = device.jar.cookie;
  expect((await device.say('mã đúng')).status).toBe(202);
  expect(device.jar.cookie).not.toBe(before);
  expect(await signedIn(await device.look())).toBe(true);
  return { ...device, before, address: addressIn(before) };
}

test('registering gives a session of its own: the cookie of before, maybe planted, opens nothing any more', async () => {
  const planted = browser(await newDevice(web.url));
  expect(await signedIn(await planted.look())).toBe(false);
  const stream = await openStream(web.url, { cookie: planted.jar.cookie });
  const victim = browser(planted.jar.cookie);
  await victim.say('mã đúng');
  await stream.ended;
  expect((await planted.look()).status).toBe(401);
  expect((await planted.say('xin vào', randomUUID())).status).toBe(401);
  expect(await signedIn(await victim.look())).toBe(true);
  expect((await linesOf(web.url, { cookie: victim.jar.cookie })).map((line) => line.who)).toEqual(['me', 'bot']);
});

test('an answer that was lost on the way is asked for again, by the same page alone', async () => {
  const device = browser(await newDevice(web.url));
  const before = device.jar.cookie;
  const id = randomUUID();
  await device.say('mã đúng', id);
  const lost = device.jar.cookie;
  device.jar.cookie = before;
  expect((await device.look()).status).toBe(401);
  expect((await device.say('mã đúng', id)).status).toBe(202);
  expect(device.jar.cookie).toBe(lost);
  expect(web.events).toHaveLength(1);
  expect((await device.look()).status).toBe(200);
  // Once it is in use, whoever asks for it again is somebody else.
  device.jar.cookie = before;
  expect((await device.say('mã đúng', id)).status).toBe(401);
});

test('the secret is changed every day; a second tab, a lost answer and a slow request sign nobody out', async () => {
  const device = await registered();
  const first = device.jar.cookie;
  now += ROTATE_MS;
  // Two tabs at once get the same next secret; the answer to one of them is lost.
  const [one, two] = [browser(first), browser(first)];
  await Promise.all([one.look(), two.look()]);
  expect(one.jar.cookie).toBe(two.jar.cookie);
  expect(one.jar.cookie).not.toBe(first);
  expect((await browser(first).look()).status).toBe(200);
  await Promise.all([one.look(), two.look()]);
  // A request of before that is still on its way.
  now += GRACE_MS - 1;
  const slow = browser(first);
  expect((await slow.look()).status).toBe(200);
  expect(slow.jar.cookie).toBe(first);
  expect((await one.look()).status).toBe(200);
});

test('a secret that was replaced long ago and comes back was copied: the session ends for both', async () => {
  const device = await registered();
  const copied = device.jar.cookie;
  now += ROTATE_MS;
  await device.look();
  await device.look();
  now += GRACE_MS + 1;
  expect((await browser(copied).look()).status).toBe(401);
  expect((await device.look()).status).toBe(401);
  expect(told).toEqual(['p1']);
  // Nothing is written any more to where nobody reads it.
  expect((await store.contacts())[0]!.addresses).toEqual([]);
});

test('a device that is not used for three months is signed out', async () => {
  const device = await registered();
  now += IDLE_MS + 1;
  expect((await device.look()).status).toBe(401);
  expect((await store.contacts())[0]!.addresses).toEqual([]);
});

test('signing out ends this device and its open pages; everywhere, every one', async () => {
  const [one, two, three] = [await registered(), await registered(), await registered()];
  await store.ensurePersons([{ person: officer, address: null }], now);
  const places = async () => (await store.contacts())[0]!.addresses;
  expect(await places()).toHaveLength(3);
  const stream = await openStream(web.url, { cookie: one.jar.cookie });
  await one.post('/web/sign-out', { everywhere: false });
  await stream.ended;
  expect((await browser(one.before).look()).status).toBe(401);
  expect((await two.look()).status).toBe(200);
  expect((await places()).toSorted()).toEqual([two.address, three.address].toSorted());

  const other = await openStream(web.url, { cookie: three.jar.cookie });
  const kept = two.jar.cookie;
  expect((await two.post('/web/sign-out', { everywhere: true })).status).toBe(200);
  await other.ended;
  expect((await three.look()).status).toBe(401);
  // It says why, and asks for no cookie that is there.
  expect(await (await three.look()).text()).toContain('thoát mọi thiết bị từ nơi khác');
  expect((await browser(kept).look()).status).toBe(401);
  expect(await places()).toEqual([]);
});

test('a cookie that is good for nothing stays until the person asks for another', async () => {
  const device = await registered();
  const dead = device.jar.cookie;
  await store.webSessions.signOut(device.address, false, now);
  await device.open();
  expect(device.jar.cookie).toBe(dead);
  await device.post('/web/session', {});
  expect(device.jar.cookie).not.toBe(dead);
  expect(await signedIn(await device.look())).toBe(false);
});

test('another site can sign nobody out, nor fetch a cookie', async () => {
  const device = await registered();
  for (const path of ['/web/sign-out', '/web/session']) {
    const ask = (headers: Record<string, string>) =>
      fetch(web.url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', cookie: device.jar.cookie, ...headers },
        body: '{"everywhere":true}',
      });
    expect((await ask({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await ask({ Origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await ask({ 'Content-Type': 'text/plain' })).status).toBe(415);
  }
  expect((await device.look()).status).toBe(200);
});

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const send = (
  cookie: string,
  bytes: Uint8Array,
  name: string,
  headers: Record<string, string> = { 'X-Trucban-File': '1' },
  caption = 'Buổi ra quân',
) =>
  fetch(`${web.url}/web/files?${new URLSearchParams({ id: randomUUID(), name, caption })}`, {
    method: 'POST',
    headers: { cookie, 'Content-Type': 'application/octet-stream', ...headers },
    body: new Uint8Array(bytes),
  });

test('a file is taken by what its bytes say, from registered devices, and is there while its message is handled', async () => {
  const { jar } = await registered();
  expect((await send(jar.cookie, JPEG, 'ra quân.jpg')).status).toBe(202);
  const event = web.events.at(-1)!;
  expect(event).toMatchObject({
    ...{ kind: 'sent', caption: 'Buổi ra quân' },
    file: { name: 'ra quân.jpg', mediaType: 'image/jpeg', size: 7 },
  });
  const lines = await linesOf(web.url, { cookie: jar.cookie });
  expect(lines.map(({ text }) => text[0]!.text)).toContain('Tệp: ra quân.jpg\nBuổi ra quân');
  if (event.kind !== 'sent') throw new Error();
  expect(fetched).toEqual([JPEG, null]);
  expect(await web.channel.download!({ ...event.file, id: 'web:other' }, 7)).toBeNull();
});

test('a file is kept no longer than that, unless a plan is to be read from it', async () => {
  const { jar } = await registered();
  const held = async () => {
    const event = web.events.at(-1)!;
    return event.kind === 'sent' ? await web.channel.download!(event.file, 7) : undefined;
  };
  await send(jar.cookie, JPEG, 'ảnh.jpg');
  expect(fetched[0]).toEqual(JPEG);
  expect(await held()).toBeNull();
  await send(jar.cookie, JPEG, 'ke-hoach.jpg', undefined, 'kế hoạch mới');
  expect(await held()).toEqual(JPEG);
});

test('no other file, no stranger, no other site, nothing too big', async () => {
  const { jar } = await registered();
  const words = new TextEncoder();
  for (const [bytes, name] of [
    [words.encode('<script>'), 'a.html'],
    [words.encode('MZ'), 'a.jpg'],
    [Uint8Array.from([0x50, 0x4b, 3, 4]), 'a.zip'],
    [Uint8Array.from([0x61, 0]), 'a.txt'],
  ] as const)
    expect((await send(jar.cookie, bytes, name)).status, name).toBe(415);
  // What can be put right is said.
  const refused = async (bytes: Uint8Array, name: string) => (await send(jar.cookie, bytes, name)).text();
  expect(await refused(new Uint8Array(), 'a.txt')).toContain('Tệp rỗng');
  const old = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]);
  expect(await refused(old, 'ke-hoach.docx')).toContain('mật khẩu');
  expect((await send(jar.cookie, words.encode('một'), 'a.txt')).status).toBe(202);
  // The same answers as wherever else a plan may come from.
  expect((await send(jar.cookie, Buffer.from('\ufeffKế hoạch', 'utf16le'), 'ke-hoach.txt')).status).toBe(202);
  for (const [bytes, name] of [
    [Uint8Array.from([0x50, 0x4b, 3, 4]), 'ke-hoach.txt'],
    [words.encode('một'), 'ke-hoach.docx'],
  ] as const)
    expect(await refused(bytes, name), name).toContain('Đuôi tệp không đúng với nội dung');
  expect((await send(await newDevice(web.url), JPEG, 'a.jpg')).status).toBe(403);
  expect((await send(jar.cookie, JPEG, 'a.jpg', {})).status).toBe(403);
  expect((await send(jar.cookie, JPEG, 'a.jpg', { 'X-Trucban-File': '1', 'Sec-Fetch-Site': 'same-site' })).status).toBe(
    403,
  );
  const big = await send(jar.cookie, new Uint8Array(10 * 1024 * 1024 + 1), 'a.jpg').catch(() => null);
  expect(big?.status ?? 413).toBe(413);
});

test('whatever may be posted to is closed to other sites', async () => {
  const app = new Hono();
  web.channel.routes!(app);
  const posts = app.routes
    .filter(({ method, path }) => method === 'POST' && !path.endsWith('*'))
    .map(({ path }) => path);
  expect(new Set(posts)).toEqual(new Set([...posts, '/web/messages', '/web/files', '/web/session', '/web/sign-out']));
  for (const path of new Set(posts)) {
    const headers = { 'Content-Type': 'application/json', 'X-Trucban-File': '1', 'Sec-Fetch-Site': 'cross-site' };
    expect((await app.request(path, { method: 'POST', headers, body: '{}' })).status, path).toBe(403);
  }
});

test('codes cannot be tried from ever new devices of one place', async () => {
  await web.close();
  web = await startWeb({ sessions: store.webSessions, monotonic: () => 0 });
  let refused = 0;
  for (let i = 0; i < 42; i++) {
    const device = browser(await newDevice(web.url));
    if ((await device.say('ABCD-EFGH-JKL0')).status === 429) refused++;
  }
  expect(refused).toBe(2);
});
