/** Choices that come unasked stand beside those of the last answer; some hold until they are taken. */
import { expect, test } from 'vitest';
import { createConverse } from '../../bot/core/converse.ts';
import { withOffered } from '../../bot/core/offering.ts';
import { typedChoice } from '../../bot/core/router.ts';
import type { Event, Session } from '../../bot/core/types.ts';
import type { World } from '../../bot/core/world.ts';
import { planOffers } from '../../bot/talk/reminding.ts';
import { testPlans, testReader, testTalks } from '../support/world.ts';

const offered = (label: string) => ({ token: label, label, ask: { talk: 'x', args: {} } });
const said = (text: string): Event => ({
  ...{ id: text, at: 0, from: 'web:a', kind: 'said', text },
  chat: { address: 'web:a', kind: 'private', addressed: true },
});
const before: Session = { offered: [offered('BC-1'), offered('BC-2')] };

test('a number is of the answer that was read, not of what came in between', () => {
  const session = withOffered(before, [offered('Đồng ý'), offered('Từ chối')]);
  expect(typedChoice(said('1'), session)?.label).toBe('BC-1');
  expect(typedChoice(said('3'), session)).toBeUndefined();
  expect(typedChoice(said('từ chối'), session)?.label).toBe('Từ chối');
  expect(typedChoice(said('bc-2'), session)?.label).toBe('BC-2');
});

const world = {
  ...{ person: { id: 'p', name: 'P', memberships: [{ unit: 'so-y-te', role: 'officer' }] } },
  ...{ contacts: [], plans: testPlans, reader: testReader, rehearsal: false, allReports: null, ownReports: [] },
  ...{ today: '2026-06-10', now: Date.parse('2026-06-10T09:00:00+07:00'), chance: '0'.repeat(32) },
} as unknown as World;

test.each(['đã nhận', 'Da nhan', 'ok em đã xem rồi ạ', 'nhận được rồi'])(
  'a plan’s news is received by “%s”, whatever was said in between',
  (words) => {
    const plan = `${testPlans.book.plans[0]!.id}@abc`;
    const converse = createConverse(testTalks());
    let { session } = converse(said('hạn nộp báo cáo'), withOffered(before, planOffers(plan)), world);
    ({ session } = converse(said('cảm ơn'), session, world));
    const { effects } = converse(said(words), session, world);
    expect(effects).toContainEqual({ kind: 'change', change: { kind: 'acknowledge', plan } });
  },
);

test('a label that was offered is taken, though it reads like somebody’s name; unoffered it is stopped', () => {
  const converse = createConverse(testTalks());
  const name = { token: 't', label: 'BS. Trần Thị Bình', ask: { talk: 'smalltalk', args: { say: 'thanks' } } };
  const text = (session: Session) => JSON.stringify(converse(said('BS. Trần Thị Bình'), session, world).effects);
  expect(text({ offered: [name] })).toContain('đồng chí cần gì cứ nhắn');
  expect(text({ offered: [] })).toContain('không lưu lại');
});

test.each([
  ['đồng ý', ['Đồng ý: Sở Y tế', 'Từ chối: Sở Y tế'], 'Đồng ý: Sở Y tế'],
  ['cong them', ['Cộng thêm vào BC-2026-00001', 'Thay thế BC-2026-00001'], 'Cộng thêm vào BC-2026-00001'],
  ['thay thế', ['Cộng thêm vào BC-2026-00001', 'Thay thế BC-2026-00001'], 'Thay thế BC-2026-00001'],
  ['duyệt tất cả', ['Duyệt tất cả (3)'], 'Duyệt tất cả (3)'],
  ['đồng ý', ['Đồng ý: Sở Y tế', 'Đồng ý: Sở Nội vụ'], undefined],
  ['báo cáo', ['Báo cáo 6 tháng (hạn hết 15/6/2026)'], undefined],
])('“%s” of %j', (words, labels, label) => {
  expect(typedChoice(said(words), { offered: labels.map(offered) })?.label).toBe(label);
});
