/** The page's words: each one used is there, each one there is used, and none stands in the code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import words from '../../locales/vi/web.json' with { type: 'json' };

const room = path.resolve(import.meta.dirname, '../../bot/channels/web');
const read = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((f) => f.isFile() && !f.name.endsWith('.png'))
    .map((f) => ({ name: f.name, text: readFileSync(path.join(folder, f.name), 'utf8') }));
const page = read(path.join(room, 'page'));
const all = [...page, ...read(room)];

test('every word of the page is used, and every word used is there', () => {
  const source = page.map((f) => f.text).join('\n');
  for (const key of Object.keys(words.page))
    expect(source.includes(`'${key}'`) || source.includes(`{{t:${key}}}`), key).toBe(true);
  for (const [, key] of source.matchAll(/\bt\(\s*'(\w+)'/g)) expect(words.page).toHaveProperty(key!);
});

test.each(all.map((f) => [f.name, f.text]))('%s holds no Vietnamese', (_, text) => {
  const code = text!.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace('/[đĐ]/g', '');
  expect(code).not.toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i);
});
