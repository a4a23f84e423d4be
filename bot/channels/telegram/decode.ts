/**
 * What happened on Telegram, as an event of the bot; null for what does not concern it. Pure.
 *
 * - A message, or an edited one, is `said`; an edit is a new event, since people mend a typo and expect an answer to it, and
 *   is marked, since a form must not take it for the answer to its next question.
 *   An edit of anything but a text (a caption, a live location that moves) is ignored.
 * - `/lệnh@bot` and `@bot` lose the bot's name, so that a talk reads the same words on every channel.
 * - Photos, documents, sound and video are `sent`. Stickers, contacts, locations, polls and the like are `said` with an
 *   empty text: the bot may answer kindly, and personal data such as a phone number goes no further.
 * - Service messages, other bots, and a linked channel's automatic posts are ignored.
 * - In a group the bot is addressed by a command (unless it names another bot), a mention, or a reply to it.
 *   A forwarded message addresses nobody there: its commands and mentions are somebody else's. In private it is said by
 *   whoever passes it on, as an officer does with a unit's figures. Each picture of an album is sent for itself, with the album's name.
 *   Pressing a choice and adding the bot to a group address it too.
 * - An administrator who stays anonymous, or writes as a channel, has the address `telegram:anonymous`: Telegram does not
 *   say who it is, so it must never be tied to a person.
 */
import type { Address, Chat, Event, Instant } from '../../core/types.ts';
import { fileOf } from './files.ts';
import type { CallbackQuery, ChatMember, ChatMemberUpdated, Message, TelegramChat, Update, User } from './update.ts';

/** Who writes without showing who they are. */
export const ANONYMOUS: Address = 'telegram:anonymous';

type Happened = { from: Address; fromName?: string; chat: Chat; message?: string; quoted?: string; edited?: true } & (
  | { kind: 'said'; text: string }
  | { kind: 'chose'; token: string }
  | Pick<Extract<Event, { kind: 'sent' }>, 'kind' | 'file' | 'caption' | 'album'>
  | { kind: 'joined' | 'left' }
  | { kind: 'moved'; to: Address }
);

/** @param me the bot itself, as `getMe` tells */
export function decode(update: Update, me: User, at: Instant): Event | null {
  const happened =
    (update.message && fromMessage(update.message, me)) ??
    fromEdit(update.edited_message, me) ??
    (update.callback_query && fromPress(update.callback_query)) ??
    (update.my_chat_member && fromMembership(update.my_chat_member));
  return happened ? { id: `telegram:${update.update_id}`, at, ...happened } : null;
}

export const addressOf = (id: number): Address => `telegram:${id}`;

function fromMessage(message: Message, me: User): Happened | null {
  if (message.chat.type === 'channel' || message.is_automatic_forward) return null;
  const written = senderOf(message);
  const sender = written && { ...written, message: String(message.message_id) };
  const chat = chatOf(message.chat, isAddressed(message, me), message);
  if (message.migrate_to_chat_id !== undefined)
    return { ...(sender ?? { from: ANONYMOUS }), chat, kind: 'moved', to: addressOf(message.migrate_to_chat_id) };
  if (!sender) return null;
  const quoted = quotedBy(message, me);
  if (message.text !== undefined)
    return {
      ...sender,
      ...(quoted && { quoted }),
      chat,
      kind: 'said',
      text: withoutName(message.text, message.entities, me),
    };
  const file = fileOf(message);
  if (file) {
    const caption = withoutName(message.caption ?? '', message.caption_entities, me);
    const { media_group_id: album } = message;
    return { ...sender, chat, kind: 'sent', file, ...(caption && { caption }), ...(album !== undefined && { album }) };
  }
  return WORDLESS.some((kind) => message[kind] !== undefined) ? { ...sender, chat, kind: 'said', text: '' } : null;
}

function fromEdit(message: Message | undefined, me: User): Happened | null {
  const happened = message?.text !== undefined ? fromMessage(message, me) : null;
  return happened && { ...happened, edited: true };
}

