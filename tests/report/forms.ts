/** The quick report as the tests use it, and a draft to start from. */
import path from 'node:path';
import { loadForms } from '../../bot/report/load.ts';
import type { Draft, FormDefinition } from '../../bot/report/types.ts';
import { root } from '../../bot/root.ts';

export const formsFolder = path.join(root, 'prisma/plans/forms');
export const quick: FormDefinition = loadForms(formsFolder).find((form) => form.id === 'bao-cao-nhanh')!;

export const draftAt = (step: number, more: Partial<Draft> = {}): Draft => ({
  id: 'd1',
  form: quick.id,
  version: quick.version,
  unit: 'phuong-le-chan',
  duty: null,
  step,
  values: {},
  paused: false,
  startedOn: '2026-06-10',
  ...more,
});
