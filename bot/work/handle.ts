/**
 * One event = one transaction: remember the event, converse, save the session, apply changes, queue replies; commit.
 * Nothing is sent inside it; what is queued is delivered afterwards.
 */
import { createHash } from 'node:crypto';
import { codeIn } from '../core/codes.ts';
import type { Converse, Conversed } from '../core/converse.ts';
import { allowed, atDesk, isCoordinator } from '../core/rights.ts';
import type { Address, Change, Event, Send, Session } from '../core/types.ts';
import type { Contact, Desk, Directory, World } from '../core/world.ts';
import type { DeskRules } from '../desk/types.ts';
import { dayOf } from '../language/calendar.ts';
import type { Reader } from '../language/types.ts';
import { withExtensions } from '../plan/extended.ts';
import type { PlanIndex, Taught } from '../plan/types.ts';
import type { FileRules } from '../report/types.ts';
import { ChangeRefused, type Store, type Surroundings, type Tx } from '../store/port.ts';
import { say } from '../text/say.ts';
import type { Attachments } from './attachments.ts';
import type { Log } from './log.ts';

export interface HandleNeeds {
  store: Store;
  converse: Converse;
  plans: PlanIndex;
  reader: Reader;
  /** A reader that administrators have taught this; without it nothing can be taught. */
  learn?: (taught: readonly Taught[]) => Reader;
  rules: DeskRules;
  rehearsal: boolean;
  now(): number;
  /** 32 fresh hex digits. */
  chance(): string;
  /** Addresses that open a channel with an invitation in it. */
  inviteLinks?(code: string): string[];
  /** Keeps files for open forms; without it none is fetched. */
  attachments?: Attachments | undefined;
  log: Log;
}

/** Addresses that have something to be delivered; empty when the event was seen before. */
export type Handle = (event: Event) => Promise<Address[]>;

/** The session was saved by somebody else meanwhile: everything is rolled back and conversed again. */
class Overtaken extends Error {}

/** The open form takes the file that was sent: it is fetched outside of the transaction. */
class NeedsFile extends Error {
  readonly rules: FileRules;
  constructor(rules: FileRules) {
    super('file');
    this.rules = rules;
  }
}

const MOST_TRIES = 5;

export function createHandle(needs: HandleNeeds): Handle {
  const directory = rememberDirectory(needs.now);
  const readers = rememberReader(needs);
  return async (told) => {
    let event = told;
    for (let tries = 1; ; tries++) {
      try {
        const { to, applied } = await needs.store.transaction((tx) => once(needs, tx, event, directory, readers), {
          delivers: true,
        });
        if (applied.some(({ kind }) => OF_PEOPLE.has(kind))) directory.forget();
        return to;
      } catch (error) {
        if (error instanceof NeedsFile && event.kind === 'sent') {
          event = await needs.attachments!.keep(event, error.rules);
          continue;
        }
        const again = error instanceof Overtaken || error instanceof ChangeRefused;
        if (!again || tries === MOST_TRIES) throw error;
      }
    }
  };
}

/** Other instances' changes of it are seen this much later (ms of the bot's clock). */
const DIRECTORY_MS = 30_000;
const OF_PEOPLE: ReadonlySet<Change['kind']> = new Set([
  ...(['redeemInvitation', 'becomeSample', 'linkAddress', 'unlinkAddresses'] as const),
  ...(['decideJoin', 'setRole', 'settleHandover'] as const),
]);

interface Remembered {
  of(tx: Tx): Promise<Directory>;
  /** A change has made it untrue. */
  forget(): void;
}

/** Who reports for which unit is the same for everybody and changes seldom: it is not read for every message. */
function rememberDirectory(now: () => number): Remembered {
  let known: { at: number; directory: Directory } | null = null;
  return {
    async of(tx) {
      if (!known || now() - known.at >= DIRECTORY_MS) known = { at: now(), directory: await tx.directory() };
      return known.directory;
    },
    forget() {
      known = null;
    },
  };
}

/** The same lessons, the same reader: it is made anew only when somebody has taught. */
function rememberReader({ reader, learn }: HandleNeeds): (taught: readonly Taught[]) => Reader {
  let known: { taught: readonly Taught[]; reader: Reader } | null = null;
  return (taught) => {
    if (taught.length === 0 || !learn) return reader;
    if (known?.taught !== taught) known = { taught, reader: learn(taught) };
    return known.reader;
  };
}

