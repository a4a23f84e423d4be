/** What goes in and out of a conversation. Pure data: no channel, no database, no clock. */
import type { MatterKind, NewMatter, StepKind, TaskMark } from '../desk/types.ts';
import type { Scope } from '../digest/types.ts';
import type { Intent } from '../language/types.ts';
import type { Extension } from '../plan/extended.ts';
import type { Draft as PlanDraft } from '../plan/read/review.ts';
import type { Day, PassageId, Plan, PlanId, Unit, UnitId } from '../plan/types.ts';
import type { Attachment } from '../report/attachment.ts';
import type { Draft, FileKind, SubmittedReport, Values } from '../report/types.ts';
import type { Period, TotalsScope } from '../totals/types.ts';

export type { Scope };

/** Milliseconds since 1970-01-01 UTC, by the bot's own clock. */
export type Instant = number;
/** The place, never the library. */
export type ChannelId = 'telegram' | 'zalo' | 'web';
export type Address = `${ChannelId}:${string}`;
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Where something was said. In a group the bot answers only when `addressed`. */
export interface Chat {
  address: Address;
  kind: 'private' | 'group';
  title?: string;
  addressed: boolean;
  /** Forum topic on channels that have them. */
  thread?: string;
}

export interface FileRef {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  /** It was fetched for the open form and is kept. */
  kept?: Attachment;
  /** It was not: too large, of a kind the form does not take, or not to be had. */
  refused?: 'big' | 'kind' | 'gone';
}

/** Something that happened on a channel; `id` is unique for ever, so a repeat is recognised. */
/**
 * `message` is the platform's id of what a person wrote, where it can be taken back; `quoted` the words of the bot's own
 * message that theirs replies to, where the platform tells. `edited`: the message was there before, with other words.
 */
export type Event = {
  id: string;
  at: Instant;
  from: Address;
  fromName?: string;
  chat: Chat;
  message?: string;
  quoted?: string;
  edited?: true;
} & (
  | { kind: 'said'; text: string }
  | { kind: 'chose'; token: string }
  /** `album`: the platform's name of what was sent at once, one event for each. */
  | { kind: 'sent'; file: FileRef; caption?: string; album?: string }
  | { kind: 'joined' }
  | { kind: 'left' }
  | { kind: 'moved'; to: Address }
);

/** A paragraph of a reply; `quote` is the plan's own words, `note` is small print. */
export interface Text {
  as: 'text' | 'title' | 'quote' | 'note';
  text: string;
}

/** A choice as sent: its token is short and opaque; typing its label or its number is the same as pressing it. */
export interface Choice {
  token: string;
  label: string;
}

export interface Picture {
  name: string;
  mediaType: 'image/png' | 'image/svg+xml';
  /** Says the same for those who cannot see it. */
  alt: string;
  base64: string;
}

/** A document that is made when it is sent or downloaded, of the figures as they were at an instant. */
export interface Paper {
  /** `tong-hop-2026-06-08-2026-06-14.xlsx` */
  name: string;
  format: 'csv' | 'jsonl' | FileKind;
  at: Instant;
  /** An official report (an id of `prisma/plans/official.yaml`), the totals of a scope in a period, or the record. */
  of:
    | { kind: 'official'; report: string }
    | { kind: 'totals'; scope: TotalsScope; period: Period }
    | { kind: 'record' }
    /** The codes of invitations, each made of the seed and its unit. */
    | { kind: 'invitations'; seed: string; units: UnitId[]; until: Instant }
    /** A file that came with a report, as it was sent. */
    | { kind: 'attachment'; hash: string; unit: UnitId };
}

/** What the bot says, as it is queued and kept. */
export interface Reply {
  text: Text[];
  choices?: Choice[];
  /** A bare number would be taken for something else than a choice: its label is to be typed. */
  byLabel?: true;
  picture?: Picture;
  paper?: Paper;
  /** Passages the reply quotes or rests on. */
  source?: PassageId[];
}

/** A request the bot understands: which talk answers it, with what. A choice is a stored Ask. */
export interface Ask {
  talk: string;
  args: Json;
}

/** A choice as a talk offers it; `converse` gives it its token. */
export interface Offer {
  label: string;
  ask: Ask;
  /** What "có", "vâng", "đồng ý" stand for, while no form is open. */
  yes?: true;
}

/** A reply as a talk writes it. */
export interface Draughted {
  text: Text[];
  offers?: Offer[];
  picture?: Picture;
  paper?: Paper;
  source?: PassageId[];
}

