/** What officials may correct about how officers write: read from `prisma/plans/language/*.yaml`. */
import type { PartyId, PassageId, PlanId } from '../plan/types.ts';

/** A way of typing and what it stands for; `#` stands for a number. */
export interface Abbreviation {
  typed: string[];
  means: string;
  /** Only when the next typed word is one of these. */
  before?: string[];
  /** Only when the words just before are one of these. */
  after?: string[];
}

/** A line of the subject index: how it is called, and the passages that speak of it. */
export interface Subject {
  subject: string;
  words: string[];
  main: PassageId[];
  /** Passages for "who is responsible?", where these are fewer than `main`. */
  owner?: PassageId[];
  also?: PassageId[];
}

export interface Names {
  units: Record<PartyId, string[]>;
  groups: Record<PartyId, string[]>;
  commonWords: string[];
  bodies: string[];
  police: string[];
  communeTypes: Record<string, string[]>;
  own: string[];
  plans: Record<PlanId, string[]>;
  bothPlans: string[];
  /** Groups that are only a manner of speaking. */
  notAsked: PartyId[];
}

/** What words ask for. */
export const CUES = [
  'who',
  'lead',
  'implement',
  'coordinate',
  'task',
  'search',
  'when',
  'daysLeft',
  'report',
  'send',
  'how',
  'whoReported',
  'greeting',
  'thanks',
  'help',
  'startReport',
  'list',
  'followUp',
  'correction',
  'detail',
  'that',
  'nthWords',
  'more',
] as const;
export type Cue = (typeof CUES)[number];

/** Which report, date or fact is meant. */
export const FACETS = [
  'halfYear',
  'year',
  'restOfYear',
  'campaignReport',
  'campaign',
  'peak',
  'occasion',
  'following',
  'obstacle',
  'inTime',
  'figures',
  'nineMonths',
  'quarterly',
  'monthly',
  'weekly',
  'programme',
  'subproject3',
  'session',
  'nationalDay',
  'milestones',
  'contact',
  'way',
  'template',
  'cutoff',
  'upward',
  'through',
  'periodic',
  'theme',
  'funding',
  'signer',
  'number',
  'issuedOn',
  'issuer',
  'basis',
  'recipients',
  'standing',
  'target',
  'purpose',
  'requirements',
  'replaced',
  'all',
] as const;
export type Facet = (typeof FACETS)[number];

/**
 * `@name` in a group is any phrase of that class. A refusal fits when one phrase of every group stands in the message, and none of `unless`; with `within`, the groups
 * one after the other, at most so many words apart.
 */
export interface Refusal {
  about: string;
  all: string[][];
  within?: number;
  unless?: string[];
  /** The body of the plans that is near to what was asked for. */
  instead?: PartyId;
}

export interface Words {
  abbreviations: Abbreviation[];
  subjects: Subject[];
  names: Names;
  cues: Record<Cue, string[]>;
  facets: Record<Facet, string[]>;
  stop: string[];
  /** Word classes that the refusals are composed of. */
  classes: Record<string, string[]>;
  sensitive: Refusal[];
  outOfScope: Refusal[];
}
