/** What officers type for obstacles, nominations, urgent reports and task progress, and what is none of these. */
import { describe, expect, test } from 'vitest';
import type { Heard, Here } from '../../bot/core/talk.ts';
import { findAnswers, sameAnswered } from '../../bot/desk/answers.ts';
import type { Matter } from '../../bot/desk/types.ts';
import { wishIn } from '../../bot/talk/mark/wish.ts';
import { meantIn } from '../../bot/talk/matter/meant.ts';
import { nominationIn } from '../../bot/talk/matter/nomination.ts';
import { createModel } from '../../bot/talk/model.ts';
import { createObstacle } from '../../bot/talk/obstacle.ts';
import { createUrgent } from '../../bot/talk/urgent.ts';
import { testPlans, testReader, testRules } from '../support/world.ts';

const person = (unit: string, role: 'officer' | 'coordinator') => ({
  id: `p-${unit}`,
  name: 'p',
  memberships: [{ unit, role }],
});
const officer = person('so-y-te', 'officer');
const desk = person('catp', 'coordinator');
const matter = (
  number: string,
  kind: Matter['kind'],
  steps: Matter['steps'] = [],
  more: Partial<Matter> = {},
): Matter => ({
  ...{ id: number, number, kind, unit: 'so-y-te', by: officer.id, at: 0, text: 'trạm y tế chưa được công bố' },
  ...{ task: null, nominee: null, grounds: null, urgency: kind === 'urgent' ? 'khan' : null, steps, ...more },
});
const answered = { kind: 'answered' as const, by: 'd', at: 1, text: 'lập danh sách gửi Sở Y tế' };
const register = {
  matters: [
    matter('VM-2026-00001', 'obstacle'),
    matter('VM-2026-00002', 'obstacle', [answered]),
    matter('DX-2026-00001', 'urgent'),
  ],
  marks: [],
};
const here = (who: typeof officer | null, more: object = {}) =>
  ({
    event: { kind: 'said', chat: { kind: 'private', address: 'web:p', addressed: true }, ...more },
    session: { offered: [] },
    world: { person: who, register, today: '2026-06-10', plans: testPlans },
  }) as unknown as Here;
const heard = (text: string) => ({ text }) as Heard;
const sounds = (text: string): Heard => ({
  text,
  reading: testReader.read(text, { asker: 'so-y-te', today: '2026-06-10' }),
});

describe('an obstacle', () => {
  const { hear } = createObstacle(testRules);
  test.each([
    ['vướng mắc: thiếu test nhanh', 'thiếu test nhanh'],
    ['vuong mac: thieu test nhanh', 'thieu test nhanh'],
    ['Báo vướng mắc - thiếu test nhanh', 'thiếu test nhanh'],
    ['đơn vị đang gặp khó khăn, vướng mắc về kinh phí in tờ rơi', 'về kinh phí in tờ rơi'],
    ['VƯỚNG MẮC: THIẾU TEST', 'THIẾU TEST'],
  ])('%s', (text, words) => expect(hear!(heard(text), here(officer))).toEqual({ do: 'raise', text: words }));
  test.each([
    'vướng mắc báo cáo ai',
    'khó khăn, vướng mắc: thiếu kinh phí',
    'có vướng mắc thì gửi về đâu?',
    'đơn vị gặp vướng mắc thì báo ai?',
    'nhiệm vụ tháo gỡ vướng mắc',
  ])('not %s', (text) => expect(hear!(heard(text), here(officer))).toBeNull());
  test('without words they are asked for', () =>
    expect(hear!(heard('vướng mắc:'), here(officer))).toEqual({ do: 'open' }));
  test('in an open form it is an answer to the form', () => {
    const open = { ...here(officer), session: { offered: [], draft: { paused: false } } } as unknown as Here;
    expect(hear!(heard('vướng mắc: thiếu test nhanh'), open)).toBeNull();
  });
});

