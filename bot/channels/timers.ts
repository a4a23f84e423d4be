/** Real time passing, apart from the bot's own clock: pacing and backing off are measured in it. Tests pass in their own. */
export interface Timers {
  /** Milliseconds from some beginning; never runs backwards. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};

/** 1 s, 2 s, 4 s, … at most a minute. */
export const backoffMs = (failures: number): number => Math.min(1_000 * 2 ** failures, 60_000);
