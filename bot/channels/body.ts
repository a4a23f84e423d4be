/** The body of an answer, within a limit. */

/** Null for an answer that is none, or has more than `most` bytes: what is too much is not read to its end. */
export async function bodyWithin(answer: Response, most: number): Promise<Uint8Array | null> {
  if (!answer.ok || !answer.body || Number(answer.headers.get('content-length') ?? 0) > most) return null;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > most) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
