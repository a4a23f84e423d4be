/** What the web chat needs of its history; the store's `web` (bot/store/port.ts) is one. */
import type { Address, Instant, Reply } from '../../core/types.ts';

/** One line of a chat. `seq` only grows; within a chat a line that becomes visible later has the higher one. */
export interface WebLine {
  seq: number;
  chat: Address;
  /** Unique: a repeat is not appended again. */
  id: string;
  from: 'bot' | Address;
  fromName?: string;
  at: Instant;
  body: { text: Reply['text']; choices?: Reply['choices']; picture?: Reply['picture'] };
}

export interface WebHistory {
  append(line: Omit<WebLine, 'seq'>): Promise<void>;
  /** Lines of a chat after a sequence number, oldest first; `limit` newest when `after` is null. */
  lines(chat: Address, after: number | null, limit: number): Promise<WebLine[]>;
  /** Highest sequence number of a chat. */
  last(chat: Address): Promise<number>;
}
