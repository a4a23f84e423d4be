/** How far all units are with their tasks, for the standing agency: what is blocked by name, the rest as counts. */
import type { Here, Turn } from '../../core/talk.ts';
import type { Ask, Text } from '../../core/types.ts';
import { currentMarks, emptyRegister, taskStandings } from '../../desk/standing.ts';
import type { MarkState } from '../../desk/types.ts';
import { quoted } from '../../digest/shorten.ts';
import { say } from '../../text/say.ts';
import { line, note, title } from '../blocks.ts';
import { sourceOf } from '../plan/cite.ts';

const PAGE = 8;
const LINE = 90;
const MOST_BLOCKED = 8;

export function overview(page: number, here: Here, next: (page: number) => Ask): Turn {
  const { plans, register = emptyRegister() } = here.world;
  const marks = currentMarks(register);
  if (marks.length === 0) return { reply: { text: [line(say('mark:overviewNone')), note(say('mark:overviewHow'))] } };
  const standings = taskStandings(register, plans);
  const pages = Math.ceil(standings.length / PAGE);
  const at = Math.min(Math.max(page, 0), Math.max(pages - 1, 0));
  const count = (...states: MarkState[]) => marks.filter(({ state }) => states.includes(state)).length;
  return {
    reply: {
      text: [
        title(
          say('mark:overview', {
            units: new Set(marks.map(({ unit }) => unit)).size,
            ...{ done: count('done', 'confirmed'), begun: count('begun'), blocked: count('blocked') },
          }),
        ),
        ...(at === 0 ? blocked(here) : []),
        ...standings.slice(at * PAGE, (at + 1) * PAGE).map(({ task, units, counts }) => {
          const passage = plans.passage(task)!;
          return line(
            say('mark:taskCounts', {
              cite: sourceOf(passage, plans),
              ...counts,
              units,
              text: quoted(passage.text, LINE),
            }),
          );
        }),
        note(say('mark:overviewHow')),
      ],
      offers: at + 1 < pages ? [{ label: say('mark:next'), ask: next(at + 1) }] : [],
    },
  };
}

function blocked({ world: { plans, register = emptyRegister() } }: Here): Text[] {
  const all = currentMarks(register)
    .filter(({ state }) => state === 'blocked')
    .toSorted((a, b) => a.at - b.at);
  if (all.length === 0) return [];
  const lines = all.slice(0, MOST_BLOCKED).map(({ unit, task, note: words }) => {
    const passage = plans.passage(task);
    const cite = passage ? sourceOf(passage, plans) : task;
    return say('mark:blockedLine', { unit: plans.name(unit), cite, note: words ?? '' });
  });
  const more = all.length - lines.length;
  return [
    line([say('mark:blockedTitle'), ...lines, ...(more > 0 ? [say('mark:blockedMore', { n: more })] : [])].join('\n')),
  ];
}
