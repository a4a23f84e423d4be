import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../bot/report/answer.ts';
import { advance } from '../../bot/report/runner.ts';
import type { Values } from '../../bot/report/types.ts';
import { draftAt, quick } from './forms.ts';

const today = '2026-06-10';
const [TELL, INSPECT, DETECT, REHAB, OPINION] = [1, 2, 3, 4, 5];
const read = (step: number, text: string, values: Values = {}) =>
  readAnswer(text, draftAt(step, { values }), quick, today);
const said = (step: number, text: string, values: Values = {}) => {
  const answer = read(step, text, values);
  return answer.kind === 'values' ? answer.values : answer.kind;
};
const faulty = (step: number, text: string, values: Values = {}) => {
  const outcome = advance(draftAt(step, { values }), { kind: 'answer', text }, quick, today);
  return outcome.kind === 'invalid' ? outcome.fault : outcome.kind;
};

const TOLD = { buoi_tuyen_truyen: 8, luot_nguoi_du: 950, to_roi: 2000 };

describe('a group of figures in one message', () => {
  test.each<[string, Values]>([
    ['8 buổi, 950 người, 2000 tờ rơi', TOLD],
    ['2000 tờ rơi; 950 người; 8 buổi', TOLD],
    ['8 buoi 950 nguoi 2000 to roi', TOLD],
    ['tờ rơi 2k, 8b/950ng', TOLD],
    ['số buổi: 8\nlượt người dự: 950\ntờ rơi: 2.000', TOLD],
    ['8 950 2000', TOLD],
    ['8, 950, 2000', TOLD],
    ['8\n950\n2000', TOLD],
    ['8;950;2.000', TOLD],
    ['8/950/2000', TOLD],
    ['8,950,2000', TOLD],
    ['8 buổi, 950, 2000 tờ rơi', TOLD],
    ['8 buổi, 950, 2000', TOLD],
    ['tám buổi, hai nghìn tờ rơi', { buoi_tuyen_truyen: 8, to_roi: 2000 }],
    ['8', { buoi_tuyen_truyen: 8 }],
    ['8b', { buoi_tuyen_truyen: 8 }],
    ['băng rôn 12, cam kết 430', { pano_ap_phich_bang_ron: 12, cam_ket: 430 }],
    ['8 950 - 12 430', { buoi_tuyen_truyen: 8, luot_nguoi_du: 950, pano_ap_phich_bang_ron: 12, cam_ket: 430 }],
    ['8 buổi, không phát tờ rơi', { buoi_tuyen_truyen: 8, to_roi: 0 }],
    ['8 950 không 0 430', { ...TOLD, to_roi: 0, pano_ap_phich_bang_ron: 0, cam_ket: 430 }],
  ])('%s', (text, expected) => {
    expect(said(TELL!, text)).toEqual(expected);
    expect(said(TELL!, text.normalize('NFD'))).toEqual(expected);
  });

  test('none of it is said to be zero, in any of its words', () => {
    for (const text of ['không', 'khong co', 'Không có', '0', 'ko', 'đều không'])
      expect(said(INSPECT!, text)).toEqual({ co_so_kiem_tra: 0, co_so_vi_pham: 0 });
  });

  test('none concerns only what is still open', () => {
    expect(said(INSPECT!, 'không', { co_so_kiem_tra: 5 })).toEqual({ co_so_vi_pham: 0 });
    expect(said(INSPECT!, '0', { co_so_kiem_tra: 5, co_so_vi_pham: 2 })).toEqual({
      co_so_kiem_tra: 0,
      co_so_vi_pham: 0,
    });
  });

  test('a dash leaves it unsaid', () => {
    expect(said(TELL!, '-')).toEqual({});
    expect(said(DETECT!, '- 3')).toEqual({ doi_tuong: 3 });
  });

  test('bare figures fill what is still open, in order', () => {
    expect(said(TELL!, '2000 12', { buoi_tuyen_truyen: 8, luot_nguoi_du: 950 })).toEqual({
      to_roi: 2000,
      pano_ap_phich_bang_ron: 12,
    });
    expect(said(DETECT!, '3 4', { vu_phat_hien: 1, doi_tuong: 2 })).toEqual({ vu_phat_hien: 3, doi_tuong: 4 });
  });

  test('a slash between two names', () => {
    expect(said(DETECT!, '02 vụ/03 đối tượng')).toEqual({ vu_phat_hien: 2, doi_tuong: 3 });
    expect(said(INSPECT!, '20, 1')).toEqual({ co_so_kiem_tra: 20, co_so_vi_pham: 1 });
  });

  test('money in any of its units', () => {
    for (const text of ['vay 100 triệu', 'vay 100tr', 'vay 100.000.000 đồng', 'vay 0,1 tỷ', 'số tiền 100'])
      expect(said(REHAB!, text), text).toEqual({ so_tien_vay_trieu_dong: 100 });
    expect(said(REHAB!, '87 12 3 2 500000000')).toMatchObject({ nguoi_vay_von: 2, so_tien_vay_trieu_dong: 500 });
  });

  test('figures of other steps are taken too', () => {
    expect(said(TELL!, '8 buổi, 950 người, kiểm tra 5 quán karaoke, vi phạm 1')).toEqual({
      buoi_tuyen_truyen: 8,
      luot_nguoi_du: 950,
      co_so_kiem_tra: 5,
      co_so_vi_pham: 1,
    });
  });

  test('a figure that fits nothing is told, not swallowed', () => {
    const answer = read(TELL!, '8 buổi, 200 sổ tay, 45 chậu hoa');
    expect(answer).toMatchObject({ kind: 'values', values: { buoi_tuyen_truyen: 8 }, unread: ['45 chậu hoa'] });
  });

  test('a message without figures is not understood', () => {
    for (const text of ['đang tổng hợp', 'hạn nộp khi nào', 'nhiệm vụ của tôi'])
      expect(said(TELL!, text)).toBe('unclear');
  });
});

