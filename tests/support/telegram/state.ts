/** What the platform knows: people, chats, messages, files, the bot's settings. */
import type { TelegramChat, User } from '../../../bot/channels/telegram/update.ts';
import { Refusal } from './refusal.ts';

export interface Button {
  text: string;
  callback_data?: string;
}

/** A message as a person sees it. */
export interface Shown {
  id: number;
  from: 'bot' | number;
  text: string;
  /** Kinds of marked stretches with their words: `bold: Nhiệm vụ`. */
  marks: string[];
  buttons: Button[][];
  picture?: Uint8Array;
  thread?: number;
}

export interface ChatState {
  chat: TelegramChat & { is_forum?: boolean; first_name?: string };
  messages: Shown[];
  nextId: number;
  /** The bot may write: the person has pressed Start, or the bot is a member of the group. */
  open: boolean;
  /** Why the bot may no longer write. */
  refusal?: string;
  movedTo?: number;
  threads: Set<number>;
}

export interface State {
  me: User & Record<string, unknown>;
  chats: Map<number, ChatState>;
  people: Map<number, User>;
  files: Map<string, { path: string; bytes: Uint8Array }>;
  commands: Map<string, { command: string; description: string }[]>;
  /** Ids of presses that were not answered yet, and of those that were. */
  presses: Map<string, 'open' | 'answered'>;
}

export function createState(botId: number, username: string): State {
  return {
    me: {
      id: botId,
      is_bot: true,
      first_name: 'Trực Ban',
      username,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    },
    ...{ chats: new Map(), people: new Map(), files: new Map(), commands: new Map(), presses: new Map() },
  };
}

/** The chat a call names, if the bot may write there. */
export function writable(state: State, id: unknown): ChatState {
  const chat = typeof id === 'number' ? state.chats.get(id) : undefined;
  if (!chat) throw new Refusal(400, 'Bad Request: chat not found');
  if (chat.movedTo !== undefined)
    throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.movedTo,
    });
  if (chat.refusal) throw new Refusal(403, chat.refusal);
  if (!chat.open) throw new Refusal(403, "Forbidden: bot can't initiate conversation with a user");
  return chat;
}

export function addMessage(chat: ChatState, message: Omit<Shown, 'id'>): Shown {
  const shown = { id: chat.nextId++, ...message };
  chat.messages.push(shown);
  return shown;
}