describe('an extraordinary report', () => {
  const { hear } = createUrgent(testRules, []);
  test.each([
    ['đột xuất: cháy kho', undefined],
    ['báo cáo đột xuất hỏa tốc: cháy kho', 'hoaToc'],
    ['hoa toc: cháy kho', 'hoaToc'],
    ['bc dot xuat (thuong khan): cháy kho', 'thuongKhan'],
    ['Khẩn cấp - cháy kho', 'khan'],
  ])('%s', (text, urgency) =>
    expect(hear!(heard(text), here(officer))).toEqual({ do: 'raise', text: 'cháy kho', ...(urgency && { urgency }) }),
  );
  test.each(['Báo cáo đột xuất', 'có việc khẩn cấp', 'Khẩn cấp', 'don vi co su co dot xuat'])(
    'alone it opens: %s',
    (text) => expect(hear!(heard(text), here(officer))).toEqual({ do: 'open' }),
  );
  test.each([
    'báo cáo đột xuất gửi ai',
    'khi nào phải báo cáo đột xuất?',
    'khẩn trương triển khai',
    'khan hiếm: thuốc',
    'có việc khẩn cấp thì báo ai',
    'có việc khẩn cấp, báo cho ai',
    'tình hình đột xuất tại phường thì báo cáo thế nào',
    'báo cáo đột xuất về Công an thành phố hay Ban Chỉ đạo',
    'báo cáo đột xuất của đơn vị tôi',
    'kiểm tra đột xuất 5 cơ sở, vi phạm 2 cơ sở',
    'phường có khó khăn, vướng mắc: thiếu kinh phí',
    'phường kiểm tra đột xuất, phát hiện 2 cơ sở vi phạm',
    'khẩn trương rà soát, lập danh sách người nghiện',
    'đề nghị báo cáo khẩn trương, đầy đủ, đúng hạn',
    'tình hình khan hiếm thuốc: cần bổ sung thêm',
    'việc gặp gỡ, vận động người nghiện',
  ])('not %s', (text) => expect(hear!(sounds(text), here(officer))).toBeNull());
  test.each([
    ['có việc khẩn cấp, cháy kho thuốc methadone', 'khan'],
    ['co viec khan cap, chay kho thuoc methadone', 'khan'],
    ['tình hình đột xuất tại phường: 12 thanh niên ngộ độc bóng cười', undefined],
    ['tinh hinh dot xuat tai phuong, co 3 nguoi ngo doc', undefined],
    ['báo cáo khẩn: phát hiện điểm sản xuất ma túy', 'khan'],
    ['khẩn cấp, có 5 người ngộ độc', 'khan'],
    ['khẩn cấp! có 5 người ngộ độc', 'khan'],
    ['phường Lê Chân vừa xảy ra vụ việc hỏa tốc: cháy kho thuốc', 'hoaToc'],
    ['kính thưa đồng chí, đơn vị tôi có sự việc đột xuất, chưa biết xử lý thế nào, 3 người ngộ độc', undefined],
    ['báo cáo đột xuất về vụ cháy tại quán karaoke', undefined],
    ['báo cáo đột xuất, cháy quán karaoke lúc 20 giờ', undefined],
    ['có việc gấp: cháy quán karaoke', undefined],
    ['đồng chí ơi có việc khẩn cấp tại phường, cháy quán karaoke', 'khan'],
    ['xin báo cáo tình hình đột xuất trên địa bàn: có 3 người ngộ độc', undefined],
  ])('asked first: %s', (text, urgency) =>
    expect(hear!(sounds(text), here(officer))).toEqual({ do: 'offer', text, ...(urgency && { urgency }) }),
  );
});

test('a good model', () => {
  const { hear } = createModel(testRules, []);
  for (const text of [
    'mô hình hay: tổ tự quản 5 nhà',
    'cach lam hay: tổ tự quản 5 nhà',
    'Giới thiệu mô hình: tổ tự quản 5 nhà',
  ])
    expect(hear!(heard(text), here(officer))).toEqual({ do: 'raise', text: 'tổ tự quản 5 nhà' });
  for (const text of ['mô hình trường học không ma túy do ai chủ trì', 'mô hình', 'nhân rộng mô hình: ai làm'])
    expect(hear!(heard(text), here(officer))).toBeNull();
});

