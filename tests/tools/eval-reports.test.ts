import { expect, test } from 'vitest';
import { evalReports } from '../../bot/tools/eval-reports.ts';
import { quick } from '../report/forms.ts';

const line = (more: object) =>
  JSON.stringify({ id: 'r1', sent_on: '2026-06-12', text: '', expected: 'accept', ...more });

test('one line of answer for each report, with what was not said left out', () => {
  const { out } = evalReports(
    [
      line({ text: 'hôm nay 2 buổi, 60 người' }),
      '',
      line({ id: 'r2', text: 'Phát hiện 1 đối tượng Bùi Văn Khế, số nhà 15 ngõ 8' }),
    ],
    quick,
  );
  expect(out.map((o) => JSON.parse(o) as unknown)).toEqual([
    {
      id: 'r1',
      fields: {
        period_from: '2026-06-12',
        period_to: '2026-06-12',
        buoi_tuyen_truyen: 2,
        luot_nguoi_du: 60,
      },
      refused: false,
      masked: 'hôm nay 2 buổi, 60 người',
    },
    {
      id: 'r2',
      fields: { doi_tuong: 1 },
      refused: true,
      masked: 'Phát hiện 1 đối tượng [đã bỏ: tên người], [đã bỏ: địa chỉ]',
    },
  ]);
});

test('the summary counts what is wrong, what is missed, what is kept and what is stopped in vain', () => {
  const { summary } = evalReports(
    [
      line({ text: '2 buổi, 60 người', fields: { buoi_tuyen_truyen: 2, luot_nguoi_du: 70, to_roi: null, cam_ket: 5 } }),
      line({ id: 'r2', text: 'đối tượng Lê Văn Mít', expected: 'accept', pii_spans: ['abc'], fields: {} }),
      line({ id: 'r3', text: 'giữ bí mật ở đây', expected: 'mask_or_refuse', pii_spans: ['ở đây'], fields: {} }),
    ],
    quick,
  );
  expect(summary).toContain('F1 0.4000 (1 right, 1 wrong, 2 missed)');
  expect(summary).toContain('whole reports right: 2/3');
  expect(summary).toContain('spans stopped: 1/2');
  expect(summary).toContain('false alarms: 1/2');
  expect(summary).toContain('luot_nguoi_du 70 ≠ 60');
});

test('lines that are held back are counted, but not shown', () => {
  const { summary } = evalReports([line({ split: 'held', text: '2 buổi', fields: { buoi_tuyen_truyen: 3 } })], quick);
  expect(summary).toContain('whole reports right: 0/1');
  expect(summary).not.toContain('2 buổi');
});
