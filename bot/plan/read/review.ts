/**
 * A proposal under review. What is kept is the document and what people decided; the proposal is read again from them, so
 * that a name once explained helps everywhere. Nothing is published before every part is confirmed.
 */
import { paragraphsOf } from '../assemble.ts';
import type { Item, PassageItem, PlanFile } from '../schema.ts';
import type { Book, Day, PartyId, ReportingDuty, Role, Schedule, Unit } from '../types.ts';
import { createPartyFinder } from './parties.ts';
import { proposePlan, textOf } from './propose.ts';
import type { Doubt, Paragraph, Part, Proposal } from './types.ts';

/** What a name of the document stands for: a unit or group of the list, a unit to be added, or nobody of the list. */
export type Meaning = { party: PartyId } | { unit: string } | { nobody: true };

export interface HeadEdit {
  short?: string;
  title?: string;
  issuer?: string;
  /** A plan that is loaded: this is a newer version of it. Null: a plan of its own. */
  versionOf?: string | null;
}

export interface DutyEdit {
  name: string;
  parties: PartyId[];
  receiver: PartyId | null;
  through: PartyId | null;
  before: Day | null;
}

/** Kept by the id of the part. `null` leaves a duty out. */
export interface Edits {
  assigned: Record<string, { party: PartyId; role: Role }[]>;
  schedule: Record<string, Exclude<Schedule, { kind: 'unstated' }> | null>;
  duty: Record<string, DutyEdit | null>;
  head: HeadEdit;
}

export interface Draft {
  paragraphs: Paragraph[];
  names: Record<string, Meaning>;
  edits: Edits;
  /** Part → what it was when somebody confirmed it; a part that changed since is confirmed no more. */
  confirmed: Record<string, string>;
}

export type Edit =
  | { do: 'name'; words: string; meaning: Meaning }
  | { do: 'assign'; key: string; assigned: { party: PartyId; role: Role }[] }
  | { do: 'schedule'; key: string; schedule: Exclude<Schedule, { kind: 'unstated' }> | null }
  | { do: 'duty'; key: string; duty: DutyEdit | null }
  | { do: 'head'; head: HeadEdit }
  | { do: 'confirm'; keys: string[] }
  /** Every part that is sure. */
  | { do: 'confirmSure' }
  | { do: 'reopen'; key: string };

export interface Reviewed extends Proposal {
  parts: (Part & { confirmed: boolean })[];
  /** Units that the review adds to the list. */
  units: Unit[];
  ready: boolean;
}

export const newDraft = (paragraphs: Paragraph[]): Draft => ({
  paragraphs,
  names: {},
  edits: { assigned: {}, schedule: {}, duty: {}, head: {} },
  confirmed: {},
});

export function reviewOf(draft: Draft, book: Book): Reviewed {
  const { within, units, proposal } = proposed(draft, book);
  const file = edited(proposal.file, draft.edits, within);
  const ignored = new Set(Object.entries(draft.names).flatMap(([words, m]) => ('nobody' in m ? [words] : [])));
  const duties = new Set(file.duties.map(({ id }) => id));
  const parts = proposal.parts
    .filter((part) => part.kind !== 'duty' || duties.has(part.key))
    .map((part) => {
      const doubts = part.doubts.filter((doubt) => stillDoubted(doubt, part, draft.edits, ignored));
      return { ...part, doubts, confirmed: draft.confirmed[part.key] === markOf(part.key, file) };
    });
  return { file, source: proposal.source, parts, units, ready: parts.every((p) => p.confirmed) };
}

interface Proposed {
  within: Book;
  units: Unit[];
  proposal: Proposal;
}
/** What was proposed last with each book: every tap on the page asks for it several times, and few of them change it. */
const last = new WeakMap<Book, { of: string; made: Proposed }>();

function proposed({ paragraphs, names }: Draft, book: Book): Proposed {
  const of = JSON.stringify([paragraphs, names]);
  const known = last.get(book);
  if (known?.of === of) return known.made;
  const { within, units } = withNames(book, names);
  const made = { within, units, proposal: proposePlan(paragraphs, within) };
  last.set(book, { of, made });
  return made;
}

