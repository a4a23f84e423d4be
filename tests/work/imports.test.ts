/** A plan comes in as a file, is reviewed and published; the running bot answers from it, tells whom it concerns, and keeps what was. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Address, Event, Person } from '../../bot/core/types.ts';
import { readFile } from '../../bot/extract/read.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import { loadWords } from '../../bot/language/load.ts';
import { byDoubt } from '../../bot/plan/read/types.ts';
import { root } from '../../bot/root.ts';
import type { Store } from '../../bot/store/port.ts';
import { createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createImports } from '../../bot/work/imports.ts';
import { createKnowledge } from '../../bot/work/knowledge.ts';
import { createLog } from '../../bot/work/log.ts';
import { createPlanDesk } from '../../bot/work/plan-desk.ts';
import { versionOf } from '../../bot/work/schedule-plans.ts';
import { openTestStore, resetStore } from '../support/database.ts';
import { recordingChannel } from '../support/recording-channel.ts';
import { sampleOf, sequence, testPlans, testReader, testRules, testTalks } from '../support/world.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => resetStore(store));

const admin: Person = { id: 'quan-tri', name: 'Quản trị', memberships: [{ unit: 'catp', role: 'administrator' }] };
const coordinator: Person = {
  id: 'dieu-phoi',
  name: 'Điều phối',
  memberships: [{ unit: 'catp', role: 'coordinator' }],
};
const words = loadWords(path.join(root, 'prisma/plans'));
const march = readFileSync(path.join(root, 'prisma/plans/thang-hanh-dong-2026/source.txt'), 'utf8');
const bytes = (text: string) => new TextEncoder().encode(text);

/** The plan of the Action Month, its day put off, a task of Sở Y tế changed, one of Sở Tài chính gone, one for a stranger added. */
const newer = march
  .replace('trước ngày 05/7/2026', 'trước ngày 08/7/2026')
  .replace(
    'Chỉ đạo các cơ sở y tế thực hiện nghiêm quy trình',
    'Chỉ đạo các cơ sở y tế công lập và tư nhân thực hiện nghiêm quy trình',
  )
  .replace(/- Hướng dẫn các cơ quan, đơn vị, địa phương quản lý, sử dụng và thanh quyết toán[^\n]*\n/, '')
  .replace(
    'V. KINH PHÍ THỰC HIỆN',
    '15. Công ty Điện lực Hải Phòng\n\nBảo đảm chiếu sáng tại các địa bàn phức tạp.\n\nV. KINH PHÍ THỰC HIỆN',
  );

function life(at: number, files: Record<string, Uint8Array> = {}) {
  const told = new Map<Address, string[]>();
  const channel = recordingChannel(
    (to, part) => {
      told.set(to, [...(told.get(to) ?? []), part.text.map((t) => t.text).join('\n')]);
      return undefined;
    },
    { download: async ({ id }) => files[id] ?? null },
  );
  const clock = createClock(at, 1, () => 0);
  const knowledge = createKnowledge(testPlans.book, words, { plans: testPlans, reader: testReader });
  const chance = sequence();
  const bot = createBot({
    ...{ store, clock, chance, rehearsal: false, log: createLog('silent'), channels: [channel] },
    ...{ plans: knowledge.plans, reader: knowledge.reader, rules: testRules, talks: testTalks() },
    handled: () => imports.wake(),
    refresh: () => imports.refresh(),
  });
  const imports = createImports({
    ...{ store, knowledge, clock, chance, log: createLog('silent'), channels: new Map([['web', channel]]) },
    extract: readFile,
    deliver: (to) => bot.deliver(to),
    published: () => {
      ticking = bot.tick();
    },
    page: 'https://trucban.example/ke-hoach',
  });
  let n = 0;
  let ticking = Promise.resolve();
  const event = (from: Address) => ({
    ...{ id: `web:${at}-${++n}`, at: clock.now(), from },
    chat: { address: from, kind: 'private' as const, addressed: true },
  });
  const rest = async () => {
    for (let i = 0; i < 3; i++) {
      await ticking;
      await bot.idle();
      await imports.idle();
    }
  };
  return {
    ...{ bot, imports, knowledge, rest },
    said: (from: Address) => told.get(from) ?? [],
    async hear(from: Address, what: { text: string } | { file: string; size?: number }) {
      const e: Event =
        'text' in what
          ? { ...event(from), kind: 'said', text: what.text }
          : {
              ...event(from),
              kind: 'sent',
              file: { id: what.file, name: what.file, mediaType: 'text/plain', size: what.size ?? 1_000 },
            };
      await bot.receive(e);
      await rest();
      return told.get(from)?.at(-1) ?? '';
    },
  };
}

