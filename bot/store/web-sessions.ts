/** Signed-in devices of the web chat. */
import type { Address } from '../core/types.ts';
import type { WebSession, WebSessions } from '../core/web.ts';
import { audit } from './audit.ts';
import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { unlinkAddresses } from './links.ts';
import { clean, toDate, toInstant } from './values.ts';

type Row = Prisma.WebSessionGetPayload<object>;

const toSession = ({ id, address, seed, hash, nextHash, oldHash, oldUntil, ...row }: Row): WebSession => ({
  ...{ id, seed, hash, nextHash, oldHash, address: address as Address },
  ...{ openedBy: row.openedBy, label: row.label, rotatedAt: toInstant(row.rotatedAt) },
  oldUntil: oldUntil && toInstant(oldUntil),
  endedAt: row.endedAt && toInstant(row.endedAt),
});

export function createWebSessions({ prisma }: Database): WebSessions {
  const find = async (where: Prisma.WebSessionWhereUniqueInput) => {
    const row = await prisma.webSession.findUnique({ where });
    return row && toSession(row);
  };
  return {
    read: (id) => find({ id: clean(id) }),
    at: (address) => find({ address }),
    async registered(address) {
      return (await prisma.identity.count({ where: { address } })) > 0;
    },
    async others(address) {
      const own = await prisma.identity.findUnique({ where: { address } });
      if (!own) return [];
      const where = { personId: own.personId, address: { startsWith: 'web:', not: address } };
      return (await prisma.identity.findMany({ where })).map((row) => row.address as Address);
    },
    async open({ rotatedAt, oldUntil, ...session }) {
      const at = toDate(rotatedAt);
      const times = { openedAt: at, rotatedAt: at, usedAt: at, oldUntil: oldUntil === null ? null : toDate(oldUntil) };
      const { count } = await prisma.webSession.createMany({ data: { ...session, ...times }, skipDuplicates: true });
      return count === 1;
    },
    async offer(id, hash, nextHash) {
      await prisma.webSession.updateMany({ where: { id, hash, endedAt: null }, data: { nextHash } });
    },
    async confirm(id, nextHash, now, oldUntil) {
      // One statement, so that of two requests with the new secret only the first moves the old one aside.
      const count = await prisma.$executeRaw`
        UPDATE web_sessions SET old_hash = hash, old_until = ${toDate(oldUntil).toISOString()}::timestamptz,
          hash = next_hash, next_hash = NULL,
          rotated_at = ${toDate(now).toISOString()}::timestamptz, used_at = ${toDate(now).toISOString()}::timestamptz
        WHERE id = ${id} AND next_hash = ${nextHash} AND ended_at IS NULL`;
      return count === 1;
    },
    async replayed(id, now) {
      return prisma.$transaction(async (tx) => {
        const [ended] = await tx.webSession.updateManyAndReturn({
          where: { id, endedAt: null },
          data: { endedAt: toDate(now) },
        });
        if (!ended) return null;
        const address = ended.address as Address;
        const by = { person: null, address, at: now };
        const gone = await tx.identity.findUnique({ where: { address } });
        await tx.identity.deleteMany({ where: { address } });
        await audit(tx, by, 'webSessionReplayed', `webSession:${id}`, { label: ended.label });
        return gone?.personId ?? null;
      });
    },
    signOut: (address, everywhere, now) =>
      prisma.$transaction(async (tx) => {
        const own = await tx.identity.findUnique({ where: { address } });
        if (!own) {
          await tx.webSession.updateMany({ where: { address, endedAt: null }, data: { endedAt: toDate(now) } });
          return [address];
        }
        const all = await tx.identity.findMany({ where: { personId: own.personId, address: { startsWith: 'web:' } } });
        const addresses = everywhere ? all.map((row) => row.address as Address) : [address];
        const by = { person: own.personId, address, at: now };
        await unlinkAddresses(tx, { kind: 'unlinkAddresses', addresses }, by);
        return addresses;
      }),
  };
}
