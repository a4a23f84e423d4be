/** What the reading of a document yields: the plan as a file of `prisma/plans/`, and how sure each part of it is. */
import type { PlanFile } from '../schema.ts';

/** A paragraph as it stands in the document. */
export interface Paragraph {
  text: string;
  /** Place in a table; `of` numbers the tables, all places count from 0. */
  cell?: { of: number; row: number; column: number };
}

/** Why a part of a proposal should be looked at. Each has a sentence in `locales/vi/import.json`. */
export type Reason =
  /** A sentence that a page break had cut was put together. */
  | 'joined'
  /** A paragraph without a mark, taken as the continuation of the one before. */
  | 'continued'
  /** A place under units or among tasks where no unit was found. */
  | 'nobody'
  /** A name that is in no list of units: `words`. */
  | 'unknownUnit'
  /** A name that fits several units, or fits only without its marks: `words`. */
  | 'unclearUnit'
  /** "…" at the end of a list: the document leaves it open. */
  | 'openList'
  /** The units of the paragraph above were taken over. */
  | 'inherited'
  /** Read from the running text, not from a heading or a line for units. */
  | 'prose'
  /** One line gives parts of several kinds. */
  | 'composite'
  /** Words for time that say neither a date nor one of the known kinds: `words`. */
  | 'unclearTime'
  /** The year was not written and is taken from the plan. */
  | 'yearTaken'
  /** Two words for time in one paragraph. */
  | 'severalTimes'
  | 'proseTime'
  | 'noReceiver'
  | 'noReporter'
  | 'noTitle'
  | 'noIssuer'
  /** Another plan has this title or number: a newer version of it. */
  | 'newVersion'
  /** The bot has no form for this report yet. */
  | 'noNumber';

export interface Doubt {
  reason: Reason;
  words?: string;
}

/** A part of a proposal that a person confirms: the head, one passage, one duty to report. */
export interface Part {
  /** `head`, a passage's local id, or a duty's id. */
  key: string;
  kind: 'head' | 'passage' | 'duty';
  /** None: sure. */
  doubts: Doubt[];
}

export interface Proposal {
  file: PlanFile;
  /** Every paragraph of the document, once, in order: what `source.txt` holds. */
  source: string[];
  /** In the order of the document. */
  parts: Part[];
}

export const isSure = (part: Part): boolean => part.doubts.length === 0;

/** The unsure first, then the order of the document. */
export const byDoubt = <P extends Part>(parts: readonly P[]): P[] =>
  parts.toSorted((a, b) => Number(isSure(a)) - Number(isSure(b)));
