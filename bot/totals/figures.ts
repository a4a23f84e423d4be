/** What can be added up: every figure of the forms, once, those of everybody first. */
import { FIGURES } from '../digest/totals.ts';
import type { PlanIndex, UnitId } from '../plan/types.ts';
import type { Field, FieldId, FormDefinition, FormPart, When } from '../report/types.ts';
import { say } from '../text/say.ts';
import type { Figure } from './types.ts';

const COMMON: ReadonlySet<FieldId> = new Set<FieldId>(FIGURES);
const isFigure = ({ kind }: Field): boolean => kind === 'count' || kind === 'money';

/** Every figure of the newest forms; a figure that several sectors share stands once, with the units of all. */
export function figuresOf(forms: readonly FormDefinition[], plans: PlanIndex): Figure[] {
  const own = FIGURES.map(
    (id): Figure => ({ id, label: say(`totals:figure.${id}`), unit: unitOf(forms, id), only: null }),
  );
  const found = new Map<FieldId, Figure>();
  for (const form of forms)
    for (const field of form.fields)
      if (isFigure(field) && !COMMON.has(field.id) && !found.has(field.id)) found.set(field.id, figureOf(field, null));
  const parts = new Map<string, FormPart>(forms.flatMap((form) => form.parts ?? []).map((part) => [part.id, part]));
  for (const part of parts.values())
    for (const field of part.fields.filter(isFigure)) {
      const units = [...(found.get(field.id)?.only ?? []), ...concerned(part.when, plans)];
      found.set(field.id, figureOf(field, [...new Set(units)]));
    }
  return [...own, ...found.values()];
}

const figureOf = ({ id, label, unit = '', stock }: Field, only: UnitId[] | null): Figure => ({
  ...{ id, label, unit, only },
  ...(stock && { stock }),
});

const unitOf = (forms: readonly FormDefinition[], id: FieldId): string =>
  forms.flatMap((form) => form.fields).find((field) => field.id === id)?.unit ?? '';

const concerned = ({ units, kinds }: When, plans: PlanIndex): UnitId[] =>
  plans.book.units.filter(({ id, kind }) => units?.includes(id) || kinds?.includes(kind)).map(({ id }) => id);
