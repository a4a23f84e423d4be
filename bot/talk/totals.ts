/** Totals of a period, with the reports behind every figure: the standing agency sees all, an officer their own unit. `/tonghop` */
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { figuresOf } from '../totals/figures.ts';
import { overview } from '../totals/overview.ts';
import type { Figure, TotalsScope } from '../totals/types.ts';
import { line } from './blocks.ts';
import { whichUnit } from './plan/which.ts';
import type { Forms } from './report/forms.ts';
import { Args, TOTALS, totalsAsk } from './totals/args.ts';
import { ownScope, totalsAsked } from './totals/asked.ts';
import { behindPage, figuresCard, noPeriod, sectorsCard, silentPage, summary, unitsPage } from './totals/cards.ts';

export function createTotals(forms: Forms): Talk<Args> {
  const figures = figuresOnce(forms);
  return {
    id: TOTALS,
    commands: ['tonghop'],
    args: Args,
    command: (rest, here) =>
      totalsAsked({ text: `tổng hợp ${rest}`, reading: readingOf(`tổng hợp ${rest}`, here) }, here) ?? unknown(here),
    hear: (heard, here) => totalsAsked(heard, here),
    answer(args, here) {
      if (args.do === 'which')
        return {
          reply: whichUnit(args.options, null, here, (unit) =>
            totalsAsk({ do: 'show', scope: { kind: 'unit', unit }, period: args.period }),
          ),
        };
      if (args.do === 'noPeriod') return { reply: noPeriod(args.wrong, args.reversed) };
      const refused = refusal(args.scope, args.do, here);
      if (refused) return { reply: { text: [line(refused)] } };
      return shown(args, here, figures(here.world.plans));
    },
  };
}

const readingOf = (text: string, { world }: Here) =>
  world.reader.read(text, { asker: world.person?.memberships[0]?.unit ?? null, today: world.today });

/** Of what is not understood the usual totals are shown: they say of what they are. */
function unknown(here: Here): Args {
  const asked = totalsAsked({ text: 'tổng hợp', reading: readingOf('tổng hợp', here) }, here);
  return (
    asked ?? {
      do: 'show',
      scope: { kind: 'city' },
      period: { kind: 'days', from: here.world.today, to: here.world.today },
    }
  );
}

/** The figures in the forms' words, worked out once for each version of the plans. */
function figuresOnce(forms: Forms): (plans: PlanIndex) => Figure[] {
  const known = new WeakMap<PlanIndex['book'], Figure[]>();
  return (plans) => {
    const figures = known.get(plans.book) ?? figuresOf(forms, plans);
    known.set(plans.book, figures);
    return figures;
  };
}

/** Checked when answered, whatever a stored choice says: figures of one unit are not told to another. */
function refusal(scope: TotalsScope, deed: Args['do'], here: Here): string | null {
  const { event, world } = here;
  if (event.chat.kind === 'group') {
    const own = ownScope(here);
    if (!own) return say('bulletin:notLinked');
    return deed === 'show' && JSON.stringify(own) === JSON.stringify(scope) ? null : say('totals:notInGroup');
  }
  if (!world.person) return say('common:registerFirst');
  if (isCoordinator(world.person)) return null;
  const own = scope.kind === 'unit' && world.person.memberships.some(({ unit }) => unit === scope.unit);
  return own ? null : say('totals:notYours');
}

function shown(args: Exclude<Args, { do: 'which' | 'noPeriod' }>, here: Here, figures: readonly Figure[]): Turn {
  const { plans, now, allReports, ownReports } = here.world;
  const reports = allReports ?? ownReports;
  const { scope, period } = args;
  const seen = overview({ plans, figures, reports, scope, period, at: now });
  const focus = {
    ask: totalsAsk(args),
    ...(scope.kind === 'unit' && { unit: scope.unit }),
    shown: [],
  };
  switch (args.do) {
    case 'show':
      return { reply: summary(seen, here, here.event.chat.kind === 'private'), focus };
    case 'sectors':
      return { reply: sectorsCard(seen), focus };
    case 'units':
      return { reply: unitsPage(seen, args.page, here), focus };
    case 'silent':
      return { reply: silentPage(seen, args.page, here), focus };
    case 'figures':
      return { reply: figuresCard(seen), focus };
    case 'behind':
      return { reply: behindPage(seen, args.figure, args.page, reports, here), focus };
  }
}
