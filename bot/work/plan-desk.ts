/** What the page of plans shows and does, for administrators only: in words ready to be read. */
import { z } from 'zod';
import type { PlanDesk } from '../channels/web/plans.ts';
import { isAdministrator } from '../core/rights.ts';
import type { Address, Person } from '../core/types.ts';
import { changeLines } from '../digest/plan-news.ts';
import { namesOf } from '../digest/reminder-words.ts';
import { speakDay, speakInstant } from '../language/calendar.ts';
import { assemblePlan, paragraphsOf } from '../plan/assemble.ts';
import { type PlanChange, planChange } from '../plan/diff.ts';
import { createPlanIndex } from '../plan/index.ts';
import { publishedFile, type Reviewed } from '../plan/read/review.ts';
import { byDoubt } from '../plan/read/types.ts';
import { assignedEdit, dutyEdit, headEdit, meaning, writtenSchedule } from '../plan/record.ts';
import type { PlanIndex } from '../plan/types.ts';
import type { Store } from '../store/port.ts';
import { say } from '../text/say.ts';
import type { Imports, Outcome, Shown } from './imports.ts';
import { versionOf } from './schedule-plans.ts';

const revision = z.int().nonnegative();
const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('name'), revision, words: z.string().min(1), meaning }),
  z.strictObject({ do: z.literal('assign'), revision, key: z.string(), assigned: assignedEdit }),
  z.strictObject({ do: z.literal('schedule'), revision, key: z.string(), schedule: writtenSchedule.nullable() }),
  z.strictObject({ do: z.literal('duty'), revision, key: z.string(), duty: dutyEdit.nullable() }),
  z.strictObject({ do: z.literal('head'), revision, head: headEdit }),
  z.strictObject({ do: z.literal('confirm'), revision, keys: z.array(z.string()).max(5_000) }),
  z.strictObject({ do: z.literal('confirmSure'), revision }),
  z.strictObject({ do: z.literal('reopen'), revision, key: z.string() }),
  z.strictObject({ do: z.literal('publish'), revision }),
  z.strictObject({ do: z.literal('drop') }),
]);

export interface PlanDeskNeeds {
  store: Store;
  plans: PlanIndex;
  imports: Imports;
}

/** So many lines of what changes are read before publishing. */
const MOST_CHANGES = 60;

