/** A verb before or after the number of a matter does what its button does; what cannot be done is told, with the words. */
import { expect, test } from 'vitest';
import type { Here } from '../../bot/core/talk.ts';
import { findAnswers, nearAnswers } from '../../bot/desk/answers.ts';
import { urgencyOf } from '../../bot/desk/states.ts';
import type { Matter, StepKind } from '../../bot/desk/types.ts';
import { meantIn } from '../../bot/talk/matter/meant.ts';
import { testPlans, testRules } from '../support/world.ts';

const officer = { id: 'p', name: 'p', memberships: [{ unit: 'so-y-te', role: 'officer' as const }] };
const desk = { id: 'd', name: 'd', memberships: [{ unit: 'catp', role: 'coordinator' as const }] };
const matter = (number: string, kind: Matter['kind'], steps: StepKind[] = [], text = 'trạm y tế'): Matter => ({
  ...{ id: number, number, kind, unit: 'so-y-te', by: 'p', at: 0, text },
  ...{ task: null, nominee: null, grounds: null, urgency: kind === 'urgent' ? 'hoaToc' : null },
  steps: steps.map((step) => ({ kind: step, by: 'p', at: 1, text: step === 'answered' ? 'theo mẫu 01' : null })),
});
const register = {
  matters: [
    matter('VM-2026-00001', 'obstacle', ['answered', 'closed']),
    matter('VM-2026-00002', 'obstacle'),
    matter('VM-2026-00003', 'obstacle', ['answered']),
    matter('DX-2026-00001', 'urgent', ['acknowledged']),
    matter('MH-2026-00001', 'model'),
  ],
  marks: [],
};
const meant = (text: string, who: typeof officer | typeof desk) =>
  meantIn(
    text,
    {
      event: { kind: 'said', chat: { kind: 'private', address: 'web:p', addressed: true } },
      session: { offered: [] },
      world: { person: who, register, today: '2026-06-10', plans: testPlans },
    } as unknown as Here,
    testRules,
  );
const VM = (n: number) => `VM-2026-0000${n}`;
const DX = 'DX-2026-00001';

test.each([
  ['VM-1: vẫn còn vướng, mẫu cũ không dùng được', VM(1), 'reopened', 'vẫn còn vướng, mẫu cũ không dùng được'],
  ['VM-1 con vuong o mau 01', VM(1), 'reopened', 'con vuong o mau 01'],
  ['mở lại VM-1', VM(1), 'reopened', undefined],
  ['mo lai vm1 vì mẫu cũ không dùng được', VM(1), 'reopened', 'vì mẫu cũ không dùng được'],
  ['VM-1 mở lại: mẫu nào?', VM(1), 'reopened', 'mẫu nào?'],
  ['mở lại VM-1: gửi cho ai?', VM(1), 'reopened', 'gửi cho ai?'],
  ['đóng VM-3', VM(3), 'closed', undefined],
  ['đề nghị đóng vướng mắc VM-3', VM(3), 'closed', undefined],
  ['vm 3 đóng nhé', VM(3), 'closed', undefined],
  ['cảm ơn, đã rõ', VM(3), 'closed', undefined],
  ['rút VM-2', VM(2), 'withdrawn', undefined],
  ['xin rút lại vm 2 ạ', VM(2), 'withdrawn', undefined],
  ['rút DX-1', DX, 'withdrawn', undefined],
  ['dx 1 hủy, báo nhầm', DX, 'withdrawn', 'báo nhầm'],
  ['DX-1 báo nhầm', DX, 'withdrawn', undefined],
  ['hạ DX-1 xuống khẩn', DX, 'graded', 'khan'],
  ['ha muc dx 1 xuong thuong khan', DX, 'graded', 'thuongKhan'],
  ['DX-1 hạ xuống mức khẩn', DX, 'graded', 'khan'],
  ['nâng DX-1 lên hỏa tốc', DX, 'graded', 'hoaToc'],
  ['DX-1 xong', DX, 'added', 'xong'],
  ['kết thúc DX-1', DX, 'added', 'kết thúc'],
] as const)('the sender: %s', (text, number, step, words) =>
  expect(meant(text, officer)).toEqual({ do: 'step', number, step, ...(words && { text: words }) }),
);

