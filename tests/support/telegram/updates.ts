/** Updates wait until they are confirmed: by the offset of a poll, or by a webhook's 2xx. */
import type { Update } from '../../../bot/channels/telegram/update.ts';
import { Refusal } from './refusal.ts';
import { checkType } from './spec.ts';
import type { TestTimers } from './timers.ts';
import { createWebhookSender, type Webhook } from './webhook.ts';

export interface Poll {
  offset?: number;
  limit: number;
  wait: boolean;
  allowed?: string[];
  /** The one who asked has hung up. */
  gone: AbortSignal;
}

export interface Updates {
  /** Adds what happened, unless its kind was not asked for. */
  push(content: Omit<Update, 'update_id'>, chat: number): void;
  /** Sends the same update once more, as Telegram does after an answer that got lost. */
  repeat(id: number): void;
  poll(poll: Poll): Promise<Update[]>;
  /** Ends long polls with nothing, as their timeout does. */
  endPolls(): void;
  setWebhook(webhook: Webhook | null, allowed?: string[]): void;
  webhookInfo(): object;
  /** After a quiet week the next id is a random one. */
  jumpTo(id: number): void;
  pending(): Update[];
  /** Id of the newest update. */
  lastId(): number;
  polling(): boolean;
}

const DEFAULT = ['message', 'edited_message', 'callback_query', 'my_chat_member', 'inline_query', 'poll'];

export function createUpdates(timers: TestTimers, date: () => number): Updates {
  let nextId = 700_001;
  let queue: { update: Update; chat: number }[] = [];
  const all = new Map<number, { update: Update; chat: number }>();
  let allowed: string[] = DEFAULT;
  let webhook: Webhook | null = null;
  let waiting: { wake(): void; end(result: Update[] | Refusal): void } | null = null;
  const sender = createWebhookSender({
    timers,
    date,
    webhook: () => webhook,
    done: (id) => {
      queue = queue.filter((entry) => entry.update.update_id !== id);
    },
  });

  function add(entry: { update: Update; chat: number }): void {
    queue.push(entry);
    if (webhook) sender.offer(entry);
    else waiting?.wake();
  }

  return {
    push(content, chat) {
      const update = { update_id: nextId++, ...content };
      const wrong = checkType('Update', update);
      if (wrong.length > 0) throw new Error(`the platform made a wrong update: ${wrong.join('; ')}`);
      if (!Object.keys(content).every((kind) => allowed.includes(kind))) return;
      all.set(update.update_id, { update, chat });
      add(all.get(update.update_id)!);
    },

    repeat: (id) => add(all.get(id)!),

    poll({ offset, limit, wait, allowed: kinds, gone }) {
      if (webhook)
        throw new Refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      waiting?.end(
        new Refusal(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        ),
      );
      if (kinds) allowed = kinds.length > 0 ? kinds : DEFAULT;
      if (offset !== undefined) queue = queue.filter((entry) => entry.update.update_id >= offset);
      const ready = () => queue.slice(0, limit).map((entry) => entry.update);
      if (queue.length > 0 || !wait) return Promise.resolve(ready());
      return new Promise((resolve, reject) => {
        const mine = {
          wake: () => mine.end(ready()),
          end(result: Update[] | Refusal) {
            if (waiting === mine) waiting = null;
            if (result instanceof Refusal) reject(result);
            else resolve(result);
          },
        };
        waiting = mine;
        gone.addEventListener('abort', () => mine.end([]));
      });
    },

    endPolls: () => waiting?.end([]),

    setWebhook(next, kinds) {
      webhook = next;
      if (kinds) allowed = kinds.length > 0 ? kinds : DEFAULT;
      sender.reset();
      if (next) {
        waiting?.end(new Refusal(409, 'Conflict: terminated by setWebhook request'));
        for (const entry of queue) sender.offer(entry);
      }
    },

    webhookInfo: () => ({
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: queue.length,
      ...(webhook && { max_connections: webhook.most, allowed_updates: allowed }),
      ...sender.lastError(),
    }),

    jumpTo(id) {
      nextId = id;
    },
    pending: () => queue.map((entry) => entry.update),
    lastId: () => nextId - 1,
    polling: () => waiting !== null,
  };
}
