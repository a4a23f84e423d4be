/**
 * Pictures for Zalo, which fetches them by address. The address names the picture and the hour it lapses, and carries a
 * signature, so that nobody can guess one; any instance of the bot can serve it.
 */
import { createHmac } from 'node:crypto';
import type { Hono } from 'hono';
import type { Picture } from '../../core/types.ts';
import { sameSecret } from '../secret.ts';

export interface PictureNeeds {
  /** Where the bot is reached, without a path. */
  publicUrl: string;
  /** Secret of the signatures, the same for every instance. */
  key: string;
  shelf: Shelf;
  /** The machine's clock, ms UTC. */
  wall(): number;
}

/** Keeps pictures for at least as long as their addresses hold. */
export interface Shelf {
  /** @returns the picture's name: hex digits */
  put(base64: string): Promise<string>;
  /** Base64; null when it is not there. */
  get(name: string): Promise<string | null>;
}

export interface Pictures {
  urlOf(picture: Picture): Promise<string>;
  routes(app: Hono): void;
}

/** Zalo fetches a picture when it is sent; a phone that was off may come a day later. */
const VALID_MS = 24 * 3_600_000;

export function createPictures({ publicUrl, key, shelf, wall }: PictureNeeds): Pictures {
  const sign = (name: string, until: string) =>
    createHmac('sha256', key).update(`${name}/${until}`).digest('hex').slice(0, 32);

  return {
    async urlOf(picture) {
      const name = await shelf.put(picture.base64);
      const until = (wall() + VALID_MS).toString(36);
      return `${publicUrl.replace(/\/+$/, '')}/zalo/pictures/${name}/${until}/${sign(name, until)}.png`;
    },
    routes(app) {
      app.get('/zalo/pictures/:name{[0-9a-f]+}/:until{[0-9a-z]{1,12}}/:file{[0-9a-f]{32}\\.png}', async (c) => {
        const { name, until, file } = c.req.param();
        const mine = sameSecret(file.slice(0, -'.png'.length), sign(name, until));
        const base64 = mine && Number.parseInt(until, 36) > wall() ? await shelf.get(name) : null;
        if (base64 === null) return c.body(null, 404);
        return c.body(Buffer.from(base64, 'base64'), 200, {
          'Content-Type': 'image/png',
          'Cache-Control': 'private, max-age=3600',
          'X-Content-Type-Options': 'nosniff',
          'X-Robots-Tag': 'noindex',
        });
      });
    },
  };
}
