/** What the bot needs of a store. What comes of one event is stored whole or not at all; nothing is sent before. */
import type {
  Address,
  Change,
  ChannelId,
  Chat,
  FileRef,
  GroupChat,
  Handover,
  Instant,
  Invitation,
  JoinRequest,
  LinkCode,
  OwnPlace,
  Person,
  Reply,
  Send,
  Session,
} from '../core/types.ts';
import type { WebFiles, WebHistory, WebSessions } from '../core/web.ts';
import type { Contact, Desk, Directory } from '../core/world.ts';
import type { Register } from '../desk/types.ts';
import type { Extension } from '../plan/extended.ts';
import type { Draft } from '../plan/read/review.ts';
import type { Book, Plan, Taught, Unit, UnitId } from '../plan/types.ts';
import type { SubmittedReport } from '../report/types.ts';
import type { ChainResult } from './chain.ts';

/** Why a change cannot be applied any more. */
export type Refusal =
  | 'invitationUnknown'
  | 'invitationUsed'
  | 'invitationExpired'
  | 'codeTaken'
  | 'linkUsed'
  | 'personUnknown'
  | 'higherRights'
  | 'joinDecided'
  | 'membershipGone'
  | 'lastAdministrator'
  | 'receiptTaken'
  | 'reportUnknown'
  | 'reportChanged'
  | 'importUnknown'
  | 'importChanged'
  | 'extensionDecided'
  | 'handoverSettled'
  | 'numberTaken'
  | 'matterUnknown'
  | 'matterChanged'
  | 'stillMember'
  | 'markConfirmed';

/** The world moved on since `converse` saw it: the caller rolls back and converses again with what is true now. */
export class ChangeRefused extends Error {
  override name = 'ChangeRefused';
  readonly change: Change['kind'];
  readonly reason: Refusal;
  constructor(change: Change['kind'], reason: Refusal) {
    super(`${change} was refused: ${reason}`);
    this.change = change;
    this.reason = reason;
  }
}

/** Everything `converse` needs of one event's surroundings, loaded in as few round trips as can be. */
export interface Surroundings {
  /** The event was stored before. */
  seen: boolean;
  person: Person | null;
  /** Others of the person's own units. */
  colleagues: Person[];
  /** Colleagues and coordinators, and where they can be written to; for a stranger in private the coordinators alone. */
  contacts: Contact[];
  /** All that were granted; those still asked for, of the person's units or for coordinators of all. */
  extensions: Extension[];
  /** Those that wait for the person, on either side. */
  handovers: Handover[];
  /** Matters and marks of all units. */
  register: Register;
  /** What administrators have taught. */
  taught: readonly Taught[];
  /** Linked groups of the standing agency. */
  agencyGroups: Address[];
  group: GroupChat | null;
  invitation: Invitation | null;
  link: LinkCode | null;
  /** Of the person who speaks, the place last used first. */
  places: OwnPlace[];
  /** Asked from where the event came, and not decided yet. */
  joining: JoinRequest | null;
  sessionKey: string;
  session: Session;
  /** 0 for a conversation that has no row yet. */
  revision: number;
  ownReports: SubmittedReport[];
  allReports: SubmittedReport[] | null;
  nextReceipt: number;
}

export interface Actor {
  /** Person id, or null for the bot itself and strangers. */
  person: string | null;
  address: Address | null;
  at: Instant;
}

/** Setting with the outcome of the latest daily check of the record. */
export const RECORD_CHECKED = 'record-checked';

/** What was done: an entry of the record. `personal` and `address` go when their person has left. */
export interface RecordEntry {
  /** Place in the chain, from 1 without gaps. */
  seq: number;
  at: Instant;
  person: string | null;
  address: string | null;
  action: string;
  /** `<kind>:<id>` */
  subject: string;
  details: Record<string, unknown>;
  personal: Record<string, unknown> | null;
  salt: string | null;
  personalHash: string | null;
  hash: string;
}

/** Whose surroundings are asked for. */
export interface Asked {
  /** Its id. */
  event: string;
  from: Address;
  chat: Chat;
  codeHash: string | null;
  /** Notes that the person used this place then. */
  at?: Instant;
}

