/** A coordinator invites an officer of a unit: a one-time code that expires. */
import { z } from 'zod';
import { isCoordinator } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import { dayOf, speakDay } from '../language/calendar.ts';
import { say } from '../text/say.ts';
import { line, title } from './blocks.ts';

const Args = z.object({ units: z.array(z.string()) });
type Args = z.infer<typeof Args>;

/** How long an invitation can be used, in milliseconds. */
export const VALID_MS = 7 * 24 * 3_600_000;
/** Crockford's letters: none is read for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface InviteNeeds {
  hashOf(code: string): string;
}

export const createInvite = ({ hashOf }: InviteNeeds): Talk<Args> => ({
  id: 'invite',
  commands: ['moi'],
  where: 'private',
  args: Args,
  command(rest, here) {
    const reading = here.world.reader.read(rest, { asker: null, today: here.world.today });
    const unsure = reading.ambiguous.flatMap((a) => a.options);
    return { units: (unsure.length > 0 ? unsure : reading.parties).filter((id) => here.world.plans.unit(id)) };
  },
  answer(args, here) {
    if (!isCoordinator(here.world.person)) return { reply: { text: [line(say('common:notAllowed'))] } };
    const [unit, ...others] = args.units;
    if (unit === undefined) return { reply: { text: [line(say('invite:which'))] } };
    if (others.length > 0) return which(args.units, here);
    return invite(unit, here, hashOf);
  },
});

const which = (units: string[], here: Here): Turn => ({
  reply: {
    text: [line(say('invite:several'))],
    offers: units.map((unit) => ({
      label: here.world.plans.name(unit),
      ask: { talk: 'invite', args: { units: [unit] } },
    })),
  },
});

function invite(unit: string, here: Here, hashOf: (code: string) => string): Turn {
  const { world } = here;
  const code = codeFrom(world.chance);
  const expiresAt = world.now + VALID_MS;
  return {
    reply: {
      text: [
        title(say('invite:made', { unit: world.plans.name(unit) })),
        line(spaced(code)),
        line(say('invite:how', { until: speakDay(dayOf(expiresAt)) })),
      ],
    },
    changes: [
      { kind: 'invite', invitation: { codeHash: hashOf(code), unit, role: 'officer', expiresAt, usedAt: null } },
    ],
  };
}

/** As it is read out: three groups of four. */
export const spaced = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** Twelve letters: sixty bits of the event's chance. */
export function codeFrom(chance: string): string {
  const bits = BigInt(`0x${chance.slice(-16)}`);
  return Array.from({ length: 12 }, (_, i) => LETTERS[Number((bits >> BigInt(5 * i)) & 31n)]).join('');
}
