/**
 * Figures that deserve a second look, never an accusation. Against its like: the modified z-score of Iglewicz and Hoaglin
 * (0.6745·(x − median)/MAD, beyond 3.5), which a few wild values cannot hide in; DHIS2 offers the same test. Against
 * itself: five times what the unit reported for the period before, or nothing where there was much.
 */
import type { UnitId } from '../plan/types.ts';
import type { FieldId } from '../report/types.ts';
import type { Figure, Outlier, SectorId } from './types.ts';

const BEYOND = 3.5;
/** With fewer units "usual" means little. */
const FEWEST_PEERS = 8;
const TIMES = 5;
/** Small numbers jump by nature. */
const MUCH = 20;
const MOST = 12;

export interface Reported {
  unit: UnitId;
  sector: SectorId;
  now: ReadonlyMap<FieldId, { value: number; behind: { report: string }[] }>;
  before: ReadonlyMap<FieldId, { value: number }>;
}

/** @returns the farthest off first */
export function outliersOf(units: readonly Reported[], figures: readonly Figure[], periodOver: boolean): Outlier[] {
  const found: (Outlier & { off: number })[] = [];
  for (const figure of figures) {
    const sectors = new Map<SectorId, Reported[]>();
    for (const unit of units)
      if (unit.now.has(figure.id)) sectors.set(unit.sector, [...(sectors.get(unit.sector) ?? []), unit]);
    for (const peers of sectors.values()) found.push(...amongPeers(peers, figure));
    for (const unit of units) {
      const one = againstItself(unit, figure, periodOver);
      if (one && !found.some((other) => other.unit === one.unit && other.figure.id === figure.id)) found.push(one);
    }
  }
  return found
    .sort((a, b) => b.off - a.off)
    .slice(0, MOST)
    .map(({ off: _, ...outlier }) => outlier);
}

function amongPeers(peers: readonly Reported[], figure: Figure): (Outlier & { off: number })[] {
  if (peers.length < FEWEST_PEERS) return [];
  const values = peers.map(({ now }) => now.get(figure.id)!.value);
  const usual = median(values);
  const deviation = median(values.map((value) => Math.abs(value - usual)));
  // Where more than half report the same, the mean deviation stands in, as Iglewicz and Hoaglin advise.
  const mean = values.reduce((sum, value) => sum + Math.abs(value - usual), 0) / values.length;
  const unit = deviation > 0 ? deviation / 0.6745 : mean * 1.253314;
  if (unit === 0) return [];
  return peers.flatMap(({ unit: id, now }) => {
    const { value, behind } = now.get(figure.id)!;
    const score = Math.abs(value - usual) / unit;
    if (score <= BEYOND || Math.abs(value - usual) < MUCH) return [];
    return [{ unit: id, figure, value, against: 'peers' as const, usual, reports: idsOf(behind), off: score }];
  });
}

function againstItself(
  { unit, now, before }: Reported,
  figure: Figure,
  over: boolean,
): (Outlier & { off: number }) | null {
  const was = before.get(figure.id)?.value;
  const is = now.get(figure.id);
  if (was === undefined || !is) return null;
  const grew = was > 0 && is.value >= was * TIMES && is.value - was >= MUCH;
  // A period that still runs may yet fill.
  const fell = over && was >= MUCH && is.value * TIMES <= was;
  if (!grew && !fell) return null;
  const off = grew ? is.value / was : was / Math.max(is.value, 1);
  return { unit, figure, value: is.value, against: 'before', usual: was, reports: idsOf(is.behind), off };
}

const idsOf = (behind: readonly { report: string }[]): string[] => [...new Set(behind.map(({ report }) => report))];

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
