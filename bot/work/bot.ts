/** The bot without its edges: given a store, the plans and channels, it receives, answers, delivers and keeps its hours. */
import type { Channel } from '../channels/channel.ts';
import { createConverse } from '../core/converse.ts';
import { keepable, stopped } from '../core/guard.ts';
import type { AnyTalk } from '../core/talk.ts';
import type { Address, ChannelId, Event } from '../core/types.ts';
import type { DeskRules } from '../desk/types.ts';
import type { Reader } from '../language/types.ts';
import type { PlanIndex, Taught } from '../plan/types.ts';
import type { Store } from '../store/port.ts';
import { type AttachmentsNeeds, createAttachments } from './attachments.ts';
import type { Clock } from './clock.ts';
import { createDelivery, LEASE_MS } from './delivery.ts';
import { createHandle } from './handle.ts';
import { createLanes } from './lanes.ts';
import type { Log } from './log.ts';
import type { Papers } from './papers.ts';
import { createRecovery } from './recovery.ts';
import { createSchedule } from './schedule.ts';

export interface BotNeeds {
  store: Store;
  plans: PlanIndex;
  reader: Reader;
  /** A reader that administrators have taught this; without it nothing can be taught. */
  learn?: (taught: readonly Taught[]) => Reader;
  /** Who looks after what is raised, and within what time. */
  rules: DeskRules;
  talks: readonly AnyTalk[];
  channels: readonly Channel[];
  clock: Clock;
  /** 32 fresh hex digits. */
  chance(): string;
  rehearsal: boolean;
  papers?: Papers | undefined;
  /** Where files that go with reports are kept; without it none is taken. */
  attachments?: Pick<AttachmentsNeeds, 'folder' | 'forms'>;
  /** Told of every event once it is stored. */
  handled?: () => void;
  /** Takes over what other instances published; called before each tick. */
  refresh?(): Promise<void>;
  log: Log;
}

export interface Bot {
  start(): Promise<void>;
  /** Resolves once the event is stored; its replies follow. */
  receive(event: Event): Promise<void>;
  /** Queues what is due by now. */
  tick(): Promise<void>;
  /** Begins to deliver what is queued for somebody. */
  deliver(to: Address): void;
  /** Resolves when nothing is being handled or delivered. */
  idle(): Promise<void>;
  /** Receives no more, finishes what was begun; the store stays open. */
  stop(): Promise<void>;
}

/** Addresses that open a channel with an invitation in it. */
export const inviteLinksOf = (channels: readonly Channel[], code: string): string[] =>
  channels.flatMap((channel) => channel.inviteLink?.(code) ?? []);

export function createBot(needs: BotNeeds): Bot {
  const { store, plans, reader, rules, channels, clock, rehearsal, log } = needs;
  const byId = new Map<ChannelId, Channel>(channels.map((channel) => [channel.id, channel]));
  const hearing = createLanes();
  const delivery = createDelivery({ store, channels: byId, clock, lanes: createLanes(), papers: needs.papers, log });
  const deliver = (to: Address) => void delivery.bulk(to);
  const schedule = createSchedule({ store, plans, rules, clock, rehearsal, deliver, log });
  const recover = createRecovery({ store, channels, clock, leaseMs: LEASE_MS * clock.rate, deliver, log });
  let endJobs = async () => {};
  const attachments =
    needs.attachments && createAttachments({ ...needs.attachments, channelOf: (event) => channelOf(event.from) });
  const handle = createHandle({
    attachments,
    ...{ store, plans, reader, rules, rehearsal, log },
    ...(needs.learn && { learn: needs.learn }),
    converse: createConverse(needs.talks),
    now: clock.now,
    leaseMs: LEASE_MS * clock.rate,
    chance: needs.chance,
    peopleChanged: () => {
      for (const channel of channels)
        channel.peopleChanged?.().catch((error) => log.error({ error: String(error) }, 'people were not followed'));
    },
    inviteLinks: (code) => inviteLinksOf(channels, code),
  });

  async function receive(event: Event): Promise<void> {
    await hearing.run(event.chat.address, async () => {
      const queued = await handle(event);
      needs.handled?.();
      await keep(event);
      // Somebody waits where the event came from; others are told of it, maybe many.
      for (const { to, claimed } of queued)
        void (to === event.chat.address ? delivery.now(to, claimed) : delivery.bulk(to));
    });
  }

  /** What a channel keeps of an event; a message that was stopped is taken back from the chat where that can be done. */
  async function keep(event: Event): Promise<void> {
    const channel = channelOf(event.chat.address);
    const kept = keepable(event);
    await channel?.heard?.(kept);
    if (stopped(event)) await channel?.erase?.(event);
  }

  const channelOf = (address: Address) => byId.get(address.split(':', 1)[0] as ChannelId);

  async function tick(): Promise<void> {
    await needs.refresh?.().catch((error) => log.error({ error: String(error) }, 'refresh failed'));
    await recover();
    await schedule.tick();
  }

  return {
    receive,
    tick,
    deliver,
    async start() {
      endJobs = await store.jobs.start({ deliver: delivery.again, tick });
      for (const to of await store.outbox.due(clock.now())) deliver(to);
      await Promise.all(channels.map((channel) => channel.start(receive)));
      await tick();
    },
    async idle() {
      await hearing.idle();
      await delivery.idle();
    },
    async stop() {
      delivery.stop();
      await endJobs();
      await Promise.all(channels.map((channel) => channel.stop()));
      await hearing.idle();
      await delivery.idle();
    },
  };
}
