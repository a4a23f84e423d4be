/** A person's own reminders: off for some days (`/tatnhac`), on again (`/batnhac`), to a deputy during absence (`/vang`). */
import { z } from 'zod';
import type { Here, Talk, Turn } from '../core/talk.ts';
import { addDays, diffDays, isDay, speakDay } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import type { Day } from '../plan/types.ts';
import { say } from '../text/say.ts';
import { line } from './blocks.ts';

const Args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('today') }),
  z.object({ do: z.literal('until'), until: z.string() }),
  z.object({ do: z.literal('absent'), until: z.string() }),
  z.object({ do: z.literal('deputy'), until: z.string(), deputy: z.string() }),
  z.object({ do: z.literal('on') }),
  z.object({ do: z.literal('how'), absent: z.boolean() }),
]);
type Args = z.infer<typeof Args>;

/** Longer than any leave; nobody should be forgotten quiet. */
const MOST_DAYS = 60;
const ID = 'quiet';

export const quiet: Talk<Args> = {
  id: ID,
  commands: ['tatnhac'],
  where: 'private',
  args: Args,
  command(rest, { world }) {
    if (/^(hom nay|nay)?$/.test(fold(rest))) return { do: 'today' };
    const until = lastDayIn(rest, world.today);
    return until ? { do: 'until', until } : { do: 'how', absent: false };
  },
  hear({ text }, { world }) {
    const match = /^(?:tat|dung|ngung|khong) nhac(?: toi| em| minh)?(?: nua)?(?: (.*))?$/.exec(fold(text));
    if (!match) return /^(?:bat|mo) (?:lai )?nhac(?: lai)?$/.test(fold(text)) ? { do: 'on' } : null;
    if (!match[1] || /^(hom nay|nay)$/.test(match[1])) return { do: 'today' };
    const until = lastDayIn(text, world.today);
    return until ? { do: 'until', until } : { do: 'how', absent: false };
  },
  answer,
};

export const unquiet: Talk<Args> = {
  id: 'unquiet',
  commands: ['batnhac'],
  where: 'private',
  args: Args,
  command: () => ({ do: 'on' }),
  answer,
};

export const absence: Talk<Args> = {
  id: 'absence',
  commands: ['vang'],
  slashOnly: true,
  where: 'private',
  args: Args,
  command(rest, { world }) {
    const until = lastDayIn(rest, world.today);
    return until ? { do: 'absent', until } : { do: 'how', absent: true };
  },
  answer,
};

function answer(args: Args, here: Here): Turn {
  const { person, today } = here.world;
  if (!person) return { reply: { text: [line(say('common:registerFirst'))] } };
  switch (args.do) {
    case 'how':
      return { reply: { text: [line(say(args.absent ? 'follow:absentHow' : 'follow:quietHow'))] } };
    case 'on':
      return { reply: { text: [line(say('follow:on'))] }, changes: [{ kind: 'setQuiet', quiet: null }] };
    case 'today':
      return quietTurn(today, say('follow:quietToday'), here);
    case 'until':
      return quietTurn(args.until, say('follow:quietUntil', { day: speakDay(args.until) }), here);
    case 'absent':
      return absent(args.until, here);
    case 'deputy':
      return withDeputy(args.until, args.deputy, here);
  }
}

function quietTurn(until: Day, told: string, { world }: Here): Turn {
  if (diffDays(world.today, until) > MOST_DAYS || until < world.today) return tooLong();
  return {
    reply: { text: [line(told)], offers: [{ label: say('follow:undo'), ask: { talk: ID, args: { do: 'on' } } }] },
    changes: [{ kind: 'setQuiet', quiet: { until } }],
  };
}

const tooLong = (): Turn => ({ reply: { text: [line(say('follow:quietLong', { most: MOST_DAYS }))] } });

function absent(until: Day, here: Here): Turn {
  const { colleagues = [], today } = here.world;
  if (diffDays(today, until) > MOST_DAYS || until < today) return tooLong();
  if (colleagues.length === 0) return quietTurn(until, say('follow:quietUntil', { day: speakDay(until) }), here);
  return {
    reply: {
      text: [line(say('follow:whoStandsIn', { day: speakDay(until) }))],
      offers: [
        ...colleagues.slice(0, 8).map(({ id, name }) => ({
          label: name,
          ask: { talk: ID, args: { do: 'deputy', until, deputy: id } },
        })),
        { label: say('follow:nobodyStandsIn'), ask: { talk: ID, args: { do: 'until', until } } },
      ],
    },
  };
}

function withDeputy(until: Day, deputy: string, here: Here): Turn {
  const { colleagues = [], today } = here.world;
  const other = colleagues.find(({ id }) => id === deputy);
  // Has left the unit since the choice was offered.
  if (!other || until < today) return absent(until, here);
  return {
    reply: { text: [line(say('follow:standsIn', { day: speakDay(until), name: other.name }))] },
    changes: [{ kind: 'setQuiet', quiet: { until, deputy } }],
  };
}

/** `đến 20/6`, `20/6/2026`, `3 ngày` (today is the first), `ngày mai`; null when no day is named. */
function lastDayIn(text: string, today: Day): Day | null {
  const count = /(\d{1,3}) ngay/.exec(fold(text));
  if (count) return addDays(today, Number(count[1]) - 1);
  if (/\b(ngay mai|mai)\b/.test(fold(text))) return addDays(today, 1);
  const match = /(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?/.exec(text);
  if (!match) return null;
  const named = (year: string) => `${year}-${match[2]!.padStart(2, '0')}-${match[1]!.padStart(2, '0')}`;
  const thisYear = named(match[3] ?? today.slice(0, 4));
  if (!isDay(thisYear)) return null;
  // A day that has passed this year is next year's: said in December of January.
  return match[3] || thisYear >= today ? thisYear : named(String(Number(today.slice(0, 4)) + 1));
}
