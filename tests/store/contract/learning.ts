import { beforeEach, expect, test } from 'vitest';
import type { Change } from '../../../bot/core/types.ts';
import { fold } from '../../../bot/language/fold.ts';
import { KEEP } from '../../../bot/store/upkeep.ts';
import { databaseOf, type StoreOf } from '../../support/database.ts';
import { actor, coordinator, desk, look, minute, now, privately } from './things.ts';

const DAY = 86_400_000;

export function learningContract(store: StoreOf): void {
  const apply = (change: Change, at = now) => store().transaction((tx) => tx.apply(change, actor(coordinator.id, at)));
  const note = (id: string, text: string, at = now) =>
    apply({ kind: 'noteQuestion', id, key: fold(text), text, why: 'none' }, at);
  const questions = async () => (await store().transaction((tx) => tx.desk())).questions;
  const taught = async () => (await look(store(), privately(desk))).taught;
  const key = 'bong bong vui';
  const lesson = { phrase: 'Bong bóng vui', means: 'bóng cười', passages: [] };
  const audited = async () =>
    (await databaseOf(store()).prisma.auditEntry.findMany({ orderBy: { id: 'asc' } }))
      .map(({ action, subject }) => `${action} ${subject}`)
      .filter((entry) => entry.includes('phrase:') || entry.includes('question:'));

  beforeEach(() => store().ensurePersons([{ person: coordinator, address: desk }], now));

  test('a question is listed once, counted, and holds nothing of who asked', async () => {
    await note('q1', 'ai lo vụ bong bóng');
    await note('q2', 'AI LO VU BONG BONG', now + minute);
    await note('q3', 'câu khác');
    expect(await questions()).toEqual([
      { id: 'q1', text: 'ai lo vụ bong bóng', why: 'none', times: 2, lastAt: now + minute },
      { id: 'q3', text: 'câu khác', why: 'none', times: 1, lastAt: now },
    ]);
    const rows = await databaseOf(store()).prisma.openQuestion.findMany();
    expect(JSON.stringify(rows)).not.toContain(coordinator.id);
  });

  test('what is taught is known at the next word, settles its question, and is taken back', async () => {
    await note('q1', 'ai lo vụ bong bóng vui');
    await apply({ kind: 'teach', key, ...lesson, question: 'q1' });
    expect(await taught()).toEqual([lesson]);
    expect(await questions()).toEqual([]);
    await apply({ kind: 'teach', key, phrase: 'bong bong vui', means: 'shisha', passages: [], question: null });
    expect(await taught()).toEqual([{ phrase: 'bong bong vui', means: 'shisha', passages: [] }]);
    await apply({ kind: 'unteach', key });
    await apply({ kind: 'unteach', key });
    expect(await taught()).toEqual([]);
    expect(await audited()).toEqual([
      'teach phrase:bong bong vui',
      'teach phrase:bong bong vui',
      'unteach phrase:bong bong vui',
    ]);
  });

  test('a dropped question is off the list until it is asked again; old ones are cleared away', async () => {
    await note('q1', 'câu này');
    await apply({ kind: 'dropQuestion', id: 'q1' });
    expect(await questions()).toEqual([]);
    await note('q9', 'câu này', now + minute);
    expect(await questions()).toMatchObject([{ id: 'q1', times: 2 }]);
    await store().upkeep(now + minute + KEEP.openQuestions * DAY + 1);
    expect(await questions()).toEqual([]);
  });
}
