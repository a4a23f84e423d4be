/** Which sentences ask for totals or documents, of whom and of which days; and which do not. */
import { expect, test } from 'vitest';
import type { Here } from '../../bot/core/talk.ts';
import type { Person, Session } from '../../bot/core/types.ts';
import { emptyRegister } from '../../bot/desk/standing.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import { createPaper } from '../../bot/talk/paper.ts';
import { totalsAsked } from '../../bot/talk/totals/asked.ts';
import { testLayouts, testPlans, testReader, testRules } from '../support/world.ts';

const TODAY = '2026-06-10';
const person = (unit: string, role: 'officer' | 'coordinator'): Person => ({
  id: 'p',
  name: 'P',
  memberships: [{ unit, role }],
});
const COORDINATOR = person('catp', 'coordinator');
const OFFICER = person('phuong-le-chan', 'officer');

function hereOf(who: Person | null, session: Session = { offered: [] }): Here {
  const now = instantOf(TODAY, '08:00');
  const chat = { address: 'web:p', kind: 'private', addressed: true } as const;
  return {
    event: { id: 'e', at: now, from: 'web:p', chat, kind: 'said', text: '' },
    session,
    world: {
      ...{ now, today: TODAY, rehearsal: false, plans: testPlans, reader: testReader, person: who },
      ...{ group: null, invitation: null, ownReports: [], allReports: [], nextReceipt: 1, chance: '0'.repeat(32) },
      ...{ register: emptyRegister(), rules: testRules },
    } as unknown as Here['world'],
  };
}

const heard = (text: string, who: Person | null) => ({
  text,
  reading: testReader.read(text, { asker: who?.memberships[0]?.unit ?? null, today: TODAY }),
});
const asked = (text: string, who: Person | null = COORDINATOR, session?: Session) =>
  totalsAsked(heard(text, who), hereOf(who, session));
const inShort = (text: string, who?: Person | null) => {
  const args = asked(text, who);
  if (!args) return null;
  if (args.do === 'which') return `which ${args.options.length}`;
  if (args.do === 'noPeriod') return `no period ${args.wrong}`;
  const { scope, period } = args;
  const of = scope.kind === 'city' ? 'city' : Object.values(scope).join(':');
  return `${args.do} ${of} ${period.kind} ${period.from}`;
};

test.each([
  ['tổng hợp tuần này', 'show city week 2026-06-08'],
  ['tong hop tuan nay', 'show city week 2026-06-08'],
  ['TỔNG HỢP TUẦN NÀY', 'show city week 2026-06-08'],
  ['toongr hopwj tuaanf nayf', 'show city week 2026-06-08'],
  ['cho em xem tổng hợp số liệu tháng trước', 'show city month 2026-05-01'],
  ['tổng hợp', 'show city campaign 2026-06-01'],
  ['tổng hợp toàn thành phố 6 tháng', 'show city half 2025-12-15'],
  ['báo cáo tổng hợp tháng hành động', 'show city campaign 2026-06-01'],
  ['tổng hợp phường Lê Chân tháng 6', 'show unit:phuong-le-chan month 2026-06-01'],
  ['tong hop phuong le chan thang 6', 'show unit:phuong-le-chan month 2026-06-01'],
  ['tổng hợp tháng 6 của Sở Y tế', 'show unit:so-y-te month 2026-06-01'],
  ['tổng hợp các sở, ban, ngành tuần trước', 'show group:g-sbn week 2026-06-01'],
  ['tổng hợp các xã, phường, đặc khu tuần này', 'show group:g-ubnd-xa week 2026-06-08'],
  ['so với tuần trước', 'show city week 2026-06-08'],
  ['so voi thang truoc', 'show city month 2026-06-01'],
  ['xã nào chưa báo cáo', 'silent sector:xa campaign 2026-06-01'],
  ['xa nao chua bao cao tuan nay', 'silent sector:xa week 2026-06-08'],
  ['đơn vị nào chưa gửi báo cáo tuần trước', 'silent city week 2026-06-01'],
  ['sở nào chưa báo cáo tháng này', 'silent type:so month 2026-06-01'],
  ['sở nào chưa nộp', 'silent type:so campaign 2026-06-01'],
  ['sở, ngành nào chưa nộp', 'silent group:g-sbn campaign 2026-06-01'],
  ['phường nào chưa báo cáo', 'silent type:phuong campaign 2026-06-01'],
  ['đặc khu nào chưa nộp báo cáo tuần này', 'silent type:dac-khu week 2026-06-08'],
  ['tổng hợp tháng 13', 'no period tháng 13'],
  ['tong hop phuong le chan quy 5', 'no period quý 5'],
  ['tổng hợp từ 31/2', 'no period 31/2'],
  ['xã nào chưa báo cáo tuần 60', 'no period tuần 60'],
  ['so với kỳ trước', 'show city campaign 2026-06-01'],
])('a coordinator: %s', (text, meant) => expect(inShort(text)).toBe(meant));