const people = async () => {
  await store.ensurePersons(
    [
      { person: admin, address: 'web:admin' },
      { person: coordinator, address: 'web:coordinator' },
      ...['Sở Y tế', 'Sở Tài chính', 'Sở Công Thương'].map((name) => ({
        person: sampleOf(name)!,
        address: `web:${name}` as Address,
      })),
    ],
    instantOf('2026-06-01', '08:00'),
  );
};
const noon = instantOf('2026-06-10', '12:00');

test('sent in chat, reviewed, published: answered from at once, after a restart too, and each unit told what changed for it', async () => {
  await people();
  const one = life(noon, { 'moi.txt': bytes(newer) });
  await one.bot.tick();
  expect(await one.hear('web:admin', { file: 'moi.txt' })).toContain('https://trucban.example/ke-hoach#');
  expect(one.said('web:admin')[0]).toContain('đang đọc');
  expect(one.said('web:admin').at(-1)).toContain('52 nhiệm vụ');

  const [waiting] = (await one.imports.list()).imports;
  const id = waiting!.id;
  const shown = await one.imports.show(id);
  const first = byDoubt(shown!.review!.parts)[0]!;
  expect(first.doubts.length).toBeGreaterThan(0);
  expect(await one.imports.publish(id, 0, admin)).toBe('notReady');
  expect(await one.imports.edit(id, 0, { do: 'confirmSure' }, admin)).toBe('done');
  expect(await one.imports.publish(id, 1, admin)).toBe('notReady');
  // Who saw an older state must look again.
  expect(await one.imports.edit(id, 0, { do: 'confirmSure' }, admin)).toBe('changed');

  // The stranger is explained once; the head is confirmed as a newer version; the rest is looked at and confirmed.
  expect(
    await one.imports.edit(
      id,
      1,
      { do: 'name', words: 'Công ty Điện lực Hải Phòng', meaning: { unit: 'Công ty Điện lực Hải Phòng' } },
      admin,
    ),
  ).toBe('done');
  const rest = (await one.imports.show(id))!.review!.parts.filter((p) => !p.confirmed).map((p) => p.key);
  expect(await one.imports.edit(id, 2, { do: 'confirm', keys: rest }, admin)).toBe('done');
  const ready = (await one.imports.show(id))!;
  expect(ready.review!.file.id).toBe('thang-hanh-dong-2026');
  const before = createPlanDesk({ store, plans: one.knowledge.plans, imports: one.imports });
  expect(await before.show('web:admin', id)).toMatchObject({
    review: { ask: expect.stringMatching(/^Bản này BỎ \d+ nhiệm vụ và 0 kỳ báo cáo .* Công bố kế hoạch này\?/) },
  });
  expect(await one.imports.publish(id, ready.import.revision, admin)).toBe('done');
  await one.rest();

  const due = (k: typeof one.knowledge) => k.plans.duties('so-y-te').find((d) => d.plan === 'thang-hanh-dong-2026')!;
  expect(due(one.knowledge)).toMatchObject({ id: 'thang-hanh-dong-2026/thang-hanh-dong', before: '2026-07-08' });
  expect(await one.hear('web:Sở Y tế', { text: 'hạn nộp báo cáo tháng hành động' })).toContain('08/7/2026');
  expect(one.knowledge.plans.placed('cong-ty-dien-luc-hai-phong')[0]!.task.text).toBe(
    'Bảo đảm chiếu sáng tại các địa bàn phức tạp.',
  );

  // The next tick tells them: only what is theirs, and nobody without a change.
  await one.bot.tick();
  await one.rest();
  const news = (who: Address) =>
    one
      .said(who)
      .filter((text) => text.startsWith('Kế hoạch có thay đổi'))
      .join('\n');
  expect(news('web:Sở Y tế')).toContain(
    '~ Báo cáo Tháng hành động: từ trước ngày 05/7/2026 thành trước ngày 08/7/2026',
  );
  expect(news('web:Sở Y tế')).toContain('~ Đổi nội dung (IV.2): Chỉ đạo các cơ sở y tế công lập và tư nhân');
  expect(news('web:Sở Y tế')).not.toContain('thanh quyết toán');
  expect(news('web:Sở Tài chính')).toContain('− Thôi giao (IV.8): Hướng dẫn các cơ quan');

  // "Đã nhận" is of this version, and the administrator sees whose units have not answered.
  const plan = one.knowledge.plans.plan('thang-hanh-dong-2026')!;
  expect(await one.hear('web:Sở Y tế', { text: `/danhan ${versionOf(plan)}` })).toContain('đã nhận');
  const desk = createPlanDesk({ store, plans: one.knowledge.plans, imports: one.imports });
  const { plans } = (await desk.list('web:admin')) as { plans: { id: string; received: string }[] };
  expect(plans.find((p) => p.id === plan.id)!.received).toBe(
    '1/3 cán bộ được báo đã bấm “Đã nhận” bản đang thực hiện. Chưa bấm: Sở Tài chính, Sở Công Thương.',
  );
  expect(await one.hear('web:admin', { text: '/kehoach' })).toContain('1 cán bộ');

  // Another process, or the same after a restart.
  const two = life(noon + 60_000);
  expect(due(two.knowledge).before).toBe('2026-07-05');
  await two.bot.tick();
  expect(due(two.knowledge).before).toBe('2026-07-08');
  const { versions } = await two.imports.list();
  expect(versions.map(({ plan, number, by }) => [plan.id, number, by])).toEqual([
    ['thang-hanh-dong-2026', 1, null],
    ['thang-hanh-dong-2026', 2, 'quan-tri'],
  ]);
  expect(versions[0]!.plan.duties[0]!.before).toBe('2026-07-05');
  expect(await two.imports.publish(id, 99, admin)).toBe('unknown');
});

