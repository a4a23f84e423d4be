/** Roles as officers name them. */
import type { PersonRole } from '../core/types.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';

export const ROLES = ['officer', 'head', 'coordinator', 'administrator'] as const satisfies PersonRole[];

export const roleName = (role: PersonRole): string => say(`start:role.${role}`);

const NAMED: [PersonRole, RegExp][] = [
  ['head', /(?:^|[\s,;:(-]+)(?:lanh dao(?: don vi)?|thu truong(?: don vi)?)\)?$/],
  ['coordinator', /(?:^|[\s,;:(-]+)(?:can bo )?dieu phoi(?: vien)?\)?$/],
  ['administrator', /(?:^|[\s,;:(-]+)quan tri(?: vien)?\)?$/],
  ['officer', /(?:^|[\s,;:(-]+)can bo\)?$/],
];

/** "sở y tế, lãnh đạo": the role at the end, and what stands before it as it was typed. */
export function roleIn(text: string): { role: PersonRole; rest: string } {
  const words = text.trim().split(/\s+/);
  for (const [role, name] of NAMED) {
    const match = name.exec(fold(text));
    if (!match) continue;
    const count = match[0]
      .trim()
      .split(/[\s,;:(-]+/)
      .filter(Boolean).length;
    return {
      role,
      rest: words
        .slice(0, words.length - count)
        .join(' ')
        .replace(/[\s,;:(-]+$/, ''),
    };
  }
  return { role: 'officer', rest: text };
}
