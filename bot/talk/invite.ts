/** Coordinators invite people of a unit by a one-time code that expires. `/moi <unit> [role]` */
import { z } from 'zod';
import { isCoordinator, mayGive } from '../core/rights.ts';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Instant, PersonRole, Text } from '../core/types.ts';
import { dayOf, speakDay } from '../language/calendar.ts';
import type { UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { inviteAll, meansAll } from './invite-all.ts';
import { ROLES, roleIn, roleName } from './roles.ts';

const One = z.object({ units: z.array(z.string()), role: z.enum(ROLES).optional() });
type One = z.infer<typeof One>;
const AllArgs = z.object({ everyone: z.enum(['ask', 'missing', 'all', 'leave']) });
export type AllArgs = z.infer<typeof AllArgs>;
const Args = z.union([One, AllArgs]);
type Args = z.infer<typeof Args>;

/** How long an invitation can be used, in milliseconds. */
export const VALID_MS = 7 * 24 * 3_600_000;
/** Crockford's letters: none is read for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface InviteNeeds {
  hashOf(code: string): string;
}

/** One of many made at once; whoever has the seed can tell it again. */
export const codeFor = (seed: string, unit: UnitId, hashOf: (text: string) => string): string =>
  codeFrom(hashOf(`${seed}/${unit}`));

export const codesUntil = (now: Instant): Instant => now + VALID_MS;

const WISH =
  /^(?:(?:tạo|cấp|lấy|xin|gửi|tao|cap|lay|gui)\s+(?:mã|ma)(?:\s+(?:mời|moi))?|mời|moi)(?:\s+(?:thêm|them|cho))*(?:\s+(?:cán bộ|can bo|người|nguoi|đầu mối|dau moi))?(?:\s+(?:của|cua|cho))?\s+(\S.*)$/iu;
const MOST_OF_A_NAME = 8;

export const createInvite = ({ hashOf }: InviteNeeds): Talk<Args> => ({
  id: 'invite',
  commands: ['moi'],
  where: 'private',
  args: Args,
  command(rest, here) {
    if (meansAll(rest)) return { everyone: 'ask' };
    const { role, rest: words } = roleIn(rest);
    // Coordinators and administrators are of the standing agency, whose name need not be typed.
    if (words === '' && (role === 'coordinator' || role === 'administrator')) return { units: [STANDING], role };
    return { units: unitsIn(words, here), ...(role !== 'officer' && { role }) };
  },
  /** Said by a coordinator, of a unit and nothing else: "mời họp" is no invitation of this kind. */
  hear({ text }, here) {
    if (!isCoordinator(here.world.person)) return null;
    const [, rest] = WISH.exec(text.normalize('NFC').trim()) ?? [];
    if (!rest || rest.split(/\s+/).length > MOST_OF_A_NAME) return null;
    if (meansAll(rest)) return { everyone: 'ask' };
    const { role, rest: words } = roleIn(rest);
    const units = unitsIn(words, here);
    return units.length > 0 ? { units, ...(role !== 'officer' && { role }) } : null;
  },
  answer(args, here) {
    if (!isCoordinator(here.world.person)) return { reply: { text: [line(say('common:notAllowed'))] } };
    if ('everyone' in args) return inviteAll(args, here, { hashOf });
    const { units, role = 'officer' } = args;
    if (!mayGive(here.world.person, role)) return { reply: { text: [line(say('people:administratorOnly'))] } };
    const [unit, ...others] = units;
    if (unit === undefined) return { reply: { text: [line(say('invite:which'))] } };
    if (others.length > 0) return which(args, here);
    return invite(unit, role, here, hashOf);
  },
});

/** Công an thành phố, which coordinates both plans. */
export const STANDING: UnitId = 'catp';

/** The unit that is named, or all that the name may mean. */
export function unitsIn(words: string, { world: { reader, plans, today } }: Here): UnitId[] {
  if (words === '') return [];
  const reading = reader.read(words, { asker: null, today });
  const unsure = reading.ambiguous.flatMap((a) => a.options);
  return (unsure.length > 0 ? unsure : reading.parties).filter((id) => plans.unit(id));
}

const which = (args: One, here: Here): Turn => ({
  reply: {
    text: [line(say('invite:several'))],
    offers: args.units.map((unit) => ({
      label: here.world.plans.name(unit),
      ask: { talk: 'invite', args: { ...args, units: [unit] } },
    })),
  },
});

function invite(unit: UnitId, role: PersonRole, here: Here, hashOf: (code: string) => string): Turn {
  const { world } = here;
  const code = codeFrom(world.chance);
  const expiresAt = codesUntil(world.now);
  return {
    reply: {
      text: [
        title(say('invite:made', { role: roleName(role), unit: world.plans.name(unit) })),
        line(spaced(code)),
        line(say('invite:how', { until: speakDay(dayOf(expiresAt)) })),
        ...linksFor(code, here),
      ],
    },
    changes: [{ kind: 'invite', invitation: { codeHash: hashOf(code), unit, role, expiresAt, usedAt: null } }],
  };
}

/** Where a channel can be opened with the code in it. */
export function linksFor(code: string, { world }: Here): Text[] {
  const links = world.inviteLinks?.(code) ?? [];
  return links.length > 0 ? [note([say('invite:links'), ...links].join('\n'))] : [];
}

/** As it is read out: three groups of four. */
export const spaced = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** Twelve letters: sixty bits of the event's chance. */
export function codeFrom(chance: string): string {
  const bits = BigInt(`0x${chance.slice(-16)}`);
  return Array.from({ length: 12 }, (_, i) => LETTERS[Number((bits >> BigInt(5 * i)) & 31n)]).join('');
}
