/** Routes that exist in rehearsal only: whom one may be, where, and letting the bot's clock pass. */
import type { Hono } from 'hono';
import { z } from 'zod';
import type { Instant } from '../../core/types.ts';
import { say } from '../../text/say.ts';
import { jsonOf } from './guard.ts';
import type { Rehearsal } from './place.ts';
import { Refused } from './refused.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Asia/Ho_Chi_Minh is UTC+7 all year. */
const HANOI = 7 * HOUR;
/** A rehearsal of a campaign of weeks has no use for a jump of years, and the clock cannot go back. */
const FARTHEST = 400 * DAY;

const Step = z.union([z.strictObject({ step: z.enum(['hour', 'morning']) }), z.strictObject({ to: z.number().int() })]);

/** 07:29 of the next day in Ha Noi: a minute before the usual digest. */
export const nextMorning = (now: Instant): Instant =>
  (Math.floor((now + HANOI) / DAY) + 1) * DAY - HANOI + 7 * HOUR + 29 * 60_000;

export function rehearsalRoutes(web: Hono, rehearsal: Rehearsal, jumped: () => void): void {
  const { clock } = rehearsal;
  web.get('/rehearsal/places', async (c) => {
    const { persons, groups } = await rehearsal.places();
    c.header('Cache-Control', 'no-store');
    return c.json({ persons: persons.map(({ id, name }) => ({ id, name })), groups });
  });
  web.post('/rehearsal/clock', async (c) => {
    const parsed = Step.safeParse(await jsonOf(c));
    if (!parsed.success) throw new Refused(400, say('web:errors.shape'));
    const now = clock.now();
    const wish = parsed.data;
    const to = 'to' in wish ? wish.to : wish.step === 'hour' ? now + HOUR : nextMorning(now);
    if (to <= now) throw new Refused(400, say('web:errors.clockBack'));
    if (to > now + FARTHEST) throw new Refused(400, say('web:errors.clockFar'));
    await clock.jumpTo(to);
    jumped();
    return c.json({ now: clock.now() });
  });
}
