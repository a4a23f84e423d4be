/** Matters and marks: any steps in any order lead where the table says, and nowhere else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  approvedModels,
  escalationsOf,
  nextEscalation,
  overdueDays,
  overdueObstacles,
  targetStanding,
  taskStandings,
} from '../../bot/desk/standing.ts';
import { moveOf, nextNumber, numbersIn, partsOf, sideOf, stateOf, twinOf } from '../../bot/desk/states.ts';
import type { MarkState, Matter, MatterKind, Register, StepKind, TaskMark } from '../../bot/desk/types.ts';
import { dayOf, instantOf } from '../../bot/language/calendar.ts';
import { testPlans, testRules } from '../support/world.ts';

const KINDS: MatterKind[] = ['obstacle', 'commendation', 'model', 'urgent'];
const STEPS: StepKind[] = [
  ...(['answered', 'closed', 'reopened', 'withdrawn', 'listed', 'proposed', 'awarded', 'declined'] as const),
  ...(['approved', 'returned', 'reworded', 'acknowledged', 'added', 'directed', 'graded', 'escalated'] as const),
];
/** Thursday. */
const at = instantOf('2026-06-11', '09:00');
const HOUR = 3_600_000;

const matter = (kind: MatterKind, steps: [StepKind, number?][] = [], more: Partial<Matter> = {}): Matter => ({
  ...{ id: 'm', number: 'VM-2026-00001', kind, unit: 'syt', by: 'p', at, text: 'chưa có mẫu' },
  ...{ task: null, nominee: null, grounds: null, urgency: kind === 'urgent' ? 'hoaToc' : null },
  steps: steps.map(([step, when = at]) => ({ kind: step, by: 'p', at: when, text: null })),
  ...more,
});
const register = (matters: Matter[], marks: TaskMark[] = []): Register => ({ matters, marks });

test('a step that cannot be taken changes nothing, one that can leads where it says', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.array(fc.constantFrom(...STEPS), { maxLength: 12 }), (kind, steps) => {
      let state = stateOf(matter(kind));
      const taken: [StepKind][] = [];
      for (const step of steps) {
        const move = moveOf(kind, state, step);
        state = move?.to ?? state;
        if (move) {
          taken.push([step]);
          expect(move.by).toBe(sideOf(kind, step));
        } else expect(stateOf(matter(kind, [...taken, [step]]))).toBe(state);
        expect(stateOf(matter(kind, taken))).toBe(state);
      }
      expect(
        stateOf(
          matter(
            kind,
            steps.map((step) => [step]),
          ),
        ),
      ).toBe(state);
    }),
  );
});

test('what is settled stays settled: a withdrawn matter, an awarded nomination, an approved model', () => {
  for (const [kind, steps] of [
    ['obstacle', ['withdrawn']],
    ['commendation', ['listed', 'proposed', 'awarded']],
    ['model', ['approved']],
  ] as const) {
    const done = matter(
      kind,
      steps.map((step) => [step]),
    );
    for (const step of STEPS) expect(moveOf(kind, stateOf(done), step)).toBeNull();
  }
});

test('an obstacle goes round until its sender says that it is clear', () => {
  const round: [StepKind][] = [['answered'], ['reopened'], ['answered'], ['answered'], ['closed']];
  expect(round.map((_, i) => stateOf(matter('obstacle', round.slice(0, i + 1))))).toEqual([
    'answered',
    'open',
    'answered',
    'answered',
    'closed',
  ]);
});

describe('numbers', () => {
  test('are read however they are typed', () => {
    expect(numbersIn('trả lời VM-2026-00003: đã có', 2026)).toEqual(['VM-2026-00003']);
    expect(numbersIn('vm3 và DX 12, đx-2025-7', 2026)).toEqual(['VM-2026-00003', 'DX-2026-00012', 'DX-2025-00007']);
    expect(numbersIn('KT-1 kt 1', 2026)).toEqual(['KT-2026-00001']);
    for (const text of ['64/KH-BCĐ', 'BC-2026-00001', 'tivm3', 'vm3a', 'mh', 'vốn vm'])
      expect(numbersIn(text, 2026)).toEqual([]);
  });

  test('run on for each kind and year', () => {
    const known = register([
      matter('obstacle', [], { number: 'VM-2026-00009' }),
      matter('urgent', [], { number: 'DX-2026-00002' }),
      matter('obstacle', [], { number: 'VM-2025-00044' }),
    ]);
    expect(nextNumber(known, 'obstacle', 2026)).toBe('VM-2026-00010');
    expect(nextNumber(known, 'urgent', 2026)).toBe('DX-2026-00003');
    expect(nextNumber(known, 'model', 2026)).toBe('MH-2026-00001');
    expect(partsOf('BC-2026-00001')).toBeNull();
  });
});

test('the same words of the same unit are the same matter until it is settled', () => {
  const first = matter('obstacle');
  const again = { kind: 'obstacle', unit: 'syt', text: first.text } as const;
  expect(twinOf(register([first]), again)).toBe(first);
  expect(twinOf(register([first]), { ...again, unit: 'catp' })).toBeUndefined();
  expect(twinOf(register([matter('obstacle', [['answered'], ['closed']])]), again)).toBeUndefined();
});

