/**
 * A talk is one thing a person can ask for: the commands for it, the words for it, and the answer.
 * Talks are pure; `converse` picks the one that answers and turns its turn into effects.
 */
import type { ZodType } from 'zod';
import type { Reading } from '../language/types.ts';
import type { Draft } from '../report/types.ts';
import type { Ask, Change, Draughted, Event, Focus, Json, Send, Session } from './types.ts';
import type { World } from './world.ts';

/** Where and when a talk speaks. */
export interface Here {
  event: Event;
  session: Session;
  world: World;
}

/** A typed message on its way to the talk that will answer it. `reading` is made when first asked for. */
export interface Heard {
  text: string;
  reading: Reading;
}

/** What a talk answers. `draft`: undefined leaves the open form as it is, null closes it. */
export interface Turn {
  reply?: Draughted;
  draft?: Draft | null;
  focus?: Focus;
  /** The next typed words are for the same talk, with these arguments and `text`; null: none are awaited any more. */
  awaits?: { [key: string]: Json } | null;
  changes?: Change[];
  /** The code in the message does not exist. */
  wrongCode?: true;
  /** Messages to others than the asker. */
  sends?: Send[];
}

export interface Talk<Args extends Json = Json> {
  id: string;
  /** Commands without the slash, unaccented: `nhiemvu`. */
  commands?: readonly string[];
  /** Its command without the slash is another word ("vâng"), so that it counts only with it. */
  slashOnly?: true;
  /** Where its commands work; both when absent. */
  where?: 'private' | 'group';
  /** Checks what a stored choice carries before it is answered. */
  args: ZodType<Args>;
  /** Args for a command with the text that follows it. */
  command?(rest: string, here: Here): Args;
  /** What another talk answers of what follows its commands; null where this one does. */
  passOn?(rest: string, here: Here): Ask | null;
  /** Args if this talk answers an event that is not words (joined, left, moved, a file), else null. */
  meet?(here: Here): Args | null;
  /** Args if this talk is meant by the message, null to leave it to the next talk. */
  hear?(heard: Heard, here: Here): Args | null;
  answer(args: Args, here: Here): Turn;
  /** Whether a bare number typed now is an answer of its own, never the number of a choice. */
  takesNumbers?(here: Here): boolean;
  /** Whether typed words are those it awaits; all are where this is absent. What is not, goes to the other talks. */
  takes?(heard: Heard, here: Here): boolean;
  /** Whether the words it awaits are the asker's own name: it is not stopped. */
  takesName?(awaited: Args): boolean;
  /** What follows its command is the asker's own name: it is not stopped. */
  ownName?: true;
  /** Asks again for the words it awaits, after another talk answered in between; where absent they are awaited no more. */
  askAgain?(awaited: Args, here: Here): Draughted;
  /** Asks again what the open form asks, after another talk has answered in between; null when nothing is open. */
  resume?(here: Here): Draughted | null;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of talks has each its own arguments
export type AnyTalk = Talk<any>;

/** An Ask for a talk, with its arguments checked by the compiler. */
export function ask<Args extends Json>(talk: Talk<Args>, args: Args): Ask {
  return { talk: talk.id, args };
}
