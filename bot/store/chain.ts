/**
 * Checks that the record is whole: every entry in its place, unchanged, and chained to the one before. Works on entries
 * from the store or from an exported file; makes the same texts as the functions of the migration `record_chained`.
 */
import { createHash } from 'node:crypto';
import type { RecordEntry } from './port.ts';

export interface ChainResult {
  entries: number;
  /** Place and hash of the last entry: whoever has noted them can tell that nothing was cut off later. */
  last: { seq: number; hash: string } | null;
  /** Entries whose personal data was removed, as a later entry says. */
  erased: number;
  /** What is wrong, in the order of the entries; empty when the record is whole. */
  faults: { seq: number; fault: Fault }[];
}

export type Fault = 'missing' | 'changed' | 'personalChanged' | 'personalRemoved' | 'cutOff';

/** The action under which personal data is removed; its details name the places of the entries. */
export const FORGET = 'forgetPerson';
const MOST_FAULTS = 100;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** A value as PostgreSQL writes `jsonb`: keys by length, then by bytes; a blank after each colon and comma. */
export function jsonbText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return decimal(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  const keys = Object.keys(value).map((key) => ({ key, bytes: Buffer.from(key, 'utf8') }));
  keys.sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  const parts = keys.map(({ key }) => `${JSON.stringify(key)}: ${jsonbText((value as Record<string, unknown>)[key])}`);
  return `{${parts.join(', ')}}`;
}

/** Without an exponent, as PostgreSQL keeps numbers. */
function decimal(value: number): string {
  const text = String(value);
  const [, sign, whole, fraction = '', power] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (whole === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

export const personalHash = ({ salt, address, personal }: RecordEntry): string =>
  sha256(`${salt}\n${jsonbText([address, personal])}`);

export const entryHash = (before: string, e: RecordEntry): string =>
  sha256(`${before}\n${jsonbText([e.seq, e.at, e.person, e.action, e.subject, e.details, e.personalHash])}`);

/** Takes the entries in their order, as many at a time as one likes. */
export function createChainCheck() {
  let [count, last, before]: [number, ChainResult['last'], string] = [0, null, ''];
  const faults: ChainResult['faults'] = [];
  const bare = new Set<number>();
  const named = new Set<number>();
  const fault = (seq: number, what: Fault) => {
    if (faults.length < MOST_FAULTS) faults.push({ seq, fault: what });
  };

  return {
    add(entry: RecordEntry): void {
      const due = (last?.seq ?? 0) + 1;
      if (entry.seq !== due) fault(due, 'missing');
      if (entryHash(before, entry) !== entry.hash) fault(entry.seq, 'changed');
      if (entry.personalHash !== null) {
        if (entry.salt === null && entry.address === null && entry.personal === null) bare.add(entry.seq);
        else if (entry.salt === null || personalHash(entry) !== entry.personalHash) fault(entry.seq, 'personalChanged');
      } else if (entry.address !== null || entry.personal !== null) fault(entry.seq, 'personalChanged');
      const { entries } = entry.details as { entries?: unknown };
      if (entry.action === FORGET && Array.isArray(entries)) for (const seq of entries) named.add(Number(seq));
      count += 1;
      last = { seq: entry.seq, hash: entry.hash };
      before = entry.hash;
    },
    /**
     * @param noted the last entry of an earlier check, and `at` the hash that its place has now
     * @param personal false for a file that was exported without personal data
     */
    result(
      noted?: { seq: number; hash: string } | null,
      at?: (seq: number) => string | undefined,
      personal = true,
    ): ChainResult {
      if (personal) for (const seq of bare) if (!named.has(seq)) fault(seq, 'personalRemoved');
      if (noted && (!last || last.seq < noted.seq || (at?.(noted.seq) ?? noted.hash) !== noted.hash))
        fault(noted.seq, 'cutOff');
      return { entries: count, last, erased: personal ? bare.size : named.size, faults };
    },
  };
}
