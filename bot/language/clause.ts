/** A clause named by its number: "mục II.5", "khoản 5 mục II", "mục 3.2 tháng hành động". */
import type { Passage, PlanId } from '../plan/types.ts';

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

const SECTION = '(?<section>[ivx]{1,4}|\\d{1,2})';
const ITEM = '(?<item>\\d{1,2})';
const BULLET = '(?:\\s*(?:,|/|-)?\\s*(?:y|gach dau dong|gach|diem)\\s*(?:thu\\s*)?(?<bullet>\\d{1,2}))?';
/** Two numbers, or a Roman one: "mục 5" alone may be the fifth of a list. */
const FORMS = [
  `(?:muc|phan|khoan|chuong)\\s*${SECTION}\\s*[.,/]\\s*${ITEM}${BULLET}`,
  `(?:muc|phan|chuong)\\s*${SECTION}\\s*,?\\s*(?:khoan|diem|muc)\\s*${ITEM}${BULLET}`,
  `(?:khoan|diem|muc)\\s*${ITEM}\\s*,?\\s*(?:muc|phan|chuong)\\s*${SECTION}`,
  `(?<section>[ivx]{1,4})\\s*\\.\\s*${ITEM}${BULLET}`,
  `(?:muc|phan|chuong)\\s*(?<section>[ivx]{1,4})`,
].map((form) => new RegExp(`(?<![a-z0-9/.])${form}(?![a-z0-9/]|[.,]\\d)`));

/** "khoản 5 mục II kế hoạch 64 ý 7" */
const BULLET_APART = /(?<![a-z])(?:y|gach dau dong)\s*(?:thu\s*)?(\d{1,2})(?!\d)/;

export interface Clause {
  /** `II.5`, as the plans number it; without a point the whole section. */
  path: string;
  bullet: string | null;
  /** Both numbers are arabic: where the plan has no such section, the first counts within one: "mục 5.2" is II.5, second. */
  loose: boolean;
}

export function clauseNamed(text: string): Clause | null {
  if (!/\d|[ivx]/i.test(text)) return null;
  const plain = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('đ', 'd');
  for (const form of FORMS) {
    const { section, item, bullet = BULLET_APART.exec(plain)?.[1] } = form.exec(plain)?.groups ?? {};
    if (section === undefined) continue;
    const roman = /^\d/.test(section) ? ROMAN[Number(section) - 1] : section.toUpperCase();
    if (roman && ROMAN.includes(roman))
      return {
        path: item ? `${roman}.${Number(item)}` : roman,
        bullet: bullet ? `${Number(bullet)}` : null,
        loose: item !== undefined && /^\d/.test(section),
      };
  }
  return null;
}

/** The passages of a clause in the order of the plans. */
export function passagesOf(clause: Clause, plan: PlanId | null, passages: readonly Passage[]): Passage[] {
  const known = passages.filter((p) => !plan || p.plan === plan);
  const found = known.filter((p) => stands(p, clause.path, clause.bullet));
  if (found.length > 0 || !clause.loose || clause.bullet) return found;
  const [section, item] = clause.path.split('.') as [string, string];
  const number = ROMAN.indexOf(section) + 1;
  return known.filter((p) => ROMAN.some((roman) => stands(p, `${roman}.${number}`, item)));
}

/** How the clause is spoken of in the answer: as the plan numbers it. */
export function clauseWords({ path, bullet }: Clause, found: readonly Passage[]): string {
  const [first] = found;
  const own = !first || first.path === path || first.path.startsWith(`${path}.`);
  if (own) return bullet ? `mục ${path} ý ${bullet}` : `mục ${path}`;
  return `mục ${first.path} ý ${first.id.split('/').at(-1)!.split('.')[0]}`;
}

const stands = (p: Passage, path: string, bullet: string | null): boolean =>
  (p.path === path || p.path.startsWith(`${path}.`)) && (!bullet || p.id.split('/').at(-1)!.split('.')[0] === bullet);
