/** The core's own rules, with small talks made for them. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createConverse, emptySession } from '../../bot/core/converse.ts';
import type { AnyTalk } from '../../bot/core/talk.ts';
import type { Chat, Event, Session } from '../../bot/core/types.ts';
import type { World } from '../../bot/core/world.ts';

const none = z.object({});
const line = (text: string) => ({ as: 'text' as const, text });

/** Asks for a figure while open. */
const form: AnyTalk = {
  id: 'form',
  commands: ['baocao'],
  where: 'private',
  args: z.object({ figure: z.string().optional() }),
  command: () => ({}),
  hear: ({ text }, { session }) => (session.draft && /^\d+$/.test(text) ? { figure: text } : null),
  answer: ({ figure }) => ({
    reply: { text: [line(figure ? `ghi ${figure}` : 'mấy buổi?')], offers: [{ label: 'Bỏ qua', ask: later }] },
    draft: { ...draft },
  }),
  takesNumbers: ({ session }) => session.draft !== undefined && !session.draft.paused,
  resume: ({ session }) =>
    session.draft ? { text: [line('mấy buổi?')], offers: [{ label: 'Bỏ qua', ask: later }] } : null,
};
const later = { talk: 'question', args: {} };
const draft = {
  id: 'd',
  form: 'f',
  version: 1,
  unit: 'u',
  duty: null,
  step: 0,
  values: {},
  paused: false,
  startedOn: '2026-06-10',
} as NonNullable<Session['draft']>;

const question: AnyTalk = {
  id: 'question',
  args: none,
  hear: ({ text }) => (text.includes('hạn') || text.startsWith('chọn') ? {} : null),
  answer: () => ({
    reply: {
      text: [line('trước 05/7')],
      offers: [
        { label: 'Xã Cẩm Giàng', ask: a },
        { label: 'Xã Cẩm Giang', ask: b },
      ],
    },
  }),
};
const named: AnyTalk = {
  id: 'named',
  args: z.object({ name: z.string() }),
  answer: ({ name }) => ({ reply: { text: [line(name)] } }),
};
const a = { talk: 'named', args: { name: 'à' } };
const b = { talk: 'named', args: { name: 'a' } };
const broken: AnyTalk = { id: 'broken', args: z.object({ must: z.string() }), answer: () => ({}) };

const converse = createConverse([form, question, named, broken]);
const person = { id: 'p', name: 'P', memberships: [{ unit: 'u', role: 'officer' }] };
const world = { chance: '0123456789abcdef', person, today: '2026-06-10' } as unknown as World;
const privately: Chat = { address: 'web:an', kind: 'private', addressed: true };
let n = 0;
const event = (
  content: { kind: 'said'; text: string } | { kind: 'chose'; token: string },
  chat = privately,
): Event => ({
  id: `web:${++n}`,
  at: 0,
  from: 'web:an',
  chat,
  ...content,
});
const says = (text: string, session = emptySession(), chat = privately) =>
  converse(event({ kind: 'said', text }, chat), session, world);
const replyOf = ({ effects }: ReturnType<typeof says>) => {
  const sent = effects.flatMap((e) => (e.kind === 'send' ? [e.reply] : []));
  expect(sent.length).toBeLessThanOrEqual(1);
  return { text: sent[0]?.text.map((t) => t.text), labels: sent[0]?.choices?.map((c) => c.label) };
};
const byLabel = ({ effects }: ReturnType<typeof says>) =>
  effects.flatMap((e) => (e.kind === 'send' ? [e.reply.byLabel ?? false] : []));

test('a question in the middle of a form is answered, then the form asks again in the same message', () => {
  const open = says('/baocao');
  const asked = says('hạn khi nào', open.session);
  expect(replyOf(asked)).toEqual({
    text: ['trước 05/7', 'mấy buổi?'],
    labels: ['Xã Cẩm Giàng', 'Xã Cẩm Giang', 'Bỏ qua'],
  });
  expect(replyOf(says('8', asked.session)).text).toEqual(['ghi 8']);
});

test('choices are used by label while a number is an answer of the form, and by number again afterwards', () => {
  const open = says('/baocao');
  expect(byLabel(open)).toEqual([true]);
  expect(byLabel(says('hạn khi nào', open.session))).toEqual([true]);
  expect(byLabel(says('chọn'))).toEqual([false]);
  const group: Chat = { address: 'web:nhom', kind: 'group', addressed: true };
  expect(byLabel(says('chọn', open.session, group))).toEqual([false]);
});

test('typing a label or its number is pressing it; labels that fold alike are told apart or not taken', () => {
  const { session } = says('chọn');
  expect(replyOf(says('xã cẩm giang', session)).text).toEqual(['a']);
  expect(replyOf(says('XÃ CẨM GIÀNG'.normalize('NFD'), session)).text).toEqual(['à']);
  expect(replyOf(says('2', session)).text).toEqual(['a']);
  expect(replyOf(says('xa cam giang', session)).text).toBeUndefined();
  expect(replyOf(says('3', session)).text).toBeUndefined();
});

test('a token of an older message is recognised as stale, and the choices of the last one are offered again', () => {
  const first = says('chọn');
  const second = converse(event({ kind: 'said', text: 'chọn lại' }), first.session, {
    ...world,
    chance: 'ffffffffffffffff',
  });
  const stale = converse(event({ kind: 'chose', token: first.session.offered[0]!.token }), second.session, world);
  expect(replyOf(stale)).toMatchObject({ labels: ['Xã Cẩm Giàng', 'Xã Cẩm Giang'] });
});

test('a stored choice whose arguments no longer fit is answered, not thrown', () => {
  const session = { offered: [{ token: 't', label: 'cũ', ask: { talk: 'broken', args: {} } }] };
  expect(replyOf(converse(event({ kind: 'chose', token: 't' }), session, world)).text).toHaveLength(1);
  const gone = { offered: [{ token: 't', label: 'cũ', ask: { talk: 'no such talk', args: {} } }] };
  expect(replyOf(converse(event({ kind: 'chose', token: 't' }), gone, world)).text).toHaveLength(1);
});

test('in a group the bot answers only when it is addressed', () => {
  const group: Chat = { address: 'web:nhom', kind: 'group', addressed: false };
  expect(says('hạn khi nào', emptySession(), group).effects).toEqual([]);
  expect(replyOf(says('@trucban hạn khi nào', emptySession(), { ...group, addressed: true })).text).toEqual([
    'trước 05/7',
  ]);
});

test('a command for private chats is not carried out in a group, and says so', () => {
  const group: Chat = { address: 'web:nhom', kind: 'group', addressed: true };
  expect(replyOf(says('/baocao@trucban_bot', emptySession(), group)).text?.[0]).toMatch(/nhắn riêng/);
});

test('a command is known in any case, with the name of the bot, and without its slash when alone', () => {
  for (const typed of ['/BaoCao', '/baocao@trucban_bot', 'baocao'])
    expect(replyOf(says(typed)).text).toEqual(['mấy buổi?']);
});

test('a form of a unit that somebody has left is not asked for any more', () => {
  const here = {
    ...world,
    person: { ...person, memberships: [{ unit: 'other', role: 'officer' }] },
  } as unknown as World;
  const { session, effects } = converse(event({ kind: 'said', text: 'hạn?' }), { offered: [], draft }, here);
  expect(session.draft).toBeUndefined();
  expect(JSON.stringify(effects)).not.toContain('mấy buổi?');
});
