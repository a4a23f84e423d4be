/** The codes of the table are those of the invitations: one for each unit, good once. */
import { expect, test } from 'vitest';
import { codeIn } from '../../bot/core/codes.ts';
import type { Here } from '../../bot/core/talk.ts';
import { inviteAll } from '../../bot/talk/invite-all.ts';
import { hashOf } from '../../bot/work/handle.ts';
import { invitationSheet } from '../../bot/work/invitation-sheet.ts';
import { testPlans } from '../support/world.ts';

const here = (address: string): Here =>
  ({
    event: { chat: { address } },
    world: {
      ...{ desk: {}, plans: testPlans, now: 1_780_000_000_000, chance: '0123456789abcdef'.repeat(2) },
      directory: new Map([['so-y-te', [{ person: 'p1', name: 'Lan', role: 'officer' }]]]),
    },
  }) as unknown as Here;

test('every unit without a contact gets a code of its own, which the table tells again from its seed', () => {
  const turn = inviteAll({ everyone: 'missing' }, here('web:1'), { hashOf });
  const [change] = turn.changes!;
  const of = turn.reply!.paper!.of;
  if (change?.kind !== 'inviteAll' || of.kind !== 'invitations') throw new Error('no table');
  const sheet = invitationSheet({ ...of, plans: testPlans, links: (code) => [`https://t.me/bot?start=${code}`] });
  expect(sheet.columns).toHaveLength(5);
  expect(sheet.rows).toHaveLength(142);
  expect(sheet.rows.map(([, name]) => name)).not.toContain('Sở Y tế');
  const codes = sheet.rows.map(([, , code]) => codeIn(String(code))!);
  expect(new Set(codes).size).toBe(142);
  expect(codes.map(hashOf)).toEqual(change.invitations.map(({ codeHash }) => codeHash));
  expect(sheet.rows[0]!.at(-1)).toBe(`https://t.me/bot?start=${codes[0]}`);
  // Nothing in the text gives a code away where the table is sent.
  expect(turn.reply!.text.map(({ text }) => text).join('\n')).not.toContain(String(sheet.rows[0]![2]));
});

test('where no document can be sent the codes stand in the text', () => {
  const turn = inviteAll({ everyone: 'all' }, here('zalo:1'), { hashOf });
  expect(turn.reply!.paper).toBeUndefined();
  expect(turn.reply!.text.at(-1)!.text.match(/: [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/gm)).toHaveLength(143);
});
