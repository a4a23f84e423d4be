/** Finds what is asked: a pressed or typed choice, a command, or what the first talk that understands makes of the words. */
import { fold } from '../language/fold.ts';
import type { Reading } from '../language/types.ts';
import { say } from '../text/say.ts';
import type { AnyTalk, Here } from './talk.ts';
import type { Ask, Draughted, Event, Offered, Session } from './types.ts';

/** `heard`: made of the words themselves, no choice and no command. */
export type Routed =
  | { kind: 'ask'; ask: Ask; heard?: true }
  | { kind: 'reply'; reply: Draughted }
  | { kind: 'ignored' };

const COMMAND = /^\/([a-z0-9_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/i;

export function route(talks: readonly AnyTalk[], here: Here): Routed {
  const { event } = here;
  switch (event.kind) {
    case 'chose': {
      const offered = here.session.offered.find((o) => o.token === event.token);
      if (offered) return { kind: 'ask', ask: offered.ask };
      // A choice of a message that nobody asked for is a command: good whatever was said since.
      return commanded(talks, here, event.token) ?? stale(here);
    }
    case 'said':
      if (event.chat.kind === 'group' && !event.chat.addressed) return { kind: 'ignored' };
      return said(talks, here, wordsOf(event.text));
    default: {
      for (const talk of talks) {
        const args = talk.meet?.(here);
        if (args != null) return { kind: 'ask', ask: { talk: talk.id, args } };
      }
      return { kind: 'ignored' };
    }
  }
}

/** The bot's name has a space, so that "@Trực" alone is not all of the mention. */
const CALLED = /^\s*(?:@tr[uự]c[ _]?ban|(?:tr[uự]c ban|bot) [ơo]i)(?![\p{L}\p{N}])[\s,:]*/iu;

/** Without whom it is said to. */
const wordsOf = (text: string): string =>
  text
    .normalize('NFC')
    .replace(CALLED, '')
    .replace(/^(@\S+\s*)+/, '')
    .trim();

function said(talks: readonly AnyTalk[], here: Here, text: string): Routed {
  const typed = typedChoice(here.event, here.session);
  if (typed) return { kind: 'ask', ask: typed.ask };
  const command = commanded(talks, here, text);
  if (command) return command;
  let reading: Reading | undefined;
  const heard = {
    text,
    get reading() {
      reading ??= here.world.reader.read(text, readingContext(here));
      return reading;
    },
  };
  const { awaits } = here.session;
  const awaiting =
    awaits && here.event.chat.kind === 'private' ? talks.find(({ id }) => id === awaits.talk) : undefined;
  if (awaits && awaiting && !COMMAND.test(text) && (awaiting.takes?.(heard, here) ?? true))
    return { kind: 'ask', ask: { talk: awaits.talk, args: { ...awaits.args, text } } };
  const unknown = COMMAND.exec(text);
  if (unknown && !awaits && !here.session.draft && here.event.chat.kind === 'private')
    return told(say('common:noCommand', { command: unknown[1]! }));
  for (const talk of talks) {
    if (talk.where && talk.where !== here.event.chat.kind) continue;
    const args = talk.hear?.(heard, here);
    if (args != null) return { kind: 'ask', ask: { talk: talk.id, args }, heard: true };
  }
  return { kind: 'ignored' };
}

function commanded(talks: readonly AnyTalk[], here: Here, text: string): Routed | null {
  const match = COMMAND.exec(text);
  // A command typed without its slash, as its only word, is the command.
  const name = match ? match[1]!.toLowerCase() : /^\p{L}+$/u.test(text) ? fold(text) : null;
  const talk = name ? talks.find((t) => t.commands?.includes(name) && (match || !t.slashOnly)) : undefined;
  if (!talk?.command) return null;
  if (talk.where && talk.where !== here.event.chat.kind)
    return match ? told(talk.where === 'private' ? say('common:onlyPrivate') : say('common:onlyGroup')) : null;
  const rest = match?.[2]?.trim() ?? '';
  return { kind: 'ask', ask: talk.passOn?.(rest, here) ?? { talk: talk.id, args: talk.command(rest, here) } };
}

/** Typing the label of a choice, or its number, is the same as pressing it; in an open form a bare number is a figure. */
export function typedChoice(event: Event, { offered, draft }: Session): Offered | undefined {
  if (event.kind !== 'said') return undefined;
  const text = wordsOf(event.text);
  const byLabel = labelled(offered, text);
  if (byLabel || (draft && !draft.paused && event.chat.kind === 'private')) return byLabel;
  if (event.chat.kind === 'private' && YES.test(fold(text)))
    return onlyOne(offered.filter((one) => one.yes && !one.unasked));
  return /^\d{1,2}$/.test(text) ? offered.filter((one) => !one.unasked)[Number(text) - 1] : undefined;
}

const YES =
  /^(?:(?:da|vang|u|uh|um|co|dung|dung roi|dong y|nhat tri|xac nhan|chac chan|ok|oke|okie)(?: (?:a|nhe|em|chac))*(?: |$))+$/;
const onlyOne = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

/**
 * The label as it is written, or typed without marks where only one label reads so (Cẩm Giang and Cẩm Giàng do not), or
 * without what it is about where only one begins so: "đồng ý" for "Đồng ý: Sở Y tế".
 */
function labelled(offered: Offered[], text: string): Offered | undefined {
  const written = text.normalize('NFC').toLowerCase();
  const exact = offered.find((o) => o.label.normalize('NFC').toLowerCase() === written);
  if (exact) return exact;
  const folded = offered.filter((o) => fold(o.label) === fold(text));
  if (folded.length > 0) return onlyOne(folded);
  const begun = offered.filter(({ label }) => ABOUT.test(label) && fold(label.replace(ABOUT, '')) === fold(text));
  return onlyOne(begun);
}
const ABOUT = /(?::| \(|,| →|(?: vào)? (?=[A-Z]{2}-20\d\d-\d)).*$/u;

function stale(here: Here): Routed {
  return {
    kind: 'reply',
    reply: {
      text: [{ as: 'text', text: say('common:stale') }],
      offers: here.session.offered.map(({ label, ask, yes }) => ({ label, ask, ...(yes && { yes }) })),
    },
  };
}

const told = (text: string): Routed => ({ kind: 'reply', reply: { text: [{ as: 'text', text }] } });

function readingContext(here: Here) {
  const { world, session } = here;
  return {
    asker: world.person?.memberships[0]?.unit ?? null,
    today: world.today,
    seesAll: world.allReports !== null,
    ...(session.focus && {
      focus: {
        shown: session.focus.shown,
        ...(session.focus.intent && { intent: session.focus.intent }),
        ...(session.focus.unit && { party: session.focus.unit }),
        ...(session.focus.plan && { plan: session.focus.plan }),
      },
    }),
  };
}
