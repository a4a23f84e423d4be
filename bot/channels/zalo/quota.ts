/** Counts what is sent in a month: Zalo sells no more than so many messages, and does not tell how many are left. */
import { say } from '../../text/say.ts';
import type { Log } from '../log.ts';

export interface QuotaNeeds {
  /** Adds to a lasting counter and tells its value; 0 only tells it. */
  count(name: string, by: number): Promise<number>;
  /** `YYYY-MM` in Asia/Ho_Chi_Minh. */
  month(): string;
  /** Tells the coordinators; once for each key. */
  alert(key: string, text: string): Promise<void>;
  log: Log;
}

export interface Quota {
  /** Reads what was sent before the process began. Never throws. */
  load(): Promise<void>;
  /** A message was sent. Never throws: that it went out matters more than that it is counted. */
  sent(): Promise<void>;
  /** For the administrator, once the month's messages run low. */
  warning(): string | null;
}

/** Bot Platform, plan "Basic" (price list read on 26/9/2026). */
export const MONTHLY_MESSAGES = 3_000;
const WARN_AT = 0.8;

export function createQuota({ count, month, alert, log }: QuotaNeeds): Quota {
  let counted = { month: '', sent: 0 };

  async function add(by: number): Promise<void> {
    const now = month();
    try {
      counted = { month: now, sent: await count(`zalo-sent/${now}`, by) };
      const stage = stageOf(counted.sent);
      if (stage && by > 0) await alert(`zalo-quota/${now}/${stage}`, spoken(counted));
    } catch (error) {
      log.error({ error: String(error) }, 'the messages of the month could not be counted');
    }
  }

  return {
    load: () => add(0),
    sent: () => add(1),
    warning: () => (counted.month === month() && stageOf(counted.sent) ? spoken(counted) : null),
  };
}

const stageOf = (sent: number): 'low' | 'spent' | null =>
  sent >= MONTHLY_MESSAGES ? 'spent' : sent >= WARN_AT * MONTHLY_MESSAGES ? 'low' : null;

function spoken({ month, sent }: { month: string; sent: number }): string {
  const figures = {
    sent: sent.toLocaleString('vi-VN'),
    most: MONTHLY_MESSAGES.toLocaleString('vi-VN'),
    month: `${Number(month.slice(5))}/${month.slice(0, 4)}`,
  };
  return stageOf(sent) === 'spent' ? say('channels:zalo.quotaSpent', figures) : say('channels:zalo.quotaLow', figures);
}
