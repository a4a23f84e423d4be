/** Who asks: the person's unit, in a group the unit it is for. */
import type { Here } from '../../core/talk.ts';
import type { UnitId } from '../../plan/types.ts';

export function askerOf({ world, event }: Here): UnitId | null {
  const own = world.person?.memberships[0]?.unit;
  if (own) return own;
  const scope = event.chat.kind === 'group' ? world.group?.scope : undefined;
  return scope?.kind === 'unit' ? scope.unit : null;
}