describe('a nomination', () => {
  test.each([
    [
      'đề nghị khen thưởng tập thể Công an phường Lê Chân: vận động 12 người cai nghiện',
      { kind: 'collective', name: 'Công an phường Lê Chân', achievement: 'vận động 12 người cai nghiện' },
    ],
    [
      'khen thưởng đồng chí Nguyễn Văn An, Phó Trưởng Công an xã vì đã triệt xóa 3 điểm phức tạp',
      {
        kind: 'person',
        name: 'đồng chí Nguyễn Văn An, Phó Trưởng Công an xã',
        achievement: 'đã triệt xóa 3 điểm phức tạp',
      },
    ],
    ['de cu khen thuong ca nhan dong chi An', { kind: 'person', name: 'dong chi An' }],
    ['biểu dương: Đội 3 - hoàn thành sớm', { name: 'Đội 3', achievement: 'hoàn thành sớm' }],
  ])('%s', (text, want) => expect(nominationIn(text)).toEqual(want));
  test.each([
    'đề nghị khen thưởng gửi ai',
    'khen thưởng do đơn vị nào đề xuất?',
    'biểu dương, khen thưởng các tập thể',
    'ai phụ trách khen thưởng',
    'khen thưởng',
    'khen thưởng: ai quyết định?',
  ])('not %s', (text) => expect(nominationIn(text)).toBeNull());
});

describe('progress of a task', () => {
  test.each([
    ['xong việc 2', { n: 2, state: 'done' }],
    ['da hoan thanh nhiem vu so 3', { n: 3, state: 'done' }],
    ['Bắt đầu việc 1: họp triển khai', { n: 1, state: 'begun', note: 'họp triển khai' }],
    ['việc 4 vướng: thiếu kinh phí', { n: 4, state: 'blocked', note: 'thiếu kinh phí' }],
    ['nhiệm vụ 5 đã xong rồi', { n: 5, state: 'done' }],
    ['bỏ đánh dấu việc 2', { n: 2, state: 'cleared', note: '' }],
    ['việc 2 chưa xong', { n: 2, state: 'begun', note: '' }],
    ['việc 2 hết vướng', { n: 2, state: 'begun', note: '' }],
    ['nhiệm vụ 3 chưa bắt đầu', { n: 3, state: 'cleared', note: '' }],
    ['việc 1 và việc 4 đã xong', { n: 1, also: [4], state: 'done' }],
    ['xong việc 2, việc 3 và việc 5', { n: 2, also: [3, 5], state: 'done' }],
    ['xong việc 1, 4', { n: 1, also: [4], state: 'done' }],
    ['xong việc 2, 3 xã đã ký', { n: 2, state: 'done', note: '3 xã đã ký' }],
  ])('%s', (text, want) => expect(wishIn(text)).toEqual(want));
  test.each([
    'việc 2 nói rõ hơn',
    'nhiệm vụ 2',
    'xong việc',
    'bao giờ xong việc 2',
    'vướng mắc: thiếu',
    'đã làm 2 việc',
  ])('not %s', (text) => expect(wishIn(text)).toBeNull());
});

