/** What the bot knows, read from `prisma/plans/` for the programs of this room. */
import path from 'node:path';
import { loadDeskRules } from '../desk/load.ts';
import { loadWords } from '../language/load.ts';
import { createReader } from '../language/reader.ts';
import { withTaught } from '../language/taught.ts';
import { createPlanIndex } from '../plan/index.ts';
import { loadBook } from '../plan/load.ts';
import type { Taught } from '../plan/types.ts';
import { loadForms } from '../report/load.ts';
import { root } from '../root.ts';
import { allTalks } from '../talk/all.ts';
import { figuresOf } from '../totals/figures.ts';
import { loadOfficial } from '../totals/load.ts';
import { hashOf } from '../work/handle.ts';

export function learn() {
  const folder = path.join(root, 'prisma/plans');
  const plans = createPlanIndex(loadBook(folder));
  const forms = loadForms(path.join(folder, 'forms'));
  const rules = loadDeskRules(folder, plans);
  const words = loadWords(folder);
  const reader = createReader(plans, words);
  const relearn = (taught: readonly Taught[]) => createReader(plans, withTaught(words, taught));
  const layouts = loadOfficial(folder, plans, figuresOf(forms, plans));
  return { plans, forms, rules, reader, relearn, talks: allTalks({ forms, rules, layouts, hashOf }) };
}
export type Learnt = ReturnType<typeof learn>;
