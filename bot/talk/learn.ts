/** Administrators teach in chat: questions without a good answer (`/cauhoi`), what a phrase means (`/daytu`), taken back (`/botu`). */
import { z } from 'zod';
import { isAdministrator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Offer, Text } from '../core/types.ts';
import type { OpenQuestion } from '../core/world.ts';
import { phraseKey, plainWords } from '../language/taught.ts';
import type { Reading } from '../language/types.ts';
import type { Passage, PlanIndex, Taught } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, quote, title } from './blocks.ts';
import { sourceOf } from './plan/cite.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list') }),
  z.object({ do: z.literal('ask'), question: z.string() }),
  z.object({ do: z.literal('drop'), question: z.string() }),
  z.object({ do: z.literal('teach'), text: z.string(), question: z.string().nullable() }),
  z.object({ do: z.literal('taught') }),
  z.object({ do: z.literal('undo'), phrase: z.string() }),
]);
type Args = z.infer<typeof Args>;

const ID = 'learn';
/** Questions that one message shows. */
const AT_ONCE = 8;
const LONGEST = 60;

const ask = (args: Args) => ({ talk: ID, args });

export const learn: Talk<Args> = {
  id: ID,
  commands: ['cauhoi'],
  where: 'private',
  args: Args,
  command: () => ({ do: 'list' }),
  answer(args, here) {
    if (!isAdministrator(here.world.person)) return { reply: { text: [line(say('learn:onlyAdministrator'))] } };
    switch (args.do) {
      case 'list':
        return listed(here);
      case 'ask':
        return asked(args.question, here);
      case 'drop':
        return {
          reply: { text: [line(say('learn:dropped'))], offers: [listOffer()] },
          changes: [{ kind: 'dropQuestion', id: args.question }],
        };
      case 'teach':
        return taughtNow(args.text, args.question, here);
      case 'taught':
        return lessons(here);
      case 'undo':
        return undone(args.phrase, here);
    }
  },
};

/** `/daytu cụm từ = cách hiểu`; alone, what was taught. */
export const teachWord: Talk<Args> = {
  ...learn,
  id: 'learn-word',
  commands: ['daytu'],
  command: (rest) => (rest === '' ? { do: 'taught' } : { do: 'teach', text: rest, question: null }),
};

export const unteachWord: Talk<Args> = {
  ...learn,
  id: 'unlearn-word',
  commands: ['botu'],
  command: (rest) => (rest === '' ? { do: 'taught' } : { do: 'undo', phrase: rest }),
};

const listOffer = (): Offer => ({ label: say('learn:listOffer'), ask: ask({ do: 'list' }) });
const questionsOf = (here: Here): OpenQuestion[] => here.world.desk?.questions ?? [];
const taughtOf = (here: Here): readonly Taught[] => here.world.taught ?? [];

function listed(here: Here): Turn {
  const questions = questionsOf(here);
  if (questions.length === 0) return { reply: { text: [line(say('learn:noQuestions'))], offers: [lessonsOffer()] } };
  const shown = questions.slice(0, AT_ONCE);
  return {
    reply: {
      text: [
        title(say('learn:questions', { count: questions.length })),
        ...shown.map((q, i) =>
          line(say('learn:question', { n: i + 1, text: q.text, times: q.times, why: say(`learn:why.${q.why}`) })),
        ),
      ],
      offers: [
        ...shown.map((q, i) => ({
          label: say('learn:answerOffer', { n: i + 1 }),
          ask: ask({ do: 'ask', question: q.id }),
        })),
        lessonsOffer(),
      ],
    },
  };
}

const lessonsOffer = (): Offer => ({ label: say('learn:lessonsOffer'), ask: ask({ do: 'taught' }) });

function asked(id: string, here: Here): Turn {
  const question = questionsOf(here).find((q) => q.id === id);
  if (!question) return { reply: { text: [line(say('learn:gone'))], offers: [listOffer()] } };
  return {
    reply: {
      text: [line(say('learn:askMeaning')), quote(question.text), note(say('learn:form'))],
      offers: [{ label: say('learn:dropOffer'), ask: ask({ do: 'drop', question: id }) }],
    },
    awaits: { do: 'teach', question: id },
  };
}

