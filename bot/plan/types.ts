/**
 * The nouns of a plan: who must do what, in whose words, by when, and to whom it is reported.
 * Everything here is read from a document and never invented: what a document leaves open is `null`.
 */

/** A calendar day in Asia/Ho_Chi_Minh, `YYYY-MM-DD`. */
export type Day = string;
export type PlanId = string;
export type UnitId = string;
/** Ids of groups start with `g-`. */
export type GroupId = string;
export type PartyId = UnitId | GroupId;
/** `<plan>/<Mục>.<khoản>/<n>`: n is the bullet's place, `0` a paragraph without a dash, `.2` one that continues it. */
export type PassageId = string;

export type Role = 'lead' | 'implement' | 'coordinate';

/** An agency, force, organisation or commune. `code` and the fields after it exist for communes only. */
export interface Unit {
  id: UnitId;
  name: string;
  kind: string;
  abbr: string | null;
  aliases: string[];
  namesInPlans: string[];
  groups: GroupId[];
  note?: string;
  code?: string;
  commune?: string;
  formerArea?: string;
  formedFrom?: { name: string; district: string; extent: string }[];
}

/** A collective name of the plans ("Các sở, ban, ngành, đoàn thể"); `members` is empty where the plans list none. */
export interface UnitGroup {
  id: GroupId;
  name: string;
  wordings: string[];
  members: UnitId[];
  note?: string;
}

/** One party's part in a task, with the words of the document it was read from. */
export interface Assignment {
  party: PartyId;
  role: Role;
  wording: string;
}

/** When a task is to be done, always with the document's own words. */
export type Schedule =
  | { kind: 'continuous'; wording: string }
  | { kind: 'range'; wording: string; from: Day; to: Day }
  /** "trước ngày D": `before` is D; the last day still in time is the day before it. */
  | { kind: 'deadline'; wording: string; before: Day }
  | { kind: 'periodic'; wording: string }
  | { kind: 'byDirection'; wording: string }
  | { kind: 'session'; wording: string }
  /** The document says nothing of time for this task. */
  | { kind: 'unstated'; wording: '' };

/**
 * A citable piece of a plan, verbatim. `paragraphs` holds more than one where a page break cut it in two.
 * It is a task when it has assignments; otherwise it is content (purpose, requirements, measures, funding, …).
 */
export interface Passage {
  id: PassageId;
  plan: PlanId;
  /** Clause path as officers cite it: `IV.2`, `III.1`, `ten` for the title. */
  path: string;
  /** Heading of the clause the passage stands in, verbatim: `2. Sở Y tế`. Empty where the clause has none;
   * of the section where that has no clauses: `V. KINH PHÍ THỰC HIỆN`. */
  heading: string;
  paragraphs: string[];
  /** The paragraphs joined by a space: what is quoted. */
  text: string;
  /** Lines that state parties and time (`+ Đơn vị chủ trì: …`), verbatim. */
  lines: string[];
  assignments: Assignment[];
  schedule: Schedule;
  /** Topic ids of `prisma/plans/topics.yaml`. */
  topics: string[];
}

/** A duty to report, with its receiver and way in the document's words. */
export interface ReportingDuty {
  id: string;
  plan: PlanId;
  /** The passage that lays it down. */
  source: PassageId;
  /** How officers call it: `Báo cáo 6 tháng`. */
  name: string;
  kind: 'deadline' | 'occasion' | 'programme' | 'obstacle';
  /** Who must report (units or groups). */
  parties: PartyId[];
  /** Null where the plan names a system ("hệ thống phần mềm quản lý") and no unit. */
  receiver: UnitId | null;
  /** The unit it is handed in through: "qua Công an thành phố". */
  through: UnitId | null;
  /** Receiver and way, verbatim. */
  wording: string;
  period: { from: Day; to: Day } | null;
  /** The date named after "trước ngày"; the last day in time is the day before. */
  before: Day | null;
  /** The plan's own date, where an extension has moved `before` for one unit. */
  extendedFrom?: Day;
}

/** A fact about a plan that officers ask for; `source` is the passage that says it, `null` where the plan is silent. */
export interface PlanFact {
  key:
    | 'theme'
    | 'period'
    | 'funding'
    | 'signer'
    | 'number'
    | 'issuedOn'
    | 'basis'
    | 'recipients'
    | 'standing'
    | 'target'
    | 'purpose'
    | 'requirements';
  plan: PlanId;
  /** Verbatim words of the plan, or the empty string where it is silent. */
  text: string;
  sources: PassageId[];
}

export interface Plan {
  id: PlanId;
  /** Whole title, verbatim, on one line. */
  title: string;
  /** How the bot calls it in a line: `KH Tháng hành động 2026`. */
  short: string;
  /** `64/KH-BCĐ`; null for a draft without a number. */
  symbol: string | null;
  issuedOn: Day | null;
  issuer: string;
  /** Days of the campaign, where the plan has them. */
  period: { from: Day; to: Day } | null;
  theme: string | null;
  passages: Passage[];
  duties: ReportingDuty[];
  facts: PlanFact[];
}

export interface Topic {
  id: string;
  name: string;
  /** Other words for it, as officers type it. */
  synonyms: string[];
}

/** Everything the bot knows of plans and units; immutable once loaded. */
export interface Book {
  units: Unit[];
  groups: UnitGroup[];
  plans: Plan[];
  topics: Topic[];
}

/** One task as it reaches one unit: by its own name or through a group. */
export interface Placed {
  task: Passage;
  role: Role;
  /** Every part the unit has in the task by this way, strongest first; `role` is the first of them. */
  roles: Role[];
  wording: string;
  /** The group through which it reaches the unit; null when the unit itself is named. */
  via: GroupId | null;
  /** The plan names the unit or its kind ("Ủy ban nhân dân xã, phường, đặc khu", "các tổ chức chính trị - xã hội"). */
  own: boolean;
}

/** Look-ups over a book, made once for each version of the plans. */
export interface PlanIndex {
  book: Book;
  /** Passages that are tasks, in plan order. */
  tasks: Passage[];
  plan(id: PlanId): Plan | undefined;
  unit(id: UnitId): Unit | undefined;
  group(id: GroupId): UnitGroup | undefined;
  passage(id: PassageId): Passage | undefined;
  duty(id: string): ReportingDuty | undefined;
  /** Name of a unit or a group as the bot speaks it: `Sở Y tế`, `UBND phường Lê Chân`. */
  name(party: PartyId): string;
  /** A group's members; a unit is its own only member. */
  members(party: PartyId): UnitId[];
  /** Tasks of a unit or group: own before through groups; inside each by role (lead, implement, coordinate), then plan order. */
  placed(party: PartyId): Placed[];
  /** Reporting duties of a unit, by due date, those without one last. */
  duties(unit: UnitId): ReportingDuty[];
}

/** What an administrator has taught: another way to say something, or the clauses that a subject leads to. */
export interface Taught {
  /** As officers type it. */
  phrase: string;
  /** What it is read as; null where it is a subject of its own. */
  means: string | null;
  /** Clauses that answer where it is a subject. */
  passages: PassageId[];
}
