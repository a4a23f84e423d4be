/** Answers picked from a few: `choice` and `yesno` fields, by label, by the words officers use for it, or in a sentence. */
import { fold } from '../language/fold.ts';
import type { Field, FormDefinition, Option, Values } from './types.ts';

/** Yes is stored as the officer reads it, so that old reports say the same whatever becomes of the labels. */
const YES_NO: Option[] = [
  { label: 'Có', aliases: ['có rồi', 'rồi', 'đã có', 'đã ban hành', 'đã làm', 'đúng', 'vâng', 'c'] },
  { label: 'Không', aliases: ['chưa', 'chưa có', 'không có', 'ko', 'k', 'kg', 'chưa làm', 'chưa ban hành'] },
];

export const isChoice = ({ kind }: Field): boolean => kind === 'choice' || kind === 'yesno';

export const optionsOf = (field: Field): Option[] => (field.kind === 'yesno' ? YES_NO : (field.options ?? []));

/** The label that a message picks; null when it picks none or might pick two. */
export function optionIn(text: string, field: Field): string | null {
  const said = fold(text);
  const picked = optionsOf(field).filter(({ label, aliases = [] }) =>
    [label, ...aliases].some((w) => fold(w) === said),
  );
  return picked.length === 1 ? picked[0]!.label : null;
}

/** "ban hành kế hoạch: có" in a sentence: the field's own words, then one of its answers. */
export function choicesIn(text: string, form: FormDefinition): Values {
  const fields = form.fields.filter(isChoice);
  if (fields.length === 0) return {};
  const values: Values = {};
  for (const clause of text.split(/[;\n]|[.,](?=\s|$)/))
    for (const field of fields) {
      const said = fold(clause);
      const name = field.aliases.map(fold).find((alias) => said.startsWith(`${alias} `));
      const label = name && optionIn(said.slice(name.length).replace(/^ la /, ' '), field);
      if (label) values[field.id] = label;
    }
  return values;
}
