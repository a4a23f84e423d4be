/** Reads `prisma/plans/official.yaml`; a wrong file is refused with the place of each error. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { PlanIndex } from '../plan/types.ts';
import type { Figure, OfficialLayout } from './types.ts';

const text = z.string().trim().min(1);
const lines = z.array(text).min(1);
const schema = z.strictObject({
  agency: z.strictObject({ superior: lines, name: lines, speaks: text, symbol: text, place: text, signer: lines }),
  reports: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/),
        name: text,
        duty: text,
        subject: text,
        basis: text,
        to: lines,
        recipients: lines,
        clauses: z
          .array(z.strictObject({ clause: text, title: text.optional(), figures: z.array(text).optional() }))
          .min(1),
      }),
    )
    .min(1),
});

const plain = (words: string): string => words.normalize('NFC').replace(/\s+/g, ' ');

/** @throws Error that names every duty, clause, title or figure that the plans and forms do not have. */
export function loadOfficial(folder: string, plans: PlanIndex, figures: readonly Figure[]): OfficialLayout[] {
  const file = path.join(folder, 'official.yaml');
  const read = schema.safeParse(load(readFileSync(file, 'utf8')));
  if (!read.success) throw new Error(`official.yaml:\n${z.prettifyError(read.error)}`);
  const known = new Set(figures.map(({ id }) => id));
  const wrong: string[] = [];
  const layouts = read.data.reports.flatMap((report): OfficialLayout[] => {
    const duty = plans.duty(report.duty);
    const plan = duty && plans.plan(duty.plan);
    const period = duty?.period ?? plan?.period;
    if (!plan || !period) {
      wrong.push(report.duty);
      return [];
    }
    const clauses = report.clauses.map(({ clause, title, figures: own = [] }) => {
      const passages = plan.passages.filter((passage) => passage.path === clause);
      const heading = title ?? passages[0]?.heading.replace(/^\d+\.\s*/, '') ?? '';
      const said = passages.some(({ heading: head, text: words }) =>
        plain(`${head} ${words}`).includes(plain(heading)),
      );
      if (heading === '' || !said) wrong.push(`${plan.id}/${clause}: ${heading || 'no title'}`);
      wrong.push(...own.filter((id) => !known.has(id)));
      return { clause, title: heading, figures: own };
    });
    return [{ ...report, agency: read.data.agency, plan: plan.id, period, clauses }];
  });
  if (wrong.length > 0) throw new Error(`official.yaml: not in the plans or forms: ${wrong.join('; ')}`);
  return layouts;
}