test('an answer is overdue after three working days, counted from the last time it was opened', () => {
  const open = matter('obstacle');
  // Thursday 11/6: Friday, Monday and Tuesday are the three working days.
  expect(
    ['2026-06-14', '2026-06-16', '2026-06-17', '2026-06-18'].map((day) => overdueDays(open, testRules, day)),
  ).toEqual([0, 0, 1, 2]);
  const reopened = matter('obstacle', [['answered'], ['reopened', instantOf('2026-06-16', '10:00')]]);
  expect(overdueObstacles(register([reopened]), testRules, '2026-06-19')).toEqual([]);
  expect(overdueObstacles(register([reopened]), testRules, '2026-06-22')).toEqual([reopened]);
  expect(overdueDays(matter('obstacle', [['answered']]), testRules, '2026-06-30')).toBe(0);
});

test('an extraordinary report is called out again until it is acknowledged, three times at most', () => {
  const minutes = (n: number) => at + n * 60_000;
  const open = matter('urgent');
  expect([9, 10, 25, 300].map((n) => escalationsOf(open, testRules, minutes(n)).due)).toEqual([0, 1, 2, 3]);
  expect(nextEscalation(register([open]), testRules)).toBe(minutes(10));
  const once = matter('urgent', [['escalated', minutes(10)]]);
  expect(escalationsOf(once, testRules, minutes(12))).toEqual({ due: 1, done: 1 });
  expect(nextEscalation(register([once]), testRules)).toBe(minutes(20));
  const taken = matter('urgent', [
    ['escalated', minutes(10)],
    ['acknowledged', minutes(11)],
  ]);
  expect(escalationsOf(taken, testRules, minutes(300))).toEqual({ due: 1, done: 1 });
  expect(nextEscalation(register([taken, matter('urgent', Array(3).fill(['escalated']))]), testRules)).toBeNull();
});

test('approved models are told of in the time in which they were approved', () => {
  const model = matter('model', [
    ['returned', at],
    ['reworded', at + HOUR],
    ['approved', at + 2 * HOUR],
  ]);
  expect(approvedModels(register([model]))).toEqual([model]);
  expect(approvedModels(register([model]), at, at + HOUR)).toEqual([]);
  expect(approvedModels(register([model]), at + HOUR, at + 2 * HOUR)).toEqual([model]);
});

describe('marks', () => {
  const task = testRules.target.source;
  const mark = (unit: string, state: MarkState, day = '2026-06-11', of = task): TaskMark => ({
    ...{ unit, task: of, state, note: null, by: 'p', at: instantOf(day, '09:00') },
  });

  test('of the target: only what is confirmed counts, and half of 114 communes is 57', () => {
    const communes = testPlans.members('g-ubnd-xa');
    const [a, b, c] = communes as [string, string, string];
    const marks = [mark(a, 'done'), mark(b, 'begun'), mark(a, 'confirmed', '2026-06-12'), mark('syt', 'confirmed')];
    const now = targetStanding(register([], [...marks, mark(c, 'done', '2026-06-13')]), testPlans, testRules);
    expect(now).toMatchObject({ total: 114, needed: 57, confirmed: [a], declared: [c], begun: [b], blocked: [] });
    expect(now.byDay).toEqual([{ day: '2026-06-12', confirmed: 1 }]);
    const back = targetStanding(register([], [...marks, mark(a, 'cleared', '2026-06-12')]), testPlans, testRules);
    expect(back.confirmed).toEqual([]);
    expect(back.byDay).toEqual([]);
  });

  test('of the target: any marks in any order add up, each commune once', () => {
    const communes = testPlans.members('g-ubnd-xa').slice(0, 5);
    const states: MarkState[] = ['begun', 'done', 'blocked', 'confirmed', 'cleared'];
    const one = fc.record({ unit: fc.constantFrom(...communes), state: fc.constantFrom(...states), day: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (list) => {
        const marks = list
          .toSorted((x, y) => x.day - y.day)
          .map(({ unit, state, day }) => ({ ...mark(unit, state), at: at + day * 24 * HOUR }));
        const standing = targetStanding(register([], marks), testPlans, testRules);
        const last = new Map(marks.map(({ unit, state }) => [unit, state]));
        const confirmed = [...last.values()].filter((state) => state === 'confirmed').length;
        expect(standing.confirmed).toHaveLength(confirmed);
        expect(standing.byDay.at(-1)?.confirmed ?? 0).toBe(confirmed);
        const days = standing.byDay.map(({ day }) => day);
        expect(days).toEqual([...new Set(days)].toSorted());
        expect(standing.byDay.every(({ confirmed: n }, i) => n !== (standing.byDay[i - 1]?.confirmed ?? 0))).toBe(true);
      }),
    );
  });

  test('of a task: the latest of each unit', () => {
    const of = testPlans.placed('so-y-te')[0]!.task.id;
    const marks = [mark('so-y-te', 'begun', '2026-06-10', of), mark('so-y-te', 'blocked', '2026-06-11', of)];
    const [standing] = taskStandings(register([], marks), testPlans);
    expect(standing).toMatchObject({ task: of, counts: { begun: 0, done: 0, blocked: 1 } });
    expect(taskStandings(register([], [...marks, mark('so-y-te', 'cleared', '2026-06-12', of)]), testPlans)).toEqual(
      [],
    );
    expect(dayOf(marks[0]!.at)).toBe('2026-06-10');
  });
});
