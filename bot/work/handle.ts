/**
 * One event = one transaction: remember the event, converse, save the session, apply changes, queue replies; commit.
 * Nothing is sent inside it; what is queued is delivered afterwards. Events that come while others are being stored, and
 * want nothing but their own conversation to go on, share the next transaction.
 */
import { createHash } from 'node:crypto';
import { codeIn } from '../core/codes.ts';
import type { Conversed } from '../core/converse.ts';
import { allowed } from '../core/rights.ts';
import type { Address, Change, Event, Send } from '../core/types.ts';
import { dayOf } from '../language/calendar.ts';
import type { FileRules } from '../report/types.ts';
import { gather } from '../store/gather.ts';
import {
  type Answer,
  type Asked,
  ChangeRefused,
  type Outgoing,
  type Store,
  type Surroundings,
  type Tx,
} from '../store/port.ts';
import { say } from '../text/say.ts';
import type { Attachments } from './attachments.ts';
import { createStage, plainReply, type Stage, type StageNeeds } from './stage.ts';

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

/** The open form takes the file that was sent: it is fetched outside of the transaction. */
class NeedsFile extends Error {
  readonly rules: FileRules;
  constructor(rules: FileRules) {
    super('file');
    this.rules = rules;
  }
}

const MOST_TRIES = 5;
/** Events in one transaction: each waits for the slowest. */
const MOST_TOGETHER = 100;

export function createHandle(needs: HandleNeeds): Handle {
  const stage = createStage(needs);
  const together = gather(async (events: Event[]) => {
    const [event, another] = events;
    return event && !another ? [await alone(needs, stage, event)] : sharing(needs, stage, events);
  }, MOST_TOGETHER);
  return async (event) => {
    // A file may have to be fetched, for which nobody else shall wait.
    const shared = event.kind === 'sent' ? null : await together(event);
    return shared ?? alone(needs, stage, event);
  };
}

async function alone(needs: HandleNeeds, stage: Stage, told: Event): Promise<Queued[]> {
  let event = told;
  for (let tries = 1; ; tries++) {
    try {
      const { to, applied } = await needs.store.transaction((tx) => once(needs, stage, tx, event), { delivers: true });
      stage.changed(applied);
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
}

/** Events in one transaction; null for each that needs one of its own, of which nothing was stored. */
async function sharing(needs: HandleNeeds, stage: Stage, events: Event[]): Promise<(Queued[] | null)[]> {
  try {
    return await needs.store.transaction((tx) => many(needs, stage, tx, events), { delivers: true });
  } catch (error) {
    // Whatever it was, each event meets it again by itself.
    needs.log.info({ events: events.length, error: String(error) }, 'events could not be stored together');
    return events.map(() => null);
  }
}

/** What goes on in a conversation without touching anything else. */
interface Plain {
  event: Event;
  around: Surroundings;
  session: Conversed['session'];
  answers: Answer[];
}

async function many(needs: HandleNeeds, stage: Stage, tx: Tx, events: Event[]): Promise<(Queued[] | null)[]> {
  const now = needs.now();
  const arounds = await tx.surroundingsOf(
    events.map((event) => askedBy(event, now)),
    { year: yearOf(now), agency: needs.rules.agency },
  );
  const conversations = new Set<string>();
  const plain: Plain[] = [];
  for (const [i, event] of events.entries()) {
    const around = arounds[i]!;
    // Two of one conversation: the second must see what the first has left.
    if (conversations.has(around.sessionKey)) continue;
    conversations.add(around.sessionKey);
    const { session, effects } = await stage.play(event, around, tx, now);
    const answers = effects.filter((effect) => effect.kind === 'send');
    if (answers.length === effects.length && answers.every((send) => isAnswer(send, event)))
      plain.push({ event, around, session, answers });
  }
  const ids = plain.map(({ event }) => event.id);
  const fresh = await tx.firstSights(ids, now);
  const going = plain.filter(({ event }) => fresh.has(event.id));
  const saved = going
    .filter(({ session, around }) => session !== around.session)
    .map(({ session, around }) => ({ key: around.sessionKey, session, revision: around.revision }));
  if ((await tx.saveSessions(saved, now)).size < saved.length) throw new Overtaken();
  const answers = going.flatMap((conversed) => conversed.answers);
  const claimed = new Map((await tx.answer(answers, now, now + needs.leaseMs)).map((first) => [first.to, first]));
  const queued = new Map(plain.map(({ event }): [Event, Queued[]] => [event, []]));
  for (const { event, answers } of going) {
    const to = event.chat.address;
    const first = claimed.get(to);
    if (answers.length > 0) queued.set(event, [{ to, ...(first && { claimed: first }) }]);
  }
  return events.map((event) => queued.get(event) ?? null);
}

const isAnswer = (send: Send, event: Event): boolean =>
  send.to === event.chat.address && !send.reply.picture && !send.offered && send.notBefore === undefined;

interface Handled {
  to: Queued[];
  applied: Change[];
}

async function once(needs: HandleNeeds, stage: Stage, tx: Tx, event: Event): Promise<Handled> {
  const now = needs.now();
  if (!(await tx.firstSight(event.id, now))) return { to: [], applied: [] };
  const around = await tx.surroundings({ ...askedBy(event, now), agency: needs.rules.agency }, yearOf(now));
  const rules = event.kind === 'sent' && event.chat.kind === 'private' && needs.attachments?.rulesOf(around.session);
  if (rules && event.kind === 'sent' && !event.file.kept && !event.file.refused) throw new NeedsFile(rules);
  const { session, effects } = await stage.play(event, around, tx, now);
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
  return { to: [...new Set(told.map((s) => s.to))].map((to) => ({ to })), applied };
}

function askedBy(event: Event, at: number): Asked {
  const code = event.kind === 'said' ? codeIn(event.text) : null;
  return { from: event.from, chat: event.chat, codeHash: code && hashOf(code), at };
}

const yearOf = (now: number): number => Number(dayOf(now).slice(0, 4));

/** Codes are kept only as a hash. */
export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
