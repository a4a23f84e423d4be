/** Lets a few things run at once; the others wait in line. */
export interface Gate {
  /** @param ahead before all that waits already */
  run<T>(work: () => Promise<T>, ahead?: boolean): Promise<T>;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
}

export function createGate(width: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  const rests: (() => void)[] = [];

  function leave(): void {
    const next = waiting.shift();
    if (next) {
      next();
      return;
    }
    running -= 1;
    if (running === 0) for (const rest of rests.splice(0)) rest();
  }

  return {
    async run(work, ahead = false) {
      if (running < width) running += 1;
      else
        await new Promise<void>((enter) => {
          if (ahead) waiting.unshift(enter);
          else waiting.push(enter);
        });
      try {
        return await work();
      } finally {
        leave();
      }
    },
    async idle() {
      if (running > 0)
        await new Promise<void>((rest) => {
          rests.push(rest);
        });
    },
  };
}
