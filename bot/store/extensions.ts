import type { Change } from '../core/types.ts';
import type { Extension } from '../plan/extended.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { clean, toDate, toInstant } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

export async function askExtension(tx: TxClient, { extension, kind }: Of<'askExtension'>, by: Actor): Promise<void> {
  const { id, unit, duty, days, reason, askedBy } = extension;
  const { count } = await tx.extension.createMany({
    data: { id, unit, duty, days, reason: clean(reason), askedBy, askedAt: toDate(by.at) },
    skipDuplicates: true,
  });
  if (count > 0) await audit(tx, by, kind, `extension:${id}`, { unit, duty, days, reason });
}

/** Decided once: of two coordinators the second is refused. */
export async function decideExtension(tx: TxClient, change: Of<'decideExtension'>, by: Actor): Promise<void> {
  const { id, decision, answer } = change;
  const [decided] = await tx.extension.updateManyAndReturn({
    where: { id, state: 'asked' },
    data: {
      state: decision,
      decidedBy: by.person,
      decidedAt: toDate(by.at),
      answer: answer === null ? null : clean(answer),
    },
  });
  if (!decided) throw new ChangeRefused(change.kind, 'extensionDecided');
  const { unit, duty, days } = decided;
  await audit(tx, by, change.kind, `extension:${id}`, { decision, unit, duty, days, answer });
}

export async function readExtensions(tx: Pick<TxClient, 'extension'>): Promise<Extension[]> {
  const rows = await tx.extension.findMany({ orderBy: [{ askedAt: 'asc' }, { id: 'asc' }] });
  return rows.map(({ decidedAt: _, askedAt, ...row }) => ({ ...row, askedAt: toInstant(askedAt) }));
}
