/**
 * How far a unit is with its tasks: `/capnhat`, "xong việc 2", "việc 4 vướng: thiếu kinh phí". Coordinators see all units'.
 * What blocks a task can go on as an obstacle.
 */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Ask, Offer, Text } from '../core/types.ts';
import { currentMarks, emptyRegister, markOf } from '../desk/standing.ts';
import type { MarkState } from '../desk/types.ts';
import { quoted } from '../digest/shorten.ts';
import { dayOf, speakDay } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import type { Passage, PassageId, UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { overview } from './mark/overview.ts';
import {
  askedOfUnit,
  asksWhoIsBlocked,
  bareState,
  doneByWords,
  saysAllDone,
  wantsNoNote,
  wishIn,
} from './mark/wish.ts';
import { leaveOffer, leaves, left } from './matter/leave.ts';
import { formAsksWords, isMeanwhile } from './matter/meanwhile.ts';
import { MOST_CHARACTERS } from './matter/steps.ts';
import { obstacleAsk } from './obstacle.ts';
import { sourceOf } from './plan/cite.ts';
import type { Forms } from './report/forms.ts';

const State = z.enum(['begun', 'done', 'blocked', 'cleared']);
const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list'), unit: z.string().optional(), page: z.number().int() }),
  z.object({ do: z.literal('overview'), page: z.number().int() }),
  z.object({ do: z.literal('task'), unit: z.string(), task: z.string() }),
  z.object({
    do: z.literal('mark'),
    unit: z.string(),
    task: z.string(),
    state: State,
    /** Empty: none is wished. */
    note: z.string().optional(),
    text: z.string().optional(),
  }),
  z.object({
    do: z.literal('nth'),
    n: z.number().int(),
    also: z.array(z.number().int()).optional(),
    state: State,
    note: z.string().optional(),
  }),
  z.object({ do: z.literal('words'), words: z.string() }),
  /** Every task that is not done yet; asked first. */
  z.object({ do: z.literal('all'), sure: z.boolean().optional() }),
]);
type Args = z.infer<typeof Args>;

const MARK = 'mark';
export const markAsk = (args: Args): Ask => ({ talk: MARK, args: args as Ask['args'] });
const offer = (label: string, args: Args): Offer => ({ label, ask: markAsk(args) });

const PAGE = 8;
const LINE = 120;

export const createMark = (forms: Forms): Talk<Args> => ({
  id: MARK,
  commands: ['capnhat'],
  where: 'private',
  args: Args,
  command(rest, here) {
    const wish = wishIn(rest);
    if (wish) return { do: 'nth', ...wish };
    const { world } = here;
    const party = rest ? world.reader.read(rest, { asker: null, today: world.today }).parties[0] : undefined;
    if (party && world.plans.unit(party)) return { do: 'list', unit: party, page: 0 };
    return isCoordinator(world.person) ? { do: 'overview', page: 0 } : { do: 'list', page: 0 };
  },
  hear({ text }, here) {
    if (!here.world.person || formAsksWords(forms, here)) return null;
    if (/^(?:cap nhat )?tien do (?:nhiem vu|cong viec)$/.test(fold(text)))
      return isCoordinator(here.world.person) ? { do: 'overview', page: 0 } : { do: 'list', page: 0 };
    const wish = wishIn(text);
    if (wish) return { do: 'nth', ...wish };
    if (isCoordinator(here.world.person)) return watched(text, here);
    if (saysAllDone(text)) return { do: 'all' };
    const words = doneByWords(text);
    return words === null ? null : { do: 'words', words };
  },
  // What blocks a task may be told as an obstacle is.
  takes: (heard) => !isMeanwhile(heard, 'mark', 'obstacle'),
  askAgain: (awaited, here) => (awaited.do === 'mark' ? set(awaited, here) : list(undefined, 0, here)).reply!,
  answer(args, here) {
    if (!here.world.person) return { reply: { text: [line(say('common:registerFirst'))] } };
    switch (args.do) {
      case 'list':
        return list(args.unit, args.page, here);
      case 'overview':
        if (!isCoordinator(here.world.person)) return { reply: { text: [line(say('common:notAllowed'))] } };
        return overview(args.page, here, (page) => markAsk({ do: 'overview', page }));
      case 'task':
        return one(args, here);
      case 'mark':
        return set(args, here);
      case 'nth':
        return nth(args, here);
      case 'words':
        return byWords(args.words, here);
      case 'all':
        return all(args.sure === true, here);
    }
  },
});

