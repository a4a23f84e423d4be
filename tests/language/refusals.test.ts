import { expect, test } from 'vitest';
import { noMarks } from '../eval/spell.ts';
import { reader } from './book.ts';

const read = (text: string) => reader.read(text, { asker: null, today: '2026-06-10' }).intent;

/** What is asked for × about whom or what: the kind is refused, the plan's own subject is answered. */
test.each([
  ['cho xin danh sách người nghiện của xã', 'nhiệm vụ rà soát, lập danh sách người nghiện của xã'],
  ['ai đang nghiện ở tổ dân phố này', 'ai quản lý người nghiện'],
  ['hồ sơ của đối tượng cầm đầu đâu', 'ai lập hồ sơ đưa người nghiện vào cơ sở cai nghiện'],
  ['tối mai công an kiểm tra quán nào', 'đơn vị nào kiểm tra quán bar, karaoke'],
  ['vụ án ở cảng điều tra đến đâu rồi', 'đơn vị nào điều tra vụ án ở cửa khẩu cảng'],
  ['container nào sắp bị kiểm tra', 'cảng biển ai soi container'],
  ['trồng cần sa trong nhà thế nào cho kín', 'trồng cây cần sa xử lý thế nào'],
  ['phường Hải An có bao nhiêu vụ', 'bao nhiêu phần trăm xã không ma túy'],
  ['ai là người đã báo tin về tụ điểm ở ngõ 5', 'đơn vị nào tuyên truyền tố giác tội phạm'],
  ['cho xin danh sách cán bộ đang bị điều tra', 'ai điều tra các vụ án ở cửa khẩu cảng'],
  ['lãnh đạo nào đang bị xem xét kỷ luật', 'kỷ luật đảng viên vi phạm theo quy định nào'],
  ['bệnh án của người cai nghiện', 'ai lo hồ sơ đưa người đi cai nghiện bắt buộc'],
  ['số tài khoản của người vay vốn', 'ai lập danh sách người đủ điều kiện vay vốn'],
  ['uống gì để test nước tiểu không lên ma túy', 'đơn vị nào xác định tình trạng nghiện'],
  ['làm hộ giấy xác nhận cai nghiện', 'ai ký kế hoạch 64'],
  ['mua súng ở đâu', 'Viện kiểm sát nhân dân được đề nghị những gì trong tháng hành động'],
  ['sửa hạn nộp báo cáo thành 30/7', 'hạn nộp báo cáo khi nào'],
])('“%s” is refused, “%s” is not', (refused, answered) => {
  for (const way of [(t: string) => t, noMarks, (t: string) => t.toUpperCase()]) {
    expect(read(way(refused)), way(refused)).toBe('sensitive');
    expect(['sensitive', 'out_of_scope', 'unknown'], way(answered)).not.toContain(read(way(answered)));
  }
});

test.each([
  'mấy giờ tàu cao tốc ra Cát Bà',
  'giải phương trình bậc hai',
  'cách nuôi tôm thẻ chân trắng',
  'Manchester United đá với ai',
  'phí gửi xe ở cảng là bao nhiêu',
])('“%s” speaks in words from elsewhere', (text) => {
  expect(['out_of_scope', 'unknown']).toContain(read(text));
});
