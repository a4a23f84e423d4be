/**
 * Delivers what is queued, for each address strictly in order. Answers go at once; what goes to many passes a gate, so
 * that a message to every group does not delay an officer's answer. What a platform refuses for now is put back with a
 * durable job to try again; what it refuses for good is kept, visible, and not tried again.
 */
import { setMaxListeners } from 'node:events';
import { type Channel, type MadePaper, PACED, type Part, type Sent } from '../channels/channel.ts';
import { partsOf } from '../channels/deliver.ts';
import { realTimers } from '../channels/timers.ts';
import type { Address, ChannelId, Instant, Reply } from '../core/types.ts';
import { renderSvg } from '../export/picture.ts';
import type { Outgoing, Store } from '../store/port.ts';
import { say } from '../text/say.ts';
import type { Clock } from './clock.ts';
import { createGate } from './gate.ts';
import type { Lanes } from './lanes.ts';
import type { Log } from './log.ts';
import type { Papers } from './papers.ts';

export interface DeliveryNeeds {
  store: Store;
  channels: ReadonlyMap<ChannelId, Channel>;
  clock: Clock;
  lanes: Lanes;
  /** Makes documents; without it they are told to be elsewhere. */
  papers?: Papers | undefined;
  log: Log;
}

/** Sends everything that is due to an address. Never throws. */
export interface Delivery {
  /** Somebody waits for an answer; it may be claimed already, and is then sent before what is queued behind it. */
  now(to: Address, claimed?: Outgoing): Promise<void>;
  /** One of many. */
  bulk(to: Address): Promise<void>;
  /** A durable job: an earlier try failed, or the process that queued it is gone. Goes before what waits as one of many. */
  again(to: Address): Promise<void>;
  /** Resolves when nothing is being delivered. */
  idle(): Promise<void>;
  /** No more tries of its own: what is left, the durable jobs try again. */
  stop(): void;
}

/** What came of sending a message. */
interface Tried {
  /** The next message of the address may follow. */
  goOn: boolean;
  /** When that is due, where it is known; null when none waits. */
  next?: Instant | null;
}

/** A claim lapses after this, so that what a killed process held is taken over (ms of the bot's clock at rate 1). */
export const LEASE_MS = 60_000;
const MOST_ATTEMPTS = 18;
/** After so many, some two minutes, what was not asked for goes to the person's next place. */
const PATIENCE = 8;
/**
 * So many of a message to many are on their way at once: enough for Telegram's thirty a second while each takes half a
 * second, few enough that an answer's place behind them is near.
 */
const WIDTH = 16;
/** A wait up to this is also kept in the process: the jobs of a message to many stand in a long line (real ms). */
const SOON_MS = 10_000;
/** 0.5 s, 1 s, … at most half an hour: eighteen attempts cover some three hours of a platform being down. */
const backoffMs = (attempts: number) => Math.min(500 * 2 ** (attempts - 1), 30 * 60_000);

