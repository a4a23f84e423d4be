/** The page as an installed app in a real Chromium: signing in and out, without a network, and for everybody's eyes. */
import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../bot/store/port.ts';
import { browserNote, chromiumPath, launchBrowser } from '../support/browser.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { memoryHistory, NOON, part, type RunningWeb, startWeb } from '../support/web.ts';

const PHONE = { width: 360, height: 740 };
const CODE = 'ABCD-EFGH-JKLM';
const officer = { id: 'p1', name: 'Lan', memberships: [{ unit: 'so-y-te', role: 'officer' as const }] };
const commands = Array.from({ length: 16 }, (_, i) => ({ text: `/lenh${i}`, label: `Việc thường làm số ${i}` }));

describe.skipIf(!chromiumPath)(`the installed page in Chromium${browserNote}`, () => {
  let browser: Browser;
  let store: Store;
  let web: RunningWeb;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    [browser, store] = await Promise.all([launchBrowser(), openTestStore()]);
  });
  afterAll(async () => {
    await browser?.close();
    await store?.close();
  });
  beforeEach(async () => {
    await resetStore(store);
    web = await serve();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    await web.close();
    complaints.length = 0;
  });

  const serve = (port?: number, history = memoryHistory()) =>
    startWeb({
      ...{ sessions: store.webSessions, files: store.webFiles, history, commands, ...(port !== undefined && { port }) },
      beatMs: 1_000,
      answer: async (event, channel) => {
        const said = event.kind === 'said' ? event.text : '';
        if (said === CODE) await store.ensurePersons([{ person: officer, address: event.from }], NOON);
        const choices = said === 'chào' ? ['Hạn nộp', 'Báo cáo nhanh'] : [];
        await channel.send(event.chat.address, part(`nghe: ${said}`, choices), { key: `r/${event.id}`, at: NOON });
      },
    });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', locale: 'vi-VN', ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
    page.on('pageerror', (e) => complaints.push(String(e)));
    await page.goto(web.url);
    await page.locator('#link[data-state=live]').waitFor();
    return page;
  }

  const waitFor = (page: Page, text: string) => page.locator('#log .bubble', { hasText: text }).first().waitFor();
  const bubbles = (page: Page) => page.locator('.line .bubble').allInnerTexts();
  async function say(page: Page, text: string) {
    await page.getByLabel('Soạn tin').fill(text);
    await page.keyboard.press('Enter');
  }
  async function signIn(page: Page) {
    await page.getByLabel('Họ và tên').fill('Nguyễn Thị Lan');
    await page.getByLabel('Mã', { exact: true }).fill(CODE);
    await page.getByRole('button', { name: 'Đăng ký', exact: true }).click();
    await waitFor(page, `nghe: ${CODE}`);
  }
  /** What axe finds wrong with what is shown now. */
  async function faults(page: Page): Promise<string[]> {
    await page.evaluate(axe.source);
    const found = (await page.evaluate('axe.run()')) as axe.AxeResults;
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  }

  test.each(['light', 'dark'] as const)('axe finds nothing wrong at 360 × 740, %s', async (colorScheme) => {
    const page = await open({ colorScheme, serviceWorkers: 'block' });
    expect(await faults(page)).toEqual([]);
    await page.getByLabel('Mã', { exact: true }).fill('sai');
    await page.getByRole('button', { name: 'Đăng ký', exact: true }).click();
    await page.getByText('Mã gồm 12 chữ cái').waitFor();
    expect(await faults(page)).toEqual([]);
    await signIn(page);
    await say(page, 'chào');
    await page.getByRole('button', { name: 'Báo cáo nhanh' }).waitFor();
    await page.getByRole('button', { name: 'Việc thường làm', exact: true }).click();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Thiết bị này' }).click();
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(complaints).toEqual([]);
  });

  test('one signs in with a name and a code, out again, and nothing stays on the device', async () => {
    const page = await open({ serviceWorkers: 'block' });
    await signIn(page);
    expect(web.events[0]).toMatchObject({ kind: 'said', text: CODE, fromName: 'Nguyễn Thị Lan' });
    const before = (await page.context().cookies())[0]!;
    expect(before).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(before.value).toContain('.');
    await expect.poll(() => page.locator('#menu-who').textContent()).toContain('đã đăng ký');
    await page.getByLabel('Soạn tin').fill('Buổi ra quân');
    await page.locator('#file').setInputFiles({
      ...{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) },
    });
    await waitFor(page, 'Tệp: a.jpg');
    expect(await page.getByLabel('Soạn tin').inputValue()).toBe('');
    await page.locator('#file').setInputFiles({ name: 'a.exe', mimeType: 'x/y', buffer: Buffer.from('MZ') });
    await page.getByText('Chỉ nhận ảnh').waitFor();
    await page.getByLabel('Soạn tin').fill('đang viết dở');
    await page.getByRole('button', { name: 'Thiết bị này' }).click();
    await page.getByRole('button', { name: 'Thoát khỏi thiết bị này' }).click();
    await page.getByRole('button', { name: 'Thoát', exact: true }).click();
    await page.getByText('Phiên làm việc trên thiết bị này đã kết thúc.').waitFor();
    expect(await bubbles(page)).toEqual([]);
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([]);
    await page.getByRole('button', { name: 'Vào lại' }).click();
    await page.getByLabel('Mã', { exact: true }).waitFor();
    expect(await bubbles(page)).toEqual([]);
  });

  test('what was said on the person’s other device is read here, until that device is signed out', async () => {
    const phone = await open({ serviceWorkers: 'block' });
    await signIn(phone);
    await expect.poll(() => phone.locator('#menu-who').textContent()).toContain('đã đăng ký');
    await say(phone, 'chào');
    await phone.getByRole('button', { name: 'Báo cáo nhanh' }).waitFor();
    expect(await phone.locator('#elsewhere').isVisible()).toBe(false);

    const desk = await open({ serviceWorkers: 'block' });
    await signIn(desk);
    await desk.locator('#elsewhere summary').click();
    await desk.locator('#elsewhere-log .bubble', { hasText: 'nghe: chào' }).waitFor();
    expect(await desk.locator('#elsewhere-log .line.me').count()).toBe(2);
    expect(await desk.locator('#elsewhere-log button').count()).toBe(0);
    expect(await faults(desk)).toEqual([]);
    expect(await desk.evaluate('document.documentElement.scrollWidth')).toBe(360);

    await store.webSessions.signOut(web.events[0]!.from, false, NOON);
    await desk.reload();
    await waitFor(desk, `nghe: ${CODE}`);
    expect(await desk.locator('#elsewhere').isVisible()).toBe(false);
    const stranger = await open({ serviceWorkers: 'block' });
    expect(await stranger.evaluate("fetch('/web/elsewhere').then((r) => r.json())")).toEqual({ lines: [] });
  });

  test('whoever has left their last unit is asked for a code again, sends no files, and may sign out', async () => {
    const page = await open({ serviceWorkers: 'block' });
    await signIn(page);
    await page.getByRole('button', { name: 'Gửi tệp hoặc ảnh' }).waitFor();
    const { from } = web.events[0]!;
    const leave = { kind: 'setRole', person: officer.id, unit: 'so-y-te', from: 'officer', to: null } as const;
    await store.transaction((tx) => tx.apply(leave, { person: officer.id, address: from, at: NOON }));
    const sent = `fetch('/web/files?id=7b0c9a2e-8a3f-4d5e-9e1b-0c2d3e4f5a7d&name=a.txt&caption=',
      { method: 'POST', headers: { 'X-Trucban-File': '1' }, body: 'abc' }).then((r) => r.status)`;
    expect(await page.evaluate(sent)).toBe(403);
    await page.reload();
    await waitFor(page, `nghe: ${CODE}`);
    await page.getByRole('button', { name: 'Thiết bị này' }).click();
    await page.getByText('Thiết bị này chưa đăng ký').waitFor();
    await page.getByRole('button', { name: 'Thoát khỏi thiết bị này' }).waitFor();
    expect(await page.locator('#attach').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Đăng ký thiết bị này' }).click();
    await page.getByLabel('Mã', { exact: true }).waitFor();
  });

  test('signed out from elsewhere, the device keeps nothing of what was being written and takes nothing more', async () => {
    const page = await open({ serviceWorkers: 'block' });
    await signIn(page);
    await expect.poll(() => page.locator('#menu-who').textContent()).toContain('đã đăng ký');
    await page.context().setOffline(true);
    await say(page, 'bấm gửi khi mất mạng');
    await page.locator('.pending').waitFor();
    await page.getByLabel('Soạn tin').fill('đang viết dở');
    const others = await store.webSessions.signOut(web.events[0]!.from, true, NOON);
    expect(others).toEqual([web.events[0]!.from]);
    await page.context().setOffline(false);
    await page.getByText('Phiên làm việc trên thiết bị này đã kết thúc.').waitFor();
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([]);
    expect(await page.locator('#text').inputValue()).toBe('');
    expect(await page.locator('#composer').isVisible()).toBe(false);
    expect(await faults(page)).toEqual([]);
    expect(web.events).toHaveLength(1);
  });

  test('an invitation’s address opened over the open page asks for its code there', async () => {
    const page = await open({ serviceWorkers: 'block' });
    await say(page, 'chào');
    await page.getByRole('button', { name: 'Báo cáo nhanh' }).waitFor();
    await page.goto(`${web.url}/#ma=ABCDEFGHJKLM`);
    await expect.poll(() => page.getByLabel('Mã', { exact: true }).inputValue()).toBe('ABCDEFGHJKLM');
    await page.getByLabel('Mã', { exact: true }).waitFor();
    expect(page.url()).not.toContain('ABCD');
  });

  test('a file that is too large is refused before it is sent', async () => {
    const page = await open({ serviceWorkers: 'block' });
    await signIn(page);
    await page.getByRole('button', { name: 'Gửi tệp hoặc ảnh' }).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const buffer = Buffer.alloc(10 * 1024 * 1024 + 1, 0x20);
    await page.locator('#file').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer });
    await page.getByText('Tệp lớn quá 10 MB.').waitFor();
    expect(asked).not.toContain('/web/files');
  });

  test('a page that was opened without a network comes back as soon as there is one', async () => {
    const page = await open();
    await signIn(page);
    await page.evaluate('navigator.serviceWorker.ready');
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('#link[data-state=waiting]').waitFor();
    // After so many tries the next is many seconds away.
    await page.waitForTimeout(8_000);
    await page.context().setOffline(false);
    await page.locator('#link[data-state=live]').waitFor({ timeout: 3_000 });
    expect(await bubbles(page)).toContain(`nghe: ${CODE}`);
  });

  test('it opens without a network; what is written then is sent once, when there is one again', async () => {
    const page = await open();
    await signIn(page);
    await page.evaluate('navigator.serviceWorker.ready');
    const { port, history } = web;
    await web.close();
    await page.reload();
    await page.getByText('Chưa có mạng. Tin sẽ tự gửi khi có mạng.').waitFor();
    await say(page, 'viết khi mất mạng');
    await page.locator('.pending').waitFor();
    await page.getByLabel('Soạn tin').fill('còn viết dở');
    await page.reload();
    await page.locator('.pending', { hasText: 'viết khi mất mạng' }).waitFor();
    web = await serve(port, history);
    await page.evaluate("dispatchEvent(new Event('online'))");
    await waitFor(page, 'nghe: viết khi mất mạng');
    await page.locator('#link[data-state=live]').waitFor();
    expect((await bubbles(page)).filter((text) => text === 'viết khi mất mạng')).toHaveLength(1);
    expect(web.events).toHaveLength(1);
    expect(await page.getByLabel('Soạn tin').inputValue()).toBe('còn viết dở');
  });

  test('an invitation’s address brings its code; the page can be installed; hidden, it tells of what is new', async () => {
    const page = await open({ permissions: ['notifications'] });
    // Going from one fragment to another would not load the page.
    await page.goto('about:blank');
    await page.goto(`${web.url}/#ma=ABCDEFGHJKLM`);
    await expect.poll(() => page.getByLabel('Mã', { exact: true }).inputValue()).toBe('ABCDEFGHJKLM');
    expect(page.url()).not.toContain('ABCD');

    const manifest = (await (await fetch(`${web.url}/web/app.webmanifest`)).json()) as { icons: { src: string }[] };
    for (const { src } of manifest.icons)
      expect((await fetch(web.url + src)).headers.get('content-type')).toBe('image/png');
    const session = await page.context().newCDPSession(page);
    await page.evaluate('navigator.serviceWorker.ready');
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A test's browser keeps no profile; that is no fault of the page.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);

    await page.getByLabel('Mã', { exact: true }).fill(CODE);
    await page.getByRole('button', { name: 'Đăng ký', exact: true }).click();
    await waitFor(page, `nghe: ${CODE}`);
    await page.getByRole('button', { name: 'Thiết bị này' }).click();
    await page.getByRole('button', { name: 'Báo khi có tin mới' }).click();
    await page.getByText('Khi trang bị ẩn, có tin mới sẽ báo.').waitFor();
    await page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })");
    const to = web.events[0]!.from;
    await web.channel.send(to, part('Nhắc nộp báo cáo'), { key: 'reminder/1', at: NOON });
    const shown = `navigator.serviceWorker.ready
      .then((worker) => worker.getNotifications())
      .then((all) => all.map(({ title, body }) => title + ': ' + body))`;
    await expect.poll(() => page.evaluate(shown)).toEqual(['Trực Ban: 1 tin mới']);
  });
});
