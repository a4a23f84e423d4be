import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noMarks, telex, vni } from '../eval/spell.ts';
import { K, plans, reader, T, words } from './book.ts';

const today = '2026-06-10';
const read = (text: string, asker: string | null = null) => reader.read(text, { asker, today });

test('every passage of the subject index exists', () => {
  for (const subject of words.subjects)
    for (const id of [...subject.main, ...(subject.owner ?? []), ...(subject.also ?? [])])
      expect(plans.passage(id), `${subject.subject}: ${id}`).toBeDefined();
});

test('every task and every measure of the plans can be found by a subject or by its own words', () => {
  for (const passage of plans.book.plans
    .flatMap((p) => p.passages)
    .filter((p) => /^(thang-hanh-dong-2026\/(III|IV)|kh64-2026\/II)\./.test(p.id))) {
    const first = passage.text.split(/[.;]/)[0]!;
    expect(
      read(`tìm nội dung ${first}`).passages.map((p) => p.id),
      passage.id,
    ).toContain(passage.id);
  }
});

test.each([
  ['Sở Y tế được giao những nhiệm vụ gì', 'unit_tasks'],
  ['ai lo vụ bóng cười', 'topic_owner'],
  ['nội dung về không gian mạng', 'task_search'],
  ['bc khi nào nộp', 'deadline'],
  ['còn mấy ngày tới hạn báo cáo năm', 'days_left'],
  ['báo cáo gửi về đâu', 'report_how'],
  ['chủ đề tháng hành động', 'plan_info'],
  ['sở y tế nộp báo cáo chưa', 'who_reported'],
  ['báo cáo', 'start_report'],
  ['alo ad ơi', 'greeting'],
  ['cảm ơn nhé', 'thanks'],
  ['nhập báo cáo trên này thế nào', 'help'],
  ['lương cơ sở năm 2026 là bao nhiêu', 'out_of_scope'],
  ['mua bóng cười ở đâu', 'sensitive'],
])('“%s” is %s, however it is typed', (text, intent) => {
  for (const typed of [text, noMarks(text), telex(text), vni(text), text.toUpperCase(), text.normalize('NFD')])
    expect(read(typed).intent, typed).toBe(intent);
});

test('plan, role and partner are read', () => {
  expect(read('syt chu tri viec gi trong kh64')).toMatchObject({ parties: ['so-y-te'], role: 'lead', plan: K });
  expect(read('Sở NN&MT phối hợp với công an việc gì')).toMatchObject({
    parties: ['so-nnmt'],
    partner: 'catp',
    role: 'coordinate',
  });
  expect(read('đơn vị mình phải làm gì trong tháng hành động', 'so-y-te')).toMatchObject({
    own: true,
    parties: ['so-y-te'],
    plan: T,
  });
});

test('several questions in one message keep their order', () => {
  expect(read('nhiệm vụ và hạn nộp của phường Lê Chân')).toMatchObject({
    intent: 'unit_tasks',
    also: ['deadline'],
    parties: ['phuong-le-chan'],
  });
  expect(read('báo cáo gửi về đâu và hạn khi nào')).toMatchObject({ intent: 'report_how', also: ['deadline'] });
  expect(read('Tòa án và Viện kiểm sát làm gì').also).toEqual([]);
});

const focus = { intent: 'unit_tasks' as const, party: 'so-y-te', plan: T, shown: [`${T}/IV.2/1`, `${T}/IV.2/2`] };

test('follow-ups and corrections go on from the last answer', () => {
  const next = (text: string) => reader.read(text, { asker: null, today, focus });
  expect(next('còn hải quan thì sao?')).toMatchObject({
    intent: 'unit_tasks',
    parties: ['cchq-kv3'],
    plan: T,
    followUp: true,
  });
  expect(next('không, ý tôi là Sở Công Thương')).toMatchObject({ intent: 'unit_tasks', parties: ['so-cong-thuong'] });
  expect(next('cái thứ 2 nói rõ hơn')).toMatchObject({ nth: 2, detail: true, passages: [{ id: `${T}/IV.2/2` }] });
  expect(next('hạn của việc đó?').intent).toBe('deadline');
});

test('reading is the same every time and never fails, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(read(text, 'so-y-te')).toEqual(read(text, 'so-y-te'));
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('a month or a week is read where nothing counts months, and no day is made of it', () => {
  expect(read('tháng 7 nộp gì')).toMatchObject({ day: null, span: { from: '2026-07-01', to: '2026-07-31' } });
  expect(read('trong thang 12 phai nop bao cao gi').span).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  expect(read('tuần này có việc gì phải nộp không')).toMatchObject({
    day: null,
    span: { from: '2026-06-10', to: '2026-06-14' },
  });
  expect(read('báo cáo 6 tháng nộp khi nào').span).toBeNull();
  expect(read('nhiệm vụ trong tháng hành động').span).toBeNull();
});

test('whom a report is for is not whose it is, however the choice is put', () => {
  for (const text of [
    'nộp bc tháng hđ cho ubnd tp hay catp vậy ạ',
    'gửi UBND TP hay CATP',
    'bc nam gui bcd 799 hay catp vay',
    'nop cho ban chi dao hay cong an',
  ])
    expect(read(text), text).toMatchObject({ intent: 'report_how', parties: [] });
  expect(read('Kính gửi Sở Y tế, nhiệm vụ của sở là gì').intent).toBe('unit_tasks');
});

test('what is told before the question is not asked', () => {
  expect(
    read('Em mới nhận bàn giao công việc, nếu có đột xuất thì xã gửi báo cáo tới cơ quan nào ạ', 'xa-an-lao'),
  ).toMatchObject({ intent: 'report_how', also: [] });
});

test('what follows a report, how far it is, and the days of a plan are told apart', () => {
  expect(read('lỡ kỳ 16/6 rồi thì kỳ báo cáo tiếp theo là ngày nào').facets).toContain('following');
  expect(read('báo cáo 6 tháng đến đâu rồi').intent).toBe('who_reported');
  expect(read('tháng hành động đến hôm nào thì hết').facets).toContain('campaign');
  expect(read('kết thúc Tháng hành động thì gửi kết quả trước ngày bao nhiêu').facets).toContain('campaignReport');
});

test('a body that the plans do not name leads to the one like it', () => {
  expect(read('ngan hang nha nuoc chu tri viec gi trong ke hoach 64')).toMatchObject({
    intent: 'out_of_scope',
    instead: 'nhcsxh',
  });
});

test("only what of a subject is the unit's is asked about", () => {
  const asked = read('phường mình có được giao kiểm tra karaoke không', 'phuong-le-chan');
  expect(asked).toMatchObject({ intent: 'task_search', parties: ['phuong-le-chan'] });
  expect(asked.passages.map((p) => p.id)).toEqual([`${T}/IV.14/4`]);
  expect(read('xã Tiên Lãng cần làm gì để hưởng ứng tháng hành động').intent).toBe('unit_tasks');
});

test('whom a letter is addressed to is not whom it asks about', () => {
  expect(read('Kính gửi Công an thành phố, Sở Nội vụ được giao nhiệm vụ gì').parties).toEqual(['so-noi-vu']);
});
