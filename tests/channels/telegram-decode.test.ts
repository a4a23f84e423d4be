import { describe, expect, test } from 'vitest';
import { decode } from '../../bot/channels/telegram/decode.ts';
import type { Message, Update, User } from '../../bot/channels/telegram/update.ts';

const me: User = { id: 7, is_bot: true, first_name: 'Trực Ban', username: 'TrucBan_bot' };
const an: User = { id: 1001, is_bot: false, first_name: 'An', last_name: 'Nguyễn' };
const privately = { id: 1001, type: 'private' as const };
const group = { id: -100200300, type: 'supergroup' as const, title: 'Nhóm <PCMT>' };

const at = 1_780_000_000_000;
const said = (more: Partial<Message>): Message => ({ message_id: 5, from: an, chat: privately, ...more });
const inGroup = (more: Partial<Message>): Message => said({ chat: group, ...more });
const read = (update: Omit<Update, 'update_id'>) => decode({ update_id: 42, ...update }, me, at);
const message = (more: Partial<Message>) => read({ message: said(more) });
const groupMessage = (more: Partial<Message>) => read({ message: inGroup(more) });
const mention = (offset: number, length: number) => [{ type: 'mention', offset, length }];

describe('a message in private', () => {
  test('is said by a person, who addresses the bot', () => {
    expect(message({ text: 'nhiem vu' })).toEqual({
      id: 'telegram:42',
      at,
      from: 'telegram:1001',
      fromName: 'An Nguyễn',
      chat: { address: 'telegram:1001', kind: 'private', addressed: true },
      message: expect.stringMatching(/^\d+$/),
      kind: 'said',
      text: 'nhiem vu',
    });
  });

  test.each([
    ['/start ABCD-EFGH-JKLM', '/start ABCD-EFGH-JKLM'],
    ['/baocao@trucban_BOT', '/baocao'],
    ['/start@TrucBan_bot ABCD', '/start ABCD'],
    ['/baocao@khac_bot', '/baocao@khac_bot'],
  ])('"%s" is heard as "%s"', (text, heard) => {
    expect(message({ text })).toMatchObject({ kind: 'said', text: heard });
  });

  test('in a topic keeps the topic; a thread of replies is none', () => {
    expect(message({ text: 'a', message_thread_id: 9, is_topic_message: true })!.chat.thread).toBe('9');
    expect(message({ text: 'a', message_thread_id: 9 })!.chat.thread).toBeUndefined();
  });

  test('edited is said anew under the id of the edit; an edited caption or a moving location is not', () => {
    expect(read({ edited_message: said({ text: '13' }) })).toMatchObject({
      id: 'telegram:42',
      kind: 'said',
      text: '13',
      edited: true,
    });
    expect(
      read({ edited_message: said({ caption: 'x', document: { file_id: 'f', file_unique_id: 'u' } }) }),
    ).toBeNull();
    expect(read({ edited_message: said({ location: {} }) })).toBeNull();
  });
});

describe('a file is sent', () => {
  test('a photo in its largest size, with its caption', () => {
    const photo = [
      { file_id: 'big', file_unique_id: 'b', width: 900, height: 600, file_size: 90_000 },
      { file_id: 'small', file_unique_id: 's', width: 90, height: 60, file_size: 900 },
    ];
    expect(message({ photo, caption: 'Buổi ra quân' })).toMatchObject({
      kind: 'sent',
      file: { id: 'big', name: 'photo-b.jpg', mediaType: 'image/jpeg', size: 90_000 },
      caption: 'Buổi ra quân',
    });
  });

  test('every picture of an album for itself, the words with the first', () => {
    const photo = (id: string) => [{ file_id: id, file_unique_id: id, width: 9, height: 6 }];
    const album = { media_group_id: 'g' } as Partial<Message>;
    expect(message({ ...album, photo: photo('a'), caption: 'Ra quân' })).toMatchObject({
      ...{ kind: 'sent', file: { id: 'a' }, caption: 'Ra quân' },
    });
    const second = message({ ...album, photo: photo('b') });
    expect(second).toMatchObject({ kind: 'sent', file: { id: 'b' } });
    expect(second).not.toHaveProperty('caption');
  });

  test('a document with the name and type it came with', () => {
    const document = {
      file_id: 'd',
      file_unique_id: 'u',
      file_name: 'bc.xlsx',
      mime_type: 'application/xlsx',
      file_size: 12,
    };
    const event = message({ document });
    expect(event).toMatchObject({ file: { id: 'd', name: 'bc.xlsx', mediaType: 'application/xlsx', size: 12 } });
    expect(event).not.toHaveProperty('caption');
  });

  test.each(['video', 'animation', 'audio', 'voice', 'video_note', 'document'] as const)(
    '%s without any name',
    (kind) => {
      const event = message({ [kind]: { file_id: 'f', file_unique_id: 'u' } });
      expect(event).toMatchObject({ kind: 'sent', file: { id: 'f', size: 0 } });
      expect(event).toHaveProperty('file.name', expect.stringMatching(new RegExp(`^${kind}-u\\.\\w{3}$`)));
    },
  );
});

