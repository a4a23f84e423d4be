/** Matters and marks of tasks: read whole and kept until somebody writes to them, since every message may ask for them. */
import type { Change } from '../core/types.ts';
import { moveOf, numberOf, partsOf, revisionOf, stateOf } from '../desk/states.ts';
import type { Matter, NewMatter, Register } from '../desk/types.ts';
import { audit } from './audit.ts';
import type { TxClient } from './database.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { clean, toDate, toInstant } from './values.ts';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;
type Reads = Pick<TxClient, 'matter' | 'matterStep' | 'taskMark'>;

/** Setting that counts the writes; each takes its row until the end of its transaction, so none is missed. */
export const REVISION = 'register-revision';

const touch = (tx: TxClient) => tx.$executeRaw`
  INSERT INTO settings (name, value) VALUES (${REVISION}, '1')
  ON CONFLICT (name) DO UPDATE SET value = (settings.value::bigint + 1)::text`;

/** What was read last, and at which revision. */
export interface KeptRegister {
  at(revision: string, tx: Reads): Promise<Register>;
}

export function keepRegister(): KeptRegister {
  let kept: { revision: string; register: Register } = { revision: '0', register: { matters: [], marks: [] } };
  return {
    async at(revision, tx) {
      // Read after its revision was: it may be newer than that, never older.
      if (kept.revision !== revision) kept = { revision, register: await readRegister(tx) };
      return kept.register;
    },
  };
}

const inOrder = [{ at: 'asc' }, { id: 'asc' }] as const;

async function readRegister(tx: Reads): Promise<Register> {
  const rows = await tx.matter.findMany({ orderBy: [...inOrder], include: { steps: { orderBy: { number: 'asc' } } } });
  const marks = await tx.taskMark.findMany({ orderBy: { id: 'asc' } });
  return {
    matters: rows.map(toMatter),
    marks: marks.map(({ id: _, at, ...mark }) => ({ ...mark, at: toInstant(at) })),
  };
}

type Row = Awaited<ReturnType<TxClient['matter']['findMany']>>[number];
type StepRow = Awaited<ReturnType<TxClient['matterStep']['findMany']>>[number];

function toMatter({ year, number, nomineeKind, nominee, at, steps, ...row }: Row & { steps: StepRow[] }): Matter {
  return {
    ...row,
    number: numberOf(row.kind, year, number),
    at: toInstant(at),
    nominee: nomineeKind && nominee !== null ? { kind: nomineeKind, name: nominee } : null,
    steps: steps.map(({ kind, by, text, at: when }) => ({ kind, by, text, at: toInstant(when) })),
  };
}

/** The same matter again changes nothing; a number that is gone meanwhile is refused. */
export async function raiseMatter(tx: TxClient, { matter, kind }: Of<'raiseMatter'>, by: Actor): Promise<void> {
  const { number, nominee, at, text, ...rest } = matter satisfies NewMatter;
  const parts = partsOf(number);
  if (parts?.kind !== matter.kind) throw new Error(`Not a number of ${matter.kind}: ${number}`);
  const { count } = await tx.matter.createMany({
    data: {
      ...rest,
      ...{ year: parts.year, number: parts.n, at: toDate(at), text: clean(text) },
      nomineeKind: nominee?.kind ?? null,
      nominee: nominee ? clean(nominee.name) : null,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    if (await tx.matter.findUnique({ where: { id: matter.id } })) return;
    throw new ChangeRefused(kind, 'numberTaken');
  }
  await touch(tx);
  const { unit, task, grounds, urgency } = matter;
  await audit(tx, by, kind, `matter:${number}`, { kind: matter.kind, unit, task, grounds, urgency, text, nominee });
}

/** A step on top of those that were seen; of two at once the second is refused. */
export async function stepMatter(tx: TxClient, change: Of<'stepMatter'>, by: Actor): Promise<void> {
  const row = await tx.matter.findUnique({
    where: { id: change.matter },
    include: { steps: { orderBy: { number: 'asc' } } },
  });
  const matter = row && toMatter(row);
  if (!matter || matter.kind !== change.of || matter.unit !== change.unit)
    throw new ChangeRefused(change.kind, 'matterUnknown');
  const before = stateOf(matter);
  const move = moveOf(matter.kind, before, change.step);
  if (revisionOf(matter) !== change.revision || !move) throw new ChangeRefused(change.kind, 'matterChanged');
  const text = change.text === null ? null : clean(change.text);
  const { count } = await tx.matterStep.createMany({
    data: {
      matterId: matter.id,
      number: change.revision + 1,
      ...{ kind: change.step, by: by.person, at: toDate(by.at), text },
    },
    skipDuplicates: true,
  });
  if (count === 0) throw new ChangeRefused(change.kind, 'matterChanged');
  await touch(tx);
  const details = { step: change.step, before, after: move.to, text };
  await audit(tx, by, change.kind, `matter:${matter.number}`, details);
}

/** The same mark again changes nothing. */
export async function markTask(tx: TxClient, { mark, kind }: Of<'markTask'>, by: Actor): Promise<void> {
  if (by.person === null) throw new ChangeRefused(kind, 'personUnknown');
  const { unit, task, state } = mark;
  const note = mark.note === null ? null : clean(mark.note);
  await touch(tx);
  const last = await tx.taskMark.findFirst({ where: { unit, task }, orderBy: { id: 'desc' } });
  if ((last?.state ?? 'cleared') === state && (last?.note ?? null) === note) return;
  if (last?.state === 'confirmed' && !(await coordinates(tx, by.person)))
    throw new ChangeRefused(kind, 'markConfirmed');
  await tx.taskMark.create({ data: { unit, task, state, note, by: by.person, at: toDate(by.at) } });
  const before = last && { state: last.state, note: last.note };
  await audit(tx, by, kind, `task:${task}`, { unit, before, after: { state, note } });
}

/** What the standing agency has confirmed, only it takes back. */
async function coordinates(tx: TxClient, personId: string): Promise<boolean> {
  return (await tx.membership.count({ where: { personId, role: { in: ['coordinator', 'administrator'] } } })) > 0;
}