test.each([
  ['DX-1 xong', 'closed', undefined],
  ['DX-1 kết thúc', 'closed', undefined],
  ['kết thúc DX-1', 'closed', undefined],
  ['ket thuc dx 1', 'closed', undefined],
  ['DX-1: đã kết thúc, giao công an phường', 'closed', 'giao công an phường'],
  ['đã nhận DX-1', 'acknowledged', undefined],
  ['DX-1: kết thúc lấy lời khai trước 22h', 'directed', 'kết thúc lấy lời khai trước 22h'],
] as const)('the agency: %s', (text, step, words) =>
  expect(meant(text, desk)).toEqual({ do: 'step', number: DX, step, ...(words && { text: words }) }),
);

test('the agency closes no obstacle of others, and answers in words that begin like a verb', () => {
  expect(meant('đóng VM-3', desk)).toEqual({ do: 'step', number: VM(3), step: 'closed' });
  expect(meant('VM-3: rút lại hồ sơ cũ, nộp hồ sơ mới', desk)).toMatchObject({ step: 'answered' });
  expect(meant('duyệt MH-1', desk)).toEqual({ do: 'step', number: 'MH-2026-00001', step: 'approved' });
});

test.each(['DX-99 đã nhận', 'VM-77 dùng mẫu 01', 'rút VM-77', 'VM-77', 'dx 99 hủy', 'mở lại vm 77'])(
  'an unknown number is one: %s',
  (text) => {
    const number = `${text.toUpperCase().includes('VM') ? 'VM' : 'DX'}-2026-000${/\d+/.exec(text)![0]}`;
    for (const who of [officer, desk]) expect(meant(text, who)).toMatchObject({ do: 'show', number });
  },
);

test('words that are not stored come back', () => {
  expect(meant('VM-3: chúng tôi đang làm theo', officer)).toEqual({
    ...{ do: 'show', number: VM(3), unsaved: 'chúng tôi đang làm theo' },
  });
  expect(meant('rút VM-2 và VM-3', officer)).toEqual({ do: 'show', number: VM(2), unsaved: 'rút VM-2 và VM-3' });
  expect(meant('rút VM-2 được không', officer)).toMatchObject({ do: 'show', number: VM(2) });
});

test.each(['ai đóng góp cho VM', 'kt 5 quán karaoke', 'xong việc 2', 'rút kinh nghiệm', 'đóng cửa 3 quán', 'hạ khẩn'])(
  'none: %s',
  (text) => expect(meant(text, officer)).toBeNull(),
);

test('the degree that was set last is in force', () => {
  const graded = matter(DX, 'urgent');
  expect(urgencyOf(graded)).toBe('hoaToc');
  expect(
    urgencyOf({ ...graded, steps: [{ kind: 'graded', by: 'p', at: 1, text: 'khan' }, ...register.matters[3]!.steps] }),
  ).toBe('khan');
});

test('an answer is near where a word of two syllables stands in it, not a syllable of another word', () => {
  const known = {
    matters: [matter(VM(1), 'obstacle', ['answered'], 'thủ tục đưa người nghiện vào cơ sở cai nghiện bắt buộc')],
    marks: [],
  };
  expect(findAnswers(known, 'que thử').length).toBeGreaterThan(0);
  for (const query of ['que thử', 'kinh phí mua que thử', 'chưa có que thử'])
    expect(nearAnswers(known, query)).toEqual([]);
  for (const query of ['cai nghien', 'thủ tục cai nghiện', 'cơ sở', 'nghiện'])
    expect(nearAnswers(known, query)).toHaveLength(1);
});
