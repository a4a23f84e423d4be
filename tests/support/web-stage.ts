/** The whole app over real HTTP: people of the cast use the web chat's rehearsal switch. */
import type { Address } from '../../bot/core/types.ts';
import type { Store } from '../../bot/store/port.ts';
import { appStage } from './app-stage.ts';
import { resetStore } from './database.ts';
import { rehearsalConfig, type Shown, type Stage } from './stage.ts';
import { createTestTimers } from './telegram/timers.ts';
import type { Transcript } from './transcript.ts';
import { linesOf, post, said } from './web.ts';
import { linkGroups, sampleOf } from './world.ts';

/** Stands for a group of the cast: the sample groups that rehearsal offers. */
const GROUPS: Address[] = ['web:nhom-moi', 'web:nhom-toan-thanh-pho', 'web:nhom-so-nganh'];

export async function webStage(store: Store, { cast }: Transcript, at: number): Promise<Stage> {
  await resetStore(store, { keepBook: true });
  // The cast's own groups take the place of the sample groups.
  await store.saveSetting('rehearsal-seeded', 'yes');
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
  const stage = await appStage(store, rehearsalConfig({ clockStart: at }), createTestTimers());
  const reader = [...queries.values()].find((q) => q.group === null)!.as;
  const query = (who: string, place: string | null) => {
    const group = queries.get(place ?? who)!.group;
    const as = queries.get(who)!.as || reader;
    return `?as=${as}${group ? `&in=${encodeURIComponent(group)}` : ''}`;
  };
  const read = new Map<string, number>();
  const rest = async () => {
    await stage.app().idle();
  };
  const botLines = async (who: string, place: string | null) =>
    (await linesOf(stage.app().url, { query: `${query(who, place)}&limit=500` })).filter((l) => l.who === 'bot');

  async function send(who: string, place: string | null, body: object): Promise<void> {
    const answer = await post(stage.app().url, body, { query: query(who, place) });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
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
