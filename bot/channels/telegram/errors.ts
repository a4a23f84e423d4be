/** What a failed call means for the message that was to be sent. Pure; rules from the Bot API and its practice. */
import type { Sent } from '../channel.ts';
import { addressOf } from './decode.ts';
import type { Failure } from './driver.ts';

/**
 * A wrong token is mended by a person, maybe in the morning: tries so far apart last for nine hours. Once the channel is well
 * again, what waits is freed at once (`work/recovery.ts`).
 */
const TOKEN_RETRY_MS = 30 * 60_000;

/**
 * Without an answer the message may have arrived: Telegram knows no key for repeats. It is sent again, since a message
 * that arrives twice does less harm than one that never does.
 */
export function sentOf(failure: Failure): Sent {
  if (failure.kind === 'unreached') return later(`Telegram was not reached: ${failure.reason}`);
  const { code, description, retryAfterSeconds, movedTo } = failure;
  const reason = `${code} ${description}`;
  if (movedTo !== undefined) return { ...later(reason, 0), movedTo: addressOf(movedTo) };
  if (retryAfterSeconds !== undefined) return later(reason, retryAfterSeconds * 1000);
  switch (code) {
    case 400:
      if (isUnchanged(failure)) return { ok: true, messageId: '' };
      return CLOSED.test(description) ? closed(reason) : never(reason);
    case 401:
    case 404:
      return later(reason, TOKEN_RETRY_MS);
    case 409:
    case 429:
      return later(reason);
    default:
      if (code === 403) return closed(reason);
      return code >= 500 ? later(reason) : never(reason);
  }
}

const later = (reason: string, after?: number) => ({
  ok: false as const,
  retryable: true,
  reason,
  ...(after !== undefined && { after }),
});
const never = (reason: string) => ({ ok: false as const, retryable: false, reason });

const closed = (reason: string) => ({ ...never(reason), unreachable: true as const });

/** The whole chat is closed to the bot, whatever the message. A 403 always says so: blocked, kicked, deactivated. */
const CLOSED =
  /chat not found|user not found|chat_write_forbidden|not enough rights|have no rights to send|peer_id_invalid|bot is not a member|group is deactivated/i;

const says = (words: RegExp) => (failure: Failure) =>
  failure.kind === 'refused' && failure.code === 400 && words.test(failure.description);

/** The marks were refused; the same words without marks will pass. */
export const isUnparsable = says(/can't parse entities|unsupported start tag|can't find end/i);
/** The forum topic is gone or closed; the group itself can still be written to. */
export const isThreadGone = says(/message thread not found|TOPIC_CLOSED|TOPIC_DELETED/i);
/** An edit that changes nothing has succeeded. */
const isUnchanged = says(/message is not modified/i);
