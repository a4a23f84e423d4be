/** The whole local Telegram (see README.md). */
import { createFaults, type Fault, type Sprinkle } from './faults.ts';
import { createPeople, type Group, type Person } from './people.ts';
import { createRates } from './rates.ts';
import { Refusal } from './refusal.ts';
import { type Call, startServer } from './server.ts';
import { createState, type State } from './state.ts';
import { createTestTimers, type TestTimers } from './timers.ts';
import { createUpdates, type Updates } from './updates.ts';

export interface Telegram {
  url: string;
  token: string;
  state: State;
  updates: Updates;
  timers: TestTimers;
  /** Every call with the right token, oldest first. */
  calls: Call[];
  /** What the specification or the limits forbid; empty in a good test. */
  violations: string[];
  person(id: number, name: string): Person;
  group(id: number, title: string): Group;
  fault(fault: Fault): void;
  /** Misfortunes by chance. */
  sprinkle(pick: Sprinkle): void;
  /** Messages refused because they came too fast. */
  tooFast(): number;
  /** Breaks every connection until it is up again. */
  setDown(down: boolean): void;
  /** The token is replaced: the one in use is no longer valid. */
  revokeToken(): void;
  addFile(id: string, path: string, bytes: Uint8Array): void;
  /** A chat as people see it, line by line: `bot: Chào đồng chí [Nhiệm vụ] [Báo cáo]`. */
  transcript(chat: number): string[];
  stop(): Promise<void>;
}

export const BOT = { id: 7_000_000_001, username: 'trucban_bot' };

/** @param timers shared with the channel under test; 429 and the retries of a webhook go by it */
export async function startTelegram(timers: TestTimers = createTestTimers()): Promise<Telegram> {
  /** 10/6/2026, 08:00 in Hải Phòng. */
  const date = () => Date.parse('2026-06-10T08:00:00+07:00') / 1000 + Math.floor(timers.now() / 1000);
  const state = createState(BOT.id, BOT.username);
  const updates = createUpdates(timers, date);
  const faults = createFaults();
  const people = createPeople({ state, updates, date });
  const calls: Call[] = [];
  const violations: string[] = [];
  const given = `${BOT.id}:AAH-local_test_token_0123456789abcd`;
  let valid = given;
  let down = false;
  const rates = createRates(timers.now);
  let tooFast = 0;
  const count = (chat: number) => {
    try {
      rates(chat);
    } catch (error) {
      if (error instanceof Refusal) tooFast += 1;
      throw error;
    }
  };
  const server = await startServer({
    ...{ state, updates, date, faults },
    count,
    token: () => valid,
    down: () => down,
    called: (call) => calls.push(call),
    violation: (what) => violations.push(what),
  });

  return {
    ...{ url: server.url, token: given, state, updates, timers, calls, violations },
    person: (id, name) => people.person(id, name),
    group: (id, title) => people.group(id, title),
    fault: faults.add,
    sprinkle: faults.sprinkle,
    tooFast: () => tooFast,
    setDown(next) {
      down = next;
      if (down) updates.endPolls();
    },
    revokeToken() {
      valid = `${BOT.id}:another`;
      updates.endPolls();
    },
    addFile: (id, path, bytes) => state.files.set(id, { path, bytes }),
    transcript: (id) =>
      (state.chats.get(id)?.messages ?? []).map((m) => {
        const who = m.from === 'bot' ? 'bot' : (state.people.get(m.from)?.first_name ?? String(m.from));
        const buttons = m.buttons.flat().map((b) => ` [${b.text}]`);
        return `${who}:${m.picture ? ' (hình)' : ''} ${m.text}${buttons.join('')}`;
      }),
    async stop() {
      updates.setWebhook(null);
      await server.close();
    },
  };
}
