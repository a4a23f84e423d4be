import { expect } from 'vitest';
import { makeChannel, ready } from '../support/telegram/channel.ts';
import { DRIVER_NAMES, type DriverName } from '../support/telegram/drivers.ts';
import { startTelegram } from '../support/telegram/platform.ts';
import { createTestTimers, until } from '../support/telegram/timers.ts';
import { type ContractHarness, channelContract } from './contract.ts';

async function open(library: DriverName, mode: 'polling' | 'webhook'): Promise<ContractHarness> {
  const telegram = await startTelegram(createTestTimers({ leapUpTo: 1_000 }));
  const people = { an: telegram.person(1001, 'Nguyễn Văn An'), binh: telegram.person(1002, 'Bình') };
  let made = await makeChannel(telegram, { library, mode });
  const lastUpdate = new Map<string, number>();

  return {
    get channel() {
      return made.channel;
    },
    address: (who) => `telegram:${people[who].user.id}`,
    nowhere: 'telegram:999999',
    async start(receive) {
      await made.start(receive);
      await ready(made, telegram);
    },
    async restart() {
      await made.stop();
      made = await makeChannel(telegram, { library, mode });
    },
    async says(who, text) {
      people[who].say(text);
      lastUpdate.set(who, telegram.updates.lastId());
    },
    async presses(who, label) {
      people[who].press(label);
    },
    async repeats(who) {
      // Behind the confirmation, as after an answer of the platform that got lost.
      await until(() => mode === 'webhook' || telegram.updates.polling());
      telegram.updates.repeat(lastUpdate.get(who)!);
    },
    read: async (who) =>
      people[who].chat.fromBot().map((m) => ({
        text: m.text,
        choices: m.buttons.flat().map((b) => b.text),
        picture: m.picture !== undefined,
      })),
    hiccup: () => telegram.fault({ kind: 'dropBefore', method: 'sendMessage' }),
    pass: (ms) => telegram.timers.advance(ms),
    keepsWhatIsSaidMeanwhile: true,
    async end() {
      await made.stop();
      await telegram.stop();
      expect(telegram.violations).toEqual([]);
    },
  };
}

for (const library of DRIVER_NAMES)
  for (const mode of ['polling', 'webhook'] as const)
    channelContract(`Telegram by ${mode} on ${library}`, () => open(library, mode));
