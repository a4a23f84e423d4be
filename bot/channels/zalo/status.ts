/** How the channel is, in words that tell the administrator what to do. */
import { say } from '../../text/say.ts';
import type { Health } from '../channel.ts';
import type { Log } from '../log.ts';
import type { Failure } from './client.ts';
import { isThrottled, isTokenRefused } from './errors.ts';

export interface Status {
  running(bot: string): void;
  failed(failure: Failure): void;
  /** Polls end as soon as they begin. */
  twoPollers(): void;
  webhookFailing(reason: string): void;
  /** The settings do not suffice for a webhook. */
  webhookUnset(): void;
  stopped(): void;
  health(): Health;
}

export interface StatusNeeds {
  log: Log;
  /** Why nothing is sent for now, though events are received. */
  sendingStopped(): Failure | null;
  /** Something else that the administrator should know, though the channel works. */
  warning(): string | null;
}

export function createStatus({ log, sendingStopped, warning }: StatusNeeds): Status {
  let health: Health = { ok: false, detail: say('channels:zalo.starting') };
  /** Logs a change, not every repetition of the same trouble; a token that is refused needs somebody at once. */
  const set = (ok: boolean, detail: string, level: 'info' | 'warn' | 'error' = ok ? 'info' : 'warn') => {
    if (detail !== health.detail) log[level]({ channel: 'zalo', ok }, detail);
    health = { ok, detail };
  };
  return {
    running: (bot) => set(true, say('channels:zalo.running', { bot })),
    failed: (failure) => set(false, detailOf(failure), isTokenRefused(failure) ? 'error' : 'warn'),
    twoPollers: () => set(false, say('channels:zalo.twoPollers')),
    webhookFailing: (reason) => set(false, say('channels:zalo.webhookFailing', { reason })),
    webhookUnset: () => set(false, say('channels:zalo.webhookUnset')),
    stopped: () => set(false, say('channels:zalo.stopped')),
    health() {
      const stopped = health.ok ? sendingStopped() : null;
      const told = stopped ? { ok: false, detail: detailOf(stopped) } : health;
      const more = warning();
      return more ? { ...told, detail: `${told.detail} ${more}` } : told;
    },
  };
}

function detailOf(failure: Failure): string {
  if (failure.kind === 'unreached') {
    // A page with a status is none of Zalo's answers.
    const key = failure.reason.startsWith('HTTP ') ? 'page' : 'unreachable';
    return say(`channels:zalo.${key}`, { reason: failure.reason });
  }
  if (isTokenRefused(failure)) return say('channels:zalo.badToken');
  if (isThrottled(failure)) return say('channels:zalo.throttled');
  if (failure.code === 404) return say('channels:zalo.badRoot');
  return say('channels:zalo.troubled', { code: failure.code, reason: failure.description });
}
