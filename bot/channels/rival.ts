/**
 * Another program that receives with the same token. Both push each other aside and come back, so that "it works" would be
 * said and taken back every second: it is said again only after a longer calm than the other is likely to wait.
 */
import { backoffMs, type Timers } from './timers.ts';

export interface Rival {
  /** It has pushed us aside; tells how long to leave it alone, in ms. */
  met(): number;
  /** A poll begins. */
  polls(): void;
  /** For how long polls must still be left alone, in ms; 0 when there is no rival (any more). */
  feared(): number;
}

const CALM_MS = 5_000;

export function createRival({ now }: Pick<Timers, 'now'>): Rival {
  let times = 0;
  let calmSince: number | null = null;
  return {
    met() {
      calmSince = null;
      return backoffMs(times++);
    },
    polls() {
      calmSince ??= now();
    },
    feared() {
      if (times === 0) return 0;
      const left = CALM_MS + backoffMs(times - 1) - (calmSince === null ? 0 : now() - calmSince);
      if (left <= 0) times = 0;
      return Math.max(0, left);
    },
  };
}
