/** Invitations that nobody has used yet, and taking them back. `/mamoi` */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import type { Offer } from '../core/types.ts';
import { dayOf, speakDay, speakInstant } from '../language/calendar.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';
import { roleName } from './roles.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('list'), page: z.number().int().nonnegative() }),
  z.object({ do: z.literal('revoke'), codeHash: z.string() }),
  z.object({ do: z.literal('revokeAll'), sure: z.boolean() }),
]);
type Args = z.infer<typeof Args>;

const ID = 'invitations';
const PAGE = 8;
const ask = (args: Args): Offer['ask'] => ({ talk: ID, args });

export const invitations: Talk<Args> = {
  id: ID,
  commands: ['mamoi'],
  where: 'private',
  args: Args,
  command: () => ({ do: 'list', page: 0 }),
  answer(args, here) {
    if (!here.world.desk) return { reply: { text: [line(say('follow:coordinatorOnly'))] } };
    switch (args.do) {
      case 'list':
        return { reply: list(args.page, here) };
      case 'revoke':
        return revoke(args.codeHash, here);
      case 'revokeAll':
        return revokeAll(args.sure, here);
    }
  },
};

/** Newest first; of those that were made together, in the order of the units. */
function usable({ world }: Here) {
  const place = new Map(world.plans.book.units.map(({ id }, i) => [id, i]));
  return world
    .desk!.invitations.filter(({ expiresAt }) => expiresAt > world.now)
    .toSorted((a, b) => b.createdAt - a.createdAt || (place.get(a.unit) ?? 0) - (place.get(b.unit) ?? 0));
}

type Usable = ReturnType<typeof usable>[number];

/** Of several alike, also when each was made: that is how whoever made them tells them apart. */
function spoken({ unit, role, expiresAt, createdAt }: Usable, all: readonly Usable[], { world }: Here): string {
  const alike = all.filter((one) => one.unit === unit && one.role === role).length > 1;
  const words = { unit: world.plans.name(unit), role: roleName(role), until: speakDay(dayOf(expiresAt)) };
  return alike
    ? say('people:invitationOf', { ...words, made: speakInstant(createdAt) })
    : say('people:invitation', words);
}

function list(page: number, here: Here): NonNullable<Turn['reply']> {
  const all = usable(here);
  if (all.length === 0) return { text: [line(say('people:noInvitations'))] };
  const pages = Math.ceil(all.length / PAGE);
  const at = Math.min(page, pages - 1);
  const shown = all.slice(at * PAGE, (at + 1) * PAGE);
  return {
    text: [
      title(say('people:invitations', { n: all.length })),
      line(shown.map((invitation, i) => `${i + 1}. ${spoken(invitation, all, here)}`).join('\n')),
      ...(pages > 1 ? [note(say('common:page', { page: at + 1, pages }))] : []),
    ],
    offers: [
      ...shown.map(({ codeHash }, i) => ({
        label: say('people:revoke', { n: i + 1 }),
        ask: ask({ do: 'revoke', codeHash }),
      })),
      ...(all.length > 1 ? [{ label: say('people:revokeAll'), ask: ask({ do: 'revokeAll', sure: false }) }] : []),
      ...(at + 1 < pages ? [{ label: say('common:next'), ask: ask({ do: 'list', page: at + 1 }) }] : []),
    ],
  };
}

function revoke(codeHash: string, here: Here): Turn {
  const all = usable(here);
  const invitation = all.find((one) => one.codeHash === codeHash);
  if (!invitation) return { reply: { text: [line(say('people:invitationGone'))] } };
  return {
    reply: { text: [line(say('people:revoked', { invitation: spoken(invitation, all, here) }))] },
    changes: [{ kind: 'revokeInvitations', codeHashes: [codeHash] }],
  };
}

function revokeAll(sure: boolean, here: Here): Turn {
  const codeHashes = usable(here).map((one) => one.codeHash);
  if (!sure)
    return {
      reply: {
        text: [line(say('people:revokeAllSure', { n: codeHashes.length }))],
        offers: [
          { label: say('people:revokeAllNow'), ask: ask({ do: 'revokeAll', sure: true }), yes: true },
          { label: say('people:leaveIt'), ask: ask({ do: 'list', page: 0 }) },
        ],
      },
    };
  return {
    reply: { text: [line(say('people:revokedAll', { n: codeHashes.length }))] },
    changes: [{ kind: 'revokeInvitations', codeHashes }],
  };
}