/** The bot's own words that a message replies to. */
function quotedBy({ reply_to_message: to }: Message, me: User): string | undefined {
  return to?.from?.id === me.id && !to.forum_topic_created ? (to.text ?? to.caption) : undefined;
}

const WORDLESS = [
  ...['sticker', 'contact', 'location', 'venue', 'poll'],
  ...['dice', 'game', 'story', 'checklist', 'paid_media'],
] as (keyof Message)[];

function fromPress({ from, message, data }: CallbackQuery): Happened | null {
  if (!message || data === undefined || message.chat.type === 'channel') return null;
  return { ...personOf(from), chat: chatOf(message.chat, true, message), kind: 'chose', token: data };
}

function fromMembership({
  chat,
  from,
  old_chat_member: old,
  new_chat_member: now,
}: ChatMemberUpdated): Happened | null {
  if (chat.type === 'channel' || isIn(old) === isIn(now)) return null;
  const joined = isIn(now);
  return { ...personOf(from), chat: chatOf(chat, joined), kind: joined ? 'joined' : 'left' };
}

const isIn = ({ status, is_member }: ChatMember): boolean =>
  status === 'restricted' ? is_member === true : status !== 'left' && status !== 'kicked';

function senderOf({ from, sender_chat, author_signature }: Message): Pick<Happened, 'from' | 'fromName'> | null {
  if (sender_chat) {
    const fromName = author_signature ?? sender_chat.title;
    return { from: ANONYMOUS, ...(fromName && { fromName }) };
  }
  return from && !from.is_bot ? personOf(from) : null;
}

const personOf = ({ id, first_name, last_name }: User) => ({
  from: addressOf(id),
  fromName: last_name ? `${first_name} ${last_name}` : first_name,
});

function chatOf(
  { id, type, title }: TelegramChat,
  addressed: boolean,
  { is_topic_message, message_thread_id }: Pick<Message, 'is_topic_message' | 'message_thread_id'> = {},
): Chat {
  const kind = type === 'private' ? 'private' : 'group';
  return {
    address: addressOf(id),
    kind,
    addressed: kind === 'private' || addressed,
    ...(title !== undefined && { title }),
    ...(is_topic_message && message_thread_id !== undefined && { thread: String(message_thread_id) }),
  };
}

const COMMAND = /^\/[a-z0-9_]{1,32}(?:@(\w+))?(?=\s|$)/i;

function isAddressed(message: Message, me: User): boolean {
  const text = message.text ?? message.caption ?? '';
  const command = COMMAND.exec(text);
  // To another bot, even as a reply to this one.
  if (command?.[1] !== undefined && !sameName(command[1], me)) return false;
  const repliedTo = message.reply_to_message;
  // Every message of a forum topic refers to the message that opened it.
  if (repliedTo?.from?.id === me.id && !repliedTo.forum_topic_created) return true;
  if (message.forward_origin) return false;
  if (command) return true;
  return mentions(text, message.entities ?? message.caption_entities, me).length > 0;
}

const sameName = (name: string, me: User): boolean => name.toLowerCase() === me.username?.toLowerCase();

const mentions = (text: string, entities: Message['entities'], me: User) =>
  (entities ?? []).filter(
    ({ type, offset, length, user }) =>
      (type === 'mention' && sameName(text.slice(offset + 1, offset + length), me)) ||
      (type === 'text_mention' && user?.id === me.id),
  );

function withoutName(text: string, entities: Message['entities'], me: User): string {
  const command = COMMAND.exec(text);
  if (command?.[1] !== undefined && sameName(command[1], me)) return text.replace(`@${command[1]}`, '');
  return mentions(text, entities, me)
    .reduceRight((rest, { offset, length }) => rest.slice(0, offset) + rest.slice(offset + length), text)
    .replace(/ {2,}/g, ' ')
    .trim();
}
