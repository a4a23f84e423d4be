/** The bot's clock: real time, or in rehearsal a time of its own that may run faster and be put forward. */
import type { Instant } from '../core/types.ts';

export interface Clock {
  now(): Instant;
  /** Milliseconds of the bot's clock in a real millisecond. */
  readonly rate: number;
  /** Puts the clock forward; never back, since what happened stays in the past. */
  jumpTo(instant: Instant): void;
}

/**
 * @param start the instant the bot lives from; null for real time
 * @param real reads the machine's clock, ms UTC
 */
export function createClock(start: Instant | null, rate: number, real: () => number): Clock {
  const began = real();
  let base = start ?? began;
  const now = () => base + (real() - began) * rate;
  return {
    now,
    rate,
    jumpTo(instant) {
      base += Math.max(0, instant - now());
    },
  };
}
