/** A unit's contacts: each person once, and who stands in while one is away. */
import { expect, test } from 'vitest';
import type { Here } from '../../bot/core/talk.ts';
import type { DirectoryEntry, World } from '../../bot/core/world.ts';
import { contact } from '../../bot/talk/contact.ts';
import { testPlans } from '../support/world.ts';

function told(entries: DirectoryEntry[]): string {
  const world = {
    ...{ plans: testPlans, today: '2026-06-10', person: { id: 'p9', name: 'Ai', memberships: [] } },
    directory: new Map([['so-y-te', entries]]),
  } as unknown as World;
  const turn = contact.answer({ units: ['so-y-te'] }, { world } as Here);
  return turn.reply!.text.map(({ text }) => text).join('\n');
}
const lan = { person: 'p1', name: 'Lan', role: 'officer' as const };

test('two people of one name are two; one with two parts is one', () => {
  expect(told([lan, { ...lan, person: 'p2' }])).toContain('Lan (cán bộ); Lan (cán bộ).');
  expect(told([{ ...lan, role: 'head' }, lan])).toContain('Đầu mối: Lan (lãnh đạo đơn vị).');
});

test('whoever is away is told with their deputy, until they are back', () => {
  const away = (until: string) => told([{ ...lan, deputy: { name: 'Bình', until } }]);
  expect(away('2026-06-10')).toContain('Lan (cán bộ; vắng đến hết ngày 10/6/2026, Bình thay)');
  expect(away('2026-06-09')).toContain('Đầu mối: Lan (cán bộ).');
});
