/** Tells open pages that a chat has a new line: at once within this process, by looking regularly for other instances. */
import type { Address } from '../../core/types.ts';
import type { WebHistory } from '../../core/web.ts';

/** A bell that remembers being rung while nobody waited. */
export interface Bell {
  ring(): void;
  /** True when rung, false when `ms` passed in silence. */
  wait(ms: number): Promise<boolean>;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      const was = rung;
      rung = false;
      return was;
    },
  };
}

export interface Feed {
  /** Rings the listeners of a chat. */
  wake(chat: Address): void;
  /** Rings everybody, whatever the chat: the clock jumped, or the channel stops. */
  wakeAll(): void;
  /** Returns what ends the listening. */
  listen(chat: Address, bell: Bell): () => void;
  listeners(chat?: Address): number;
  start(): void;
  stop(): void;
}

/** `pollMs` 0: no other instance writes to the history, so nobody looks. */
export function createFeed(history: Pick<WebHistory, 'last'>, pollMs: number): Feed {
  const chats = new Map<Address, { bells: Set<Bell>; seen: number | null }>();
  let timer: NodeJS.Timeout | null = null;

  async function look(): Promise<void> {
    try {
      for (const [chat, entry] of [...chats]) {
        const last = await history.last(chat);
        if (entry.seen !== last) for (const bell of entry.bells) bell.ring();
        entry.seen = last;
      }
    } catch {
      // The history keeps account of its failures; the next look may succeed.
    }
    if (timer) plan();
  }

  function plan(): void {
    timer = setTimeout(() => void look(), pollMs);
    timer.unref();
  }

  return {
    wake(chat) {
      for (const bell of chats.get(chat)?.bells ?? []) bell.ring();
    },
    wakeAll() {
      for (const { bells } of chats.values()) for (const bell of bells) bell.ring();
    },
    listen(chat, bell) {
      const entry = chats.get(chat) ?? { bells: new Set(), seen: null };
      chats.set(chat, entry);
      entry.bells.add(bell);
      return () => {
        entry.bells.delete(bell);
        if (entry.bells.size === 0 && chats.get(chat) === entry) chats.delete(chat);
      };
    },
    listeners(chat) {
      if (chat) return chats.get(chat)?.bells.size ?? 0;
      let sum = 0;
      for (const { bells } of chats.values()) sum += bells.size;
      return sum;
    },
    start() {
      if (!timer && pollMs > 0) plan();
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
