import { describe, expect, test } from 'vitest';
import type { Session } from '../../bot/core/types.ts';
import { officer, stage } from './stage.ts';

const SIX = ['Hôm nay', '8 950 2000 12 430', '20 1', '1 vụ 2 đối tượng', 'bỏ qua', 'bo qua'];

describe('/baocao', () => {
  test('six messages and one tap hand in the report', () => {
    const s = stage();
    expect(s.say('/baocao')).toContain('Báo cáo nhanh · UBND phường Lê Chân (1/6)');
    expect(s.choices()).toEqual([
      'Hôm nay',
      'Tuần này',
      'Từ 01/6 đến nay',
      'Không phát sinh',
      'Bỏ qua',
      'Để sau',
      'Hủy',
    ]);
    let card = '';
    for (const text of SIX) card = s.say(text);
    expect(card).toContain('xem lại trước khi gửi');
    expect(card).toContain('Số buổi: 8');
    expect(card).not.toContain('5. Cai nghiện');
    expect(card).toContain('Chưa khai: người nghiện được rà soát, hồ sơ cai nghiện, ');
    expect(s.choices()).toEqual(['Gửi báo cáo', 'Sửa', 'Đổi đợt báo cáo', 'Để sau', 'Hủy']);
    expect(card).toContain('Báo cáo nhanh trong Tháng hành động (chậm nhất hết ngày 04/7/2026)');
    const receipt = s.press('Gửi báo cáo');
    expect(receipt).toContain('BC-2026-00017');
    expect(receipt).toContain('08:05 ngày 10/6/2026');
    expect(receipt).toContain('Đúng hạn');
    expect(s.session().draft).toBeUndefined();
    expect(s.reports).toMatchObject([
      {
        receipt: 'BC-2026-00017',
        unit: 'phuong-le-chan',
        duty: 'thang-hanh-dong-2026/thang-hanh-dong',
        nothing: false,
        timeliness: 'onTime',
        by: 'p1',
        values: {
          period_from: '2026-06-10',
          period_to: '2026-06-10',
          buoi_tuyen_truyen: 8,
          luot_nguoi_du: 950,
          to_roi: 2000,
          pano_ap_phich_bang_ron: 12,
          cam_ket: 430,
          co_so_kiem_tra: 20,
          co_so_vi_pham: 1,
          vu_phat_hien: 1,
          doi_tuong: 2,
        },
      },
    ]);
    expect(Object.keys(s.reports[0]!.values)).toHaveLength(11);
  });

  test.each(['bao cao', 'Báo cáo', 'nộp bc'])('"%s" opens the form as well', (text) => {
    expect(stage().say(text)).toContain('(1/6)');
  });

  test('the care for personal data stands at the start of the form', () => {
    const s = stage();
    expect(s.say('/baocao')).toContain('Không gửi thông tin cá nhân, tài liệu mật qua kênh này.');
  });

  test('who is not registered is told to register', () => {
    const s = stage(null);
    expect(s.say('/baocao')).toContain('đăng ký');
    expect(s.choices()).toEqual(['Đăng ký']);
  });

  test('an officer of several units is asked for which', () => {
    const s = stage(officer('phuong-le-chan', 'so-y-te'));
    s.say('/baocao');
    expect(s.choices()).toEqual(['UBND phường Lê Chân', 'Sở Y tế']);
    expect(s.say('2')).toContain('Báo cáo nhanh · Sở Y tế (1/6)');
  });

  test('an open form is offered to go on with, or to begin anew', () => {
    const s = stage();
    s.say('/baocao');
    s.say('hôm nay');
    expect(s.say('8 buổi')).toContain(
      'Đã ghi: Số buổi: 8. Chưa khai: lượt người dự, tờ rơi, pano/áp phích/băng rôn, cam kết đã ký (gõ tên mục kèm số để thêm).',
    );
    expect(s.say('/baocao')).toContain('đang làm dở');
    expect(s.choices()).toEqual(['Tiếp tục', 'Làm lại từ đầu']);
    expect(s.press('Tiếp tục')).toContain('(3/6)');
    expect(s.say('quay lại')).toContain('Đã ghi: Số buổi: 8');
    s.say('/baocao');
    expect(s.press('Làm lại từ đầu')).toContain('(1/6)');
    expect(s.session().draft?.values).toEqual({});
  });
});

