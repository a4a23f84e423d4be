/**
 * What the bot knows of plans and units, as one thing that everybody holds and that changes as a whole when a plan is
 * published: whoever asks next is answered from the new one.
 */
import { createReader, warmReader } from '../language/reader.ts';
import { withTaught } from '../language/taught.ts';
import type { Reader } from '../language/types.ts';
import type { Words } from '../language/words.ts';
import { createPlanIndex } from '../plan/index.ts';
import type { Book, Plan, PlanIndex, ReportingDuty, Taught, Unit } from '../plan/types.ts';
import type { PlanVersion } from '../store/port.ts';

export interface Knowledge {
  /** Always of the plans in force. */
  plans: PlanIndex;
  reader: Reader;
  /** The reader as administrators have taught it; of the plans in force as well. */
  learn(taught: readonly Taught[]): Reader;
  /**
   * Takes over what was published since; false when that is nothing new. Until the new one is ready everybody is answered
   * from the old one, and nobody waits.
   */
  update(versions: readonly PlanVersion[]): Promise<boolean>;
  /** `seq` of the newest version that is known. */
  seq(): number;
}

/** Lets whatever waits be answered first. */
const pause = () => new Promise((resolve) => setImmediate(resolve));

/** @param first already made of `base`, so that a start without published plans makes nothing twice */
export function createKnowledge(base: Book, words: Words, first?: { plans: PlanIndex; reader: Reader }): Knowledge {
  let plans = first?.plans ?? createPlanIndex(base);
  /** Null while only the taught one is asked: each takes some 50 MB. */
  let reader: Reader | null = first?.reader ?? null;
  let seq = 0;
  let known = words;
  /** The reader with what was taught last, of these plans. */
  let learnt: { seq: number; taught: readonly Taught[]; reader: Reader } | null = null;
  /** Duties of versions that are no longer in force: reports made under them still have their names. */
  let retired = new Map<string, ReportingDuty>();
  let updating: Promise<unknown> = Promise.resolve();

  async function takeOver(versions: readonly PlanVersion[]): Promise<boolean> {
    const newest = versions.at(-1)?.seq ?? 0;
    if (newest <= seq) return false;
    const book = bookWith(base, versions);
    const nextPlans = createPlanIndex(book);
    const nextWords = withPlanNames(words, book.plans);
    await pause();
    const taught = learnt?.taught;
    const made = await warmReader(nextPlans, taught ? withTaught(nextWords, taught) : nextWords, pause);
    plans = nextPlans;
    known = nextWords;
    seq = newest;
    reader = taught ? null : made;
    learnt = taught ? { seq, taught, reader: made } : null;
    retired = new Map(versions.flatMap(({ plan }) => plan.duties.map((duty) => [duty.id, duty])));
    return true;
  }

  return {
    seq: () => seq,
    update(versions) {
      const next = updating.then(() => takeOver(versions));
      updating = next.catch(() => undefined);
      return next;
    },
    reader: {
      read(text, context) {
        reader ??= createReader(plans, known);
        return reader.read(text, context);
      },
    },
    learn: (taught) => ({
      read(text, context) {
        if (learnt?.seq !== seq || learnt.taught !== taught) {
          learnt = { seq, taught, reader: createReader(plans, withTaught(known, taught)) };
          reader = null;
        }
        return learnt.reader.read(text, context);
      },
    }),
    plans: {
      get book() {
        return plans.book;
      },
      get tasks() {
        return plans.tasks;
      },
      plan: (id) => plans.plan(id),
      unit: (id) => plans.unit(id),
      group: (id) => plans.group(id),
      passage: (id) => plans.passage(id),
      duty: (id) => plans.duty(id) ?? retired.get(id),
      name: (party) => plans.name(party),
      members: (party) => plans.members(party),
      placed: (party) => plans.placed(party),
      duties: (unit) => plans.duties(unit),
    },
  };
}

/** The book that came with the bot, with the newest version of each published plan and the units that came with them. */
export function bookWith(base: Book, versions: readonly PlanVersion[]): Book {
  const plans = [...base.plans];
  const units: Unit[] = [...base.units];
  for (const version of versions) {
    const at = plans.findIndex(({ id }) => id === version.plan.id);
    if (at >= 0) plans[at] = version.plan;
    else plans.push(version.plan);
    for (const unit of version.units) if (!units.some(({ id }) => id === unit.id)) units.push(unit);
  }
  const added = units.slice(base.units.length);
  const groups = base.groups.map((group) => ({
    ...group,
    members: [...group.members, ...added.filter((unit) => unit.groups.includes(group.id)).map(({ id }) => id)],
  }));
  return { ...base, units, groups, plans };
}

/** Officers name a plan by its number or title; those that came with the bot have more names in its word lists. */
function withPlanNames(words: Words, plans: readonly Plan[]): Words {
  const named = plans.map(({ id, short, title, symbol }) => {
    const own: string[] = [short, title, ...(symbol ? [symbol] : [])].map((name) => name.replace(/[()|]/g, ' '));
    return [id, [...(words.names.plans[id] ?? []), ...own]] as [string, string[]];
  });
  return { ...words, names: { ...words.names, plans: { ...words.names.plans, ...Object.fromEntries(named) } } };
}