export function createPlanDesk({ store, plans, imports }: PlanDeskNeeds): PlanDesk {
  async function administratorAt(me: Address): Promise<Person | null> {
    const person = (await store.contacts()).find(({ addresses }) => addresses.includes(me))?.person ?? null;
    return isAdministrator(person) ? person : null;
  }

  async function shown(found: Shown | null): Promise<object | 'unknown'> {
    if (!found) return 'unknown';
    const { draft: _, file: __, address: ___, by: ____, at, trouble, detail, ...one } = found.import;
    return {
      ...one,
      at: speakInstant(at),
      ...(trouble && { trouble: say(`import:trouble.${trouble as 'gone'}`, { detail: detail ?? '' }) }),
      ...(found.review && { review: reviewView(found.review) }),
      parties: partiesOf(found.review),
    };
  }

  const partiesOf = (review: Reviewed | null) => [
    ...[...plans.book.units, ...(review?.units ?? [])].map(({ id, name }) => ({ id, name })),
    ...plans.book.groups.map(({ id, name }) => ({ id, name: say('import:group', { name }) })),
  ];

  function reviewView(review: Reviewed) {
    const { file, parts, ready } = review;
    const names = new Map(partiesOf(review).map(({ id, name }) => [id, name]));
    const name = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });
    let heading = '';
    const passages = new Map<string, object>();
    for (const item of file.document) {
      if ('section' in item) heading = item.section;
      else if ('clause' in item) heading = item.clause;
      else if ('passage' in item)
        passages.set(item.passage, {
          heading,
          mark: item.mark ?? '',
          paragraphs: paragraphsOf(item),
          lines: item.lines ?? [],
          assigned: (item.assigned ?? []).map(({ party, role, wording }) => ({ ...name(party), role, wording })),
          schedule: item.schedule ?? null,
        });
    }
    const duties = new Map(
      file.duties.map(({ id, parties, receiver, through, ...duty }) => [
        id,
        { ...duty, parties: parties.map(name), receiver: name(receiver), through: name(through) },
      ]),
    );
    const { title, short, symbol, issuer, issuedOn, id } = file;
    const older = plans.plan(id);
    const change = older ? changeOf(review) : null;
    return {
      head: {
        title,
        short,
        symbol,
        issuer,
        issuedOn: issuedOn && speakDay(issuedOn),
        versionOf: older ? older.short : null,
      },
      sameAs:
        parts.find((p) => p.key === 'head')?.doubts.find((d) => d.reason === 'newVersion')?.words ??
        (older ? id : null),
      parts: byDoubt(parts).map(({ key, kind, doubts, confirmed }) => ({
        ...{ key, kind, confirmed, sure: doubts.length === 0 },
        doubts: doubts.map(({ reason, words = '' }) =>
          say(`import:reason.${reason}`, {
            words: reason === 'newVersion' ? (plans.plan(words)?.short ?? words) : words,
          }),
        ),
        ...(kind === 'passage' && { passage: passages.get(key) }),
        ...(kind === 'duty' && { duty: duties.get(key) }),
      })),
      strangers: [
        ...new Set(
          parts.flatMap(({ doubts }) => doubts.flatMap((d) => (d.reason === 'unknownUnit' ? [d.words!] : []))),
        ),
      ],
      changes: change && changeLines(change, MOST_CHANGES),
      ask: askBefore(change),
      ready,
    };
  }

  /** What would change in the plan that is in force. */
  function changeOf(review: Reviewed): PlanChange {
    const { book } = plans;
    const next = assemblePlan(publishedFile(review, book));
    const after = createPlanIndex({
      ...book,
      units: [...book.units, ...review.units],
      plans: book.plans.map((plan) => (plan.id === next.id ? next : plan)),
    });
    return planChange(plans, after, next.id, null);
  }

  /** What publishing takes away is said where it is confirmed: half a document may have been read. */
  function askBefore(change: PlanChange | null): string {
    const [tasks, duties] = [change?.removed.length ?? 0, change?.duties.filter(({ after }) => !after).length ?? 0];
    const gone = tasks + duties > 0 ? `${say('import:publishGone', { tasks, duties })} ` : '';
    return gone + say('import:publishAsk');
  }

  async function told(outcome: Outcome, id: string): Promise<object | 'unknown' | 'changed'> {
    if (outcome === 'unknown' || outcome === 'changed') return outcome;
    const now = await shown(await imports.show(id));
    if (now === 'unknown' || outcome === 'done') return now;
    return { ...now, problems: outcome === 'notReady' ? [say('import:notReady')] : outcome.problems };
  }

  /** Of those who were told of a plan as it stands: how many have received it, and whose units have not. */
  async function receiptsOf(): Promise<Map<string, string>> {
    const { acknowledged, contacts } = await store.desk();
    const people = new Map(contacts.map(({ person }) => [person.id, person]));
    const lines = new Map<string, string>();
    for (const plan of plans.book.plans) {
      const version = versionOf(plan);
      const prefix = `plan/${version}/`;
      const told = (await store.sentKeys(prefix)).map((key) => key.slice(prefix.length));
      const by = new Set(acknowledged.filter((r) => r.plan === version).map((r) => r.person));
      const without = told.filter((id) => !by.has(id)).flatMap((id) => people.get(id)?.memberships ?? []);
      const units = [...new Set(without.map(({ unit }) => unit))];
      lines.set(
        plan.id,
        [
          say('import:received', { n: by.size, told: told.length }),
          ...(units.length > 0 ? [say('import:notReceived', { names: namesOf(plans, units) })] : []),
        ].join(' '),
      );
    }
    return lines;
  }

  return {
    async list(me) {
      if (!(await administratorAt(me))) return null;
      const { imports: sent, versions } = await imports.list();
      const receipts = await receiptsOf();
      return {
        plans: plans.book.plans.map((plan) => {
          const own = versions.filter((v) => v.plan.id === plan.id);
          return {
            ...{ id: plan.id, title: plan.title, short: plan.short },
            tasks: plan.passages.filter((p) => p.assignments.length > 0).length,
            received: receipts.get(plan.id),
            versions: own.map(({ number, at }) =>
              number === 1 && at === 0
                ? say('import:firstVersion')
                : say('import:version', { number, at: speakInstant(at) }),
            ),
          };
        }),
        imports: sent.map(({ id, fileName, at, state, trouble, detail }) => ({
          ...{ id, fileName, at: speakInstant(at), state, says: say(`import:state.${state}`) },
          ...(trouble && { trouble: say(`import:trouble.${trouble as 'gone'}`, { detail: detail ?? '' }) }),
        })),
      };
    },
    async show(me, id) {
      return (await administratorAt(me)) && shown(await imports.show(id));
    },
    async act(me, id, raw) {
      const person = await administratorAt(me);
      if (!person) return null;
      const action = Action.safeParse(raw);
      if (!action.success) return 'wrong';
      if (action.data.do === 'drop') return told(await imports.drop(id, person), id);
      const { revision, ...edit } = action.data;
      if (edit.do === 'publish') return told(await imports.publish(id, revision, person), id);
      const known = new Set(partiesOf((await imports.show(id))?.review ?? null).map((p) => p.id));
      if (!partiesIn(edit).every((party) => known.has(party))) return 'wrong';
      return told(await imports.edit(id, revision, edit, person), id);
    },
  };
}

type Edit = Exclude<z.infer<typeof Action>, { do: 'publish' | 'drop' }>;

function partiesIn(edit: Omit<Edit, 'revision'> & Partial<Edit>): string[] {
  const e = edit as Edit;
  if (e.do === 'name') return 'party' in e.meaning ? [e.meaning.party] : [];
  if (e.do === 'assign') return e.assigned.map(({ party }) => party);
  if (e.do === 'duty' && e.duty) return [...e.duty.parties, e.duty.receiver, e.duty.through].filter((p) => p !== null);
  return [];
}
