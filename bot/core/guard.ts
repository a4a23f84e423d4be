/** Personal data and secrets stop here, before anything of the message is stored (Luật 91/2025/QH15, Luật 117/2025/QH15). */
import { readable } from '../language/legacy.ts';
import { mask, type StopKind, stops } from '../language/sensitive.ts';
import { say } from '../text/say.ts';
import { typedChoice } from './router.ts';
import type { Ask, Event, Session } from './types.ts';

export const GUARD = 'guard';

/** What stands in place of a stopped part: `[đã bỏ: tên người]`. */
const label = (kind: StopKind): string => say('guard:left', { kind: say(`guard:kind.${kind}`) });

interface Stopped {
  text: string;
  kinds: StopKind[];
  /** Nothing else was said. */
  whole?: true;
}

/** The same event is looked at where it is answered and where it is kept. */
const looked = new WeakMap<Event, Stopped | null>();

/** The message as it may be kept, and which kinds were left out; null when all of it may be kept. */
export function stopped(event: Event): Stopped | null {
  const known = looked.get(event);
  if (known !== undefined) return known;
  const found = look(event);
  looked.set(event, found);
  return found;
}

function look(event: Event): Stopped | null {
  const text = wordsOf(event);
  const found = text === undefined ? [] : stops(text);
  if (text === undefined || found.length === 0) return null;
  return {
    text: mask(text, found, label),
    kinds: [...new Set(found.map((stop) => stop.kind))],
    ...(isEmpty(mask(text, found, () => ' ')) && { whole: true as const }),
  };
}

/** A command or the words before a colon say only what a message was to be. */
const isEmpty = (rest: string): boolean => !/[\p{L}\d]/u.test(rest.replace(/^\s*(?:\/\S+|[^:\n]{1,40}:)/u, ''));

/** As it reads, whatever font's code it was pasted in. */
function wordsOf(event: Event): string | undefined {
  const typed = event.kind === 'said' ? event.text : event.kind === 'sent' ? event.caption : undefined;
  return typed === undefined ? undefined : readable(typed);
}

const CODE = /(?:^|\s)[a-z0-9]{4}-?[a-z0-9]{4}-?[a-z0-9]{4}(?=\s|$)/i;

/** A code of the bot's own may look like the number of an account. */
export const withoutCode = (event: Event): Event =>
  event.kind === 'said' && CODE.test(event.text) ? { ...event, text: event.text.replace(CODE, '') } : event;

/**
 * The talk that tells the officer, instead of whatever the message was for; a group hears nothing of what is not for the bot.
 * @param but what is asked for, and may be told
 */
export function guardAsk(event: Event, but: readonly StopKind[] = []): Ask | null {
  const found = event.chat.addressed ? stopped(event) : null;
  return found?.kinds.some((kind) => !but.includes(kind)) ? { talk: GUARD, args: { ...found } } : null;
}

/** The event as a channel may keep it in its history. */
export function keepable(told: Event): Event {
  const event = unnamed(told);
  const found = stopped(event);
  if (!found) return event;
  if (event.kind === 'said') return { ...event, text: found.text };
  return event.kind === 'sent' ? { ...event, caption: found.text } : event;
}

/** The name of a file may be somebody's: `nguyen_van_a.pdf`. */
function unnamed(event: Event): Event {
  if (event.kind !== 'sent') return event;
  const words = event.file.name.replace(/[_-]+|\.(?=\w+$)/g, ' ');
  const found = stops(words);
  return found.length === 0 ? event : { ...event, file: { ...event.file, name: mask(words, found, label) } };
}

/** "Gửi phần còn lại", pressed or typed, is saying what remains. */
export function spoken(event: Event, session: Session): Event {
  if (event.kind !== 'chose' && event.kind !== 'said') return event;
  const pressed = event.kind === 'chose' && session.offered.find((o) => o.token === event.token);
  const ask = (pressed || typedChoice(event, session))?.ask;
  const rest = ask?.talk === GUARD ? (ask.args as { again?: unknown }).again : undefined;
  return typeof rest === 'string' ? { ...event, kind: 'said', text: rest } : event;
}
