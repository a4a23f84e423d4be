/** One officer and the report talk alone, with what was handed in. */
import path from 'node:path';
import { expect } from 'vitest';
import { createConverse, emptySession } from '../../bot/core/converse.ts';
import type { Talk } from '../../bot/core/talk.ts';
import type { Change, Event, FileRef, Person, Reply, Session } from '../../bot/core/types.ts';
import type { World } from '../../bot/core/world.ts';
import { dayOf, instantOf } from '../../bot/language/calendar.ts';
import { fold } from '../../bot/language/fold.ts';
import type { Reading } from '../../bot/language/types.ts';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';
import type { FormDefinition, SubmittedReport } from '../../bot/report/types.ts';
import { root } from '../../bot/root.ts';
import { createReport } from '../../bot/talk/report.ts';
import { quick } from './forms.ts';

export const plans = createPlanIndex(loadBook(path.join(root, 'prisma/plans')));

/** Another talk, that answers questions of dates. */
const deadline: Talk = {
  id: 'deadline',
  args: { safeParse: (data: unknown) => ({ success: true, data }) } as never,
  hear: (heard) => (heard.reading.intent === 'deadline' ? 'x' : null),
  answer: () => ({ reply: { text: [{ as: 'text', text: 'TRẢ LỜI HẠN' }] } }),
};

/** Understands just enough: what is asked of dates, and the wish to report. */
const reading = (text: string): Reading => {
  const words = fold(text);
  const asksDate = /khi nao|han nop/.test(words);
  return {
    intent:
      words === 'ba tram'
        ? 'task_search'
        : asksDate
          ? 'deadline'
          : /^(bao cao|nop bc)$/.test(words)
            ? 'start_report'
            : 'unknown',
    also: [],
    confidence: /khi nao/.test(words) ? 'sure' : 'likely',
    parties: [],
    ambiguous: [],
    own: false,
    plan: null,
    role: null,
    passages: [],
    nth: null,
    followUp: false,
  } as Partial<Reading> as Reading;
};

export interface Stage {
  say(text: string): string;
  press(label: string): string;
  /** The same choice again, as an old button of the message before. */
  pressToken(token: string): string;
  replay(): string;
  /** A file, as it stands after it was looked at. */
  sends(file: Partial<FileRef>): string;
  session(): Session;
  reports: SubmittedReport[];
  choices(): string[];
  token(label: string): string;
  clock(day: string, hour?: string): void;
}

export const officer = (...units: string[]): Person => ({
  id: 'p1',
  name: 'Cán bộ',
  memberships: units.map((unit) => ({ unit, role: 'officer' })),
});

export function stage(
  person: Person | null = officer('phuong-le-chan'),
  day = '2026-06-10',
  form: FormDefinition = quick,
): Stage {
  const converse = createConverse([createReport({ forms: [form] }), deadline]);
  let session = emptySession();
  let now = instantOf(day, '08:05');
  let n = 0;
  let last: Reply = { text: [] };
  let lastEvent: Event | null = null;
  const reports: SubmittedReport[] = [];
  const world = (): World => ({
    ...{ now, today: dayOf(now), rehearsal: false, plans, person },
    reader: { read: reading },
    ...{ group: null, invitation: null, allReports: null },
    ownReports: [...reports],
    nextReceipt: reports.length + 17,
    chance: String(n).padStart(6, '0').repeat(5),
  });
  function run(event: Event): string {
    lastEvent = event;
    const done = converse(event, JSON.parse(JSON.stringify(session)) as Session, world());
    session = done.session;
    last = { text: [] };
    for (const effect of done.effects)
      if (effect.kind === 'send') last = effect.reply;
      else apply(effect.change);
    return last.text.map((t) => t.text).join('\n');
  }
  function apply(change: Change): void {
    if (change.kind === 'reviseReport') {
      const at = reports.findIndex(({ id, revision }) => id === change.report && revision === change.revision);
      const was = reports[at]!;
      const { values, nothing, reason } = change;
      const [revision, edition] = [was.revision + 1, was.edition + 1];
      reports[at] = { ...was, values, nothing, reason, revision, edition, state: 'submitted', changedAt: now };
      return;
    }
    if (change.kind !== 'submitReport') throw new Error(change.kind);
    expect(reports.map((r) => r.id)).not.toContain(change.report.id);
    reports.unshift(change.report);
  }
  const event = () => ({
    id: `e${++n}`,
    at: now,
    from: 'web:1' as const,
    chat: { address: 'web:1' as const, kind: 'private' as const, addressed: true },
  });
  const token = (label: string) => {
    const choice = last.choices?.find((c) => c.label === label);
    if (!choice) throw new Error(`no choice ${label} among ${last.choices?.map((c) => c.label).join(', ')}`);
    return choice.token;
  };
  return {
    say: (text) => run({ ...event(), kind: 'said', text }),
    press: (label) => run({ ...event(), kind: 'chose', token: token(label) }),
    pressToken: (t) => run({ ...event(), kind: 'chose', token: t }),
    sends: (file) =>
      run({ ...event(), kind: 'sent', file: { id: 'f', name: 'x', mediaType: 'x/x', size: 10, ...file } }),
    replay: () => run(lastEvent!),
    session: () => session,
    reports,
    choices: () => last.choices?.map((c) => c.label) ?? [],
    token,
    clock: (d, hour = '08:05') => {
      now = instantOf(d, hour);
    },
  };
}
