/** The nouns of reporting: forms as data, drafts, submitted reports, figures. Pure. */
import type { Day, UnitId } from '../plan/types.ts';

export type FieldId = string;
/** A figure (money in triệu đồng), a text or a day; a field that was not answered is absent, never zero. */
export type Value = number | string;
export type Values = Record<FieldId, Value>;

/** `file` holds what `attachment.ts` makes of one; a `text` may be short by its `max`. */
export type FieldKind = 'count' | 'money' | 'text' | 'day' | 'choice' | 'yesno' | 'file';

/** One answer of a choice: how it is shown and stored, and what officers say for it. */
export interface Option {
  label: string;
  aliases?: string[];
}

export interface Field {
  id: FieldId;
  kind: FieldKind;
  label: string;
  /** Words for it in free text, folded when compared. */
  aliases: string[];
  /** Largest figure, or most characters of a text. */
  max?: number;
  /** How much there is at the time (a balance): the latest counts, days are not added up. */
  stock?: true;
  /** The answers of a choice. */
  options?: Option[];
  /** What its figure counts, as read back: `buổi`, `triệu đồng`. */
  unit?: string;
  /** How it is said in a sentence, by patterns (see `pattern.ts`): `# SESSION`, `INSPECT: # PREMISES`. */
  said?: string[];
  /** Told without a number it is one: "tổ chức hội nghị cho 230 người". Two lists of words, one after the other. */
  one?: string[];
  /** Told so, with figures of what it is at most, it is none: "đều chấp hành tốt". Two lists of words as well. */
  zero?: string[];
}

/** A small group of fields asked for in one message. */
export interface Step {
  id: string;
  title: string;
  fields: FieldId[];
  example: string;
  /** The word list of the form that a short answer is about, as if it had been said: `TELL`. */
  topic?: string;
  /** Answers offered as choices; choosing one is the same as typing it. */
  choices?: string[];
  /** Whom it is asked; everybody when absent. */
  when?: When;
}

/** Units by kind or by id: one of both is enough. */
export interface When {
  kinds?: string[];
  units?: UnitId[];
}

/** Further figures of some units, from their tasks in the plans; added to the forms it names. */
export interface FormPart {
  id: string;
  forms: string[];
  when: When;
  /** Passages whose tasks the figures count. */
  sources: string[];
  steps: Step[];
  fields: Field[];
  checks?: Check[];
  words?: Record<string, string[]>;
  ignore?: string[];
}

/** A rule between two fields, with what the officer reads when it is broken. */
export interface Check {
  kind: 'atMost';
  field: FieldId;
  limit: FieldId;
  message: string;
}

/** A form is data: its definitions live in `prisma/plans/forms/`, validated on load; a draft stays with its version. */
export interface FormDefinition {
  id: string;
  version: number;
  title: string;
  steps: Step[];
  fields: Field[];
  checks: Check[];
  /** Lists of words that mean the same in patterns, by name: `PREMISES: [cơ sở, quán, …]`. */
  words?: Record<string, string[]>;
  /** Patterns whose number is none of the form's figures: `TEST: # PEOPLE`. */
  ignore?: string[];
  /** The duties it is the report of; it is offered when one of them is due. */
  duties?: string[];
  /** For every duty with a date that has no form of its own, as those of a plan that was just published. */
  general?: true;
  /** Files that may be sent along; none are taken without. */
  files?: FileRules;
  /** Further figures of some units. */
  parts?: FormPart[];
}

/** Whether a form takes a file, of which kinds, and how large. */
export interface FileRules {
  on: boolean;
  kinds: FileKind[];
  /** Megabytes. */
  most: number;
}
export const FILE_KINDS = ['pdf', 'docx', 'xlsx', 'jpeg', 'png', 'webp'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** An open form: exactly what the officer last saw. */
export interface Draft {
  /** Becomes the report's id, so that a form is handed in once however often that is asked. */
  id: string;
  form: string;
  version: number;
  unit: UnitId;
  /** Reporting duty it serves; null for a report outside any. */
  duty: string | null;
  /** Index of the step that is asked; `steps.length` is the review card. */
  step: number;
  values: Values;
  /** Put aside ("để sau"): messages are no longer taken as answers until it is resumed. */
  paused: boolean;
  startedOn: Day;
  /** The officer chose the duty; it no longer follows the period of the figures. */
  dutyChosen?: true;
  /** A single part is being mended: its answer leads back to the review card. */
  mending?: true;
  /** What the officer was asked to confirm, and has not yet. */
  asking?: 'cancel' | 'nothing' | 'unusual' | 'overlap';
  /** Why figures are far from the unit's own past, with those it was said of. */
  explained?: { reason: string; values: Values };
  /** The report that this form corrects, as it stood when the form was opened. */
  amends?: Amends;
}

export interface Amends {
  report: string;
  revision: number;
  /** Why an approved report is corrected. */
  reason?: string;
}

export type Timeliness = 'onTime' | 'late' | 'noDueDate';

/** submitted → approved, or returned → submitted again; withdrawn only before it was ever approved. */
export type ReportState = 'submitted' | 'approved' | 'returned' | 'withdrawn';

/** What a report says. */
export interface Content {
  values: Values;
  /** "Không phát sinh": a report of its own kind, never zero and never missing. */
  nothing: boolean;
}

/** A report as it was first handed in, with its newest content and where it stands. Every change of it is kept. */
export interface SubmittedReport extends Content, ReportStanding {
  id: string;
  /** What the officer keeps: `BC-2026-00017`. */
  receipt: string;
  form: string;
  version: number;
  unit: UnitId;
  duty: string | null;
  /** Instant of the first submission, ms UTC: that alone decides whether it was in time. */
  submittedAt: number;
  timeliness: Timeliness;
  /** Who first handed it in. */
  by: string;
  /** Version of the duty's plan that it was made under; told by the store, absent while there is only one. */
  planVersion?: number;
}

export interface ReportStanding {
  state: ReportState;
  /** Counts the changes of state and content, from 1; who decides names the one they saw. */
  revision: number;
  /** How often it was handed in. */
  edition: number;
  /** Instant of the newest change, ms UTC. */
  changedAt: number;
  /** Why it was returned or corrected, or how unusual figures were explained. */
  reason: string | null;
  /** Step of the form that is at fault; null for the whole report. */
  part: string | null;
  /** The latest approved content: it decides the figures. */
  approved: Content | null;
  /** What it said before it was last handed in again. */
  before: Content | null;
}
