/** Fetches a file of Telegram's by the path that `getFile` told. Both drivers use it: neither library does it within a limit. */

import { bodyWithin } from '../body.ts';

/** Null when it cannot be had or is larger than it may be. Nothing that fails here tells the address, which holds the token. */
export type FetchFile = (path: string, most: number) => Promise<Uint8Array | null>;

const TIMEOUT_MS = 60_000;

export function createFetchFile({ token, apiRoot }: { token: string; apiRoot?: string | undefined }): FetchFile {
  const root = (apiRoot ?? 'https://api.telegram.org').replace(/\/+$/, '');
  return async (path, most) => {
    // The path is Telegram's own, but it goes into an address.
    if (!/^[\w./-]{1,300}$/.test(path) || path.includes('..')) return null;
    try {
      const response = await fetch(`${root}/file/bot${token}/${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return await bodyWithin(response, most);
    } catch {
      return null;
    }
  };
}