describe('periods', () => {
  test.each<[string, Values]>([
    ['hôm nay', { period_from: '2026-06-10', period_to: '2026-06-10' }],
    ['tuần này', { period_from: '2026-06-08', period_to: '2026-06-10' }],
    ['Từ 01/6 đến nay', { period_from: '2026-06-01', period_to: '2026-06-10' }],
    ['1/6-9/6', { period_from: '2026-06-01', period_to: '2026-06-09' }],
    ['1-9/6', { period_from: '2026-06-01', period_to: '2026-06-09' }],
    ['9/6', { period_from: '2026-06-09', period_to: '2026-06-09' }],
  ])('%s', (text, expected) => {
    expect(said(0, text)).toEqual(expected);
  });
});

describe('opinions', () => {
  test('named or not', () => {
    expect(said(OPINION!, 'Khó khăn: thiếu cán bộ. Đề xuất: mở lớp tập huấn')).toEqual({
      kho_khan: 'thiếu cán bộ',
      de_xuat: 'mở lớp tập huấn',
    });
    expect(said(OPINION!, 'Thiếu cán bộ, đề nghị mở lớp tập huấn')).toEqual({
      kho_khan: 'Thiếu cán bộ',
      de_xuat: 'mở lớp tập huấn',
    });
    expect(said(OPINION!, 'Người nghiện hay đi làm xa, 12 người chưa gặp được')).toEqual({
      kho_khan: 'Người nghiện hay đi làm xa, 12 người chưa gặp được',
    });
    expect(said(OPINION!, 'Xin thêm 500 tờ rơi', { kho_khan: 'thiếu người' })).toEqual({
      de_xuat: 'thêm 500 tờ rơi',
    });
    expect(said(OPINION!, 'pano 12, cam kết 40')).toEqual({ pano_ap_phich_bang_ron: 12, cam_ket: 40 });
    expect(said(OPINION!, 'Tờ rơi: 2.000')).toEqual({ to_roi: 2000 });
    expect(said(OPINION!, 'Thiếu 200 tờ rơi')).toEqual({ kho_khan: 'Thiếu 200 tờ rơi' });
    expect(said(OPINION!, 'không')).toEqual({ kho_khan: 'không', de_xuat: 'không' });
  });
});

