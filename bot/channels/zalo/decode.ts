/**
 * What happened on Zalo, as an event of the bot; null for what does not concern it. Pure.
 *
 * - Ids of events are `zalo:<event>/<message id>`: Zalo has no number of updates, and repeats some.
 * - Texts are `said`; images and voice messages are `sent`, with the address of the file as its id. Stickers and what Zalo
 *   does not pass on are `said` with an empty text, so that the bot may answer kindly.
 * - In a group Zalo passes on only what mentions the bot or replies to it: everything there is addressed to it. The
 *   mention is taken off, so that a talk reads the same words on every channel.
 * - Zalo tells nothing of members who come and go.
 */
import type { Address, Event, FileRef, Instant } from '../../core/types.ts';
import type { Me, Message, Update } from './update.ts';

/** What the bot is usually called, where Zalo does not tell; a bot's name begins with "Bot". */
const USUAL_NAMES = ['Bot Trực Ban', 'Bot Truc Ban'];

/** @param me null while Zalo has not told who the bot is */
export function decode({ name, message }: Update, me: Me | null, at: Instant): Event | null {
  if (!message || message.from.is_bot || message.from.id === me?.id) return null;
  const { from, chat } = message;
  const called = from.display_name || from.name;
  const event = {
    id: `zalo:${name}/${message.message_id}`,
    at,
    from: addressOf(from.id),
    ...(called && { fromName: called }),
    chat: {
      address: addressOf(chat.id),
      kind: chat.chat_type === 'GROUP' ? ('group' as const) : ('private' as const),
      addressed: true,
    },
  };
  const words = (text: string) => (chat.chat_type === 'GROUP' ? withoutMention(text, me) : text);
  const file = fileOf(name, message);
  if (file) {
    const caption = words(message.caption ?? '');
    return { ...event, kind: 'sent', file, ...(caption && { caption }) };
  }
  return { ...event, kind: 'said', text: words(message.text ?? '') };
}

export const addressOf = (id: string): Address => `zalo:${id}`;

function fileOf(name: Update['name'], message: Message): FileRef | null {
  const { message_id: id } = message;
  const image = message.photo_url ?? message.photo;
  if (name === 'image' && image) return { id: image, name: `photo-${id}.jpg`, mediaType: 'image/jpeg', size: 0 };
  if (name === 'voice' && message.voice_url)
    return { id: message.voice_url, name: `voice-${id}.aac`, mediaType: 'audio/aac', size: 0 };
  return null;
}

/** A mention is bare text: "@" and the name that people see, spaces and all. */
function withoutMention(text: string, me: Me | null): string {
  const names = [me?.display_name, me?.account_name, ...USUAL_NAMES]
    .filter((name): name is string => Boolean(name))
    .sort((a, b) => b.length - a.length);
  return names
    .reduce((rest, name) => rest.replace(mentionOf(name), ' '), text.normalize('NFC'))
    .replace(/ {2,}/g, ' ')
    .trim();
}

const mentionOf = (name: string): RegExp =>
  new RegExp(`@${name.normalize('NFC').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'giu');
