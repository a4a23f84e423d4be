/** The core alone: events go straight in, replies are read as they were queued. A real database in memory behind it. */
import type { Address, Event, Reply } from '../../bot/core/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { createBot } from '../../bot/work/bot.ts';
import { createClock } from '../../bot/work/clock.ts';
import { createLog } from '../../bot/work/log.ts';
import { resetStore } from './database.ts';
import { recordingChannel } from './recording-channel.ts';
import type { Shown, Stage } from './stage.ts';
import type { Transcript } from './transcript.ts';
import { castOf, sequence, testLearn, testPlans, testReader, testRules, testTalks } from './world.ts';

const chat = (address: Address, kind: 'private' | 'group'): Event['chat'] => ({
  address,
  kind,
  addressed: true,
  ...(kind === 'group' && { title: 'Nhóm' }),
});

/** @param store emptied first, but for the plans */
export async function coreStage(store: Store, { cast, rehearsal }: Transcript, at: number): Promise<Stage> {
  await resetStore(store, { keepBook: true });
  const told = new Map<Address, Reply[]>();
  const last = new Map<Address, Reply>();
  const channel = recordingChannel((to, part) => {
    const reply: Reply = { text: part.text, choices: part.choices };
    told.set(to, [...(told.get(to) ?? []), reply]);
    last.set(to, reply);
    return undefined;
  });
  const clock = createClock(at, 1, () => 0);
  const chance = sequence();
  const talks = testTalks();
  const make = () =>
    createBot({
      ...{ store, talks, clock, chance, rehearsal, log: createLog('silent') },
      plans: testPlans,
      reader: testReader,
      learn: testLearn,
      rules: testRules,
      channels: [channel],
    });
  const places = await castOf(cast, store, at);
  let bot = make();
  let n = 0;
  const address = (who: string, place: string | null) => places.get(place ?? who)!;
  const event = (who: string, place: string | null) => ({
    id: `web:${++n}`,
    at: clock.now(),
    from: places.get(who)!,
    fromName: who,
    chat: chat(address(who, place), place ? 'group' : 'private'),
  });

  return {
    name: 'lõi',
    says: (who, place, text) => bot.receive({ ...event(who, place), kind: 'said', text }),
    replies(who, place, text) {
      const quoted = last.get(address(who, place))?.text.map((t) => t.text);
      return bot.receive({ ...event(who, place), kind: 'said', text, ...(quoted && { quoted: quoted.join('\n') }) });
    },
    async presses(who, place, label) {
      const choice = last.get(address(who, place))?.choices?.find((c) => c.label === label);
      if (!choice) throw new Error(`không có lựa chọn "${label}"`);
      await bot.receive({ ...event(who, place), kind: 'chose', token: choice.token });
    },
    async arrived(place) {
      await bot.idle();
      const to = places.get(place)!;
      const replies = told.get(to) ?? [];
      told.delete(to);
      return replies.map(shown);
    },
    async clockTo(instant) {
      clock.jumpTo(instant);
      await bot.tick();
      await bot.idle();
    },
    async restart() {
      await bot.stop();
      bot = make();
    },
    reports: () => store.reports(),
    end: () => bot.stop(),
  };
}

const shown = (reply: Reply): Shown => ({
  text: reply.text.flatMap((t) => t.text.split('\n')).filter((t) => t.trim() !== ''),
  choices: (reply.choices ?? []).map((c) => c.label),
});
