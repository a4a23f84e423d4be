/** Receives by webhook. Telegram is answered once the update is stored; any other answer makes it send the update again. */
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { sameSecret } from '../secret.ts';
import { backoffMs, type Timers } from '../timers.ts';
import type { Answer, Driver, WebhookInfo } from './driver.ts';
import type { Inbox } from './inbox.ts';
import type { Status } from './status.ts';
import { ALLOWED_UPDATES, type Update } from './update.ts';

export const WEBHOOK_PATH = '/telegram/webhook';
/** Updates are some kilobytes; a message with a long text and many entities stays far below. */
const MOST_BYTES = 1024 * 1024;

/** @param inbox null while the bot does not know its own name yet, or is stopping */
export function webhookRoutes(app: Hono, secret: string, inbox: () => Inbox | null): void {
  app.post(
    WEBHOOK_PATH,
    async (context, next) => {
      if (!sameSecret(context.req.header('x-telegram-bot-api-secret-token') ?? '', secret))
        return context.body(null, 401);
      return next();
    },
    bodyLimit({ maxSize: MOST_BYTES }),
    async (context) => {
      const update: unknown = await context.req.json().catch(() => null);
      if (!isUpdate(update)) return context.body(null, 400);
      const accepted = (await inbox()?.accept(update)) ?? 'failed';
      return context.body(null, accepted === 'done' ? 200 : 503);
    },
  );
}

const isUpdate = (body: unknown): body is Update =>
  typeof body === 'object' && body !== null && Number.isSafeInteger((body as Update).update_id);

export interface WatchNeeds {
  driver: Driver;
  status: Status;
  timers: Timers;
  bot: string;
  url: string;
  secret: string;
  signal: AbortSignal;
}

const WATCH_MS = 60_000;

/** Sets the webhook and looks after it until the signal is aborted: whether it is still ours, and whether it is reached. */
export async function watchWebhook({ driver, status, timers, bot, url, secret, signal }: WatchNeeds): Promise<void> {
  let ours = false;
  let failures = 0;
  /** Trouble up to here was before our time, in seconds. */
  let old: number | null = null;
  while (!signal.aborted) {
    const set: Answer<true> = ours
      ? { ok: true, result: true }
      : await driver.call('setWebhook', request(url, secret), signal);
    const info: Answer<WebhookInfo> = set.ok ? await driver.call('getWebhookInfo', {}, signal) : set;
    if (signal.aborted) return;
    if (!info.ok) {
      status.failed(info);
      await timers.wait(backoffMs(failures++), signal);
      continue;
    }
    failures = 0;
    ours = info.result.url === url;
    if (!ours) continue;
    const { last_error_date: lastError = 0, pending_update_count: pending } = info.result;
    old ??= lastError;
    if (pending > 0 && lastError > old) status.webhookFailing(info.result);
    else status.running(bot);
    await timers.wait(WATCH_MS, signal);
  }
}

const request = (url: string, secret: string) => ({ url, secret_token: secret, allowed_updates: ALLOWED_UPDATES });