/** One event and what the bot says to it, where nothing but their own conversation goes on. */
export interface Turn {
  event: string;
  /** `revision` is the one that was read; null where the session stays as it is. */
  session: { key: string; state: Session; revision: number } | null;
  answers: readonly Answer[];
}

/** What goes back where an event came from: no picture, nothing offered to somebody else, due now. */
export type Answer = Pick<Send, 'to' | 'reply' | 'key' | 'thread'>;

/**
 * `stored`: with the first answer, claimed unless something is queued before it. `seen`: the event was stored before.
 * `overtaken`: somebody else saved the session meanwhile, nothing was stored: read and converse again.
 */
export type TurnOutcome = { kind: 'stored'; claimed: Outgoing | null } | { kind: 'seen' } | { kind: 'overtaken' };

/** What conversations ask for now and then. */
export interface Reads {
  /** Everybody, with the places where they can be written to. */
  contacts(): Promise<Contact[]>;
  /** What coordinators look after. */
  desk(): Promise<Desk>;
  directory(): Promise<Directory>;
}

export interface Tx extends Reads {
  /** Stores an event's id; false when it was seen before. */
  firstSight(eventId: string, at: Instant): Promise<boolean>;
  /** False when somebody else saved the session meanwhile: the caller rolls back and converses again. */
  saveSession(key: string, session: Session, revision: number, at: Instant): Promise<boolean>;
  /** Applies a change and writes its audit line. */
  apply(change: Change, by: Actor): Promise<void>;
  /**
   * Queues a message and its delivery job (see `Store.transaction`) in this transaction; false when the key was there already. What it offers becomes
   * part of the recipient's conversation.
   */
  send(send: Send, at: Instant): Promise<boolean>;
}

export interface Outgoing {
  id: string;
  key: string;
  to: Address;
  thread?: string;
  reply: Reply;
  /** Parts already delivered of a reply that had to be split. */
  partsSent: number;
  attempts: number;
}

/** What is to be sent, per address strictly in order. */
export interface Outbox {
  /** Claims the oldest unsent message of an address; null when none is due or another instance holds one. */
  claim(to: Address, now: Instant, leaseMs: number): Promise<Outgoing | null>;
  progress(id: string, partsSent: number): Promise<void>;
  /** It has arrived; tells what `nextFor` does of its address. */
  sent(message: Outgoing, messageId: string, now: Instant): Promise<Instant | null>;
  /** Gives the claim back until an instant. */
  postpone(id: string, until: Instant, reason: string): Promise<void>;
  /** Kept and visible, but not tried again. */
  giveUp(id: string, reason: string, now: Instant): Promise<void>;
  /**
   * Points what was not asked for to the next place of the same person, the preferred channel first; null where there is
   * none that was not tried.
   */
  elsewhere(id: string, reason: string): Promise<Address | null>;
  /**
   * The platform refuses to write there at all: noted until somebody speaks there again. What waits for it goes to the
   * person's other places, which are returned, or is given up.
   */
  unreachable(to: Address, reason: string, now: Instant): Promise<Address[]>;
  /** Addresses with something due by an instant. */
  due(now: Instant): Promise<Address[]>;
  /** Earliest `notBefore` of what an address still waits for; null when nothing waits. */
  nextFor(to: Address): Promise<Instant | null>;
  /** Points what waits for one address to another (a group that moved). */
  redirect(from: Address, to: Address): Promise<void>;
  counts(): Promise<{ queued: number; sent: number; failed: number }>;
}

/** Durable jobs (pg-boss). Delays are in real milliseconds. */
export interface Jobs {
  /** Resolves to what ends it: no handler is called any more, and no tick runs. */
  start(handlers: { deliver(to: Address): Promise<void>; tick(): Promise<void> }): Promise<() => Promise<void>>;
  /** One waiting job for each key; of two times the earlier one holds. */
  later(job: 'deliver' | 'tick', key: string, afterMs: number): Promise<void>;
}

export type { WebFiles, WebHistory, WebLine, WebSession, WebSessions } from '../core/web.ts';

/** A plan that an administrator sent, until it is published or dropped. */
export interface PlanImport {
  id: string;
  fileName: string;
  /** Where the channel has the file; null when it came with its bytes. */
  file: FileRef | null;
  by: string | null;
  /** Where the administrator is told of it. */
  address: Address | null;
  at: Instant;
  state: 'reading' | 'failed' | 'review' | 'published' | 'dropped';
  trouble?: string;
  detail?: string;
  draft: Draft | null;
  revision: number;
}