test.each(['sticker', 'contact', 'location', 'venue', 'poll', 'dice', 'game', 'story', 'checklist', 'paid_media'])(
  'a %s is said without words, and what it contains goes no further',
  (kind) => {
    const event = message({ [kind]: { phone_number: '0900' } });
    expect(event).toMatchObject({ kind: 'said', text: '' });
    expect(JSON.stringify(event)).not.toContain('0900');
  },
);

describe('ignored', () => {
  test.each<[string, Omit<Update, 'update_id'>]>([
    ['service messages', { message: inGroup({ new_chat_title: 'Mới' } as Partial<Message>) }],
    ['the new side of a migration', { message: inGroup({ migrate_from_chat_id: -5 } as Partial<Message>) }],
    ['other bots', { message: inGroup({ from: { id: 8, is_bot: true, first_name: 'B' }, text: '/baocao' }) }],
    [
      'automatic posts of a linked channel',
      { message: inGroup({ sender_chat: group, is_automatic_forward: true, text: '/a' }) },
    ],
    ['channels', { message: said({ chat: { id: -9, type: 'channel' }, text: '/a' }) }],
    ['games', { callback_query: { id: 'q', from: an, message: inGroup({}) } }],
    ['buttons of inline mode', { callback_query: { id: 'q', from: an, data: 't' } }],
    ['kinds it did not ask for', {}],
  ])('%s', (_, update) => {
    expect(read(update)).toBeNull();
  });
});

describe('in a group the bot is addressed', () => {
  const addressed = (more: Partial<Message>) => groupMessage(more)!.chat.addressed;

  test('by a command, unless it names another bot', () => {
    expect(addressed({ text: '/tinhhinh' })).toBe(true);
    expect(addressed({ text: '/tinhhinh@TRUCBAN_bot hôm nay' })).toBe(true);
    expect(addressed({ text: '/tinhhinh@khac_bot' })).toBe(false);
    expect(addressed({ text: 'gõ /tinhhinh nhé' })).toBe(false);
    expect(addressed({ text: '10/30 rồi' })).toBe(false);
    expect(addressed({ text: '/số' })).toBe(false);
  });

  test('by a mention, which is taken out of the words', () => {
    const event = groupMessage({ text: 'nhờ @trucban_bot ai lo bóng cười', entities: mention(4, 12) });
    expect(event).toMatchObject({ chat: { addressed: true }, text: 'nhờ ai lo bóng cười' });
    const byName = { type: 'text_mention', offset: 0, length: 8, user: me };
    expect(groupMessage({ text: 'Trực Ban hạn nộp?', entities: [byName] })).toMatchObject({
      chat: { addressed: true },
      text: 'hạn nộp?',
    });
    expect(addressed({ text: '@trucban_bot2 ơi', entities: mention(0, 13) })).toBe(false);
    expect(addressed({ text: 'thư trucban_bot@x.vn' })).toBe(false);
  });

  test('by a mention in a caption', () => {
    const document = { file_id: 'd', file_unique_id: 'u' };
    const event = groupMessage({ document, caption: '@trucban_bot', caption_entities: mention(0, 12) });
    expect(event).toMatchObject({ kind: 'sent', chat: { addressed: true } });
    expect(event).not.toHaveProperty('caption');
  });

  test('by a reply to it, but not by writing into a topic that it opened', () => {
    const own = { message_id: 1, from: me, chat: group };
    expect(addressed({ text: 'vâng', reply_to_message: own })).toBe(true);
    expect(addressed({ text: '/tinhhinh@khac_bot', reply_to_message: own })).toBe(false);
    expect(addressed({ text: 'vâng', reply_to_message: { ...own, from: an } })).toBe(false);
    expect(addressed({ text: 'vâng', reply_to_message: { ...own, forum_topic_created: {} } })).toBe(false);
  });

  test('not by what is forwarded: its command and its mention are somebody else’s; in private it is said', () => {
    const forward_origin = { type: 'hidden_user', date: 1, sender_user_name: 'B' };
    expect(addressed({ text: '/baocao', forward_origin })).toBe(false);
    expect(addressed({ text: '@TrucBan_bot chào', entities: mention(0, 12), forward_origin })).toBe(false);
    expect(addressed({ text: 'chào', forward_origin, reply_to_message: inGroup({ from: me }) })).toBe(true);
    expect(message({ text: '8 buổi', forward_origin })).toMatchObject({ kind: 'said', text: '8 buổi' });
  });

  test('and not by anything else', () => {
    expect(groupMessage({ text: 'nhiệm vụ của đơn vị tôi' })).toEqual({
      id: 'telegram:42',
      at,
      from: 'telegram:1001',
      fromName: 'An Nguyễn',
      chat: { address: 'telegram:-100200300', kind: 'group', title: 'Nhóm <PCMT>', addressed: false },
      message: expect.stringMatching(/^\d+$/),
      kind: 'said',
      text: 'nhiệm vụ của đơn vị tôi',
    });
  });
});