/** What the standing agency asks about the marks of others. */
function watched(text: string, { world }: Here): Args | null {
  if (asksWhoIsBlocked(text)) return { do: 'overview', page: 0 };
  const asked = askedOfUnit(text);
  const unit = asked && world.reader.read(asked.unit, { asker: null, today: world.today }).parties[0];
  return unit && world.plans.unit(unit)
    ? { do: 'list', unit, page: Math.floor((Math.max(asked.n, 1) - 1) / PAGE) }
    : null;
}

const unitsOf = ({ world }: Here): UnitId[] => [...new Set(world.person!.memberships.map(({ unit }) => unit))];

/** What the plan gives the unit by name, or all that reaches it where it is not named. */
function tasksOf(unit: UnitId, { world }: Here): Passage[] {
  const placed = world.plans.placed(unit);
  const own = placed.filter((p) => p.own);
  return [...new Set((own.length > 0 ? own : placed).map(({ task }) => task))];
}

const stateIn = (unit: UnitId, task: PassageId, { world }: Here) =>
  markOf(world.register ?? emptyRegister(), unit, task);

function stateWords(unit: UnitId, task: PassageId, here: Here): string {
  const found = stateIn(unit, task, here);
  if (!found) return say('mark:state.cleared');
  const words = { state: say(`mark:state.${found.state}`), when: speakDay(dayOf(found.at)) };
  return found.note === null ? say('mark:since', words) : say('mark:sinceNote', { ...words, note: found.note });
}

function list(chosen: UnitId | undefined, page: number, here: Here): Turn {
  const { plans, person, register = emptyRegister() } = here.world;
  const units = unitsOf(here);
  const unit = chosen ?? (units.length === 1 ? units[0] : undefined);
  if (!unit)
    return {
      reply: {
        text: [line(say('mark:whichUnit'))],
        offers: units.map((one) => offer(plans.name(one), { do: 'list', unit: one, page: 0 })),
      },
    };
  if (!units.includes(unit) && !isCoordinator(person)) return { reply: { text: [line(say('common:notAllowed'))] } };
  const tasks = tasksOf(unit, here);
  if (tasks.length === 0) return { reply: { text: [line(say('mark:none', { unit: plans.name(unit) }))] } };
  const ids = new Set(tasks.map(({ id }) => id));
  const marks = currentMarks(register).filter((m) => m.unit === unit && ids.has(m.task));
  const count = (...states: MarkState[]) => marks.filter(({ state }) => states.includes(state)).length;
  const pages = Math.ceil(tasks.length / PAGE);
  const at = Math.min(Math.max(page, 0), pages - 1);
  const now = tasks.slice(at * PAGE, (at + 1) * PAGE);
  const mine = units.includes(unit);
  return {
    reply: {
      text: [
        title(
          say('mark:title', {
            unit: plans.name(unit),
            ...{ done: count('done', 'confirmed'), begun: count('begun'), blocked: count('blocked') },
            rest: tasks.length - marks.length,
          }),
        ),
        ...now.map((task, i) =>
          line(
            say('mark:line', {
              n: at * PAGE + i + 1,
              cite: sourceOf(task, plans),
              state: stateWords(unit, task.id, here),
              text: quoted(task.text, LINE),
            }),
          ),
        ),
        ...(mine ? [note(say('mark:how'))] : []),
      ],
      offers: [
        ...(mine
          ? now.map((task, i) =>
              offer(say('mark:which', { n: at * PAGE + i + 1 }), { do: 'task', unit, task: task.id }),
            )
          : []),
        ...(at + 1 < pages ? [offer(say('mark:next'), { do: 'list', unit, page: at + 1 })] : []),
      ],
      source: now.map(({ id }) => id),
    },
    focus: {
      ask: markAsk({ do: 'list', unit, page: at }),
      intent: 'unit_tasks',
      unit,
      shown: tasks.map(({ id }) => id),
    },
  };
}

