/** What the web chat keeps: lines of its chats and its signed-in devices. The channel uses it, the store has it. */
import type { Address, Instant, Reply } from './types.ts';

/** One line of a chat. `seq` only grows; within a chat a line that becomes visible later has the higher one. */
export interface WebLine {
  seq: number;
  chat: Address;
  /** Unique: a repeat is not appended again. */
  id: string;
  from: 'bot' | Address;
  fromName?: string;
  at: Instant;
  body: { text: Reply['text']; choices?: Reply['choices']; picture?: Reply['picture']; paper?: Reply['paper'] };
}

/** Lines of the web chat, kept so that a page that reconnects misses and repeats nothing. */
export interface WebHistory {
  append(line: Omit<WebLine, 'seq'>): Promise<void>;
  /** Lines of a chat after a sequence number, oldest first; `limit` newest when `after` is null. */
  lines(chat: Address, after: number | null, limit: number): Promise<WebLine[]>;
  /** Highest sequence number of a chat. */
  last(chat: Address): Promise<number>;
}

/** Files sent on the web chat: at hand while their message is handled, longer only for a plan that is still to be read. */
export interface WebFiles {
  put(file: { id: string; address: Address; bytes: Uint8Array; at: Instant }): Promise<void>;
  get(id: string): Promise<Uint8Array | null>;
  /** The message was handled: the file goes, unless a plan is to be read from it. */
  settle(id: string): Promise<void>;
}

/** A device of somebody registered. Of its secrets only hashes are kept; `seed` makes each secret from the one before. */
export interface WebSession {
  id: string;
  address: Address;
  seed: string;
  hash: string;
  /** Handed out and not used yet: until it is, `hash` holds. */
  nextHash: string | null;
  /** The one before, good until `oldUntil` for requests that were on their way. */
  oldHash: string | null;
  oldUntil: Instant | null;
  /** Hash of what the page chose when it registered: only that page gets the first secret, however often it asks. */
  openedBy: string;
  rotatedAt: Instant;
  /** `Chrome, Android` */
  label: string;
  endedAt: Instant | null;
}

export interface WebSessions {
  read(id: string): Promise<WebSession | null>;
  /** The session of a device's address, also when it has ended. */
  at(address: Address): Promise<WebSession | null>;
  /** Whether somebody is registered at an address. */
  registered(address: Address): Promise<boolean>;
  /** Where else on the web chat the person of an address is registered. */
  others(address: Address): Promise<Address[]>;
  /** False when the address has one already. */
  open(session: Omit<WebSession, 'endedAt'>): Promise<boolean>;
  /** Notes the next secret beside the one that holds. */
  offer(id: string, hash: string, nextHash: string): Promise<void>;
  /** The next secret was used: it holds from now on. False when it does already, or never was offered. */
  confirm(id: string, nextHash: string, now: Instant, oldUntil: Instant): Promise<boolean>;
  /** A secret came back that had been replaced long ago: somebody copied it. The person, where it was one's device. */
  replayed(id: string, now: Instant): Promise<string | null>;
  /** Lets go of the device, or of every device of its person; the addresses that ended. */
  signOut(address: Address, everywhere: boolean, now: Instant): Promise<Address[]>;
}
