/** Plays a transcript over Zalo: the whole app, its channel, and the local platform in between. Everything is typed. */
import type { Address } from '../../../bot/core/types.ts';
import type { Store } from '../../../bot/store/port.ts';
import { appStage } from '../app-stage.ts';
import { choicesIn } from '../choices.ts';
import { databaseOf, resetStore } from '../database.ts';
import { openGate } from '../gate.ts';
import { rehearsalConfig, type Stage } from '../stage.ts';
import { createTestTimers, until } from '../telegram/timers.ts';
import type { Transcript } from '../transcript.ts';
import { linkGroups, sampleOf } from '../world.ts';
import type { Group, Person } from './people.ts';
import { startZalo } from './platform.ts';
import { BOT } from './state.ts';

/** @param store emptied first, but for the plans */
export async function zaloStage(store: Store, { cast, rehearsal }: Transcript, at: number): Promise<Stage> {
  await resetStore(store, { keepBook: true });
  const zalo = await startZalo(createTestTimers({ leapUpTo: 60_000 }));
  const people = new Map<string, Person>();
  const groups = new Map<string, Group>();
  for (const [who, as] of cast) {
    if (who.startsWith('Nhóm')) groups.set(who, zalo.group());
    else {
      people.set(who, zalo.person(who));
      const person = sampleOf(as);
      // Linked after the web's sample persons, so written to here.
      if (person) await store.ensurePersons([{ person, address: `zalo:${people.get(who)!.id}` }], at + 1);
    }
  }
  await linkGroups(cast, store, at, (who): Address => `zalo:${groups.get(who)!.id}`);
  // Everybody has written to the bot before.
  for (const chat of zalo.state.chats.values()) chat.open = true;
  const gate = await openGate();
  const stage = await appStage(
    store,
    rehearsalConfig({
      clockStart: at,
      rehearsal,
      publicUrl: gate.url,
      zalo: { token: zalo.token, apiRoot: zalo.url, mode: 'polling', webhookSecret: undefined },
    }),
    zalo.timers,
  );
  gate.leadTo(() => stage.app().url);
  const receiving = () => until(() => zalo.updates.polling(), 'the bot polls');
  await receiving();
  const read = new Map<string, number>();
  const chatOf = (place: string) => (people.get(place) ?? groups.get(place))!.chat;
  let typed = 0;

  // The channel polls on while what it got is still on its way to the store.
  let said = 0;
  const seen = async () =>
    (await databaseOf(store).pool.query<{ n: number }>('SELECT count(*)::int AS n FROM seen_events')).rows[0]!.n;
  const rest = () =>
    until(async () => {
      // What was handed over is being handled when the next poll is open.
      if (!zalo.updates.polling() || (await seen()) < said) return false;
      await stage.app().idle();
      return (await store.outbox.counts()).queued === 0;
    }, 'everything that was said is answered');

  async function says(who: string, place: string | null, text: string): Promise<void> {
    said += 1;
    const person = people.get(who)!;
    if (place) groups.get(place)!.say(person, `@${BOT.name} ${text}`);
    else person.say(text);
    await rest();
  }

  return {
    name: 'Zalo',
    says,
    /** By number and by label, by turns; by label where there is no number. */
    async presses(who, place, label) {
      const found = choicesIn(chatOf(place ?? who).lastFromBot()?.text ?? '');
      const number = found.numbered ? found.choices.indexOf(label) + 1 : 0;
      await says(who, place, number > 0 && typed++ % 2 === 0 ? String(number) : label);
    },
    async arrived(place) {
      await rest();
      const messages = chatOf(place).fromBot();
      const fresh = messages.slice(read.get(place) ?? 0);
      read.set(place, messages.length);
      return fresh.map(({ text }) => choicesIn(text));
    },
    async clockTo(instant) {
      stage.app().clock.jumpTo(instant);
      await stage.app().tick();
      await rest();
    },
    async restart() {
      await stage.restart();
      await receiving();
    },
    reports: () => store.reports(),
    async end() {
      await stage.app().stop();
      await gate.close();
      await zalo.stop();
      const wrong = [...zalo.violations, ...zalo.updates.lost().map((update) => `lost: ${JSON.stringify(update)}`)];
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
    },
  };
}
