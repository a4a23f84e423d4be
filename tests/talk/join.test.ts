/** Where a channel tells no name of whoever asks to join, they are asked for it: nobody lets in somebody unknown. */
import { expect, test } from 'vitest';
import { createConverse, emptySession } from '../../bot/core/converse.ts';
import type { Effect, Session } from '../../bot/core/types.ts';
import type { World } from '../../bot/core/world.ts';
import { testPlans, testReader, testTalks } from '../support/world.ts';

const converse = createConverse(testTalks());
const world = {
  ...{ person: null, contacts: [], plans: testPlans, reader: testReader, rehearsal: false, allReports: null },
  ...{ ownReports: [], today: '2026-06-10', now: Date.parse('2026-06-10T09:00:00+07:00'), chance: '0'.repeat(32) },
} as unknown as World;

function talk() {
  let session: Session = emptySession();
  let n = 0;
  return (text: string): Effect[] => {
    const done = converse(
      {
        ...{ id: `e${++n}`, at: world.now, from: 'web:x', kind: 'said', text },
        chat: { address: 'web:x', kind: 'private', addressed: true },
      },
      session,
      world,
    );
    session = done.session;
    return done.effects;
  };
}
const joins = (effects: Effect[]) =>
  effects.flatMap((e) => (e.kind === 'change' && e.change.kind === 'askJoin' ? [e.change.request.name] : []));

test('the name is asked for, is not stopped as personal data, and goes with the request', () => {
  const say = talk();
  expect(joins(say('/xinvao sở y tế'))).toEqual([]);
  expect(joins(say('tôi là Nguyễn Văn A'))).toEqual(['Nguyễn Văn A']);
});

test('what is no name is asked about again; an identity number is stopped all the same', () => {
  const say = talk();
  say('/xinvao sở y tế');
  expect(joins(say('123'))).toEqual([]);
  expect(joins(say('Nguyễn Văn A, CCCD 031089001234'))).toEqual([]);
  expect(joins(say('Nguyễn Văn A'))).toEqual(['Nguyễn Văn A']);
});

test('another question in between is a question', () => {
  const say = talk();
  say('/xinvao sở y tế');
  expect(joins(say('/trogiup'))).toEqual([]);
});
