/**
 * Updates on their way to the bot: each is handed over once, to whoever polls or to the webhook, and then forgotten. What
 * comes while nobody polls is lost; between two polls of the same poller it waits for the next.
 */
import { Refusal } from './refusal.ts';

export interface Update {
  event_name: string;
  message?: { message_id: string; chat: { id: string } } & Record<string, unknown>;
}

export interface Hook {
  url: string;
  secret: string;
}

export interface Updates {
  push(update: Update): void;
  /** Hands the same update over once more, as Zalo does now and then. */
  repeat(messageId: string): void;
  poll(gone: AbortSignal): Promise<Update>;
  /** Ends the open poll with nothing. */
  endPoll(): void;
  setHook(hook: Hook | null): void;
  hook(): Hook | null;
  polling(): boolean;
  /** Updates that reached nobody. */
  lost(): Update[];
  /** Resolves when every webhook call is answered. */
  settled(): Promise<void>;
  stop(): void;
}

const empty = () => new Refusal(408, 'Request timeout');

export function createUpdates(): Updates {
  let queue: Update[] = [];
  const all = new Map<string, Update>();
  const lost: Update[] = [];
  let hook: Hook | null = null;
  let listening = false;
  let waiting: { wake(): void; end(): void } | null = null;
  let lanes = new Map<string, Promise<void>>();
  let stop = new AbortController();
  let posted = 0;

  function add(update: Update): void {
    if (hook) {
      const lane = update.message?.chat.id ?? '';
      const to = hook;
      const before = lanes.get(lane) ?? Promise.resolve();
      lanes.set(
        lane,
        before.then(() => post(update, to)),
      );
    } else if (listening) {
      queue.push(update);
      waiting?.wake();
    } else lost.push(update);
  }

  /** Bodies come wrapped or bare; what is not answered with 2xx is not known to come again. */
  async function post(update: Update, { url, secret }: Hook): Promise<void> {
    const body = posted++ % 2 === 0 ? { ok: true, result: update } : update;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-bot-api-secret-token': secret },
        body: JSON.stringify(body),
        signal: stop.signal,
      });
      await response.arrayBuffer();
      if (!response.ok) lost.push(update);
    } catch {
      lost.push(update);
    }
  }

  return {
    push(update) {
      if (update.message) all.set(update.message.message_id, update);
      add(update);
    },
    repeat: (id) => add(all.get(id)!),
    poll(gone) {
      if (hook) throw new Refusal(400, 'getUpdates cannot be used while a webhook is set');
      // Of two pollers the one before is told that there is nothing.
      waiting?.end();
      listening = true;
      const next = queue.shift();
      if (next) return Promise.resolve(next);
      return new Promise((resolve, reject) => {
        const mine = {
          wake() {
            waiting = null;
            resolve(queue.shift()!);
          },
          end() {
            waiting = null;
            reject(empty());
          },
        };
        waiting = mine;
        gone.addEventListener('abort', () => {
          if (waiting !== mine) return;
          listening = false;
          mine.end();
        });
      });
    },
    endPoll: () => waiting?.end(),
    setHook(next) {
      hook = next;
      if (next) {
        waiting?.end();
        queue = [];
      }
    },
    hook: () => hook,
    polling: () => waiting !== null,
    lost: () => lost,
    async settled() {
      await Promise.all(lanes.values());
    },
    stop() {
      stop.abort();
      stop = new AbortController();
      lanes = new Map();
      waiting?.end();
    },
  };
}
