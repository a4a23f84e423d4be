/** The places where a reader of both plans goes wrong, one by one. Numbers as in the reviewers' list of traps. */
import { describe, expect, test } from 'vitest';
import { book, index, partiesOf, parts } from './book.ts';

const T = index.plan('thang-hanh-dong-2026')!;
const K = index.plan('kh64-2026')!;

describe('C. between the plans', () => {
  test('1: the same subject, another lead', () => {
    expect([partiesOf('T:IV.11/0', 'lead'), partiesOf('K:II.8/0', 'lead')]).toEqual([['nhcsxh'], ['catp']]);
    expect([partiesOf('T:IV.4/1', 'lead'), partiesOf('K:II.5/7', 'lead')]).toEqual([['so-nnmt'], ['catp']]);
    expect([partiesOf('T:IV.3/1', 'lead'), partiesOf('K:II.5/5', 'lead')]).toEqual([['so-cong-thuong'], []]);
    expect(parts('T:IV.2/3')[0]).toBe('so-y-te coordinate');
    expect(partiesOf('K:II.9/1', 'lead')).toEqual(['so-y-te']);
  });

  test('2: N2O only in the one, karaoke only in the other', () => {
    const said = (plan: typeof T, words: RegExp) => plan.passages.some((p) => words.test(p.text));
    expect([said(T, /N2O|bóng cười|shisha/), said(K, /N2O|bóng cười|shisha/)]).toEqual([false, true]);
    expect([said(T, /karaoke|vũ trường/), said(K, /karaoke|vũ trường/)]).toEqual([true, false]);
    const under = (topic: string) => book.plans.flatMap((p) => p.passages).filter((p) => p.topics.includes(topic));
    expect(new Set(under('bong-cuoi').map((p) => p.plan))).toEqual(new Set(['kh64-2026']));
  });

  test('3: units that only one plan names', () => {
    const plansOf = (unit: string) =>
      new Set(
        index
          .placed(unit)
          .filter((p) => p.via === null)
          .map((p) => p.task.plan),
      );
    for (const unit of ['bch-qs', 'so-tu-phap', 'so-ngoai-vu', 'thanh-doan'])
      expect(plansOf(unit)).toEqual(new Set([K.id]));
    for (const unit of ['so-vhttdl', 'g-bao-chi', 'ubmttq']) expect(plansOf(unit)).toEqual(new Set([T.id]));
  });

  test('4: “báo cáo” has three dates', () => {
    expect(index.duties('so-y-te').flatMap((d) => d.before ?? [])).toEqual(['2026-06-16', '2026-07-05', '2026-12-16']);
  });

  test('5: Cẩm Giàng and Cẩm Giang are two communes', () => {
    expect(index.name('xa-cam-giang-10903')).toBe('UBND xã Cẩm Giàng');
    expect(index.name('xa-cam-giang-10888')).toBe('UBND xã Cẩm Giang');
  });

  test('6: Công an cấp xã is neither UBND xã nor Công an thành phố', () => {
    expect(index.members('g-ubnd-xa')).not.toContain('cong-an-cap-xa');
    expect(index.name('cong-an-cap-xa')).toBe('Công an cấp xã');
    expect(index.members('g-luc-luong-ca')).toEqual(['catp', 'cong-an-cap-xa']);
  });
});