/** The unit's own task; words instead where it is none. */
function ownTask(unit: UnitId, task: PassageId, here: Here): Passage | Turn {
  const passage = here.world.plans.passage(task);
  const reaches = here.world.plans.placed(unit).some((placed) => placed.task.id === task);
  if (!unitsOf(here).includes(unit) || !passage || !reaches) return { reply: { text: [line(say('mark:notYours'))] } };
  return passage;
}

function one({ unit, task }: Extract<Args, { do: 'task' }>, here: Here): Turn {
  const passage = ownTask(unit, task, here);
  if ('reply' in passage) return passage;
  const { plans } = here.world;
  const marked = stateIn(unit, task, here);
  const states = (['begun', 'done', 'blocked'] as const).filter(
    (state) => marked?.state !== state || state === 'blocked',
  );
  return {
    reply: {
      text: [
        line(`${plans.name(unit)} · ${sourceOf(passage as Passage, plans)}`),
        quote((passage as Passage).text),
        line(stateWords(unit, task, here)),
      ],
      offers: [
        ...states.map((state) => offer(say(`mark:set.${state}`), { do: 'mark', unit, task, state })),
        ...(marked ? [offer(say('mark:set.cleared'), { do: 'mark', unit, task, state: 'cleared', note: '' })] : []),
        offer(say('mark:toList'), { do: 'list', unit, page: 0 }),
      ],
      source: [task],
    },
  };
}

function set(args: Extract<Args, { do: 'mark' }>, here: Here): Turn {
  const { unit, task, state } = args;
  const passage = ownTask(unit, task, here);
  if ('reply' in passage) return passage;
  if (leaves(args.text)) return left();
  // Words about a state are that, not a note of the one before.
  const other = args.text === undefined ? null : bareState(args.text);
  if (other && other.state !== state) return set({ do: 'mark', unit, task, ...other }, here);
  const next = args.text === undefined ? null : wishIn(args.text);
  if (next) {
    const then = nth({ do: 'nth', ...next }, here);
    if (inList([next.n, ...(next.also ?? [])], here).tasks.includes(task)) return then;
    if (state === 'blocked') return both({ reply: { text: [line(say('mark:noReason'))] } }, then);
    return both(set({ do: 'mark', unit, task, state, note: '' }, here), then);
  }
  // What the standing agency has confirmed, a unit does not take back by a tap.
  if (stateIn(unit, task, here)?.state === 'confirmed' && !isCoordinator(here.world.person))
    return { reply: { text: [line(say('mark:confirmed', { cite: sourceOf(passage as Passage, here.world.plans) }))] } };
  const none = state !== 'blocked' && args.text !== undefined && wantsNoNote(args.text);
  const words = none ? '' : (args.note ?? args.text)?.trim().slice(0, MOST_CHARACTERS);
  const cite = sourceOf(passage as Passage, here.world.plans);
  const again: Args = { do: 'mark', unit, task, state };
  if (state === 'blocked' && !words)
    return { reply: { text: [line(say('mark:askBlocked'))], offers: [leaveOffer()] }, awaits: { ...again } };
  if (words === undefined)
    return {
      reply: {
        text: [line(say('mark:askNote'))],
        offers: [offer(say('mark:noNote'), { ...again, note: '' }), leaveOffer()],
      },
      awaits: { ...again },
    };
  const text = words === '' ? null : words;
  return {
    changes: [{ kind: 'markTask', mark: { unit, task, state, note: text } }],
    reply: {
      text: [done(state, cite, text)],
      offers: [
        ...(state === 'blocked' && text
          ? [{ label: say('mark:toObstacle'), ask: obstacleAsk({ do: 'raise', text, unit, task }) }]
          : []),
        offer(say('mark:toList'), { do: 'list', unit, page: 0 }),
      ],
    },
  };
}

