/** Invitations for all units at once, as a table to be handed on; where no document can be sent, as a list. `/moi tất cả` */
import type { Here, Turn } from '../core/talk.ts';
import type { Invitation, Offer } from '../core/types.ts';
import { dayOf, speakDay } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import type { UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { type AllArgs, codeFor, codesUntil, type InviteNeeds, spaced } from './invite.ts';
import { withoutContact } from './people.ts';

/** "/moi tất cả", "/moi các đơn vị" */
export const meansAll = (words: string): boolean =>
  /^(?:tat ca|moi|het|toan bo|cac)(?: cac)?(?: don vi)?(?: chua co dau moi)?$/.test(fold(words));

const offer = (everyone: AllArgs['everyone'], label: string): Offer => ({
  label,
  ask: { talk: 'invite', args: { everyone } },
});

export function inviteAll({ everyone }: AllArgs, here: Here, needs: InviteNeeds): Turn {
  const { world } = here;
  if (!world.desk) return { reply: { text: [line(say('follow:coordinatorOnly'))] } };
  const missing = withoutContact(here);
  const all = world.plans.book.units.filter(({ groups }) => groups.includes('g-tat-ca')).map(({ id }) => id);
  if (everyone === 'leave') return { reply: { text: [line(say('invite:allLeft'))] } };
  if (everyone === 'ask')
    return {
      reply: {
        text: [line(say('invite:allAsk', { missing: missing.length, all: all.length })), note(say('invite:allCare'))],
        offers: [
          ...(missing.length > 0 ? [offer('missing', say('invite:allMissing', { n: missing.length }))] : []),
          offer('all', say('invite:allUnits', { n: all.length })),
          offer('leave', say('people:leaveIt')),
        ],
      },
    };
  return made(everyone === 'missing' ? missing : all, here, needs);
}

function made(units: UnitId[], here: Here, { hashOf }: InviteNeeds): Turn {
  const { world, event } = here;
  const seed = world.chance;
  const expiresAt = codesUntil(world.now);
  const invitations = units.map((unit): Invitation => {
    const codeHash = hashOf(codeFor(seed, unit, hashOf));
    return { codeHash, unit, role: 'officer', expiresAt, usedAt: null };
  });
  const until = speakDay(dayOf(expiresAt));
  // Zalo takes no documents.
  const listed = event.chat.address.startsWith('zalo:');
  return {
    changes: [{ kind: 'inviteAll', invitations }],
    reply: {
      text: [
        title(say('invite:allMade', { n: units.length })),
        line(say('invite:allHow', { until })),
        ...(listed
          ? [line(units.map((unit) => `${world.plans.name(unit)}: ${spaced(codeFor(seed, unit, hashOf))}`).join('\n'))]
          : []),
      ],
      ...(!listed && {
        paper: {
          ...{ name: `ma-moi-${dayOf(world.now)}.xlsx`, format: 'xlsx' as const, at: world.now },
          of: { kind: 'invitations' as const, seed, units, until: expiresAt },
        },
      }),
    },
  };
}