/** @throws nothing: an edit of a part that is not there changes nothing */
export function editDraft(draft: Draft, edit: Edit, book: Book): Draft {
  const { edits } = draft;
  switch (edit.do) {
    case 'name':
      return { ...draft, names: { ...draft.names, [edit.words]: edit.meaning } };
    case 'assign':
      return confirm(
        { ...draft, edits: { ...edits, assigned: { ...edits.assigned, [edit.key]: edit.assigned } } },
        [edit.key],
        book,
      );
    case 'schedule':
      return confirm(
        { ...draft, edits: { ...edits, schedule: { ...edits.schedule, [edit.key]: edit.schedule } } },
        [edit.key],
        book,
      );
    case 'duty':
      return confirm(
        { ...draft, edits: { ...edits, duty: { ...edits.duty, [edit.key]: edit.duty } } },
        [edit.key],
        book,
      );
    case 'head':
      return confirm({ ...draft, edits: { ...edits, head: { ...edits.head, ...edit.head } } }, ['head'], book);
    case 'confirm':
      return edit.keys.length > 0 ? confirm(draft, edit.keys, book) : draft;
    case 'confirmSure': {
      const { parts, file } = reviewOf(draft, book);
      const marks = parts.filter((p) => p.doubts.length === 0).map(({ key }) => [key, markOf(key, file)] as const);
      return { ...draft, confirmed: { ...draft.confirmed, ...Object.fromEntries(marks) } };
    }
    case 'reopen': {
      const { [edit.key]: _, ...confirmed } = draft.confirmed;
      return { ...draft, confirmed };
    }
  }
}

function confirm(draft: Draft, keys: readonly string[], book: Book): Draft {
  const { parts, file } = reviewOf(draft, book);
  const known = parts.filter((p) => keys.includes(p.key)).map(({ key }) => [key, markOf(key, file)] as const);
  return { ...draft, confirmed: { ...draft.confirmed, ...Object.fromEntries(known) } };
}

/** The book with what the review has learnt of names. */
function withNames(book: Book, names: Draft['names']): { within: Book; units: Unit[] } {
  const added: Unit[] = [];
  // The same book again: what is made of it need not be made again.
  if (Object.keys(names).length === 0) return { within: book, units: added };
  const known = new Set([...book.units, ...book.groups].map(({ id }) => id));
  const everybody = book.groups.find(({ id }) => id === 'g-tat-ca');
  const meant = new Map<PartyId, string[]>();
  for (const [words, meaning] of Object.entries(names)) {
    if ('party' in meaning) meant.set(meaning.party, [...(meant.get(meaning.party) ?? []), words]);
    else if ('unit' in meaning) {
      const id = freeId(meaning.unit, known);
      const same = added.find((u) => u.name === meaning.unit);
      if (same) same.namesInPlans.push(words);
      else {
        known.add(id);
        added.push({
          id,
          name: meaning.unit,
          kind: 'co-quan',
          abbr: null,
          aliases: [],
          namesInPlans: [words],
          groups: everybody ? [everybody.id] : [],
        });
      }
    }
  }
  const groups = book.groups.map((group) => ({
    ...group,
    wordings: [...group.wordings, ...(meant.get(group.id) ?? [])],
    members: group === everybody ? [...group.members, ...added.map(({ id }) => id)] : group.members,
  }));
  const units = book.units.map((unit) => {
    const more = meant.get(unit.id);
    return more ? { ...unit, namesInPlans: [...unit.namesInPlans, ...more] } : unit;
  });
  return { within: { ...book, units: [...units, ...added], groups }, units: added };
}

function freeId(name: string, taken: ReadonlySet<string>): string {
  const wanted = slugOf(name);
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  return id;
}

const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'don-vi';

function edited(file: PlanFile, edits: Edits, book: Book): PlanFile {
  let heading = '';
  const finder = createPartyFinder(book);
  const document = file.document.map((item): Item => {
    if ('section' in item) heading = item.section;
    else if ('clause' in item) heading = item.clause;
    if (!('passage' in item)) return item;
    const assigned = edits.assigned[item.passage];
    const schedule = edits.schedule[item.passage];
    const { assigned: before, schedule: when, ...rest } = item;
    const parts = assigned ? assigned.map((a) => worded(a, item, heading, before ?? [], finder)) : before;
    return {
      ...rest,
      ...(parts && parts.length > 0 && { assigned: parts }),
      ...(schedule === undefined ? when && { schedule: when } : schedule && { schedule }),
    };
  });
  const duties = file.duties.flatMap((duty) => {
    const edit = edits.duty[duty.id];
    if (edit === null) return [];
    if (!edit) return [duty];
    const kind = edit.before ? ('deadline' as const) : duty.kind === 'deadline' ? ('programme' as const) : duty.kind;
    return [{ ...duty, ...edit, kind }];
  });
  const { versionOf, ...head } = edits.head;
  const id = versionOf === undefined ? file.id : (versionOf ?? ownId(file, book));
  const older = book.plans.find((plan) => plan.id === id);
  const order = older ? book.plans.indexOf(older) + 1 : book.plans.length + 1;
  return { ...file, ...head, id, order, document, duties };
}

