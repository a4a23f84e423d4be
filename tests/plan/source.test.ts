/** The data hold the two documents: every paragraph once, in order, character by character. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { book, index, plansFolder } from './book.ts';

type Item = Record<string, unknown> & { text?: string | string[]; layout?: string[]; lines?: string[]; mark?: string };

const sources = { 'thang-hanh-dong-2026': 'source.txt', 'kh64-2026': 'source.md' };

/** What an item adds to the document, written out without the loader. */
const words = ({ section, clause, layout, mark, text, lines }: Item): string[] => [
  ...[section, clause].filter((heading) => heading !== undefined).map(String),
  ...(layout ?? []),
  ...(mark ? [`${mark} `] : []),
  ...(text === undefined ? [] : [text].flat()),
  ...(lines ?? []),
];

describe.each(Object.entries(sources))('%s', (id, file) => {
  const source = readFileSync(path.join(plansFolder, id, file), 'utf8');
  const items = (load(readFileSync(path.join(plansFolder, id, 'plan.yaml'), 'utf8')) as { document: Item[] }).document;
  const plan = index.plan(id)!;

  test('is the source, character by character; only bold and slanted marks are left out', () => {
    const bare = (text: string) => text.replaceAll('*', '').replace(/\s+/g, '');
    expect(bare(items.flatMap(words).join(''))).toBe(bare(source));
  });

  test('keeps the spaces inside every paragraph', () => {
    const lines = source.replaceAll('*', '').split('\n');
    const paragraphs = items.flatMap((item) => {
      const [first, ...rest] = item.text === undefined ? [] : [item.text].flat();
      const text = first === undefined ? [] : [item.mark ? `${item.mark} ${first}` : first, ...rest];
      return [
        ...[item.section, item.clause].filter((h) => h !== undefined),
        ...(item.layout ?? []),
        ...text,
        ...(item.lines ?? []),
      ];
    });
    expect(paragraphs).toEqual(lines.filter((line) => line !== ''));
  });

  test('the plan that is answered from has each paragraph of its passages as the source writes it', () => {
    const lines = new Set(
      source
        .replaceAll('*', '')
        .split('\n')
        .map((line) => line.replace(/^(- |\d+\. )/, '')),
    );
    for (const passage of plan.passages) {
      expect(passage.text).toBe(passage.paragraphs.join(' '));
      for (const paragraph of passage.paragraphs) expect(lines).toContain(paragraph.replace(/^- /, ''));
      for (const line of passage.lines) expect(source).toContain(`\n${line}\n`);
    }
  });

  test('a passage has a dash in the source if, and only if, its id counts one', () => {
    for (const item of items.filter((i) => typeof i.passage === 'string')) {
      const counted = /\/[1-9]\d*$/.test(String(item.passage));
      expect(item.mark === '-', String(item.passage)).toBe(counted);
    }
  });
});

test('words that the source makes bold or slanted are there', () => {
  const source = readFileSync(path.join(plansFolder, 'thang-hanh-dong-2026/source.txt'), 'utf8');
  const marked = [...source.matchAll(/(\*{1,2})([^*\n]+)\1/g)].map((match) => match[2]!);
  expect(marked).toHaveLength(5);
  const texts = index.plan('thang-hanh-dong-2026')!.passages.map((p) => p.text);
  for (const words of marked)
    expect(
      texts.some((text) => text.includes(words)),
      words,
    ).toBe(true);
  expect(texts.some((text) => text.includes('*'))).toBe(false);
});

test('ids are unique over both plans, and say the plan and the clause', () => {
  const passages = book.plans.flatMap((plan) => plan.passages);
  expect(new Set(passages.map((p) => p.id)).size).toBe(passages.length);
  for (const p of passages) expect(p.id.startsWith(`${p.plan}/${p.path}`)).toBe(true);
});
