/** Hands events to the bot: one chat's strictly in order, different chats side by side, and none lost but a poisonous one. */
import type { Event } from '../core/types.ts';
import type { Log } from './log.ts';

export interface IntakeNeeds {
  receive(event: Event): Promise<void>;
  /** Runs work in order for each key (see `bot/work/lanes.ts`). */
  lanes: { run<T>(key: string, work: () => Promise<T>): Promise<T> };
  /** Whether the store answers: a store that is away is no fault of the event. */
  storeAlive(): Promise<boolean>;
  log: Log;
}

/** `failed`: to be offered again. */
export type Accepted = 'done' | 'failed';

export interface Intake {
  /** Resolves once the event is stored. With `again`, it is offered again until then, in its place. */
  accept(event: Event, again?: (failures: number) => Promise<boolean>): Promise<Accepted>;
  /** It was offered before and could not be stored. */
  failing(eventId: string): boolean;
}

/** An event that fails this often, with the store alive, is skipped: it must not hold up everybody else's. */
const MOST_TRIES = 6;

export function createIntake({ receive, lanes, storeAlive, log }: IntakeNeeds): Intake {
  const failures = new Map<string, number>();

  async function offer(event: Event): Promise<Accepted> {
    try {
      await receive(event);
      failures.delete(event.id);
      return 'done';
    } catch (error) {
      if (!(await storeAlive())) return 'failed';
      const count = (failures.get(event.id) ?? 0) + 1;
      failures.set(event.id, count);
      const fields = { event: event.id, tries: count, error: String(error) };
      if (count < MOST_TRIES) {
        log.warn(fields, 'an update could not be handled; it will be tried again');
        return 'failed';
      }
      log.error(fields, 'an update could not be handled and is skipped');
      failures.delete(event.id);
      return 'done';
    }
  }

  return {
    accept: (event, again) =>
      lanes.run(event.chat.address, async () => {
        for (let tries = 0; ; tries++) {
          const accepted = await offer(event);
          if (accepted === 'done' || !again || !(await again(tries))) return accepted;
        }
      }),
    failing: (eventId) => failures.has(eventId),
  };
}
