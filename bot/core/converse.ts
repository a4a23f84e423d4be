/**
 * One event in, one reply out: finds the talk that is meant, lets it answer, and turns its turn into effects.
 * A question in the middle of a form is answered, then the form asks its step again in the same message.
 */
import { readable } from '../language/legacy.ts';
import { say } from '../text/say.ts';
import { oneMoreWrong } from './codes.ts';
import { goneBack, heardIn, isLateEdit } from './edited.ts';
import { GUARD, guardAsk, spoken, withoutCode } from './guard.ts';
import { lasting } from './offering.ts';
import { type Routed, route, typedChoice } from './router.ts';
import type { AnyTalk, Here, Turn } from './talk.ts';
import type { Ask, Draughted, Effect, Event, Offered, Session } from './types.ts';
import { answers, MOST_LETTERS, noteOf, unanswered } from './unanswered.ts';
import type { World } from './world.ts';

export interface Conversed {
  session: Session;
  effects: Effect[];
}
export type Converse = (event: Event, session: Session, world: World) => Conversed;

/** What each side of the conversation starts from. */
export const emptySession = (): Session => ({ offered: [] });

/**
 * @param talks in the order in which they hear a typed message: the open form first, the talk that admits it did not understand last
 */
export function createConverse(talks: readonly AnyTalk[]): Converse {
  const byId = new Map(talks.map((talk) => [talk.id, talk]));

  function answer(asked: Ask, here: Here): Turn {
    const talk = byId.get(asked.talk);
    const args = talk?.args.safeParse(asked.args);
    // A choice stored by an older version of the bot: recognised, and answered kindly.
    if (!talk || !args?.success) return { reply: { text: [{ as: 'text', text: say('common:stale') }] } };
    return talk.answer(args.data, here);
  }

  function tellsName(text: string): boolean {
    const command = /^\/([a-z]+)(?:@\w+)?\s/i.exec(text)?.[1]?.toLowerCase();
    return command !== undefined && talks.some((talk) => talk.ownName && talk.commands?.includes(command));
  }

  /** A label that was offered, and the name that is asked for, are no personal data of others. */
  function toStop({ event, session, world }: Here): Ask | null {
    if (typedChoice(event, session)) return null;
    const { awaits } = session;
    const named =
      event.chat.kind === 'private' &&
      ((awaits && byId.get(awaits.talk)?.takesName?.(awaits.args)) || (event.kind === 'said' && tellsName(event.text)));
    return guardAsk(world.invitation || world.link ? withoutCode(event) : event, named ? ['name'] : []);
  }

  /** What was awaited before another talk answered in between, if it is still. */
  function askedAgain(turn: Turn, answeredBy: string | null, here: Here): Draughted | null {
    const { awaits } = here.session;
    if (!awaits || answeredBy === awaits.talk || turn.awaits !== undefined || turn.draft) return null;
    const talk = here.event.chat.kind === 'private' ? byId.get(awaits.talk) : undefined;
    const args = talk?.askAgain ? talk.args.safeParse(awaits.args) : null;
    return args?.success ? talk!.askAgain!(args.data, here) : null;
  }

  return (event, before, world) => {
    const session = ofOwnUnits(goneBack(before, event), world);
    const here: Here = { event: spoken(legible(event), session), session, world };
    const stop = toStop(here);
    const late = isLateEdit(event, session) ? 'editedLate' : null;
    const aside = late ?? (isWordless(event) ? 'wordless' : null);
    const routed: Routed = stop ? { kind: 'ask', ask: stop } : aside ? told(aside) : route(talks, here);
    if (routed.kind === 'ignored') return { session, effects: [] };
    const answered = routed.kind === 'ask' ? answer(routed.ask, here) : { reply: routed.reply };
    const turn = routed.kind === 'ask' ? remembered(routed.ask, routed.heard ?? false, answered, here) : answered;
    const answeredBy = routed.kind === 'ask' ? routed.ask.talk : null;
    const again = answeredBy === GUARD ? null : askedAgain(turn, answeredBy, here);
    const kept = sessionAfter(session, turn, answeredBy, again !== null || aside !== null, world.now);
    const heard = late ? session.heard && { heard: session.heard } : heardIn(event, session, kept);
    const after = { ...kept, ...heard, ...albumIn(event, turn) };
    // The form waits while words are awaited for something else; a talk that opened one has shown it already.
    const resumed =
      again ?? (turn.awaits || turn.draft ? null : resume(talks, { ...here, session: after }, answeredBy));
    const then = { ...here, session: after };
    // Choices of another talk that stand before the form's are no answers of the form.
    const byLabel =
      event.chat.kind === 'private' && (resumed !== null || talks.some((talk) => talk.takesNumbers?.(then)));
    return settle(then, turn, join(turn.reply, resumed), byLabel);
  };
}