describe('those who do not show who they are', () => {
  test('have an address that is nobody', () => {
    const from = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
    expect(groupMessage({ from, sender_chat: group, author_signature: 'Trưởng nhóm', text: '/lienket' })).toMatchObject(
      {
        from: 'telegram:anonymous',
        fromName: 'Trưởng nhóm',
        chat: { addressed: true },
      },
    );
    expect(groupMessage({ from, sender_chat: group, text: '/lienket' })).toMatchObject({ fromName: group.title });
  });
});

describe('a pressed choice', () => {
  test('is chosen by its token, addresses the bot, and keeps the topic', () => {
    const under = { message_id: 3, chat: group, message_thread_id: 11, is_topic_message: true };
    expect(read({ callback_query: { id: 'q', from: an, data: 'abc0', message: under } })).toEqual({
      id: 'telegram:42',
      at,
      from: 'telegram:1001',
      fromName: 'An Nguyễn',
      chat: { address: 'telegram:-100200300', kind: 'group', title: group.title, addressed: true, thread: '11' },
      kind: 'chose',
      token: 'abc0',
    });
  });
});

describe('membership', () => {
  const change = (chat: typeof group | typeof privately, old: object, now: object) =>
    read({ my_chat_member: { chat, from: an, old_chat_member: old as never, new_chat_member: now as never } });

  test.each([
    ['added', { status: 'left' }, { status: 'member' }, 'joined'],
    ['added as an administrator', { status: 'kicked' }, { status: 'administrator' }, 'joined'],
    ['added with restrictions', { status: 'left' }, { status: 'restricted', is_member: true }, 'joined'],
    ['removed', { status: 'member' }, { status: 'kicked' }, 'left'],
    ['gone while restricted', { status: 'member' }, { status: 'restricted', is_member: false }, 'left'],
  ])('%s', (_, old, now, kind) => {
    expect(change(group, old, now)).toMatchObject({ kind, chat: { address: 'telegram:-100200300', kind: 'group' } });
  });

  test('blocked and unblocked in private', () => {
    expect(change(privately, { status: 'member' }, { status: 'kicked' })).toMatchObject({ kind: 'left' });
    expect(change(privately, { status: 'kicked' }, { status: 'member' })).toMatchObject({ kind: 'joined' });
  });

  test('a promotion is no event', () => {
    expect(change(group, { status: 'member' }, { status: 'administrator' })).toBeNull();
  });

  test('a group that becomes a supergroup has moved, whoever did it', () => {
    const chat = { id: -55, type: 'group' as const, title: 'Nhóm' };
    const moved = { kind: 'moved', to: 'telegram:-100900', chat: { address: 'telegram:-55' } };
    expect(read({ message: said({ chat, migrate_to_chat_id: -100900 }) })).toMatchObject(moved);
    const unnamed = { message_id: 1, chat, migrate_to_chat_id: -100900 };
    expect(read({ message: unnamed })).toMatchObject({ ...moved, from: 'telegram:anonymous' });
  });
});
