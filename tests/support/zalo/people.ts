/** People and groups that use the bot, each action an event as Zalo would make it. */
import { addMessage, BOT, type ChatState, freshId, type Shown, type State } from './state.ts';
import type { Updates } from './updates.ts';

export interface View {
  id: string;
  fromBot(): Shown[];
  lastFromBot(): Shown | undefined;
}

export interface Person {
  id: string;
  chat: View;
  /** @returns the message's id */
  say(text: string): string;
  /** `as` is the name of the field: Zalo's pages and its payloads differ. */
  sendImage(url: string, as?: 'photo' | 'photo_url', caption?: string): string;
  sendSticker(): string;
  sendVoice(url: string): string;
  /** Something Zalo does not pass on; of somebody who is protected there is no message at all. */
  sendUnsupported(hidden?: boolean): void;
}

export interface Group {
  id: string;
  chat: View;
  /** Reaches the bot only when it mentions the bot, or replies to it. */
  say(who: Person, text: string, saying?: { reply?: boolean }): string;
}

export function createPeople(state: State, updates: Updates, date: () => number) {
  const names = new Map<string, string>();
  let images = 0;

  function chatOf(id: string, kind: ChatState['kind']): ChatState {
    const chat = state.chats.get(id) ?? { id, kind, messages: [], open: false };
    state.chats.set(id, chat);
    return chat;
  }

  const view = (chat: ChatState): View => ({
    id: chat.id,
    fromBot: () => chat.messages.filter((m) => m.from === 'bot'),
    lastFromBot: () => chat.messages.findLast((m) => m.from === 'bot'),
  });

  function write(chat: ChatState, from: string, kind: string, content: Record<string, unknown>, heard = true): string {
    const shown = addMessage(chat, { from, text: String(content.text ?? content.caption ?? '') });
    const message = {
      message_id: shown.id,
      date: date(),
      from: { id: from, display_name: names.get(from)!, is_bot: false },
      chat: { id: chat.id, chat_type: chat.kind },
      message_type: 'CHAT_MESSAGE',
      ...content,
    };
    if (heard) updates.push({ event_name: `message.${kind}.received`, message });
    return shown.id;
  }

  return {
    person(name: string, id = freshId()): Person {
      names.set(id, name);
      const chat = chatOf(id, 'PRIVATE');
      const send = (kind: string, content: Record<string, unknown>) => {
        chat.open = true;
        return write(chat, id, kind, content);
      };
      return {
        ...{ id, chat: view(chat) },
        say: (text) => send('text', { text }),
        sendImage: (url, as = images++ % 2 === 0 ? 'photo_url' : 'photo', caption) =>
          send('image', { [as]: url, ...(caption !== undefined && { caption }) }),
        sendSticker: () => send('sticker', { sticker: '46960', url: 'https://stickers.zaloapp.com/46960' }),
        sendVoice: (voice_url) => send('voice', { voice_url }),
        sendUnsupported(hidden = false) {
          if (hidden) updates.push({ event_name: 'message.unsupported.received' });
          else send('unsupported', {});
        },
      };
    },

    group(id = freshId()): Group {
      const chat = chatOf(id, 'GROUP');
      chat.open = true;
      return {
        ...{ id, chat: view(chat) },
        say: (who, text, { reply = false } = {}) =>
          write(chat, who.id, 'text', { text }, reply || text.includes(`@${BOT.name}`)),
      };
    },
  };
}