describe('what is wrong names the field', () => {
  test('figures that cannot be', () => {
    expect(faulty(TELL!, '9000 buổi')).toMatchObject({ kind: 'tooLarge', field: 'buoi_tuyen_truyen' });
    expect(faulty(TELL!, '2,5 buổi')).toMatchObject({ kind: 'notWhole', field: 'buoi_tuyen_truyen', value: 2.5 });
    expect(faulty(INSPECT!, '-3 1')).toMatchObject({ kind: 'negative', field: 'co_so_kiem_tra' });
    expect(faulty(INSPECT!, '1 2 3')).toEqual({ kind: 'tooMany', asked: 2, given: 3 });
    expect(faulty(OPINION!, 'a'.repeat(2001))).toMatchObject({ kind: 'tooLong', field: 'kho_khan' });
  });

  test.each<[string, string, string]>([
    ['-5 buổi', 'minus', '-5 buổi'],
    ['âm 5 buổi', 'minus', 'âm 5 buổi'],
    ['trừ 3 buổi', 'minus', 'trừ 3 buổi'],
    ['8 buổi, -950 người', 'minus', '-950 người'],
    ['100-200 người', 'range', '100-200 người'],
    ['100 - 200 người', 'range', '100 - 200 người'],
    ['100 đến 200 người', 'range', '100 đến 200 người'],
    ['từ 5 đến 10 buổi', 'range', '5 đến 10 buổi'],
    ['100-200', 'range', '100-200'],
    ['<b>5</b><script>', 'markup', '<b>'],
    ['8 buổi <script>alert(1)</script>', 'markup', '<script>'],
  ])('%s is asked back, at a step and in a sentence', (text, kind, words) => {
    expect(faulty(TELL!, text)).toEqual({ kind, words });
    if (text !== '100-200') expect(faulty(quick.steps.length, text)).toEqual({ kind, words });
  });

  test('a lone decimal is no count, and no two figures', () => {
    for (const text of ['2,5', '2.5']) expect(faulty(TELL!, text)).toMatchObject({ kind: 'notWhole', value: 2.5 });
    expect(faulty(TELL!, '2,5 950')).toMatchObject({ kind: 'notWhole', value: 2.5 });
  });

  test('what only looks like these is read', () => {
    expect(said(TELL!, '-8 buổi\n-950 người')).toEqual({ buoi_tuyen_truyen: 8, luot_nguoi_du: 950 });
    expect(said(TELL!, '- 8 buổi')).toEqual({ buoi_tuyen_truyen: 8 });
    expect(said(TELL!, '1 200 người')).toEqual({ luot_nguoi_du: 1200 });
    expect(said(TELL!, '2 buổi, 12 500 tờ rơi')).toEqual({ buoi_tuyen_truyen: 2, to_roi: 12_500 });
    expect(said(TELL!, 'tháng 6 150 người dự')).toMatchObject({ luot_nguoi_du: 150 });
    expect(said(TELL!, '8 950 2000')).toEqual(TOLD);
    expect(said(DETECT!, '1 vụ, xe 15B1-678.90')).toMatchObject({ vu_phat_hien: 1 });
    expect(said(quick.steps.length, 'từ 1 đến 5/6 tổ chức 8 buổi')).toMatchObject({ buoi_tuyen_truyen: 8 });
  });

  test('rules between fields, whichever came first', () => {
    expect(faulty(INSPECT!, '5 7')).toMatchObject({ kind: 'check', value: 7, limit: 5 });
    expect(faulty(INSPECT!, 'kiểm tra 3', { co_so_vi_pham: 4 })).toMatchObject({ kind: 'check', value: 4, limit: 3 });
    expect(faulty(0, 'tính đến 1/6', { period_from: '2026-06-05' })).toMatchObject({ kind: 'periodReversed' });
  });
});
