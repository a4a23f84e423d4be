/** A form as one unit is asked it: only what its tasks make its business, and the figures that are its own. */
import type { Unit } from '../plan/types.ts';
import type { FormDefinition, FormPart, When } from './types.ts';

const made = new WeakMap<FormDefinition, Map<string, FormDefinition>>();

/**
 * What is not asked can still be told in a free sentence; further figures exist only for the units they are for. The same
 * object each time, since what is worked out of a form's words is kept with it.
 */
export function formFor(form: FormDefinition, unit: Pick<Unit, 'id' | 'kind'> | undefined): FormDefinition {
  if (!unit) return form;
  const known = made.get(form) ?? new Map<string, FormDefinition>();
  made.set(form, known);
  const parts = (form.parts ?? []).filter(({ when }) => concerns(when, unit));
  const steps = form.steps.filter(({ when }) => concerns(when, unit));
  // Units that are asked the same share one form.
  const key = [...steps, ...parts].map(({ id }) => id).join(' ');
  const same = known.get(key) ?? (isWhole(form, steps, parts) ? form : joined(form, steps, parts));
  known.set(key, same);
  return same;
}

const isWhole = (form: FormDefinition, steps: FormDefinition['steps'], parts: FormPart[]) =>
  parts.length === 0 && steps.length === form.steps.length;

export function concerns(when: When | undefined, unit: Pick<Unit, 'id' | 'kind'>): boolean {
  return !when || (when.kinds?.includes(unit.kind) ?? false) || (when.units?.includes(unit.id) ?? false);
}

/** The unit's own figures are asked before the words of opinion. */
function joined(form: FormDefinition, steps: FormDefinition['steps'], parts: FormPart[]): FormDefinition {
  const own = parts.flatMap((part) => part.steps);
  const isText = (id: string) => form.fields.find((field) => field.id === id)?.kind === 'text';
  const words = steps.findIndex(({ fields }) => isText(fields[0]!));
  const place = words < 0 ? steps.length : words;
  return {
    ...form,
    steps: [...steps.slice(0, place), ...own, ...steps.slice(place)],
    // Of two readings that fit alike, the unit's own figure is meant.
    fields: [...parts.flatMap((part) => part.fields), ...form.fields],
    checks: [...form.checks, ...parts.flatMap((part) => part.checks ?? [])],
    words: Object.assign({}, form.words, ...parts.map((part) => part.words ?? {})),
    ignore: [...(form.ignore ?? []), ...parts.flatMap((part) => part.ignore ?? [])],
  };
}
