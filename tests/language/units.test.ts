import { expect, test } from 'vitest';
import { tokensOf } from '../../bot/language/phrases.ts';
import { createUnitFinder } from '../../bot/language/units.ts';
import { plans, reader, words } from './book.ts';

const finder = createUnitFinder(plans, words.names);
const found = (text: string, asker: string | null = null) => finder.find(tokensOf(text), asker).map((m) => m.options);
const today = '2026-06-10';

test.each([
  ['UBND phường Lê Chân', 'phuong-le-chan'],
  ['P.Lê Chân', 'phuong-le-chan'],
  ['p le chan', 'phuong-le-chan'],
  ['plechan', 'phuong-le-chan'],
  ['ubnd x. vinh bao', 'xa-vinh-bao'],
  ['đk Cát Hải', 'dk-cat-hai'],
  ['Cát Bà', 'dk-cat-hai'],
  ['blv', 'dk-bach-long-vi'],
  ['phường Thuỷ Nguyên', 'phuong-thuy-nguyen'],
  ['xã Hà Nam', 'xa-ha-nam'],
  ['Nam Đồ Sơn', 'phuong-nam-do-son'],
  ['phường Trần Hưng Đạo', 'phuong-tran-hung-dao'],
  ['xã Bắc Thanh Miện', 'xa-bac-thanh-mien'],
  ['phường Bắc An Phụ', 'phuong-bac-an-phu'],
  ['phường Hải An', 'phuong-hai-an'],
  ['hq kv3', 'cchq-kv3'],
  ['SNN&MT', 'so-nnmt'],
  ['Sở GD&ĐT', 'so-gddt'],
  ['công an xã An Lão', 'cong-an-cap-xa'],
  ['công an thành phố', 'catp'],
  ['các xã, phường, đặc khu', 'g-ubnd-xa'],
  ['sở ban ngành', 'g-sbn'],
])('%s is %s', (text, unit) => {
  expect(found(text)).toEqual([[unit]]);
  expect(found(text.normalize('NFD'))).toEqual([[unit]]);
});

test('every commune is found by its full name, with and without marks, in capitals and glued', () => {
  for (const unit of plans.book.units.filter((u) => u.code)) {
    const clash = /^Xã Cẩm Gi/.test(unit.commune!);
    expect(found(unit.commune!), unit.commune).toEqual([[unit.id]]);
    expect(found(unit.commune!.toUpperCase()), unit.commune).toEqual([[unit.id]]);
    expect(found(unit.name), unit.name).toEqual([[unit.id]]);
    if (!clash)
      expect(found(unit.commune!.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd')), unit.commune).toEqual([
        [unit.id],
      ]);
  }
});

test('every city unit is found by its name', () => {
  for (const unit of plans.book.units.filter((u) => !u.code))
    expect(found(unit.name).flat(), unit.name).toContain(unit.id);
});

test('without marks Cẩm Giang and Cẩm Giàng are asked back, unless the asker is of one of them', () => {
  const both = ['xa-cam-giang-10888', 'xa-cam-giang-10903'];
  expect(found('xa cam giang')[0]!.toSorted()).toEqual(both);
  expect(found('xa cam giang', both[1])).toEqual([[both[1]]]);
  expect(found('xã Cẩm Giàng', both[0])).toEqual([['xa-cam-giang-10903']]);
});

test('a former commune leads to the present one, a split one or a district to several', () => {
  expect(found('phường Máy Chai')).toEqual([['phuong-ngo-quyen']]);
  expect(found('phường Vĩnh Niệm')[0]!.toSorted()).toEqual(['phuong-an-bien', 'phuong-le-chan']);
  expect(found('huyện Vĩnh Bảo')[0]!.length).toBe(7);
  expect(found('huyện Cát Hải')).toEqual([['dk-cat-hai']]);
});

test('a near miss is offered and never taken', () => {
  for (const [typed, meant] of [
    ['xã Vĩnh Bào', 'xa-vinh-bao'],
    ['xã Kiến Mihn', 'xa-kien-minh'],
    ['phường Lê Chânn', 'phuong-le-chan'],
  ] as const) {
    const reading = reader.read(`nhiệm vụ của ${typed}`, { asker: null, today });
    expect(reading.parties, typed).toEqual([]);
    expect(reading.ambiguous[0], typed).toMatchObject({ near: true, options: expect.arrayContaining([meant]) });
  }
});

test('marks may be left off a name', () => {
  expect(found('xã Vinh Bảo')).toEqual([['xa-vinh-bao']]);
  expect(found('phường Hoa Bình')).toEqual([['phuong-hoa-binh']]);
});

test.each(['hòa bình lập lại', 'chỉ mình tôi biết', 'tự mình làm', 'thành phố Hồ Chí Minh', 'đường Trần Phú'])(
  '“%s” names no commune',
  (text) => {
    expect(found(text)).toEqual([]);
  },
);
