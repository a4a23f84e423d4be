import { createHash } from 'node:crypto';
import type { WebFiles } from '../core/web.ts';
import type { Database } from './database.ts';
import { toDate } from './values.ts';

/** Files sent on the web chat, until what they were sent for has its copy or they turn out to be of no use. */
export const createWebFiles = ({ prisma }: Database): WebFiles => ({
  async put({ id, address, bytes, at }) {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const data = { id, address, bytes: new Uint8Array(bytes), hash, at: toDate(at) };
    await prisma.webFile.createMany({ data, skipDuplicates: true });
  },
  async settle(id) {
    const awaited = await prisma.planImport.count({ where: { state: 'reading', file: { path: ['id'], equals: id } } });
    if (awaited === 0) await prisma.webFile.deleteMany({ where: { id } });
  },
  async get(id) {
    return (await prisma.webFile.findUnique({ where: { id }, select: { bytes: true } }))?.bytes ?? null;
  },
});
