/** Hands updates to the bot, as events. */
import type { Event, Instant } from '../../core/types.ts';
import { type Accepted, createIntake, type IntakeNeeds } from '../intake.ts';
import { decode } from './decode.ts';
import type { Driver } from './driver.ts';
import type { Update, User } from './update.ts';

export interface InboxNeeds extends IntakeNeeds {
  driver: Driver;
  me: User;
  now(): Instant;
}

export interface Inbox {
  /** Resolves once the update is stored, or needs not be. With `again`, it is offered again until then, in its place. */
  accept(update: Update, again?: (failures: number) => Promise<boolean>): Promise<Accepted>;
}

export function createInbox(needs: InboxNeeds): Inbox {
  const intake = createIntake(needs);
  return {
    async accept(update, again) {
      const event = read(update, needs);
      // The spinner on the button ends at once, whatever comes of it; a press that is offered again may be too old.
      if (update.callback_query && !(event && intake.failing(event.id)))
        void needs.driver.call('answerCallbackQuery', { callback_query_id: update.callback_query.id });
      return event ? intake.accept(event, again) : 'done';
    },
  };
}

function read(update: Update, { me, now, log }: InboxNeeds): Event | null {
  try {
    return decode(update, me, now());
  } catch (error) {
    log.error({ update: update.update_id, error: String(error) }, 'an update could not be read and is skipped');
    return null;
  }
}
