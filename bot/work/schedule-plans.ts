/** Tells everybody concerned of a plan that is new or has changed since the bot last ran, and asks for "Đã nhận". */
import { createHash } from 'node:crypto';
import type { Send } from '../core/types.ts';
import { composePlanNews } from '../digest/plan-news.ts';
import { isReminderTime } from '../digest/reminders.ts';
import type { Plan, PlanIndex } from '../plan/types.ts';
import type { Store } from '../store/port.ts';
import { planOffers } from '../talk/reminding.ts';

const KNOWN = 'plans-announced';
const hashOf = (plan: Plan): string => createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 12);
/** What "Đã nhận" is of: a plan as it stands now. */
export const versionOf = (plan: Plan): string => `${plan.id}@${hashOf(plan)}`;

export interface PlanNews {
  sends: Send[];
  /** To be called once everything is queued. */
  done(): Promise<void>;
}

/** The plans that the bot first starts with are no news. */
export async function planNewsDue(store: Store, plans: PlanIndex, now: number): Promise<PlanNews | 'none' | 'later'> {
  const current = Object.fromEntries(plans.book.plans.map((plan) => [plan.id, hashOf(plan)]));
  const remember = () => store.saveSetting(KNOWN, JSON.stringify(current));
  const stored = await store.setting(KNOWN);
  if (stored === null) {
    await remember();
    return 'none';
  }
  const known = JSON.parse(stored) as Record<string, string>;
  const news = plans.book.plans.filter(({ id }) => known[id] !== current[id]);
  if (news.length === 0) return 'none';
  if (!isReminderTime(now)) return 'later';
  const before = await earlier(store, news, known);
  const sends: Send[] = [];
  const versions = new Map(news.map((plan) => [plan, versionOf(plan)]));
  for (const { person, addresses } of await store.contacts()) {
    // Whoever writes meanwhile is answered between two.
    await new Promise((resolve) => setImmediate(resolve));
    const units = person.memberships
      .filter(({ role }) => role === 'officer' || role === 'head')
      .map(({ unit }) => unit);
    for (const plan of news) {
      const told = composePlanNews(plans, plan, [...new Set(units)], plan.id in known, before.get(plan.id) ?? null);
      if (!told || addresses.length === 0) continue;
      const version = versions.get(plan)!;
      const offered = planOffers(version);
      const choices = offered.map(({ token, label }) => ({ token, label }));
      sends.push({ to: addresses[0]!, reply: { ...told, choices }, key: `plan/${version}/${person.id}`, offered });
    }
  }
  return { sends, done: remember };
}

/** Each plan as people were last told of it, where that is kept. */
async function earlier(store: Store, news: readonly Plan[], known: Record<string, string>): Promise<Map<string, Plan>> {
  const versions = await store.shelf.versions();
  const found = news.flatMap(({ id }) => {
    const own = versions.filter(({ plan }) => plan.id === id).map(({ plan }) => plan);
    const told = own.find((plan) => hashOf(plan) === known[id]) ?? own.at(-2);
    return told ? [[id, told] as const] : [];
  });
  return new Map(found);
}
