/** The places where a reader of 64/KH-BCĐ goes wrong, one by one. Numbers as in the reviewers' list of traps. */
import { describe, expect, test } from 'vitest';
import { index, partiesOf, parts, passage } from './book.ts';

const T = index.plan('thang-hanh-dong-2026')!;
const K = index.plan('kh64-2026')!;
const fact = (plan: typeof T, key: string) => plan.facts.find((f) => f.key === key)!;
const duty = (id: string) => index.duty(id)!;

describe('B. 64/KH-BCĐ', () => {
  const second = K.passages.filter((p) => p.id.startsWith('kh64-2026/II.'));
  const leadLines = second.filter((p) => p.lines.some((line) => line.startsWith('+ Đơn vị chủ trì:')));

  test('3: what a page cut in two is whole, and keeps its lines', () => {
    expect(passage('K:II.5/4').text).toContain('chia sẻ kinh nghiệm');
    for (const id of ['K:II.1/2', 'K:II.8/0']) expect(passage(id).lines).toHaveLength(3);
  });

  test('4: the opening paragraph of a clause is a task with lines of its own', () => {
    expect(second).toHaveLength(28);
    for (const p of second) expect(p.lines.length, p.id).toBeGreaterThanOrEqual(2);
    expect(passage('K:II.5/0').lines).not.toEqual(passage('K:II.5/1').lines);
    expect(passage('K:II.5/0').heading).toBe('');
  });

  test('5: 17 tasks have who leads, 10 (and what continues II.2/2) only who implements', () => {
    expect(leadLines).toHaveLength(17);
    const withLead = second.filter((p) => p.assignments.some((a) => a.role === 'lead')).map((p) => p.id);
    // II.5/7 leads by the words of its line, trap 6.
    expect(withLead.filter((id) => id !== 'kh64-2026/II.5/7')).toEqual(leadLines.map((p) => p.id));
    const others = second.filter((p) => !leadLines.includes(p));
    expect(others).toHaveLength(11);
    for (const p of others) expect(p.lines[0], p.id).toMatch(/^\+ Đơn vị thực hiện:/);
  });

  test('6: II.5/7 “Công an thành phố chủ trì, phối hợp với Sở …”', () => {
    expect(partiesOf('K:II.5/7', 'lead')).toEqual(['catp']);
    expect(partiesOf('K:II.5/7', 'coordinate')).toEqual(['so-nnmt', 'g-lien-quan', 'g-ubnd-xa']);
  });

  test('7: lines that put several parts together', () => {
    const six = ['catp', 'bch-qs', 'bch-bdbp', 'cchq-kv3', 'btl-csb1', 'dac-nhiem-1'];
    expect(partiesOf('K:II.5/4', 'implement')).toEqual([...six, 'g-sbndt', 'g-ubnd-xa']);
    expect(partiesOf('K:II.5/5', 'implement')).toEqual(['catp', 'so-cong-thuong', 'so-y-te', 'cchq-kv3']);
    expect(partiesOf('K:II.5/5', 'coordinate')).toEqual(['to-lien-nganh', 'g-lien-quan', 'g-ubnd-xa']);
    expect(partiesOf('K:II.11/0', 'coordinate')).toEqual(['g-sbn', 'g-ubnd-xa']);
    expect(parts('K:II.1/3')).toEqual(['catp implement', 'g-sbndt implement', 'g-ubnd-xa implement']);
  });

  test('8: “các đơn vị chủ trì Dự án” implement, and are not named', () => {
    for (const id of ['K:II.2/1', 'K:II.2/2']) expect(partiesOf(id, 'implement')).toEqual(['g-du-an']);
    expect(index.members('g-du-an')).toEqual([]);
  });

  test('9: “thực hiện” at the end of the line of who coordinates is no part', () => {
    const coordinated = second.filter((p) => p.lines.some((line) => /^\+ Đơn vị phối hợp:.* thực hiện\.$/.test(line)));
    expect(coordinated.length).toBeGreaterThan(15);
    for (const p of coordinated.filter((p) => p.id !== 'kh64-2026/II.2/2.2'))
      expect(
        p.assignments.filter((a) => a.role === 'implement' && a.party.startsWith('g-s')),
        p.id,
      ).toEqual([]);
  });

  test('10: an open list adds nobody', () => {
    expect(parts('K:II.10/0')).toEqual(['catp implement', 'so-ngoai-vu implement', 'so-y-te implement']);
  });

  test('11, 12: mixed “,” and “;”; Bộ Chỉ huy quân sự is not Biên phòng', () => {
    expect(partiesOf('K:II.5/0', 'implement')).toEqual([
      'catp',
      'bch-qs',
      'bch-bdbp',
      'cchq-kv3',
      'btl-csb1',
      'dac-nhiem-1',
    ]);
    expect(partiesOf('K:II.8/0', 'coordinate')).toEqual(['nhcsxh', 'g-sbndt', 'g-ubnd-xa']);
    expect(
      index
        .placed('bch-qs')
        .filter((p) => p.own)
        .map((p) => p.task.path),
    ).toEqual(['II.5', 'II.5']);
    expect(partiesOf('K:II.11/0', 'implement')).toEqual([
      'catp',
      'btl-csb1',
      'bch-bdbp',
      'cchq-kv3',
      'so-noi-vu',
      'so-y-te',
    ]);
  });

  test('13: Đoàn đặc nhiệm has two names', () => {
    const wordings = (id: string) =>
      passage(id)
        .assignments.filter((a) => a.party === 'dac-nhiem-1')
        .map((a) => a.wording);
    expect(wordings('K:II.5/0')).toEqual(['Đoàn đặc nhiệm phòng, chống ma túy số 1']);
    expect(wordings('T:IV.9/4').join()).toContain('Đoàn Đặc nhiệm phòng, chống tội phạm ma túy số 1');
  });

  test('14: Tiểu dự án 3 has two lines of reporting', () => {
    expect(passage('K:II.2/2').lines).toEqual(passage('K:II.2/2.2').lines);
    expect(duty('kh64-2026/tieu-du-an-3-cap-xa')).toMatchObject({ parties: ['csgd-xa'], receiver: 'cong-an-cap-xa' });
    expect(duty('kh64-2026/tieu-du-an-3-so')).toMatchObject({ parties: ['csgd-so'], receiver: 'so-gddt' });
    expect(partiesOf('K:II.2/2.2', 'implement')).toEqual([
      'g-du-an',
      'g-ubnd-xa',
      'csgd-xa',
      'cong-an-cap-xa',
      'csgd-so',
      'so-gddt',
    ]);
    expect(duty('kh64-2026/phan-mem-chuong-trinh')).toMatchObject({ parties: ['g-du-an'], receiver: null });
  });

  test('15: II.2/3 says “địa phương” and adds Thành Đoàn and Sở GDĐT', () => {
    expect(partiesOf('K:II.2/3', 'coordinate')).toEqual(['thanh-doan', 'so-gddt', 'g-sbndt', 'g-ubnd-xa']);
  });

  test('16: II.4 has nobody who leads, and not Công an thành phố', () => {
    expect(parts('K:II.4/0')).toEqual(['g-sbndt implement', 'g-ubnd-xa implement']);
    expect(index.placed('catp').some((p) => p.task === passage('K:II.4/0'))).toBe(false);
  });

  test('17: II.9/1 is the only task that another than Công an thành phố leads', () => {
    const led = K.passages.flatMap((p) =>
      p.assignments.filter((a) => a.role === 'lead').map((a) => `${p.path} ${a.party}`),
    );
    expect(led.filter((line) => !line.endsWith(' catp'))).toEqual(['II.9 so-y-te']);
  });

  test('18: open times stay open, in the words of their line', () => {
    expect(passage('K:II.2/0').schedule).toEqual({
      kind: 'continuous',
      wording: 'thường xuyên, gắn với lộ trình thực hiện Nghị quyết, Đề án',
    });
    expect(passage('K:II.1/2').schedule).toEqual({
      kind: 'byDirection',
      wording: 'theo chỉ đạo của Đảng ủy Công an Trung ương',
    });
    expect(passage('K:II.2/2').schedule).toEqual({
      kind: 'periodic',
      wording: 'hàng tháng, 06 tháng, 09 tháng, cả năm, giữa kỳ, cuối kỳ',
    });
    expect(passage('K:II.11/1').schedule).toMatchObject({
      kind: 'session',
      wording: expect.stringContaining('(dự kiến tháng 6/2026)'),
    });
    for (const p of second) {
      const time = p.lines.find((line) => line.startsWith('+ Thời gian thực hiện:'))!;
      expect(`+ Thời gian thực hiện: ${p.schedule.wording}.`, p.id).toBe(time);
    }
  });

  test('19: two periods, two dates, to BCĐ 799 through Công an thành phố', () => {
    expect(duty('kh64-2026/6-thang')).toMatchObject({
      ...{
        period: { from: '2025-12-15', to: '2026-06-14' },
        before: '2026-06-16',
        receiver: 'bcd-799',
        through: 'catp',
      },
    });
    expect(duty('kh64-2026/nam')).toMatchObject({
      ...{
        period: { from: '2025-12-15', to: '2026-12-12' },
        before: '2026-12-16',
        receiver: 'bcd-799',
        through: 'catp',
      },
    });
    expect(duty('kh64-2026/nam').period!.from < K.issuedOn!).toBe(true);
    expect(duty('kh64-2026/dot-xuat')).toMatchObject({ kind: 'occasion', before: null, through: 'catp' });
  });

  test('20: nine months is of the programme software only', () => {
    const nine = K.passages.filter((p) => `${p.text} ${p.lines.join(' ')}`.includes('09 tháng')).map((p) => p.path);
    expect(new Set(nine)).toEqual(new Set(['II.2']));
    expect(K.duties.filter((d) => d.kind === 'deadline')).toHaveLength(2);
  });

  test('21: obstacles go to BCĐ 799 through Công an thành phố', () => {
    expect(parts('K:III.4/0.2')).toEqual(['g-tat-ca implement']);
    expect(duty('kh64-2026/vuong-mac')).toMatchObject({ receiver: 'bcd-799', through: 'catp', before: null });
  });

  test('22: doubtful numbers and dates are as the document has them', () => {
    expect(passage('K:I.1/0').text).toContain('132-CT/TW');
    expect(passage('K:can-cu').text).toContain('36-CT/TW ngày 18/6/2019');
  });

  test('23: full stops that are missing stay missing', () => {
    for (const id of ['K:II.1/2', 'K:II.5/5', 'K:II.5/6']) expect(passage(id).text).toMatch(/\p{L}$/u);
    for (const id of ['K:II.5/4', 'K:II.5/5']) expect(passage(id).lines[0]).toMatch(/thực hiện$/);
  });

  test('24: the resolutions named in II.11/1 are those replaced', () => {
    expect(passage('K:II.11/1').text).toMatch(
      /thay thế Nghị quyết số 18\/2024\/NQ-HĐND .*\(cũ\).*09\/2023\/NQ-HĐND .*\(cũ\)/,
    );
  });

  test('25: the target of 50% is of this plan only', () => {
    expect(fact(K, 'target')).toMatchObject({ text: expect.stringContaining('50%'), sources: ['kh64-2026/II.2/0'] });
    expect(fact(T, 'target')).toMatchObject({ text: '', sources: [] });
    expect(T.passages.some((p) => p.text.includes('50%'))).toBe(false);
  });

  test('26: each plan has its own source of money', () => {
    expect(fact(K, 'funding').text).toContain('nguồn kinh phí phòng, chống ma túy hàng năm');
    expect(fact(T, 'funding').text).toContain('ngân sách nhà nước theo phân cấp hiện hành');
  });

  test('27: spellings that live side by side are kept', () => {
    expect(passage('K:II.1/4').text).toContain('kĩ thuật');
    expect(passage('K:II.10/0').text).toContain('kỹ thuật');
    expect(passage('K:II.9/0').text).toContain('bác sỹ');
    expect(passage('K:III.1/1').text).toContain('06 tháng');
    expect(passage('K:III.1/0').text).toContain('6 tháng');
  });
});