test('reports stay with the version they were made under', async () => {
  await people();
  const { imports, rest } = life(noon);
  const report = (id: string, n: number, submittedAt: number) => ({
    ...{ id, receipt: `BC-2026-0000${n}`, form: 'bao-cao-thang-hanh-dong', version: 1, unit: 'so-y-te' },
    ...{
      duty: 'thang-hanh-dong-2026/thang-hanh-dong',
      values: {},
      nothing: true,
      submittedAt,
      timeliness: 'onTime' as const,
    },
    ...{ by: sampleOf('Sở Y tế')!.id, state: 'submitted' as const, revision: 1, edition: 1, changedAt: noon },
    ...{ reason: null, part: null, approved: null, before: null },
  });
  const submit = (id: string, n: number, at: number) =>
    store.transaction((tx) =>
      tx.apply(
        { kind: 'submitReport', report: report(id, n, at) },
        { person: sampleOf('Sở Y tế')!.id, address: null, at: noon },
      ),
    );
  await submit('truoc', 1, noon - 3_600_000);
  const id = await imports.upload(bytes(march.replace('05/7/2026', '08/7/2026')), 'a.txt', admin, null);
  const keys = (await imports.show(id))!.review!.parts.map((p) => p.key);
  expect(await imports.edit(id, 0, { do: 'confirm', keys }, admin)).toBe('done');
  const { import: found } = (await imports.show(id))!;
  expect(await imports.publish(id, found.revision, admin)).toBe('done');
  await rest();
  await submit('sau', 2, noon + 1);
  expect((await store.reports()).map((r) => [r.id, r.planVersion]).toSorted()).toEqual([
    ['sau', 2],
    ['truoc', 1],
  ]);
});

