/** The rehearsal of a campaign, cut short: what was due arrived once, over hours of sleep. */
import { expect, test } from 'vitest';
import { runCampaign } from '../../bot/tools/campaign.ts';
import { learn } from '../../bot/tools/learnt.ts';
import { openTestStore } from '../support/database.ts';

test('four days of June, with a morning slept through', async () => {
  const store = await openTestStore();
  const pictures = new Set<string>();
  const tally = await runCampaign({
    ...{ store, learnt: learn(), from: '2026-06-01', to: '2026-06-04', groups: 4, seed: 5 },
    progress() {},
    picture: (day, scope) => pictures.add(`${day} ${scope}`),
  });
  const forms = new Set((await store.reports()).map(({ form }) => form));
  await store.close();
  expect(tally).toMatchObject({ days: 4, groups: 4, doubled: 0, lost: 0, remindersDoubled: 0 });
  expect(tally.due).toBe(16);
  expect(tally.sent).toBe(tally.due);
  expect(tally.late).toBeGreaterThan(0);
  expect(tally.reports).toBeGreaterThan(50);
  expect(forms).toContain('bao-cao-nhanh');
  expect(pictures.size).toBeGreaterThan(3);
});
