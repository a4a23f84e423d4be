/** The standing agency's part of the daily list, and what those hear who gather nominations with it. */
import type { Send, Text } from '../core/types.ts';
import type { Contact } from '../core/world.ts';
import { newNominations } from '../desk/standing.ts';
import type { DeskRules, Register } from '../desk/types.ts';
import { speakDay, weekdayOf } from '../language/calendar.ts';
import type { Day } from '../plan/types.ts';
import { say } from '../text/say.ts';

/** Above a list on a day on which no report is overdue. */
export const deskTitle = (day: Day): Text => {
  const weekday = say(`digest:weekday${weekdayOf(day) as 1 | 2 | 3 | 4 | 5 | 6 | 7}`);
  return { as: 'title', text: say('desk:daily.title', { weekday, day: speakDay(day) }) };
};

/** Those who gather nominations beside the standing agency (Sở Nội vụ) hear of new ones. */
export function nominationNews(register: Register, rules: DeskRules, contacts: readonly Contact[], today: Day): Send[] {
  const n = newNominations(register).length;
  if (n === 0) return [];
  const units = rules.commendation.collectors.filter((unit) => unit !== rules.agency);
  return contacts
    .filter(({ person: { memberships, quiet } }) => {
      const away = quiet !== undefined && quiet.until >= today;
      return !away && memberships.some(({ unit }) => units.includes(unit));
    })
    .map(({ person, addresses }) => ({
      to: addresses[0]!,
      key: `nominations/${person.id}/${today}`,
      reply: { text: [{ as: 'text', text: say('desk:daily.nominations', { n }) }] },
    }));
}
