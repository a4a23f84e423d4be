/** "Sửa 90 thành 95": the figure is named by what it was. */
import { expect, test } from 'vitest';
import { exchangedIn } from '../../bot/report/remove.ts';
import { understand } from '../../bot/report/understand.ts';
import { testForms } from '../support/world.ts';

const form = testForms.find(({ id }) => id === 'bao-cao-nhanh')!;
const values = { buoi_tuyen_truyen: 3, luot_nguoi_du: 90, to_roi: 1200, co_so_kiem_tra: 3 };

test.each(Object.entries({ luot_nguoi_du: ['90', 95], to_roi: ['1.200', 1300] }))('%s', (field, [was, now]) => {
  const text = exchangedIn(`sửa ${was} thành ${now}`, values, form)!;
  expect(understand(text, form, '2026-06-10').values[field]).toBe(now);
});
test.each(['nhầm, 90 phải là 95', 'không phải 90 mà là 95', 'doi 90 sang 95 nhe'])('%s', (text) => {
  expect(exchangedIn(text, values, form)).toContain('95');
});
test.each(['sửa 3 thành 4', 'sửa 7 thành 8', 'sửa 3', 'sửa tờ rơi thành 350'])(
  'is none, or of no one figure: %s',
  (text) => expect(exchangedIn(text, values, form)).toBeNull(),
);
// Every figure of the form can be named by its label.
test.each(form.fields.filter(({ kind }) => kind === 'count').map(({ id }) => id))('%s by its label', (id) => {
  const text = exchangedIn('sửa 77 thành 78', { [id]: 77 }, form)!;
  expect(understand(text, form, '2026-06-10').values[id]).toBe(78);
});
