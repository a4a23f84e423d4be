/** Raises a matter: for which unit, whether it is there already, who is told. */
import type { Here, Turn } from '../../core/talk.ts';
import type { Ask, Offer, Send, Text } from '../../core/types.ts';
import { emptyRegister } from '../../desk/standing.ts';
import { nextNumber, twinOf } from '../../desk/states.ts';
import type { DeskRules, Matter, MatterKind, NewMatter } from '../../desk/types.ts';
import type { UnitId } from '../../plan/types.ts';
import { say } from '../../text/say.ts';
import { line } from '../blocks.ts';
import { card, inOneLine } from './card.ts';
import { MOST_CHARACTERS, matterAsk, offersFor } from './steps.ts';

type Words = Partial<Pick<NewMatter, 'task' | 'nominee' | 'grounds' | 'urgency'>> & { text: string };

/** The person's unit, or the question for which; null where they have none. */
export function unitFor(chosen: UnitId | undefined, again: (unit: UnitId) => Ask, here: Here): UnitId | Turn {
  const { world } = here;
  const units = [...new Set(world.person!.memberships.map(({ unit }) => unit))];
  if (chosen !== undefined && units.includes(chosen)) return chosen;
  if (units.length === 1) return units[0]!;
  return {
    reply: {
      text: [line(say('desk:whichUnit'))],
      offers: units.map((unit) => ({ label: world.plans.name(unit), ask: again(unit) })),
    },
  };
}

/** Too long to be one sentence or a few; nothing of it is kept. */
export const tooLong = (text: string): Text | null =>
  text.length > MOST_CHARACTERS ? line(say('matter:tooLong', { most: MOST_CHARACTERS })) : null;

/**
 * @param done said to the sender, above the matter as it was raised; `reached`: somebody can be told of it now
 * @param sends who is told of it
 * @param first choices before those of every matter
 */
export function raise(
  kind: MatterKind,
  unit: UnitId,
  words: Words,
  here: Here,
  rules: DeskRules,
  done: (matter: Matter, reached: boolean) => Text[],
  sends: (matter: Matter) => Send[],
  first: (matter: Matter) => Offer[] = () => [],
): Turn {
  const { world } = here;
  const register = world.register ?? emptyRegister();
  const twin = twinOf(register, { kind, unit, text: words.text });
  if (twin)
    return {
      reply: {
        text: [line(say('desk:twin', { number: twin.number })), line(inOneLine(twin, here))],
        offers: [{ label: twin.number, ask: matterAsk({ do: 'show', number: twin.number }) }],
      },
    };
  const fresh: NewMatter = {
    id: world.chance.slice(0, 12),
    number: nextNumber(register, kind, Number(world.today.slice(0, 4))),
    ...{ kind, unit, by: world.person!.id, at: world.now },
    ...{ task: null, nominee: null, grounds: null, urgency: null },
    ...words,
  };
  const matter: Matter = { ...fresh, steps: [] };
  const told = sends(matter);
  return {
    changes: [{ kind: 'raiseMatter', matter: fresh }],
    sends: told,
    reply: {
      text: card(matter, here, rules, done(matter, told.length > 0)),
      offers: [...first(matter), ...offersFor(matter, here, rules)],
    },
  };
}
