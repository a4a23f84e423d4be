/** Pictures are stored once, by their hash; a reply and a line of the web chat name the hash. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Instant, Picture } from '../core/types.ts';
import type { Database, TxClient } from './database.ts';
import { toDate } from './values.ts';

/** A picture as JSON columns hold it. */
export interface Filed extends Omit<Picture, 'base64'> {
  hash: string;
}

const Named = z.object({ name: z.string(), mediaType: z.enum(['image/png', 'image/svg+xml']), alt: z.string() });
export const filed: z.ZodType<Filed> = Named.extend({ hash: z.string() });

type Pictured = { picture?: Picture };
type FiledIn<T extends Pictured> = Omit<T, 'picture'> & { picture?: Filed };

/**
 * Puts pictures in, each once in its life.
 * @param known hashes that this transaction has put in already
 */
export async function filePicture<T extends Pictured>(
  tx: Pick<TxClient, 'picture'>,
  said: T,
  at: Instant,
  known = new Set<string>(),
): Promise<FiledIn<T>> {
  const { picture, ...rest } = said;
  if (!picture) return rest as FiledIn<T>;
  const { base64, ...named } = picture;
  const hash = await putPicture(tx, Buffer.from(base64, 'base64'), at, known);
  return { ...rest, picture: { ...named, hash } } as FiledIn<T>;
}

/** @returns the picture's hash */
export async function putPicture(
  tx: Pick<TxClient, 'picture'>,
  bytes: Buffer<ArrayBuffer>,
  at: Instant,
  known = new Set<string>(),
): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (!known.has(hash)) {
    const { count } = await tx.picture.updateMany({ where: { hash }, data: { at: toDate(at) } });
    if (count === 0) await tx.picture.createMany({ data: { hash, bytes, at: toDate(at) }, skipDuplicates: true });
    known.add(hash);
  }
  return hash;
}

/** The last few are kept in memory: a digest's picture goes out to many groups. */
const MOST_KEPT = 16;

export interface Gallery {
  /** Pictures by hash; what is not there any more is left out. */
  get(hashes: readonly string[]): Promise<Map<string, string>>;
}

export function createGallery({ prisma }: Database): Gallery {
  const kept = new Map<string, string>();
  return {
    async get(hashes) {
      const found = new Map([...new Set(hashes)].flatMap((hash) => (kept.has(hash) ? [[hash, kept.get(hash)!]] : [])));
      const missing = hashes.filter((hash) => !found.has(hash));
      if (missing.length > 0)
        for (const { hash, bytes } of await prisma.picture.findMany({ where: { hash: { in: missing } } })) {
          const base64 = Buffer.from(bytes).toString('base64');
          found.set(hash, base64);
          kept.set(hash, base64);
          if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
        }
      return found;
    },
  };
}

/** The same with its picture; in words where the picture is gone. */
export function unfile<T extends { picture?: Filed | Picture | undefined }>(
  said: T,
  pictures: ReadonlyMap<string, string>,
): Omit<T, 'picture'> & Pictured {
  const { picture, ...rest } = said;
  if (!picture) return rest;
  if ('base64' in picture) return { ...rest, picture };
  const { hash, ...named } = picture;
  const base64 = pictures.get(hash);
  return base64 === undefined ? rest : { ...rest, picture: { ...named, base64 } };
}

export const hashesIn = (said: readonly { picture?: Filed | Picture | undefined }[]): string[] =>
  said.flatMap(({ picture }) => (picture && 'hash' in picture ? [picture.hash] : []));
