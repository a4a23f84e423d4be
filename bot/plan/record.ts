/** A plan and the units that came with it as they are kept for ever, checked when they are read again. */
import { z } from 'zod';
import type { Edits, Meaning } from './read/review.ts';
import { factKeys } from './schema.ts';
import type { Assignment, Passage, Plan, PlanFact, ReportingDuty, Schedule, Unit } from './types.ts';

type Shape<T> = Record<keyof T, z.ZodType>;

const period = z.object({ from: z.string(), to: z.string() }).nullable();
const role = z.enum(['lead', 'implement', 'coordinate']);
const wording = z.string();

const timed = [
  z.object({ kind: z.literal('continuous'), wording }),
  z.object({ kind: z.literal('range'), wording, from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('deadline'), wording, before: z.string() }),
  z.object({ kind: z.literal('periodic'), wording }),
  z.object({ kind: z.literal('byDirection'), wording }),
  z.object({ kind: z.literal('session'), wording }),
] as const;
export const writtenSchedule = z.discriminatedUnion('kind', timed);
const schedule: z.ZodType<Schedule> = z.discriminatedUnion('kind', [
  ...timed,
  z.object({ kind: z.literal('unstated'), wording: z.literal('') }),
]);

const assignment = z.object({ party: z.string(), role, wording } satisfies Shape<Assignment>);

const passage = z.object({
  id: z.string(),
  plan: z.string(),
  path: z.string(),
  heading: z.string(),
  paragraphs: z.array(z.string()),
  text: z.string(),
  lines: z.array(z.string()),
  assignments: z.array(assignment),
  schedule,
  topics: z.array(z.string()),
} satisfies Shape<Passage>);

const duty = z.object({
  id: z.string(),
  plan: z.string(),
  source: z.string(),
  name: z.string(),
  kind: z.enum(['deadline', 'occasion', 'programme', 'obstacle']),
  parties: z.array(z.string()),
  receiver: z.string().nullable(),
  through: z.string().nullable(),
  wording,
  period,
  before: z.string().nullable(),
} satisfies Shape<Omit<ReportingDuty, 'extendedFrom'>>);

const fact = z.object({
  key: z.enum(factKeys),
  plan: z.string(),
  text: z.string(),
  sources: z.array(z.string()),
} satisfies Shape<PlanFact>);

export const planRecord: z.ZodType<Plan> = z.object({
  id: z.string(),
  title: z.string(),
  short: z.string(),
  symbol: z.string().nullable(),
  issuedOn: z.string().nullable(),
  issuer: z.string(),
  period,
  theme: z.string().nullable(),
  passages: z.array(passage),
  duties: z.array(duty),
  facts: z.array(fact),
} satisfies Shape<Plan>);

/** A unit that a review added; communes come with the bot. */
export const unitRecords: z.ZodType<Unit[]> = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    abbr: z.string().nullable(),
    aliases: z.array(z.string()),
    namesInPlans: z.array(z.string()),
    groups: z.array(z.string()),
  }),
);

export const meaning: z.ZodType<Meaning> = z.union([
  z.object({ party: z.string() }),
  z.object({ unit: z.string().min(3).max(200) }),
  z.object({ nobody: z.literal(true) }),
]);

export const assignedEdit = z.array(z.object({ party: z.string(), role }));

export const dutyEdit = z.object({
  name: z.string().min(1).max(200),
  parties: z.array(z.string()),
  receiver: z.string().nullable(),
  through: z.string().nullable(),
  before: z.string().nullable(),
});

export const headEdit = z.object({
  short: z.string().min(1).max(80).optional(),
  title: z.string().min(1).max(500).optional(),
  issuer: z.string().min(1).max(200).optional(),
  versionOf: z.string().nullable().optional(),
});

const edits: z.ZodType<Edits> = z.object({
  assigned: z.record(z.string(), assignedEdit),
  schedule: z.record(z.string(), writtenSchedule.nullable()),
  duty: z.record(z.string(), dutyEdit.nullable()),
  head: headEdit,
} satisfies Shape<Edits>) as z.ZodType<Edits>;

export const draftRecord = z.object({
  paragraphs: z.array(
    z.object({
      text: z.string(),
      cell: z.object({ of: z.number(), row: z.number(), column: z.number() }).optional(),
    }),
  ),
  names: z.record(z.string(), meaning),
  edits,
  confirmed: z.record(z.string(), z.string()),
});
