/** What the channel needs of a Telegram library: to call a method. Everything else is the channel's own. */
import type { FetchFile } from './fetch-file.ts';
import type { Update, User } from './update.ts';

export interface Driver {
  /** Calls a method of the Bot API. Never throws; nothing it returns contains the token. */
  call<M extends keyof Results>(method: M, payload: object, signal?: AbortSignal): Promise<Answer<Results[M]>>;
  /** Absent where no file is ever fetched (tests). */
  file?: FetchFile;
}

export type Answer<T> = { ok: true; result: T } | ({ ok: false } & Failure);

export type Failure =
  /** Telegram answered with an error. */
  | { kind: 'refused'; code: number; description: string; retryAfterSeconds?: number; movedTo?: number }
  /** No answer: whether Telegram acted is not known. */
  | { kind: 'unreached'; reason: string };

/** The reason where something in between answered with a page of its own. */
export const PAGE = 'page';

/** Only a code or a kind is told: the messages of network errors contain the address called, and with it the token. */
export function unreached(error: unknown): Failure {
  const { code, type, name, message } = error as { code?: string; type?: string; name?: string; message?: string };
  if (type === 'invalid-json' || name === 'SyntaxError') return { kind: 'unreached', reason: PAGE };
  const reason = code ?? type ?? (/timed out/.test(message ?? '') ? 'timeout' : (name ?? 'unknown'));
  return { kind: 'unreached', reason };
}

/** The methods the channel uses, with what it reads of their results. */
export interface Results {
  getMe: User;
  getFile: { file_path?: string; file_size?: number };
  getUpdates: Update[];
  sendMessage: { message_id: number };
  sendPhoto: { message_id: number };
  sendDocument: { message_id: number };
  answerCallbackQuery: true;
  deleteMessage: true;
  setMyCommands: true;
  setWebhook: true;
  deleteWebhook: true;
  getWebhookInfo: WebhookInfo;
}

export interface WebhookInfo {
  url: string;
  pending_update_count: number;
  /** Unix time, seconds. */
  last_error_date?: number;
  last_error_message?: string;
}

/** A file in a payload; the driver turns it into what its library uploads. */
export class Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
  }
}
