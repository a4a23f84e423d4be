/** A person leaves a unit by their own word. `/thoiphutrach` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import { fold } from '../language/fold.ts';
import { say } from '../text/say.ts';
import { line, note } from './blocks.ts';
import { coordinators, tell } from './report/reach.ts';

const Args = z.object({ unit: z.string().optional(), sure: z.boolean() });
type Args = z.infer<typeof Args>;

const ID = 'leave';
const WISH =
  /^(?:(?:toi|em|minh) )?(?:(?:muon |xin )?(?:thoi|nghi) (?:phu trach|lam dau moi)(?: .*)?|(?:muon |xin )?roi don vi|khong con (?:phu trach|lam o|cong tac) .+|(?:muon |xin )?(?:huy|xoa) dang ky(?: cua toi)?)$/;

export const leave: Talk<Args> = {
  id: ID,
  commands: ['thoiphutrach'],
  where: 'private',
  args: Args,
  command: () => ({ sure: false }),
  hear: ({ text }, { world }) => (world.person && WISH.test(fold(text)) ? { sure: false } : null),
  answer(args, here) {
    const { world } = here;
    if (!world.person) return { reply: { text: [line(say('common:registerFirst'))] } };
    const own = world.person.memberships.filter(({ role }) => role === 'officer' || role === 'head');
    const units = [...new Set(own.map(({ unit }) => unit))];
    const unit = args.unit ?? (units.length === 1 ? units[0] : undefined);
    if (units.length === 0 || (unit && !units.includes(unit)))
      return { reply: { text: [line(say('people:leaveNone'))] } };
    if (!unit)
      return {
        reply: {
          text: [line(say('people:leaveWhich'))],
          offers: units.map((one) => ({
            label: world.plans.name(one),
            ask: { talk: ID, args: { unit: one, sure: false } },
          })),
        },
      };
    return args.sure ? gone(unit, here) : ask(unit, here);
  },
};

function ask(unit: string, { world }: Here): Turn {
  const alone = new Set(world.directory?.get(unit)?.map((entry) => entry.person)).size === 1;
  return {
    reply: {
      text: [
        line(say('people:leaveSure', { unit: world.plans.name(unit) })),
        note(say(alone ? 'people:leaveAlone' : 'people:leaveFollows')),
      ],
      offers: [
        { label: say('people:leaveNow'), ask: { talk: ID, args: { unit, sure: true } }, yes: true },
        { label: say('people:handOver'), ask: { talk: 'handover', args: { do: 'who', unit } } },
      ],
    },
  };
}

function gone(unit: string, here: Here): Turn {
  const { world, event, session } = here;
  const person = world.person!;
  const params = { unit: world.plans.name(unit), name: person.name };
  const parts = person.memberships.filter((m) => m.unit === unit && (m.role === 'officer' || m.role === 'head'));
  return {
    reply: { text: [line(say('people:left', params))] },
    changes: parts.map(({ role }) => ({ kind: 'setRole', person: person.id, unit, from: role, to: null })),
    sends: tell(coordinators(here), `left/${event.id}`, [line(say('people:toldLeft', params))], [], here),
    // What was begun for the unit is not theirs to hand in any more.
    ...(session.draft?.unit === unit && { draft: null }),
  };
}
