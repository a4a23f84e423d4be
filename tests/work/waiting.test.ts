/** The standing agency hears of reports that wait for approval a few times a working day, each time only of what is new. */
import { expect, test } from 'vitest';
import type { Contact } from '../../bot/core/world.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import { firstStanding } from '../../bot/report/state.ts';
import type { SubmittedReport } from '../../bot/report/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { waitingDue, waitingSlot } from '../../bot/work/schedule-waiting.ts';
import { testPlans, testRules } from '../support/world.ts';

const at = (clock: string, day = '2026-06-10') => instantOf(day, clock);
const contact = (id: string, role: 'coordinator' | 'officer', quiet?: string): Contact => ({
  person: { id, name: id, memberships: [{ unit: 'catp', role }], ...(quiet && { quiet: { until: quiet } }) },
  addresses: [`web:${id}`],
});
const report = (id: string, unit: string, handed: number, more: Partial<SubmittedReport> = {}): SubmittedReport => ({
  ...firstStanding(handed),
  ...{ id, receipt: id, form: 'bao-cao-nhanh', version: 1, unit, duty: null, values: {}, nothing: false },
  ...{ submittedAt: handed, timeliness: 'noDueDate', by: 'x', ...more },
});
const due = (now: number, reports: SubmittedReport[], contacts = [contact('dp', 'coordinator')]) =>
  waitingDue(
    {
      store: { reports: async () => reports, contacts: async () => contacts } as unknown as Store,
      ...{ plans: testPlans, rules: testRules, rehearsal: false },
    },
    now,
  );

test('at 09:00 of all that waits, at the next hour only of what came since', async () => {
  const old = report('r1', 'so-y-te', at('17:00', '2026-06-09'));
  const fresh = report('r2', 'phuong-le-chan', at('09:30'));
  expect(waitingSlot(at('08:59'))).toBeNull();
  const [morning] = await due(at('09:00'), [old, fresh]);
  expect(morning).toMatchObject({ to: 'web:dp', key: 'waiting/dp/2026-06-10/09:00' });
  expect(morning!.reply.text[0]!.text).toContain('Có 1 báo cáo mới chờ duyệt (Sở Y tế); tất cả đang chờ: 1.');
  const [noon] = await due(at('13:00'), [old, fresh]);
  expect(noon!.key).toBe('waiting/dp/2026-06-10/11:00');
  expect(noon!.reply.text[0]!.text).toContain('Có 1 báo cáo mới chờ duyệt (UBND phường Lê Chân); tất cả đang chờ: 2.');
  expect(noon!.offered).toMatchObject([{ token: '/duyet' }]);
  expect(await due(at('14:00'), [old, fresh])).toEqual([]);
});

test('nobody is told of what is decided, on a day off, in their silence, or who decides nothing', async () => {
  const one = report('r1', 'so-y-te', at('09:00'));
  expect(await due(at('11:00'), [{ ...one, state: 'approved' }])).toEqual([]);
  expect(await due(at('11:00', '2026-06-13'), [{ ...one, changedAt: at('09:00', '2026-06-13') }])).toEqual([]);
  const others = [contact('dp', 'coordinator', '2026-06-10'), contact('cb', 'officer')];
  expect(await due(at('11:00'), [one], others)).toEqual([]);
});

test('a report sent again after a return waits anew', async () => {
  const again = report('r1', 'so-y-te', at('09:00', '2026-06-01'), { changedAt: at('10:00'), edition: 2, revision: 3 });
  expect(await due(at('11:00'), [again])).toHaveLength(1);
});
