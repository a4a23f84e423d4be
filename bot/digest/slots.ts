/**
 * When which group gets its digest. A slot is one group on one calendar day; its key makes it unique, whatever hour it is
 * moved to. A slot that was missed is caught up on its own day only: yesterday's news is never sent as today's.
 */
import { addDays, dayOf, instantOf } from '../language/calendar.ts';
import type { Day } from '../plan/types.ts';
import { kindOn, type Occasions } from './occasions.ts';
import type { DigestKind } from './types.ts';

/** What a slot needs of a group chat; `digestAt` is `HH:MM` in Asia/Ho_Chi_Minh. */
export interface SlotGroup {
  address: string;
  digestAt: string;
  /** Weekdays, 1 Monday … 7 Sunday; every day when absent. */
  days?: readonly number[];
  paused?: true;
  /** ms UTC. A group linked after today's hour begins tomorrow. */
  linkedAt: number;
}

export interface Slot<G extends SlotGroup = SlotGroup> {
  group: G;
  day: Day;
  /** `digest/<group>/<day>` */
  key: string;
  kind: DigestKind;
  /** Caught up after downtime: the digest says so. */
  late: boolean;
}

/** A digest within this of its hour is not called late: the schedule's own tick and the queue take a while. */
const GRACE_MS = 10 * 60_000;

export const slotKey = (address: string, day: Day): string => `digest/${address}/${day}`;

/** Slots whose hour has come today, whether they were sent or not. */
export function dueSlots<G extends SlotGroup>(now: number, groups: readonly G[], occasions: Occasions): Slot<G>[] {
  const day = dayOf(now);
  const hours = hoursOf(day, groups);
  return groups.flatMap((group) => {
    const hour = hours.get(group.digestAt)!;
    const key = slotKey(group.address, day);
    const kind = group.paused ? null : kindOn(day, group.days, occasions);
    return kind && now >= hour && hour >= group.linkedAt
      ? [{ group, day, key, kind, late: now - hour > GRACE_MS }]
      : [];
  });
}

/** The next hour at which any group's slot comes due, after now; null without groups. */
export function nextSlot(now: number, groups: readonly SlotGroup[]): number | null {
  const today = dayOf(now);
  const ahead = [...hoursOf(today, groups).values(), ...hoursOf(addDays(today, 1), groups).values()].filter(
    (hour) => hour > now,
  );
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** Instants of the groups' hours on a day, each worked out once: most of a thousand groups share a few. */
const hoursOf = (day: Day, groups: readonly SlotGroup[]): Map<string, number> =>
  new Map([...new Set(groups.map((group) => group.digestAt))].map((clock) => [clock, instantOf(day, clock)]));
