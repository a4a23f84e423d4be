/** Questions that got no good answer, without whom they came from; and what administrators taught because of them. */

import type { Change } from '../core/types.ts';
import type { OpenQuestion } from '../core/world.ts';
import type { Taught } from '../plan/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { clean, toDate, toInstant } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** Setting that counts what was taught and taken back; each write takes its row until its transaction ends. */
export const LEARNING = 'learning-revision';

const touch = (tx: TxClient) => tx.$executeRaw`
  INSERT INTO settings (name, value) VALUES (${LEARNING}, '1')
  ON CONFLICT (name) DO UPDATE SET value = (settings.value::bigint + 1)::text`;

/** What was taught, read again only where somebody has taught since. */
export interface KeptTaught {
  at(revision: string, tx: Pick<TxClient, 'teaching'>): Promise<readonly Taught[]>;
}

export function keepTaught(): KeptTaught {
  let kept: { revision: string; taught: readonly Taught[] } = { revision: '0', taught: [] };
  return {
    async at(revision, tx) {
      if (kept.revision !== revision) kept = { revision, taught: await readTaught(tx) };
      return kept.taught;
    },
  };
}

async function readTaught(tx: Pick<TxClient, 'teaching'>): Promise<Taught[]> {
  const rows = await tx.teaching.findMany({ where: { undoneAt: null }, orderBy: { id: 'asc' } });
  return rows.map(({ phrase, means, passages }) => ({ phrase, means, passages }));
}

/** An administrator looks over so many at once. */
const MOST = 30;

export async function readOpenQuestions(tx: TxClient): Promise<OpenQuestion[]> {
  const rows = await tx.openQuestion.findMany({
    where: { settledAt: null },
    orderBy: [{ times: 'desc' }, { lastAt: 'desc' }, { id: 'asc' }],
    take: MOST,
  });
  return rows.map(({ id, text, why, times, lastAt }) => ({ id, text, why, times, lastAt: toInstant(lastAt) }));
}

/** The same question again is counted; one that was settled is open again. */
export async function noteQuestion(tx: TxClient, { id, key, text, why }: Of<'noteQuestion'>, by: Actor): Promise<void> {
  const at = toDate(by.at);
  await tx.openQuestion.upsert({
    where: { key },
    create: { id, key, text: clean(text), why, times: 1, firstAt: at, lastAt: at },
    update: { why, times: { increment: 1 }, lastAt: at, settledAt: null },
  });
}

/** A phrase means one thing: taught again, the earlier is taken back. */
export async function teach(tx: TxClient, change: Of<'teach'>, by: Actor): Promise<void> {
  if (by.person === null) throw new ChangeRefused(change.kind, 'personUnknown');
  const { key, phrase, means, passages, question } = change;
  const at = toDate(by.at);
  await touch(tx);
  await tx.teaching.updateMany({ where: { key, undoneAt: null }, data: { undoneAt: at, undoneBy: by.person } });
  await tx.teaching.create({ data: { key, phrase: clean(phrase), means, passages, by: by.person, at } });
  if (question) await tx.openQuestion.updateMany({ where: { id: question }, data: { settledAt: at } });
  await audit(tx, by, change.kind, `phrase:${key}`, { phrase, means, passages, question });
}

export async function unteach(tx: TxClient, { key, kind }: Of<'unteach'>, by: Actor): Promise<void> {
  if (by.person === null) throw new ChangeRefused(kind, 'personUnknown');
  await touch(tx);
  const { count } = await tx.teaching.updateMany({
    where: { key, undoneAt: null },
    data: { undoneAt: toDate(by.at), undoneBy: by.person },
  });
  if (count > 0) await audit(tx, by, kind, `phrase:${key}`, {});
}

export async function dropQuestion(tx: TxClient, { id, kind }: Of<'dropQuestion'>, by: Actor): Promise<void> {
  const { count } = await tx.openQuestion.updateMany({
    where: { id, settledAt: null },
    data: { settledAt: toDate(by.at) },
  });
  if (count > 0) await audit(tx, by, kind, `question:${id}`, {});
}