export interface Offered {
  token: string;
  label: string;
  ask: Ask;
  yes?: true;
  /** Came with a message that nobody asked for: it has no number. */
  unasked?: true;
  /** Holds until it is taken, whatever is said in between. */
  lasting?: true;
}

/** What the last answer was about, for follow-ups ("còn hải quan?", "cái thứ 2", "trang sau"). */
export interface Focus {
  ask: Ask;
  intent?: Intent;
  unit?: string;
  plan?: string;
  /** Passages shown, in the order shown. */
  shown: PassageId[];
  /** The question as typed, for "không đúng ý". */
  said?: string;
}

/** The memory of one conversation: one person on any channel, or one group. Holds nothing that can be derived. */
export interface Session {
  draft?: Draft;
  offered: Offered[];
  focus?: Focus;
  /** The talk that asked for words: the next typed message, unless it is a command or a choice, goes to it as `text`. */
  awaits?: { talk: string; args: { [key: string]: Json } };
  /** Codes typed that do not exist: so many, the last of them then. */
  wrongCodes?: { count: number; at: Instant };
  /** The last message that was heard while words were waited for, and the form as it was before it. */
  heard?: { message: string; draft?: Draft };
  /** The album of which a file was of no use just now. */
  album?: string;
}

export type PersonRole = 'officer' | 'head' | 'coordinator' | 'administrator';

export interface Person {
  id: string;
  name: string;
  memberships: { unit: UnitId; role: PersonRole }[];
  quiet?: Quiet;
  /** The channel on which they are written to first; absent for the one last used. */
  preferred?: ChannelId;
}

/** Where a person can be written to. */
export interface OwnPlace {
  address: Address;
  /** Of a device of the web chat: `Chrome, Android`. */
  label: string | null;
}

/** Somebody without an invitation asks to join a unit. */
export interface JoinRequest {
  id: string;
  address: Address;
  /** As the channel tells it. */
  name: string;
  unit: UnitId;
  at: Instant;
}

/** No reminders up to and with a day; meanwhile they go to the deputy, where one is named. */
export interface Quiet {
  until: Day;
  /** Person id. */
  deputy?: string;
}

export interface GroupChat {
  address: Address;
  title: string;
  scope: Scope;
  /** Hour of the daily digest, `HH:MM` in Asia/Ho_Chi_Minh. */
  digestAt: string;
  /** Weekdays of the digest, 1 Monday … 7 Sunday; every day when absent. */
  days?: number[];
  /** What is left out of the digest. */
  without?: DigestPart[];
  /** No digest until resumed. */
  paused?: true;
  linkedBy: string;
}

export type DigestPart = 'picture' | 'figures';

export interface Invitation {
  codeHash: string;
  unit: UnitId;
  role: PersonRole;
  expiresAt: Instant;
  usedAt: Instant | null;
  /** Taken back by a coordinator. */
  revoked?: true;
}

/** The reporting of a unit passes from one of its officers to another, once both have said so. */
export interface Handover {
  id: string;
  unit: UnitId;
  /** Person ids; `to` is null until whoever got the invitation has used it. */
  from: string;
  to: string | null;
  /** Of the invitation for a colleague who is not registered yet. */
  codeHash: string | null;
  at: Instant;
}

/** A code with which a person takes another channel to their registration. */
export interface LinkCode {
  codeHash: string;
  person: string;
  /** Where that person can be written to, the place last used first. */
  addresses: Address[];
  expiresAt: Instant;
  usedAt: Instant | null;
}