/**
 * The file as it is published: its duties bear the plan's id, and those that the plan had before keep the id and name they
 * had, so that reports, forms and reminders go on.
 */
export function publishedFile({ file }: Pick<Reviewed, 'file'>, book: Book): PlanFile {
  const free = [...(book.plans.find(({ id }) => id === file.id)?.duties ?? [])];
  const local = (id: string) => id.slice(id.indexOf('/') + 1);
  const kept = new Map<string, { id: string; name: string }>();
  const same = [
    (d: PlanFile['duties'][number], o: ReportingDuty) => local(o.id) === local(d.id) || o.name === d.name,
    (d: PlanFile['duties'][number], o: ReportingDuty) =>
      o.receiver === d.receiver && o.kind === d.kind && o.before === d.before,
    (d: PlanFile['duties'][number], o: ReportingDuty) =>
      o.receiver === d.receiver && o.kind === d.kind && o.source.endsWith(`/${d.source}`),
  ];
  for (const alike of same)
    for (const duty of file.duties) {
      const at = kept.has(duty.id) ? -1 : free.findIndex((old) => alike(duty, old));
      if (at >= 0) kept.set(duty.id, free.splice(at, 1)[0]!);
    }
  const duties = file.duties.map((duty) => {
    const old = kept.get(duty.id);
    return old ? { ...duty, id: old.id, name: old.name } : { ...duty, id: `${file.id}/${local(duty.id)}` };
  });
  return { ...file, duties };
}

/** A plan of its own beside one with the same title. */
function ownId({ id }: PlanFile, book: Book): string {
  let own = id;
  for (let n = 2; book.plans.some((plan) => plan.id === own); n++) own = `${id}-${n}`;
  return own;
}

/** Words of the document for a part that a person gave: those that stood there before, the unit's name, or how the passage begins. */
function worded(
  { party, role }: { party: PartyId; role: Role },
  item: PassageItem,
  heading: string,
  before: NonNullable<PassageItem['assigned']>,
  finder: ReturnType<typeof createPartyFinder>,
): NonNullable<PassageItem['assigned']>[number] {
  const same = before.find((a) => a.party === party && a.role === role) ?? before.find((a) => a.party === party);
  if (same) return { ...same, role };
  for (const words of [textOf(item), heading, ...(item.lines ?? [])]) {
    const mention = finder.find(words).find((m) => m.party === party);
    if (mention) return { party, role, wording: words.slice(mention.from, mention.to) };
  }
  const first = paragraphsOf(item)[0]!;
  return { party, role, wording: first.length <= 60 ? first : first.slice(0, first.lastIndexOf(' ', 60)) };
}

/** What a person has settled is doubted no more. */
function stillDoubted(
  { reason, words }: Doubt,
  { key, kind }: Part,
  edits: Edits,
  ignored: ReadonlySet<string>,
): boolean {
  if (reason === 'unknownUnit' && words !== undefined && ignored.has(words)) return false;
  if (kind === 'head') return !settlesHead(reason, edits.head);
  if (kind === 'duty') return edits.duty[key] === undefined;
  const time =
    reason === 'unclearTime' || reason === 'yearTaken' || reason === 'severalTimes' || reason === 'proseTime';
  if (time) return edits.schedule[key] === undefined;
  return reason === 'joined' || reason === 'continued' || edits.assigned[key] === undefined;
}

const settlesHead = (reason: Doubt['reason'], head: HeadEdit): boolean =>
  (reason === 'newVersion' && head.versionOf !== undefined) ||
  (reason === 'noTitle' && head.title !== undefined) ||
  (reason === 'noIssuer' && head.issuer !== undefined);

/** What a part says now, in few letters. */
function markOf(key: string, file: PlanFile): string {
  const { document, duties, facts: _, ...head } = file;
  const item = document.find((i) => 'passage' in i && i.passage === key) ?? duties.find((d) => d.id === key);
  return hash(JSON.stringify(key === 'head' ? head : (item ?? null)));
}

/** FNV-1a twice, with different beginnings: told apart, not kept secret. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
