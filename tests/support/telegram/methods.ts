/** What each method of the Bot API does on the platform, with the refusals Telegram gives. */
import { checkKeyboard, checkPhoto } from './checks.ts';
import { type Marked, parseHtml } from './html.ts';
import { Refusal } from './refusal.ts';
import { addMessage, type Button, type ChatState, type Shown, type State, writable } from './state.ts';
import type { Updates } from './updates.ts';

export interface Needs {
  state: State;
  updates: Updates;
  /** Counts a message to a chat; throws a 429. */
  count(chat: number): void;
  /** Unix time, seconds. */
  date(): number;
  /** Names a rule that a call breaks though Telegram may let it pass. */
  violation(what: string): void;
}

// biome-ignore lint/suspicious/noExplicitAny: parameters were checked against the specification before
type Parameters = Record<string, any>;
export type Method = (parameters: Parameters, needs: Needs, gone: AbortSignal) => unknown;

const bad = (what: string) => new Refusal(400, `Bad Request: ${what}`);

export const methods: Record<string, Method> = {
  getMe: (_, { state }) => state.me,

  getUpdates: ({ offset, limit = 100, timeout = 0, allowed_updates }, { updates, violation }, gone) => {
    if (limit < 1 || limit > 100) throw bad('limit must be 1-100');
    if (timeout > 50) violation(`getUpdates.timeout ${timeout} is longer than servers hold a request`);
    if (!allowed_updates) violation('getUpdates without allowed_updates');
    return updates.poll({ offset, limit, wait: timeout > 0, allowed: allowed_updates, gone });
  },

  setWebhook: (parameters, { updates, violation }) => {
    const { url, secret_token: secret, max_connections: most = 40, drop_pending_updates } = parameters;
    if (!/^https?:\/\/\S+$/.test(url)) throw bad('bad webhook: An HTTPS URL must be provided for webhook');
    if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret))
      throw bad('secret token contains illegal characters');
    if (most < 1 || most > 100) throw bad('max_connections must be 1-100');
    if (!secret) violation('setWebhook without a secret_token');
    if (!parameters.allowed_updates) violation('setWebhook without allowed_updates');
    if (drop_pending_updates) violation('setWebhook drops what people wrote');
    updates.setWebhook({ url, secret, most }, parameters.allowed_updates);
    return true;
  },

  deleteWebhook: ({ drop_pending_updates }, { updates, violation }) => {
    if (drop_pending_updates) violation('deleteWebhook drops what people wrote');
    updates.setWebhook(null);
    return true;
  },

  getWebhookInfo: (_, { updates }) => updates.webhookInfo(),

  setMyCommands: ({ commands, scope = { type: 'default' } }, { state }) => {
    const { type, chat_id: chat } = scope;
    if (type === 'chat' && !state.chats.get(chat)?.open) throw bad('chat not found');
    if (commands.length > 100) throw bad('BOT_COMMANDS_TOO_MUCH');
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw bad('BOT_COMMAND_INVALID');
      if (description.length < 1 || description.length > 256) throw bad('BOT_COMMAND_DESCRIPTION_INVALID');
    }
    state.commands.set(type === 'chat' ? `chat ${chat}` : type, commands);
    return true;
  },

  getMyCommands: ({ scope = { type: 'default' } }, { state }) => state.commands.get(scope.type) ?? [],

  sendMessage: (parameters, needs) => {
    const chat = writable(needs.state, parameters.chat_id);
    const said = marked(parameters.text, parameters.parse_mode);
    if (said.text.trim() === '') throw bad('message text is empty');
    if (said.text.length > 4096) throw bad('message is too long');
    return send(chat, said, parameters, needs);
  },

  sendPhoto: (parameters, needs) => {
    const chat = writable(needs.state, parameters.chat_id);
    const said = marked(parameters.caption ?? '', parameters.parse_mode);
    if (said.text.length > 1024) throw bad('message caption is too long');
    if (!(parameters.photo instanceof Uint8Array)) throw bad('wrong file identifier/HTTP URL specified');
    checkPhoto(parameters.photo);
    return send(chat, said, parameters, needs, parameters.photo);
  },

  sendDocument: (parameters, needs) => {
    const chat = writable(needs.state, parameters.chat_id);
    const said = marked(parameters.caption ?? '', parameters.parse_mode);
    if (said.text.length > 1024) throw bad('message caption is too long');
    const document: unknown = parameters.document;
    if (!(document instanceof Uint8Array)) throw bad('wrong file identifier/HTTP URL specified');
    if (document.length === 0 || document.length > 50 * 1024 * 1024) throw bad('file must be non-empty, 50 MB at most');
    return send(chat, said, parameters, needs);
  },

  editMessageText: (parameters, needs) => {
    const chat = writable(needs.state, parameters.chat_id);
    const message = chat.messages.find((m) => m.id === parameters.message_id && m.from === 'bot');
    if (!message) throw bad('message to edit not found');
    const said = marked(parameters.text, parameters.parse_mode);
    if (said.text.trim() === '') throw bad('message text is empty');
    if (said.text.length > 4096) throw bad('message is too long');
    const buttons = keyboard(parameters.reply_markup);
    const after = { text: said.text, marks: marksOf(said), buttons };
    const before = { text: message.text, marks: message.marks, buttons: message.buttons };
    if (JSON.stringify(after) === JSON.stringify(before))
      throw bad('message is not modified: specified new message content and reply markup are exactly the same');
    needs.count(chat.chat.id);
    return asMessage(chat, Object.assign(message, after), needs);
  },

  deleteMessage: ({ chat_id, message_id }, { state }) => {
    const chat = writable(state, chat_id);
    const at = chat.messages.findIndex((message) => message.id === message_id);
    if (at < 0) throw bad('message to delete not found');
    // A bot deletes what others wrote in private chats; in groups as an administrator only, which it is not here.
    if (chat.chat.type !== 'private' && chat.messages[at]!.from !== 'bot') throw bad("message can't be deleted");
    chat.messages.splice(at, 1);
    return true;
  },

  answerCallbackQuery: ({ callback_query_id: id, text = '' }, { state }) => {
    if (text.length > 200) throw bad('MESSAGE_TOO_LONG');
    if (!state.presses.has(id)) throw bad('query is too old and response timeout expired or query ID is invalid');
    state.presses.set(id, 'answered');
    return true;
  },

  sendChatAction: ({ chat_id }, { state }) => Boolean(writable(state, chat_id)),

  getFile: ({ file_id }, { state }) => {
    const file = state.files.get(file_id);
    if (!file) throw bad('wrong file_id or the file is temporarily unavailable');
    if (file.bytes.length > 20 * 1024 * 1024) throw bad('file is too big');
    return { file_id, file_unique_id: `u-${file_id}`, file_size: file.bytes.length, file_path: file.path };
  },
};