interface Handled {
  /** Who has something to be delivered. */
  to: Address[];
  applied: Change[];
}

async function once(
  needs: HandleNeeds,
  tx: Tx,
  event: Event,
  directory: Remembered,
  readers: (taught: readonly Taught[]) => Reader,
): Promise<Handled> {
  const now = needs.now();
  if (!(await tx.firstSight(event.id, now))) return { to: [], applied: [] };
  const code = event.kind === 'said' ? codeIn(event.text) : null;
  const around = await tx.surroundings(
    { from: event.from, chat: event.chat, codeHash: code && hashOf(code), at: now, agency: needs.rules.agency },
    Number(dayOf(now).slice(0, 4)),
  );
  const rules = event.kind === 'sent' && event.chat.kind === 'private' && needs.attachments?.rulesOf(around.session);
  if (rules && event.kind === 'sent' && !event.file.kept && !event.file.refused) throw new NeedsFile(rules);
  const { desk, reach } = await deskOf(needs.rules, around, event, tx);
  const world = worldOf(needs, around, desk, await directory.of(tx), now);
  if (reach) world.reach = reach;
  world.reader = readers(around.taught);
  const { session, effects } = converse(needs, event, around.session, world);
  if (session !== around.session && !(await tx.saveSession(around.sessionKey, session, around.revision, now)))
    throw new Overtaken();

  const refused = effects.some(
    (e) => e.kind === 'change' && !allowed(e.change, around.person, event, needs.rehearsal, needs.rules),
  );
  const sends: Send[] = [];
  const applied: Change[] = [];
  for (const effect of effects) {
    if (effect.kind === 'send') sends.push(effect);
    else if (!refused) {
      await tx.apply(effect.change, { person: around.person?.id ?? null, address: event.from, at: now });
      applied.push(effect.change);
    }
  }
  const told = refused ? [plainReply(event, say('common:notAllowed'))] : sends;
  for (const send of told) await tx.send(send, now);
  return { to: [...new Set(told.map((s) => s.to))], applied };
}

/** What those see who look after things: coordinators in private all of it, others whom they can write to. */
async function deskOf(
  rules: DeskRules,
  { person, agencyGroups }: Surroundings,
  { chat }: Event,
  tx: Tx,
): Promise<{ desk: Desk | null; reach?: Contact[] }> {
  if (chat.kind === 'private' && isCoordinator(person)) return { desk: await tx.desk() };
  const here = chat.kind === 'private' || (chat.addressed && agencyGroups.includes(chat.address));
  return { desk: null, ...(here && atDesk(person, rules) && { reach: await tx.contacts() }) };
}

/** A fault in a talk must not make the platform repeat the message for ever: it is logged, and the officer is told. */
function converse(needs: HandleNeeds, event: Event, session: Session, world: World): Conversed {
  try {
    return needs.converse(event, session, world);
  } catch (error) {
    needs.log.error({ event: event.id, error: error instanceof Error ? error.stack : String(error) }, 'talk failed');
    return { session, effects: [{ kind: 'send', ...plainReply(event, say('common:failed')) }] };
  }
}

function worldOf(
  needs: HandleNeeds,
  around: Surroundings,
  desk: Desk | null,
  directory: Directory,
  now: number,
): World {
  const { person, colleagues, contacts, extensions, handovers, group, invitation, ownReports, allReports } = around;
  const { register, agencyGroups } = around;
  return {
    now,
    today: dayOf(now),
    rehearsal: needs.rehearsal,
    plans: withExtensions(needs.plans, extensions),
    reader: needs.reader,
    taught: around.taught,
    ...(needs.learn && { tryOut: needs.learn }),
    chance: needs.chance(),
    ...(desk && { desk }),
    ...(around.link && { link: around.link }),
    ...(around.joining && { joining: around.joining }),
    ...(needs.inviteLinks && { inviteLinks: needs.inviteLinks }),
    ...{ directory, places: around.places },
    nextReceipt: around.nextReceipt,
    ...{ register, agencyGroups },
    ...{ person, colleagues, contacts, extensions, handovers, group, invitation, ownReports, allReports },
  };
}

const plainReply = (event: Event, text: string): Send => ({
  to: event.chat.address,
  reply: { text: [{ as: 'text', text }] },
  key: `reply/${event.id}`,
  ...(event.chat.thread !== undefined && { thread: event.chat.thread }),
});

/** Codes are kept only as a hash. */
export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