describe('a word about a matter', () => {
  const meant = (text: string, who: typeof officer, quoted?: string) =>
    meantIn(text, here(who, quoted === undefined ? {} : { quoted }), testRules);

  test('by its number', () => {
    const answer = { do: 'step', number: 'VM-2026-00001', step: 'answered', text: 'dùng mẫu 01' };
    for (const text of [
      'VM-2026-00001: dùng mẫu 01',
      'vm-2026-00001 dùng mẫu 01',
      'trả lời vm 1: dùng mẫu 01',
      'VM1: dùng mẫu 01',
      'VM-1 dùng mẫu 01',
      'vm-1, dùng mẫu 01',
      'trả lời VM-1 dùng mẫu 01',
      'vm1 dùng mẫu 01',
      'vm 1 dùng mẫu 01',
    ])
      expect(meant(text, desk), text).toEqual(answer);
    expect(meant('đã rõ VM-1', officer)).toEqual({ do: 'step', number: 'VM-2026-00001', step: 'closed' });
    expect(meant('VM-9 dùng mẫu 01', desk)).toEqual({ do: 'show', number: 'VM-2026-00009', unsaved: 'dùng mẫu 01' });
    expect(meant('đã rõ VM-2026-00002', officer)).toEqual({ do: 'step', number: 'VM-2026-00002', step: 'closed' });
    expect(meant('VM-2: đã rõ', officer)).toEqual({ do: 'step', number: 'VM-2026-00002', step: 'closed' });
    expect(meant('chua ro VM-2', officer)).toEqual({ do: 'step', number: 'VM-2026-00002', step: 'reopened' });
    expect(meant('vm2 chưa rõ: mẫu nào?', officer)).toMatchObject({ step: 'reopened', text: 'mẫu nào?' });
    expect(meant('DX-2026-00001 đã nhận', desk)).toEqual({ do: 'step', number: 'DX-2026-00001', step: 'acknowledged' });
    expect(meant('đx 1: đã nhận', desk)).toMatchObject({ step: 'acknowledged' });
    expect(meant('DX-2026-00001: tổ công tác đang đến', desk)).toMatchObject({ step: 'directed' });
    expect(meant('DX-2026-00001 đã khống chế', officer)).toMatchObject({ step: 'added', text: 'đã khống chế' });
  });

  test('alone, where only one can be meant', () => {
    expect(meant('đã rõ', officer)).toEqual({ do: 'step', number: 'VM-2026-00002', step: 'closed' });
    expect(meant('Đã nhận', desk)).toEqual({ do: 'step', number: 'DX-2026-00001', step: 'acknowledged' });
    expect(meant('đã nhận', officer)).toBeNull();
    expect(meant('đã rõ', desk)).toBeNull();
    const two = here(officer);
    two.world.register = { matters: [...register.matters, matter('VM-2026-00003', 'obstacle', [answered])], marks: [] };
    expect(meantIn('đã rõ', two, testRules)).toBeNull();
  });

  test('as a reply to a message that names it', () => {
    const told = 'Vướng mắc VM-2026-00001 · Sở Y tế';
    expect(meant('dùng mẫu 01', desk, told)).toMatchObject({ step: 'answered', text: 'dùng mẫu 01' });
    expect(meant('Đã rõ', officer, 'Trả lời vướng mắc VM-2026-00002')).toMatchObject({ step: 'closed' });
    // A list names several: it is not said which.
    expect(meant('dùng mẫu 01', desk, 'VM-2026-00001 … VM-2026-00002')).toBeNull();
    expect(meant('dùng mẫu 01', desk, 'Bản tin')).toBeNull();
  });

  test('what is not for the speaker to do shows the matter; figures of a report are none', () => {
    expect(meant('VM-2026-00001: tôi trả lời', officer)).toEqual({
      ...{ do: 'show', number: 'VM-2026-00001', unsaved: 'tôi trả lời' },
    });
    expect(meant('VM-2026-00077', officer)).toEqual({ do: 'show', number: 'VM-2026-00077' });
    for (const text of [
      'kt 5 quán karaoke, phát hiện 1 vụ',
      'kt5 cơ sở',
      'vm 1 người',
      'đx 2 việc cần làm',
      'BC-2026-00001',
    ])
      expect(meant(text, officer)).toBeNull();
  });
});

test('answers are found for the same obstacle in other words and without marks, and not for another', () => {
  const known = {
    matters: [
      matter('VM-2026-00001', 'obstacle', [answered], {
        text: 'trạm y tế chưa được công bố đủ điều kiện xác định tình trạng nghiện',
      }),
      matter('VM-2026-00002', 'obstacle', [answered], { text: 'thiếu kinh phí in tờ rơi tuyên truyền' }),
      matter('VM-2026-00003', 'obstacle', [], { text: 'trạm y tế thiếu bác sĩ xác định tình trạng nghiện' }),
    ],
    marks: [],
  };
  const same = (text: string) => sameAnswered(known, text).map(({ matter: { number } }) => number);
  expect(same('tram y te xa chua duoc cong bo xac dinh nghien')).toEqual(['VM-2026-00001']);
  expect(same('không có kinh phí in tờ rơi')).toEqual(['VM-2026-00002']);
  expect(same('quán karaoke không cho kiểm tra')).toEqual([]);
  expect(same('kinh phí')).toEqual([]);
  expect(findAnswers(known, 'tờ rơi')[0]!.matter.number).toBe('VM-2026-00002');
});
