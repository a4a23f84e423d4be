/** What Zalo sends, as far as the channel reads it; fields that Zalo's pages and its payloads name differently have both names. */
import { z } from 'zod';

const id = z.string().min(1).max(128);
const text = z.string().nullish();

const Message = z.object({
  message_id: id,
  from: z.object({ id, display_name: text, name: text, is_bot: z.boolean().nullish() }),
  chat: z.object({ id, chat_type: z.enum(['PRIVATE', 'GROUP']) }),
  text,
  caption: text,
  photo_url: text,
  photo: text,
  voice_url: text,
});
export type Message = z.infer<typeof Message>;

/** Every kind of event that is known; others may come at any time. */
const NAMES = ['text', 'image', 'sticker', 'voice', 'unsupported'] as const;
type Name = (typeof NAMES)[number];

export interface Update {
  name: Name;
  /** Zalo hides the message of somebody who is protected. */
  message: Message | null;
}

const Envelope = z.object({ event_name: z.string(), message: z.unknown().optional() });

/** `unknown`: an event of a kind that is not known; `broken`: no event at all, or not as it should be. */
export function readUpdate(given: unknown): Update | 'unknown' | 'broken' {
  const envelope = Envelope.safeParse(unwrapped(given));
  if (!envelope.success) return 'broken';
  const name = NAMES.find((known) => envelope.data.event_name === `message.${known}.received`);
  if (!name) return 'unknown';
  if (name === 'unsupported' && envelope.data.message == null) return { name, message: null };
  const message = Message.safeParse(envelope.data.message);
  if (!message.success || (name === 'text' && !message.data.text)) return 'broken';
  return { name, message: message.data };
}

/** A webhook's body may be wrapped like an answer of the API, or bare. */
const unwrapped = (body: unknown): unknown => {
  const { ok, result } = (body ?? {}) as { ok?: unknown; result?: unknown };
  return ok === true && result ? result : body;
};

/** Zalo answers with one update; should it ever answer with a list, that is read as well. */
export const updatesIn = (result: unknown): unknown[] =>
  Array.isArray(result) ? result : result == null ? [] : [result];

export const Me = z.object({
  id: z.coerce.string(),
  account_name: text,
  display_name: text,
  account_type: text,
  can_join_groups: z.boolean().nullish(),
});
export type Me = z.infer<typeof Me>;

/** `verification` tells whether Zalo could call the address; not every version of the API has it. */
export const WebhookInfo = z.object({
  url: text,
  verification: z.object({ ok: z.boolean(), outcome: text, hint: text }).nullish(),
});
export type WebhookInfo = z.infer<typeof WebhookInfo>;

export const SentMessage = z.object({ message_id: z.coerce.string() });
