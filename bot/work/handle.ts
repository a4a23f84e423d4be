/**
 * One event: read what is around it, converse, and store everything that comes of it at once: that it was seen, the
 * session, changes, queued replies. Nothing is sent before that is stored. Events that come together are read together;
 * where nothing but their own conversations goes on, they are stored together too.
 */
import { createHash } from 'node:crypto';
import { codeIn } from '../core/codes.ts';
import type { Conversed } from '../core/converse.ts';
import { allowed } from '../core/rights.ts';
import type { Address, Change, Event, Send } from '../core/types.ts';
import { dayOf } from '../language/calendar.ts';
import type { FileRules } from '../report/types.ts';
import { gather } from '../store/gather.ts';
import { type Asked, ChangeRefused, type Outgoing, type Store, type Surroundings, type Turn } from '../store/port.ts';
import { say } from '../text/say.ts';
import type { Attachments } from './attachments.ts';
import { createStage, plainReply, type StageNeeds } from './stage.ts';

export interface HandleNeeds extends StageNeeds {
  store: Store;
  /** How long an answer is held for whoever delivers it, ms of the bot's clock. */
  leaseMs: number;
  /** Keeps files for open forms; without it none is fetched. */
  attachments?: Attachments | undefined;
}

/** Somebody who has something to be delivered. */
export interface Queued {
  to: Address;
  /** The first of it, when it was claimed as it was queued. */
  claimed?: Outgoing;
}

/** Nobody when the event was seen before. */
export type Handle = (event: Event) => Promise<Queued[]>;

/** The session was saved by somebody else meanwhile: everything is rolled back and conversed again. */
class Overtaken extends Error {}

const MOST_TRIES = 5;
/** Events in one statement. While some are conversed with, others are read and stored. */
const MOST_TOGETHER = 25;

export function createHandle(needs: HandleNeeds): Handle {
  const { store, now, leaseMs } = needs;
  const stage = createStage(needs);
  const read = gather(
    (asked: Asked[]) => store.surroundings(asked, { year: yearOf(now()), agency: needs.rules.agency }),
    MOST_TOGETHER,
  );
  const save = gather((turns: Turn[]) => store.saveTurns(turns, now(), now() + leaseMs), MOST_TOGETHER);

  async function handled(event: Event, around: Surroundings): Promise<Queued[]> {
    const at = now();
    const conversed = await stage.play(event, around, store, at);
    const turn = turnOf(event, around, conversed);
    if (!turn) {
      const { to, applied } = await changing(needs, event, around, conversed, at);
      stage.changed(applied);
      return to;
    }
    const outcome = await save(turn);
    if (outcome.kind === 'overtaken') throw new Overtaken();
    if (outcome.kind === 'seen' || turn.answers.length === 0) return [];
    return [{ to: event.chat.address, ...(outcome.claimed && { claimed: outcome.claimed }) }];
  }

  return async (told) => {
    let event = told;
    for (let tries = 1; ; tries++) {
      const around = await read(askedBy(event, now()));
      if (around.seen) return [];
      const rules = rulesFor(needs, event, around);
      if (rules && event.kind === 'sent') event = await needs.attachments!.keep(event, rules);
      try {
        return await handled(event, around);
      } catch (error) {
        const again = error instanceof Overtaken || error instanceof ChangeRefused;
        if (!again || tries === MOST_TRIES) throw error;
      }
    }
  };
}

/** Those of the open form that takes the file that was sent: it is fetched before the event is handled. */
function rulesFor({ attachments }: HandleNeeds, event: Event, { session }: Surroundings): FileRules | null {
  if (event.kind !== 'sent' || event.chat.kind !== 'private' || event.file.kept || event.file.refused) return null;
  return attachments?.rulesOf(session) ?? null;
}

/** Null where more comes of an event than its own conversation. */
function turnOf(
  event: Event,
  { session: read, sessionKey: key, revision }: Surroundings,
  told: Conversed,
): Turn | null {
  const answers = told.effects.filter((effect) => effect.kind === 'send');
  if (answers.length < told.effects.length || !answers.every((send) => isAnswer(send, event))) return null;
  return { event: event.id, session: told.session === read ? null : { key, state: told.session, revision }, answers };
}

const isAnswer = (send: Send, event: Event): boolean =>
  send.to === event.chat.address && !send.reply.picture && !send.offered && send.notBefore === undefined;

interface Handled {
  to: Queued[];
  applied: Change[];
}

/** Stores an event that changes something, in a transaction of its own. */
function changing(
  needs: HandleNeeds,
  event: Event,
  { person, session: read, sessionKey, revision }: Surroundings,
  { session, effects }: Conversed,
  at: number,
): Promise<Handled> {
  const changes = effects.flatMap((effect) => (effect.kind === 'change' ? effect.change : []));
  const refused = !changes.every((change) => allowed(change, person, event, needs.rehearsal, needs.rules));
  const applied = refused ? [] : changes;
  const sends = refused
    ? [plainReply(event, say('common:notAllowed'))]
    : effects.filter((effect) => effect.kind === 'send');
  const to = [...new Set(sends.map((send) => send.to))].map((address) => ({ to: address }));
  return needs.store.transaction(
    async (tx) => {
      if (!(await tx.firstSight(event.id, at))) return { to: [], applied: [] };
      if (session !== read && !(await tx.saveSession(sessionKey, session, revision, at))) throw new Overtaken();
      for (const change of applied) await tx.apply(change, { person: person?.id ?? null, address: event.from, at });
      for (const send of sends) await tx.send(send, at);
      return { to, applied };
    },
    { delivers: true },
  );
}

function askedBy(event: Event, at: number): Asked {
  const code = event.kind === 'said' ? codeIn(event.text) : null;
  return { event: event.id, from: event.from, chat: event.chat, codeHash: code && hashOf(code), at };
}

const yearOf = (now: number): number => Number(dayOf(now).slice(0, 4));

/** Codes are kept only as a hash. */
export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
