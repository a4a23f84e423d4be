/** Asks back which unit is meant: a name that fits several, or is only near to some. */
import type { Here } from '../../core/talk.ts';
import type { Ask, Draughted } from '../../core/types.ts';
import type { PartyId } from '../../plan/types.ts';
import { say } from '../../text/say.ts';
import { line } from '../blocks.ts';

/** @param near the words typed, where they are no unit's name */
export function whichUnit(
  options: readonly PartyId[],
  near: string | null,
  { world }: Here,
  ask: (unit: PartyId) => Ask,
): Draughted {
  return {
    text: [line(near ? say('cite:whichNear', { words: near }) : say('cite:which'))],
    offers: options.map((unit) => ({ label: world.plans.name(unit), ask: ask(unit) })),
  };
}
