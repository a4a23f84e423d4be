/** What the platform knows: people, groups, messages, this month's sum. */
export interface Shown {
  id: string;
  from: 'bot' | string;
  text: string;
  picture?: Uint8Array;
}

export interface ChatState {
  id: string;
  kind: 'PRIVATE' | 'GROUP';
  messages: Shown[];
  /** The bot may write: the person has written once, or the group has let the bot in. */
  open: boolean;
}

export interface State {
  chats: Map<string, ChatState>;
  /** Messages of the bot since the month began. */
  sentThisMonth: number;
}

export const BOT = { id: '3f1b20dd9a98', name: 'Bot Trực Ban', account: 'bot.VDKyGxQvc' };
/** Plan "Basic". */
export const MONTHLY = 3_000;

let ids = 0x2d758cb5;
/** Opaque and hex-like, as Zalo's are. */
export const freshId = (): string => (++ids).toString(16).padStart(20, 'e222177a4e35');

export function addMessage(chat: ChatState, message: Omit<Shown, 'id'>): Shown {
  const shown = { id: freshId(), ...message };
  chat.messages.push(shown);
  return shown;
}