test('a new plan’s report has no form of its own yet: it is written on the general one, and counts as handed in', async () => {
  await people();
  const one = life(noon);
  const other = march
    .replaceAll('Tháng hành động phòng, chống ma túy', 'Đợt cao điểm phòng, chống ma túy dịp Quốc khánh')
    .replace('05/7/2026', '10/9/2026');
  const id = await one.imports.upload(bytes(other), 'a.txt', admin, null);
  const keys = (await one.imports.show(id))!.review!.parts.map((p) => p.key);
  await one.imports.edit(id, 0, { do: 'confirm', keys }, admin);
  const { import: found, review } = (await one.imports.show(id))!;
  expect(review!.file.id).not.toBe('thang-hanh-dong-2026');
  expect(await one.imports.publish(id, found.revision, admin)).toBe('done');
  await one.rest();
  const duty = one.knowledge.plans.duties('so-y-te').find(({ plan }) => plan === review!.file.id)!;
  expect(duty.before).toBe('2026-09-10');

  const me = 'web:Sở Y tế';
  // As the reminder's button does.
  expect(await one.hear(me, { text: `/nopbaocao ${duty.id}` })).toContain('Báo cáo kết quả · Sở Y tế');
  await one.hear(me, { text: 'từ 15/8 đến 5/9' });
  expect(await one.hear(me, { text: 'hủy' })).toContain('Hủy báo cáo này?');
  await one.hear(me, { text: 'Hủy báo cáo' });
  // Or by its name.
  expect(await one.hear(me, { text: `nộp ${duty.name}` })).toContain('Báo cáo kết quả · Sở Y tế');
  await one.hear(me, { text: 'từ 1/6 đến 9/6' });
  await one.hear(me, { text: 'Kết quả: hoàn thành kế hoạch. Tồn tại: thiếu cán bộ' });
  await one.hear(me, { text: 'xem lại' });
  expect(await one.hear(me, { text: 'gửi' })).toContain('Đã nhận báo cáo BC-2026-00001');
  const [report] = await store.reports();
  expect(report).toMatchObject({ form: 'bao-cao-chung', duty: duty.id, timeliness: 'onTime' });
  expect(report!.values.ket_qua).toContain('hoàn thành kế hoạch');
  expect(await one.hear(me, { text: 'đơn vị tôi đã nộp báo cáo chưa' })).toMatch(
    new RegExp(`${duty.name}.*đã nhận lúc`),
  );
});

test('only an administrator loads plans; a bad file is answered plainly and changes nothing', async () => {
  await people();
  const { imports, hear, knowledge } = life(noon, {
    'rong.txt': bytes(' '),
    'anh.pdf': bytes('%PDF-1.4 nothing'),
    'thu.txt': bytes('Kính gửi anh,\nMai họp lúc 8 giờ.'),
  });
  expect(await hear('web:coordinator', { file: 'rong.txt' })).not.toContain('đang đọc');
  expect((await imports.list()).imports).toEqual([]);
  expect(await hear('web:coordinator', { text: '/kehoach' })).toContain('Chỉ quản trị viên');
  await expect(imports.upload(bytes(march), 'a.txt', coordinator, null)).rejects.toThrow();
  expect(await hear('web:admin', { file: 'rong.txt' })).toContain('không có chữ nào');
  expect(await hear('web:admin', { file: 'anh.pdf' })).toContain('bị hỏng');
  expect(await hear('web:admin', { file: 'mat.docx' })).toContain('không tải được');
  expect(await hear('web:admin', { file: 'to.docx', size: 30 * 1024 * 1024 })).toContain('30 MB');
  expect(await hear('web:admin', { file: 'thu.txt' })).toContain('không thấy nhiệm vụ nào');
  expect(await hear('web:admin', { file: 'cu.doc' })).toContain('.docx');
  expect(knowledge.plans.book).toBe(testPlans.book);
  expect((await imports.list()).versions).toEqual([]);
});

test('a plan that is dropped is gone; one without reporters cannot be published', async () => {
  await people();
  const { imports } = life(noon);
  const id = await imports.upload(bytes(march), 'a.txt', admin, null);
  expect(await imports.drop(id, admin)).toBe('done');
  expect((await imports.show(id))!.review).toBeNull();
  expect(await imports.edit(id, 0, { do: 'confirmSure' }, admin)).toBe('unknown');
  const none = [
    'KẾ HOẠCH',
    'Thử năm 2027',
    'I. NHIỆM VỤ',
    '1. Trực.',
    '+ Đơn vị chủ trì: Sở Y tế.',
    '2. Kết quả báo cáo về Công an thành phố trước ngày 01/02/2027.',
  ];
  const other = await imports.upload(bytes(none.join('\n')), 'b.txt', admin, null);
  const keys = (await imports.show(other))!.review!.parts.map((p) => p.key);
  expect(await imports.edit(other, 0, { do: 'confirm', keys }, admin)).toBe('done');
  const { import: found } = (await imports.show(other))!;
  expect(await imports.publish(other, found.revision, admin)).toMatchObject({
    problems: ['Chưa có cơ quan ban hành', 'Báo cáo Thử 2027: chưa có đơn vị phải báo cáo'],
  });
});

