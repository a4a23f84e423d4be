/**
 * What must not be kept of a message: personal data and state secrets (rules of Luật 91/2025/QH15, NĐ 356/2025,
 * Luật 117/2025/QH15 as laid down for the bot). Figures, sums, document numbers and the names of responsible officers pass.
 */
import { addressesIn } from './sensitive/addresses.ts';
import { decode } from './sensitive/decode.ts';
import { healthIn } from './sensitive/health.ts';
import { givenNamesIn, namesIn } from './sensitive/names.ts';
import { type NumberKind, numbersOfPersons } from './sensitive/numbers.ts';
import { type SecretKind, secretsIn } from './sensitive/secrets.ts';
import { look } from './sensitive/text.ts';

export type StopKind = 'name' | 'address' | 'health' | NumberKind | SecretKind;

/** Places in the message in NFC. */
export interface Stop {
  kind: StopKind;
  start: number;
  end: number;
}

/** Everything in a message that must not be stored, in order, never overlapping; empty for a message that may be kept. */
export function stops(message: string): Stop[] {
  if (BARE.test(message)) return [];
  const { text, back } = decode(message);
  const looked = look(text);
  const named = namesIn(looked).map((span): Stop => ({ kind: 'name', ...span }));
  const numbers = numbersOfPersons(looked);
  const births = named.flatMap(({ end }) => yearAfter(looked.text, end));
  const addresses = addressesIn(looked, [...named, ...numbers])
    .filter((span) => !numbers.some((n) => n.start < span.end && n.end > span.start))
    .map((span): Stop => ({ kind: 'address', ...span }));
  const found = [...secretsIn(looked), ...numbers, ...named, ...births, ...addresses];
  const given =
    found.length > 0 || CONDITION.test(looked.plain)
      ? givenNamesIn(looked).map((span): Stop => ({ kind: 'name', ...span }))
      : [];
  const health = healthIn(looked, [...named, ...numbers, ...given]);
  const all = apart([...found, ...given, ...health].filter((s) => s.end > s.start));
  return apart(all.map(({ kind, ...span }) => ({ kind, ...back(span) })));
}

/** A word, a command or a short number by itself, as most of what is said in a dialog: nothing of it tells of anybody. */
const BARE = /^\s*\/?(?:\p{Lu}?\p{Ll}{1,20}|\d{1,3})\s*$/u;

/** Said of one person, it points to that person. */
const CONDITION =
  /(?<![a-z])(?:duong tinh|hiv|tai nghien|nghien (?:ma tuy|hut|nang)|methadone|nghi (?:hut|choi|nghien|dung)|tu vong|soc thuoc|ngao da|co my)(?![a-z])/;

/** `Lê Thị Cóc (1980)`, `Lê Thị Cóc, 1980`: the year of birth. */
function yearAfter(text: string, end: number): Stop[] {
  const year = /^[\s,(–-]{1,4}((?:19[3-9]|20[012])\d)(?!\d)/.exec(text.slice(end));
  return year ? [{ kind: 'birth', start: end + year[0].length - 4, end: end + year[0].length }] : [];
}

/** Where two overlap, the one that begins first (the longer of two) takes in the other. */
function apart(found: Stop[]): Stop[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Stop[] = [];
  for (const stop of sorted) {
    const last = kept.at(-1);
    if (last && stop.start < last.end) last.end = Math.max(last.end, stop.end);
    else kept.push({ ...stop });
  }
  return kept;
}

/** The message (in NFC) with each stopped part replaced by what kind it was. */
export function mask(message: string, found: readonly Stop[], label: (kind: StopKind) => string): string {
  const text = message.normalize('NFC');
  let [masked, at] = ['', 0];
  for (const { kind, start, end } of found) {
    masked += text.slice(at, start) + label(kind);
    at = end;
  }
  return masked + text.slice(at);
}
