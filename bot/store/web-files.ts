import { createHash } from 'node:crypto';
import type { WebFiles } from '../core/web.ts';
import type { Database } from './database.ts';
import { toDate } from './values.ts';

/** Files sent on the web chat; the same one again is kept once. */
export const createWebFiles = ({ prisma }: Database): WebFiles => ({
  async put({ id, address, bytes, at }) {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const data = { id, address, bytes: new Uint8Array(bytes), hash, at: toDate(at) };
    await prisma.webFile.createMany({ data, skipDuplicates: true });
  },
  async get(id) {
    return (await prisma.webFile.findUnique({ where: { id }, select: { bytes: true } }))?.bytes ?? null;
  },
});