describe('in the middle of the form', () => {
  test('a question is answered and the same step asked again', () => {
    const s = stage();
    s.say('/baocao');
    s.say('hôm nay');
    const both = s.say('hạn nộp khi nào');
    expect(both).toMatch(/^TRẢ LỜI HẠN\n/);
    expect(both).toContain('(2/6)');
    expect(s.choices()).toContain('Bỏ qua');
    s.say('8 buổi');
    expect(s.session().draft).toMatchObject({ step: 2, values: { buoi_tuyen_truyen: 8 } });
  });

  test('a number at the period is a slip of the step, no search', () => {
    const s = stage();
    s.say('/baocao');
    expect(s.say('ba trăm')).toContain('Chưa đọc được kỳ số liệu');
  });

  test('where words are asked for, a plain question is a question and a doubtful one is asked back', () => {
    const s = stage();
    s.say('/baocao');
    for (let i = 0; i < 5; i += 1) s.say('bỏ qua');
    expect(s.say('hạn nộp khi nào')).toContain('TRẢ LỜI HẠN');
    expect(s.say('hạn nộp gấp quá, ai cũng vướng')).toContain('là nội dung cho mục');
    s.press('Ghi vào báo cáo');
    expect(s.session().draft?.values).toEqual({ kho_khan: 'hạn nộp gấp quá, ai cũng vướng' });
    expect(s.say('hỏi hạn nộp')).toContain('TRẢ LỜI HẠN');
    s.say('Đề xuất: mở thêm lớp tập huấn');
    expect(s.session().draft).toMatchObject({ step: 6, values: { de_xuat: 'mở thêm lớp tập huấn' } });
  });

  test('words of control work with and without diacritics', () => {
    const s = stage();
    s.say('/baocao');
    s.say('bo qua');
    expect(s.say('quay lai')).toContain('(1/6)');
    s.say('BỎ QUA');
    expect(s.say('để sau')).toContain('Đã lưu');
    expect(s.session().draft?.paused).toBe(true);
    expect(s.say('tiep tuc')).toContain('(2/6)');
    s.say('8 buổi');
    expect(s.say('gửi')).toContain('xem lại');
    expect(s.say('sua 3')).toContain('(3/6)');
    expect(s.say('20')).toContain('xem lại');
    expect(s.say('huy')).toContain('Hủy báo cáo này?');
    expect(s.say('2')).toContain('xem lại');
    s.say('hủy');
    expect(s.say('hủy')).toContain('Đã hủy');
    expect(s.session().draft).toBeUndefined();
  });

  test('a form put aside takes no answers', () => {
    const s = stage();
    s.say('/baocao');
    s.say('hôm nay');
    s.say('để sau');
    expect(s.say('8 950')).toBe('');
    expect(s.say('hạn nộp khi nào')).toBe('TRẢ LỜI HẠN');
    expect(s.session().draft?.values).toEqual({ period_from: '2026-06-10', period_to: '2026-06-10' });
  });

  test.each([
    ['hủy', 'Hủy báo cáo này? Số liệu đã ghi sẽ mất: 10/6/2026; Số buổi: 8; Tờ rơi: 50.'],
    ['tiếp tục', '(3/6)'],
    ['xem lại', 'xem lại trước khi gửi'],
    ['gửi', 'xem lại trước khi gửi'],
  ])('"%s" is for a form put aside as well', (text, said) => {
    const s = stage();
    s.say('/baocao');
    s.say('hôm nay');
    s.say('tờ rơi 50, 8 buổi');
    s.say('để sau');
    expect(s.say(text)).toContain(said);
    expect(s.session().draft?.paused).toBe(false);
  });

  test('the card, and which part to mend, can be asked for anywhere', () => {
    const s = stage();
    s.say('/baocao');
    s.say('8 buổi');
    expect(s.say('xem lại')).toContain('1. Kỳ số liệu: 10/6/2026 (mặc định hôm nay)');
    expect(s.say('sửa')).toContain('sửa phần nào');
    expect(s.press('Tuyên truyền')).toContain('(2/6)');
    expect(s.say('950 người')).toContain('Lượt người dự: 950');
    s.say('gửi');
    expect(s.reports[0]?.values).toMatchObject({ period_from: '2026-06-10', period_to: '2026-06-10' });
  });

  test('a message that is neither says what to do', () => {
    const s = stage();
    s.say('/baocao');
    s.say('hôm nay');
    expect(s.say('đang tổng hợp')).toContain('Chưa thấy số liệu');
    expect(s.session().draft?.step).toBe(1);
  });

  test('what is wrong is said with how to mend it, and nothing is recorded', () => {
    const s = stage();
    s.say('/baocao');
    s.say('bỏ qua');
    s.say('bỏ qua');
    const wrong = s.say('5 7');
    expect(wrong).toContain('Số cơ sở vi phạm (7) lớn hơn số cơ sở được kiểm tra (5)');
    expect(wrong).toContain('gửi lại cả hai số');
    expect(s.session().draft?.values).toEqual({});
  });

  test('a choice of an earlier message is recognised', () => {
    const s = stage();
    s.say('/baocao');
    const skip = s.token('Bỏ qua');
    s.say('hôm nay');
    expect(s.pressToken(skip)).toContain('không còn dùng được');
    expect(s.session().draft?.step).toBe(1);
  });
});

