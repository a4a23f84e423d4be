/** The page's words: each one used is there, each one there is used, and none stands in the code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import words from '../../locales/vi/web.json' with { type: 'json' };
import workplace from '../../locales/vi/workplace.json' with { type: 'json' };

const room = path.resolve(import.meta.dirname, '../../bot/channels/web');
const read = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((f) => f.isFile() && !f.name.endsWith('.png'))
    .map((f) => ({ name: f.name, text: readFileSync(path.join(folder, f.name), 'utf8') }));
const page = read(path.join(room, 'page'));
const all = [...page, ...read(room)];

test.each([
  ['the chat', words.page, (name: string) => !/^(totals|plans)/.test(name)],
  [
    'the pages of totals and plans',
    { ...words.page, ...workplace.page },
    (name: string) => /^totals|^plans|^(api|boot|time)\.js$/.test(name),
  ],
] as const)('every word of %s is used, and every word used is there', (_, known, isOf) => {
  const all = page.map((f) => f.text).join('\n');
  for (const key of Object.keys(known))
    expect(all.includes(`'${key}'`) || all.includes(`{{t:${key}}}`), key).toBe(true);
  const own = page.filter(({ name }) => isOf(name)).map((f) => f.text);
  for (const [, key] of own.join('\n').matchAll(/(?:\bt\(\s*'|\{\{t:)(\w+)/g)) expect(known).toHaveProperty(key!);
});

test.each(all.map((f) => [f.name, f.text]))('%s holds no Vietnamese', (_, text) => {
  const code = text!.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace('/[đĐ]/g', '');
  expect(code).not.toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i);
});