export function createDelivery(needs: DeliveryNeeds): Delivery {
  const { store, channels, clock, lanes, log } = needs;
  const gate = createGate(WIDTH);
  const stopping = new AbortController();
  // Every message that waits to be tried again listens.
  setMaxListeners(0, stopping.signal);

  async function flush(to: Address, claimed?: Outgoing): Promise<void> {
    for (let message = claimed ?? null; ; message = null) {
      message ??= await store.outbox.claim(to, clock.now(), LEASE_MS * clock.rate);
      // What was queued since nothing was found is claimed in the next round.
      const { goOn, next }: Tried = message ? await send(message) : { goOn: true };
      const due = next === undefined ? await store.outbox.nextFor(to) : next;
      if (due === null) return;
      if (!goOn || due > clock.now()) return tryLater(to, Math.max(0, due - clock.now()) / clock.rate);
    }
  }

  async function tryLater(to: Address, afterMs: number): Promise<void> {
    await store.jobs.later('deliver', to, afterMs);
    if (afterMs > SOON_MS || stopping.signal.aborted) return;
    void realTimers.wait(afterMs, stopping.signal).then(() => {
      if (!stopping.signal.aborted) void again(to);
    });
  }

  async function send(message: Outgoing): Promise<Tried> {
    const channel = channels.get(message.to.split(':', 1)[0] as ChannelId);
    if (!channel)
      return { goOn: await settle(message, { ok: false, retryable: true, reason: 'channel is not set up' }) };
    const parts = await partsFor(message.reply, channel);
    let last = '';
    for (const [i, part] of parts.entries()) {
      if (i < message.partsSent) continue;
      const sent = await sendPart(channel, message, part, i);
      if (!sent.ok) return { goOn: await settle(message, sent) };
      last = sent.messageId;
      if (i < parts.length - 1) await store.outbox.progress(message.id, i + 1);
    }
    return { goOn: true, next: await store.outbox.sent(message, last, clock.now()) };
  }

  /** A document that cannot be made must not hold up the words, nor be tried for ever. */
  async function partsFor(reply: Reply, channel: Channel): Promise<Part[]> {
    const drawn = await rendered(reply);
    const { paper, ...rest } = drawn;
    if (!paper || channel.limits.papers !== 'upload') return partsOf(drawn, channel.limits);
    try {
      const made: MadePaper | null = (await needs.papers?.make(paper)) ?? null;
      if (made) return partsOf(rest, channel.limits, made);
    } catch (error) {
      log.error({ paper: paper.name, error: String(error) }, 'a document could not be made');
    }
    const sorry = { as: 'text' as const, text: say('channels:paperFailed', { name: paper.name }) };
    return partsOf({ ...rest, text: [...rest.text, sorry] }, channel.limits);
  }

  const sendPart = (channel: Channel, message: Outgoing, part: Part, i: number): Promise<Sent> =>
    channel.send(message.to, part, {
      key: `${message.key}#${i}`,
      at: clock.now(),
      ...(message.thread !== undefined && { thread: message.thread }),
    });

  /** True when the next message of the address may follow. */
  async function settle(message: Outgoing, sent: Extract<Sent, { ok: false }>): Promise<boolean> {
    if (sent.movedTo) {
      await store.transaction((tx) =>
        tx.apply(
          { kind: 'moveGroup', from: message.to, to: sent.movedTo! },
          { person: null, address: message.to, at: clock.now() },
        ),
      );
      await store.outbox.postpone(message.id, clock.now(), sent.reason);
      await store.outbox.redirect(message.to, sent.movedTo);
      await store.jobs.later('deliver', sent.movedTo, 0);
      return false;
    }
    // What nobody waits for at that place is soon tried at the person's next one.
    const elsewhere = sent.retryable ? message.attempts >= PATIENCE && sent.reason !== PACED : !sent.unreachable;
    const next = elsewhere ? await store.outbox.elsewhere(message.id, sent.reason) : null;
    if (next !== null) {
      log.info({ from: message.to, to: next, key: message.key, reason: sent.reason }, 'not delivered, sent elsewhere');
      void bulk(next);
      return true;
    }
    // Waiting for its turn is no failure, however often.
    if (sent.retryable && (message.attempts < MOST_ATTEMPTS || sent.reason === PACED)) {
      const wait = sent.after ?? backoffMs(message.attempts);
      await store.outbox.postpone(message.id, clock.now() + wait * clock.rate, sent.reason);
      return false;
    }
    log.warn({ to: message.to, key: message.key, reason: sent.reason }, 'not delivered, given up');
    if (sent.unreachable) {
      for (const other of await store.outbox.unreachable(message.to, sent.reason, clock.now())) void bulk(other);
      return false;
    }
    await store.outbox.giveUp(message.id, sent.reason, clock.now());
    return true;
  }

  const deliver = (to: Address, claimed?: Outgoing): Promise<void> =>
    lanes.run(to, async () => {
      try {
        await flush(to, claimed);
      } catch (error) {
        log.error({ to, error: String(error) }, 'delivery failed; a job will try again');
        await store.jobs.later('deliver', to, 5_000).catch(() => {});
      }
    });

  const again = (to: Address): Promise<void> => gate.run(() => deliver(to), true);
  const bulk = (to: Address): Promise<void> => gate.run(() => deliver(to));

  return {
    now: deliver,
    bulk,
    again,
    stop: () => stopping.abort(),
    async idle() {
      await gate.idle();
      await lanes.idle();
    },
  };
}

/** A talk draws in SVG; people get it as a picture that looks the same everywhere. */
async function rendered(reply: Reply): Promise<Reply> {
  if (reply.picture?.mediaType !== 'image/svg+xml') return reply;
  return { ...reply, picture: await renderSvg(reply.picture) };
}
