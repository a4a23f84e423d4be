/** The page on which an administrator looks over a plan that was sent, corrects and confirms it, and publishes it. */
import type { Context, Hono } from 'hono';
import type { Address } from '../../core/types.ts';
import { say } from '../../text/say.ts';
import { jsonOf } from './guard.ts';
import type { FindPlace } from './place.ts';
import { Refused } from './refused.ts';

/** What the page needs of the bot. Who asks is an address; null is the answer to whoever is no administrator. */
export interface PlanDesk {
  /** Plans in force with their versions, and what was sent. */
  list(me: Address): Promise<object | null>;
  /** One plan under review: what is unsure first. */
  show(me: Address, id: string): Promise<object | 'unknown' | null>;
  /** A correction, a confirmation, publishing or dropping it; `changed` when somebody else was quicker. */
  act(me: Address, id: string, action: unknown): Promise<object | 'unknown' | 'wrong' | 'changed' | null>;
}

export interface PlanNeeds {
  plans: PlanDesk;
  findPlace: FindPlace;
  page: string;
  welcome(c: Context): Promise<void>;
}

export function planRoutes(web: Hono, { plans, findPlace, page, welcome }: PlanNeeds): void {
  const administrator = async (c: Context): Promise<Address> => {
    c.header('Cache-Control', 'no-store');
    const { me, chat } = await findPlace(c);
    if (chat.kind !== 'private') throw new Refused(403, say('import:administratorPage'));
    return me;
  };
  const answered = (answer: object | string | null): object => {
    if (answer === null) throw new Refused(403, say('import:administratorPage'));
    if (answer === 'unknown') throw new Refused(404, say('import:gone'));
    if (answer === 'changed') throw new Refused(409, say('import:overtaken'));
    if (typeof answer === 'string') throw new Refused(400, say('web:errors.shape'));
    return answer;
  };

  web.get('/ke-hoach', async (c) => {
    await welcome(c);
    c.header('Cache-Control', 'private, no-cache');
    return c.html(page);
  });
  web.get('/web/plans', async (c) => c.json(answered(await plans.list(await administrator(c)))));
  web.get('/web/plans/:id', async (c) => c.json(answered(await plans.show(await administrator(c), c.req.param('id')))));
  web.post('/web/plans/:id', async (c) => {
    const me = await administrator(c);
    return c.json(answered(await plans.act(me, c.req.param('id'), await jsonOf(c))));
  });
}
