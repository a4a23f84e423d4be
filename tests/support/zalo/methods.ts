/** What each method does on the platform, with the refusals Zalo gives; anything its pages do not name is a violation. */
import { Refusal } from './refusal.ts';
import { addMessage, BOT, type ChatState, MONTHLY, type State } from './state.ts';
import type { Updates } from './updates.ts';

export interface Needs {
  state: State;
  updates: Updates;
  /** Epoch, ms. */
  date(): number;
  violation(what: string): void;
  /** What `setWebhook` says of its trial call, if anything. */
  verification(): object | null;
}

type Parameters = Record<string, unknown>;
type Method = (parameters: Parameters, needs: Needs, gone: AbortSignal) => unknown;

/** Parameters by method; those marked with `!` are required. All are strings. */
const PARAMETERS: Record<string, string[]> = {
  getMe: [],
  getUpdates: ['timeout!'],
  sendMessage: ['chat_id!', 'text!', 'parse_mode', 'text_styles'],
  sendPhoto: ['chat_id!', 'photo!', 'caption'],
  setWebhook: ['url!', 'secret_token!'],
  deleteWebhook: [],
  getWebhookInfo: [],
};

export function checkCall(method: string, parameters: Parameters): string[] {
  const known = PARAMETERS[method]!;
  const names = known.map((name) => name.replace('!', ''));
  return [
    ...known.filter((n) => n.endsWith('!') && !(n.slice(0, -1) in parameters)).map((n) => `${method}.${n} is missing`),
    ...Object.keys(parameters).flatMap((n) => (names.includes(n) ? [] : [`${method}.${n} is unknown`])),
    ...Object.entries(parameters).flatMap(([n, v]) => (typeof v === 'string' ? [] : [`${method}.${n} is no string`])),
  ];
}

export const isMethod = (method: string): boolean => method in PARAMETERS;

export const methods: Record<string, Method> = {
  getMe: () => ({ id: BOT.id, account_name: BOT.account, account_type: 'BASIC', can_join_groups: true }),

  getUpdates: ({ timeout }, { updates, violation }, gone) => {
    if (!/^\d+$/.test(String(timeout))) throw new Refusal(400, 'timeout is invalid');
    if (Number(timeout) > 60) violation(`getUpdates.timeout ${timeout} is longer than a connection is held`);
    return updates.poll(gone);
  },

  sendMessage: ({ chat_id, text }, needs) => {
    const chat = writable(chat_id, needs);
    checkWords('text', text as string);
    return sent(chat, { text: text as string }, needs);
  },

  sendPhoto: async ({ chat_id, photo, caption }, needs) => {
    const chat = writable(chat_id, needs);
    if (caption !== undefined) checkWords('caption', caption as string);
    const picture = await fetched(photo as string);
    return sent(chat, { text: (caption as string | undefined) ?? '', picture }, needs);
  },

  setWebhook: ({ url, secret_token: secret }, { updates, date, verification }) => {
    if (!/^https?:\/\/\S+$/.test(url as string)) throw new Refusal(400, 'url is invalid');
    const length = (secret as string).length;
    if (length < 8 || length > 256) throw new Refusal(400, 'secret_token must be 8-256 characters');
    updates.setHook({ url: url as string, secret: secret as string });
    const told = verification();
    return { url, updated_at: date(), ...(told && { verification: told }) };
  },

  deleteWebhook: (_, { updates, date }) => {
    updates.setHook(null);
    return { url: '', updated_at: date() };
  },

  getWebhookInfo: (_, { updates, date }) => ({ url: updates.hook()?.url ?? '', updated_at: date() }),
};

function writable(id: unknown, { state }: Needs): ChatState {
  const chat = state.chats.get(id as string);
  if (!chat?.open) throw new Refusal(404, 'chat not found');
  return chat;
}

function checkWords(name: string, text: string): void {
  if (text.trim() === '' || text.length > 2000) throw new Refusal(400, `${name} must be 1-2000 characters`);
  if (/\p{Surrogate}/u.test(text)) throw new Refusal(400, `${name} is not valid UTF-8`);
}

/** The picture is fetched before it is sent. */
async function fetched(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.ok && response.headers.get('content-type')?.startsWith('image/')) return bytes;
  } catch {
    // Told below, like any other address that leads to no picture.
  }
  throw new Refusal(400, 'photo could not be fetched');
}

function sent(chat: ChatState, message: { text: string; picture?: Uint8Array }, { state, date }: Needs): unknown {
  if (state.sentThisMonth >= MONTHLY) throw new Refusal(429, 'Quota exceeded');
  state.sentThisMonth++;
  return { message_id: addMessage(chat, { from: 'bot', ...message }).id, date: date() };
}
