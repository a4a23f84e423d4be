/** Where a channel tells no name of whoever registers, they are asked for it: a unit's contact is somebody with a name. */
import { expect, test } from 'vitest';
import type { Conversed } from '../../bot/core/converse.ts';
import { createConverse, emptySession } from '../../bot/core/converse.ts';
import type { Person, Session } from '../../bot/core/types.ts';
import type { World } from '../../bot/core/world.ts';
import { testPlans, testReader, testTalks } from '../support/world.ts';

const converse = createConverse(testTalks());
const now = Date.parse('2026-06-10T09:00:00+07:00');
const invitation = {
  ...{ codeHash: 'h', unit: 'so-y-te', role: 'officer' as const, expiresAt: now + 1000, usedAt: null },
  revoked: false,
};

function talk(fromName?: string) {
  let session: Session = emptySession();
  let person: Person | null = null;
  let n = 0;
  return (text: string): Conversed => {
    const world = {
      ...{ person, contacts: [], plans: testPlans, reader: testReader, rehearsal: false, allReports: null },
      ...{ ownReports: [], today: '2026-06-10', now, chance: '0'.repeat(32) },
      ...(text === 'ABCD-EFGH-JKM1' && { invitation }),
    } as unknown as World;
    const done = converse(
      {
        ...{ id: `e${++n}`, at: now, from: 'web:x', kind: 'said', text, ...(fromName !== undefined && { fromName }) },
        chat: { address: 'web:x', kind: 'private', addressed: true },
      },
      session,
      world,
    );
    session = done.session;
    for (const effect of done.effects)
      if (effect.kind === 'change' && effect.change.kind === 'redeemInvitation') person = effect.change.person;
      else if (effect.kind === 'change' && effect.change.kind === 'nameSelf' && person)
        person = { ...person, name: effect.change.name };
    return done;
  };
}
const namesIn = ({ effects }: Conversed) =>
  effects.flatMap((e) => (e.kind === 'change' && e.change.kind === 'nameSelf' ? [e.change.name] : []));
const words = ({ effects }: Conversed) =>
  effects.flatMap((e) => (e.kind === 'send' ? e.reply.text.map((part) => part.text) : [])).join('\n');

test('whoever registers by a code without a name is asked for it, and it is not stopped as personal data', () => {
  const say = talk();
  expect(words(say('ABCD-EFGH-JKM1'))).toContain('gõ họ và tên');
  expect(namesIn(say('Nguyễn Văn An'))).toEqual(['Nguyễn Văn An']);
});

test.each(['hạn nộp báo cáo', 'nhiệm vụ của đơn vị tôi', 'Sở Y tế', 'báo cáo', 'cảm ơn đồng chí', 'để sau'])(
  'what is asked instead is no name: %s',
  (text) => {
    const say = talk();
    say('ABCD-EFGH-JKM1');
    expect(namesIn(say(text))).toEqual([]);
    expect(namesIn(say('/hoten Nguyễn Văn An'))).toEqual(['Nguyễn Văn An']);
  },
);

test('a name that the channel tells is not asked for', () => {
  expect(words(talk('Lan')('ABCD-EFGH-JKM1'))).not.toContain('họ và tên');
});

test.each(['/hoten Trần Thị Bình', '/hoten tôi là Trần Thị Bình'])('one mends one’s own name: %s', (text) => {
  const say = talk('Meo Con');
  say('ABCD-EFGH-JKM1');
  expect(namesIn(say(text))).toEqual(['Trần Thị Bình']);
});

test('asked for, it is asked for until it is one; what else is personal stays stopped', () => {
  const say = talk('Meo Con');
  say('ABCD-EFGH-JKM1');
  expect(words(say('/hoten'))).toContain('Meo Con');
  expect(namesIn(say('123'))).toEqual([]);
  expect(namesIn(say('Trần Thị Bình, CCCD 031089001234'))).toEqual([]);
  expect(namesIn(say('Trần Thị Bình'))).toEqual(['Trần Thị Bình']);
});

test('a stranger has no name to mend', () => {
  expect(namesIn(talk()('/hoten Trần Thị Bình'))).toEqual([]);
});
