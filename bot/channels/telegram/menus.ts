/** The menus of commands: one for private chats, one for groups, one for the private chats of some people. */
import type { Address } from '../../core/types.ts';
import type { Log } from '../log.ts';
import type { Driver } from './driver.ts';

/** `command`: 1–32 of a-z 0-9 _; `description`: 1–256. */
export interface Command {
  command: string;
  description: string;
}

export interface MenuNeeds {
  driver: Driver;
  commands: { private: Command[]; group: Command[] };
  /** Another menu in the private chats of some people. */
  coordinators?: { commands: Command[]; addresses(): Promise<Address[]> };
  chatOf(to: Address): number | null;
  log: Log;
  signal: AbortSignal;
}

export interface Menus {
  /** Sets the menus for all; false where that is to be tried again. Never throws. */
  offer(): Promise<boolean>;
  /** Somebody wrote in private: a menu that was refused there, because nobody had written yet, is set. */
  wrote(from: Address): Promise<void>;
  /** Gives those who now coordinate their menu, and those who no longer do everybody's. */
  follow(): Promise<void>;
}

export function createMenus({ driver, commands, coordinators, chatOf, log, signal }: MenuNeeds): Menus {
  /** Chats that are to have the menu of coordinators. */
  let wanted = new Set<number>();
  /** Those that have it. */
  const special = new Set<number>();

  async function set(scope: { type: string; chat_id?: number }, menu: Command[]): Promise<'set' | 'later' | 'refused'> {
    const answer = await driver.call('setMyCommands', { commands: menu, scope }, signal);
    if (answer.ok) return 'set';
    const refused = answer.kind === 'refused' && answer.code < 500 && answer.code !== 429;
    if (signal.aborted) return 'refused';
    const reason = answer.kind === 'unreached' ? answer.reason : answer.description;
    log.warn({ scope, reason }, 'the menu of commands was not set');
    return refused ? 'refused' : 'later';
  }

  /** False where some menu is to be tried again. */
  async function follow(): Promise<boolean> {
    if (!coordinators) return true;
    wanted = new Set((await coordinators.addresses()).map(chatOf).filter((chat) => chat !== null));
    const done: boolean[] = [];
    for (const chat_id of wanted) if (!special.has(chat_id)) done.push((await give(chat_id)) !== 'later');
    for (const chat_id of [...special].filter((chat) => !wanted.has(chat))) {
      const outcome = await set({ type: 'chat', chat_id }, commands.private);
      if (outcome === 'set') special.delete(chat_id);
      done.push(outcome !== 'later');
    }
    return !done.includes(false);
  }

  async function give(chat_id: number): Promise<'set' | 'later' | 'refused'> {
    const outcome = await set({ type: 'chat', chat_id }, coordinators!.commands);
    if (outcome === 'set') special.add(chat_id);
    return outcome;
  }

  return {
    async follow() {
      await follow();
    },
    async offer() {
      const all = [await set({ type: 'all_private_chats' }, commands.private)];
      all.push(await set({ type: 'all_group_chats' }, commands.group));
      const followed = await follow().catch((error: unknown) => {
        log.warn({ error: String(error) }, 'who coordinates is not known yet');
        return false;
      });
      return followed && !all.includes('later');
    },
    async wrote(from) {
      const chat = chatOf(from);
      if (chat !== null && wanted.has(chat) && !special.has(chat)) await give(chat);
    },
  };
}
