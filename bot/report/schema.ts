/** What a form file must look like. */
import { z } from 'zod';
import { listsOf, patternFrom } from './pattern.ts';
import { FILE_KINDS, type FormDefinition } from './types.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z][a-z0-9_-]*$/);

const Field = z.strictObject({
  id,
  kind: z.enum(['count', 'money', 'text', 'day', 'choice', 'yesno', 'file']),
  label: text,
  aliases: z.array(text).min(1),
  max: z.number().positive().optional(),
  unit: text.optional(),
  stock: z.literal(true).optional(),
  options: z
    .array(z.strictObject({ label: text, aliases: z.array(text).optional() }))
    .min(2)
    .optional(),
  said: z.array(text).optional(),
  one: z.array(text).length(2).optional(),
  zero: z.array(text).length(2).optional(),
});

const When = z
  .strictObject({ kinds: z.array(text).min(1).optional(), units: z.array(text).min(1).optional() })
  .refine((when) => when.kinds || when.units, 'neither kinds nor units');

const Step = z.strictObject({
  id,
  title: text,
  fields: z.array(id).min(1),
  example: text,
  topic: text.optional(),
  choices: z.array(text).optional(),
  when: When.optional(),
});

const Check = z.strictObject({ kind: z.literal('atMost'), field: id, limit: id, message: text });

const Words = z.record(z.string().regex(/^[A-Z]{2,}$/), z.array(text).min(1));

/** A quick report is six messages at most; the report of a duty may ask more. */
const MOST_STEPS = { quick: 6, duty: 9 };

const Files = z.strictObject({
  on: z.boolean(),
  kinds: z.array(z.enum(FILE_KINDS)).min(1),
  most: z.number().positive().max(10),
});

const Shape = z.strictObject({
  id,
  version: z.int().positive(),
  title: text,
  steps: z.array(Step).min(1).max(MOST_STEPS.duty),
  fields: z.array(Field).min(1),
  checks: z.array(Check),
  words: Words.optional(),
  ignore: z.array(text).optional(),
  duties: z.array(text).min(1).optional(),
  general: z.literal(true).optional(),
  files: Files.optional(),
});

/** A file in `parts/`; as part of a form it is checked by joining it to the form. */
export const partSchema = z.strictObject({
  id,
  forms: z.array(id).min(1),
  when: When,
  sources: z.array(text).min(1),
  steps: z.array(Step).min(1),
  fields: z.array(Field).min(1),
  checks: z.array(Check).optional(),
  words: Words.optional(),
  ignore: z.array(text).optional(),
});

/** A form may take figures, their words and its checks from another: `base`. */
export const baseSchema = z.looseObject({
  base: z.strictObject({ form: id, version: z.int().positive() }).optional(),
  steps: z.array(z.looseObject({ fields: z.array(z.string()) })),
  fields: z.array(z.looseObject({ id: z.string() })),
});

/** Names are used where they are defined, each figure is asked once, and every way of saying it can be read. */
export const formSchema = Shape.superRefine((form, context) => {
  const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const fields = new Map(form.fields.map((field) => [field.id, field]));
  if (fields.size !== form.fields.length) wrong(['fields'], 'a field id stands twice');
  const asked = form.steps.flatMap((step) => step.fields);
  for (const [i, name] of asked.entries()) if (asked.indexOf(name) !== i) wrong(['steps'], `${name} is asked twice`);
  for (const name of asked) if (!fields.has(name)) wrong(['steps'], `${name} is no field`);
  for (const [name, { kind, options }] of fields) {
    // A file is taken whenever it is sent; no step asks for one.
    if (kind === 'file' && asked.includes(name)) wrong(['steps'], `${name} is a file, which no step asks for`);
    if (kind === 'file' && !form.files) wrong(['fields'], `${name} is a file, and the form takes none`);
    if (kind !== 'file' && !asked.includes(name)) wrong(['fields'], `${name} is asked in no step`);
    if ((kind === 'choice') !== (options !== undefined)) wrong(['fields'], `${name}: options belong to a choice`);
  }
  if (form.steps.length > MOST_STEPS.quick && !form.duties) wrong(['steps'], 'more than six steps');
  for (const [i, step] of form.steps.entries()) {
    const kinds = new Set(step.fields.map((name) => kindOf(fields.get(name)?.kind)));
    if (kinds.size > 1) wrong(['steps', i], 'figures, texts and days are asked in steps of their own');
    if (kinds.has('choice') && step.fields.length !== 1) wrong(['steps', i], 'a choice is asked alone');
    if (kinds.has('day') && step.fields.length !== 2) wrong(['steps', i], 'a period is a first and a last day');
    if (step.topic && !form.words?.[step.topic]) wrong(['steps', i, 'topic'], `${step.topic} is no list of words`);
  }
  for (const [i, check] of form.checks.entries())
    for (const name of [check.field, check.limit])
      if (kindOf(fields.get(name)?.kind) !== 'figure') wrong(['checks', i], `${name} is no figure`);
  for (const said of [...form.fields.flatMap((field) => field.said ?? []), ...(form.ignore ?? [])])
    for (const problem of problemsOf(said, form.words ?? {})) wrong(['said'], `"${said}": ${problem}`);
});

const kindOf = (kind: string | undefined) =>
  kind === 'count' || kind === 'money' ? 'figure' : kind === 'yesno' ? 'choice' : kind;

function problemsOf(said: string, words: Record<string, string[]>): string[] {
  try {
    return listsOf(patternFrom(said))
      .filter((list) => !words[list])
      .map((list) => `${list} is no list of words`);
  } catch (error) {
    return [(error as Error).message];
  }
}

/** @throws ZodError that names the place of each error */
export const parseForm = (data: unknown): FormDefinition => formSchema.parse(data) as FormDefinition;
