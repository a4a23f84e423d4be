/** From a document's paragraphs to the plan they say: a proposal, with what a person should look at. Pure. */
import { createPhrases, tokensOf } from '../../language/phrases.ts';
import { isPassage, paragraphsOf } from '../assemble.ts';
import type { Item, PassageItem, PlanFile } from '../schema.ts';
import type { Book, Topic } from '../types.ts';
import { dutiesOf, type Told } from './duties.ts';
import { factsOf, type Headed, headOf, yearOf } from './head.ts';
import { createPartyFinder, type PartyFinder } from './parties.ts';
import { inlineLines, partsOfLine, roleOfLabel } from './party-lines.ts';
import {
  type Given,
  merge,
  nothing,
  type Parts,
  partsBesideLines,
  partsOfProse,
  type Spoken,
  type Subject,
  spokenSubjects,
  unique,
} from './roles.ts';
import { scheduleInProse, scheduleOf, type Timed } from './schedules.ts';
import { type Block, type Piece, structureOf } from './structure.ts';
import type { Doubt, Paragraph, Part, Proposal } from './types.ts';

/** What stands around a passage. */
interface Clause {
  heading: string;
  subjects: Subject[];
  doubts: Doubt[];
  section: number;
}

interface Placed {
  piece: Piece;
  clause: Clause;
}

/** A passage on its way into the plan. */
interface Read extends Placed {
  parts: Parts;
  timed: Timed;
  linesOf: string | null;
  /** The passage whose words name the doers, where it is not this one. */
  from: string | null;
  own: Spoken;
}

export function proposePlan(paragraphs: readonly Paragraph[], book: Book): Proposal {
  const finder = createPartyFinder(book);
  const { blocks, source } = structureOf(paragraphs);
  const named = new Map(blocks.flatMap((b) => (b.kind === 'named' ? [[b.id, b.paragraphs.join(' ')] as const] : [])));
  const year = yearOf(named);
  const read = readPieces(withStrangers(placedOf(blocks, finder)), finder, year);
  const topics = topicFinder(book.topics);
  const items = new Map(read.map((r) => [r.piece.id, itemOf(r, topics)]));
  const headed = read.map(
    ({ piece, clause }): Headed => ({ id: piece.id, heading: clause.heading, text: piece.paragraphs.join(' ') }),
  );
  const { head, doubts } = headOf(named, headed, finder, book.plans, year);
  const duties = dutiesOf(
    head,
    read.map((r) => toldOf(r, items.get(r.piece.id)!, read)),
    finder,
    year,
  );
  const file: PlanFile = {
    ...head,
    document: blocks.flatMap((block) => itemsOf(block, items)),
    duties: duties.map(({ duty }) => duty),
    facts: factsOf(named, headed, head, year),
  };
  const bodyParts = read.map((r): Part => ({ key: r.piece.id, kind: 'passage', doubts: doubtsOf(r, read) }));
  const dutyParts = duties.map(({ duty, doubts }): Part => ({ key: duty.id, kind: 'duty', doubts: unique(doubts) }));
  return { file, source, parts: [{ key: 'head', kind: 'head', doubts }, ...bodyParts, ...dutyParts] };
}

const HEAD_PREFIX =
  /^(?:Đề nghị|Trân trọng đề nghị|Giao|Đối với|Trách nhiệm (?:của\s+)?|Nhiệm vụ (?:của\s+)?|Phân công(?: cho)?|Các đồng chí)\s*/iu;

/** Whom a heading names as the ones who act: all of it must be names. */
function headingSubjects(words: string, finder: PartyFinder): Pick<Clause, 'subjects' | 'doubts'> {
  const prefix = HEAD_PREFIX.exec(words)?.[0].length ?? 0;
  const list = finder.list(words, prefix);
  const rest = words.slice(list.to).replace(/^[\s,;]*(?:đơn vị(?: có)? liên quan|và\s+)?/iu, '');
  if (!/^[\s.:;)]*$/u.test(rest) && !/^\s*\([^)]*\)[\s.:]*$/u.test(rest)) return { subjects: [], doubts: [] };
  return {
    subjects: list.mentions.map((m, i) => ({
      party: m.party,
      wording: i === 0 && prefix > 0 && /^Đề nghị/iu.test(words) ? words.slice(0, m.to) : words.slice(m.from, m.to),
    })),
    doubts: [
      ...list.unknown.map(({ words: name }): Doubt => ({ reason: 'unknownUnit', words: name })),
      ...list.mentions
        .filter((m) => m.unclear)
        .map((m): Doubt => ({ reason: 'unclearUnit', words: words.slice(m.from, m.to) })),
    ],
  };
}

