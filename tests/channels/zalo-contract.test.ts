import { expect } from 'vitest';
import { createTestTimers } from '../support/telegram/timers.ts';
import { makeChannel, ready } from '../support/zalo/channel.ts';
import { startZalo } from '../support/zalo/platform.ts';
import { type ContractHarness, channelContract } from './contract.ts';

async function open(mode: 'polling' | 'webhook'): Promise<ContractHarness> {
  const zalo = await startZalo(createTestTimers({ leapUpTo: 1_000 }));
  const people = { an: zalo.person('Nguyễn Văn An'), binh: zalo.person('Bình') };
  let made = await makeChannel(zalo, { mode });
  const last = new Map<string, string>();

  return {
    get channel() {
      return made.channel;
    },
    address: (who) => `zalo:${people[who].id}`,
    nowhere: 'zalo:ffffffffffff',
    async start(receive) {
      await made.start(receive);
      await ready(made, zalo);
    },
    async restart() {
      await zalo.updates.settled();
      await made.stop();
      made = await makeChannel(zalo, { mode });
    },
    async says(who, text) {
      last.set(who, people[who].say(text));
    },
    async presses() {
      throw new Error('Zalo has no buttons');
    },
    repeats: async (who) => zalo.updates.repeat(last.get(who)!),
    read: async (who) =>
      people[who].chat.fromBot().map((m) => ({ text: m.text, choices: [], picture: m.picture !== undefined })),
    hiccup: () => zalo.fault({ kind: 'dropBefore', method: 'sendMessage' }),
    pass: (ms) => zalo.timers.advance(ms),
    keepsWhatIsSaidMeanwhile: false,
    async end() {
      await zalo.updates.settled();
      await made.stop();
      await zalo.stop();
      expect(zalo.violations).toEqual([]);
      expect(zalo.updates.lost()).toEqual([]);
      expect(made.logged.join('\n')).not.toContain(zalo.token.split(':')[1]);
    },
  };
}

channelContract('Zalo by polling', () => open('polling'));
channelContract('Zalo by webhook', () => open('webhook'));
