/** The port's contract, on the embedded database and on a server. */
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Store } from '../../bot/store/port.ts';
import { backends, resetStore } from '../support/database.ts';
import { bookContract } from './contract/book.ts';
import { changesContract } from './contract/changes.ts';
import { conversationContract } from './contract/conversation.ts';
import { followUpContract } from './contract/follow-up.ts';
import { jobsContract } from './contract/jobs.ts';
import { learningContract } from './contract/learning.ts';
import { outboxContract } from './contract/outbox.ts';
import { peopleContract } from './contract/people.ts';
import { recordContract } from './contract/record.ts';
import { registerContract } from './contract/register.ts';
import { registrationContract } from './contract/registration.ts';
import { shelfContract } from './contract/shelf.ts';
import { statesContract } from './contract/states.ts';
import { turnsContract } from './contract/turns.ts';
import { webContract } from './contract/web.ts';

for (const backend of await backends()) {
  describe.skipIf(backend.missing !== null)(`on ${backend.name}`, () => {
    let opened: { store: Store; close(): Promise<void> };
    const store = () => opened.store;

    beforeAll(async () => {
      opened = await backend.open();
    });
    afterAll(() => opened.close());
    beforeEach(() => resetStore(opened.store));

    describe('book', () => bookContract(store));
    describe('conversation', () => conversationContract(store));
    describe('turns', () => turnsContract(store));
    describe('changes', () => changesContract(store));
    describe('states of reports, extensions, handovers', () => statesContract(store));
    describe('record', () => recordContract(store));
    describe('matters and marks', () => registerContract(store));
    describe('learning from use', () => learningContract(store));
    describe('plans that come', () => shelfContract(store));
    describe('people and settings', () => peopleContract(store));
    describe('registration', () => registrationContract(store));
    describe('outbox', () => outboxContract(store));
    describe('follow-up', () => followUpContract(store));
    describe('web history', () => webContract(store));
    // Last: what is started there runs until the store is closed.
    describe('jobs', () => jobsContract(store));
  });
}
