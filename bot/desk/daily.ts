/** What waits for the standing agency, as it stands in its daily list: what is overdue by name, the rest as counts. */
import { quoted } from '../digest/shorten.ts';
import type { PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import {
  currentMarks,
  newModels,
  newNominations,
  overdueDays,
  overdueObstacles,
  targetStanding,
  unacknowledged,
  unanswered,
} from './standing.ts';
import type { Day, DeskRules, Register } from './types.ts';

const MOST_LINES = 8;
const LINE = 90;

/** Requests of officers that only the standing agency decides. */
export interface Requests {
  extensions: number;
  joins: number;
}

/** Paragraphs of the daily list; none when nothing waits. */
export function deskLines(
  register: Register,
  plans: PlanIndex,
  rules: DeskRules,
  today: Day,
  { extensions, joins }: Requests = { extensions: 0, joins: 0 },
): string[] {
  const overdue = overdueObstacles(register, rules, today);
  const late = overdue.slice(0, MOST_LINES).map((matter) =>
    say('desk:daily.overdueLine', {
      number: matter.number,
      unit: plans.name(matter.unit),
      days: overdueDays(matter, rules, today),
      text: quoted(matter.text, LINE),
    }),
  );
  const more = overdue.length - late.length;
  const counts = [
    ['desk:daily.urgent', unacknowledged(register).length],
    ['desk:daily.extensions', extensions],
    ['desk:daily.joins', joins],
    ['desk:daily.unanswered', unanswered(register).length - overdue.length],
    ['desk:daily.nominations', newNominations(register).length],
    ['desk:daily.models', newModels(register).length],
    ['desk:daily.blocked', currentMarks(register).filter(({ state }) => state === 'blocked').length],
    ['desk:daily.declared', targetStanding(register, plans, rules).declared.length],
  ] as const;
  const rest = counts.flatMap(([key, n]) => (n > 0 ? [say(key, { n })] : []));
  return [
    ...(overdue.length > 0
      ? [
          [
            say('desk:daily.overdue', { n: overdue.length }),
            ...late,
            ...(more > 0 ? [say('desk:daily.more', { n: more })] : []),
          ].join('\n'),
        ]
      : []),
    ...(rest.length > 0 ? [rest.join('\n')] : []),
  ];
}
