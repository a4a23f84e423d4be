/**
 * What is to be sent at its hour. A tick queues everything that has come and is not queued yet; the key of each message is
 * unique in the store, so restarts and further instances cannot queue one twice. Ticks are durable jobs.
 */
import type { Address, Send } from '../core/types.ts';
import { nextEscalation } from '../desk/standing.ts';
import type { DeskRules } from '../desk/types.ts';
import { nextReminderTime } from '../digest/reminders.ts';
import { nextSlot } from '../digest/slots.ts';
import { dayOf } from '../language/calendar.ts';
import type { Book, PlanIndex } from '../plan/types.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import { createLanes } from './lanes.ts';
import type { Log } from './log.ts';
import { checkDaily } from './record.ts';
import { queueDigests } from './schedule-digests.ts';
import { planNewsDue } from './schedule-plans.ts';
import { remindersDue } from './schedule-reminders.ts';
import { escalateUrgent } from './schedule-urgent.ts';
import { waitingDue, waitingSlot } from './schedule-waiting.ts';
import { sendAll } from './send-all.ts';

export interface ScheduleNeeds {
  store: Store;
  plans: PlanIndex;
  /** Who looks after what, and within what time. */
  rules: DeskRules;
  clock: Clock;
  rehearsal: boolean;
  /** Begins to deliver to one of many. */
  deliver(to: Address): void;
  log: Log;
}

/** Never longer, so that a changed hour or a clock put forward is noticed (real ms). */
const LONGEST_WAIT_MS = 30_000;
/** So many are queued in one transaction: each commit is a wait, and each transaction holds up the others. */
const BATCH = 25;
const UPKEEP = 'upkeep';

export interface Schedule {
  /** Queues what is due now and sees to the next tick. */
  tick(): Promise<void>;
}

export function createSchedule(needs: ScheduleNeeds): Schedule {
  const { store, plans, clock, log } = needs;
  const lanes = createLanes();
  /** The day whose reminders are queued: they are looked at again only by a process that has not seen it. */
  let reminded: string | null = null;
  /** The book whose plans everybody was told of. */
  let told: Book | null = null;
  /** The hour at which waiting reports were looked at last. */
  let announced: string | null = null;

  /** What waited for its hour: its own job tells real time, which is not the bot's when the clock was put forward. */
  async function waiting(now: number): Promise<void> {
    for (const to of await store.outbox.due(now)) needs.deliver(to);
  }

  /** At any hour: it cannot wait. */
  async function urgent(now: number): Promise<void> {
    begin(await escalateUrgent(needs, now));
  }

  async function digests(now: number): Promise<void> {
    for await (const queued of queueDigests(needs, now)) begin(queued);
  }

  async function reminders(now: number): Promise<void> {
    if (reminded === dayOf(now)) return;
    const due = await remindersDue(needs, now);
    await queue(due, now);
    if (due.length > 0) reminded = dayOf(now);
  }

  /** Reports that wait for approval, at a few hours of the day. */
  async function approvals(now: number): Promise<void> {
    const slot = waitingSlot(now);
    const key = slot && `${dayOf(now)} ${slot.hour}`;
    if (key === null || key === announced) return;
    await queue(await waitingDue(needs, now), now);
    announced = key;
  }

  async function planNews(now: number): Promise<void> {
    const { book } = plans;
    if (told === book) return;
    const news = await planNewsDue(store, plans, now);
    if (news === 'later') return;
    if (news !== 'none') {
      await queue(news.sends, now);
      await news.done();
    }
    told = book;
  }

  async function upkeep(now: number): Promise<void> {
    const today = dayOf(now);
    if ((await store.setting(UPKEEP)) === today) return;
    await store.saveSetting(UPKEEP, today);
    await store.upkeep(now);
    begin(await checkDaily(store, now));
  }

  async function queue(sends: readonly Send[], now: number): Promise<void> {
    const known = new Set(await store.queued(sends.map(({ key }) => key)));
    const due = sends.filter(({ key }) => !known.has(key));
    for (let i = 0; i < due.length; i += BATCH) {
      begin(await sendAll(store, due.slice(i, i + BATCH), now));
    }
  }

  function begin(queued: Address[]): void {
    if (queued.length > 0) log.info({ queued: queued.length }, 'scheduled messages queued');
    for (const to of queued) needs.deliver(to);
  }

  async function tick(): Promise<void> {
    const now = clock.now();
    for (const part of [waiting, urgent, digests, reminders, approvals, planNews, upkeep])
      try {
        await part(now);
      } catch (error) {
        // The next tick finds the same again: nothing is lost.
        log.error({ part: part.name, error: String(error) }, 'tick failed');
      }
    const next = Math.min(
      nextSlot(clock.now(), await store.groups()) ?? Infinity,
      nextEscalation(await store.register(), needs.rules) ?? Infinity,
      nextReminderTime(clock.now()),
    );
    const wait = (next - clock.now()) / clock.rate;
    await store.jobs.later('tick', 'tick', Math.min(Math.max(wait, 0), LONGEST_WAIT_MS));
  }

  return { tick: () => lanes.run('tick', tick) };
}
