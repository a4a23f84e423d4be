/** The record as JSON lines: a heading that says whether personal data is in it, then one line for each entry. */
import { z } from 'zod';
import { type ChainResult, createChainCheck } from './chain.ts';
import type { RecordEntry, Store } from './port.ts';

const PAGE = 1_000;
const Heading = z.object({ record: z.literal('truc-ban'), personal: z.boolean() });
const Line = z.object({
  ...{ seq: z.number().int(), at: z.number(), person: z.string().nullable(), address: z.string().nullable() },
  ...{ action: z.string(), subject: z.string(), details: z.record(z.string(), z.unknown()) },
  personal: z.record(z.string(), z.unknown()).nullable(),
  ...{ salt: z.string().nullable(), personalHash: z.string().nullable(), hash: z.string() },
} satisfies Record<keyof RecordEntry, z.ZodType>);

/** @param personal whether names and addresses of persons go with it; without them it can still be checked */
export async function* exportRecord(store: Pick<Store, 'record'>, personal: boolean): AsyncGenerator<string> {
  yield `${JSON.stringify({ record: 'truc-ban', personal })}\n`;
  for (let after = 0; ; ) {
    const entries = await store.record(after, PAGE);
    for (const entry of entries) {
      const kept = personal ? entry : { ...entry, address: null, personal: null, salt: null };
      yield `${JSON.stringify(kept)}\n`;
    }
    if (entries.length < PAGE) return;
    after = entries.at(-1)!.seq;
  }
}

/** @throws Error that names the line that is none of such a file */
export async function checkExported(
  lines: AsyncIterable<string> | Iterable<string>,
  noted: { seq: number; hash: string } | null,
): Promise<ChainResult> {
  const check = createChainCheck();
  let heading: z.infer<typeof Heading> | null = null;
  let seen: string | undefined;
  let n = 0;
  for await (const line of lines) {
    n += 1;
    if (line.trim() === '') continue;
    const read = (heading ? Line : Heading).safeParse(jsonOf(line));
    if (!read.success) throw new Error(`line ${n} is no line of an exported record`);
    if (!heading) heading = read.data as z.infer<typeof Heading>;
    else {
      const entry = read.data as RecordEntry;
      check.add(entry);
      if (entry.seq === noted?.seq) seen = entry.hash;
    }
  }
  if (!heading) throw new Error('the file is empty');
  return check.result(noted, () => seen, heading.personal);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
