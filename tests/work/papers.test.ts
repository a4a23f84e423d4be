/** Documents on their way: asked for in chat, made when delivered, refused where the right is missing; the page's numbers. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Part } from '../../bot/channels/channel.ts';
import type { Person } from '../../bot/core/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createLog } from '../../bot/work/log.ts';
import { createNews } from '../../bot/work/news.ts';
import { createPapers, type Papers } from '../../bot/work/papers.ts';
import { createTotalsDesk } from '../../bot/work/totals-desk.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { recordingChannel } from '../support/recording-channel.ts';
import { AFTER, sampleReports } from '../support/sample-campaign.ts';
import {
  sampleOf,
  sequence,
  testFigures,
  testForms,
  testLayouts,
  testPlans,
  testReader,
  testRules,
  testTalks,
} from '../support/world.ts';

let store: Store;
let papers: Papers;
/** No administrator, whatever the rehearsal's is. */
const coordinator: Person = { ...sampleOf('điều phối')!, memberships: [{ unit: 'catp', role: 'coordinator' }] };
const officer = sampleOf('UBND phường Lê Chân')!;
const reports = sampleReports().filter(({ unit }) => ['phuong-le-chan', 'so-y-te'].includes(unit));

beforeAll(async () => {
  store = await openTestStore();
  await store.saveBook(testPlans.book);
  papers = createPapers({
    store,
    plans: testPlans,
    figures: testFigures,
    layouts: testLayouts,
    rules: testRules,
    rehearsal: false,
    inviteLinks: () => [],
  });
});
afterAll(() => store.close());
beforeEach(async () => {
  await resetStore(store, { keepBook: true });
  const people: Person[] = [coordinator, officer];
  await store.ensurePersons(
    people.map((person) => ({ person, address: `telegram:${person.id}` as const })),
    AFTER,
  );
  await store.transaction(async (tx) => {
    for (const { approved: _, ...report } of reports) {
      const by = { person: officer.id, address: null, at: report.submittedAt };
      await tx.apply({ kind: 'submitReport', report: { ...report, state: 'submitted', approved: null } }, by);
      await tx.apply(
        { kind: 'decideReport', report: report.id, revision: 1, decision: 'approved', reason: null, part: null },
        { ...by, at: by.at + 1 },
      );
    }
  });
});

/** What somebody is sent for what they say, on a channel that uploads. */
async function told(who: Person, text: string, making: Papers | undefined = papers): Promise<Part[]> {
  const parts: Part[] = [];
  const channel = recordingChannel(
    (_to, part) => {
      parts.push(part);
      return undefined;
    },
    {
      id: 'telegram',
      limits: { text: 4096, caption: 1024, pictures: true, papers: 'upload', choices: { max: 30, label: 40 } },
    },
  );
  const bot = createBot({
    ...{ store, plans: testPlans, reader: testReader, rules: testRules, talks: testTalks(), channels: [channel] },
    ...{
      clock: createClock(AFTER, 1, () => 0),
      chance: sequence(),
      rehearsal: false,
      log: createLog('silent'),
      papers: making,
    },
  });
  const from = `telegram:${who.id}` as const;
  await bot.receive({
    id: `e-${text}-${who.id}`,
    at: AFTER,
    from,
    chat: { address: from, kind: 'private', addressed: true },
    kind: 'said',
    text,
  });
  await bot.idle();
  await bot.stop();
  return parts;
}

test('an official report follows the words that announce it', async () => {
  const [words, file] = await told(coordinator, 'xuất báo cáo tháng hành động');
  expect(words!.text[0]!.text).toContain('dự thảo Word');
  expect(file).toMatchObject({ text: [], document: { name: 'bao-cao-thang-hanh-dong-du-thao-2026-07-06.docx' } });
  const xml = strFromU8(unzipSync(file!.document!.bytes)['word/document.xml']!);
  expect(xml).toContain(reports[0]!.receipt);
});

test('an officer’s workbook holds their own unit and no other', async () => {
  const [, file] = await told(officer, 'xuat excel thang hanh dong');
  const parts = Object.values(unzipSync(file!.document!.bytes))
    .map((bytes) => strFromU8(bytes))
    .join('');
  expect(parts).toContain('phường Lê Chân');
  expect(parts).not.toContain('Sở Y tế');
  expect((await told(officer, 'xuất excel Sở Y tế')).some(({ document }) => document)).toBe(false);
});

test('a document that cannot be made is told of, and the words arrive', async () => {
  const broken = { make: () => Promise.reject(new Error('no memory')) };
  const parts = await told(coordinator, 'xuất csv tháng 6', broken);
  expect(parts).toHaveLength(1);
  expect(parts[0]!.text.at(-1)!.text).toMatch(/Chưa lập được tệp tong-hop-2026-06-01-2026-06-30\.csv/);
});

test('the page answers coordinators only, for the filters they chose; an officer’s download stays their own', async () => {
  const desk = createTotalsDesk({
    ...{
      store,
      plans: testPlans,
      forms: testForms,
      figures: testFigures,
      layouts: testLayouts,
      papers,
      news: createNews(),
    },
    ...{ now: () => AFTER, rehearsal: false },
  });
  const [boss, other] = [`telegram:${coordinator.id}`, `telegram:${officer.id}`] as const;
  expect(await desk.totals(other, {})).toBeNull();
  expect(await desk.behind(other, { figure: 'to_roi' })).toBeNull();
  expect(await desk.revision(other)).toBeNull();
  const city = await desk.totals(boss, {});
  expect(city).toMatchObject({ period: { kind: 'campaign' }, counts: { reporting: 2, waiting: 0 } });
  const one = await desk.totals(boss, { unit: 'phuong-le-chan', period: 'days', from: '2026-06-01', to: '2026-06-30' });
  expect(one).toMatchObject({
    scope: 'UBND phường Lê Chân',
    period: { kind: 'month' },
    counts: { units: 1, reporting: 1 },
  });
  const wrongs: Record<string, string>[] = [
    { unit: 'không có' },
    { sector: 'x' },
    { period: 'days', from: '2026-06-02', to: '2026-06-01' },
    { period: 'y' },
  ];
  for (const wrong of wrongs) expect(await desk.totals(boss, wrong), JSON.stringify(wrong)).toBe('wrong');
  const behind = (await desk.behind(boss, { figure: 'to_roi' })) as { reports: { id: string; value: number }[] };
  expect(behind.reports.map(({ id }) => id).toSorted()).toEqual(reports.map(({ id }) => id).toSorted());
  expect(await desk.behind(boss, { report: behind.reports[0]!.id })).toMatchObject({
    receipt: expect.stringMatching(/^BC-/),
  });
  const wanted = await desk.wanted(boss, { format: 'csv', period: 'campaign' });
  if (wanted === null || wanted === 'wrong') throw new Error('no paper');
  expect(await desk.make(other, wanted)).toBeNull();
  // The record is an administrator's: being a coordinator is not enough.
  expect(await desk.make(boss, { ...wanted, format: 'jsonl', of: { kind: 'record' } })).toBeNull();
  const own = {
    ...wanted,
    of: { ...wanted.of, scope: { kind: 'unit' as const, unit: 'phuong-le-chan' } },
  } as typeof wanted;
  expect(Buffer.from((await desk.make(other, own))!.bytes).toString()).toContain('phường Lê Chân');
});
