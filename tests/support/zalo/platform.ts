/** The whole local Zalo (see README.md). */
import { createTestTimers, type TestTimers } from '../telegram/timers.ts';
import { createFaults, type Fault } from './faults.ts';
import { createPeople, type Group, type Person } from './people.ts';
import { type Call, startServer } from './server.ts';
import type { State } from './state.ts';
import { createUpdates, type Updates } from './updates.ts';

export interface Zalo {
  url: string;
  token: string;
  state: State;
  updates: Updates;
  timers: TestTimers;
  /** Every call with the right token, oldest first. */
  calls: Call[];
  /** What Zalo's pages forbid or do not know; empty in a good test. */
  violations: string[];
  person(name: string, id?: string): Person;
  group(id?: string): Group;
  fault(fault: Fault): void;
  /** Breaks every connection until it is up again. */
  setDown(down: boolean): void;
  /** The token is replaced: the one in use is no longer valid. */
  revokeToken(): void;
  /** Half a minute passes without a message: the open poll ends empty. */
  expirePoll(): Promise<void>;
  /** Updates come in a list. */
  answerInLists(): void;
  /** What `setWebhook` will say of its trial call. */
  setVerification(told: object | null): void;
  stop(): Promise<void>;
}

/** @param timers shared with the channel under test */
export async function startZalo(timers: TestTimers = createTestTimers()): Promise<Zalo> {
  const date = () => Date.parse('2026-06-10T08:00:00+07:00') + timers.now();
  const state: State = { chats: new Map(), sentThisMonth: 0 };
  const updates = createUpdates();
  const faults = createFaults();
  const people = createPeople(state, updates, date);
  const calls: Call[] = [];
  const violations: string[] = [];
  const given = '12345689:local-test-token_0123456789';
  let valid = given;
  let down = false;
  let lists = false;
  let verification: object | null = null;
  const server = await startServer({
    ...{ state, updates, date, faults },
    token: () => valid,
    down: () => down,
    lists: () => lists,
    verification: () => verification,
    called: (call) => calls.push(call),
    violation: (what) => violations.push(what),
  });

  return {
    ...{ url: server.url, token: given, state, updates, timers, calls, violations },
    person: people.person,
    group: people.group,
    fault: faults.add,
    setDown(next) {
      down = next;
      if (down) updates.endPoll();
    },
    revokeToken() {
      valid = '12345689:another';
      updates.endPoll();
    },
    async expirePoll() {
      await timers.advance(30_000);
      updates.endPoll();
    },
    answerInLists() {
      lists = true;
    },
    setVerification(told) {
      verification = told;
    },
    async stop() {
      updates.stop();
      await server.close();
    },
  };
}
