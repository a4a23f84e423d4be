/** What chat, page and documents say alike of totals. */
import { spoken } from '../digest/figures.ts';
import type { PlanIndex } from '../plan/types.ts';
import { say } from '../text/say.ts';
import type { Outlier, TotalsScope } from './types.ts';

export function scopeName(plans: PlanIndex, scope: TotalsScope): string {
  if (scope.kind === 'city') return say('totals:city');
  if (scope.kind === 'sector') return say(`totals:sector.${scope.sector}`);
  if (scope.kind === 'type') return say(`totals:type.${scope.type}`);
  return plans.name(scope.kind === 'unit' ? scope.unit : scope.group);
}

export const speakOutlier = ({ unit, figure, value, usual, against }: Outlier, plans: PlanIndex): string =>
  say(`totals:outlier.${against}`, {
    unit: plans.name(unit),
    label: figure.label.toLowerCase(),
    n: spoken(value),
    usual: spoken(usual),
  });
