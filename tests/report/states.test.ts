/** Approving, returning, correcting and withdrawing as talks: what was not seen is not decided, and only whom it concerns decides. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { createConverse, emptySession } from '../../bot/core/converse.ts';
import { allowed } from '../../bot/core/rights.ts';
import type { Change, Event, Person, Send, Session } from '../../bot/core/types.ts';
import type { World } from '../../bot/core/world.ts';
import { dayOf, instantOf } from '../../bot/language/calendar.ts';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';
import { firstStanding } from '../../bot/report/state.ts';
import type { SubmittedReport } from '../../bot/report/types.ts';
import { root } from '../../bot/root.ts';
import { createApprove } from '../../bot/talk/approve.ts';
import { createReport } from '../../bot/talk/report.ts';
import { createSent } from '../../bot/talk/sent.ts';
import { testRules } from '../support/world.ts';
import { quick } from './forms.ts';

const plans = createPlanIndex(loadBook(path.join(root, 'prisma/plans')));
const now = instantOf('2026-06-10', '08:00');

const officer: Person = { id: 'p1', name: 'Cán bộ', memberships: [{ unit: 'phuong-le-chan', role: 'officer' }] };
const stranger: Person = { id: 'p2', name: 'Khác', memberships: [{ unit: 'so-y-te', role: 'officer' }] };
const desk: Person = { id: 'p3', name: 'Điều phối', memberships: [{ unit: 'catp', role: 'coordinator' }] };

const DAY = { period_from: '2026-06-09', period_to: '2026-06-09' };

const report = (n: number, more: Partial<SubmittedReport> = {}): SubmittedReport => ({
  ...firstStanding(now + n),
  id: `r${n}`,
  receipt: `BC-2026-0000${n}`,
  form: quick.id,
  version: quick.version,
  unit: 'phuong-le-chan',
  duty: null,
  values: { ...DAY, to_roi: 10 * n },
  nothing: false,
  submittedAt: now + n,
  timeliness: 'noDueDate',
  by: 'p1',
  ...more,
});

/** A conversation of one person with the reports as they are given each time. */
function talkOf(person: Person) {
  const forms = [quick];
  const converse = createConverse([createSent(forms), createApprove(forms), createReport({ forms })]);
  let session: Session = emptySession();
  let n = 0;
  const reader = { read: () => ({ intent: 'unknown', parties: [], ambiguous: [], passages: [] }) as never };
  const contacts = [officer, stranger, desk].map((one) => ({ person: one, addresses: [`web:${one.id}` as const] }));
  const event = {
    id: 'e',
    at: now,
    from: 'web:me',
    chat: { address: 'web:me', kind: 'private', addressed: true },
  } as const;
  return {
    session: () => session,
    run(said: { text: string } | { press: string }, reports: SubmittedReport[]) {
      const world: World = {
        ...{ now, today: dayOf(now), rehearsal: false, plans, reader, person, contacts },
        ...{ group: null, invitation: null, nextReceipt: 9, chance: String(++n).padStart(4, '0').repeat(8) },
        ownReports: reports.filter(({ unit }) => person.memberships.some((m) => m.unit === unit)),
        allReports: person === desk ? reports : null,
      };
      const token = 'press' in said ? session.offered.find(({ label }) => label === said.press)?.token : undefined;
      if ('press' in said && !token) throw new Error(`no choice ${said.press}`);
      const told: Event =
        'press' in said ? { ...event, kind: 'chose', token: token! } : { ...event, kind: 'said', text: said.text };
      const done = converse(told, session, world);
      session = done.session;
      const sends = done.effects.filter((effect): effect is { kind: 'send' } & Send => effect.kind === 'send');
      return {
        changes: done.effects.flatMap((effect) => (effect.kind === 'change' ? [effect.change] : [])),
        text: sends
          .filter(({ to }) => to === 'web:me')
          .flatMap(({ reply }) => reply.text.map(({ text }) => text))
          .join('\n'),
        told: sends.filter(({ to }) => to !== 'web:me').map(({ to }) => to),
      };
    },
  };
}

test('one tap approves what was seen, and tells whoever handed it in', () => {
  const talk = talkOf(desk);
  talk.run({ text: '/duyet BC-2026-00001' }, [report(1)]);
  const { changes, told } = talk.run({ press: 'Duyệt' }, [report(1)]);
  expect(changes).toMatchObject([{ kind: 'decideReport', report: 'r1', revision: 1, decision: 'approved' }]);
  expect(told).toEqual(['web:p1']);
});

test('what another has decided meanwhile is told, shown, and not decided again', () => {
  const talk = talkOf(desk);
  talk.run({ text: '/duyet BC-2026-00001' }, [report(1)]);
  const approved = report(1, { state: 'approved', revision: 2, approved: { values: {}, nothing: false } });
  const late = talk.run({ press: 'Duyệt' }, [approved]);
  expect(late.changes).toEqual([]);
  expect(late.told).toEqual([]);
  expect(late.text).toContain('đã được xử lý trước đó (nay: đã duyệt)');
});

