/** Who reports for a unit: `/daumoi <unit>`, and a line under what is told of a unit. */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Text } from '../core/types.ts';
import { speakDay } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import type { PartyId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note } from './blocks.ts';
import { unitsIn } from './invite.ts';
import { askerOf } from './plan/asker.ts';
import { roleName } from './roles.ts';

const Args = z.object({ units: z.array(z.string()) });
type Args = z.infer<typeof Args>;

const ID = 'contact';
const MOST_NAMES = 3;
/** "đầu mối sở y tế là ai", "ai là đầu mối của phường lê chân" */
const WISH =
  /^(?:ai (?:la|lam) )?(?:dau moi|can bo dau moi|nguoi phu trach(?: bao cao)?)(?: cua| tai| o)? (\S.*?)(?: la ai| ai)?$/;

export const contact: Talk<Args> = {
  id: ID,
  commands: ['daumoi'],
  args: Args,
  command: (rest, here) => ({ units: rest === '' ? ownUnit(here) : unitsIn(rest, here) }),
  hear({ text }, here) {
    const words = WISH.exec(fold(text))?.[1];
    if (!words) return null;
    const units = unitsIn(text.trim(), here);
    return units.length > 0 ? { units } : null;
  },
  answer({ units }, here): Turn {
    const { plans } = here.world;
    const [unit, ...others] = units;
    if (unit === undefined) return { reply: { text: [line(say('people:contactWhich'))] } };
    if (others.length > 0)
      return {
        reply: {
          text: [line(say('invite:several'))],
          offers: units.map((one) => ({ label: plans.name(one), ask: { talk: ID, args: { units: [one] } } })),
        },
      };
    return {
      reply: {
        text: [line(say('people:contactOf', { unit: plans.name(unit) })), line(contactWords(unit, here))],
        offers: [
          {
            label: say('people:tasksOf', { unit: plans.name(unit) }),
            ask: { talk: 'tasks', args: { unit, plan: null, role: null, page: 0 } },
          },
        ],
      },
    };
  },
};

function ownUnit(here: Here): string[] {
  const unit = askerOf(here);
  return unit ? [unit] : [];
}

/** Names are for those who are registered and for linked groups; a stranger learns whether there is somebody. */
function contactWords(unit: PartyId, { world }: Here): string {
  const parts = world.directory?.get(unit) ?? [];
  // Somebody with two parts is named once, by the first of them.
  const people = parts.filter(({ person }, i) => parts.findIndex((other) => other.person === person) === i);
  if (people.length === 0) return say('people:contactNone');
  if (!world.person && !world.group) return say('people:contactThere', { n: people.length });
  const named = people.slice(0, MOST_NAMES).map(({ name, role, deputy }) =>
    deputy && deputy.until >= world.today
      ? say('people:contactAway', {
          ...{ name, role: roleName(role) },
          ...{ deputy: deputy.name, until: speakDay(deputy.until) },
        })
      : say('people:contactName', { name, role: roleName(role) }),
  );
  const more = people.length - named.length;
  return say(more > 0 ? 'people:contactsMore' : 'people:contacts', { names: named.join('; '), n: more });
}

/** For a unit, not for a group of units. */
export const contactLine = (unit: PartyId, here: Here): Text[] =>
  here.world.plans.unit(unit) ? [note(contactWords(unit, here))] : [];