/** A version of a plan that is or was in force. */
export interface PlanVersion {
  /** Order of publication over all plans. */
  seq: number;
  /** Of its plan, 1 first. */
  number: number;
  plan: Plan;
  /** Units that came with it. */
  units: Unit[];
  at: Instant;
  by: string | null;
  importId: string | null;
}

export interface PlanShelf {
  /** The latest, newest first. */
  imports(): Promise<Omit<PlanImport, 'draft'>[]>;
  import(id: string): Promise<PlanImport | null>;
  /** What a file turned out to be; false when that was written down before. */
  readImport(id: string, result: { draft: Draft } | { trouble: string; detail: string | null }): Promise<boolean>;
  /** In the order of publication. */
  versions(): Promise<PlanVersion[]>;
  /** `seq` of the version published last, 0 before any. */
  newest(): Promise<number>;
}

export interface Store extends Reads {
  /**
   * What is around each event, in their order, in one round trip. Session key: `person:<id>` in private once registered,
   * else the address; a group has one session of its own.
   */
  surroundings(events: readonly Asked[], where: { year: number; agency?: UnitId }): Promise<Surroundings[]>;
  /** Stores turns in one statement, each whole or not at all; answers are claimed until an instant for whoever delivers them. */
  saveTurns(turns: readonly Turn[], at: Instant, until: Instant): Promise<TurnOutcome[]>;
  /**
   * `work` may run again after a deadlock with another instance; calling the store itself inside it is refused.
   * @param options `delivers`: the caller delivers at once what it sends, so no job is put; should it be killed before, the
   * next start or tick of any instance finds it in the outbox
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: { delivers?: boolean }): Promise<T>;
  /** Loads a book; the same book again changes nothing. */
  saveBook(book: Book): Promise<'loaded' | 'unchanged'>;
  book(): Promise<Book>;
  /** Plans that came while the bot was running. */
  shelf: PlanShelf;
  outbox: Outbox;
  jobs: Jobs;
  web: WebHistory;
  webSessions: WebSessions;
  webFiles: WebFiles;
  groups(): Promise<(GroupChat & { linkedAt: Instant })[]>;
  /** Submitted reports of all units, newest first; not those that were withdrawn. */
  reports(): Promise<SubmittedReport[]>;
  /** Changes whenever a report or the date of a duty does. */
  revision(): Promise<string>;
  /** Extensions of due dates, asked for, granted and refused, oldest first. */
  extensions(): Promise<Extension[]>;
  /** Matters and marks of all units. */
  register(): Promise<Register>;
  /** Adds persons that are not there yet, with their addresses (coordinators by configuration, sample officers). */
  ensurePersons(persons: { person: Person; address: Address | null }[], at: Instant): Promise<void>;
  persons(): Promise<Person[]>;
  /** Frees what was put off for longer than a lease, on a channel that is back; tells where. */
  freeHeld(channel: ChannelId, now: Instant, leaseMs: number): Promise<Address[]>;
  /** Places that cannot be reached. */
  unreachable(): Promise<Address[]>;
  /** Entries of the record after a place in its chain, in their order. */
  record(after: number, limit: number): Promise<RecordEntry[]>;
  /** Whether the record is whole; `noted` is the last entry of an earlier check. */
  checkRecord(noted: { seq: number; hash: string } | null): Promise<ChainResult>;
  /** Clears away what has served its time: see `upkeep.ts`. */
  upkeep(now: Instant): Promise<void>;
  setting(name: string): Promise<string | null>;
  saveSetting(name: string, value: string): Promise<void>;
  /** Adds to a counter, whoever else does at the same time, and tells its value. */
  count(name: string, by: number): Promise<number>;
  /** Pictures by their hash, for channels that show them by address; kept for two days at least. */
  pictures: { put(base64: string, at: Instant): Promise<string>; get(hash: string): Promise<string | null> };
  /** Those of the keys that a message was queued with. */
  queued(keys: readonly string[]): Promise<string[]>;
  /** Keys of messages queued so far that start with a prefix. */
  sentKeys(prefix: string): Promise<string[]>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
