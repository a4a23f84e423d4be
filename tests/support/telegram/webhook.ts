/** Delivers updates to a webhook: those of one chat one after another, each again until it is answered with 2xx. */
import type { Update } from '../../../bot/channels/telegram/update.ts';
import type { TestTimers } from './timers.ts';

export interface Webhook {
  url: string;
  secret?: string;
  /** Connections at a time; the platform only reports it. */
  most: number;
}

interface Needs {
  timers: TestTimers;
  date(): number;
  webhook(): Webhook | null;
  done(id: number): void;
}

export function createWebhookSender({ timers, date, webhook, done }: Needs) {
  let lanes = new Map<number, Promise<void>>();
  let stop = new AbortController();
  let lastError: { last_error_date: number; last_error_message: string } | null = null;

  async function deliver(update: Update, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      const trouble = await post(update, signal);
      if (signal.aborted) return;
      if (!trouble) return done(update.update_id);
      lastError = { last_error_date: date(), last_error_message: trouble };
      await timers.wait(1_000 * 2 ** Math.min(failures, 6), signal);
    }
  }

  async function post(update: Update, signal: AbortSignal): Promise<string | null> {
    const { url, secret } = webhook()!;
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal,
        headers: {
          'content-type': 'application/json',
          ...(secret && { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(update),
      });
      await response.arrayBuffer();
      return response.ok ? null : `Wrong response from the webhook: ${response.status} ${response.statusText}`;
    } catch {
      return 'Connection refused';
    }
  }

  return {
    offer({ update, chat }: { update: Update; chat: number }): void {
      const before = lanes.get(chat) ?? Promise.resolve();
      const { signal } = stop;
      lanes.set(
        chat,
        before.then(() => deliver(update, signal)),
      );
    },
    lastError: () => lastError ?? {},
    reset(): void {
      stop.abort();
      stop = new AbortController();
      lanes = new Map();
      lastError = null;
    },
  };
}
