/** What an event is conversed in: what was stored around it, and what is remembered between events. */
import type { Converse, Conversed } from '../core/converse.ts';
import { atDesk, isCoordinator } from '../core/rights.ts';
import type { Change, Event, Send, Session } from '../core/types.ts';
import type { Contact, Desk, Directory, World } from '../core/world.ts';
import type { DeskRules } from '../desk/types.ts';
import { dayOf } from '../language/calendar.ts';
import type { Reader } from '../language/types.ts';
import { withExtensions } from '../plan/extended.ts';
import type { PlanIndex, Taught } from '../plan/types.ts';
import type { Reads, Surroundings } from '../store/port.ts';
import { say } from '../text/say.ts';
import type { Log } from './log.ts';

export interface StageNeeds {
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
  /** Told when somebody's role or place has changed. */
  peopleChanged?(): void;
  /** Addresses that open a channel with an invitation in it. */
  inviteLinks?(code: string): string[];
  log: Log;
}

export interface Stage {
  /** What comes of an event at an instant; nothing is stored by it. */
  play(event: Event, around: Surroundings, store: Reads, now: number): Promise<Conversed>;
  /** These changes were stored. */
  changed(applied: readonly Change[]): void;
}

export function createStage(needs: StageNeeds): Stage {
  const directory = rememberDirectory();
  const readers = rememberReader(needs);
  return {
    async play(event, around, store, now) {
      const { desk, reach } = await deskOf(needs.rules, around, event, store);
      const world = worldOf(needs, around, desk, await directory.of(store, now), now);
      if (reach) world.reach = reach;
      world.reader = readers(around.taught);
      return converse(needs, event, around.session, world);
    },
    changed(applied) {
      if (!applied.some(({ kind }) => OF_PEOPLE.has(kind))) return;
      directory.forget();
      needs.peopleChanged?.();
    },
  };
}

/** Other instances' changes of it are seen this much later (ms of the bot's clock). */
const DIRECTORY_MS = 30_000;
const OF_PEOPLE: ReadonlySet<Change['kind']> = new Set([
  ...(['redeemInvitation', 'becomeSample', 'linkAddress', 'unlinkAddresses'] as const),
  ...(['decideJoin', 'nameSelf', 'setQuiet', 'setRole', 'settleHandover'] as const),
]);

interface Remembered {
  of(store: Reads, now: number): Promise<Directory>;
  /** A change has made it untrue. */
  forget(): void;
}

/** Who reports for which unit is the same for everybody and changes seldom: it is not read for every message. */
function rememberDirectory(): Remembered {
  let known: { at: number; directory: Promise<Directory> } | null = null;
  return {
    async of(store, now) {
      // Those who ask at the same time wait for one reading.
      if (!known || now - known.at >= DIRECTORY_MS) known = { at: now, directory: store.directory() };
      const mine = known;
      try {
        return await mine.directory;
      } catch (error) {
        if (known === mine) known = null;
        throw error;
      }
    },
    forget() {
      known = null;
    },
  };
}

/** The same lessons, the same reader: it is made anew only when somebody has taught. */
function rememberReader({ reader, learn }: StageNeeds): (taught: readonly Taught[]) => Reader {
  let known: { taught: readonly Taught[]; reader: Reader } | null = null;
  return (taught) => {
    if (taught.length === 0 || !learn) return reader;
    if (known?.taught !== taught) known = { taught, reader: learn(taught) };
    return known.reader;
  };
}

/** What those see who look after things: coordinators in private all of it, others whom they can write to. */
async function deskOf(
  rules: DeskRules,
  { person, agencyGroups }: Surroundings,
  { chat }: Event,
  store: Reads,
): Promise<{ desk: Desk | null; reach?: Contact[] }> {
  if (chat.kind === 'private' && isCoordinator(person)) return { desk: await store.desk() };
  const here = chat.kind === 'private' || (chat.addressed && agencyGroups.includes(chat.address));
  return { desk: null, ...(here && atDesk(person, rules) && { reach: await store.contacts() }) };
}

/** A fault in a talk must not make the platform repeat the message for ever: it is logged, and the officer is told. */
function converse(needs: StageNeeds, event: Event, session: Session, world: World): Conversed {
  try {
    return needs.converse(event, session, world);
  } catch (error) {
    needs.log.error({ event: event.id, error: error instanceof Error ? error.stack : String(error) }, 'talk failed');
    return { session, effects: [{ kind: 'send', ...plainReply(event, say('common:failed')) }] };
  }
}

function worldOf(needs: StageNeeds, around: Surroundings, desk: Desk | null, directory: Directory, now: number): World {
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

export const plainReply = (event: Event, text: string): Send => ({
  to: event.chat.address,
  reply: { text: [{ as: 'text', text }] },
  key: `reply/${event.id}`,
  ...(event.chat.thread !== undefined && { thread: event.chat.thread }),
});
