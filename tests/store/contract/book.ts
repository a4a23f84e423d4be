import path from 'node:path';
import { expect, test } from 'vitest';
import { loadBook } from '../../../bot/plan/load.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import { book } from './things.ts';

export function bookContract(store: StoreOf): void {
  test('a store without a book has an empty one', async () => {
    expect(await store().book()).toEqual({ units: [], groups: [], plans: [], topics: [] });
  });

  test('a book comes back as it went in, in its own order', async () => {
    expect(await store().saveBook(book)).toBe('loaded');
    expect(await store().book()).toStrictEqual(book);
  });

  test('the same book again changes nothing, whatever the order of its keys', async () => {
    await store().saveBook(book);
    const again = { topics: book.topics, plans: book.plans, groups: book.groups, units: [...book.units] };
    expect(await store().saveBook(again)).toBe('unchanged');
    expect(await databaseOf(store()).prisma.bookLoad.count()).toBe(1);
  });

  test('another book takes the place of the first as a whole', async () => {
    await store().saveBook(book);
    const [first] = book.units;
    const other = { units: [{ ...first!, name: 'Sở Y tế thành phố', groups: [] }], groups: [], plans: [], topics: [] };
    expect(await store().saveBook(other)).toBe('loaded');
    expect(await store().book()).toStrictEqual(other);
    expect(await store().saveBook(book)).toBe('loaded');
    expect(await store().book()).toStrictEqual(book);
  });

  test('plans that change, come, go or change places beside the same units', async () => {
    const real = loadBook(path.resolve(import.meta.dirname, '../../../prisma/plans'));
    const [one, two] = real.plans;
    const renamed = { ...one!, title: 'Bản khác', passages: one!.passages.slice(1), duties: [] };
    for (const plans of [[one!, two!], [renamed, two!], [two!, renamed], [two!], [one!, two!], []]) {
      expect(await store().saveBook({ ...real, plans })).toBe('loaded');
      expect(await store().book()).toEqual({ ...real, plans });
    }
  });

  test('a book that cannot be stored leaves the old one', async () => {
    await store().saveBook(book);
    const twice = { ...book, units: [...book.units, book.units[0]!] };
    await expect(store().saveBook(twice)).rejects.toThrow();
    expect(await store().book()).toStrictEqual(book);
    expect(await store().saveBook(book)).toBe('unchanged');
  });

  test('the two real plans come back word for word', async () => {
    const real = loadBook(path.resolve(import.meta.dirname, '../../../prisma/plans'));
    await store().saveBook(real);
    expect(await store().book()).toEqual(real);
  });
}
