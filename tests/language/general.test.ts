import { expect, test } from 'vitest';
import { stops } from '../../bot/language/sensitive.ts';
import { noMarks } from '../eval/spell.ts';
import { reader } from './book.ts';

const intent = (text: string) => reader.read(text, { asker: null, today: '2026-06-10' }).intent;

/** What officers meet in treatment, tests and their cost, asked of nobody and no day in particular. */
test.each([
  'người nghiện không có nơi cư trú ổn định thì đưa vào cơ sở cai nghiện bắt buộc thế nào',
  'xin hướng dẫn kinh phí mua que thử ma túy, ai cấp',
  'xin hướng dẫn mua que thử ma túy từ nguồn kinh phí nào',
  'quy trình xác định tình trạng nghiện ma túy cho người không hợp tác thực hiện thế nào',
  'xã chưa có cán bộ y tế được tập huấn xác định tình trạng nghiện thì đề nghị đơn vị nào hỗ trợ',
  'kinh phí đưa người đi cai nghiện bắt buộc do cấp nào chi',
  'hồ sơ đề nghị đưa vào cơ sở cai nghiện bắt buộc gồm những biểu mẫu nào',
  'que thử ma túy hết hạn dùng thì thay thế thế nào, báo ai',
  'que thử cho kết quả dương tính giả thì xử lý ra sao',
  'xin mẫu biên bản test nhanh ma túy cho người nghi sử dụng',
  'người nghiện dưới 18 tuổi lập hồ sơ cai nghiện bắt buộc theo quy trình nào',
  'gia đình không phối hợp khi đưa người nghiện đi cai bắt buộc thì làm thế nào',
  'người sau cai nghiện chuyển nơi cư trú thì quản lý thế nào',
  'cơ sở cai nghiện quá tải, chưa tiếp nhận người có quyết định của tòa án thì phường làm gì',
  'phối hợp giữa công an và y tế khi xác định tình trạng nghiện còn chậm, đề nghị thống nhất quy trình',
  'chưa có quy định mức chi cho tổ tuần tra nhân dân phòng chống ma túy',
  'xin hướng dẫn quy trình lập hồ sơ cai nghiện tự nguyện tại gia đình, cộng đồng',
  'địa bàn không có cơ sở điều trị methadone thì chuyển người nghiện đi đâu',
  'đề nghị cấp thêm que thử ma túy cho các trường học để phục vụ tuyên truyền',
  'kiểm tra sức khỏe người nghiện trước khi đưa vào cơ sở cai nghiện bắt buộc do ai chi trả',
  'người nghiện có HIV thì đưa vào cơ sở cai nghiện nào',
  'chuẩn bị hồ sơ đưa người nghiện vào cơ sở bắt buộc còn vướng về giấy khám sức khỏe',
  'sắp tới có tập huấn về quy trình cai nghiện bắt buộc không',
  'dự kiến kinh phí cho công tác kiểm tra, rà soát người nghiện lấy từ nguồn nào',
  'theo quy định người nghiện bỏ trốn khỏi cơ sở cai nghiện bắt buộc thì ai truy tìm',
  'quyết định bắt buộc cai nghiện của tòa án chậm, phường giữ người ở đâu',
  'sẽ hỗ trợ kinh phí cho tổ tuần tra nhân dân thế nào',
  'sắp tới công an xã có được trang bị que thử ma túy không',
  'đơn vị dự kiến kiểm tra các cơ sở karaoke thì cần biểu mẫu biên bản nào',
  'xét nghiệm ma túy cho lái xe lấy kinh phí ở đâu',
  'mẫu quyết định quản lý người sử dụng trái phép chất ma túy là mẫu số mấy',
  'xác định tình trạng nghiện đối với người nước ngoài làm thế nào',
  'bộ test nhanh ma túy mua theo hình thức đấu thầu nào',
  'người nghiện đang mang thai thì áp dụng biện pháp cai nghiện nào',
  'công an phường phối hợp với trạm y tế test nhanh thì ai ký biên bản',
  'chưa có kinh phí mua bộ kit xét nghiệm chất ma túy, xin hướng dẫn',
  'thời hạn xác định tình trạng nghiện là mấy ngày, giữ người ở đâu',
  'người sử dụng trái phép chất ma túy lần đầu có phải lập hồ sơ quản lý không',
  'tòa án trả hồ sơ cai nghiện bắt buộc vì thiếu giấy tờ thì bổ sung thế nào',
  'trường học phát hiện học sinh dùng chất ma túy thì phối hợp với ai',
  'cơ sở y tế nào được xác định tình trạng nghiện',
  'ai có thẩm quyền xác định tình trạng nghiện ma túy',
  'chi phí xét nghiệm nước tiểu khi kiểm tra đột xuất do ai trả',
  'quy định về kiểm tra đột xuất cơ sở kinh doanh có điều kiện sẽ áp dụng thế nào',
  'thủ tục tạm giữ người để xác định tình trạng nghiện ra sao',
])('“%s” is neither stopped nor refused', (text) => {
  for (const typed of [text, noMarks(text), `vướng mắc: ${text}`]) {
    expect(stops(typed), typed).toEqual([]);
    expect(['sensitive', 'out_of_scope'], typed).not.toContain(intent(typed));
  }
});

test.each([
  'sẽ kiểm tra quán Hoàng Gia, quy trình thế nào',
  'tối nay kiểm tra karaoke, cần biểu mẫu biên bản nào',
  'ngày mai bắt đối tượng, xin quy trình',
  'định bắt giữ nhóm đối tượng ở ngõ 5',
  'sắp bắt ổ nhóm ở chợ',
  'dự kiến tuần tra khu vực bến xe',
  'chuẩn bị đánh án, kinh phí lấy ở đâu',
  'sẽ truy quét các tụ điểm',
])('“%s” tells of a raid to come', (text) => {
  for (const typed of [text, noMarks(text)]) expect(stops(typed).map((s) => s.kind)).toEqual(['operation']);
});
