/** A message as the page posts it, and the event it becomes. */
import { z } from 'zod';
import { isAddressed } from '../../core/addressed.ts';
import type { Choice, Event, Instant } from '../../core/types.ts';
import type { WebHistory, WebLine } from '../../core/web.ts';
import { say } from '../../text/say.ts';
import type { Place } from './place.ts';
import { Refused } from './refused.ts';

/** UTF-16 units of one message. */
export const MOST_TEXT = 4000;
/** How far back a pressed button is looked for. */
const LOOK_BACK = 200;

/** UTF-16 units of the name under which somebody registers. */
const MOST_NAME = 60;

/** `claim`: chosen by the page and told to nobody else; `name`: of somebody who has yet to register. */
const common = { id: z.uuid(), claim: z.uuid().optional(), name: z.string().max(MOST_NAME).optional() };
const Posted = z.union([
  z.strictObject({ ...common, text: z.string() }),
  z.strictObject({ ...common, token: z.string().min(1).max(64) }),
]);
type Posted = z.infer<typeof Posted>;

/** Checks what was posted; refuses it with a sentence that says how to mend it. */
export function readPosted(body: unknown): Posted {
  const parsed = Posted.safeParse(body);
  if (!parsed.success) throw new Refused(400, say('web:errors.shape'));
  if ('token' in parsed.data) return parsed.data;
  const text = clean(parsed.data.text);
  if (text === '') throw new Refused(400, say('web:errors.empty'));
  if (text.length > MOST_TEXT) throw new Refused(413, say('web:errors.tooLong', { most: MOST_TEXT }));
  return { ...parsed.data, text };
}

/** Control characters and halves of characters cannot be stored; a line break is one character. */
export const clean = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();

export async function eventOf(posted: Posted, place: Place, at: Instant, history: WebHistory): Promise<Event> {
  const { chat } = place;
  const name = place.name ?? (clean(posted.name ?? '').replace(/\s+/g, ' ') || undefined);
  const common = {
    id: `web:${posted.id.toLowerCase()}`,
    at,
    from: place.me,
    ...(name !== undefined && { fromName: name }),
  };
  if ('token' in posted) return { ...common, chat: { ...chat, addressed: true }, kind: 'chose', token: posted.token };
  const addressed =
    chat.kind === 'private' ||
    isAddressed(posted.text, lastChoices(await history.lines(chat.address, null, LOOK_BACK)));
  return { ...common, chat: { ...chat, addressed }, kind: 'said', text: posted.text };
}

const lastChoices = (lines: WebLine[]): Choice[] => lines.findLast((l) => l.from === 'bot')?.body.choices ?? [];

/** The person's own line for an event; null for what leaves no line. A pressed button is kept by its label. */
export async function lineOf(event: Event, history: WebHistory): Promise<Omit<WebLine, 'seq'> | null> {
  const text = await wordsOf(event, history);
  if (text === null) return null;
  return {
    chat: event.chat.address,
    id: event.id,
    from: event.from,
    ...(event.fromName !== undefined && { fromName: event.fromName }),
    at: event.at,
    body: { text: [{ as: 'text', text }] },
  };
}

async function wordsOf(event: Event, history: WebHistory): Promise<string | null> {
  if (event.kind === 'said') return event.text;
  if (event.kind === 'chose') return labelOf(event, history);
  if (event.kind !== 'sent') return null;
  return [say('web:file', { name: event.file.name }), event.caption].filter(Boolean).join('\n');
}

async function labelOf(event: Event & { kind: 'chose' }, history: WebHistory): Promise<string> {
  const lines = await history.lines(event.chat.address, null, LOOK_BACK);
  const choices = lines.reverse().flatMap((l) => (l.from === 'bot' ? (l.body.choices ?? []) : []));
  return choices.find((c) => c.token === event.token)?.label ?? say('web:pressed');
}