/** A sticker, a contact, a place, a poll: no talk can make anything of it, nor is it the words that one waits for. */
const isWordless = (event: Event): boolean => event.kind === 'said' && event.chat.addressed && event.text.trim() === '';

/** What is taken for no answer, whatever is asked now. */
const told = (why: 'editedLate' | 'wordless'): Routed => ({
  kind: 'reply',
  reply: { text: [{ as: 'text', text: say(`common:${why}`) }] },
});

/** A file that changed no form was of no use: of the others of its album nothing more need be said. */
const albumIn = (event: Event, turn: Turn): Pick<Session, 'album'> =>
  event.kind === 'sent' && event.album !== undefined && turn.draft === undefined ? { album: event.album } : {};

/** What was begun for a unit that somebody has left since is not theirs to go on with. */
function ofOwnUnits(session: Session, { person }: World): Session {
  const { draft, ...rest } = session;
  return draft && !person?.memberships.some(({ unit }) => unit === draft.unit) ? rest : session;
}

/** Pasted in the code of an old font, a message is read, guarded and kept as what it says. */
function legible(event: Event): Event {
  const text = event.kind === 'said' ? readable(event.text) : undefined;
  return event.kind === 'said' && text !== undefined && text !== event.text ? { ...event, text } : event;
}

/** What was asked stays known, for "không đúng ý"; a question without a good answer is noted. */
function remembered(asked: Ask, heard: boolean, turn: Turn, { event, session, world }: Here): Turn {
  const words = heard && event.kind === 'said' && answers(asked) ? event.text.slice(0, MOST_LETTERS) : undefined;
  const said = words ?? session.focus?.said;
  const focus = turn.focus ?? (words !== undefined ? session.focus : undefined);
  const why = words === undefined ? null : unanswered(asked, event);
  return {
    ...turn,
    ...(focus && said !== undefined && { focus: { ...focus, said } }),
    ...(why && words && { changes: [...(turn.changes ?? []), ...noteOf(words, why, world.chance)] }),
  };
}

/** @param waits for the same words as before */
function sessionAfter(session: Session, turn: Turn, talk: string | null, waits: boolean, now: number): Session {
  const draft = turn.draft === undefined ? session.draft : (turn.draft ?? undefined);
  const focus = turn.focus ?? session.focus;
  // What was stopped has not answered: the words are still awaited.
  const asked = talk !== null && turn.awaits ? { talk, args: turn.awaits } : undefined;
  const awaits = waits || talk === GUARD ? session.awaits : asked;
  const wrongCodes = turn.wrongCode ? oneMoreWrong(session, now) : session.wrongCodes;
  return {
    offered: session.offered,
    ...(draft && { draft }),
    ...(focus && { focus }),
    ...(awaits && { awaits }),
    ...(wrongCodes && { wrongCodes }),
  };
}

/** What the open form asks, after a talk other than the form itself has answered. */
function resume(talks: readonly AnyTalk[], here: Here, answeredBy: string | null): Draughted | null {
  if (here.event.chat.kind !== 'private') return null;
  for (const talk of talks) {
    if (talk.id === answeredBy) continue;
    const again = talk.resume?.(here);
    if (again) return again;
  }
  return null;
}

function join(reply: Draughted | undefined, more: Draughted | null): Draughted | undefined {
  if (!reply || !more) return reply;
  return { ...reply, text: [...reply.text, ...more.text], offers: [...(reply.offers ?? []), ...(more.offers ?? [])] };
}

function settle(here: Here, turn: Turn, reply: Draughted | undefined, byLabel: boolean): Conversed {
  const { event, session, world } = here;
  const changes: Effect[] = (turn.changes ?? []).map((change) => ({ kind: 'change', change }));
  const sends: Effect[] = (turn.sends ?? []).map((send) => ({ kind: 'send', ...send }));
  if (!reply) return { session, effects: [...changes, ...sends] };
  const made = tokens(reply, world.chance);
  const offered = [...made, ...lasting(session.offered, made)];
  const { offers: _, ...said } = reply;
  const choices = made.map(({ token, label }) => ({ token, label }));
  const main: Effect = {
    kind: 'send',
    to: event.chat.address,
    reply: { ...said, ...(choices.length > 0 && { choices, ...(byLabel && { byLabel: true as const }) }) },
    key: `reply/${event.id}`,
    ...(event.chat.thread !== undefined && { thread: event.chat.thread }),
  };
  return { session: { ...session, offered }, effects: [...changes, main, ...sends] };
}

/** Short, opaque, different for every message: an old button is told from a new one. Same label, one choice. */
function tokens(reply: Draughted, chance: string): Offered[] {
  const seen = new Set<string>();
  return (reply.offers ?? [])
    .filter((offer) => !seen.has(offer.label) && seen.add(offer.label))
    .map((offer, i) => ({ token: `${chance.slice(0, 10)}${i.toString(36)}`, ...offer }));
}
