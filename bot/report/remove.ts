/** "Bỏ tờ rơi", "xóa số đối tượng": figures that are taken back by name. "Sửa tờ rơi": the part that is to be mended. */
import { fold } from '../language/fold.ts';
import type { FieldId, FormDefinition, Values } from './types.ts';

const REMOVE = /^(?:bo|xoa|go|loai)(?: bo| di| het)?(?: (?:phan|muc|so lieu))? (.+)$/;
const MEND = /^(?:sua|doi|chinh|chinh sua|dieu chinh|sua lai)(?: (?:phan|muc|so lieu|lai))? (.+)$/;
const TAIL = / (?:di|nhe|nha|a|giup|giup toi|giup em|khoi bao cao|trong bao cao)$/;

/** Fields that are named one by one after a word of taking back; empty where anything else is said. */
export function removedIn(text: string, form: FormDefinition): FieldId[] {
  const rest = REMOVE.exec(fold(text).trim().replace(TAIL, ''))?.[1];
  if (!rest) return [];
  const named = text.includes(',') || / và | va /i.test(text) ? parts(text) : [rest];
  const fields = named.map((name) => fieldsNamed(name, form));
  return fields.every((found) => found.length > 0) ? [...new Set(fields.flat())] : [];
}

/** The step that is named after "sửa", or that holds the field that is. */
export function mendedIn(text: string, form: FormDefinition): number | null {
  const rest = MEND.exec(fold(text).trim().replace(TAIL, ''))?.[1];
  if (!rest) return null;
  const [field] = fieldsNamed(rest, form);
  const step = form.steps.findIndex(({ title, fields }) => fold(title) === rest || (field && fields.includes(field)));
  return step < 0 ? null : step;
}

const EXCHANGE =
  /^(?:sua|sua lai|doi|chinh|khong phai|nham|nhap nham|ghi nham)(?: tu)? (\d[\d.]*)(?: (?:thanh|sang|la|ma la|phai la|->))+ (\d[\d.]*)(?: (?:nhe|a|giup|em))*$/;

/** "Sửa 90 thành 95", where only one figure of the form is 90: the same with its name. */
export function exchangedIn(text: string, values: Values, form: FormDefinition): string | null {
  const [, was, now] = EXCHANGE.exec(fold(text.replace(/(\d)\.(?=\d{3})/g, '$1'))) ?? [];
  if (!was || !now) return null;
  const number = Number(was.replace(/\./g, ''));
  const having = form.fields.filter(({ id }) => values[id] === number);
  return having.length === 1 ? `${having[0]!.label}: ${now}` : null;
}

function parts(text: string): string[] {
  const all = text.split(/,| và | va /i).map((part) => fold(part).trim().replace(TAIL, ''));
  return all.map((part, i) => (i === 0 ? (REMOVE.exec(part)?.[1] ?? part) : part)).filter((part) => part !== '');
}

const PERIOD = /^(?:ky|ky so lieu|ky bao cao|ngay|thoi gian)$/;

function fieldsNamed(name: string, form: FormDefinition): FieldId[] {
  if (PERIOD.test(name)) return form.fields.filter(({ kind }) => kind === 'day').map(({ id }) => id);
  const bare = name.replace(/^(?:so|so luong) /, '');
  return form.fields
    .filter(({ kind, label, aliases }) =>
      kind !== 'file' && kind !== 'day'
        ? [label, ...aliases].map(fold).some((own) => own === name || own === bare)
        : false,
    )
    .map(({ id }) => id)
    .slice(0, 1);
}