test('an officer asks for their own unit; what another unit reported is for the answer to refuse', () => {
  expect(inShort('tổng hợp tuần này', OFFICER)).toBe('show unit:phuong-le-chan week 2026-06-08');
  expect(inShort('tổng hợp Sở Y tế tuần này', OFFICER)).toBe('show unit:so-y-te week 2026-06-08');
  // Who has not reported is no officer's business: the talk about duties answers.
  expect(inShort('xã nào chưa báo cáo', OFFICER)).toBeNull();
  // Nobody's is refused with the way to register.
  expect(inShort('tổng hợp tuần này', null)).toBe('show city week 2026-06-08');
});

test.each([
  'đơn vị nào chưa báo cáo',
  'công an thành phố tổng hợp rồi báo cáo lên những đâu',
  'ai theo dõi tổng hợp kết quả tháng hành động',
  'tổng hợp xong thì báo cáo lên những cơ quan nào',
  'cảnh báo về tác hại của ma túy tổng hợp',
  'tuần này tổ chức 5 buổi tuyên truyền',
  'so sánh nhiệm vụ của Sở Y tế và Sở Công Thương',
])('is no question for totals: %s', (text) => expect(inShort(text)).toBeNull());

test('a name that fits several units is asked back', () => {
  expect(inShort('tong hop xa cam giang thang 6')).toMatch(/^which \d/);
});

test('"so với tuần trước" goes on with whom and of what was asked last', () => {
  const scope = { kind: 'unit', unit: 'so-y-te' } as const;
  const period = { kind: 'week', from: '2026-06-01', to: '2026-06-07' } as const;
  const focus = { ask: { talk: 'totals', args: { do: 'units', scope, period, page: 2 } }, shown: [] };
  expect(asked('so với tuần trước', COORDINATOR, { offered: [], focus })).toEqual({ do: 'show', scope, period });
});

const paper = createPaper(testLayouts);
const wanted = (text: string, who: Person | null = COORDINATOR) => paper.hear!(heard(text, who), hereOf(who));

test.each([
  ['xuất excel tuần này', { do: 'totals', format: 'xlsx', scope: { kind: 'city' }, period: { kind: 'week' } }],
  ['tai csv phuong le chan thang 6', { do: 'totals', format: 'csv', scope: { kind: 'unit', unit: 'phuong-le-chan' } }],
  ['lập dự thảo báo cáo tháng hành động', { do: 'official', report: 'thang-hanh-dong' }],
  ['xuất báo cáo 6 tháng', { do: 'official', report: '6-thang' }],
  ['xuat bao cao nam ban word', { do: 'official', report: 'nam' }],
  ['soạn báo cáo chính thức', { do: 'which' }],
])('a document: %s', (text, meant) => expect(wanted(text)).toMatchObject(meant));

test.each(['gửi báo cáo', 'lập kế hoạch', 'xuất cảnh', 'nộp báo cáo 6 tháng'])('no document: %s', (text) =>
  expect(wanted(text)).toBeNull(),
);

test('an official report is for coordinators, asked for or pressed', () => {
  expect(wanted('xuất báo cáo 6 tháng', OFFICER)).toBeNull();
  const { reply } = paper.answer({ do: 'official', report: '6-thang' }, hereOf(OFFICER));
  expect(reply).not.toHaveProperty('paper');
  const week = { kind: 'week', from: '2026-06-08', to: '2026-06-14' } as const;
  const others = paper.answer({ do: 'totals', format: 'xlsx', scope: { kind: 'city' }, period: week }, hereOf(OFFICER));
  expect(others.reply).not.toHaveProperty('paper');
  const own = paper.answer(
    { do: 'totals', format: 'xlsx', scope: { kind: 'unit', unit: 'phuong-le-chan' }, period: week },
    hereOf(OFFICER),
  );
  expect(own.reply?.paper).toMatchObject({ name: 'tong-hop-2026-06-08-2026-06-14.xlsx' });
});
