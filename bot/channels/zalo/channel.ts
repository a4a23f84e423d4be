/**
 * Zalo Bot Platform as a channel of the bot, by polling or webhook. Persons and chats are `zalo:<id>`; the ids are Zalo's
 * for this one bot. It has no buttons, edits nothing and tells of no members: everything is done by typed text.
 */
import type { Address, Event, Instant } from '../../core/types.ts';
import { say } from '../../text/say.ts';
import type { Channel, Part, Sent } from '../channel.ts';
import { createIntake, type Intake, type IntakeNeeds } from '../intake.ts';
import type { Log } from '../log.ts';
import { backoffMs, realTimers, type Timers } from '../timers.ts';
import type { Answer, Client, Failure } from './client.ts';
import { decode } from './decode.ts';
import { downloadFrom } from './download.ts';
import { limitsOf, photoPayload, textPayload } from './encode.ts';
import { isThrottled, isTokenRefused, sentOf, TOKEN_HUSH_MS } from './errors.ts';
import { createPictures, type PictureNeeds } from './pictures.ts';
import { poll } from './polling.ts';
import { createQuota, type QuotaNeeds } from './quota.ts';
import { createStatus } from './status.ts';
import { Me, readUpdate, SentMessage } from './update.ts';
import { WEBHOOK_PATH, watchWebhook, webhookRoutes } from './webhook.ts';

export interface ZaloOptions {
  /** The only one that knows the token. */
  client: Client;
  mode: 'polling' | 'webhook';
  /** Where the bot is reached, without a path; needed for a webhook. */
  publicUrl?: string | undefined;
  webhookSecret?: string | undefined;
  /** With a public address, pictures are shown; without, they are told in words. */
  pictures?: Omit<PictureNeeds, 'publicUrl'>;
  quota: Omit<QuotaNeeds, 'log'>;
  /** The bot's own clock, for what happened when. */
  now(): Instant;
  lanes: IntakeNeeds['lanes'];
  /** Whether the store answers; always when absent. */
  storeAlive?: () => Promise<boolean>;
  log: Log;
  timers?: Timers;
}

interface Hush {
  /** By `timers`, ms. */
  until: number;
  /** How often in a row. */
  times: number;
  failure: Failure | null;
}

/** After a 429, ms: Zalo does not say how long it is to be left alone. */
const HUSH_MS = { first: 30_000, most: 30 * 60_000 };

