/** What a failed call means for the message that was to be sent. Pure; rules from the table of errors of Zalo's pages. */
import type { Sent } from '../channel.ts';
import type { Failure } from './client.ts';

/**
 * A wrong token is mended by a person, maybe in the morning: tries so far apart last for nine hours. Once the channel is well
 * again, what waits is freed at once (`work/recovery.ts`).
 */
const TOKEN_RETRY_MS = 30 * 60_000;
/** So long Zalo is not asked at all. */
export const TOKEN_HUSH_MS = 5 * 60_000;

/** Zalo calls 403 an internal error, but answers so to a token that it does not accept. */
export const isTokenRefused = (failure: Failure): boolean =>
  failure.kind === 'refused' && (failure.code === 401 || failure.code === 403);

export const isThrottled = (failure: Failure): boolean => failure.kind === 'refused' && failure.code === 429;

/** Nothing came while the poll was open. */
export const isEmptyPoll = (failure: Failure): boolean => failure.kind === 'refused' && failure.code === 408;

/**
 * Without an answer the message may have arrived: Zalo knows no key for repeats. It is sent again, since a message that
 * arrives twice does less harm than one that never does.
 * @param healthy the channel works otherwise: what is not found is the chat, not the API
 * @param after when to try again after a 429, ms: Zalo does not say
 */
export function sentOf(failure: Failure, healthy: boolean, after: number): Sent {
  if (failure.kind === 'unreached') return later(`Zalo was not reached: ${failure.reason}`);
  const reason = `${failure.code} ${failure.description}`;
  if (isTokenRefused(failure)) return later(reason, TOKEN_RETRY_MS);
  switch (failure.code) {
    case 404:
      return healthy ? { ...never(reason), unreachable: true } : later(reason, TOKEN_RETRY_MS);
    case 408:
      return later(reason);
    case 429:
      return later(reason, after);
    default:
      return failure.code >= 500 ? later(reason) : never(reason);
  }
}

const later = (reason: string, after?: number) => ({
  ok: false as const,
  retryable: true,
  reason,
  ...(after !== undefined && { after }),
});
const never = (reason: string) => ({ ok: false as const, retryable: false, reason });
