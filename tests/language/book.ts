/** The real plans and words, loaded once for the tests of understanding. */
import path from 'node:path';
import { loadWords } from '../../bot/language/load.ts';
import { createReader } from '../../bot/language/reader.ts';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';

export const PLANS = path.resolve(import.meta.dirname, '../../prisma/plans');
export const words = loadWords(PLANS);
export const plans = createPlanIndex(loadBook(PLANS));
export const reader = createReader(plans, words);
export const T = 'thang-hanh-dong-2026';
export const K = 'kh64-2026';
