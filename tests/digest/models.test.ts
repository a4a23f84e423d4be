/** Good models in the digest: the latest is told, the others counted, and nothing grows beyond what a chat shows. */
import { expect, test } from 'vitest';
import { composeDaily, lengthOf, MOST_CHARACTERS } from '../../bot/digest/daily.ts';
import { standing } from '../../bot/digest/standing.ts';
import { addDays, instantOf } from '../../bot/language/calendar.ts';
import { testPlans } from '../support/world.ts';

const model = (text: string, number = 'MH-2026-00001') => ({ number, unit: 'phuong-le-chan', text });
const digest = (day: string, models: ReturnType<typeof model>[], late = false) =>
  composeDaily({
    standing: standing(testPlans, { kind: 'city' }, [], instantOf(day, '07:30')),
    ...{ plans: testPlans, models, late, rehearsal: true },
  });

test('the latest of several, in its own words', () => {
  const text = digest('2026-06-12', [model('tổ tự quản'), model('cổng trường bình yên', 'MH-2026-00002')]).text;
  expect(text.map((t) => t.text)).toContain(
    'Cách làm hay của UBND phường Lê Chân: “cổng trường bình yên”\nVà 1 mô hình khác: gõ /mohinh.',
  );
  expect(JSON.stringify(digest('2026-06-12', []).text)).not.toContain('Cách làm hay');
});

test('on every day of the campaign, with the longest model, there is room for it', () => {
  const long = model(`“${'mỗi cổng trường có hai đoàn viên trực giờ tan học, '.repeat(29)}”`);
  for (let day = '2026-06-01'; day <= '2026-07-05'; day = addDays(day, 1)) {
    const { text } = digest(day, [long, long, long], true);
    expect(lengthOf(text), day).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(
      text.some((t) => t.text.startsWith('Cách làm hay của UBND phường Lê Chân')),
      day,
    ).toBe(true);
  }
});
