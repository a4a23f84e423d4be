/** The real plans, read once for all tests of this folder. */
import path from 'node:path';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';
import type { PartyId, Passage, Role } from '../../bot/plan/types.ts';

export const plansFolder = path.resolve(import.meta.dirname, '../../prisma/plans');
export const book = loadBook(plansFolder);
export const index = createPlanIndex(book);

const plans: Record<string, string> = { T: 'thang-hanh-dong-2026', K: 'kh64-2026' };

/** `T:IV.9/1.2`, as in the list of traps. */
export function passage(short: string): Passage {
  const [plan, local] = short.split(':') as [string, string];
  const found = index.passage(`${plans[plan]}/${local}`);
  if (!found) throw new Error(`no passage ${short}`);
  return found;
}

/** Who has which part in a passage: `catp lead`. */
export const parts = (short: string): string[] =>
  passage(short).assignments.map(({ party, role }) => `${party} ${role}`);

export const partiesOf = (short: string, role: Role): PartyId[] =>
  passage(short)
    .assignments.filter((a) => a.role === role)
    .map((a) => a.party);

export const shortId = (id: string): string => id.replace('thang-hanh-dong-2026/', 'T:').replace('kh64-2026/', 'K:');