function marked(text: string, mode: string | undefined): Marked {
  if (mode === undefined) return { text, entities: [] };
  if (mode !== 'HTML') throw bad('unsupported parse_mode');
  return parseHtml(text);
}

function send(chat: ChatState, said: Marked, parameters: Parameters, needs: Needs, picture?: Uint8Array): unknown {
  const thread = parameters.message_thread_id as number | undefined;
  if (thread !== undefined && !chat.threads.has(thread)) throw bad('message thread not found');
  const buttons = keyboard(parameters.reply_markup);
  needs.count(chat.chat.id);
  const shown = addMessage(chat, {
    from: 'bot',
    text: said.text.trim(),
    marks: marksOf(said),
    buttons,
    ...(picture && { picture }),
    ...(thread !== undefined && { thread }),
  });
  return asMessage(chat, shown, needs);
}

function keyboard(markup: { inline_keyboard?: Button[][] } | undefined): Button[][] {
  if (!markup) return [];
  if (!markup.inline_keyboard) throw bad('only inline keyboards are known here');
  checkKeyboard(markup.inline_keyboard);
  return markup.inline_keyboard;
}

const marksOf = ({ text, entities }: Marked): string[] =>
  entities.map((e) => `${e.type}: ${text.slice(e.offset, e.offset + e.length)}`);

const asMessage = (chat: ChatState, shown: Shown, { state, date }: Needs) => ({
  message_id: shown.id,
  from: state.me,
  chat: chat.chat,
  date: date(),
  ...(shown.picture
    ? { photo: [{ file_id: `p${shown.id}`, file_unique_id: `u${shown.id}`, width: 1, height: 1 }], caption: shown.text }
    : { text: shown.text }),
});
