/** Plays a transcript over Telegram: the whole app, its channel on either library, and the local platform in between. */
import type { Address } from '../../../bot/core/types.ts';
import type { Store } from '../../../bot/store/port.ts';
import { appStage } from '../app-stage.ts';
import { choicesIn } from '../choices.ts';
import { resetStore } from '../database.ts';
import { rehearsalConfig, type Shown, type Stage } from '../stage.ts';
import type { Transcript } from '../transcript.ts';
import { linkGroups, sampleOf } from '../world.ts';
import type { DriverName } from './drivers.ts';
import type { Group, Person } from './people.ts';
import { BOT, startTelegram } from './platform.ts';
import type { Shown as Message } from './state.ts';
import { createTestTimers, until } from './timers.ts';

/** @param store emptied first, but for the plans */
export async function telegramStage(
  store: Store,
  { cast, rehearsal }: Transcript,
  at: number,
  driver: DriverName = 'grammy',
): Promise<Stage> {
  await resetStore(store, { keepBook: true });
  const telegram = await startTelegram(createTestTimers({ leapUpTo: 60_000 }));
  const people = new Map<string, Person>();
  const groups = new Map<string, Group>();
  for (const [who, as] of cast) {
    const n = people.size + groups.size + 1;
    if (who.startsWith('Nhóm')) groups.set(who, telegram.group(-1_000_000_000_000 - n, who));
    else {
      people.set(who, telegram.person(1_000 + n, who));
      const person = sampleOf(as);
      // Linked after the web's sample persons, so written to here.
      if (person) await store.ensurePersons([{ person, address: `telegram:${1_000 + n}` }], at + 1);
    }
  }
  await linkGroups(cast, store, at, (who): Address => `telegram:${groups.get(who)!.chat.id}`);
  // Everybody has pressed Start, and the bot is in the groups, from the beginning.
  for (const { chat } of [...people.values(), ...groups.values()]) telegram.state.chats.get(chat.id)!.open = true;
  const stage = await appStage(
    store,
    rehearsalConfig({
      clockStart: at,
      rehearsal,
      telegram: { token: telegram.token, apiRoot: telegram.url, driver, mode: 'polling', webhookSecret: undefined },
    }),
    telegram.timers,
  );
  const read = new Map<string, number>();
  const chatOf = (place: string) => (people.get(place) ?? groups.get(place))!.chat;

  const rest = () =>
    until(async () => {
      if (telegram.updates.pending().length > 0) return false;
      await stage.app().idle();
      return (await store.outbox.counts()).queued === 0;
    }, 'everything that was said is answered');

  async function says(who: string, place: string | null, text: string): Promise<void> {
    const person = people.get(who)!;
    if (!place) person.say(text);
    else groups.get(place)!.say(person, text.startsWith('/') ? text : `@${BOT.username} ${text}`);
    await rest();
  }

  return {
    name: `Telegram (${driver})`,
    says,
    async replies(who, place, text) {
      const replyTo = chatOf(place ?? who).lastFromBot()!.id;
      const person = people.get(who)!;
      if (place) groups.get(place)!.say(person, text, { replyTo });
      else person.say(text, { replyTo });
      await rest();
    },
    async presses(who, place, label) {
      const buttons =
        chatOf(place ?? who)
          .lastFromBot()
          ?.buttons.flat() ?? [];
      if (!buttons.some((button) => button.text === label)) return says(who, place, label);
      const person = people.get(who)!;
      if (place) groups.get(place)!.press(person, label);
      else person.press(label);
      await rest();
    },
    async arrived(place) {
      await rest();
      const messages = chatOf(place).fromBot();
      const fresh = messages.slice(read.get(place) ?? 0);
      read.set(place, messages.length);
      return fresh.map(shown);
    },
    async clockTo(instant) {
      stage.app().clock.jumpTo(instant);
      await stage.app().tick();
      await rest();
    },
    async restart() {
      // A restart takes longer than Telegram remembers a burst.
      await telegram.timers.advance(10_000);
      await stage.restart();
    },
    reports: () => store.reports(),
    async end() {
      await stage.app().stop();
      await telegram.stop();
      if (telegram.violations.length > 0) throw new Error(telegram.violations.join('\n'));
    },
  };
}

/** Choices may be buttons, or stand in the text. */
function shown({ text, buttons }: Message): Shown {
  const inText = choicesIn(text);
  const labels = buttons.flat().map((button) => button.text);
  return { text: inText.text, choices: labels.length > 0 ? labels : inText.choices };
}
