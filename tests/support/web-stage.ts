/** The whole app over real HTTP: the cast uses the rehearsal's switch, or in production each a device of their own. */
import { strangerAddress } from '../../bot/channels/web/sessions.ts';
import type { LineView } from '../../bot/channels/web/view.ts';
import type { Address } from '../../bot/core/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { appStage } from './app-stage.ts';
import { resetStore } from './database.ts';
import { rehearsalConfig, type Shown, type Stage } from './stage.ts';
import { createTestTimers } from './telegram/timers.ts';
import type { Transcript } from './transcript.ts';
import { type Asked, linesOf, newDevice, post, said } from './web.ts';
import { linkGroups, sampleOf } from './world.ts';

/** Stands for a group of the cast: the sample groups that rehearsal offers. */
const GROUPS: Address[] = ['web:nhom-moi', 'web:nhom-toan-thanh-pho', 'web:nhom-so-nganh'];

/** A device that was signed out sees nothing any more. */
const signedOut = (error: Error): LineView[] => {
  if (error.message === 'lines: 401') return [];
  throw error;
};

/** How a member of the cast reaches the page. */
interface Way {
  asked(who: string, place: string | null, more: string): Asked;
  /** What the page sends with every message. */
  claim(who: string): object;
  answered(who: string, answer: Response): void;
}

/** In rehearsal, by the switch between persons and groups. */
async function bySwitch(store: Store, cast: Transcript['cast'], at: number): Promise<Way> {
  const queries = new Map<string, { as: string; group: Address | null }>();
  const free = [...GROUPS];
  for (const [who, as] of cast) {
    if (who.startsWith('Nhóm')) queries.set(who, { as: '', group: free.shift()! });
    else {
      const person = sampleOf(as);
      if (person) await store.ensurePersons([{ person, address: `web:${person.id}` }], at);
      queries.set(who, { as: person?.id ?? 'nguoi-moi', group: null });
    }
  }
  await linkGroups(cast, store, at, (who) => queries.get(who)!.group!);
  const reader = [...queries.values()].find((q) => q.group === null)!.as;
  return {
    asked(who, place, more) {
      const group = queries.get(place ?? who)!.group;
      const as = queries.get(who)!.as || reader;
      return { query: `?as=${as}${group ? `&in=${encodeURIComponent(group)}` : ''}&${more}` };
    },
    claim: () => ({}),
    answered: () => {},
  };
}

/** In production everybody has a device of their own, whose cookie changes when they are registered; there are no groups. */
async function byDevice(store: Store, cast: Transcript['cast'], at: number, url: () => string): Promise<Way> {
  const devices = new Map<string, { cookie: string; claim: string }>();
  for (const [who, as] of cast) {
    const cookie = await newDevice(url());
    devices.set(who, { cookie, claim: said('').id });
    const person = sampleOf(as);
    if (person) await store.ensurePersons([{ person, address: strangerAddress(cookie.split('=')[1]!)! }], at);
  }
  return {
    asked: (who, _place, more) => ({ cookie: devices.get(who)!.cookie, query: `?${more}` }),
    claim: (who) => ({ claim: devices.get(who)!.claim }),
    answered(who, answer) {
      const given = answer.headers.get('set-cookie')?.split(';')[0];
      if (given) devices.get(who)!.cookie = given;
    },
  };
}

export async function webStage(store: Store, { cast, rehearsal }: Transcript, at: number): Promise<Stage> {
  await resetStore(store, { keepBook: true });
  // The cast's own groups take the place of the sample groups.
  await store.saveSetting('rehearsal-seeded', 'yes');
  const stage = await appStage(store, rehearsalConfig({ clockStart: at, rehearsal }), createTestTimers());
  const way = rehearsal ? await bySwitch(store, cast, at) : await byDevice(store, cast, at, () => stage.app().url);
  const read = new Map<string, number>();
  const rest = async () => {
    await stage.app().idle();
  };
  const botLines = async (who: string, place: string | null) =>
    (await linesOf(stage.app().url, way.asked(who, place, 'limit=500')).catch(signedOut)).filter(
      (l) => l.who === 'bot',
    );

  async function send(who: string, place: string | null, body: object): Promise<void> {
    const answer = await post(stage.app().url, { ...body, name: who, ...way.claim(who) }, way.asked(who, place, ''));
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    way.answered(who, answer);
    await rest();
  }

  return {
    name: 'web',
    // In a group the bot is called by its name.
    says: (who, place, text) => send(who, place, said(place && !text.startsWith('/') ? `@Trực Ban ${text}` : text)),
    async presses(who, place, label) {
      const choice = (await botLines(who, place)).at(-1)?.choices?.find((c) => c.label === label);
      if (!choice) throw new Error(`không có lựa chọn "${label}"`);
      await send(who, place, { id: said('').id, token: choice.token });
    },
    async arrived(place) {
      await rest();
      const all = await botLines(place, null);
      const news = all.slice(read.get(place) ?? 0);
      read.set(place, all.length);
      return news.map(
        (line): Shown => ({
          text: line.text.flatMap((t) => t.text.split('\n')).filter((t) => t.trim() !== ''),
          choices: (line.choices ?? []).map((c) => c.label),
        }),
      );
    },
    async clockTo(instant) {
      stage.app().clock.jumpTo(instant);
      await stage.app().tick();
      await rest();
    },
    restart: stage.restart,
    reports: () => store.reports(),
    end: () => stage.app().stop(),
  };
}