test('a new version in between is shown with what it was before; approving goes on from there', () => {
  const talk = talkOf(desk);
  talk.run({ text: '/duyet BC-2026-00001' }, [report(1)]);
  const newer = report(1, {
    values: { ...DAY, to_roi: 99 },
    revision: 2,
    edition: 2,
    before: { values: { ...DAY, to_roi: 10 }, nothing: false },
  });
  const told = talk.run({ press: 'Duyệt' }, [newer]);
  expect(told.changes).toEqual([]);
  expect(told.text).toContain('vừa gửi lại');
  expect(told.text).toContain('99 (trước: 10)');
  expect(talk.run({ press: 'Duyệt' }, [newer]).changes).toMatchObject([{ revision: 2 }]);
});

test('approving all leaves out what has changed since the list was confirmed', () => {
  const talk = talkOf(desk);
  const three = [report(1), report(2), report(3)];
  expect(talk.run({ text: 'duyệt tất cả' }, three).changes).toEqual([]);
  const changed = [report(1), report(2, { revision: 2 }), report(3)];
  const done = talk.run({ press: 'Duyệt cả 3 báo cáo' }, changed);
  expect(done.changes).toMatchObject([{ report: 'r1' }, { report: 'r3' }]);
  expect(done.text).toContain('Đã duyệt 2 báo cáo.');
  expect(done.text).toContain('1 báo cáo đã thay đổi');
});

test('a reason in words waits for words: a command in between puts it off, and nothing is returned without one', () => {
  const talk = talkOf(desk);
  talk.run({ text: 'trả lại BC-2026-00001' }, [report(1)]);
  talk.run({ press: 'Kiểm tra' }, [report(1)]);
  expect(talk.session().awaits).toMatchObject({ talk: 'approve' });
  talk.run({ text: '/duyet' }, [report(1)]);
  expect(talk.session().awaits).toBeUndefined();
  talk.run({ text: 'trả lại BC-2026-00001' }, [report(1)]);
  talk.run({ press: 'Kiểm tra' }, [report(1)]);
  const { changes, told } = talk.run({ text: 'thiếu số vi phạm' }, [report(1)]);
  expect(changes).toEqual([
    {
      kind: 'decideReport',
      report: 'r1',
      revision: 1,
      decision: 'returned',
      reason: 'thiếu số vi phạm',
      part: 'kiem-tra',
    },
  ]);
  expect(told).toEqual(['web:p1']);
});

test('once the sender has left the unit, its officers are told', () => {
  const talk = talkOf(desk);
  const theirs = report(1, { by: 'p2' });
  talk.run({ text: '/duyet BC-2026-00001' }, [theirs]);
  expect(talk.run({ press: 'Duyệt' }, [theirs]).told).toEqual(['web:p1']);
});

test('a returned report opens at the part at fault; its answer leads to the review card, and goes out as a new version', () => {
  const talk = talkOf(officer);
  const returned = report(1, { state: 'returned', revision: 2, reason: 'thiếu số', part: 'kiem-tra' });
  const opened = talk.run({ text: '/dagui sửa BC-2026-00001' }, [returned]);
  expect(opened.text).toContain('thiếu số (phần Kiểm tra)');
  expect(opened.text).toContain('(3/6)');
  expect(talk.run({ text: '20, 1' }, [returned]).text).toContain('xem lại trước khi gửi');
  expect(talk.run({ text: 'gửi' }, [returned]).changes).toEqual([
    {
      kind: 'reviseReport',
      report: 'r1',
      unit: 'phuong-le-chan',
      revision: 2,
      version: quick.version,
      values: { ...DAY, to_roi: 10, co_so_kiem_tra: 20, co_so_vi_pham: 1 },
      nothing: false,
      reason: null,
    },
  ]);
});

test('after a return a bare number, or "gửi" alone, leads to the part at fault', () => {
  const returned = report(1, { state: 'returned', revision: 2, reason: 'thiếu số', part: 'kiem-tra' });
  const sending = talkOf(officer).run({ text: 'gửi' }, [returned]);
  expect(sending.changes).toEqual([]);
  expect(sending.text).toContain('thiếu số (phần Kiểm tra)');
  expect(sending.text).toContain('(3/6)');
  const talk = talkOf(officer);
  const answered = talk.run({ text: '20 1' }, [returned]);
  expect(answered.text).toContain('thiếu số (phần Kiểm tra)');
  expect(answered.text).toContain('Số cơ sở kiểm tra: 20');
  expect(answered.text).toContain('xem lại trước khi gửi');
  expect(talk.run({ text: 'gửi' }, [returned]).changes).toMatchObject([
    { kind: 'reviseReport', report: 'r1', values: { ...DAY, to_roi: 10, co_so_kiem_tra: 20, co_so_vi_pham: 1 } },
  ]);
  // Nothing waits to be mended: a number alone is no report.
  expect(talkOf(officer).run({ text: '20' }, [report(1)]).changes).toEqual([]);
});

