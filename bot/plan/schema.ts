/** What stands in the files of `prisma/plans/`, as an official writes them. Everything unknown is refused. */
import { z } from 'zod';
import { isDay } from '../language/calendar.ts';

const words = z.string().min(1);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'mã chỉ gồm chữ thường không dấu, số và gạch nối' });
const groupId = z.string().regex(/^g-[a-z0-9-]+$/, { error: 'mã nhóm bắt đầu bằng “g-”, chữ thường không dấu' });
const day = z.string().refine(isDay, { error: 'ngày phải viết dạng năm-tháng-ngày, ví dụ 2026-07-05' });
const period = z.strictObject({ from: day, to: day });
const role = z.enum(['lead', 'implement', 'coordinate']);

/** Inside one plan: `IV.9/1.2`, `V/0`, `II.3.a/1`, `1.2/0`, `ten`. */
const localPassageId = z.string().regex(/^(([A-Z]+\d*|\d+)(\.(\d+|[a-zđ]|[A-Z]+))*\/\d+(\.[1-9]\d*)?|[a-z][a-z-]*)$/, {
  error: 'mã đoạn có dạng <Mục>.<khoản>/<thứ tự>, ví dụ IV.9/1.2, hoặc tên không dấu như can-cu',
});

const commune = {
  code: z.string().regex(/^\d{5}$/, { error: 'mã xã gồm 5 chữ số, đặt trong ngoặc kép' }),
  commune: words,
  formerArea: words,
  formedFrom: z.array(z.strictObject({ name: z.string(), district: words, extent: words })),
};

export const unitsFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      id: groupId,
      name: words,
      wordings: z.array(words).min(1),
      note: words.optional(),
    }),
  ),
  units: z.array(
    z.strictObject({
      id,
      name: words,
      kind: id,
      abbr: words.nullable().default(null),
      aliases: z.array(words),
      namesInPlans: z.array(words).default([]),
      groups: z.array(groupId),
      note: words.optional(),
      ...z.object(commune).partial().shape,
    }),
  ),
});

export const topicsFile = z.array(z.strictObject({ id, name: words, synonyms: z.array(words) }));

const assigned = z.strictObject({ party: id, role, wording: words, from: localPassageId.optional() });

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('continuous'), wording: words }),
  z.strictObject({ kind: z.literal('range'), wording: words, from: day, to: day }),
  z.strictObject({ kind: z.literal('deadline'), wording: words, before: day }),
  z.strictObject({ kind: z.literal('periodic'), wording: words }),
  z.strictObject({ kind: z.literal('byDirection'), wording: words }),
  z.strictObject({ kind: z.literal('session'), wording: words }),
]);

const passage = z.strictObject({
  passage: localPassageId,
  mark: z
    .string()
    .regex(/^([-–—•▪●*‒−+|]|(\d{1,2}(\.\d{1,2})*|[a-zđ]|[IVXL]+)\s*[.)/:–-]?|(\d+\.)+)$/u, {
      error: 'dấu đầu đoạn là "-", "+", số khoản như "2.", chữ như "a)", hoặc "|" cho một dòng của bảng',
    })
    .optional(),
  text: z.union([words, z.array(words).min(1)], { error: 'cần nguyên văn của đoạn (chữ, hoặc danh sách các đoạn)' }),
  lines: z.array(words).min(1).optional(),
  linesOf: localPassageId.optional(),
  assigned: z.array(assigned).min(1).optional(),
  schedule: schedule.optional(),
  topics: z.array(id).optional(),
});

const item = z.union([
  z.strictObject({ section: words }),
  z.strictObject({ clause: words }),
  z.strictObject({ layout: z.array(words).min(1) }),
  passage,
]);

const duty = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, { error: 'mã chế độ báo cáo có dạng <kế hoạch>/<tên không dấu>' }),
  source: localPassageId,
  alsoIn: z.array(localPassageId),
  name: words,
  kind: z.enum(['deadline', 'occasion', 'programme', 'obstacle']),
  parties: z.array(id).min(1),
  receiver: id.nullable(),
  through: id.nullable(),
  wording: words,
  period: period.nullable(),
  before: day.nullable(),
});

export const factKeys = [
  'theme',
  'period',
  'funding',
  'signer',
  'number',
  'issuedOn',
  'basis',
  'recipients',
  'standing',
  'target',
  'purpose',
  'requirements',
] as const;

const fact = z.strictObject({
  key: z.enum(factKeys),
  sources: z.array(localPassageId),
  /** Absent: the sources in full. Empty: the plan is silent. */
  text: z.string().optional(),
});

export const planFile = z.strictObject({
  id,
  /** Place among the plans, 1 first. */
  order: z.int(),
  title: words,
  short: words,
  symbol: words.nullable(),
  issuedOn: day.nullable(),
  issuer: words,
  period: period.nullable(),
  theme: words.nullable(),
  document: z.array(item).min(1),
  duties: z.array(duty),
  facts: z.array(fact),
});

export type UnitsFile = z.infer<typeof unitsFile>;
export type TopicsFile = z.infer<typeof topicsFile>;
export type PlanFile = z.infer<typeof planFile>;
export type Item = PlanFile['document'][number];
export type PassageItem = z.infer<typeof passage>;
