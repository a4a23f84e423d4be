/** The page in a real Chromium: what an officer sees, presses and types, also when the network fails. */
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { getDocumentProxy } from 'unpdf';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../../bot/channels/web/desk.ts';
import { overview } from '../../bot/totals/overview.ts';
import { campaignPeriod } from '../../bot/totals/period.ts';
import { behindView, reportView, totalsView } from '../../bot/totals/view.ts';
import { browserNote, chromiumPath, launchBrowser } from '../support/browser.ts';
import { AFTER, sampleReports } from '../support/sample-campaign.ts';
import {
  type Answer,
  memoryHistory,
  NOON,
  PLACES,
  part,
  type RunningWeb,
  rehearsalOf,
  type Started,
  startWeb,
} from '../support/web.ts';
import { testFigures, testForms, testLayouts, testPlans } from '../support/world.ts';

/** Points above the edge of the paper: the margin and three lines. */
const LOWEST = 42.5 + 45;
const PHONE = { width: 360, height: 740 };

/** Asks back with two choices; shows a picture when asked for one. */
const talk: Answer = async (event, web) => {
  const send = (p: ReturnType<typeof part>) =>
    web.send(event.chat.address, p, { key: `reply/${event.id}`, at: event.at });
  if (event.kind === 'said' && event.text === 'hình') {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300"><rect width="640" height="300"/></svg>';
    const base64 = Buffer.from(svg).toString('base64');
    await send(part('tiến độ', [], { name: 'a.svg', mediaType: 'image/svg+xml', alt: '86 trên 137 đơn vị', base64 }));
  } else if (event.kind === 'said') await send(part(`nghe: ${event.text}`, ['Xem tiếp', 'Hạn nộp báo cáo']));
  else if (event.kind === 'chose') await send(part(`đã chọn ${event.token}`));
};

