/** Two instances on one PostgreSQL server; one is killed in the middle of the digests. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slotKey } from '../../bot/digest/slots.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import { createServerDatabase, openStoreOn, type ServerDatabase, whyNoServer } from '../support/database.ts';

const missing = await whyNoServer();
const GROUPS = 80;
/** As many as one instance has on their way at once; see `bot/work/delivery.ts`. */
const IN_FLIGHT = 16;

let database: ServerDatabase | undefined;
const children: ChildProcess[] = [];
beforeAll(async () => {
  if (missing === null) database = await createServerDatabase();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database?.drop();
});

interface Instance {
  child: ChildProcess;
  /** Keys as the platform took them. */
  lines: string[];
}

function instance(url: string, begins: number): Instance {
  const script = path.join(import.meta.dirname, 'instance.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, url, String(begins)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  createInterface(child.stdout!).on('line', (line) => lines.push(line));
  return { child, lines };
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`did not happen: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test.skipIf(missing !== null)(
  `none is lost, none comes twice but what was on its way${missing ? ` (skipped: ${missing})` : ''}`,
  async () => {
    const before = instantOf('2026-06-10', '06:45');
    const store = await openStoreOn({ url: database!.url, dataDir: 'memory://' });
    const addresses = Array.from({ length: GROUPS }, (_, i) => `web:g${i}` as const);
    await store.transaction(async (tx) => {
      for (const address of addresses)
        await tx.apply(
          {
            kind: 'linkGroup',
            group: {
              ...{ address, title: 'Nhóm', scope: { kind: 'city' }, digestAt: '07:30' },
              ...{ without: ['picture'], linkedBy: 'x' },
            },
          },
          { person: null, address: null, at: before },
        );
    });
    await store.close();

    const instances = [instance(database!.url, before), instance(database!.url, before)];
    await until(() => instances.every(({ lines }) => lines.length > 0));
    for (const { child } of instances) child.stdin!.write('\n');
    // Whichever has more on its way is killed.
    await until(() => instances.some(({ lines }) => lines.length > GROUPS / 4));
    const [one, two] = instances.toSorted((a, b) => b.lines.length - a.lines.length) as [Instance, Instance];
    one.child.kill('SIGKILL');
    await new Promise((resolve) => one.child.once('exit', resolve));

    const all = new Set(addresses.map((address) => slotKey(address, '2026-06-10')));
    const arrived = () => [...one.lines, ...two.lines].filter((line) => line !== 'ready').map((l) => l.split('#')[0]!);
    const unheld = () => new Set(arrived()).size;
    await until(() => unheld() + IN_FLIGHT >= GROUPS);
    // What the killed one held is free again once its lease has lapsed: an hour later by the clock.
    two.child.stdin!.write('\n');
    await until(() => unheld() === GROUPS);

    expect(new Set(arrived())).toEqual(all);
    const twice = arrived().filter((key, i, keys) => keys.indexOf(key) !== i);
    const lastOfOne = one.lines.slice(-IN_FLIGHT).map((line) => line.split('#')[0]);
    expect(lastOfOne).toEqual(expect.arrayContaining(twice));
  },
  150_000,
);
