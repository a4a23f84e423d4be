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
  /** Sets the menus for all. */
  offer(): Promise<void>;
  /** Gives those who now coordinate their menu, and those who no longer do everybody's. */
  follow(): Promise<void>;
}

export function createMenus({ driver, commands, coordinators, chatOf, log, signal }: MenuNeeds): Menus {
  /** Chats that have the menu of coordinators. */
  const special = new Set<number>();

  async function set(scope: { type: string; chat_id?: number }, menu: Command[]): Promise<boolean> {
    const answer = await driver.call('setMyCommands', { commands: menu, scope }, signal);
    if (answer.ok || signal.aborted) return answer.ok;
    const reason = answer.kind === 'unreached' ? answer.reason : answer.description;
    log.warn({ scope, reason }, 'the menu of commands was not set');
    return false;
  }

  async function follow(): Promise<void> {
    if (!coordinators) return;
    const now = new Set((await coordinators.addresses()).map(chatOf).filter((chat) => chat !== null));
    for (const chat_id of now)
      if (!special.has(chat_id) && (await set({ type: 'chat', chat_id }, coordinators.commands))) special.add(chat_id);
    for (const chat_id of special)
      if (!now.has(chat_id) && (await set({ type: 'chat', chat_id }, commands.private))) special.delete(chat_id);
  }

  return {
    follow,
    async offer() {
      await set({ type: 'all_private_chats' }, commands.private);
      await set({ type: 'all_group_chats' }, commands.group);
      await follow();
    },
  };
}
