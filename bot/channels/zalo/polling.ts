/**
 * Receives by long polling. Zalo forgets an update as soon as it has handed it over, and what comes while nobody polls
 * may be lost: so the next poll begins at once, while what was received is stored, again and again if need be.
 */
import type { Event } from '../../core/types.ts';
import type { Accepted, Intake } from '../intake.ts';
import { createRival } from '../rival.ts';
import { backoffMs, type Timers } from '../timers.ts';
import type { Client } from './client.ts';
import { isEmptyPoll } from './errors.ts';
import type { Status } from './status.ts';
import { updatesIn } from './update.ts';

export interface PollingNeeds {
  client: Client;
  intake: Intake;
  status: Status;
  timers: Timers;
  read(update: unknown): Event | null;
  /** Name of the bot, for the status. */
  bot: string;
  signal: AbortSignal;
}

const POLL_SECONDS = 30;
/** A poll that ends empty before this was cut short: by another poller, or by a gateway. */
const EARLY_MS = 5_000;
const MOST_EARLY = 3;
/** More than so many wait to be stored only when the store is away; then Zalo may as well keep the rest. */
const MOST_WAITING = 1_000;

/** Runs until the signal is aborted, and until what was received is stored or given up. */
export async function poll({ client, intake, status, timers, read, bot, signal }: PollingNeeds): Promise<void> {
  const waiting = new Set<Promise<Accepted>>();
  let failures = 0;
  let early = 0;
  const rival = createRival(timers);
  const again = async (tries: number) => {
    await timers.wait(backoffMs(tries - 2), signal);
    return !signal.aborted;
  };
  function accept(update: unknown): void {
    const event = read(update);
    if (!event) return;
    const stored = intake.accept(event, again);
    waiting.add(stored);
    void stored.finally(() => waiting.delete(stored));
  }
  const works = () => {
    failures = 0;
    if (rival.feared() > 0) return;
    early = 0;
    status.running(bot);
  };

  while (!signal.aborted) {
    // Quicker to tell that Zalo is back than a poll, which says nothing until somebody writes.
    if (failures > 0) {
      const me = await client.call('getMe', {}, signal);
      if (signal.aborted) break;
      if (!me.ok) {
        status.failed(me);
        await timers.wait(backoffMs(failures++), signal);
        continue;
      }
      works();
    }
    const began = timers.now();
    rival.polls();
    const answer = await client.call('getUpdates', { timeout: String(POLL_SECONDS) }, signal);
    if (signal.aborted && !answer.ok) break;
    if (answer.ok) {
      const updates = updatesIn(answer.result);
      if (updates.length > 0) works();
      for (const update of updates) accept(update);
      if (waiting.size >= MOST_WAITING) await Promise.race(waiting);
      if (updates.length > 0) continue;
    } else if (!isEmptyPoll(answer)) {
      status.failed(answer);
      await timers.wait(backoffMs(failures++), signal);
      continue;
    }
    if (timers.now() - began >= EARLY_MS) works();
    else if (++early >= MOST_EARLY) {
      status.twoPollers();
      await timers.wait(rival.met(), signal);
    }
  }
  await Promise.all(waiting);
}
