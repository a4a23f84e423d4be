/** Units by sector, as the standing agency speaks of them. */
import { fold } from '../language/fold.ts';
import type { PlanIndex, Unit, UnitId } from '../plan/types.ts';
import type { SectorId, UnitType } from './types.ts';

/** In the order in which tables name them. */
export const SECTORS: readonly SectorId[] = ['so', 'luc-luong', 'doan-the', 'tu-phap', 'ngan-hang', 'xa', 'khac'];

const BY_KIND: Record<string, SectorId> = {
  'ubnd-xa': 'xa',
  so: 'so',
  'co-quan': 'so',
  'luc-luong': 'luc-luong',
  'mat-tran': 'doan-the',
  'ct-xh': 'doan-the',
  'tu-phap': 'tu-phap',
  'ngan-hang': 'ngan-hang',
};

export const sectorOf = (unit: Pick<Unit, 'kind'> | undefined): SectorId => BY_KIND[unit?.kind ?? ''] ?? 'khac';
export const isSector = (id: string): id is SectorId => (SECTORS as readonly string[]).includes(id);

export const inSector = (plans: PlanIndex, units: readonly UnitId[], sector: SectorId): UnitId[] =>
  units.filter((id) => sectorOf(plans.unit(id)) === sector);

const TYPES: Record<UnitType, (unit: Unit) => boolean> = {
  so: ({ kind }) => kind === 'so',
  xa: ({ commune }) => isNamed(commune, 'xa'),
  phuong: ({ commune }) => isNamed(commune, 'phuong'),
  'dac-khu': ({ commune }) => isNamed(commune, 'dac khu'),
};
const isNamed = (commune: string | null | undefined, word: string): boolean =>
  commune != null && fold(commune).startsWith(`${word} `);

export const UNIT_TYPES = Object.keys(TYPES) as [UnitType, ...UnitType[]];

export const ofType = (plans: PlanIndex, units: readonly UnitId[], type: UnitType): UnitId[] =>
  units.filter((id) => {
    const unit = plans.unit(id);
    return unit !== undefined && TYPES[type](unit);
  });
