import { expect, test } from 'vitest';
import type { StoreOf } from '../../support/database.ts';
import { now, webLine } from './things.ts';

export function webContract(store: StoreOf): void {
  const web = () => store().web;

  test('lines are numbered in each chat and come back as they were', async () => {
    const full = {
      ...webLine('a'),
      from: 'web:p1' as const,
      fromName: 'Hạnh',
      body: {
        text: [{ as: 'note' as const, text: 'x' }],
        choices: [{ token: '1', label: 'Có' }],
        picture: { name: 'p', mediaType: 'image/svg+xml' as const, alt: 'a', base64: 'AAAA' },
        paper: { name: 'b.docx', format: 'docx' as const, at: now, of: { kind: 'official' as const, report: 'nam' } },
      },
    };
    await web().append(full);
    await web().append(webLine('b', 'web:p2'));
    await web().append(webLine('c'));
    expect(await web().lines('web:p1', null, 10)).toStrictEqual([
      { ...full, seq: 1 },
      { ...webLine('c'), seq: 2 },
    ]);
    expect(await web().lines('web:p2', null, 10)).toStrictEqual([{ ...webLine('b', 'web:p2'), seq: 1 }]);
  });

  test('a repeat is not appended again and uses no number up', async () => {
    for (let time = 0; time < 3; time++) await web().append(webLine('a'));
    await web().append({ ...webLine('a'), at: now + 1, body: { text: [] } });
    await web().append(webLine('b'));
    expect(await web().lines('web:p1', null, 10)).toStrictEqual([
      { ...webLine('a'), seq: 1 },
      { ...webLine('b'), seq: 2 },
    ]);
    expect(await web().last('web:p1')).toBe(2);
  });

  test('a page reads on from where it was, or the newest', async () => {
    expect(await web().last('web:p1')).toBe(0);
    for (const id of ['a', 'b', 'c', 'd']) await web().append(webLine(id));
    const ids = async (after: number | null, limit: number) =>
      (await web().lines('web:p1', after, limit)).map(({ id }) => id).join('');
    expect(await ids(null, 2)).toBe('cd');
    expect(await ids(0, 2)).toBe('ab');
    expect(await ids(2, 9)).toBe('cd');
    expect(await ids(4, 9)).toBe('');
    expect(await web().last('web:p1')).toBe(4);
  });

  test('lines appended at once get each a number of its own', async () => {
    await Promise.all([...'abcdefgh'].map((id) => web().append(webLine(id))));
    const lines = await web().lines('web:p1', 0, 100);
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(8);
  });
}
