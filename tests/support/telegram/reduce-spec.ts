/**
 * Reduces the machine-readable Bot API to what the local platform checks: parameters and types of the methods it knows,
 * and every type these and the updates refer to.
 *
 *   npx tsx tests/support/telegram/reduce-spec.ts <api.json>     (see README.md for where it comes from)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Field {
  name: string;
  types: string[];
  required: boolean;
}
interface Thing {
  fields?: Field[];
  subtypes?: string[];
}
interface Api {
  version: string;
  methods: Record<string, Thing>;
  types: Record<string, Thing>;
}

const METHODS = [
  ...['getMe', 'getUpdates', 'setWebhook', 'deleteWebhook', 'getWebhookInfo', 'setMyCommands', 'getMyCommands'],
  ...[
    'sendMessage',
    'sendPhoto',
    'sendDocument',
    'editMessageText',
    'answerCallbackQuery',
    'deleteMessage',
    'sendChatAction',
    'getFile',
  ],
];

const api = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Api;

/** `Integer|String` as the types allowed, with `!` where the field is required. */
const fieldsOf = (thing: Thing) =>
  Object.fromEntries((thing.fields ?? []).map((f) => [f.name, f.types.join('|') + (f.required ? '!' : '')]));

const methods = Object.fromEntries(METHODS.map((name) => [name, fieldsOf(api.methods[name]!)]));
const types: Record<string, object> = {};

function reach(name: string): void {
  const thing = api.types[name];
  if (!thing || name in types) return;
  types[name] = thing.subtypes ? { subtypes: thing.subtypes } : { fields: fieldsOf(thing) };
  const referred = [...(thing.subtypes ?? []), ...(thing.fields ?? []).flatMap((f) => f.types)];
  for (const type of referred) reach(type.replace(/^(Array of )+/, ''));
}

for (const name of METHODS)
  for (const field of api.methods[name]!.fields ?? [])
    for (const type of field.types) reach(type.replace(/^(Array of )+/, ''));
for (const name of ['Update', 'WebhookInfo', 'File']) reach(name);

const lines = [
  { version: api.version },
  ...Object.entries(methods).map(([method, fields]) => ({ method, fields })),
  ...Object.entries(types).map(([type, thing]) => ({ type, ...thing })),
].map((line) => `${JSON.stringify(line)}\n`);
writeFileSync(path.join(import.meta.dirname, 'bot-api.jsonl'), lines.join(''));
