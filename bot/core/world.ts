/** The slice of the world that one event needs, loaded before `converse` and passed in whole. */
import type { Register } from '../desk/types.ts';
import type { Reader } from '../language/types.ts';
import type { Extension } from '../plan/extended.ts';
import type { Day, PlanIndex, Taught, UnitId } from '../plan/types.ts';
import type { SubmittedReport } from '../report/types.ts';
import type {
  Address,
  GroupChat,
  Handover,
  Instant,
  Invitation,
  JoinRequest,
  LinkCode,
  OwnPlace,
  Person,
  PersonRole,
} from './types.ts';

export interface World {
  now: Instant;
  /** Day of `now` in Asia/Ho_Chi_Minh. */
  today: Day;
  /** Rehearsal: sample officers, a visible mark, a clock of its own. */
  rehearsal: boolean;
  plans: PlanIndex;
  /** Understands what officers type; made once for each version of the plans. */
  reader: Reader;
  /** What administrators have taught it. */
  taught?: readonly Taught[];
  /** A reader that had been taught this instead: to try a phrase out before it counts. */
  tryOut?: (taught: readonly Taught[]) => Reader;
  /** Who speaks; null before registration. */
  person: Person | null;
  /** The group the event came from, if it is linked. */
  group: GroupChat | null;
  /** The invitation whose code stands in the message, if one does. */
  invitation: Invitation | null;
  /** The code for linking a channel that stands in the message, if one does. */
  link?: LinkCode;
  /** Where the person can be written to, the place last used first. */
  places?: OwnPlace[];
  /** What whoever speaks has asked to join and nobody has decided yet. */
  joining?: JoinRequest;
  /** Who reports for which unit. */
  directory?: Directory;
  /** Addresses that open a channel with an invitation in it. */
  inviteLinks?: (code: string) => string[];
  /** Latest reports of the person's own units, newest first. */
  ownReports: SubmittedReport[];
  /** Reports of every unit for the duties of the plans: only for coordinators and groups, else null. */
  allReports: SubmittedReport[] | null;
  /** Others of the person's own units, who may stand in for them. */
  colleagues?: Person[];
  /** Colleagues and coordinators, and where they can be written to. */
  contacts?: Contact[];
  /** Extensions of due dates: all that were granted, and those still asked for of the person's units (coordinators: of all). */
  extensions?: Extension[];
  /** Handovers that wait for the person who speaks, on either side. */
  handovers?: Handover[];
  /** Everything that was raised and marked: who may see what of it, the talks decide. */
  register?: Register;
  /** Linked groups of the standing agency. */
  agencyGroups?: Address[];
  /** Everybody who can be written to: only for those who look after matters, where `desk` is not there. */
  reach?: Contact[];
  /** What the standing agency looks after: only for coordinators, in private. */
  desk?: Desk;
  /** Number of the next receipt of this year. */
  nextReceipt: number;
  /** Fresh unguessable text (32 hex digits), one for each event: ids, invitation codes and tokens are cut from it. */
  chance: string;
}

/** Everybody of each unit who is registered and can be written to, heads first, then officers. */
export type Directory = ReadonlyMap<UnitId, readonly DirectoryEntry[]>;

export interface DirectoryEntry {
  person: string;
  name: string;
  role: PersonRole;
  /** Somebody of the unit who stands in for them, up to and with a day. */
  deputy?: { name: string; until: Day };
}

/** A person and where they can be written to, the preferred channel first, then the place last used; places that cannot be reached are left out. */
export interface Contact {
  person: Person;
  addresses: Address[];
}

/** A place that the platform refuses to write to, until somebody speaks there again. */
export interface Unreachable {
  address: Address;
  /** Title of the group or name of the person; the address where neither is known. */
  name: string;
  /** In the platform's words. */
  reason: string;
  since: Instant;
}

/** A message to many: how far it is. */
export interface Broadcast {
  id: string;
  text: string;
  at: Instant;
  queued: number;
  sent: number;
  stopped: number;
  /** Refused for good, with the platform's reason. */
  notReached: { name: string; reason: string }[];
}

/** The latest daily check of the record. */
export interface RecordState {
  at: Instant;
  entries: number;
  /** Place and hash of the last entry. */
  last: { seq: number; hash: string } | null;
  faults: number;
  /** Place of the first fault. */
  first: number | null;
}

/** A question that got no good answer. */
export interface OpenQuestion {
  id: string;
  text: string;
  why: 'none' | 'choice' | 'notRight';
  times: number;
  lastAt: Instant;
}

export interface Desk {
  /** Asked most often first. */
  questions: OpenQuestion[];
  contacts: Contact[];
  groups: GroupChat[];
  unreachable: Unreachable[];
  /** The latest. */
  broadcast: Broadcast | null;
  /** Invitations that can still be used, newest first. */
  invitations: (Invitation & { createdAt: Instant })[];
  /** Requests to join that wait for a decision, oldest first. */
  joins: JoinRequest[];
  /** Who has received which plan. */
  acknowledged: { plan: string; person: string }[];
  /** Null before the first check. */
  record?: RecordState | null;
}