describe.skipIf(!chromiumPath)(`the page in Chromium${browserNote}`, () => {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const running: RunningWeb[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of contexts.splice(0)) {
      // A request may still be on its way through a route of the test.
      for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    }
    for (const web of running.splice(0)) await web.close();
    complaints.length = 0;
  });

  async function start(options: Started = {}): Promise<RunningWeb> {
    const web = await startWeb({ answer: talk, ...options });
    running.push(web);
    return web;
  }

  async function open(url: string, viewport = PHONE): Promise<Page> {
    const context = await browser.newContext({
      ...{ viewport, reducedMotion: 'reduce', locale: 'vi-VN', serviceWorkers: 'block' },
    });
    contexts.push(context);
    const page = await context.newPage();
    // A policy that is broken, a script that fails or a file that is missing is told on the console.
    page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
    page.on('pageerror', (e) => complaints.push(String(e)));
    await page.goto(url);
    await page.locator('#link[data-state=live]').waitFor();
    return page;
  }

  const bubbles = (page: Page) => page.locator('.line .bubble').allInnerTexts();
  const waitFor = (page: Page, text: string) => page.locator('#log .bubble', { hasText: text }).first().waitFor();
  async function say(page: Page, text: string) {
    await page.getByLabel('Soạn tin').fill(text);
    await page.keyboard.press('Enter');
  }

  test('Enter sends, Shift+Enter breaks the line, and the answer comes by itself', async () => {
    const web = await start();
    const page = await open(web.url);
    const field = page.getByLabel('Soạn tin');
    await field.focus();
    await page.keyboard.type('dòng một');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('dòng hai');
    expect(web.events).toEqual([]);
    await page.keyboard.press('Enter');
    await waitFor(page, 'nghe: dòng một');
    expect(await bubbles(page)).toEqual(['dòng một\ndòng hai', 'nghe: dòng một\ndòng hai']);
    expect(await field.inputValue()).toBe('');
    expect(await page.locator('.day').textContent()).toBe('Thứ Tư, 10/6/2026');
    expect(await page.locator('.line.me .time').textContent()).toBe('12:00');
    expect(complaints).toEqual([]);
  });

  test('choices stand under the last answer only; pressed, they are read but not pressed again', async () => {
    const web = await start();
    const page = await open(web.url);
    await say(page, 'chào');
    await page.getByRole('button', { name: 'Hạn nộp báo cáo' }).click();
    await waitFor(page, 'đã chọn token-Hạn nộp báo cáo');
    expect(web.events[1]).toMatchObject({ kind: 'chose', token: 'token-Hạn nộp báo cáo' });
    expect(await page.getByRole('button', { name: 'Hạn nộp báo cáo' }).count()).toBe(0);
    expect(await page.locator('.past li').allTextContents()).toEqual(['Xem tiếp', 'Hạn nộp báo cáo (đã chọn)']);
    expect(await bubbles(page)).toContain('Hạn nộp báo cáo');
  });

  test('what a message that nobody asked for offers stays to be pressed, whatever was said since', async () => {
    const web = await start();
    const page = await open(web.url);
    await say(page, 'chào');
    const to = web.events[0]!.chat.address;
    for (const n of [1, 2]) {
      const choices = [{ token: `/duyetvao nhan ${n}`, label: 'Đồng ý' }];
      await web.channel.send(
        to,
        { text: [{ as: 'text', text: `Yêu cầu ${n}` }], choices },
        { key: `push/${n}`, at: NOON },
      );
      await waitFor(page, `Yêu cầu ${n}`);
    }
    await say(page, 'hạn');
    await page.getByRole('button', { name: 'Đồng ý' }).first().click();
    await expect.poll(() => web.events.at(-1)).toMatchObject({ kind: 'chose', token: '/duyetvao nhan 1' });
    await expect.poll(() => page.locator('.past li.picked').allTextContents()).toEqual(['Đồng ý (đã chọn)']);
    // The other one still waits.
    await page.getByRole('button', { name: 'Đồng ý' }).click();
    await expect.poll(() => web.events.at(-1)).toMatchObject({ token: '/duyetvao nhan 2' });
  });

  test('by keyboard alone: skip link, choice, and back to the text field', async () => {
    const web = await start();
    const page = await open(web.url);
    await say(page, 'chào');
    const choice = page.getByRole('button', { name: 'Xem tiếp' });
    await choice.focus();
    await page.keyboard.press('Enter');
    await waitFor(page, 'đã chọn token-Xem tiếp');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
    expect(await page.evaluate("document.querySelector('a, button, input, textarea').className")).toBe('skip');
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
  });

  test('a picture is shown with the words for those who do not see it', async () => {
    const web = await start();
    const page = await open(web.url);
    await say(page, 'hình');
    const picture = page.getByRole('img', { name: '86 trên 137 đơn vị' });
    await picture.waitFor();
    await expect.poll(() => page.evaluate("document.querySelector('.picture img').naturalWidth")).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test('what is heard: new lines are announced, old ones are not, every control has a name', async () => {
    const web = await start();
    const page = await open(web.url);
    await say(page, 'chào');
    await waitFor(page, 'nghe: chào');
    const log = page.getByRole('log', { name: 'Nội dung trò chuyện' });
    expect(await log.getAttribute('aria-live')).toBe('polite');
    await expect.poll(() => log.getAttribute('aria-busy')).toBe('false');
    expect(await log.locator('article').last().textContent()).toContain('Trực Ban, 12:00:');
    const nameless = await page.evaluate(`
      [...document.querySelectorAll('button, input, textarea, a')]
        .filter((e) => e.checkVisibility())
        .filter((e) => !e.ariaHidden)
        .filter((e) => !e.textContent.trim() && !e.ariaLabel && !e.labels?.length)
        .map((e) => e.outerHTML)`);
    expect(nameless).toEqual([]);
  });

  test('at 360 px nothing sticks out, however long a word is', async () => {
    const long = 'x'.repeat(900);
    const web = await start();
    const page = await open(web.url);
    await say(page, `${long} và một câu dài bình thường để xuống dòng`);
    await waitFor(page, 'nghe: xxx');
    const out = await page.evaluate(`
      [...document.querySelectorAll('body *:not(.hidden, .hidden *, .skip)')]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 0.5)
        .map((e) => e.className)`);
    expect(out).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  test('a server that goes away and comes back: nothing lost, nothing twice', async () => {
    const history = memoryHistory();
    const first = await start({ history });
    const page = await open(first.url);
    await say(page, 'trước');
    await waitFor(page, 'nghe: trước');
    const to = first.events[0]!.from;
    await first.close();
    running.length = 0;
    await page.locator('#link[data-state=waiting]').waitFor();
    await say(page, 'trong lúc mất mạng');
    await page.locator('.pending.retrying').waitFor();
    expect(await page.locator('.pending').textContent()).toContain(
      'Chưa gửi được, đang thử lại. Không tới được máy chủ.',
    );
    await history.append({ chat: to, id: 'digest', from: 'bot', at: NOON, body: part('bản tin trong lúc vắng') });

    const second = await start({ history, port: first.port });
    await waitFor(page, 'nghe: trong lúc mất mạng');
    await page.locator('#link[data-state=live]').waitFor();
    await say(page, 'sau');
    await waitFor(page, 'nghe: sau');
    expect(await bubbles(page)).toEqual([
      'trước',
      'nghe: trước',
      'bản tin trong lúc vắng',
      'trong lúc mất mạng',
      'nghe: trong lúc mất mạng',
      'sau',
      'nghe: sau',
    ]);
    expect(second.events.map((e) => e.kind === 'said' && e.text)).toEqual(['trong lúc mất mạng', 'sau']);
  });

  test('an answer that got lost on the way is asked for again under the same id', async () => {
    const web = await start();
    const page = await open(web.url);
    let lost = 0;
    await page.route('**/web/messages', async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await say(page, 'một lần thôi');
    await waitFor(page, 'nghe: một lần thôi');
    await page.locator('.pending').waitFor({ state: 'detached' });
    await expect.poll(() => lost).toBeGreaterThan(0);
    expect(await bubbles(page)).toEqual(['một lần thôi', 'nghe: một lần thôi']);
    expect(web.events).toHaveLength(1);
  });

  test('a message that is refused says why and can be dropped', async () => {
    const web = await start();
    const page = await open(web.url);
    await page.route('**/web/messages', (route) =>
      route.fulfill({ status: 400, json: { error: 'Tin này không được nhận.' } }),
    );
    await say(page, 'hỏng');
    await page.locator('.pending.failed').waitFor();
    expect(await page.locator('.pending').textContent()).toContain('Chưa gửi được. Tin này không được nhận.');
    await page.unroute('**/web/messages');
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await waitFor(page, 'nghe: hỏng');
    expect(await page.locator('.pending').count()).toBe(0);
  });

  test('what is being written and what is not sent yet survive a reload', async () => {
    const web = await start();
    const page = await open(web.url);
    await page.route('**/web/messages', (route) => route.abort());
    await say(page, 'chưa gửi');
    await page.locator('.pending.retrying').waitFor();
    await page.getByLabel('Soạn tin').fill('đang viết dở');
    await page.unroute('**/web/messages');
    await page.reload();
    await waitFor(page, 'nghe: chưa gửi');
    expect(await page.getByLabel('Soạn tin').inputValue()).toBe('đang viết dở');
    expect(await bubbles(page)).toEqual(['chưa gửi', 'nghe: chưa gửi']);
  });

  test('too long a text is not cut: it says by how much, and waits', async () => {
    const web = await start();
    const page = await open(web.url);
    await say(page, 'a'.repeat(4003));
    expect(await page.locator('#text-said').textContent()).toContain('Tin dài quá 3 ký tự');
    expect((await page.getByLabel('Soạn tin').inputValue()).length).toBe(4003);
    expect(web.events).toEqual([]);
    await page.getByLabel('Soạn tin').fill('a'.repeat(3990));
    expect(await page.locator('#text-said').textContent()).toBe('Còn 10 ký tự');
  });

  test('what is typed before the page is ready is kept', async () => {
    const web = await start();
    const page = await open(web.url);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/web/lines*', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await say(page, 'gõ sớm');
    expect(await page.getByLabel('Soạn tin').inputValue()).toBe('gõ sớm');
    release();
    await page.locator('#link[data-state=live]').waitFor();
    await page.keyboard.press('Enter');
    await waitFor(page, 'nghe: gõ sớm');
  });

  test('a long talk begins at its end; older lines are fetched when asked for', async () => {
    const history = memoryHistory();
    const web = await start({ history });
    const page = await open(web.url);
    await say(page, 'đầu tiên');
    await waitFor(page, 'nghe: đầu tiên');
    const chat = web.events[0]!.from;
    for (let i = 0; i < 80; i++)
      await history.append({ chat, id: `k${i}`, from: 'bot', at: NOON, body: { text: part(`tin ${i}.`).text } });
    await page.reload();
    await waitFor(page, 'tin 79.');
    expect((await bubbles(page)).length).toBe(60);
    const foot = await page.evaluate(
      "innerHeight - [...document.querySelectorAll('.line')].at(-1).getBoundingClientRect().bottom",
    );
    expect(foot).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Xem tin cũ hơn' }).click();
    await expect.poll(async () => (await bubbles(page)).length).toBe(82);
    expect((await bubbles(page))[0]).toBe('đầu tiên');
  });

  test('in rehearsal one is found without diacritics, and a reload stays who and where one is', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    const page = await open(web.url);
    expect(await page.locator('#strip').textContent()).toContain('Diễn tập');
    expect(await page.locator('#strip').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Chọn vai' }).click();
    await page.getByRole('combobox').fill('xa kien thuy');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('as=xa-kien-thuy');
    await say(page, 'chào');
    await waitFor(page, 'nghe: chào');
    await page.getByRole('button', { name: 'Đổi vai, giờ' }).click();
    await page.getByLabel('Nhóm toàn thành phố').check();
    await expect
      .poll(() => page.locator('#who').textContent())
      .toBe('Cán bộ Ủy ban nhân dân xã Kiến Thụy · Nhóm toàn thành phố');
    await say(page, '/lienket');
    await waitFor(page, 'nghe: /lienket');
    await page.reload();
    await waitFor(page, 'nghe: /lienket');
    expect(await bubbles(page)).toEqual(['/lienket', 'nghe: /lienket']);
    await page.goBack();
    await waitFor(page, 'nghe: chào');
    expect(web.events.map((e) => [e.from, e.chat.address])).toEqual([
      [PLACES.persons[2]!.address, PLACES.persons[2]!.address],
      [PLACES.persons[2]!.address, PLACES.groups[0]!.address],
    ]);
    expect(complaints).toEqual([]);
  });

  test('what is written and sent while another place loads is sent there, and a draft stays where it was begun', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    const page = await open(web.url);
    const field = page.getByLabel('Soạn tin');
    await field.fill('nháp của người lạ');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/web/lines?*as=*', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Chọn vai' }).click();
    await page.getByRole('combobox').fill('xa kien thuy');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('as=xa-kien-thuy');
    expect(await field.inputValue()).toBe('');
    await say(page, 'chào');
    expect(await field.inputValue()).toBe('chào');
    release();
    await waitFor(page, 'nghe: chào');
    expect(web.events.map((e) => e.from)).toEqual([PLACES.persons[2]!.address]);
    expect(await field.inputValue()).toBe('');
    await page.goBack();
    await expect.poll(() => field.inputValue()).toBe('nháp của người lạ');
    expect(web.events).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test('on a wide screen the panel stands beside the chat, and the clock is moved there', async () => {
    const web = await start({ rehearsal: rehearsalOf() });
    const page = await open(`${web.url}/?as=so-y-te`, { width: 1280, height: 800 });
    await page.getByRole('button', { name: '+1 giờ' }).click();
    await expect.poll(() => page.locator('#clock-said').textContent()).toContain('13:00, Thứ Tư, 10/6/2026');
    await page.getByRole('button', { name: 'Tới 07:29 sáng mai' }).click();
    await expect.poll(() => page.locator('#clock-time').textContent()).toMatch(/^07:29:\d\d$/);
    expect(await page.locator('#clock-day').textContent()).toBe('Thứ Năm, 11/6/2026');
    await say(page, 'sáng rồi');
    await waitFor(page, 'nghe: sáng rồi');
    expect(await page.locator('.line.me .time').textContent()).toBe('07:29');
  });

  test('in production there is no mark and no switch', async () => {
    const web = await start();
    const page = await open(web.url);
    expect(await page.locator('#strip').isVisible()).toBe(false);
    expect(await page.locator('#panel').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Hỏi ngay, chưa cần mã' }).click();
    await waitFor(page, 'nghe: /start');
  });
  describe('the page of totals', () => {
    const period = campaignPeriod(testPlans)!;
    const reports = sampleReports();
    const scope = { kind: 'city' } as const;
    let now = overview({ plans: testPlans, figures: testFigures, reports, scope, period, at: AFTER });
    const rings = new Set<() => void>();
    let revision = 1;
    const desk: Desk = {
      registered: async () => true,
      totals: async () => totalsView({ of: now, plans: testPlans, reports, layouts: testLayouts, rehearsal: true }),
      behind: async (_me, { figure, report }) =>
        report
          ? reportView(reports.find(({ id }) => id === report)!, testForms, testPlans)
          : behindView(now, figure!, reports, testPlans)!,
      wanted: async () => null,
      make: async () => null,
      revision: async () => String(revision),
      listen: (ring) => {
        rings.add(ring);
        return () => rings.delete(ring);
      },
    };

    async function openTotals(): Promise<Page> {
      const web = await start({ desk });
      const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', locale: 'vi-VN' });
      contexts.push(context);
      const page = await context.newPage();
      page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
      page.on('pageerror', (e) => complaints.push(String(e)));
      await page.goto(`${web.url}/tong-hop`);
      await page.locator('#figures table').waitFor();
      return page;
    }

    test('on a narrow phone, by keyboard: tables beside charts, from a figure to a report and back, live', async () => {
      const page = await openTotals();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
      const cut = `[...document.querySelectorAll('details')].map((d) => (d.open = true)) && [...document.querySelectorAll('table')].filter((t) => t.scrollWidth > t.parentElement.clientWidth).length`;
      expect(await page.evaluate(cut)).toBe(0);
      // Every chart says what it shows, and its table stands under it.
      const charts = page.getByRole('img', { name: 'Biểu đồ' });
      await expect.poll(() => charts.count()).toBe(3);
      expect(await page.locator('.chart + details table, #units table').count()).toBe(3);
      const blank = `[...document.querySelectorAll('canvas')].filter((c) => !c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(Boolean)).length`;
      await expect.poll(() => page.evaluate(blank)).toBe(0);
      const nameless = `[...document.querySelectorAll('button, select, input, canvas')].filter((e) => !e.closest('[hidden]') && !(e.ariaLabel || e.labels?.length || e.textContent.trim())).length`;
      expect(await page.evaluate(nameless)).toBe(0);
      await page.evaluate(axe.source);
      const faults = async () =>
        ((await page.evaluate('axe.run()')) as axe.AxeResults).violations.map(
          ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
        );
      expect(await faults()).toEqual([]);

      await page.getByRole('button', { name: /báo cáo đứng sau số liệu Tờ rơi/ }).focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog
        .getByRole('button', { name: /Xem BC-2026-/ })
        .first()
        .waitFor();
      await dialog.getByRole('button', { name: 'Xem BC-2026-00002' }).press('Enter');
      await dialog.getByText('Lượt người dự').waitFor();
      await dialog.getByRole('button', { name: 'Quay lại danh sách' }).press('Enter');
      await dialog.getByRole('button', { name: 'Xem BC-2026-00002' }).waitFor();
      expect(await faults()).toEqual([]);
      await page.keyboard.press('Escape');
      await expect.poll(() => dialog.count()).toBe(0);

      now = overview({
        plans: testPlans,
        figures: testFigures,
        reports: reports.slice(0, 3),
        scope,
        period,
        at: AFTER,
      });
      revision += 1;
      for (const ring of rings) ring();
      await page.getByText('3/142', { exact: true }).waitFor();
      expect(complaints).toEqual([]);
    });

    test('on paper no heading is left behind on the page before its chart or table', async () => {
      now = overview({ plans: testPlans, figures: testFigures, reports, scope, period, at: AFTER });
      const page = await openTotals();
      await expect.poll(() => page.getByRole('img', { name: 'Biểu đồ' }).count()).toBe(3);
      const leading = (await page.evaluate(
        `[...document.querySelectorAll('h2, summary, p:has(+ .chart)')].map((e) => e.textContent.trim().slice(0, 20)).filter(Boolean)`,
      )) as string[];
      expect(leading).toContain('Theo đơn vị');
      const left: string[] = [];
      // Whatever stands above: sooner or later each of them comes to the end of a page.
      for (const above of [0, 240, 480, 720]) {
        await page.evaluate(`document.getElementById('lead-note').style.paddingBottom = '${above}px'`);
        const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
        for (let n = 1; n <= pdf.numPages; n++) {
          const { items } = await (await pdf.getPage(n)).getTextContent();
          const low = items.flatMap((one) =>
            'str' in one && one.str.trim() && one.transform[5] < LOWEST ? [one.str] : [],
          );
          left.push(...low.filter((text) => leading.some((lead) => text.trim().startsWith(lead))));
        }
      }
      expect(left).toEqual([]);
    });

    test('days the wrong way round in the address are told, in words', async () => {
      const page = await openTotals();
      await page.goto(`${page.url()}?period=days&from=2026-06-14&to=2026-06-08`);
      await page.getByText('Ngày đầu phải trước hoặc bằng ngày cuối.').waitFor();
      await page.getByLabel('Từ ngày').fill('2026-06-01');
      await page.locator('#figures table').waitFor();
      expect(complaints).toEqual([]);
    });
  });
});
