/** Reads `prisma/plans/desk.yaml`; a wrong file is refused with the place of each error. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { PlanIndex } from '../plan/types.ts';
import type { DeskRules } from './types.ts';

const minutes = z.number().int().positive();
const schema = z.strictObject({
  agency: z.string(),
  obstacle: z.strictObject({ source: z.string(), answerWithinWorkingDays: z.number().int().positive() }),
  commendation: z.strictObject({ collectors: z.array(z.string()).min(1), grounds: z.array(z.string()).min(1) }),
  model: z.strictObject({ source: z.string() }),
  urgent: z.strictObject({
    source: z.string(),
    acknowledgeMinutes: z.strictObject({ hoaToc: minutes, thuongKhan: minutes, khan: minutes }),
    escalations: z.number().int().nonnegative(),
  }),
  target: z.strictObject({
    source: z.string(),
    group: z.string(),
    share: z.number().positive().max(1),
    year: z.number().int(),
  }),
}) satisfies z.ZodType<DeskRules>;

/** @throws Error that names every unit, group or passage that the plans do not have. */
export function loadDeskRules(folder: string, plans: PlanIndex): DeskRules {
  const read = schema.safeParse(load(readFileSync(path.join(folder, 'desk.yaml'), 'utf8')));
  if (!read.success) throw new Error(`desk.yaml:\n${z.prettifyError(read.error)}`);
  const { agency, obstacle, commendation, model, urgent, target } = read.data;
  const passages = [obstacle.source, ...commendation.grounds, model.source, urgent.source, target.source];
  const wrong = [
    ...[agency, ...commendation.collectors].filter((id) => !plans.unit(id)),
    ...[target.group].filter((id) => !plans.group(id)),
    ...passages.filter((id) => !plans.passage(id)),
  ];
  if (wrong.length > 0) throw new Error(`desk.yaml: not in the plans: ${wrong.join(', ')}`);
  return read.data;
}
