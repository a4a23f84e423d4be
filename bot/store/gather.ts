/**
 * Group commit: what is asked for while a batch is on its way goes together into the next one, so that under load many
 * share the price of one statement and one write to disk. Alone, it goes at once.
 * @param work answers each item in its place; when it fails for several, it is asked for each by itself
 * @param most items in a batch
 */
export function gather<I, O>(work: (items: I[]) => Promise<O[]>, most: number): (item: I) => Promise<O> {
  interface Waiting {
    item: I;
    resolve(answer: O): void;
    reject(error: unknown): void;
  }
  const waiting: Waiting[] = [];
  let busy = false;

  async function run(): Promise<void> {
    busy = true;
    // What arrived in the same turn comes along.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      await answer(waiting.splice(0, most));
    }
    busy = false;
  }

  async function answer(batch: Waiting[]): Promise<void> {
    try {
      const answers = await work(batch.map(({ item }) => item));
      for (const [i, { resolve }] of batch.entries()) resolve(answers[i] as O);
    } catch (error) {
      // Whatever it was, it may be the fault of one of them.
      if (batch.length > 1) for (const one of batch) await answer([one]);
      else batch[0]!.reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void run();
    });
}
