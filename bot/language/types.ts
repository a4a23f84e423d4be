/** What a typed message is understood to ask. */
import type { Day, PartyId, PassageId, PlanId, Role, UnitId } from '../plan/types.ts';
import type { Span } from './day-named.ts';
import type { Facet } from './words.ts';

export type Intent =
  | 'unit_tasks'
  | 'topic_owner'
  | 'task_search'
  | 'deadline'
  | 'report_how'
  | 'plan_info'
  | 'days_left'
  | 'who_reported'
  | 'greeting'
  | 'thanks'
  | 'help'
  | 'out_of_scope'
  | 'sensitive'
  /** Wants to hand in a report now: "báo cáo", "nộp bc". */
  | 'start_report'
  /** Nothing in the plans or of the bot's work was recognised. */
  | 'unknown';

export interface Reading {
  intent: Intent;
  /** Further requests in the same message, in order: "nhiệm vụ và hạn nộp của …". */
  also: Intent[];
  /** `unsure`: offer it as a choice, never as a fact. */
  confidence: 'sure' | 'likely' | 'unsure';
  /** Units or groups the message names, or the asker's own for "đơn vị tôi"; longest names first read, in order of mention. */
  parties: PartyId[];
  /** Names that fit several units and must be asked back; `near`: no unit's name, only near to these. */
  ambiguous: { words: string; options: PartyId[]; near?: boolean }[];
  /** True when the asker's own unit is meant, named or not. */
  own: boolean;
  plan: PlanId | null;
  role: Role | null;
  /** Passages the message is about, best first. */
  passages: { id: PassageId; score: number }[];
  /** Others that only mention the subject, in plan order: for a complete list. */
  beside: PassageId[];
  /** The n-th of what was shown last ("cái thứ 2"), 1-based; null when none is meant. */
  nth: number | null;
  /** Understood as a follow-up of the last answer. */
  followUp: boolean;
  /** With whom the unit works together: "phối hợp với Công an việc gì". */
  partner: PartyId | null;
  /** Which report, date or fact of a plan is meant. */
  facets: Facet[];
  /** A day that the message names: "15/6 nộp được không". */
  day: Day | null;
  /** A month or a week that it names: "tháng 7 nộp gì". */
  span: Span | null;
  /** A body of the plans near to one that they do not name. */
  instead: PartyId | null;
  /** Wants the whole words of what was shown: "nói rõ hơn". */
  detail: boolean;
  /** Subjects of the index that the message names. */
  topics: string[];
  /** The subject as typed, for "Không thấy … trong kế hoạch". */
  subject: string;
  /** The whole message without marks, its abbreviations and typing errors undone. */
  words: string;
}

export interface ReadingContext {
  asker: UnitId | null;
  today: Day;
  /** May see the figures of every unit. */
  seesAll?: boolean;
  /** What the last answer was about. */
  focus?: { intent?: Intent; party?: PartyId; plan?: PlanId; shown: PassageId[] };
}

export interface Reader {
  read(text: string, context: ReadingContext): Reading;
}
