/** Units by sector, as the standing agency speaks of them. */
import type { PlanIndex, Unit, UnitId } from '../plan/types.ts';
import type { SectorId } from './types.ts';

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
