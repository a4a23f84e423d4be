/** Imports point downwards only (see CONTRIBUTING.md, "The rooms"). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** What wires the whole may use every room. */
const rooms = [
  'threads',
  'extract',
  'work',
  'channels',
  'store',
  'talk',
  'core',
  'totals',
  'desk',
  'digest',
  'report',
  'plan',
  'language',
  'text',
  'export',
];

/** Room → rooms it may import from, besides itself. `plan/types.ts`-like type files count as their room. */
const allowed: Record<string, string[]> = {
  text: [],
  threads: [],
  language: ['plan'],
  plan: ['language'],
  report: ['plan', 'language'],
  digest: ['report', 'plan', 'language', 'text'],
  desk: ['digest', 'plan', 'language', 'text'],
  totals: ['desk', 'digest', 'report', 'plan', 'language', 'text'],
  core: ['totals', 'desk', 'digest', 'report', 'plan', 'language', 'text'],
  talk: ['core', 'totals', 'desk', 'digest', 'report', 'plan', 'language', 'text'],
  export: ['totals', 'digest', 'report', 'plan', 'language', 'text', 'core', 'desk'],
  extract: ['plan', 'threads'],
  channels: ['core', 'text', 'plan'],
  store: ['core', 'desk', 'plan', 'report', 'threads'],
  work: rooms.filter((room) => room !== 'threads'),
  tools: [...rooms, '.'],
  '.': rooms,
};

/** Package → the only places that may import it. */
const fenced: Record<string, RegExp> = {
  grammy: /^bot\/channels\/telegram\/grammy\.ts$/,
  telegraf: /^bot\/channels\/telegram\/telegraf\.ts$/,
  '@prisma/': /^bot\/store\//,
  '@electric-sql/': /^bot\/store\//,
  'pg-boss': /^bot\/store\//,
  dayjs: /^bot\/language\/calendar\.ts$/,
  i18next: /^bot\/text\//,
  docx: /^bot\/export\/official\.ts$/,
  'write-excel-file': /^bot\/export\/workbook\.ts$/,
  unpdf: /^bot\/extract\//,
  fflate: /^bot\/extract\//,
  saxes: /^bot\/extract\//,
};

const files = readdirSync(path.join(root, 'bot'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts') && !f.includes('generated'))
  .map((f) => `bot/${f.replaceAll('\\', '/')}`);

const importsOf = (file: string) =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!);

const roomOf = (file: string) => (file.split('/').length > 2 ? file.split('/')[1]! : '.');

test.each(files)('%s imports downwards only', (file) => {
  const room = roomOf(file);
  for (const target of importsOf(file)) {
    if (target.startsWith('.')) {
      const resolved = path.posix.join(path.posix.dirname(file), target);
      if (!resolved.startsWith('bot/')) continue;
      const to = roomOf(resolved);
      if (to !== room) expect(allowed[room], `${file} imports ${target}`).toContain(to);
    } else {
      for (const [name, places] of Object.entries(fenced))
        if (target === name || target.startsWith(name.endsWith('/') ? name : `${name}/`))
          expect(file, `${file} imports ${target}`).toMatch(places);
    }
  }
});

test('what makes documents is loaded when one is made', () => {
  for (const file of ['bot/export/official.ts', 'bot/export/workbook.ts']) {
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(text).toMatch(/await import\('(docx|write-excel-file\/node)'\)/);
    expect(text).not.toMatch(/^import (?!type).*from '(docx|write-excel-file)/m);
  }
});

test('only main.ts and the tools read the environment', () => {
  const readers = files.filter((f) => readFileSync(path.join(root, f), 'utf8').includes('process.env'));
  for (const f of readers) expect(f).toMatch(/^bot\/(main\.ts|tools\/)/);
});

test('the pure rooms know no clock, no chance and no file', () => {
  for (const f of files.filter(
    (f) => /^bot\/(core|desk|plan|report|digest|totals|language|talk)\//.test(f) && !f.endsWith('/load.ts'),
  )) {
    const text = readFileSync(path.join(root, f), 'utf8');
    expect(text, f).not.toMatch(/Date\.now\(|new Date\(\)|Math\.random|randomUUID|from 'node:(?!assert)/);
  }
});
