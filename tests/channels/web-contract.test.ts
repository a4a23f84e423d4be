import { strangerAddress } from '../../bot/channels/web/sessions.ts';
import type { Event } from '../../bot/core/types.ts';
import { bareWeb, linesOf, memoryHistory, NOON, newDevice, post, said, textOf } from '../support/web.ts';
import { type ContractHarness, channelContract, type Who } from './contract.ts';

async function open(): Promise<ContractHarness> {
  const history = memoryHistory();
  let web = await bareWeb({ history, now: () => NOON });
  const cookies = { an: await newDevice(web.url), binh: await newDevice(web.url) };
  const addressOf = async (who: Who) => strangerAddress(cookies[who].split('=')[1]!)!;
  const addresses = { an: await addressOf('an'), binh: await addressOf('binh') };
  const last = new Map<Who, unknown>();

  async function sends(who: Who, message: unknown): Promise<void> {
    last.set(who, message);
    const response = await post(web.url, message, { cookie: cookies[who] });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }
  const botLines = async (who: Who) =>
    (await linesOf(web.url, { cookie: cookies[who], query: '?limit=500' })).filter((l) => l.who === 'bot');

  return {
    get channel() {
      return web.channel;
    },
    address: (who) => addresses[who],
    nowhere: 'web:',
    start: (receive: (event: Event) => Promise<void>) => web.channel.start(receive),
    async restart() {
      await web.close();
      web = await bareWeb({ history, now: () => NOON });
    },
    says: (who, text) => sends(who, said(text)),
    async presses(who, label) {
      const choice = (await botLines(who)).flatMap((l) => l.choices ?? []).find((c) => c.label === label);
      await sends(who, { id: said('').id, token: choice!.token });
    },
    repeats: (who) => sends(who, last.get(who)),
    read: async (who) =>
      (await botLines(who)).map((l) => ({
        text: textOf(l),
        choices: (l.choices ?? []).map((c) => c.label),
        picture: l.picture !== undefined,
      })),
    hiccup() {
      history.broken = 'once';
    },
    pass: async () => {},
    keepsWhatIsSaidMeanwhile: false,
    end: () => web.close(),
  };
}

channelContract('web chat', open);
