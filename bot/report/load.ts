/** Reads form definitions from their folder; a wrong file is refused whole, with the place of each error. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { type ZodType, z } from 'zod';
import { formFor } from './for-unit.ts';
import { baseSchema, formSchema, partSchema } from './schema.ts';
import type { FormDefinition, FormPart } from './types.ts';

/** Every version of every form, newest version first, each with the parts that are added for some units. */
export function loadForms(folder: string): FormDefinition[] {
  const raw = yamlFiles(folder).map((file) => ({ file, data: load(readFileSync(file, 'utf8')) }));
  const own = raw.filter(({ data }) => !baseOf(data)).map(({ file, data }) => checked(file, formSchema, data));
  const based = raw.filter(({ data }) => baseOf(data)).map(({ file, data }) => loadBased(file, data, own as Form[]));
  const forms = [...own, ...based] as FormDefinition[];
  const names = forms.map((form) => `${form.id} v${form.version}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new Error(`${folder}: ${twice} is defined twice`);
  const parts = loadParts(path.join(folder, 'parts'), forms);
  const whole = forms.map((form) => ({ ...form, parts: parts.filter((part) => part.forms.includes(form.id)) }));
  return whole.sort((a, b) => a.id.localeCompare(b.id) || b.version - a.version);
}

type Form = FormDefinition;

const yamlFiles = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.join(folder, name));

function checked<T>(file: string, schema: ZodType<T>, data: unknown): T {
  const read = schema.safeParse(data);
  if (!read.success) throw new Error(`${path.basename(file)}:\n${z.prettifyError(read.error)}`);
  return read.data;
}

const baseOf = (data: unknown) => {
  const read = baseSchema.safeParse(data);
  return read.success ? read.data.base : undefined;
};

/** Takes from its base the figures it asks for, with all words, checks and ways of saying them. */
function loadBased(file: string, data: unknown, forms: Form[]): unknown {
  const { base, ...rest } = checked(file, baseSchema, data);
  const from = forms.find(({ id, version }) => id === base!.form && version === base!.version);
  if (!from) throw new Error(`${path.basename(file)}: base ${base!.form} v${base!.version} is not there`);
  const asked = new Set(rest.steps.flatMap(({ fields }) => fields));
  const own = new Set(rest.fields.map(({ id }) => id));
  const taken = from.fields.filter(({ id }) => asked.has(id) && !own.has(id));
  return checked(file, formSchema, {
    words: from.words,
    ignore: from.ignore,
    checks: from.checks.filter((check) => asked.has(check.field) && asked.has(check.limit)),
    ...rest,
    fields: [...taken, ...rest.fields],
  });
}

/** Each part must fit every form it is for, as a unit that it concerns is asked it. */
function loadParts(folder: string, forms: Form[]): FormPart[] {
  return yamlFiles(folder).map((file) => {
    const part = checked(file, partSchema, load(readFileSync(file, 'utf8'))) as FormPart;
    for (const id of part.forms)
      if (!forms.some((form) => form.id === id)) throw new Error(`${path.basename(file)}: no form ${id}`);
    for (const form of forms.filter(({ id }) => part.forms.includes(id))) {
      const again = Object.keys(part.words ?? {}).find((name) => form.words?.[name]);
      if (again) throw new Error(`${path.basename(file)}: ${again} is a list of ${form.id} already`);
      const unit = { id: part.when.units?.[0] ?? '', kind: part.when.kinds?.[0] ?? '' };
      checked(file, formSchema, asAsked(formFor({ ...form, parts: [part] }, unit)));
    }
    return part;
  });
}

/** The form with only the fields that are asked: what else can be told is checked with the whole form. */
function asAsked({ parts: _, ...form }: Form): Form {
  const asked = new Set(form.steps.flatMap(({ fields }) => fields));
  return {
    ...form,
    fields: form.fields.filter(({ id }) => asked.has(id)),
    checks: form.checks.filter((check) => asked.has(check.field) && asked.has(check.limit)),
  };
}
