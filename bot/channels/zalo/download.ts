/** A file that somebody sent on Zalo: its id is its address, open to whoever knows it for a while. */

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
    if (!answer.ok || !answer.body || Number(answer.headers.get('content-length') ?? 0) > most) return null;
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
      size += piece.length;
      if (size > most) return null;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch {
    return null;
  }
}
