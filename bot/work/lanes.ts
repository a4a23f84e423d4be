/** Runs work strictly in order for each key, and side by side for different keys. */
export interface Lanes {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when everything begun so far has ended. */
  idle(): Promise<void>;
}

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const before = tails.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      const tail = mine.catch(() => {});
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return mine;
    },
    async idle() {
      await Promise.all(tails.values());
    },
  };
}
