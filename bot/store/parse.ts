/**
 * What JSON columns hold, checked on the way out. `satisfies Record<keyof T, …>` makes the compiler name a field that was
 * added to a type and forgotten here.
 */
import { z } from 'zod';
import type { Ask, Choice, Focus, Json, Offered, Paper, Picture, Reply, Session, Text } from '../core/types.ts';
import {
  type Amends,
  type Content,
  type Draft,
  FILE_KINDS,
  type SubmittedReport,
  type Values,
} from '../report/types.ts';
import { filed } from './pictures.ts';
import type { WebLine } from './port.ts';

type Shape<T> = Record<keyof T, z.ZodType>;

const json: z.ZodType<Json> = z.json();
export const values: z.ZodType<Values> = z.record(z.string(), z.union([z.number(), z.string()]));

const ask = z.object({ talk: z.string(), args: json } satisfies Shape<Ask>);

const yes = z.literal(true).optional();
const offered = z.object({
  ...{ token: z.string(), label: z.string(), ask },
  ...{ yes, unasked: yes, lasting: yes },
} satisfies Shape<Offered>);

type Intent = NonNullable<Focus['intent']>;
const intent = z.enum({
  unit_tasks: 'unit_tasks',
  topic_owner: 'topic_owner',
  task_search: 'task_search',
  deadline: 'deadline',
  report_how: 'report_how',
  plan_info: 'plan_info',
  days_left: 'days_left',
  who_reported: 'who_reported',
  greeting: 'greeting',
  thanks: 'thanks',
  help: 'help',
  out_of_scope: 'out_of_scope',
  sensitive: 'sensitive',
  start_report: 'start_report',
  unknown: 'unknown',
} satisfies { [K in Intent]: K });

const focus = z.object({
  ask,
  intent: intent.optional(),
  unit: z.string().optional(),
  plan: z.string().optional(),
  shown: z.array(z.string()),
  said: z.string().optional(),
} satisfies Shape<Focus>);

const draft = z.object({
  id: z.string(),
  form: z.string(),
  version: z.number().int(),
  unit: z.string(),
  duty: z.string().nullable(),
  step: z.number().int(),
  values,
  paused: z.boolean(),
  startedOn: z.string(),
  dutyChosen: z.literal(true).optional(),
  mending: z.literal(true).optional(),
  asking: z.enum(['cancel', 'nothing', 'unusual', 'overlap']).optional(),
  explained: z.object({ reason: z.string(), values } satisfies Shape<NonNullable<Draft['explained']>>).optional(),
  amends: z
    .object({
      report: z.string(),
      revision: z.number().int(),
      reason: z.string().optional(),
    } satisfies Shape<Amends>)
    .optional(),
} satisfies Shape<Draft>);

export const session: z.ZodType<Session> = z.object({
  draft: draft.optional(),
  offered: z.array(offered),
  focus: focus.optional(),
  awaits: z.object({ talk: z.string(), args: z.record(z.string(), json) }).optional(),
  wrongCodes: z.object({ count: z.number(), at: z.number() }).optional(),
  heard: z.object({ message: z.string(), draft: draft.optional() }).optional(),
  album: z.string().optional(),
} satisfies Shape<Session>);

const text = z.object({ as: z.enum(['text', 'title', 'quote', 'note']), text: z.string() } satisfies Shape<Text>);

const choice = z.object({ token: z.string(), label: z.string() } satisfies Shape<Choice>);

const picture = z.object({
  name: z.string(),
  mediaType: z.enum(['image/png', 'image/svg+xml']),
  alt: z.string(),
  base64: z.string(),
} satisfies Shape<Picture>);

/** Rows of before pictures were filed hold them whole. */
const pictured = z.union([filed, picture]).optional();

const paper = z.object({
  name: z.string(),
  format: z.enum(['csv', 'jsonl', ...FILE_KINDS]),
  at: z.number(),
  of: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('official'), report: z.string() }),
    z.object({ kind: z.literal('record') }),
    z.object({ kind: z.literal('attachment'), hash: z.string(), unit: z.string() }),
    z.object({
      ...{ kind: z.literal('invitations'), seed: z.string() },
      ...{ units: z.array(z.string()), until: z.number() },
    }),
    z.object({
      kind: z.literal('totals'),
      scope: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('city') }),
        z.object({ kind: z.literal('group'), group: z.string() }),
        z.object({ kind: z.literal('unit'), unit: z.string() }),
        z.object({
          kind: z.literal('sector'),
          sector: z.enum(['xa', 'so', 'luc-luong', 'doan-the', 'tu-phap', 'ngan-hang', 'khac']),
        }),
        z.object({ kind: z.literal('type'), type: z.enum(['so', 'xa', 'phuong', 'dac-khu']) }),
      ]),
      period: z.object({
        kind: z.enum(['day', 'week', 'month', 'quarter', 'half', 'year', 'campaign', 'days']),
        from: z.string(),
        to: z.string(),
      }),
    }),
  ]),
} satisfies Shape<Paper>);

export const reply = z.object({
  text: z.array(text),
  choices: z.array(choice).optional(),
  byLabel: z.literal(true).optional(),
  picture: pictured,
  paper: paper.optional(),
  source: z.array(z.string()).optional(),
} satisfies Shape<Reply>);

export const webBody = z.object({
  text: z.array(text),
  choices: z.array(choice).optional(),
  picture: pictured,
  paper: paper.optional(),
} satisfies Shape<WebLine['body']>);

const content = z.object({ values, nothing: z.boolean() } satisfies Shape<Content>);

export const report: z.ZodType<SubmittedReport> = z
  .object({
    id: z.string(),
    receipt: z.string(),
    form: z.string(),
    version: z.number().int(),
    unit: z.string(),
    duty: z.string().nullable(),
    values,
    nothing: z.boolean(),
    submittedAt: z.number(),
    timeliness: z.enum(['onTime', 'late', 'noDueDate']),
    planVersion: z.number().int().nullish(),
    by: z.string(),
    state: z.enum(['submitted', 'approved', 'returned', 'withdrawn']),
    revision: z.number().int(),
    edition: z.number().int(),
    changedAt: z.number(),
    reason: z.string().nullable(),
    part: z.string().nullable(),
    approved: content.nullable(),
    before: content.nullable(),
  } satisfies Shape<SubmittedReport>)
  .transform(({ planVersion, ...rest }) => (planVersion == null ? rest : { ...rest, planVersion }));
