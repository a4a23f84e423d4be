/** The port every platform implements: it receives events and sends parts; it knows nothing of plans or reports. */
import type { Hono } from 'hono';
import type { Address, ChannelId, Choice, Event, FileRef, Instant, Paper, Picture, Text } from '../core/types.ts';

/** What a channel can carry; `deliver.ts` alone adapts a reply to it. Lengths are UTF-16 units of visible text. */
export interface Limits {
  text: number;
  /** Length of a picture's caption; 0 when a picture stands alone. */
  caption: number;
  pictures: boolean;
  /** Kinds of pictures that can be shown; every kind when absent. */
  pictureTypes?: readonly Picture['mediaType'][];
  /** Whether documents are uploaded, or offered for download; told in words when absent. */
  papers?: 'upload' | 'link';
  /** `max` 0: choices are numbered in the text. */
  choices: { max: number; label: number };
}

/** One message of a channel: within its limits. */
export interface Part {
  text: Text[];
  choices: Choice[];
  picture?: Picture;
  /** For a channel that offers documents for download. */
  paper?: Paper;
  /** For a channel that uploads them; in a message of its own. */
  document?: MadePaper;
}

/** A document as it was made. */
export interface MadePaper {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** The reason of a part that only waits for its turn. */
export const PACED = 'paced';

export type Sent =
  | { ok: true; messageId: string }
  | {
      ok: false;
      /** Whether the same part may be tried again; `after` says when, in ms. */
      retryable: boolean;
      after?: number;
      reason: string;
      /** Nothing can be written there at all: blocked, removed, forbidden. */
      unreachable?: true;
      /** The chat lives on under another address. */
      movedTo?: Address;
    };

export interface Health {
  ok: boolean;
  /** In Vietnamese, for the administrator: what is wrong and what to do. */
  detail: string;
}

export interface Channel {
  id: ChannelId;
  limits: Limits;
  /** Begins to receive; `receive` resolves once the event is stored. Never throws for a platform that is down: `health` tells. */
  start(receive: (event: Event) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
  /** `key` is the same for a repeated try of the same part. Never throws. */
  send(to: Address, part: Part, meta: { key: string; thread?: string; at: Instant }): Promise<Sent>;
  /** For a channel that keeps its own history: an event was accepted; called before its replies are delivered, maybe twice. */
  heard?(event: Event): Promise<void>;
  /** Somebody's role or place has changed, for what a channel shows by role. Never throws. */
  peopleChanged?(): Promise<void>;
  /** Takes a message that must not stand in the chat away, where the platform allows it. Never throws. */
  erase?(event: Event): Promise<void>;
  /** The address that opens the channel with an invitation in it; null while it is not known. */
  inviteLink?(code: string): string | null;
  /** The bytes of a file that somebody sent; null when it cannot be had, or has more than `most` bytes. Never throws. */
  download?(file: FileRef, most: number): Promise<Uint8Array | null>;
  /** Adds the channel's HTTP routes (web page, webhook). */
  routes?(app: Hono): void;
  health(): Health;
}
