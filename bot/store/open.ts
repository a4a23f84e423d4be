import { DatabaseError } from 'pg';
import type { Address } from '../core/types.ts';
import { readBook } from './book-read.ts';
import { saveBook } from './book-save.ts';
import { createTx } from './conversation.ts';
import { createCounters } from './counters.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { readDesk } from './desk.ts';
import { readExtensions } from './extensions.ts';
import { Prisma } from './generated/client.ts';
import { freeHeld } from './held.ts';
import { type JobQueue, startJobs } from './jobs.ts';
import { keepTaught } from './learning.ts';
import { createOutbox, readKeys } from './outbox.ts';
import { ensurePersons, readContacts, readGroups, readPersons } from './people.ts';
import { createGallery, putPicture } from './pictures.ts';
import { createPlanShelf } from './plan-versions.ts';
import type { Store, Tx } from './port.ts';
import { checkRecord, readRecord } from './record.ts';
import { keepRegister, REVISION } from './register.ts';
import { readReports, readRevision } from './reports.ts';
import { readDirectory } from './roles.ts';
import { readSurroundings } from './surroundings.ts';
import { saveTurns } from './turns.ts';
import { upkeep } from './upkeep.ts';
import { createWebFiles } from './web-files.ts';
import { createWebHistory } from './web-history.ts';
import { createWebSessions } from './web-sessions.ts';

const mostTries = 4;

/** A deadlock or a serialisation failure: nothing is wrong but the moment. Prisma tells it otherwise of raw statements, pg by PostgreSQL's code. */
function isConflict(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === '40P01' || error.code === '40001';
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const raw = error.meta?.driverAdapterError as { cause?: { kind?: string } } | undefined;
  return error.code === 'P2034' || raw?.cause?.kind === 'TransactionWriteConflict';
}

async function despiteConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || tries === mostTries) throw error;
    }
  }
}

function createTransaction(db: Database, jobs: JobQueue) {
  const once = <T>(work: (tx: Tx) => Promise<T>, delivers: boolean): Promise<T> =>
    db.prisma.$transaction((tx) =>
      db.insideTransaction(async () => {
        const wake = new Set<Address>();
        const result = await work(createTx(tx, wake, delivers));
        await jobs.deliverTo(tx, wake);
        return result;
      }),
    );
  return <T>(work: (tx: Tx) => Promise<T>, { delivers = false } = {}): Promise<T> =>
    despiteConflicts(() => once(work, delivers));
}

/** The store on an opened database. */
export async function createStore(db: Database): Promise<Store> {
  const jobs = await startJobs(db);
  const { prisma } = db;
  const gallery = createGallery(db);
  const kept = { register: keepRegister(), lessons: keepTaught() };
  let closing: Promise<void> | undefined;
  const close = async () => {
    await jobs.stop();
    await db.close();
  };
  return {
    transaction: createTransaction(db, jobs),
    surroundings: (events, where) => readSurroundings(db, events, where, kept),
    saveTurns: (turns, at, until) => despiteConflicts(() => saveTurns(db, turns, at, until)),
    saveBook: (book) => saveBook(db, book),
    book: () => readBook(db),
    shelf: createPlanShelf(db),
    outbox: createOutbox(db, gallery, (tx, to) => jobs.deliverTo(tx, [to])),
    jobs: { start: jobs.start, later: jobs.later },
    web: createWebHistory(db, gallery),
    webSessions: createWebSessions(db),
    webFiles: createWebFiles(db),
    groups: () => readGroups(db),
    reports: () => readReports(db),
    revision: () => readRevision(db),
    extensions: () => readExtensions(prisma),
    async register() {
      const revision = await prisma.setting.findUnique({ where: { name: REVISION } });
      return kept.register.at(revision?.value ?? '0', prisma);
    },
    ensurePersons: (persons, at) => ensurePersons(db, persons, at),
    persons: () => readPersons(db),
    contacts: () => readContacts(prisma),
    desk: () => readDesk(prisma),
    directory: () => readDirectory(prisma),
    freeHeld: (channel, now, leaseMs) => freeHeld(db, channel, now, leaseMs),
    async unreachable() {
      return (await prisma.unreachablePlace.findMany()).map(({ address }) => address as Address);
    },
    record: (after, limit) => readRecord(db, after, limit),
    checkRecord: (noted) => checkRecord(db, noted),
    upkeep: (now) => upkeep(db, now),
    async setting(name) {
      return (await prisma.setting.findUnique({ where: { name } }))?.value ?? null;
    },
    async saveSetting(name, value) {
      await prisma.setting.upsert({ where: { name }, create: { name, value }, update: { value } });
    },
    count: createCounters(prisma),
    pictures: {
      put: (base64, at) => putPicture(prisma, Buffer.from(base64, 'base64'), at),
      get: async (hash) => (await gallery.get([hash])).get(hash) ?? null,
    },
    async queued(keys) {
      const rows = await prisma.outgoing.findMany({ where: { key: { in: [...keys] } }, select: { key: true } });
      return rows.map(({ key }) => key);
    },
    sentKeys: (prefix) => readKeys(db, prefix),
    async ping() {
      await prisma.$queryRaw`SELECT 1`;
    },
    close: () => (closing ??= close()),
  };
}

/** Opens the store: on a server when `url` is given, else in `dataDir` (`memory://` for tests). */
export async function openStore(options: DatabaseOptions): Promise<Store> {
  const db = await openDatabase(options);
  try {
    // Nobody else has this folder open: whoever held a message is gone, and it need not wait for the lease to lapse.
    if (db.embedded)
      await db.prisma.outgoing.updateMany({ where: { heldUntil: { not: null } }, data: { heldUntil: null } });
    return await createStore(db);
  } catch (error) {
    await db.close();
    throw error;
  }
}