/** Instead of a note the officer went on to another task: this one is marked without, then that one. */
const both = (first: Turn, second: Turn): Turn => ({
  ...second,
  changes: [...(first.changes ?? []), ...(second.changes ?? [])],
  reply: { ...second.reply, text: [...(first.reply?.text ?? []), ...(second.reply?.text ?? [])] },
});

function done(state: MarkState, cite: string, text: string | null): Text {
  if (state === 'cleared') return line(say('mark:cleared', { cite }));
  const words = { cite, state: say(`mark:state.${state}`) };
  return line(text === null ? say('mark:marked', words) : say('mark:markedNote', { ...words, note: text }));
}

/** The unit, and the n-th of what was shown last, else of its list. */
function inList(numbers: readonly number[], here: Here) {
  const { focus } = here.session;
  const units = unitsOf(here);
  const unit = focus?.unit && units.includes(focus.unit) ? focus.unit : units[0]!;
  const shown =
    focus?.intent === 'unit_tasks' && focus.unit === unit ? focus.shown : tasksOf(unit, here).map((t) => t.id);
  return { unit, tasks: numbers.map((n) => shown[n - 1]) };
}

function nth({ n, also = [], state, note: words }: Extract<Args, { do: 'nth' }>, here: Here): Turn {
  const numbers = [n, ...also];
  const { unit, tasks } = inList(numbers, here);
  const missing = numbers.find((_, i) => !tasks[i]);
  if (missing !== undefined) return { reply: { text: [line(say('mark:noSuch', { n: missing }))] } };
  // What blocks is another thing for each task.
  if (state === 'blocked' && also.length > 0 && !words) return { reply: { text: [line(say('mark:oneByOne', { n }))] } };
  const noted = words ?? (also.length > 0 ? '' : undefined);
  return tasks
    .map((task) => set({ do: 'mark', unit, task: task!, state, ...(noted !== undefined && { note: noted }) }, here))
    .reduce(both);
}

/** "xong việc tập huấn": the task in whose text the words stand; a choice where several are meant. */
function byWords(words: string, here: Here): Turn {
  const { unit } = inList([], here);
  const meant = tasksOf(unit, here).filter(({ text }) => ` ${fold(text)} `.includes(` ${words} `));
  const [only] = meant;
  if (only && meant.length === 1)
    return both({ reply: { text: [quote(only.text)] } }, set({ do: 'mark', unit, task: only.id, state: 'done' }, here));
  return {
    reply: {
      text: [line(say(only ? 'mark:whichTask' : 'mark:noneByWords'))],
      offers: [
        ...meant.slice(0, PAGE).map((task) =>
          offer(`${sourceOf(task, here.world.plans)}: ${task.text.split(' ').slice(0, 8).join(' ')}…`, {
            ...{ do: 'mark', unit, task: task.id, state: 'done' },
          }),
        ),
        offer(say('mark:toList'), { do: 'list', unit, page: 0 }),
      ],
    },
  };
}

/** "xong hết rồi": which are not, and whether all of them are meant. */
function all(sure: boolean, here: Here): Turn {
  const { unit } = inList([], here);
  const rest = tasksOf(unit, here).filter(
    ({ id }) => !['done', 'confirmed'].includes(stateIn(unit, id, here)?.state ?? ''),
  );
  if (sure && rest.length > 0)
    return {
      changes: rest.map(({ id }) => ({ kind: 'markTask', mark: { unit, task: id, state: 'done', note: null } })),
      reply: {
        text: [line(say('mark:allMarked', { n: rest.length }))],
        offers: [offer(say('mark:toList'), { do: 'list', unit, page: 0 })],
      },
    };
  return {
    reply: {
      text: [line(rest.length > 0 ? say('mark:askAll', { n: rest.length }) : say('mark:allDone'))],
      offers: [
        ...(rest.length > 0 ? [offer(say('mark:setAll', { n: rest.length }), { do: 'all', sure: true })] : []),
        offer(say('mark:toList'), { do: 'list', unit, page: 0 }),
      ],
    },
  };
}
