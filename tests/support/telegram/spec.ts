/** Checks a value against the machine-readable Bot API: names, types, required fields; nothing unknown passes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

type Fields = Record<string, string>;
type Line =
  | { version: string }
  | { method: string; fields: Fields }
  | { type: string; fields?: Fields; subtypes?: string[] };

const methods = new Map<string, Fields>();
const types = new Map<string, { fields?: Fields; subtypes?: string[] }>();

for (const text of readFileSync(path.join(import.meta.dirname, 'bot-api.jsonl'), 'utf8')
  .trim()
  .split('\n')) {
  const line = JSON.parse(text) as Line;
  if ('method' in line) methods.set(line.method, line.fields);
  else if ('type' in line) types.set(line.type, line);
}

export const isMethod = (name: string): boolean => methods.has(name);

/** Type of a parameter, `Integer|String`; undefined for one that the method does not know. */
export const parameterTypes = (method: string, name: string): string | undefined =>
  methods.get(method)?.[name]?.replace(/!$/, '');

/** What is wrong with the parameters of a call; empty when nothing is. */
export const checkCall = (method: string, parameters: Record<string, unknown>): string[] =>
  checkFields(parameters, methods.get(method)!, method);

/** What is wrong with a value of a type, such as an update that the platform is about to send. */
export const checkType = (type: string, value: unknown): string[] => checkValue(value, type, type);

function checkFields(value: Record<string, unknown>, fields: Fields, at: string): string[] {
  const missing = Object.keys(fields).filter((name) => fields[name]!.endsWith('!') && value[name] === undefined);
  return [
    ...missing.map((name) => `${at}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, v]) => {
      const allowed = fields[name]?.replace(/!$/, '');
      if (allowed === undefined) return [`${at}.${name} is unknown`];
      return v === undefined ? [] : checkValue(v, allowed, `${at}.${name}`);
    }),
  ];
}

function checkValue(value: unknown, allowed: string, at: string): string[] {
  const tries = allowed.split('|').map((type) => checkOne(value, type, at));
  // Of several types the one that came closest tells best what is wrong.
  return tries.toSorted((a, b) => a.length - b.length)[0]!;
}

function checkOne(value: unknown, type: string, at: string): string[] {
  const wrong = (ok: boolean) => (ok ? [] : [`${at} is not ${type}: ${JSON.stringify(value)?.slice(0, 60)}`]);
  switch (type) {
    case 'String':
      return wrong(typeof value === 'string');
    case 'Integer':
      return wrong(Number.isSafeInteger(value));
    case 'Float':
      return wrong(typeof value === 'number' && Number.isFinite(value));
    case 'Boolean':
      return wrong(typeof value === 'boolean');
    case 'InputFile':
      return wrong(value instanceof Uint8Array);
  }
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return wrong(false);
    return value.flatMap((v, i) => checkValue(v, type.slice('Array of '.length), `${at}[${i}]`));
  }
  const known = types.get(type);
  if (!known || typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(false);
  if (known.subtypes) return checkValue(value, known.subtypes.join('|'), at);
  return checkFields(value as Record<string, unknown>, known.fields ?? {}, at);
}