export function createZaloChannel(options: ZaloOptions): Channel {
  const { client, log, publicUrl, webhookSecret: secret, timers = realTimers } = options;
  const quota = createQuota({ ...options.quota, log });
  const pictures = options.pictures && publicUrl ? createPictures({ ...options.pictures, publicUrl }) : null;
  const stopping = new AbortController();
  const { signal } = stopping;
  let me: Me | null = null;
  let intake: Intake | null = null;
  let running: Promise<void> = Promise.resolve();
  let hush: Hush = { until: 0, times: 0, failure: null };
  const status = createStatus({
    log,
    sendingStopped: () => (timers.now() < hush.until ? hush.failure : null),
    warning: quota.warning,
  });

  async function run(): Promise<void> {
    if (options.mode === 'webhook' && !(publicUrl && secret)) return status.webhookUnset();
    me = await introduce();
    if (!me) return;
    await quota.load();
    const bot = me.display_name ?? me.account_name ?? me.id;
    if (options.mode === 'webhook') {
      const url = publicUrl!.replace(/\/+$/, '') + WEBHOOK_PATH;
      return watchWebhook({ client, status, timers, bot, url, secret: secret!, signal });
    }
    await withoutWebhook();
    if (signal.aborted) return;
    status.running(bot);
    await poll({ client, intake: intake!, status, timers, read, bot, signal });
  }

  /** Asks who the bot is until Zalo answers; null when it is stopped before. */
  async function introduce(): Promise<Me | null> {
    for (let failures = 0; !signal.aborted; failures++) {
      const answer = await client.call('getMe', {}, signal);
      const told = answer.ok ? Me.safeParse(answer.result) : null;
      if (told?.success) return told.data;
      if (signal.aborted) break;
      status.failed(answer.ok ? { kind: 'unreached', reason: 'getMe' } : answer);
      await timers.wait(backoffMs(failures), signal);
    }
    return null;
  }

  /** While a webhook is set, nothing can be polled. */
  async function withoutWebhook(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      const answer = await client.call('deleteWebhook', {}, signal);
      if (answer.ok || signal.aborted) return;
      status.failed(answer);
      await timers.wait(backoffMs(failures), signal);
    }
  }

  function read(update: unknown): Event | null {
    const known = readUpdate(update);
    if (known === 'broken') log.warn({}, 'an update of Zalo could not be read and is skipped');
    return typeof known === 'string' ? null : decode(known, me, options.now());
  }

  /** A picture that Zalo cannot fetch is told in words. */
  async function deliver(chat: string, part: Part): Promise<Answer<unknown>> {
    if (!part.picture || !pictures) return client.call('sendMessage', textPayload(chat, part));
    const photo = photoPayload(chat, part, await pictures.urlOf(part.picture));
    const sent = await client.call('sendPhoto', photo);
    if (sent.ok || sent.kind !== 'refused' || sent.code !== 400) return sent;
    log.warn({ chat, reason: sent.description }, 'a picture was refused; told in words');
    const alt = say('channels:picture', { alt: part.picture.alt });
    return client.call('sendMessage', textPayload(chat, { text: [...part.text, { as: 'text', text: alt }] }));
  }

  /**
   * Zalo calls a 403 an internal error, and refuses a token with it too: asked who the bot is, it tells which of the two
   * it was. One chat's trouble must not silence all others.
   */
  async function isToken(failure: Failure): Promise<boolean> {
    if (!isTokenRefused(failure)) return false;
    if (failure.kind === 'refused' && failure.code === 401) return true;
    const me = await client.call('getMe', {}, signal);
    return !me.ok && isTokenRefused(me);
  }

  /** Nothing is sent for a while when Zalo has had enough, or does not accept the token. */
  async function settle(failure: Extract<Answer<unknown>, { ok: false }>): Promise<Sent> {
    const throttled = isThrottled(failure);
    const healthy = status.health().ok;
    const token = await isToken(failure);
    if (failure.kind === 'refused' && failure.code === 403 && !token)
      return { ok: false, retryable: true, reason: `403 ${failure.description}` };
    if (throttled || token) {
      const times = throttled ? hush.times + 1 : 0;
      const ms = throttled ? Math.min(HUSH_MS.first * 2 ** (times - 1), HUSH_MS.most) : TOKEN_HUSH_MS;
      hush = { until: timers.now() + ms, times, failure };
      log[throttled ? 'warn' : 'error']({ channel: 'zalo', ms, ...failure }, 'nothing is sent for a while');
    }
    return sentOf(failure, healthy, hush.until - timers.now());
  }

  return {
    id: 'zalo',
    limits: limitsOf(pictures !== null),

    async start(receive) {
      const { lanes, storeAlive = async () => true } = options;
      intake = createIntake({ receive, lanes, storeAlive, log });
      running = run().catch((error: unknown) => {
        log.error({ error: String(error) }, 'the Zalo channel stopped unexpectedly');
        status.stopped();
      });
    },

    async stop() {
      stopping.abort();
      intake = null;
      await running;
      status.stopped();
    },

    download: ({ id }, most) => downloadFrom(id, most, signal),
    async send(to, part) {
      const chat = chatOf(to);
      if (chat === null) return { ok: false, retryable: false, reason: 'not the address of a Zalo chat' };
      const wait = hush.until - timers.now();
      if (wait > 0) return { ok: false, retryable: true, after: wait, reason: 'hushed' };
      try {
        const sent = await deliver(chat, part);
        if (!sent.ok) return await settle(sent);
        hush = { until: 0, times: 0, failure: null };
        await quota.sent();
        return { ok: true, messageId: SentMessage.safeParse(sent.result).data?.message_id ?? '' };
      } catch (error) {
        return { ok: false, retryable: true, reason: String(error) };
      }
    },

    routes(app) {
      pictures?.routes(app);
      if (options.mode === 'webhook' && secret)
        webhookRoutes(app, { secret, intake: () => intake, read, timers, signal });
    },

    health: () => status.health(),
  };
}

function chatOf(to: Address): string | null {
  const match = /^zalo:([\w.-]{1,128})$/.exec(to);
  return match ? match[1]! : null;
}
