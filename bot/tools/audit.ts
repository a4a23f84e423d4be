/**
 * `npm run audit -- check [FILE] [--noted SEQ:HASH]`: whether the record is whole, in the store that the settings name or in
 * an exported file; `--noted` is a place and hash told earlier (`/nhatky`), to see that nothing was cut off since.
 * `npm run audit -- export FILE [--no-personal]`: the record as JSON lines. Ends with 1 when the record is not whole.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import type { ChainResult } from '../store/chain.ts';
import { checkExported, exportRecord } from '../store/export-record.ts';
import { FolderInUse } from '../store/lock.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/port.ts';
import { say } from '../text/say.ts';

const out = (text: string) => process.stdout.write(`${text}\n`);

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const { databaseUrl: url, dataDir } = readConfig(process.env);
  const store = await openStore({ url, dataDir }).catch((error: Error & { pid?: number }) => {
    if (!(error instanceof FolderInUse)) throw error;
    throw new Error(say('record:inUse', { folder: dataDir, pid: String(error.pid) }), { cause: error });
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function tell({ entries, last, erased, faults }: ChainResult): void {
  out(say('record:checked', { entries, erased }));
  if (last) out(say('record:last', { seq: last.seq, hash: last.hash }));
  for (const { seq, fault } of faults) out(say('record:faultLine', { seq, fault: say(`record:fault.${fault}`) }));
  out(say(faults.length === 0 ? 'record:whole' : 'record:broken'));
  if (faults.length > 0) process.exitCode = 1;
}

function notedIn(text: string | undefined): { seq: number; hash: string } | null {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text ?? '') ?? [];
  if (text !== undefined && !hash) throw new Error(say('record:badNoted'));
  return hash ? { seq: Number(seq), hash } : null;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { noted: { type: 'string' }, 'no-personal': { type: 'boolean' } },
});
const [what, file] = positionals;
try {
  if (what === 'check') {
    const noted = notedIn(values.noted);
    const lines = file ? createInterface({ input: createReadStream(file, 'utf8') }) : null;
    tell(lines ? await checkExported(lines, noted) : await withStore((store) => store.checkRecord(noted)));
  } else if (what === 'export' && file) {
    await withStore((store) =>
      pipeline(exportRecord(store, !values['no-personal']), createWriteStream(file, { mode: 0o600 })),
    );
    out(say('record:exported', { file }));
  } else {
    process.stderr.write('npm run audit -- check [FILE] [--noted SEQ:HASH] | export FILE [--no-personal]\n');
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
