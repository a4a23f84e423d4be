/** Time for tests: passes when told to, or, for short waits if so wished, as soon as somebody waits. No test sleeps. */
import type { Timers } from '../../../bot/channels/timers.ts';

export interface TestTimers extends Timers {
  /** Lets `ms` pass; what falls due on the way happens in order. */
  advance(ms: number): Promise<void>;
  /** Instants that are waited for, earliest first. */
  waiting(): number[];
}

/** @param leapUpTo waits of at most so many ms are over at once */
export function createTestTimers({ leapUpTo = -1 } = {}): TestTimers {
  let now = 0;
  let waits: { at: number; done: () => void }[] = [];
  const earliest = () => waits.toSorted((a, b) => a.at - b.at)[0];

  async function advance(ms: number): Promise<void> {
    const end = now + ms;
    for (let next = earliest(); next && next.at <= end; next = earliest()) {
      now = Math.max(now, next.at);
      next.done();
      await ticks();
    }
    now = Math.max(now, end);
    await ticks();
  }

  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const entry = { at: now + Math.max(0, ms), done };
        function done() {
          waits = waits.filter((w) => w !== entry);
          signal?.removeEventListener('abort', done);
          resolve();
        }
        if (signal?.aborted) return resolve();
        signal?.addEventListener('abort', done);
        waits.push(entry);
        if (ms <= leapUpTo) setImmediate(() => waits.includes(entry) && void advance(entry.at - now));
      }),
    advance,
    waiting: () => waits.map((w) => w.at).sort((a, b) => a - b),
  };
}

/** Lets whatever was just set free run. */
async function ticks(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise(setImmediate);
}

/** Waits for real work (loopback requests) to lead somewhere; fails after a minute, for a machine may be busy. */
export async function until(condition: () => unknown, what = String(condition)): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`did not happen within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
