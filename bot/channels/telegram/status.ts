/** How the channel is, in words that tell the administrator what to do. */
import { say } from '../../text/say.ts';
import type { Health } from '../channel.ts';
import type { Log } from '../log.ts';
import { type Failure, PAGE, type WebhookInfo } from './driver.ts';

export interface Status {
  running(bot: string): void;
  failed(failure: Failure): void;
  webhookFailing(info: WebhookInfo): void;
  /** The settings do not suffice for a webhook. */
  webhookUnset(): void;
  stopped(): void;
  health(): Health;
}

export function createStatus(log: Log): Status {
  let health: Health = { ok: false, detail: say('channels:telegram.starting') };
  /** Logs a change, not every repetition of the same trouble. */
  const set = (ok: boolean, detail: string) => {
    if (detail !== health.detail) log[ok ? 'info' : 'warn']({ channel: 'telegram', ok }, detail);
    health = { ok, detail };
  };
  return {
    running: (bot) => set(true, say('channels:telegram.running', { bot })),
    failed: (failure) => set(false, detailOf(failure)),
    webhookFailing: (info) =>
      set(
        false,
        say('channels:telegram.webhookFailing', {
          reason: info.last_error_message ?? '?',
          pending: info.pending_update_count,
        }),
      ),
    webhookUnset: () => set(false, say('channels:telegram.webhookUnset')),
    stopped: () => set(false, say('channels:telegram.stopped')),
    health: () => health,
  };
}

function detailOf(failure: Failure): string {
  if (failure.kind === 'unreached' && failure.reason === PAGE) return say('channels:telegram.page');
  if (failure.kind === 'unreached') return say('channels:telegram.unreachable', { reason: failure.reason });
  switch (failure.code) {
    case 401:
    case 404:
      return say('channels:telegram.badToken');
    case 409:
      return say('channels:telegram.twoPollers');
    default:
      return say('channels:telegram.troubled', { code: failure.code, reason: failure.description });
  }
}
