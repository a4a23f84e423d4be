/** The places where a reader of the Action Month plan goes wrong, one by one. Numbers as in the reviewers' list of traps. */
import { describe, expect, test } from 'vitest';
import { lastDayInTime } from '../../bot/plan/due.ts';
import { book, index, partiesOf, parts, passage } from './book.ts';

const T = index.plan('thang-hanh-dong-2026')!;
const fact = (plan: typeof T, key: string) => plan.facts.find((f) => f.key === key)!;
const duty = (id: string) => index.duty(id)!;

describe('A. Tháng hành động', () => {
  test('1: the draft has no number and no date, and none is made up', () => {
    expect([T.symbol, T.issuedOn]).toEqual([null, null]);
    expect([fact(T, 'number').text, fact(T, 'issuedOn').text]).toEqual(['', '']);
    expect(passage('T:so-ky-hieu').text).toBe('Số: /KH-UBND');
    expect(passage('T:ngay-ban-hanh').text).toBe('Hải Phòng, ngày tháng năm 2026');
  });

  test('2: the title stands on two lines and is one', () => {
    expect(passage('T:ten').paragraphs).toHaveLength(2);
    expect(T.title).toBe('Triển khai Tháng hành động phòng, chống ma túy năm 2026 trên địa bàn thành phố Hải Phòng');
  });

  test('3: section III has 21 dashes and gives no unit a task', () => {
    const third = T.passages.filter((p) => p.id.includes('/III.'));
    expect(third).toHaveLength(21);
    expect(third.flatMap((p) => p.assignments)).toEqual([]);
    expect(index.tasks.some((p) => p.id.includes('-2026/III.') && p.plan === T.id)).toBe(false);
  });

  test('4: who is guided and checked does not coordinate', () => {
    expect(parts('T:IV.1/1')).toEqual(['catp lead']);
  });

  test('5: Công an cấp xã does what both are told to direct', () => {
    expect(parts('T:IV.1/4')).toEqual(['catp implement', 'cong-an-cap-xa implement']);
    expect(parts('T:IV.14/3')).toEqual(['g-ubnd-xa implement', 'cong-an-cap-xa implement']);
    expect(index.placed('cong-an-cap-xa').filter((p) => p.own)).toHaveLength(3);
  });

  test('6: “Chủ trì phối hợp” without its comma leads', () => {
    expect(passage('T:IV.3/2').text).toMatch(/^Chủ trì phối hợp với/);
    expect(partiesOf('T:IV.3/2', 'lead')).toEqual(['so-cong-thuong']);
  });

  test('7: IV.4/2 has two sentences with two parts', () => {
    expect(parts('T:IV.4/2')).toEqual(['so-nnmt coordinate', 'so-nnmt implement', 'g-lien-quan coordinate']);
  });

  test('8: clauses of one paragraph without a dash are there', () => {
    for (const id of ['T:IV.5/0', 'T:IV.10/0', 'T:IV.13/0', 'T:V/0']) expect(passage(id).paragraphs).toHaveLength(1);
    expect(passage('T:V/0').heading).toBe('V. KINH PHÍ THỰC HIỆN');
  });

  test('9: IV.6/4 is one dash cut by a page', () => {
    expect(passage('T:IV.6/4').paragraphs).toHaveLength(2);
    expect(passage('T:IV.6/4').text).toContain('đối với đời sống xã hội; hướng dẫn nhận diện các loại ma túy mới');
    expect(index.passage('thang-hanh-dong-2026/IV.6/5')).toBeUndefined();
  });

  test('10: all five dashes of IV.7 go to the Sở and to the press', () => {
    for (let n = 1; n <= 5; n++)
      expect(passage(`T:IV.7/${n}`).assignments.map((a) => a.party)).toEqual(
        expect.arrayContaining(['so-vhttdl', 'g-bao-chi']),
      );
    expect(index.members('g-bao-chi')).toEqual([]);
  });

  test('11: each force of IV.9 has its own dash; a continuing paragraph belongs to the force above it', () => {
    expect(parts('T:IV.9/1')).toEqual(['cchq-kv3 lead']);
    expect(parts('T:IV.9/1.2')).toEqual(['cchq-kv3 coordinate', 'catp coordinate', 'g-luc-luong coordinate']);
    expect(partiesOf('T:IV.9/2', 'lead')).toEqual(['bch-bdbp']);
    expect(parts('T:IV.9/2.2')).toEqual(['bch-bdbp coordinate', 'catp coordinate', 'g-luc-luong coordinate']);
    expect(parts('T:IV.9/3')).toEqual([
      'btl-csb1 lead',
      'btl-csb1 coordinate',
      'catp coordinate',
      'g-luc-luong coordinate',
    ]);
    const own = (unit: string) =>
      index.placed(unit).flatMap((p) => (p.own && p.task.id.includes('/IV.9/') ? p.task.id.split('/IV.')[1] : []));
    expect(own('cchq-kv3')).toEqual(['9/1', '9/1.2']);
    expect(own('bch-bdbp')).toEqual(['9/2', '9/2.2']);
    expect(own('btl-csb1')).toEqual(['9/3']);
    expect(own('dac-nhiem-1')).toEqual(['9/4']);
  });

  test('12: IV.9/4 is cut inside a sentence, and both leads and coordinates', () => {
    expect(passage('T:IV.9/4').text).toContain('trên tuyến biển, cảng biển.');
    expect(index.placed('dac-nhiem-1').find((p) => p.task === passage('T:IV.9/4'))!.roles).toEqual([
      'lead',
      'implement',
      'coordinate',
    ]);
  });

  test('13: every spelling of a name leads to its unit', () => {
    const names = (unit: string) => index.unit(unit)!.namesInPlans;
    expect(names('dac-nhiem-1')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Đoàn đặc/), expect.stringMatching(/^Đoàn Đặc/)]),
    );
    expect(names('cchq-kv3')).toEqual(
      expect.arrayContaining([expect.stringContaining('Khu vực'), expect.stringContaining('khu vực')]),
    );
    expect(names('so-nnmt')).toContain('Sở Nông Nghiệp và Môi trường');
    expect(names('vksnd')).toEqual(expect.arrayContaining(['Viện Kiểm sát nhân dân', 'Viện kiểm sát nhân dân']));
  });

  test('14: IV.10 is one paragraph for two agencies', () => {
    expect(parts('T:IV.10/0')).toEqual(['vksnd implement', 'tand implement']);
  });

  test('15: IV.11 opens without a dash, then has two', () => {
    expect(partiesOf('T:IV.11/0', 'lead')).toEqual(['nhcsxh']);
    expect(partiesOf('T:IV.11/1', 'coordinate')).toEqual(['nhcsxh', 'catp', 'g-ubnd-xa']);
    expect(parts('T:IV.11/2')).toEqual(['nhcsxh implement']);
  });

  test('16: IV.12 answers for Thành Đoàn and Hội Phụ nữ as their own', () => {
    for (const unit of ['thanh-doan', 'hoi-lhpn'])
      expect(index.placed(unit).filter((p) => p.own && p.via === 'g-ctxh')).toHaveLength(5);
  });

  test('17: IV.13 answers for every sở without a name', () => {
    for (const unit of ['so-xay-dung', 'so-khcn', 'so-tu-phap', 'so-ngoai-vu'])
      expect(index.placed(unit).find((p) => p.task === passage('T:IV.13/0'))).toMatchObject({
        via: 'g-sbn',
        role: 'implement',
      });
  });

  test('18: every way to say “địa phương” is the 114 communes', () => {
    expect(index.members('g-ubnd-xa')).toHaveLength(114);
    const said = book.plans.flatMap((p) => p.passages).flatMap((p) => p.assignments);
    const local = said.filter((a) => /^(các )?địa phương|^chính quyền|^Ủy ban nhân dân (cấp |các )?xã/.test(a.wording));
    expect(local.length).toBeGreaterThan(30);
    expect(new Set(local.map((a) => a.party))).toEqual(new Set(['g-ubnd-xa']));
    expect(index.members('g-lien-quan')).toEqual([]);
  });

  test('19: the only due date of the plan is that of VI.2', () => {
    const due = T.passages.filter((p) => p.schedule.kind === 'deadline');
    expect(due.map((p) => p.path)).toEqual(['VI.2']);
    expect(T.duties.map((d) => d.before)).toEqual(['2026-07-05']);
    expect(passage('T:IV.6/3').schedule.kind).toBe('unstated');
    expect(passage('T:IV.6/1').schedule.kind).toBe('unstated');
  });

  test('20: “trước ngày 05/7/2026”, to Công an thành phố, after the month has ended', () => {
    const vi2 = duty('thang-hanh-dong-2026/thang-hanh-dong');
    expect(vi2).toMatchObject({ before: '2026-07-05', receiver: 'catp', through: null, period: null });
    expect(lastDayInTime(vi2.before!)).toBe('2026-07-04');
    expect(vi2.before! > T.period!.to).toBe(true);
    expect(passage('T:VI.2/0').text).toContain('trước ngày 05/7/2026');
  });

  test('21: IV.14/7 names no date; the duty of VI.2 holds for the communes', () => {
    expect(passage('T:IV.14/7').schedule.kind).toBe('unstated');
    expect(index.duties('phuong-le-chan').map((d) => d.source)).toContain('thang-hanh-dong-2026/VI.2/0');
  });

  test('22: the second paragraph of VI.2 is for Công an thành phố', () => {
    expect(parts('T:VI.2/0.2')).toEqual(['catp implement']);
    expect(passage('T:VI.2/0.2').text).toContain('báo cáo Chính phủ, Ủy ban Quốc gia');
    expect(passage('T:IV.1/8').text).toContain('báo cáo Bộ Công an và cấp có thẩm quyền');
  });

  test('23: rewards stand in two places', () => {
    for (const id of ['T:IV.5/0', 'T:VI.2/0.2']) expect(passage(id).topics).toContain('khen-thuong');
    expect(parts('T:IV.5/0')).toEqual(['so-noi-vu coordinate', 'catp coordinate']);
  });

  test('24: spelling mistakes of the original are kept', () => {
    expect(passage('T:III.3/2').text).toContain('nhậu cầm');
    expect(passage('T:IV.9/1').text).toContain('buru kiện');
    expect(passage('T:IV.9/1').text).toContain('hoá chất');
    expect(passage('T:III.3/1').text).toContain('hóa chất');
  });

  test('25: the list of receivers is not a list of who has tasks', () => {
    expect(passage('T:noi-nhan').assignments).toEqual([]);
    expect(passage('T:noi-nhan').text).not.toMatch(/Hải quan|Biên phòng|Kiểm sát|Tòa án/);
  });

  test('26: no telephone number, address or form of a report anywhere', () => {
    for (const p of book.plans.flatMap((plan) => plan.passages))
      expect(p.text).not.toMatch(/@|\b0\d{9}\b|mẫu báo cáo/i);
  });
});