describe('handing in', () => {
  const filled = (day = '2026-06-10') => {
    const s = stage(officer('phuong-le-chan'), day);
    s.say('/baocao');
    for (const text of SIX) s.say(text);
    return s;
  };

  test('said twice, it is one report with one receipt', () => {
    const s = filled();
    s.press('Gửi báo cáo');
    const again = s.say('gửi');
    expect(again).toContain('đã nộp rồi');
    expect(again).toContain('BC-2026-00017');
    expect(s.reports).toHaveLength(1);
  });

  test('a submission converted twice from the same form is one report', () => {
    const s = filled();
    const before = JSON.parse(JSON.stringify(s.session())) as Session;
    s.press('Gửi báo cáo');
    // The session that was saved is lost; the report is not.
    Object.assign(s.session(), before);
    expect(s.say('gửi')).toContain('BC-2026-00017');
    expect(s.reports).toHaveLength(1);
    expect(s.session().draft).toBeUndefined();
  });

  test('the last minute of the day before is in time, the next one is late', () => {
    const s = filled('2026-07-04');
    s.clock('2026-07-04', '23:59');
    expect(s.press('Gửi báo cáo')).toContain('Đúng hạn');
    const late = filled('2026-07-04');
    late.clock('2026-07-05', '00:00');
    expect(late.press('Gửi báo cáo')).toContain('Trễ hạn (hạn hết ngày 04/7/2026)');
    expect(late.reports[0]).toMatchObject({ timeliness: 'late', duty: 'thang-hanh-dong-2026/thang-hanh-dong' });
  });

  test('outside the campaign a report serves the next duty; figures of the campaign serve the campaign', () => {
    const s = stage(officer('phuong-le-chan'), '2026-07-08');
    s.say('/baocao');
    s.say('từ 01/6 đến 30/6');
    s.say('8 buổi');
    expect(s.say('gửi')).toContain('Báo cáo nhanh trong Tháng hành động (hạn hết ngày 04/7/2026, đã qua)');
    s.say('sửa 1');
    expect(s.say('hôm nay')).toContain('Báo cáo nhanh trong kỳ năm (chậm nhất hết ngày 15/12/2026)');
  });

  test('the officer may choose another duty, and it stays chosen', () => {
    const s = filled('2026-06-10');
    s.press('Đổi đợt báo cáo');
    expect(s.choices()).toEqual([
      'Báo cáo 6 tháng (hạn hết 15/6/2026)',
      'Báo cáo Tháng hành động (hạn hết 04/7/2026)',
      'Báo cáo năm (hạn hết 15/12/2026)',
      'Ngoài các đợt',
    ]);
    expect(s.press('Báo cáo 6 tháng (hạn hết 15/6/2026)')).toContain('Báo cáo nhanh trong kỳ 6 tháng');
    s.press('Sửa');
    expect(s.choices()[1]).toBe('Tuyên truyền');
    s.press('Kỳ số liệu');
    expect(s.say('tuần này')).toContain('Báo cáo nhanh trong kỳ 6 tháng');
    s.press('Gửi báo cáo');
    expect(s.reports[0]?.duty).toBe('kh64-2026/6-thang');
  });

  test('figures of days that were reported already take the place of the earlier ones, and that is said', () => {
    const s = stage();
    expect(s.say('hôm nay phát 300 tờ rơi')).not.toContain('Đã có BC-');
    s.say('gửi');
    const card = s.say('hôm nay phát 200 tờ rơi, 2 buổi tuyên truyền');
    expect(card).toContain(
      'Đã có BC-2026-00017 (10/6/2026) cho các ngày này; số liệu cùng mục sẽ lấy theo báo cáo này',
    );
    expect(s.say('gửi')).toContain('chọn cộng thêm, thay thế, hay gửi riêng');
    expect(s.say('gửi riêng')).toContain('Đã có BC-2026-00017');
    expect(s.say('hôm nay kiểm tra 5 quán karaoke')).not.toContain('Đã có BC-');
    s.say('hủy');
    s.say('hủy');
    s.clock('2026-06-12');
    s.say('từ 8/6 đến 12/6 phát 900 tờ rơi');
    s.say('gửi');
    expect(s.say('ngày 9/6 phát 100 tờ rơi')).toContain(
      'BC-2026-00019 (từ 08/6/2026 đến 12/6/2026) đã gồm các ngày này',
    );
  });

  test('figures told while a report is returned may mend it', () => {
    const s = stage();
    s.say('hôm nay phát 300 tờ rơi');
    s.say('gửi');
    Object.assign(s.reports[0]!, { state: 'returned', reason: 'sai số tờ rơi', revision: 2 });
    s.clock('2026-06-10', '10:00');
    expect(s.say('phát 30 tờ rơi')).toContain('bản sửa hay báo cáo mới');
    expect(s.choices()).toEqual(['Sửa BC-2026-00017', 'Báo cáo mới']);
    const card = s.press('Sửa BC-2026-00017');
    expect(card).toContain('Bản sửa của BC-2026-00017, 1 mục thay đổi');
    expect(card).toContain('Tờ rơi: 30\n');
    expect(s.session().draft).toMatchObject({ amends: { report: s.reports[0]!.id, revision: 2 } });
  });

  test('nothing to report is confirmed and is no zero', () => {
    const s = stage();
    s.say('/baocao');
    s.say('tuần này');
    s.say('gửi');
    expect(s.choices()[0]).toBe('Không phát sinh');
    expect(s.choices()).not.toContain('Gửi báo cáo');
    expect(s.press('Không phát sinh')).toContain('không phải số 0');
    expect(s.press('Xác nhận không phát sinh')).toContain('không phát sinh BC-2026-00017');
    expect(s.reports).toMatchObject([
      { nothing: true, values: { period_from: '2026-06-08', period_to: '2026-06-10' } },
    ]);
  });

  test('with figures, "không phát sinh" is refused', () => {
    const s = stage();
    s.say('/baocao');
    s.say('hôm nay');
    s.say('không có');
    expect(s.say('không phát sinh')).toContain('không thể là “không phát sinh”');
  });

  test('who no longer belongs to the unit hands in nothing', () => {
    const person = officer('phuong-le-chan');
    const s = stage(person);
    s.say('/baocao');
    for (const text of SIX) s.say(text);
    person.memberships = [{ unit: 'so-y-te', role: 'officer' }];
    expect(s.press('Gửi báo cáo')).toContain('Biểu mẫu này đã đóng');
    expect(s.reports).toHaveLength(0);
  });
});

