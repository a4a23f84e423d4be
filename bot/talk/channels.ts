/** `/kenh`: places that cannot be reached, and why; for coordinators and administrators. */
import { z } from 'zod';
import type { Talk } from '../core/talk.ts';
import { speakInstant } from '../language/calendar.ts';
import { say } from '../text/say.ts';
import { line, note, title } from './blocks.ts';

const Args = z.object({});
const MOST = 20;

export const channels: Talk<z.infer<typeof Args>> = {
  id: 'channels',
  commands: ['kenh'],
  where: 'private',
  args: Args,
  command: () => ({}),
  answer(_args, { world }) {
    if (!world.desk) return { reply: { text: [line(say('follow:coordinatorOnly'))] } };
    const { unreachable } = world.desk;
    if (unreachable.length === 0) return { reply: { text: [line(say('follow:channelsNone'))] } };
    const lines = unreachable
      .slice(0, MOST)
      .map(({ name, reason, since }) =>
        say('follow:channelsLine', { name, reason: spokenReason(reason), since: speakInstant(since) }),
      );
    if (unreachable.length > MOST) lines.push(say('follow:more', { n: unreachable.length - MOST }));
    return {
      reply: {
        text: [
          title(say('follow:channels', { n: unreachable.length })),
          line(lines.join('\n')),
          note(say('follow:channelsHow')),
        ],
      },
    };
  },
};

const REASONS = [
  ['blocked', /blocked by the user/i],
  ['kicked', /kicked|not a member/i],
  ['deactivated', /deactivated/i],
  ['notStarted', /initiate conversation/i],
  ['forbidden', /rights|write_forbidden/i],
  ['gone', /not found|peer_id_invalid/i],
] as const;

/** A platform's own words, as an administrator reads them. */
export const spokenReason = (reason: string): string =>
  say(`follow:reason_${REASONS.find(([, words]) => words.test(reason))?.[0] ?? 'other'}`);