function placedOf(blocks: readonly Block[], finder: PartyFinder): Placed[] {
  let section = 0;
  let above: Clause = { heading: '', subjects: [], doubts: [], section };
  let clause = above;
  return blocks.flatMap((block): Placed[] => {
    if (block.kind === 'heading') {
      const told = headingSubjects(block.words, finder);
      if (block.level === 1) {
        section++;
        above = { heading: block.raw, ...told, section };
        clause = above;
      } else {
        const passes = told.subjects.length === 0 && told.doubts.length === 0;
        clause = {
          heading: block.raw,
          ...(passes ? { subjects: above.subjects, doubts: above.doubts } : told),
          section,
        };
      }
    }
    return block.kind === 'piece' ? [{ piece: block.piece, clause }] : [];
  });
}

/** Among headings that name units, one that names nobody known names a unit that is not in the list. */
function withStrangers(placed: readonly Placed[]): Placed[] {
  const clauses = [...new Set(placed.map(({ clause }) => clause))];
  return placed.map(({ piece, clause }) => {
    const beside = clauses.filter((c) => c.section === clause.section);
    const told = beside.filter((c) => c.subjects.length > 0).length;
    const strange =
      clause.subjects.length === 0 && clause.doubts.length === 0 && beside.length > 2 && told * 3 >= beside.length * 2;
    const words = clause.heading.replace(/^[^\s]+\s+/u, '').replace(/[.:;]+$/u, '');
    return { piece, clause: strange ? { ...clause, doubts: [{ reason: 'unknownUnit' as const, words }] } : clause };
  });
}

function readPieces(placed: readonly Placed[], finder: PartyFinder, year: number | null): Read[] {
  const read: Read[] = [];
  const linesFrom = sharedLines(placed);
  for (const { piece, clause } of placed) {
    const owner = linesFrom.get(piece.id) ?? null;
    const lines = piece.lines.length > 0 ? piece.lines : (placed.find((p) => p.piece.id === owner)?.piece.lines ?? []);
    const text = piece.paragraphs.join(' ');
    const inline = lines.length > 0 ? [] : inlineLines(text);
    const partyLines = [...lines.map(({ line }) => line), ...inline].filter((l) => l.kind === 'party');
    const timeLines = [...lines.map(({ line }) => line), ...inline].filter((l) => l.kind === 'time');
    const above = aboveOf(piece, read);
    const own = spokenSubjects(text, finder, clause.subjects.length === 0);
    let parts: Parts;
    let from: string | null = null;
    if (partyLines.length > 0) {
      const given = partyLines.map((l) =>
        partsOfLine('mark' in l && l.mark === 'cell' ? '' : l.label, l.words, roleOfLabel(l.label), finder),
      );
      const told = merge(...given);
      const beside = partsBesideLines(text, finder);
      const more = beside.given.filter((g) => !told.given.some((t) => t.party === g.party));
      parts = merge(told, more.length > 0 ? { given: more, doubts: beside.doubts } : nothing());
      if (owner) parts.doubts.push({ reason: 'inherited' });
    } else {
      const standing = piece.continues === null ? null : above?.own.named ? above.own.subjects : null;
      const subjects = standing ?? clause.subjects;
      parts = partsOfProse(text, subjects, own, finder);
      if (parts.given.length === 0 && above && isDashUnder(piece, above) && above.parts.given.length > 0) {
        const doers = above.parts.given.filter(({ role }) => role !== 'coordinate' || above.piece.lines.length > 0);
        parts = { given: doers, doubts: [{ reason: 'inherited' }] };
        from = above.from ?? above.piece.id;
      }
      // A heading with a strange name matters to those who have nobody else.
      if (clause.subjects.length > 0 || parts.given.length === 0) parts.doubts.push(...clause.doubts);
    }
    const timed =
      timeLines.length > 0 ? scheduleOf(timeLines.map((l) => l.words).join('; '), year) : scheduleInProse(text, year);
    read.push({ piece, clause, parts, timed, linesOf: owner, from, own });
  }
  return read;
}

/** The passage that a dash stands under, or that a paragraph continues. */
function aboveOf(piece: Piece, read: readonly Read[]): Read | undefined {
  if (piece.continues !== null) return read.find((r) => r.piece.id === piece.continues);
  const path = piece.id.split('/')[0]!;
  return read.findLast((r) => r.piece.id === `${path}/0`);
}

const isDashUnder = (piece: Piece, above: Read): boolean =>
  piece.continues === null &&
  above.piece.id !== piece.id &&
  above.piece.id.endsWith('/0') &&
  above.clause.subjects.length === 0;

/** Lines that stand below several paragraphs are of all of them: after a continuation, or at the end of a list of dashes. */
function sharedLines(placed: readonly Placed[]): Map<string, string> {
  const shared = new Map<string, string>();
  const hasParty = ({ piece }: Placed) => piece.lines.some(({ line }) => line.kind === 'party');
  for (const one of placed) {
    if (one.piece.continues === null || !hasParty(one)) continue;
    const base = placed.find(({ piece }) => piece.id === one.piece.continues);
    if (base && base.piece.lines.length === 0 && !one.piece.mark) shared.set(base.piece.id, one.piece.id);
  }
  const clauses = new Map<string, Placed[]>();
  for (const one of placed) {
    const path = one.piece.id.split('/')[0]!;
    clauses.set(path, [...(clauses.get(path) ?? []), one]);
  }
  for (const all of clauses.values()) {
    const last = all.at(-1)!;
    const others = all.slice(0, -1);
    if (others.length === 0 || !hasParty(last) || last.piece.continues !== null || last.clause.subjects.length > 0)
      continue;
    if (last.piece.mark === '-' && others.every((o) => o.piece.lines.length === 0 && o.piece.mark === '-'))
      for (const o of others) shared.set(o.piece.id, last.piece.id);
  }
  return shared;
}

