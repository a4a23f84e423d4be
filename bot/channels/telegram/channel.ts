/**
 * Telegram as a channel of the bot, by polling or webhook, on whatever library the driver is made of.
 * Persons are `telegram:<user id>`, chats `telegram:<chat id>`, events `telegram:<update id>`.
 */
import type { Address, Event, Instant } from '../../core/types.ts';
import { type Channel, PACED, type Part } from '../channel.ts';
import type { Log } from '../log.ts';
import { backoffMs, realTimers, type Timers } from '../timers.ts';
import type { Answer, Driver, Failure } from './driver.ts';
import { encode, LIMITS, type Target } from './encode.ts';
import { isThreadGone, isUnparsable, sentOf } from './errors.ts';
import { createInbox, type Inbox, type InboxNeeds } from './inbox.ts';
import { type Command, createMenus } from './menus.ts';
import { createPace } from './pace.ts';
import { poll } from './polling.ts';
import { createStatus } from './status.ts';
import type { User } from './update.ts';
import { WEBHOOK_PATH, watchWebhook, webhookRoutes } from './webhook.ts';

export interface TelegramOptions {
  /** The only one that knows the token. */
  driver: Driver;
  mode: 'polling' | 'webhook';
  /** Both are needed for a webhook; `publicUrl` is where the bot is reached, without a path. */
  publicUrl?: string | undefined;
  webhookSecret?: string | undefined;
  /** The menu of commands, described in Vietnamese. */
  commands: { private: Command[]; group: Command[] };
  /** Another menu in the private chats of some people. */
  coordinators?: { commands: Command[]; addresses(): Promise<Address[]> };
  /** The bot's own clock, for what happened when. */
  now(): Instant;
  lanes: InboxNeeds['lanes'];
  /** See `InboxNeeds`; always alive when absent. */
  storeAlive?: () => Promise<boolean>;
  log: Log;
  timers?: Timers;
}

/** A message that must wait longer than this for its turn is given back, so that it holds up nobody else. */
const MOST_WAIT_MS = 1_000;

export function createTelegramChannel(options: TelegramOptions): Channel {
  const { driver, log, timers = realTimers } = options;
  const status = createStatus(log);
  const pace = createPace(timers.now);
  const stopping = new AbortController();
  const { signal } = stopping;
  const { commands, coordinators } = options;
  const menus = createMenus({ driver, commands, ...(coordinators && { coordinators }), chatOf, log, signal });
  let inbox: Inbox | null = null;
  /** Known once Telegram has answered. */
  let username: string | undefined;
  let running: Promise<void> = Promise.resolve();

  async function run(receive: InboxNeeds['receive']): Promise<void> {
    const { mode, publicUrl, webhookSecret: secret } = options;
    if (mode === 'webhook' && !(publicUrl && secret)) return status.webhookUnset();
    const me = await introduce();
    if (!me) return;
    const { now, lanes, storeAlive = async () => true } = options;
    const heard = async (event: Event) => {
      await receive(event);
      if (event.kind === 'said' && event.chat.kind === 'private') void menus.wrote(event.from);
    };
    inbox = createInbox({ driver, me, now, receive: heard, lanes, storeAlive, log });
    username = me.username;
    const bot = me.username ?? String(me.id);
    if (!(await menus.offer())) void offerAgain();
    if (mode === 'webhook') {
      const url = publicUrl!.replace(/\/+$/, '') + WEBHOOK_PATH;
      await watchWebhook({ driver, status, timers, bot, url, secret: secret!, signal });
    } else {
      // What waits for a webhook waits for the poller all the same: nothing is dropped.
      await driver.call('deleteWebhook', {}, signal);
      await poll({ driver, inbox, status, timers, bot, signal });
    }
  }

  /** Menus are no reason to wait with anything else. */
  async function offerAgain(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      await timers.wait(backoffMs(failures), signal);
      if (signal.aborted || (await menus.offer())) return;
    }
  }

  /** Asks who the bot is until Telegram answers; null when it is stopped before. */
  async function introduce(): Promise<User | null> {
    for (let failures = 0; !signal.aborted; failures++) {
      const me = await driver.call('getMe', {}, signal);
      if (me.ok) return me.result;
      if (signal.aborted) break;
      status.failed(me);
      await timers.wait(backoffMs(failures), signal);
    }
    return null;
  }

  return {
    id: 'telegram',
    limits: LIMITS,

    async start(receive) {
      running = run(receive).catch((error: unknown) => {
        log.error({ error: String(error) }, 'the Telegram channel stopped unexpectedly');
        status.stopped();
      });
    },

    async stop() {
      stopping.abort();
      inbox = null;
      await running;
      status.stopped();
    },

    async download({ id }, most) {
      const found = await driver.call('getFile', { file_id: id }, signal);
      const path = found.ok ? found.result.file_path : undefined;
      return path && driver.file ? driver.file(path, most) : null;
    },
    async send(to, part, { thread }) {
      const chat = chatOf(to);
      if (chat === null) return { ok: false, retryable: false, reason: 'not the address of a Telegram chat' };
      const wait = pace.take(chat, MOST_WAIT_MS);
      if (wait > MOST_WAIT_MS) return { ok: false, retryable: true, after: wait, reason: PACED };
      if (wait > 0) await timers.wait(wait);
      pace.mark(chat);
      const sent = await deliver(part, { chat, ...(thread !== undefined && { thread: Number(thread) }) });
      pace.mark(chat);
      if (!sent.ok && sent.kind === 'refused' && sent.retryAfterSeconds !== undefined)
        pace.hush(chat, sent.retryAfterSeconds * 1000);
      return sent.ok ? { ok: true, messageId: String(sent.result.message_id) } : sentOf(sent);
    },

    async erase({ chat: { address }, message }) {
      const chat = chatOf(address);
      if (chat === null || message === undefined) return;
      // In groups only an administrator may; then the message stays, and the group was told why not to write such things.
      const erased = await driver.call('deleteMessage', { chat_id: chat, message_id: Number(message) });
      if (!erased.ok) log.warn({ chat, reason: reasonOf(erased) }, 'a stopped message could not be deleted');
    },

    routes(app) {
      if (options.mode === 'webhook' && options.webhookSecret) webhookRoutes(app, options.webhookSecret, () => inbox);
    },

    async peopleChanged() {
      if (inbox) await menus.follow();
    },

    inviteLink: (code) => (username === undefined ? null : `https://t.me/${username}?start=${code}`),

    health: () => status.health(),
  };

  /** Sends with marks into the topic; where Telegram refuses the one or the other, without it. */
  async function deliver(
    part: Part,
    to: Target,
    style: 'html' | 'plain' = 'html',
  ): Promise<Answer<{ message_id: number }>> {
    const { method, payload } = encode(part, to, style);
    const sent = await driver.call(method, payload);
    if (sent.ok) return sent;
    if (isUnparsable(sent) && style === 'html') {
      log.warn({ chat: to.chat, reason: reasonOf(sent) }, 'marks were refused; sent as plain text');
      return deliver(part, to, 'plain');
    }
    if (isThreadGone(sent) && to.thread !== undefined) return deliver(part, { chat: to.chat }, style);
    return sent;
  }
}

function chatOf(to: Address): number | null {
  const match = /^telegram:(-?\d{1,16})$/.exec(to);
  return match ? Number(match[1]) : null;
}

const reasonOf = (failure: Failure): string => (failure.kind === 'unreached' ? failure.reason : failure.description);
