/** What was put off while a platform was down, once the platform is back. */
import type { Address, ChannelId, Instant } from '../core/types.ts';
import type { Database } from './database.ts';
import { sqlTime } from './values.ts';

/**
 * Frees what is held for longer than a claim lasts, which is what was put off after failures; the try that follows is
 * not counted, so that a platform that comes and goes uses up none of them.
 * @returns where something was freed
 */
export async function freeHeld(
  { prisma }: Database,
  channel: ChannelId,
  now: Instant,
  leaseMs: number,
): Promise<Address[]> {
  const rows = await prisma.$queryRaw<{ address: Address }[]>`
    UPDATE outgoing SET held_until = NULL, attempts = GREATEST(attempts - 1, 0)
    WHERE state = 'queued' AND held_until > ${sqlTime(now + leaseMs)}::timestamptz
      AND split_part(address, ':', 1) = ${channel}
    RETURNING address`;
  return [...new Set(rows.map(({ address }) => address))];
}