test('the page: unsure first, a stranger explained, roles and time corrected; nobody else sees or does anything', async () => {
  await people();
  const { imports, knowledge, rest } = life(noon);
  const desk = createPlanDesk({ store, plans: knowledge.plans, imports });
  const pccc = readFileSync(path.join(root, 'tests/plan/import/pccc-2027.txt'));
  const id = await imports.upload(pccc, 'pccc.txt', admin, null);
  for (const who of ['web:coordinator', 'web:Sở Y tế', 'web:nobody'] as const) {
    expect(await desk.list(who)).toBeNull();
    expect(await desk.show(who, id)).toBeNull();
    expect(await desk.act(who, id, { do: 'confirmSure', revision: 0 })).toBeNull();
  }
  // biome-ignore lint/suspicious/noExplicitAny: what the page gets is read as the page reads it
  type View = any;
  const first = (await desk.show('web:admin', id)) as View;
  expect(first.review.ask).toBe('Công bố kế hoạch này? Các đơn vị liên quan sẽ được báo.');
  expect(first.review.strangers).toEqual([
    'Công ty TNHH MTV Điện lực Hải Phòng',
    'Cảng vụ Hàng hải Hải Phòng',
    'Báo và phát thanh, truyền hình Hải Phòng',
  ]);
  expect(first.review.parts.map((p: View) => p.sure).indexOf(true)).toBe(
    first.review.parts.filter((p: View) => !p.sure).length,
  );
  expect(await desk.act('web:admin', id, { do: 'confirmSure', revision: 7 })).toBe('changed');
  expect(
    await desk.act('web:admin', id, {
      do: 'assign',
      revision: 0,
      key: 'II.3/0',
      assigned: [{ party: 'khong-co', role: 'lead' }],
    }),
  ).toBe('wrong');
  expect(await desk.act('web:admin', id, { do: 'anything', revision: 0 })).toBe('wrong');

  const act = async (action: object) => {
    const { revision } = (await desk.show('web:admin', id)) as View;
    return (await desk.act('web:admin', id, { revision, ...action })) as View;
  };
  const part = (view: View, key: string) => view.review.parts.find((p: View) => p.key === key);
  const known = await act({
    do: 'name',
    words: 'Công ty TNHH MTV Điện lực Hải Phòng',
    meaning: { unit: 'Công ty Điện lực Hải Phòng' },
  });
  expect(part(known, 'II.2.b/0').passage.assigned[0]).toMatchObject({
    role: 'lead',
    name: 'Công ty Điện lực Hải Phòng',
  });
  expect(part(known, 'II.2.b/0').doubts).toEqual([]);
  const other = await act({ do: 'name', words: 'Cảng vụ Hàng hải Hải Phòng', meaning: { nobody: true } });
  expect(other.review.strangers).toEqual(['Báo và phát thanh, truyền hình Hải Phòng']);
  const press = await act({
    do: 'name',
    words: 'Báo và phát thanh, truyền hình Hải Phòng',
    meaning: { party: 'g-bao-chi' },
  });
  expect(part(press, 'III.4/0').passage.assigned).toMatchObject([
    { id: 'g-bao-chi', role: 'implement', wording: 'Báo và phát thanh, truyền hình Hải Phòng' },
  ]);
  const assigned = await act({
    do: 'assign',
    key: 'III.2/0',
    assigned: [
      { party: 'so-tai-chinh', role: 'lead' },
      { party: 'ubnd-tp', role: 'coordinate' },
    ],
  });
  expect(part(assigned, 'III.2/0')).toMatchObject({
    confirmed: true,
    passage: {
      assigned: [
        { id: 'so-tai-chinh', role: 'lead' },
        { id: 'ubnd-tp', wording: 'Ủy ban nhân dân thành phố' },
      ],
    },
  });
  const timed = await act({
    do: 'schedule',
    key: 'III.2/0',
    schedule: { kind: 'deadline', wording: 'mua sắm', before: '2027-03-01' },
  });
  expect(part(timed, 'III.2/0').confirmed).toBe(true);
  const all = timed.review.parts.map((p: View) => p.key);
  expect((await act({ do: 'confirm', keys: all })).review.ready).toBe(true);
  // A day that the document does not name is not published.
  expect((await act({ do: 'publish' })).problems).toEqual([expect.stringContaining('01/3/2027')]);
  await act({ do: 'schedule', key: 'III.2/0', schedule: null });
  expect(await act({ do: 'publish' })).toMatchObject({ state: 'published' });
  expect(((await desk.list('web:admin')) as View).plans.map((p: View) => [p.short, p.versions.length])).toContainEqual([
    'KH 118/KH-UBND',
    1,
  ]);
  await rest();
  expect(knowledge.plans.plan('kh118-2027')?.passages.length).toBeGreaterThan(20);
});
