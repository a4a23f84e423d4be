/** People and groups that use the bot, each action an update as Telegram would make it. */
import type { ChatMember, Entity, Message, TelegramChat, User } from '../../../bot/channels/telegram/update.ts';
import type { ChatState, Shown, State } from './state.ts';
import { addMessage } from './state.ts';
import type { Updates } from './updates.ts';

export interface PeopleNeeds {
  state: State;
  updates: Updates;
  date(): number;
}

/** A chat as a test reads it. */
export interface View {
  id: number;
  messages(): Shown[];
  fromBot(): Shown[];
  lastFromBot(): Shown | undefined;
}

export interface Saying {
  thread?: number;
  /** Id of the message replied to. */
  replyTo?: number;
  /** Anything else of a message: a photo, a sticker, a sender chat. */
  more?: Partial<Message>;
}

export interface Person {
  user: User;
  chat: View;
  say(text: string, saying?: Saying): number;
  /** Sends something other than a text. */
  send(content: Partial<Message>): number;
  edit(messageId: number, text: string): void;
  /** Presses a button of the newest message that has one with this label. */
  press(label: string): string;
  block(): void;
  unblock(): void;
}

export interface Group {
  chat: View;
  add(by: Person): void;
  remove(by: Person): void;
  say(who: Person, text: string, saying?: Saying): number;
  send(who: Person, content: Partial<Message>, saying?: Saying): number;
  press(who: Person, label: string): string;
  /** The group becomes a supergroup under a new id. */
  migrate(by: Person, id: number): Group;
  /** Opens a topic of a forum. */
  topic(): number;
}

export function createPeople({ state, updates, date }: PeopleNeeds) {
  let presses = 0;

  function chatState(chat: ChatState['chat'], open: boolean): ChatState {
    const known = state.chats.get(chat.id);
    if (known) return known;
    const made: ChatState = { chat, open, messages: [], nextId: 1, threads: new Set() };
    state.chats.set(chat.id, made);
    return made;
  }

  function write(
    chat: ChatState,
    from: User,
    content: Partial<Message>,
    { thread, replyTo, more }: Saying = {},
  ): number {
    const shown = addMessage(chat, {
      from: from.id,
      text: content.text ?? content.caption ?? '',
      marks: [],
      buttons: [],
    });
    const repliedTo = replyTo === undefined ? undefined : chat.messages.find((m) => m.id === replyTo);
    const message: Message & { date: number } = {
      message_id: shown.id,
      from,
      chat: chat.chat,
      date: date(),
      ...content,
      ...(content.text !== undefined && entitiesOf(content.text)),
      ...(thread !== undefined && { message_thread_id: thread, is_topic_message: true }),
      ...(repliedTo && { reply_to_message: quoted(repliedTo, chat) as Message }),
      ...more,
    };
    updates.push({ message }, chat.chat.id);
    return shown.id;
  }

  const quoted = (shown: Shown, { chat }: ChatState) => ({
    message_id: shown.id,
    from: shown.from === 'bot' ? state.me : state.people.get(shown.from)!,
    chat,
    date: date(),
    text: shown.text,
  });

  function press(chat: ChatState, from: User, label: string): string {
    const found = chat.messages
      .toReversed()
      .flatMap((message) => message.buttons.flat().map((button) => ({ message, button })))
      .find(({ button }) => button.text === label);
    if (!found) throw new Error(`no button "${label}"`);
    const id = `press-${++presses}`;
    state.presses.set(id, 'open');
    const { message, button } = found;
    updates.push(
      {
        callback_query: {
          id,
          from,
          chat_instance: `i${chat.chat.id}`,
          data: button.callback_data!,
          message: {
            ...quoted(message, chat),
            ...(message.thread !== undefined && { message_thread_id: message.thread, is_topic_message: true }),
          },
        } as never,
      },
      chat.chat.id,
    );
    return id;
  }

  function membership(chat: ChatState, from: User, before: ChatMember['status'], after: ChatMember['status']): void {
    const member = (status: string) => ({
      status,
      user: state.me,
      ...(status === 'kicked' && { until_date: 0 }),
    });
    const change = {
      chat: chat.chat,
      from,
      date: date(),
      old_chat_member: member(before),
      new_chat_member: member(after),
    };
    updates.push({ my_chat_member: change as never }, chat.chat.id);
  }

  const view = (chat: ChatState): View => ({
    id: chat.chat.id,
    messages: () => chat.messages,
    fromBot: () => chat.messages.filter((m) => m.from === 'bot'),
    lastFromBot: () => chat.messages.findLast((m) => m.from === 'bot'),
  });

  return {
    /** A person in a private chat with the bot, which may write to them once they have written. */
    person(id: number, name: string): Person {
      const [first_name, ...others] = name.split(' ');
      const user: User = {
        ...{ id, is_bot: false, first_name: first_name! },
        ...(others.length > 0 && { last_name: others.join(' ') }),
      };
      state.people.set(id, user);
      const chat = chatState({ id, type: 'private', first_name: first_name! }, false);
      const open = () => {
        chat.open = true;
      };
      return {
        user,
        chat: view(chat),
        say(text, saying) {
          open();
          return write(chat, user, { text }, saying);
        },
        send(content) {
          open();
          return write(chat, user, content);
        },
        edit(messageId, text) {
          const message = { message_id: messageId, from: user, chat: chat.chat, date: date(), edit_date: date(), text };
          updates.push({ edited_message: message }, id);
        },
        press: (label) => press(chat, user, label),
        block() {
          chat.refusal = 'Forbidden: bot was blocked by the user';
          membership(chat, user, 'member', 'kicked');
        },
        unblock() {
          delete chat.refusal;
          membership(chat, user, 'kicked', 'member');
        },
      };
    },

    /** A group; supergroups have ids below -1000000000000. */
    group(id: number, title: string): Group {
      const type = id < -1_000_000_000_000 ? 'supergroup' : 'group';
      const chat = chatState({ id, type, title } as TelegramChat, false);
      const all = this;
      return {
        chat: view(chat),
        add(by) {
          chat.open = true;
          delete chat.refusal;
          membership(chat, by.user, 'left', 'member');
        },
        remove(by) {
          chat.refusal = `Forbidden: bot was kicked from the ${type} chat`;
          membership(chat, by.user, 'member', 'kicked');
        },
        say: (who, text, saying) => write(chat, who.user, { text }, saying),
        send: (who, content, saying) => write(chat, who.user, content, saying),
        press: (who, label) => press(chat, who.user, label),
        migrate(by, to) {
          write(chat, by.user, { migrate_to_chat_id: to });
          chat.movedTo = to;
          const next = all.group(to, title);
          state.chats.get(to)!.open = true;
          write(state.chats.get(to)!, by.user, {}, { more: { migrate_from_chat_id: id } as object });
          return next;
        },
        topic() {
          chat.chat = { ...chat.chat, is_forum: true };
          const thread = chat.nextId++;
          chat.threads.add(thread);
          return thread;
        },
      };
    },
  };
}

function entitiesOf(text: string): { entities?: Entity[] } {
  const found = (re: RegExp, type: string) =>
    [...text.matchAll(re)].map((m) => ({ type, offset: m.index, length: m[0].length }));
  const entities = [
    ...found(/(?<=^|\s)\/[a-z0-9_]+(?:@\w+)?/gi, 'bot_command'),
    ...found(/(?<=^|\s)@\w{4,}/g, 'mention'),
  ];
  return entities.length > 0 ? { entities } : {};
}
