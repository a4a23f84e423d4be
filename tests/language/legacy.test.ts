import { expect, test } from 'vitest';
import { readable } from '../../bot/language/legacy.ts';

test.each([
  ['NhiÖm vô cña ®¬n vÞ t«i', 'Nhiệm vụ của đơn vị tôi'],
  ['h¹n nép b¸o c¸o 6 th¸ng', 'hạn nộp báo cáo 6 tháng'],
  ['Nhieäm vuï cuûa ñôn vò toâi', 'Nhiệm vụ của đơn vị tôi'],
  ['haïn noäp baùo caùo 6 thaùng', 'hạn nộp báo cáo 6 tháng'],
  ['Phöôøng Leâ Chaân phaûi laøm gì', 'Phường Lê Chân phải làm gì'],
])('%s', (pasted, meant) => {
  expect(readable(pasted).normalize('NFC')).toBe(meant);
});

test.each(['Nhiệm vụ của đơn vị tôi', 'nhiem vu', 'Sở Y tế: 5 buổi', 'café', 'hạn nộp – 16/6 “báo cáo” ±5 °C', ''])(
  'Unicode stays as it is: %s',
  (text) => {
    expect(readable(text)).toBe(text);
    expect(readable(text.normalize('NFD'))).toBe(text.normalize('NFD'));
  },
);