test('a correction keeps the days of what it corrects, also where they were never said', () => {
  const talk = talkOf(officer);
  const old = report(1, { values: { to_roi: 10 }, submittedAt: instantOf('2026-06-02', '09:00') });
  talk.run({ text: 'sửa BC-2026-00001' }, [old]);
  talk.run({ text: '12 tờ rơi' }, [old]);
  expect(talk.run({ text: 'gửi' }, [old]).changes).toMatchObject([
    { values: { to_roi: 12, period_from: '2026-06-02', period_to: '2026-06-02' } },
  ]);
});

test('a correction that was overtaken is shown again first; an unchanged one is not sent, a returned one may be', () => {
  const talk = talkOf(officer);
  talk.run({ text: 'sửa BC-2026-00001' }, [report(1)]);
  expect(talk.run({ text: 'gửi' }, [report(1)]).text).toContain('Chưa có mục nào thay đổi');
  talk.run({ text: '12 tờ rơi' }, [report(1)]);
  const returned = report(1, { state: 'returned', revision: 2, reason: 'x' });
  const overtaken = talk.run({ text: 'gửi' }, [returned]);
  expect(overtaken.changes).toEqual([]);
  expect(overtaken.text).toContain('vừa thay đổi (nay: được trả lại để sửa)');
  expect(talk.run({ text: 'gửi' }, [returned]).changes).toMatchObject([{ revision: 2, values: { to_roi: 12 } }]);
  const again = talkOf(officer);
  again.run({ text: 'sửa BC-2026-00001' }, [returned]);
  expect(again.run({ text: 'gửi' }, [returned]).changes).toMatchObject([{ kind: 'reviseReport', revision: 2 }]);
});

test('why an approved report changes is asked for, by a tap or in words', () => {
  const approved = report(1, {
    state: 'approved',
    revision: 2,
    approved: { values: { ...DAY, to_roi: 10 }, nothing: false },
  });
  for (const answer of [{ press: 'Số liệu nhập nhầm' }, { text: 'Số liệu nhập nhầm' }, { text: 'gõ thừa số 0' }]) {
    const talk = talkOf(officer);
    talk.run({ text: 'sửa BC-2026-00001' }, [approved]);
    expect(talk.session().draft).toBeUndefined();
    talk.run(answer, [approved]);
    const reason = 'press' in answer ? answer.press : answer.text;
    expect(talk.session().draft?.amends).toEqual({ report: 'r1', revision: 2, reason });
  }
});

test('a report of another unit is not there for an officer, and no officer approves', () => {
  const talk = talkOf(stranger);
  for (const text of ['BC-2026-00001', 'sửa BC-2026-00001', 'rút BC-2026-00001']) {
    const { changes, text: said } = talk.run({ text }, [report(1)]);
    expect(changes).toEqual([]);
    expect(said).toContain('Chưa thấy báo cáo BC-2026-00001');
  }
  expect(talk.run({ text: '/duyet' }, [report(1)]).text).toContain('chưa có quyền');
});

test('rights are those of the change, whoever shows the button', () => {
  const event: Event = {
    ...{ id: 'e', at: now, from: 'web:me', kind: 'said', text: '' },
    chat: { address: 'web:me', kind: 'private', addressed: true },
  };
  const may = (change: Change) =>
    [officer, stranger, desk, null].map((person) => allowed(change, person, event, false, testRules));
  const unit = 'phuong-le-chan';
  const seen = { report: 'r1', revision: 1 };
  const handover = { id: 'h', unit, from: 'p1', to: 'p9', codeHash: null, at: now };
  const invitation = { codeHash: 'x', unit, role: 'officer' as const, expiresAt: now, usedAt: null };
  const mine = [true, false, false, false];
  const theirs = [false, false, true, false];
  expect(may({ kind: 'withdrawReport', ...seen, unit })).toEqual(mine);
  expect(may({ kind: 'reviseReport', ...seen, unit, version: 1, values: {}, nothing: false, reason: null })).toEqual(
    mine,
  );
  expect(may({ kind: 'decideReport', ...seen, decision: 'approved', reason: null, part: null })).toEqual(theirs);
  expect(may({ kind: 'decideExtension', id: 'g', decision: 'granted', answer: null })).toEqual(theirs);
  expect(may({ kind: 'offerHandover', handover, invitation })).toEqual(mine);
  for (const wrong of [
    { ...invitation, role: 'coordinator' as const },
    { ...invitation, unit: 'catp' },
  ])
    expect(may({ kind: 'offerHandover', handover, invitation: wrong })).toEqual([false, false, false, false]);
});
