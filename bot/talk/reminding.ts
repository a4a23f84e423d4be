/** The choices of messages that the bot writes unasked. */
import type { Offered } from '../core/types.ts';
import { say } from '../text/say.ts';
import { reportAsk } from './report/asks.ts';

/** @param duty what the form is opened for: the first that is due */
export const reminderOffers = (duty: string): Offered[] => [
  { label: say('reminder:report'), token: `/nopbaocao ${duty}`, ask: reportAsk({ do: 'open', duty }) },
  { label: say('reminder:quiet'), token: '/tatnhac hôm nay', ask: { talk: 'quiet', args: { do: 'today' } } },
];

export const nudgeOffers = (): Offered[] => [
  { label: say('reminder:nudge'), token: '/nhac', ask: { talk: 'nudge', args: { do: 'list' } } },
];

export const approveOffers = (): Offered[] => [
  { label: say('reminder:approve'), token: '/duyet', ask: { talk: 'approve', args: { do: 'list', page: 0 } } },
];

/** @param plan id of the plan, with its version: `<plan>@<hash>` */
export const planOffers = (plan: string): Offered[] => [
  {
    label: say('reminder:received'),
    token: `/danhan ${plan}`,
    ask: { talk: 'received', args: { plan } },
    lasting: true,
  },
  {
    label: say('reminder:tasks'),
    token: '/nhiemvu',
    ask: { talk: 'tasks', args: { unit: null, plan: null, role: null, page: 0 } },
  },
];