function taughtNow(text: string, question: string | null, here: Here): Turn {
  const again = (why: string): Turn => ({
    reply: { text: [line(why), note(say('learn:form'))] },
    ...(question !== null && { awaits: { do: 'teach', question } }),
  });
  const parts = text.split('=');
  const phrase = plainWords(parts[0] ?? '');
  const target = parts.slice(1).join('=').trim();
  if (parts.length < 2 || phrase === '' || target === '') return again(say('learn:noForm'));
  if (phrase.length > LONGEST) return again(say('learn:tooLong', { most: LONGEST }));
  const context = { asker: null, today: here.world.today };
  // What consists only of words that ask, or of words that say nothing, stands in every other question.
  if (phraseKey(phrase).length < 2 || here.world.reader.read(phrase, context).subject === '')
    return again(say('learn:common', { phrase }));
  const meant = here.world.reader.read(target, context);
  const clause = clauseIn(target, meant, here.world.plans);
  if (clause && clause.length === 0) return again(say('learn:noClause', { target }));
  if (!clause && !understood(meant)) return again(say('learn:notUnderstood', { target }));
  const lesson: Taught = clause
    ? { phrase, means: null, passages: clause.map((p) => p.id) }
    : { phrase, means: plainWords(target), passages: [] };
  return {
    reply: {
      text: [
        line(say('learn:taught', { phrase, means: clause ? clausesSaid(clause, here) : target })),
        ...tried(lesson, question, here),
      ],
      offers: [{ label: say('learn:undoOffer', { phrase }), ask: ask({ do: 'undo', phrase }) }, listOffer()],
    },
    changes: [{ kind: 'teach', key: phraseKey(phrase), ...lesson, question }],
  };
}

const understood = ({ intent, parties, topics, facets, passages, plan }: Reading): boolean =>
  intent !== 'unknown' ||
  parties.length > 0 ||
  topics.length > 0 ||
  facets.length > 0 ||
  plan !== null ||
  passages.length > 0;

const CLAUSE = /(?:^|\s|mục |khoản )([IVX]+(?:\.\d{1,2})?)(?:\s*(?:ý|gạch|\/|-)\s*(\d{1,2}))?(?=\s|$|,|\.)/u;

/** Clauses that the target names (`mục II.5 kế hoạch 64`); null where it names none. */
function clauseIn(target: string, meant: Reading, plans: PlanIndex): Passage[] | null {
  const match = CLAUSE.exec(target);
  if (!match) return null;
  const [, path, bullet] = match;
  const found = plans.book.plans
    .filter((p) => !meant.plan || p.id === meant.plan)
    .flatMap((p) => p.passages)
    .filter((p) => p.path === path && (!bullet || p.id.split('/').at(-1)!.split('.')[0] === bullet));
  // The same number in both plans: which is meant must be said.
  return new Set(found.map((p) => p.plan)).size > 1 ? [] : found;
}

const clausesSaid = (clause: readonly Passage[], here: Here): string =>
  [...new Set(clause.map((p) => sourceOf(p, here.world.plans)))].join(', ');

/** What the question, or the phrase itself, is understood as from now on. */
function tried(lesson: Taught, question: string | null, here: Here): Text[] {
  const { tryOut, plans, today } = here.world;
  const text = questionsOf(here).find((q) => q.id === question)?.text ?? lesson.phrase;
  if (!tryOut) return [];
  const key = phraseKey(lesson.phrase);
  const reader = tryOut([...taughtOf(here).filter((t) => phraseKey(t.phrase) !== key), lesson]);
  const reading = reader.read(text, { asker: null, today });
  if (!understood(reading)) return [note(say('learn:stillUnknown', { text }))];
  const [first] = reading.passages.flatMap((p) => plans.passage(p.id) ?? []);
  const about = [
    say(`learn:intent.${reading.intent}`),
    ...reading.parties.map((p) => plans.name(p)),
    ...(first && (reading.topics.length > 0 || reading.intent === 'task_search' || reading.intent === 'topic_owner')
      ? [sourceOf(first, plans)]
      : []),
  ].join('; ');
  return [note(say('learn:tried', { text, about }))];
}

function lessons(here: Here): Turn {
  const taught = taughtOf(here);
  if (taught.length === 0) return { reply: { text: [line(say('learn:noLessons')), note(say('learn:form'))] } };
  return {
    reply: {
      text: [
        title(say('learn:lessons', { count: taught.length })),
        ...taught.map((t) => {
          const clause = t.passages.flatMap((id) => here.world.plans.passage(id) ?? []);
          return line(say('learn:lesson', { phrase: t.phrase, means: t.means ?? clausesSaid(clause, here) }));
        }),
        note(say('learn:undoForm')),
      ],
    },
  };
}

function undone(phrase: string, here: Here): Turn {
  const known = taughtOf(here).find((t) => phraseKey(t.phrase) === phraseKey(phrase));
  if (!known) return { reply: { text: [line(say('learn:notTaught', { phrase }))], offers: [lessonsOffer()] } };
  return {
    reply: { text: [line(say('learn:undone', { phrase: known.phrase }))], offers: [listOffer()] },
    changes: [{ kind: 'unteach', key: phraseKey(known.phrase) }],
  };
}
