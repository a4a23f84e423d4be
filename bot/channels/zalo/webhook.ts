/**
 * Receives by webhook. Whether Zalo repeats what was not answered with 200 is not known: so what cannot be stored at once
 * is tried on here, whatever the answer, and a repeat is recognised by its id.
 */
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Event } from '../../core/types.ts';
import type { Intake } from '../intake.ts';
import { sameSecret } from '../secret.ts';
import { backoffMs, type Timers } from '../timers.ts';
import type { Answer, Client } from './client.ts';
import type { Status } from './status.ts';
import { readUpdate, WebhookInfo } from './update.ts';

export const WEBHOOK_PATH = '/zalo/webhook';
/** Events are a kilobyte or two. */
const MOST_BYTES = 256 * 1024;
/** A platform that waits longer for its 200 may take the address for dead. */
const PATIENCE_MS = 5_000;

export interface HookNeeds {
  secret: string;
  /** Null before the channel is started, and when it is stopping. */
  intake(): Intake | null;
  read(update: unknown): Event | null;
  timers: Timers;
  signal: AbortSignal;
}

export function webhookRoutes(app: Hono, { secret, intake, read, timers, signal }: HookNeeds): void {
  const again = async (tries: number) => {
    await timers.wait(backoffMs(tries - 2), signal);
    return !signal.aborted;
  };
  app.post(
    WEBHOOK_PATH,
    async (context, next) => {
      if (!sameSecret(context.req.header('x-bot-api-secret-token') ?? '', secret)) return context.body(null, 401);
      return next();
    },
    bodyLimit({ maxSize: MOST_BYTES }),
    async (context) => {
      const body: unknown = await context.req.json().catch(() => null);
      if (readUpdate(body) === 'broken') return context.body(null, 400);
      const event = read(body);
      if (!event) return context.body(null, 200);
      const stored = intake()?.accept(event, again) ?? Promise.resolve('failed' as const);
      const patience = new AbortController();
      const accepted = await Promise.race([
        stored,
        timers.wait(PATIENCE_MS, AbortSignal.any([patience.signal, signal])).then(() => 'failed' as const),
      ]);
      patience.abort();
      return context.body(null, accepted === 'done' ? 200 : 503);
    },
  );
}

export interface WatchNeeds {
  client: Client;
  status: Status;
  timers: Timers;
  bot: string;
  url: string;
  secret: string;
  signal: AbortSignal;
}

const WATCH_MS = 60_000;

/** Sets the webhook and looks after it until the signal is aborted: Zalo tells no more than whether it is still ours. */
export async function watchWebhook({ client, status, timers, bot, url, secret, signal }: WatchNeeds): Promise<void> {
  let failures = 0;
  let refusal: string | null = null;
  for (let ours = false; !signal.aborted; ) {
    const answer: Answer<unknown> = ours
      ? await client.call('getWebhookInfo', {}, signal)
      : await client.call('setWebhook', { url, secret_token: secret }, signal);
    if (signal.aborted) return;
    if (!answer.ok) {
      status.failed(answer);
      await timers.wait(backoffMs(failures++), signal);
      continue;
    }
    failures = 0;
    const { data: info } = WebhookInfo.safeParse(answer.result);
    if (!ours) refusal = refusalIn(info);
    ours = info?.url === undefined || info.url === null || info.url === url;
    if (!ours) continue;
    if (refusal !== null) {
      status.webhookFailing(refusal);
      // Set again, for Zalo looks at the address only then.
      ours = false;
    } else status.running(bot);
    await timers.wait(WATCH_MS, signal);
  }
}

const refusalIn = (info: WebhookInfo | undefined): string | null =>
  info?.verification && !info.verification.ok ? (info.verification.hint ?? info.verification.outcome ?? '?') : null;
