/** The driver on grammY: its client calls the Bot API. Updates are fetched by the channel, which confirms only what is stored. */
import { Api, GrammyError, HttpError, InputFile } from 'grammy';
import { type Answer, type Driver, type Failure, Upload, unreached } from './driver.ts';
import { createFetchFile } from './fetch-file.ts';

/** Longer than a long poll, shorter than the time for which the outbox holds a message. */
const TIMEOUT_SECONDS = 45;
/** grammY calls these without a payload. */
const BARE = new Set(['getMe', 'getWebhookInfo']);

export function createGrammyDriver({ token, apiRoot }: { token: string; apiRoot?: string | undefined }): Driver {
  const api = new Api(token, {
    timeoutSeconds: TIMEOUT_SECONDS,
    ...(apiRoot && { apiRoot: apiRoot.replace(/\/+$/, '') }),
  });
  const raw = api.raw as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;

  return {
    file: createFetchFile({ token, apiRoot }),
    async call(method, payload, signal) {
      try {
        const result = await (BARE.has(method) ? raw[method]!(signal) : raw[method]!(prepared(payload), signal));
        return { ok: true, result } as Answer<never>;
      } catch (error) {
        return { ok: false, ...failureOf(error) };
      }
    },
  };
}

const prepared = (payload: object): object =>
  Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      value instanceof Upload ? new InputFile(value.bytes, value.name) : value,
    ]),
  );

function failureOf(error: unknown): Failure {
  if (error instanceof GrammyError) {
    const { retry_after, migrate_to_chat_id } = error.parameters;
    return {
      kind: 'refused',
      code: error.error_code,
      description: error.description,
      ...(retry_after !== undefined && { retryAfterSeconds: retry_after }),
      ...(migrate_to_chat_id !== undefined && { movedTo: migrate_to_chat_id }),
    };
  }
  return unreached(error instanceof HttpError ? error.error : error);
}
