/** Lasting counters, kept among the settings. */

import { gather } from './gather.ts';
import type { PrismaClient } from './generated/client.ts';
import type { Store } from './port.ts';

/** Calls in one statement. */
const MOST_TOGETHER = 100;

export function createCounters(prisma: PrismaClient): Store['count'] {
  const add = gather(async (added: { name: string; by: number }[]) => {
    const sums = new Map<string, number>();
    for (const { name, by } of added) sums.set(name, (sums.get(name) ?? 0) + by);
    const names = [...sums.keys()].sort();
    const rows = await prisma.$queryRaw<{ name: string; value: string }[]>`
      INSERT INTO settings (name, value)
      SELECT * FROM unnest(${names}::text[], ${names.map((name) => String(sums.get(name)))}::text[])
      ON CONFLICT (name) DO UPDATE SET value = (settings.value::bigint + EXCLUDED.value::bigint)::text
      RETURNING name, value`;
    const before = new Map(rows.map(({ name, value }) => [name, Number(value) - sums.get(name)!]));
    return added.map(({ name, by }) => {
      const now = before.get(name)! + by;
      before.set(name, now);
      return now;
    });
  }, MOST_TOGETHER);
  return (name, by) => add({ name, by });
}
