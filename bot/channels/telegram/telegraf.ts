/** The driver on Telegraf: its client calls the Bot API. Nothing else of it is used, so that both drivers behave alike. */
import { Telegram, TelegramError } from 'telegraf';
import { type Answer, type Driver, type Failure, Upload, unreached } from './driver.ts';
import { createFetchFile } from './fetch-file.ts';

/** Telegraf itself would wait for more than eight minutes. Longer than a long poll, shorter than the outbox holds a message. */
const TIMEOUT_MS = 45_000;

type Call = (method: string, payload: object, options: { signal: AbortSignal }) => Promise<unknown>;

export function createTelegrafDriver({ token, apiRoot }: { token: string; apiRoot?: string | undefined }): Driver {
  const client = new Telegram(token, {
    ...(apiRoot && { apiRoot: apiRoot.replace(/\/+$/, '') }),
    webhookReply: false,
  });
  // Its types know the methods of its own year only.
  const call = client.callApi.bind(client) as unknown as Call;

  return {
    file: createFetchFile({ token, apiRoot }),
    async call(method, payload, signal) {
      // Unlike a signal that times out by itself, it is gone as soon as Telegram has answered.
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), TIMEOUT_MS);
      try {
        const result = await call(method, prepared(payload), {
          signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
        });
        return { ok: true, result } as Answer<never>;
      } catch (error) {
        return { ok: false, ...(late.signal.aborted ? { kind: 'unreached', reason: 'timeout' } : failureOf(error)) };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const prepared = (payload: object): object =>
  Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      value instanceof Upload ? { source: Buffer.from(value.bytes), filename: value.name } : value,
    ]),
  );

/** Telegraf reads no body of a status from 500 on: a gateway's page is told from Telegram's own error by nothing. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof TelegramError)) return unreached(error);
  const { retry_after, migrate_to_chat_id } = error.parameters ?? {};
  return {
    kind: 'refused',
    code: error.code,
    description: error.description,
    ...(retry_after !== undefined && { retryAfterSeconds: retry_after }),
    ...(migrate_to_chat_id !== undefined && { movedTo: migrate_to_chat_id }),
  };
}