/** Something to be done to the store; applied in the transaction, each with its audit line, after a check of rights. */
export type Change =
  | { kind: 'redeemInvitation'; codeHash: string; address: Address; person: Person }
  | { kind: 'becomeSample'; address: Address; person: string }
  /** A code for the person who asks, or from a coordinator for `person`; codes of theirs that were not used lapse. */
  | { kind: 'offerLink'; codeHash: string; expiresAt: Instant; person?: string }
  /** The address becomes one of the person to whom the code was given. */
  | { kind: 'linkAddress'; codeHash: string; address: Address }
  /** These places are no longer the person's; devices of the web chat are signed out. */
  | { kind: 'unlinkAddresses'; addresses: Address[] }
  /** Under which name the person who asks is known from now on. */
  | { kind: 'nameSelf'; name: string }
  /** On which channel the person who asks is written to first; null for the one last used. */
  | { kind: 'preferChannel'; channel: ChannelId | null }
  | { kind: 'invite'; invitation: Invitation }
  | { kind: 'inviteAll'; invitations: Invitation[] }
  /** Takes invitations back that were not used yet. */
  | { kind: 'revokeInvitations'; codeHashes: string[] }
  | { kind: 'askJoin'; request: JoinRequest }
  /** By whoever asked. */
  | { kind: 'cancelJoin'; id: string }
  /** `moved`: the person reports for no other unit any more. `person` is the id for somebody who is not registered. */
  | { kind: 'decideJoin'; id: string; decision: 'added' | 'moved' | 'refused'; person: string }
  /** Somebody's part in a unit: another role, or none any more (null). Without any part left they are no longer registered. */
  | { kind: 'setRole'; person: string; unit: UnitId; from: PersonRole | null; to: PersonRole | null }
  /** A message that was not stored: which kinds of personal data or secrets it held. */
  | { kind: 'stopMessage'; kinds: string[] }
  | { kind: 'submitReport'; report: SubmittedReport }
  /** Hands a report in again. `revision` is the one that was seen; `unit` is checked against the report's own. */
  | {
      kind: 'reviseReport';
      report: string;
      unit: UnitId;
      revision: number;
      version: number;
      values: Values;
      nothing: boolean;
      reason: string | null;
    }
  | {
      kind: 'decideReport';
      report: string;
      revision: number;
      decision: 'approved' | 'returned';
      reason: string | null;
      part: string | null;
    }
  | { kind: 'withdrawReport'; report: string; unit: UnitId; revision: number }
  | { kind: 'askExtension'; extension: Extension }
  | { kind: 'decideExtension'; id: string; decision: 'granted' | 'refused'; answer: string | null }
  | { kind: 'offerHandover'; handover: Handover; invitation?: Invitation }
  /** `taken` and `declined` by whom it is offered to, `cancelled` by who offered it. */
  | { kind: 'settleHandover'; id: string; outcome: 'taken' | 'declined' | 'cancelled' }
  /** An obstacle, a nomination, a good model or an extraordinary report. */
  | { kind: 'raiseMatter'; matter: NewMatter }
  /** `revision` is the one that was seen; `of` and `unit` are checked against the matter's own. */
  | {
      kind: 'stepMatter';
      matter: string;
      of: MatterKind;
      unit: UnitId;
      revision: number;
      step: StepKind;
      text: string | null;
    }
  /** Removes the personal data of somebody who has no part in any unit any more. */
  | { kind: 'forgetPerson'; person: string }
  | { kind: 'markTask'; mark: Pick<TaskMark, 'unit' | 'task' | 'state' | 'note'> }
  | { kind: 'linkGroup'; group: GroupChat }
  | { kind: 'unlinkGroup'; address: Address }
  | { kind: 'moveGroup'; from: Address; to: Address }
  /** Reminders of the person who asks; null: on again. */
  | { kind: 'setQuiet'; quiet: Quiet | null }
  /** An administrator sent a plan; `file` is where the channel has it, null when its bytes came along. */
  | { kind: 'beginImport'; id: string; file: FileRef | null; fileName: string; address: Address | null }
  /** A correction or confirmation of a proposed plan; `revision` is the one that was seen. */
  | { kind: 'saveImport'; id: string; revision: number; draft: PlanDraft; edit: Json }
  | { kind: 'dropImport'; id: string }
  /** `before`: what was in force until now, null for a plan that is new. */
  | { kind: 'publishPlan'; id: string; revision: number; plan: Plan; units: Unit[]; before: Plan | null }
  /** A question that got no good answer, without personal data. `key` here and below: folded, by which two are one. */
  | { kind: 'noteQuestion'; id: string; key: string; text: string; why: 'none' | 'choice' | 'notRight' }
  /** What a phrase means from now on: other words, or clauses of the plans; `question` is answered by it. */
  | { kind: 'teach'; key: string; phrase: string; means: string | null; passages: PassageId[]; question: string | null }
  | { kind: 'unteach'; key: string }
  /** Needs no answer. */
  | { kind: 'dropQuestion'; id: string }
  /** "Đã nhận": the person has received a plan. */
  | { kind: 'acknowledge'; plan: PlanId }
  /** Notes that a message goes to many; its sends have keys that start with `broadcast/<id>/`. */
  | { kind: 'broadcast'; id: string; text: string }
  /** What is not sent of it yet, is not sent any more. */
  | { kind: 'stopBroadcast'; id: string };

export interface Send {
  to: Address;
  reply: Reply;
  /** Unique for ever: the same key is queued once only. */
  key: string;
  notBefore?: Instant;
  thread?: string;
  /**
   * The reply's choices, for the recipient's own conversation, when the bot writes unasked. Their tokens are commands, so
   * that they stay good whatever is said afterwards.
   */
  offered?: Offered[];
}

export type Effect = { kind: 'change'; change: Change } | ({ kind: 'send' } & Send);
