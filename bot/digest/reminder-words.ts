/** What reminders say. Names are fit to be said here: these messages go to those responsible, in private. */
import { speakDay, weekdayOf } from '../language/calendar.ts';
import type { Day, PlanIndex, UnitId } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { deadlineLine } from './daily.ts';
import type { Owed } from './reminders.ts';
import type { Digest } from './types.ts';

/** As many names as one reads in a line on a phone; `/nhac` lists them all. */
const MOST_NAMES = 12;

type Lines = Digest['text'];

/** @param asked the standing agency asks for it now, rather than the calendar */
export function composeReminder(
  index: PlanIndex,
  { owed, escalated, asked = false }: { owed: readonly Owed[]; escalated: boolean; asked?: boolean },
): Digest {
  const units = unitsOf(owed);
  const named = units.length === 1 ? index.name(units[0]!) : say('reminder:several', { n: units.length });
  const ways = new Map(owed.map(({ duty }) => [duty.wording, sentence(duty.wording)]));
  const text: Lines = [
    { as: 'title', text: say(escalated ? 'reminder:escalated' : 'reminder:title', { units: named }) },
    ...(asked ? [line(say('reminder:asked'))] : []),
    line(owed.map((one) => owedLine(index, one, units.length > 1)).join('\n')),
    ...[...ways.values()].map(line),
    ...(escalated ? [line(say('reminder:head'))] : []),
    line(say('reminder:how')),
  ];
  return { text, source: [...new Set(owed.map(({ duty }) => duty.source))] };
}

/** The receiver in the plan's own words, as a sentence: some of them begin with "báo cáo" themselves. */
const sentence = (wording: string): string => {
  const rest = wording.replace(/^báo cáo /i, '').replace(/[.;]$/, '');
  return say('reminder:send', { wording: rest });
};

function owedLine(index: PlanIndex, owed: Owed, withUnit: boolean): string {
  const deadline = deadlineLine(owed);
  return withUnit
    ? say('reminder:owedOf', { unit: index.name(owed.unit), deadline })
    : say('reminder:owed', { deadline });
}

/** @param registered units that somebody can be reminded for */
export function composeOverdue(
  index: PlanIndex,
  owed: readonly Owed[],
  registered: ReadonlySet<UnitId>,
  today: Day,
): Digest {
  const units = unitsOf(owed);
  const alone = units.filter((unit) => !registered.has(unit));
  const duties = [...new Set(owed.map(({ duty }) => duty))];
  const text: Lines = [
    {
      as: 'title',
      text: say('reminder:overdue', {
        weekday: say(`digest:weekday${weekdayOf(today) as 1 | 2 | 3 | 4 | 5 | 6 | 7}`),
        day: speakDay(today),
        units: units.length,
      }),
    },
    ...duties.map((duty) => {
      const missing = owed.filter((one) => one.duty === duty);
      const names = namesOf(
        index,
        missing.map(({ unit }) => unit),
      );
      return line(say('reminder:overdueDuty', { deadline: deadlineLine(missing[0]!), n: missing.length, names }));
    }),
    ...(alone.length > 0 ? [line(say('reminder:unregistered', { names: namesOf(index, alone) }))] : []),
    line(say('reminder:overdueHow')),
  ];
  return { text, source: duties.map(({ source }) => source) };
}

/** Names in the order of the book; beyond what is read, how many more. */
export function namesOf(index: PlanIndex, units: readonly UnitId[]): string {
  const names = units.slice(0, MOST_NAMES).map((unit) => index.name(unit));
  const more = units.length - names.length;
  return more > 0 ? say('reminder:andOthers', { names: names.join(', '), n: more }) : names.join(', ');
}

export const unitsOf = (owed: readonly Owed[]): UnitId[] => [...new Set(owed.map(({ unit }) => unit))];

const line = (text: string) => ({ as: 'text' as const, text });