describe('one sentence is a report', () => {
  const sentence =
    'Hôm nay xã tổ chức 2 buổi tuyên truyền cho 150 học sinh, phát 300 tờ rơi, kiểm tra 5 quán karaoke, phát hiện 1 vụ 2 đối tượng';

  test('read back field by field, one tap submits', () => {
    const s = stage();
    const card = s.say(sentence);
    for (const said of [
      'Số buổi: 2',
      'Lượt người dự: 150',
      'Tờ rơi: 300',
      'Số cơ sở kiểm tra: 5',
      'Số vụ: 1',
      'Số đối tượng: 2',
      'Chưa khai: pano/áp phích/băng rôn, cam kết đã ký, số cơ sở vi phạm, ',
    ])
      expect(card).toContain(said);
    s.press('Gửi báo cáo');
    expect(s.reports[0]?.values).toEqual({
      period_from: '2026-06-10',
      period_to: '2026-06-10',
      buoi_tuyen_truyen: 2,
      luot_nguoi_du: 150,
      to_roi: 300,
      co_so_kiem_tra: 5,
      vu_phat_hien: 1,
      doi_tuong: 2,
    });
  });

  test('also after the command, and for the unit that is chosen', () => {
    const s = stage(officer('phuong-le-chan', 'so-y-te'));
    s.say(`/baocao ${sentence}`);
    expect(s.press('Sở Y tế')).toContain('Số buổi: 2');
  });

  test('with a form put aside, it is asked which of both is meant', () => {
    const s = stage();
    s.say('/baocao');
    s.say('hôm nay');
    s.say('để sau');
    s.say(sentence);
    expect(s.press('Làm lại từ đầu')).toContain('Tờ rơi: 300');
  });

  test('a question with a figure in it is left to others', () => {
    expect(stage().say('hạn nộp 8 buổi tuyên truyền là khi nào')).toBe('TRẢ LỜI HẠN');
    expect(stage().say('kiểm tra 5 quán karaoke thì hạn nộp khi nào?')).toBe('TRẢ LỜI HẠN');
  });
});
