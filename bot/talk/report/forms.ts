/** Finds the form of a draft or a report, as its unit is asked it. */
import type { Here } from '../../core/talk.ts';
import { formFor } from '../../report/for-unit.ts';
import type { FormDefinition } from '../../report/types.ts';

/** Every version of every form, newest version of each first. */
export type Forms = readonly FormDefinition[];

interface OfForm {
  form: string;
  version: number;
  unit: string;
}

export function findForm(forms: Forms, of: OfForm, here: Here): FormDefinition | undefined {
  const form = forms.find(({ id, version }) => id === of.form && version === of.version);
  return form && formFor(form, here.world.plans.unit(of.unit));
}

/** The form of a report; where that version is gone, the newest that can still read it. */
export function formOf(forms: Forms, of: OfForm, here: Here): FormDefinition {
  const newest = forms.find(({ id }) => id === of.form) ?? forms[0]!;
  return findForm(forms, of, here) ?? formFor(newest, here.world.plans.unit(of.unit));
}

export const newest = (forms: Forms, id: string): FormDefinition | undefined => forms.find((form) => form.id === id);
