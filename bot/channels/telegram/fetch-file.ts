/** Fetches a file of Telegram's by the path that `getFile` told. Both drivers use it: neither library does it within a limit. */

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
      if (!response.ok || !response.body || Number(response.headers.get('content-length') ?? 0) > most) return null;
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
        size += part.length;
        if (size > most) return null;
        parts.push(part);
      }
      return Buffer.concat(parts);
    } catch {
      return null;
    }
  };
}
