/** A new report beside what the unit has reported before: far from it, or for the same days. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stage } from './stage.ts';

/** Reports of single days, one after another. */
function reported(leaflets: number[]) {
  const s = stage();
  leaflets.forEach((count, i) => {
    s.clock(`2026-06-${String(i + 1).padStart(2, '0')}`);
    s.say(`hôm nay 1 buổi, 30 người, ${count} tờ rơi`);
    expect(s.press('Gửi báo cáo')).toContain('BC-2026-');
  });
  s.clock('2026-06-10');
  return s;
}

describe("a figure far from the unit's own past", () => {
  test('is asked about before the report goes; a reason sends it and is kept', () => {
    const s = reported([3, 9, 5]);
    s.say('hôm nay 480 tờ rơi');
    const asked = s.press('Gửi báo cáo');
    expect(asked).toContain('Tờ rơi 480, 3 báo cáo gần đây của đơn vị từ 3 đến 9.');
    expect(s.reports).toHaveLength(3);
    expect(s.choices()).toEqual(['Sửa Tuyên truyền', 'Đợt cao điểm', 'Gộp nhiều ngày', 'Có sự kiện lớn']);
    expect(s.say('do phường ra quân đồng loạt')).toContain('BC-2026-00020');
    expect(s.reports[0]).toMatchObject({ values: { to_roi: 480 }, reason: 'do phường ra quân đồng loạt' });
  });

  test('a new figure in the sentence corrects it, and nothing more is asked', () => {
    const s = reported([3, 9, 5]);
    s.say('hôm nay 480 tờ rơi');
    s.press('Gửi báo cáo');
    expect(s.say('48 tờ rơi')).toContain('Tờ rơi: 48');
    // 48 is five times nine and more, too; a figure that was mended is asked about as any other.
    expect(s.press('Gửi báo cáo')).toContain('Tờ rơi 48');
    s.say('sửa 2');
    s.say('8 tờ rơi');
    expect(s.say('gửi')).toContain('BC-2026-00020');
    expect(s.reports[0]).toMatchObject({ values: { to_roi: 8 }, reason: null });
  });

  test('a reason stands for the figure it was said of, not for another', () => {
    const s = reported([3, 9, 5]);
    s.say('hôm nay 480 tờ rơi');
    s.press('Gửi báo cáo');
    s.press('Sửa Tuyên truyền');
    expect(s.say('4800 tờ rơi')).toContain('4.800');
    expect(s.say('gửi')).toContain('Tờ rơi 4.800');
  });

  test.each<[string, number[], string]>([
    ['too few reports say nothing of what is usual', [3, 9], 'hôm nay 480 tờ rơi'],
    ['small numbers jump by nature', [1, 1, 2], 'hôm nay 15 tờ rơi'],
    ['a week is not held against single days', [3, 9, 5], 'từ 1/6 đến 10/6 480 tờ rơi'],
    ['what lies among them is usual', [30, 400, 90], 'hôm nay 480 tờ rơi'],
  ])('%s', (_, before, text) => {
    const s = reported(before);
    s.say(text);
    expect(s.press('Gửi báo cáo')).toContain('BC-2026-');
    expect(s.reports).toHaveLength(before.length + 1);
  });
});

