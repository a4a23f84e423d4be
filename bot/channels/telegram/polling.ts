/** Receives by long polling. An update is confirmed only when it is stored, so that a crash repeats it instead of losing it. */

import { createRival } from '../rival.ts';
import { backoffMs, type Timers } from '../timers.ts';
import type { Driver, Failure } from './driver.ts';
import type { Inbox } from './inbox.ts';
import type { Status } from './status.ts';
import { ALLOWED_UPDATES, type Update } from './update.ts';

export interface PollingNeeds {
  driver: Driver;
  inbox: Inbox;
  status: Status;
  timers: Timers;
  /** Name of the bot, for the status. */
  bot: string;
  signal: AbortSignal;
}

const POLL_SECONDS = 30;
/** A farewell must not hold up stopping. */
const FAREWELL_MS = 2_000;

/** Runs until the signal is aborted. */
export async function poll({ driver, inbox, status, timers, bot, signal }: PollingNeeds): Promise<void> {
  let offset: number | undefined;
  let failures = 0;
  const rival = createRival(timers);
  const again = async (tries: number) => {
    await timers.wait(backoffMs(tries - 2), signal);
    return !signal.aborted;
  };

  while (!signal.aborted) {
    // The first answer comes at once, so that the status need not wait for somebody to write.
    const timeout = rival.feared() > 0 ? secondsOf(rival.feared()) : status.health().ok ? POLL_SECONDS : 0;
    rival.polls();
    const answer = await driver.call('getUpdates', { ...request(offset), timeout }, signal);
    if (signal.aborted) break;
    if (!answer.ok) {
      status.failed(answer);
      if (isWebhookSet(answer)) await driver.call('deleteWebhook', {}, signal);
      await timers.wait(isRival(answer) ? rival.met() : waitAfter(answer, failures++), signal);
      continue;
    }
    failures = 0;
    if (rival.feared() === 0) status.running(bot);
    offset = offsetAfter(answer.result, await Promise.all(answer.result.map((u) => inbox.accept(u, again))));
  }
  if (offset !== undefined)
    await driver.call('getUpdates', { ...request(offset), timeout: 0, limit: 1 }, AbortSignal.timeout(FAREWELL_MS));
}

const request = (offset: number | undefined) => ({
  allowed_updates: ALLOWED_UPDATES,
  ...(offset !== undefined && { offset }),
});

/**
 * Confirms up to the first update that could not be stored. An empty answer means that everything is confirmed: the
 * offset is then dropped, since after a quiet week Telegram goes on with a random id that may be lower than it.
 */
function offsetAfter(updates: Update[], accepted: ('done' | 'failed')[]): number | undefined {
  const undone = accepted.indexOf('failed');
  const last = updates.at(undone === -1 ? updates.length - 1 : undone - 1);
  return undone === 0 || !last ? undefined : last.update_id + 1;
}

const secondsOf = (ms: number): number => Math.min(POLL_SECONDS, Math.ceil(ms / 1000));

const isRival = (failure: Failure): boolean =>
  failure.kind === 'refused' && failure.code === 409 && !isWebhookSet(failure);

const isWebhookSet = (failure: Failure): boolean =>
  failure.kind === 'refused' && failure.code === 409 && /webhook/i.test(failure.description);

const waitAfter = (failure: Failure, failures: number): number =>
  failure.kind === 'refused' && failure.retryAfterSeconds !== undefined
    ? failure.retryAfterSeconds * 1000
    : backoffMs(failures);
