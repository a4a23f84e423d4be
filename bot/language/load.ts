/** Reads how officers write from `prisma/plans/language/`; a wrong file is refused whole, with its place. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { expand } from './phrases.ts';
import { CUES, FACETS, type Words } from './words.ts';

/** Every phrase of a pattern stands in memory: choices after choices multiply, and are better parted into two patterns. */
const MOST_PHRASES = 10_000;

const pattern = z.coerce.string().superRefine((text, ctx) => {
  const wrong = (message: string) => ctx.addIssue({ code: 'custom', message: `${message}: ${text}` });
  try {
    const phrases = expand(text).length;
    if (phrases > MOST_PHRASES) wrong(`${phrases} cách viết, nhiều nhất ${MOST_PHRASES}; tách thành nhiều mẫu`);
  } catch {
    wrong('ngoặc không khớp');
  }
});
const patterns = z.array(pattern);
const word = z.coerce.string();

const abbreviations = z.array(
  z.strictObject({
    typed: z.array(word).min(1),
    means: z.string(),
    before: z.array(word).optional(),
    after: z.array(word).optional(),
  }),
);
const subjects = z.array(
  z.strictObject({
    subject: z.string().min(1),
    words: patterns.min(1),
    main: z.array(z.string()).min(1),
    owner: z.array(z.string()).min(1).optional(),
    also: z.array(z.string()).min(1).optional(),
  }),
);
const names = z.strictObject({
  units: z.record(z.string(), patterns),
  groups: z.record(z.string(), patterns),
  commonWords: z.array(z.string()),
  bodies: z.array(z.string()),
  police: z.array(z.string()),
  communeTypes: z.record(z.string(), z.array(z.string())),
  own: patterns,
  plans: z.record(z.string(), patterns),
  bothPlans: patterns,
  notAsked: z.array(z.string()),
});
const refusal = z.strictObject({
  about: z.string(),
  all: z.array(patterns).min(1),
  within: z.number().int().nonnegative().optional(),
  unless: patterns.optional(),
  instead: z.string().optional(),
});
const refusals = z.strictObject({
  classes: z.record(z.string(), patterns.min(1)),
  sensitive: z.array(refusal),
  outOfScope: z.array(refusal),
});
const cues = z.strictObject({
  ...(Object.fromEntries(CUES.map((cue) => [cue, patterns])) as Record<(typeof CUES)[number], typeof patterns>),
  facets: z.strictObject(
    Object.fromEntries(FACETS.map((facet) => [facet, patterns])) as Record<(typeof FACETS)[number], typeof patterns>,
  ),
  stop: z.array(z.string()),
});

/** Puts the phrases of classes in the place of their names, but where the name stands alone. */
export function withClasses(raw: unknown): unknown {
  const { classes, ...lists } = raw as { classes: Record<string, unknown[]> };
  const filled = (text: string): string =>
    /^@\w+$/.test(text) ? text : text.replace(/@(\w+)/g, (_, name: string) => `(${phrasesOf(name).join('|')})`);
  const phrasesOf = (name: string): string[] => {
    if (!classes[name]) throw new Error(`Tệp language/refusals.yaml: không có nhóm từ @${name}`);
    return classes[name].map((phrase) => filled(String(phrase)));
  };
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (/^@\w+$/.test(value)) phrasesOf(value.slice(1));
      return filled(value);
    }
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deep(inner)]));
  };
  return { classes, ...(deep(lists) as object) };
}

/** @param folder the folder of the plans, which holds `language/` */
export function loadWords(folder: string): Words {
  const read = <T>(name: string, schema: z.ZodType<T>, prepare = (raw: unknown) => raw): T => {
    const file = path.join(folder, 'language', name);
    const parsed = schema.safeParse(prepare(load(readFileSync(file, 'utf8'))));
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.map((i) => `- ${i.path.join(' › ')}: ${i.message}`);
    throw new Error(`Tệp language/${name} có ${places.length} chỗ sai, chưa nạp gì:\n${places.join('\n')}`);
  };
  const { facets, stop, ...asked } = read('cues.yaml', cues);
  return {
    abbreviations: read('abbreviations.yaml', abbreviations),
    subjects: read('subjects.yaml', subjects),
    names: read('names.yaml', names),
    cues: asked,
    facets,
    stop: stop.flatMap((line) => line.split(' ')),
    ...read('refusals.yaml', refusals, withClasses),
  };
}
