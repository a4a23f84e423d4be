/**
 * What the standing agency looks after beside reports: obstacles, nominations for commendation, good models, extraordinary
 * reports (all four: matters), and how far the units' tasks are. Nothing is overwritten: a matter is its steps.
 */
import type { Day, PartyId, PassageId, UnitId } from '../plan/types.ts';

export type MatterKind = 'obstacle' | 'commendation' | 'model' | 'urgent';

/** What can happen to a matter; `states.ts` says when and by whom. */
export type StepKind =
  /** Obstacles: the standing agency answers; the sender says that it is clear, or that it is not. */
  | 'answered'
  | 'closed'
  | 'reopened'
  /** Taken back by whoever sent it. */
  | 'withdrawn'
  /** Nominations: on the list, put forward to who decides, decided. */
  | 'listed'
  | 'proposed'
  | 'awarded'
  | 'declined'
  /** Good models. */
  | 'approved'
  | 'returned'
  | 'reworded'
  /** Extraordinary reports: "đã nhận", more from the sender, word from the standing agency, called out again by the bot. */
  | 'acknowledged'
  | 'added'
  | 'directed'
  | 'escalated'
  /** The sender sets another degree of urgency; its id is the step's text. */
  | 'graded';

export type MatterState =
  | 'open'
  | 'answered'
  | 'closed'
  | 'withdrawn'
  | 'listed'
  | 'proposed'
  | 'awarded'
  | 'declined'
  | 'approved'
  | 'returned'
  | 'acknowledged';

/** Degrees of urgency of NĐ 30/2020/NĐ-CP: hỏa tốc, thượng khẩn, khẩn. */
export type Urgency = 'hoaToc' | 'thuongKhan' | 'khan';

export interface Step {
  kind: StepKind;
  /** Person id; null for the bot itself. */
  by: string | null;
  /** ms UTC. */
  at: number;
  text: string | null;
}

export interface Nominee {
  kind: 'collective' | 'person';
  name: string;
}

/** A matter as it was raised. */
export interface NewMatter {
  id: string;
  /** `VM-2026-00001`: kind, year and running number of that kind in that year. */
  number: string;
  kind: MatterKind;
  unit: UnitId;
  by: string;
  /** ms UTC. */
  at: number;
  /** The obstacle, the achievement, the model, the report: in the sender's words. */
  text: string;
  /** The task that it stands in the way of. */
  task: PassageId | null;
  /** Nominations only. */
  nominee: Nominee | null;
  /** Nominations: the passage that they rest on. */
  grounds: PassageId | null;
  /** Extraordinary reports only. */
  urgency: Urgency | null;
}

export interface Matter extends NewMatter {
  /** Oldest first. */
  steps: Step[];
}

/** `cleared` takes a mark back; `confirmed` is the standing agency's word on the target of drug-free communes. */
export type MarkState = 'begun' | 'done' | 'blocked' | 'confirmed' | 'cleared';

/** How far a unit says it is with a task; the latest counts. */
export interface TaskMark {
  unit: UnitId;
  task: PassageId;
  state: MarkState;
  note: string | null;
  by: string;
  /** ms UTC. */
  at: number;
}

/** Everything that was raised and marked. */
export interface Register {
  /** In the order in which they were raised. */
  matters: Matter[];
  /** Oldest first. */
  marks: TaskMark[];
}

/** `prisma/plans/desk.yaml`: who takes care, and within what time. */
export interface DeskRules {
  /** The standing agency. */
  agency: UnitId;
  obstacle: { source: PassageId; answerWithinWorkingDays: number };
  commendation: { collectors: UnitId[]; grounds: PassageId[] };
  model: { source: PassageId };
  urgent: { source: PassageId; acknowledgeMinutes: Record<Urgency, number>; escalations: number };
  target: { source: PassageId; group: PartyId; share: number; year: number };
}

export type { Day, PassageId, UnitId };
