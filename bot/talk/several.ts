/** Several questions in one message, answered one after the other: "nhiệm vụ và hạn nộp của phường Lê Chân". */
import { z } from 'zod';
import type { AnyTalk, Heard, Here, Talk, Turn } from '../core/talk.ts';
import type { Json } from '../core/types.ts';
import { alike, type TasksArgs } from './tasks.ts';

const Args = z.object({ asks: z.array(z.object({ talk: z.string(), args: z.json() })) });
type Args = z.infer<typeof Args>;

/** A message shows so many choices at most. */
const MOST_OFFERS = 6;
const MOST_UNITS = 3;

/** @param talks those that can answer a part */
export function createSeveral(talks: readonly AnyTalk[]): Talk<Args> {
  const part = (heard: Heard, here: Here, intent: Heard['reading']['intent']) => {
    const alone: Heard = { text: heard.text, reading: { ...heard.reading, intent, also: [] } };
    for (const talk of talks) {
      const args = talk.hear?.(alone, here) as Json | null | undefined;
      if (args != null) return [{ talk: talk.id, args }];
    }
    return [];
  };

  /** "xã Kiến Thụy và xã An Lão nhiệm vụ gì": each unit's own, units of one kind in one list. */
  function severalUnits(heard: Heard, here: Here): Args | null {
    const { reading } = heard;
    const [first, ...others] = reading.parties;
    if (reading.intent !== 'unit_tasks' || reading.also.length > 0 || !first || others.length === 0) return null;
    const [asked] = part(heard, here, 'unit_tasks');
    if (!asked) return null;
    const args = asked.args as TasksArgs;
    if (alike(reading.parties, here.world.plans)) return { asks: [{ ...asked, args: { ...args, alike: others } }] };
    return {
      asks: reading.parties
        .slice(0, MOST_UNITS)
        .map((unit) => ({ ...asked, args: { ...args, unit, view: 'brief' as const } })),
    };
  }

  return {
    id: 'several',
    args: Args,
    hear(heard, here) {
      const { reading } = heard;
      const units = severalUnits(heard, here);
      if (units) return units;
      if (reading.also.length === 0) return null;
      const asks = [reading.intent, ...reading.also].flatMap((intent) => part(heard, here, intent));
      return asks.length > 1 ? { asks } : null;
    },
    answer(args, here): Turn {
      const turns = args.asks.flatMap((ask) => {
        const talk = talks.find((t) => t.id === ask.talk);
        const parsed = talk?.args.safeParse(ask.args);
        return talk && parsed?.success ? [talk.answer(parsed.data, here)] : [];
      });
      const offers = turns.flatMap((t) => t.reply?.offers ?? []);
      const focus = turns.find((t) => t.focus)?.focus;
      return {
        reply: {
          text: turns.flatMap((t) => t.reply?.text ?? []),
          offers: offers.slice(0, MOST_OFFERS),
          source: [...new Set(turns.flatMap((t) => t.reply?.source ?? []))],
        },
        ...(focus && { focus }),
      };
    },
  };
}
