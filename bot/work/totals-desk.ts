/** What the page of totals shows, for coordinators only: worked out of the store each time it is asked for. */
import { z } from 'zod';
import type { Desk } from '../channels/web/desk.ts';
import { isAdministrator, isCoordinator } from '../core/rights.ts';
import type { Address, Paper, Person } from '../core/types.ts';
import { dayOf, isDay, speakInstant } from '../language/calendar.ts';
import { withExtensions } from '../plan/extended.ts';
import type { PlanIndex } from '../plan/types.ts';
import type { FormDefinition } from '../report/types.ts';
import type { Store } from '../store/port.ts';
import { overview } from '../totals/overview.ts';
import { officialFile, totalsFile } from '../totals/paper.ts';
import {
  campaignPeriod,
  monthOfDay,
  periodBefore,
  periodOfDays,
  reportingPeriod,
  usualPeriod,
  weekOf,
} from '../totals/period.ts';
import { isSector } from '../totals/sectors.ts';
import type { Figure, OfficialLayout, Period, TotalsScope } from '../totals/types.ts';
import { behindView, reportView, type TotalsView, totalsView } from '../totals/view.ts';
import type { News } from './news.ts';
import type { Papers } from './papers.ts';

export interface TotalsDeskNeeds {
  store: Store;
  plans: PlanIndex;
  forms: readonly FormDefinition[];
  figures: readonly Figure[];
  layouts: readonly OfficialLayout[];
  papers: Papers;
  news: News;
  now(): number;
  rehearsal: boolean;
}

const MOST_VIEWS = 12;

const day = z.string().refine(isDay);
const Query = z.object({
  period: z.enum(['week', 'lastWeek', 'month', 'lastMonth', 'campaign', 'half', 'year', 'days', '']).default(''),
  from: day.optional(),
  to: day.optional(),
  sector: z.string().default(''),
  unit: z.string().default(''),
  figure: z.string().optional(),
  report: z.string().optional(),
  format: z.enum(['docx', 'xlsx', 'csv']).optional(),
  official: z.string().optional(),
});
type Query = z.infer<typeof Query>;

export function createTotalsDesk({ store, papers, news, ...needs }: TotalsDeskNeeds): Desk {
  const { figures, forms, layouts, now, rehearsal } = needs;

  /** Many pages ask at once when something changed; it is worked out for the first. */
  const views = new Map<string, TotalsView>();

  async function personAt(me: Address): Promise<Person | null> {
    return (await store.contacts()).find(({ addresses }) => addresses.includes(me))?.person ?? null;
  }
  const mayLook = async (me: Address) => isCoordinator(await personAt(me));

  async function look(raw: Record<string, string>) {
    const query = Query.safeParse(raw);
    const plans = withExtensions(needs.plans, await store.extensions());
    const asked = query.success ? askedOf(query.data, plans, dayOf(now())) : null;
    if (!query.success || !asked) return 'wrong' as const;
    const reports = await store.reports();
    return { query: query.data, plans, reports, ...asked };
  }

  return {
    registered: async (me) => ((await personAt(me))?.memberships.length ?? 0) > 0,

    async totals(me, raw) {
      if (!(await mayLook(me))) return null;
      const known = `${await store.revision()} ${dayOf(now())} ${JSON.stringify(Query.safeParse(raw).data ?? raw)}`;
      const before = views.get(known);
      if (before) return { ...before, asOf: speakInstant(now()) };
      const seen = await look(raw);
      if (seen === 'wrong') return 'wrong';
      const { plans, reports, scope, period } = seen;
      const of = overview({ plans, figures, reports, scope, period, at: now() });
      const view = totalsView({ of, plans, reports, layouts, rehearsal });
      if (views.size >= MOST_VIEWS) views.delete(views.keys().next().value!);
      views.set(known, view);
      return view;
    },

    async behind(me, raw) {
      if (!(await mayLook(me))) return null;
      const seen = await look(raw);
      if (seen === 'wrong') return 'wrong';
      const { query, plans, reports, scope, period } = seen;
      if (query.report !== undefined) {
        const report = reports.find(({ id }) => id === query.report);
        return report ? reportView(report, forms, plans) : 'wrong';
      }
      const of = overview({ plans, figures, reports, scope, period, at: now() });
      return behindView(of, query.figure ?? '', reports, plans) ?? 'wrong';
    },

    async wanted(me, raw) {
      if (!(await mayLook(me))) return null;
      const seen = await look(raw);
      if (seen === 'wrong') return 'wrong';
      const { query, scope, period } = seen;
      const at = now();
      if (query.official !== undefined) {
        const known = layouts.some(({ id }) => id === query.official);
        const name = officialFile(query.official, dayOf(at));
        return known ? { name, format: 'docx', at, of: { kind: 'official', report: query.official } } : 'wrong';
      }
      const format = query.format === 'csv' ? 'csv' : 'xlsx';
      return { name: totalsFile(period, format), format, at, of: { kind: 'totals', scope, period } };
    },

    async make(me, paper) {
      return allowed(paper, await personAt(me)) ? papers.make(paper) : null;
    },

    revision: async (me) => ((await mayLook(me)) ? `${await store.revision()} ${dayOf(now())}` : null),
    listen: news.listen,
  };
}

/** An officer may have what speaks of their own unit alone; the record is for administrators, as it is in chat. */
function allowed({ of }: Paper, person: Person | null): boolean {
  switch (of.kind) {
    case 'record':
      return isAdministrator(person);
    case 'official':
    case 'invitations':
      return isCoordinator(person);
    case 'attachment':
      return isCoordinator(person) || belongs(person, of.unit);
    case 'totals': {
      const { scope } = of;
      return isCoordinator(person) || (scope.kind === 'unit' && belongs(person, scope.unit));
    }
  }
}

const belongs = (person: Person | null, unit: string): boolean =>
  person?.memberships.some((m) => m.unit === unit) ?? false;

function askedOf(query: Query, plans: PlanIndex, today: string): { scope: TotalsScope; period: Period } | null {
  const { sector, unit } = query;
  const period = periodOf(query, plans, today);
  if (!period || (unit !== '' && !plans.unit(unit)) || (sector !== '' && !isSector(sector))) return null;
  const scope: TotalsScope =
    unit !== '' ? { kind: 'unit', unit } : isSector(sector) ? { kind: 'sector', sector } : { kind: 'city' };
  return { scope, period };
}

function periodOf({ period, from, to }: Query, plans: PlanIndex, today: string): Period | null {
  const year = Number(today.slice(0, 4));
  switch (period) {
    case 'week':
      return weekOf(today);
    case 'lastWeek':
      return periodBefore(weekOf(today));
    case 'month':
      return monthOfDay(today);
    case 'lastMonth':
      return periodBefore(monthOfDay(today));
    case 'campaign':
      return campaignPeriod(plans);
    case 'half':
    case 'year':
      return reportingPeriod(plans, period, year);
    case 'days':
      return from !== undefined && to !== undefined && from <= to ? periodOfDays(from, to) : null;
    default:
      return usualPeriod(plans, today);
  }
}
