/** A file that somebody sent on Zalo: its id is its address, open to whoever knows it for a while. */

import { bodyWithin } from '../body.ts';

const PATIENCE_MS = 20_000;

/** Null for what is not to be had over https, or has more than `most` bytes. Never throws. */
export async function downloadFrom(
  address: string,
  most: number,
  signal: AbortSignal,
  get: typeof fetch = fetch,
): Promise<Uint8Array | null> {
  if (!URL.canParse(address) || new URL(address).protocol !== 'https:') return null;
  try {
    const answer = await get(address, {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    return await bodyWithin(answer, most);
  } catch {
    return null;
  }
}
