/** Plans that come while the bot is running: sent, read, reviewed, published; every version is kept. */
import { expect, test } from 'vitest';
import type { Change } from '../../../bot/core/types.ts';
import { newDraft } from '../../../bot/plan/read/review.ts';
import type { Plan } from '../../../bot/plan/types.ts';
import type { StoreOf } from '../../support/database.ts';
import { actor, home, now } from './things.ts';

const plan = (title: string): Plan => ({
  ...{ id: 'ke-hoach', title, short: 'KH', symbol: null, issuedOn: null, issuer: 'UBND', period: null, theme: null },
  passages: [
    {
      ...{
        id: 'ke-hoach/I.1/1',
        plan: 'ke-hoach',
        path: 'I.1',
        heading: '1. Sở Y tế',
        paragraphs: ['Trực.'],
        text: 'Trực.',
      },
      ...{
        lines: [],
        topics: [],
        schedule: { kind: 'deadline', wording: 'trước ngày 05/7/2026', before: '2026-07-05' },
      },
      assignments: [{ party: 'syt', role: 'lead', wording: 'Sở Y tế' }],
    },
  ],
  duties: [],
  facts: [{ key: 'theme', plan: 'ke-hoach', text: '', sources: [] }],
});
const unit = {
  id: 'dien-luc',
  name: 'Điện lực',
  kind: 'co-quan',
  abbr: null,
  aliases: [],
  namesInPlans: ['ĐL'],
  groups: [],
};
const draft = newDraft([{ text: 'I. NHIỆM VỤ' }, { text: 'Trực', cell: { of: 0, row: 1, column: 2 } }]);

export function shelfContract(store: StoreOf): void {
  const apply = (change: Change, at = now) => store().transaction((tx) => tx.apply(change, actor('p', at)));
  const begin = (id: string) =>
    apply({
      kind: 'beginImport',
      id,
      fileName: 'a.docx',
      address: home,
      file: { id: 'f', name: 'a.docx', mediaType: 'x/y', size: 7 },
    });

  test('what was sent is read once, whoever reads it', async () => {
    await begin('one');
    await begin('one');
    expect(await store().shelf.imports()).toStrictEqual([
      {
        ...{ id: 'one', fileName: 'a.docx', address: home, by: 'p', at: now, state: 'reading', revision: 0 },
        file: { id: 'f', name: 'a.docx', mediaType: 'x/y', size: 7 },
      },
    ]);
    expect(await store().shelf.readImport('one', { draft })).toBe(true);
    expect(await store().shelf.readImport('one', { trouble: 'empty', detail: null })).toBe(false);
    expect((await store().shelf.import('one'))!.draft).toStrictEqual(draft);
    await begin('two');
    await store().shelf.readImport('two', { trouble: 'long', detail: '200' });
    expect(await store().shelf.import('two')).toMatchObject({
      state: 'failed',
      trouble: 'long',
      detail: '200',
      draft: null,
    });
    expect(await store().shelf.import('none')).toBeNull();
  });

  test('of two who edit at once the second is refused; what is dropped or published is closed', async () => {
    await begin('one');
    await store().shelf.readImport('one', { draft });
    const save = (revision: number) =>
      apply({ kind: 'saveImport', id: 'one', revision, draft, edit: { do: 'confirmSure' } });
    await save(0);
    await expect(save(0)).rejects.toMatchObject({ reason: 'importChanged' });
    await save(1);
    await apply({ kind: 'dropImport', id: 'one' });
    await expect(save(2)).rejects.toMatchObject({ reason: 'importChanged' });
    await expect(apply({ kind: 'dropImport', id: 'one' })).rejects.toMatchObject({ reason: 'importUnknown' });
  });

  test('versions in the order of publication; the plan that came with the bot becomes the first', async () => {
    expect(await store().shelf.newest()).toBe(0);
    const publish = async (id: string, title: string, at: number, before: Plan | null) => {
      await begin(id);
      await store().shelf.readImport(id, { draft });
      await apply({ kind: 'publishPlan', id, revision: 0, plan: plan(title), units: [unit], before }, at);
    };
    await publish('one', 'Hai', now, plan('Một'));
    await publish('two', 'Ba', now + 5, plan('Hai'));
    const versions = await store().shelf.versions();
    expect(versions.map(({ number, at, by, importId, units }) => [number, at, by, importId, units.length])).toEqual([
      [1, 0, null, null, 0],
      [2, now, 'p', 'one', 1],
      [3, now + 5, 'p', 'two', 1],
    ]);
    expect(versions.map((v) => v.plan)).toStrictEqual([plan('Một'), plan('Hai'), plan('Ba')]);
    expect(versions[1]!.units).toStrictEqual([unit]);
    expect(await store().shelf.newest()).toBe(versions[2]!.seq);
    await expect(
      apply({ kind: 'publishPlan', id: 'two', revision: 1, plan: plan('Ba'), units: [], before: null }),
    ).rejects.toMatchObject({ reason: 'importChanged' });
  });
}