describe('figures for days that a report speaks of already', () => {
  function twice() {
    const s = stage();
    s.say('hôm nay 2 buổi, 100 người');
    s.press('Gửi báo cáo');
    s.say('hôm nay 1 buổi, 50 tờ rơi');
    return s;
  }

  test('are added to it as a correction, looked over first', () => {
    const s = twice();
    expect(s.choices()).toContain('Thay thế BC-2026-00017');
    const card = s.press('Cộng thêm vào BC-2026-00017');
    expect(card).toContain('Số buổi: 3');
    expect(s.reports[0]!.values.buoi_tuyen_truyen).toBe(2);
    expect(s.press('Gửi báo cáo')).toContain('BC-2026-00017');
    expect(s.reports).toHaveLength(1);
    expect(s.reports[0]).toMatchObject({
      edition: 2,
      reason: 'Cộng thêm số liệu',
      values: {
        buoi_tuyen_truyen: 3,
        luot_nguoi_du: 100,
        to_roi: 50,
        period_from: '2026-06-10',
        period_to: '2026-06-10',
      },
    });
  });

  test('stand in its place where that is chosen; what was not said anew stays', () => {
    const s = twice();
    s.press('Thay thế BC-2026-00017');
    s.say('gửi');
    expect(s.reports).toHaveLength(1);
    expect(s.reports[0]!.values).toMatchObject({ buoi_tuyen_truyen: 1, luot_nguoi_du: 100, to_roi: 50 });
  });

  test('the same choice twice adds once', () => {
    const s = twice();
    const token = s.token('Cộng thêm vào BC-2026-00017');
    s.pressToken(token);
    expect(s.pressToken(token)).toContain('Số buổi: 3');
    s.say('gửi');
    expect(s.reports[0]!.values.buoi_tuyen_truyen).toBe(3);
  });

  test('other days are a report of their own', () => {
    const s = stage();
    s.say('hôm nay 2 buổi');
    s.press('Gửi báo cáo');
    s.say('hôm qua 1 buổi');
    expect(s.choices().join()).not.toContain('Cộng thêm');
  });
});

describe('events that come twice, late, or in another order', () => {
  type Act = { act: 'say'; text: string } | { act: 'press'; back: number; pick: number } | { act: 'again' };
  const acts: fc.Arbitrary<Act> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(
          ...[
            'hôm nay 2 buổi, 60 người',
            '480 tờ rơi',
            'kiểm tra 4, vi phạm 1',
            '/baocao',
            '20 1',
            'quay lại',
            'bỏ qua',
          ],
          ...[
            'xem lại',
            'gửi',
            'gửi',
            'để sau',
            'tiếp tục',
            'bỏ tệp',
            'do cao điểm',
            'han nop khi nao',
            'không phát sinh',
          ],
        )
        .map((text): Act => ({ act: 'say', text })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.nat({ max: 4 }), fc.nat({ max: 6 }))
        .map(([back, pick]): Act => ({ act: 'press', back, pick })),
    },
    { weight: 1, arbitrary: fc.constant<Act>({ act: 'again' }) },
  );

  test('one form becomes one report, and it says what was on view when it went', () => {
    let sent = 0;
    fc.assert(
      fc.property(fc.array(acts, { minLength: 4, maxLength: 25 }), (sequence) => {
        const s = stage();
        /** Choices of each message so far: an old one may still be pressed. */
        const shown: string[][] = [];
        let heard = false;
        for (const act of sequence) {
          const draft = s.session().draft;
          const before = new Map(s.reports.map((report) => [report.id, report]));
          if (act.act === 'say') s.say(act.text);
          else if (act.act === 'again' && heard) s.replay();
          else if (act.act === 'press') {
            const tokens = shown.at(-1 - act.back) ?? [];
            if (tokens.length > 0) s.pressToken(tokens[act.pick % tokens.length]!);
          }
          heard ||= act.act === 'say';
          shown.push(s.choices().map((label) => s.token(label)));
          // The stage refuses a second report of one form; each new or changed one is the form that was open.
          for (const report of s.reports) {
            if (before.get(report.id)?.revision === report.revision) continue;
            expect([draft?.id, draft?.amends?.report]).toContain(report.id);
            sent += 1;
            expect(report.values).toMatchObject(draft!.values);
            const unsaid = Object.keys(report.values).filter((id) => !(id in draft!.values));
            expect(unsaid.every((id) => id.startsWith('period_'))).toBe(true);
            expect(s.session().draft).toBeUndefined();
          }
        }
      }),
      { numRuns: 80 },
    );
    expect(sent).toBeGreaterThan(5);
  });
});
