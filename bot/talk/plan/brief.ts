/** A unit's tasks as a list to look over: one line for each, in the plan's own words, cut short. */
import type { Text } from '../../core/types.ts';
import type { Placed, PlanIndex } from '../../plan/types.ts';
import { say } from '../../text/say.ts';
import { line, note } from '../blocks.ts';
import { PAGE } from './cite.ts';

/** Letters of a task that fit in a line and still tell it from the others. */
const SHORT = 110;

export interface Line {
  id: string;
  plan: string;
  text: string;
}

export const briefOf = (placed: readonly Placed[], plans: PlanIndex): Line[] =>
  placed.map(({ task, role }, i) => ({
    id: task.id,
    plan: plans.plan(task.plan)?.short ?? task.plan,
    text: say('tasks:brief', {
      n: i + 1,
      role: say(`cite:role.${role}`),
      path: task.path,
      words: opening(task.text, SHORT),
    }),
  }));

/** Lines packed into pages that a phone shows at once. */
export function briefPages(lines: readonly Line[]): Line[][] {
  const pages: Line[][] = [];
  let left = 0;
  for (const one of lines) {
    if (pages.length === 0 || one.text.length > left) {
      pages.push([]);
      left = PAGE;
    }
    pages.at(-1)!.push(one);
    left -= one.text.length + 1;
  }
  return pages;
}

/** Under the name of its plan, said again where it changes. */
export const briefText = (lines: readonly Line[]): Text[] =>
  lines.flatMap((one, i) => [...(lines[i - 1]?.plan === one.plan ? [] : [note(one.plan)]), line(one.text)]);

/** The first words, cut where a word ends. */
export function opening(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most + 1);
  return `${cut.slice(0, cut.lastIndexOf(' ')).replace(/[\s,;:.–-]+$/, '')}…`;
}
