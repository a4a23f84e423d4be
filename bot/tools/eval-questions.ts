/** Answers a question set through the same talks that answer officers, and says how many were right. */
import { createConverse, emptySession } from '../core/converse.ts';
import type { Event, Person, Reply, Session } from '../core/types.ts';
import type { World } from '../core/world.ts';
import { instantOf } from '../language/calendar.ts';
import { stops } from '../language/sensitive.ts';
import type { Reader } from '../language/types.ts';
import type { PlanIndex } from '../plan/types.ts';
import { guard } from '../talk/guard.ts';
import { questionTalks } from '../talk/questions.ts';
import { say } from '../text/say.ts';
import type { Answer, Question } from './score.ts';

/** The day on which a question is asked that does not say. */
const TODAY = '2026-06-10';
const ADDRESS = 'web:eval';

export interface Answered {
  answer: Answer;
  /** Understanding and search together, ms. */
  took: number;
}

export function createAnswerer(plans: PlanIndex, reader: Reader): (question: Question) => Answered {
  const converse = createConverse([guard, ...questionTalks]);

  return (question) => {
    const world = worldOf(question, plans, reader);
    let session: Session = emptySession();
    let n = 0;
    const tell = (what: { kind: 'said'; text: string } | { kind: 'chose'; token: string }): Reply | null => {
      const event: Event = {
        id: `${question.id}/${n++}`,
        at: world.now,
        from: ADDRESS,
        chat: { address: ADDRESS, kind: 'private', addressed: true },
        ...what,
      };
      const conversed = converse(event, session, { ...world, chance: `${n}`.padStart(32, '0') });
      session = conversed.session;
      const sent = conversed.effects.find((e) => e.kind === 'send');
      return sent?.kind === 'send' ? sent.reply : null;
    };
    for (const before of question.after ?? []) tell({ kind: 'said', text: before });
    const context = {
      asker: question.asker_unit,
      today: world.today,
      seesAll: world.allReports !== null,
      ...(session.focus && { focus: focusOf(session) }),
    };
    const started = performance.now();
    const reading = reader.read(question.q, context);
    const took = performance.now() - started;
    const pages: Reply[] = [];
    let reply = tell({ kind: 'said', text: question.q });
    while (reply && pages.length < 100) {
      pages.push(reply);
      // The rest of an answer: its next page; after a list to look over, the whole words.
      const more =
        reply.choices?.find((c) => c.label === say('cite:more')) ??
        reply.choices?.find((c) => c.label === say('tasks:wholeOffer'));
      reply = more ? tell({ kind: 'chose', token: more.token }) : null;
    }
    // What names a person is stopped before it is read.
    const stopped = stops(question.q).length > 0;
    const ids = [...new Set(pages.flatMap((p) => p.source ?? []))];
    const lines = pages.flatMap((p) => p.text);
    const own = lines
      .filter((t) => t.as === 'text')
      .map((t) => t.text)
      .join('\n');
    const intent = SAME[reading.intent] ?? reading.intent;
    return {
      took,
      answer: {
        id: question.id,
        intent,
        unit: reading.parties[0] ?? (ABOUT_UNIT.has(intent) ? question.asker_unit : null),
        tasks: ids.map((id) => ({ id, text: plans.passage(id)?.text ?? '' })),
        due: daysIn(own),
        days: leftIn(own),
        text: lines.map((t) => t.text).join('\n'),
        refused: intent === 'out_of_scope' || intent === 'sensitive' || stopped,
      },
    };
  };
}

/** What the sets call by one name. */
const SAME: Record<string, string> = { thanks: 'greeting', unknown: 'out_of_scope', start_report: 'help' };
/** Questions that are about the asker's own unit where none is named. */
const ABOUT_UNIT = new Set(['unit_tasks', 'deadline', 'report_how', 'who_reported']);

const focusOf = ({ focus }: Session) => ({
  shown: focus!.shown,
  ...(focus!.intent && { intent: focus!.intent }),
  ...(focus!.unit && { party: focus!.unit }),
  ...(focus!.plan && { plan: focus!.plan }),
});

/** The dates that the answer names as due, as the officer reads them. */
function daysIn(text: string): string[] {
  const found = [...text.matchAll(/(?:trước ngày|đến hết ngày|ma túy:) (\d{2})\/(\d{1,2})\/(\d{4})/g)];
  return [...new Set(found.map(([, d, m, y]) => `${y}-${m!.padStart(2, '0')}-${d}`))];
}

function leftIn(text: string): number | null {
  const found = /còn (\d+) ngày đến ngày/i.exec(text);
  return found ? Number(found[1]) : null;
}

function worldOf(question: Question, plans: PlanIndex, reader: Reader): World {
  const today = question.asked_on ?? TODAY;
  const coordinator =
    question.asker_unit !== null &&
    plans.book.plans.some((p) => p.duties.some((d) => d.through === question.asker_unit));
  const person: Person | null = question.asker_unit
    ? {
        id: 'asker',
        name: 'asker',
        memberships: [{ unit: question.asker_unit, role: coordinator ? 'coordinator' : 'officer' }],
      }
    : null;
  return {
    now: instantOf(today, '09:00'),
    today,
    rehearsal: false,
    plans,
    reader,
    person,
    group: null,
    invitation: null,
    ownReports: [],
    allReports: coordinator ? [] : null,
    nextReceipt: 1,
    chance: '0'.repeat(32),
  };
}
