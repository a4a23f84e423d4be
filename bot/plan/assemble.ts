/** From the files as written to the nouns of a plan; what cannot be right is found by `check.ts`. */
import { numberOf } from './places.ts';
import type { Item, PassageItem, PlanFile, TopicsFile, UnitsFile } from './schema.ts';
import type { Book, Passage, Plan, PlanFact, ReportingDuty, Topic, Unit, UnitGroup } from './types.ts';

/** An item of `document:` that is a passage, with its place there. */
export interface Written {
  index: number;
  item: PassageItem;
  heading: string;
}

export const isPassage = (item: Item): item is PassageItem => 'passage' in item;
export const paragraphsOf = (item: PassageItem): string[] => (typeof item.text === 'string' ? [item.text] : item.text);

/** Passages in document order, each with the heading it stands under. */
export function writtenPassages(file: PlanFile): Written[] {
  let heading = '';
  const found: Written[] = [];
  file.document.forEach((item, index) => {
    if ('section' in item) heading = item.section;
    else if ('clause' in item) heading = item.clause;
    else if (isPassage(item)) found.push({ index, item, heading: headingFor(item, heading) });
  });
  return found;
}

/** A numbered passage is a clause without a heading of its own: the section's heading is not its heading. */
function headingFor({ passage }: PassageItem, heading: string): string {
  const path = /^([^/]+)\/\d/.exec(passage)?.[1];
  const number = path === undefined ? undefined : numberOf(heading)?.number;
  return number !== undefined && (path === number || path!.endsWith(`.${number}`)) ? heading : '';
}

export function assemblePlan(file: PlanFile): Plan {
  const full = (local: string) => `${file.id}/${local}`;
  const written = writtenPassages(file);
  const linesAt = new Map(written.map(({ item }) => [item.passage, item.lines ?? []]));
  const passages = written.map(({ item, heading }): Passage => {
    const paragraphs = paragraphsOf(item);
    return {
      id: full(item.passage),
      plan: file.id,
      path: item.passage.split('/')[0]!,
      heading,
      paragraphs,
      text: paragraphs.join(' '),
      lines: item.lines ?? linesAt.get(item.linesOf ?? '') ?? [],
      assignments: (item.assigned ?? []).map(({ party, role, wording }) => ({ party, role, wording })),
      schedule: item.schedule ?? { kind: 'unstated', wording: '' },
      topics: item.topics ?? [],
    };
  });
  const paragraphsAt = new Map(passages.map((p) => [p.id, p.paragraphs]));
  const { id, title, short, symbol, issuedOn, issuer, period, theme } = file;
  return {
    ...{ id, title, short, symbol, issuedOn, issuer, period, theme, passages },
    duties: file.duties.map(
      ({ alsoIn: _, ...duty }): ReportingDuty => ({ ...duty, plan: id, source: full(duty.source) }),
    ),
    facts: file.facts.map(({ key, sources, text }): PlanFact => {
      const full_ = sources.map(full);
      return {
        ...{ key, plan: id, sources: full_ },
        text: text ?? full_.flatMap((source) => paragraphsAt.get(source) ?? []).join('\n'),
      };
    }),
  };
}

export function assembleBook(units: UnitsFile, topics: TopicsFile, plans: readonly PlanFile[]): Book {
  return {
    units: units.units as Unit[],
    groups: units.groups.map(
      (group): UnitGroup => ({
        ...group,
        members: units.units.filter((unit) => unit.groups.includes(group.id)).map(({ id }) => id),
      }),
    ),
    plans: plans.toSorted((a, b) => a.order - b.order).map(assemblePlan),
    topics: topics satisfies Topic[],
  };
}
