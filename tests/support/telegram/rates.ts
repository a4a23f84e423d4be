/** Telegram's sending limits as the platform enforces them: 30 a second overall, 20 a minute in a group, 1 a second in a chat after a short burst. */
import { Refusal } from './refusal.ts';

const OVERALL = { count: 30, ms: 1_000 };
const GROUP = { count: 20, ms: 60_000 };
/** How long a burst may be is not documented; five at once commonly pass. */
const BURST = { count: 5, regainMs: 1_000 };

/** @returns a function to be called for every message; throws a 429 when it is one too many */
export function createRates(now: () => number): (chat: number) => void {
  const all: number[] = [];
  const chats = new Map<number, number[]>();
  /** When a chat has regained its whole burst. */
  const rested = new Map<number, number>();
  return (chat) => {
    const here = chats.get(chat) ?? [];
    chats.set(chat, here);
    const tired = Math.max(0, (rested.get(chat) ?? 0) - now() - (BURST.count - 1) * BURST.regainMs);
    const longest = Math.max(tired, wait(all, OVERALL), chat < 0 ? wait(here, GROUP) : 0);
    if (longest > 0) {
      const seconds = Math.ceil(longest / 1000);
      throw new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
    }
    all.push(now());
    here.push(now());
    rested.set(chat, Math.max(rested.get(chat) ?? 0, now()) + BURST.regainMs);
  };

  function wait(sent: number[], { count, ms }: { count: number; ms: number }): number {
    const oldest = sent.at(-count);
    return oldest === undefined ? 0 : Math.max(0, oldest + ms - now());
  }
}
