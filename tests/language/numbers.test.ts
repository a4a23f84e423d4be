import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digitsValue, numbersIn } from '../../bot/language/numbers.ts';
import { tokensOf } from '../../bot/language/tokens.ts';

const values = (text: string) => numbersIn(tokensOf(text)).map((n) => n.value);

describe('numbers as officers type them', () => {
  test.each<[string, number[]]>([
    ['8', [8]],
    ['01 vụ/03 đối tượng', [1, 3]],
    ['1.200 người', [1200]],
    ['1,500 tờ rơi', [1500]],
    ['1.200.000 đồng', [1_200_000]],
    ['1.5k người, 2.2k tờ', [1500, 2200]],
    ['1,2k', [1200]],
    ['2k', [2000]],
    ['1k5', [1500]],
    ['2tr5', [2_500_000]],
    ['1 tỷ 2', [1_200_000_000]],
    ['1 tỷ 200 triệu', [1_200_000_000]],
    ['1,5 tỷ', [1_500_000_000]],
    ['1ty5', [1_500_000_000]],
    ['nửa tỷ', [500_000_000]],
    ['nua ti', [500_000_000]],
    ['tỷ rưỡi', [1_500_000_000]],
    ['100trđ', [100_000_000]],
    ['50 tr', [50_000_000]],
    ['hai nghìn rưỡi tờ rơi', [2500]],
    ['hai ngan ruoi to roi', [2500]],
    ['một trăm rưỡi', [150]],
    ['trăm rưỡi người', [150]],
    ['1 tram', [100]],
    ['3 trăm', [300]],
    ['ba trăm hai mươi lăm', [325]],
    ['hai trăm linh năm', [205]],
    ['một trăm hai', [120]],
    ['một nghìn hai trăm', [1200]],
    ['hai nghìn ba', [2300]],
    ['2 nghìn 500 tờ', [2500]],
    ['2 nghìn 5 trăm', [2500]],
    ['mười hai', [12]],
    ['hai mươi mốt', [21]],
    ['hai lăm', [25]],
    ['bốn chục', [40]],
    ['hơn chục người', [10]],
    ['một triệu hai trăm nghìn', [1_200_000]],
    ['8 950 2000', [8, 950, 2000]],
    ['8b/950ng', [8, 950]],
    ['kiểm tra 5 k vi phạm', [5]],
    ['4 trạm y tế', [4]],
    ['một số hộ, tư vấn', []],
    ['NHAI NGHI', []],
    ['hải quan, bà con, sau cai', []],
    ['hải quan, bà con, sáu cái', [6]],
    ['15.6.2026', []],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected);
    expect(values(text.normalize('NFD'))).toEqual(expected);
  });

  test('words that may be other words are marked so', () => {
    const risky = (text: string) => numbersIn(tokensOf(text)).map((n) => n.risky);
    expect(risky('sau cai')).toEqual([true]);
    expect(risky('năm nay')).toEqual([true]);
    expect(risky('sáu người')).toEqual([false]);
    expect(risky('hai nghin')).toEqual([false]);
  });

  test('any whole number reads back however its thousands are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom('.', ',', ''), (n, sign) => {
        const typed = String(n).replace(/\B(?=(\d{3})+$)/g, sign);
        expect(digitsValue(typed)).toBe(n);
        expect(values(`${typed} người`)).toEqual([n]);
      }),
    );
  });
});
