/** What was not used yet is told so that one knows which to take back. */
import { expect, test } from 'vitest';
import type { Here } from '../../bot/core/talk.ts';
import type { World } from '../../bot/core/world.ts';
import { invitations } from '../../bot/talk/invitations.ts';
import { testPlans } from '../support/world.ts';

const at = (time: string) => Date.parse(`2026-06-10T${time}:00+07:00`);
const made = (unit: string, time: string) => ({
  ...{ codeHash: `${unit}${time}`, unit, role: 'officer' as const, usedAt: null },
  ...{ createdAt: at(time), expiresAt: at(time) + 7 * 24 * 3_600_000 },
});
const desk = { invitations: [made('so-y-te', '09:15'), made('so-y-te', '08:00'), made('so-tu-phap', '08:00')] };
const here = { world: { plans: testPlans, now: at('10:00'), desk } as unknown as World } as Here;
const told = (args: Parameters<typeof invitations.answer>[0]) =>
  invitations
    .answer(args, here)
    .reply!.text.map(({ text }) => text)
    .join('\n');

test('codes of one unit and role are told apart by when they were made; others are told in fewer words', () => {
  const text = told({ do: 'list', page: 0 });
  expect(text).toContain('1. Sở Y tế (cán bộ), tạo lúc 09:15 ngày 10/6/2026, đến hết ngày 17/6/2026');
  expect(text).toContain('2. Sở Y tế (cán bộ), tạo lúc 08:00 ngày 10/6/2026, đến hết ngày 17/6/2026');
  expect(text).toContain('3. Sở Tư pháp (cán bộ), đến hết ngày 17/6/2026');
  expect(told({ do: 'revoke', codeHash: 'so-y-te08:00' })).toContain('tạo lúc 08:00');
});
