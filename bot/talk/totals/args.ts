/** What totals are asked for: of whom, of which days, and how closely. */
import { z } from 'zod';
import type { Ask } from '../../core/types.ts';
import { UNIT_TYPES } from '../../totals/sectors.ts';
import type { SectorId } from '../../totals/types.ts';

export const ScopeArg = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('city') }),
  z.object({ kind: z.literal('group'), group: z.string() }),
  z.object({ kind: z.literal('unit'), unit: z.string() }),
  z.object({ kind: z.literal('sector'), sector: z.string().transform((id) => id as SectorId) }),
  z.object({ kind: z.literal('type'), type: z.enum(UNIT_TYPES) }),
]);

export const PeriodArg = z.object({
  kind: z.enum(['day', 'week', 'month', 'quarter', 'half', 'year', 'campaign', 'days']),
  from: z.string(),
  to: z.string(),
});

const Of = { scope: ScopeArg, period: PeriodArg };

export const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show'), ...Of }),
  z.object({ do: z.literal('sectors'), ...Of }),
  z.object({ do: z.literal('units'), ...Of, page: z.number().int() }),
  z.object({ do: z.literal('silent'), ...Of, page: z.number().int() }),
  /** Which figure is looked into. */
  z.object({ do: z.literal('figures'), ...Of }),
  z.object({ do: z.literal('behind'), ...Of, figure: z.string(), page: z.number().int() }),
  z.object({ do: z.literal('which'), options: z.array(z.string()), period: PeriodArg }),
  /** The period that was named does not exist, or was not understood. */
  z.object({ do: z.literal('noPeriod'), wrong: z.string().nullable(), reversed: z.literal(true).optional() }),
]);
export type Args = z.infer<typeof Args>;

export const TOTALS = 'totals';
export const totalsAsk = (args: Args): Ask => ({ talk: TOTALS, args: args as Ask['args'] });

/** Documents to take away. */
export const PaperArgs = z.discriminatedUnion('do', [
  z.object({ do: z.literal('which') }),
  z.object({ do: z.literal('official'), report: z.string() }),
  z.object({ do: z.literal('totals'), format: z.enum(['xlsx', 'csv']), ...Of }),
  z.object({ do: z.literal('noPeriod'), wrong: z.string().nullable(), reversed: z.literal(true).optional() }),
]);
export type PaperArgs = z.infer<typeof PaperArgs>;

export const PAPER = 'paper';
export const paperAsk = (args: PaperArgs): Ask => ({ talk: PAPER, args: args as Ask['args'] });
