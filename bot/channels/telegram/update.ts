/** The part of Telegram's updates that the channel reads (Bot API 10.1). Ids have up to 52 bits: safe as numbers. */

export interface Update {
  update_id: number;
  message?: Message;
  edited_message?: Message;
  callback_query?: CallbackQuery;
  my_chat_member?: ChatMemberUpdated;
}

/** What is asked for by name: when it is left out, Telegram goes on with whatever was asked for before. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
}

export interface TelegramChat {
  id: number;
  type: 'private' | 'group' | 'supergroup' | 'channel';
  title?: string;
}

export interface Message {
  message_id: number;
  message_thread_id?: number;
  from?: User;
  sender_chat?: TelegramChat;
  author_signature?: string;
  chat: TelegramChat;
  is_topic_message?: boolean;
  is_automatic_forward?: boolean;
  /** Somebody else's words, passed on. */
  forward_origin?: object;
  media_group_id?: string;
  reply_to_message?: Message;
  forum_topic_created?: object;
  text?: string;
  entities?: Entity[];
  caption?: string;
  caption_entities?: Entity[];
  photo?: { file_id: string; file_unique_id: string; width: number; height: number; file_size?: number }[];
  document?: TelegramFile;
  video?: TelegramFile;
  animation?: TelegramFile;
  audio?: TelegramFile;
  voice?: TelegramFile;
  video_note?: TelegramFile;
  migrate_to_chat_id?: number;
  sticker?: object;
  contact?: object;
  location?: object;
  venue?: object;
  poll?: object;
  dice?: object;
  game?: object;
  story?: object;
  checklist?: object;
  paid_media?: object;
}

export interface TelegramFile {
  file_id: string;
  file_unique_id: string;
  file_name?: string;
  mime_type?: string;
  file_size?: number;
}

/** A stretch of a text, in UTF-16 units. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
  user?: User;
}

export interface CallbackQuery {
  id: string;
  from: User;
  /** Old messages come without content; those of inline mode not at all. */
  message?: Pick<Message, 'message_id' | 'chat' | 'message_thread_id' | 'is_topic_message'>;
  data?: string;
}

export interface ChatMemberUpdated {
  chat: TelegramChat;
  from: User;
  old_chat_member: ChatMember;
  new_chat_member: ChatMember;
}

export interface ChatMember {
  status: 'creator' | 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';
  /** Only for `restricted`. */
  is_member?: boolean;
}