function itemOf({ piece, clause, parts, timed, linesOf, from }: Read, topics: (text: string) => string[]): PassageItem {
  const text = piece.paragraphs.join(' ');
  const raw = piece.lines.map((l) => l.raw);
  const around = [text, clause.heading, ...raw];
  const found = topics(text);
  return {
    passage: piece.id,
    ...(piece.mark !== undefined && { mark: piece.mark }),
    text: piece.paragraphs.length === 1 ? piece.paragraphs[0]! : piece.paragraphs,
    ...(raw.length > 0 ? { lines: raw } : linesOf !== null && { linesOf }),
    ...(parts.given.length > 0 && {
      assigned: parts.given.map((given) => assignedOf(given, from, linesOf === null ? around : null)),
    }),
    ...(timed.schedule && timed.schedule.kind !== 'unstated' && { schedule: timed.schedule }),
    ...(found.length > 0 && { topics: found }),
  };
}

/** Words must stand where they are said to stand; a label apart from its name by other spaces is left out. */
function assignedOf({ party, role, wording }: Given, from: string | null, around: readonly string[] | null) {
  const bare = wording.replace(/^[^:]{1,60}:\s/u, '');
  const words =
    around && !around.some((a) => a.includes(wording)) && around.some((a) => a.includes(bare)) ? bare : wording;
  return { party, role, wording: words, ...(from !== null && { from }) };
}

const shelves = new WeakMap<readonly Topic[], (text: string) => string[]>();

function topicFinder(topics: readonly Topic[]): (text: string) => string[] {
  const known = shelves.get(topics);
  if (known) return known;
  const finder = makeTopicFinder(topics);
  shelves.set(topics, finder);
  return finder;
}

function makeTopicFinder(topics: readonly Topic[]): (text: string) => string[] {
  const phrases = createPhrases<string>();
  for (const { id, name, synonyms } of topics) for (const words of [name, ...synonyms]) phrases.add(words, id);
  return (text) => [
    ...new Set(
      phrases
        .all(tokensOf(text))
        .filter((f) => f.exact && f.to - f.from >= 2)
        .map((f) => f.payload),
    ),
  ];
}

function toldOf(r: Read, item: PassageItem, read: readonly Read[]): Told {
  const above = aboveOf(r.piece, read);
  const doers = (item.assigned ?? []).filter(({ role }) => role !== 'coordinate').map(({ party }) => party);
  const subjects = (r.own.subjects.length > 0 ? r.own.subjects : r.clause.subjects).map(({ party }) => party);
  return {
    id: r.piece.id,
    text: r.piece.paragraphs.join(' '),
    under: above && above.piece.id !== r.piece.id ? above.piece.id : null,
    doers: [...new Set(doers.length > 0 ? doers : subjects)],
  };
}

function itemsOf(block: Block, items: ReadonlyMap<string, PassageItem>): Item[] {
  switch (block.kind) {
    case 'heading':
      return [block.level === 1 ? { section: block.raw } : { clause: block.raw }];
    case 'layout':
      return [{ layout: [block.raw] }];
    case 'piece':
      return [items.get(block.piece.id)!];
    case 'named':
      return [{ passage: block.id, text: block.paragraphs.length === 1 ? block.paragraphs[0]! : block.paragraphs }];
  }
}

/** Where most passages of a section have somebody, one without is asked about. */
function doubtsOf(r: Read, all: readonly Read[]): Doubt[] {
  const section = all.filter(({ clause }) => clause.section === r.clause.section);
  const taken = section.filter(({ parts }) => parts.given.length > 0).length;
  const asked = r.parts.doubts.some(({ reason }) => reason === 'unknownUnit');
  const nobody =
    r.parts.given.length === 0 && !asked && taken * 2 > section.length && !/^kinh phí/iu.test(r.piece.paragraphs[0]!);
  return unique([
    ...r.piece.doubts,
    ...r.parts.doubts,
    ...r.timed.doubts,
    ...(nobody ? [{ reason: 'nobody' as const }] : []),
  ]);
}

/** How many tasks a proposal has: passages that somebody is given. */
export const tasksIn = ({ document }: PlanFile): PassageItem[] =>
  document.filter(isPassage).filter((item) => (item.assigned ?? []).length > 0);

export const textOf = (item: PassageItem): string => paragraphsOf(item).join(' ');
