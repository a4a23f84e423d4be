import type { TxClient } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { Actor } from './port.ts';
import { toDate, toJson } from './values.ts';

interface Entry {
  by: Actor;
  action: string;
  /** `<kind>:<id>`; an id that is no personal data. */
  subject: string;
  details: Record<string, unknown>;
}

/** Details that are personal data: kept apart, so that they can go when their person has left. */
const PERSONAL = ['name', 'address', 'addresses', 'label', 'nominee'];

/** Writes down who did what, when, to what, with old and new; the database numbers and chains the entries. */
export const audit = (
  tx: TxClient,
  by: Actor,
  action: string,
  subject: string,
  details: Record<string, unknown>,
): Promise<void> => auditAll(tx, [{ by, action, subject, details }]);

export async function auditAll(tx: TxClient, entries: Entry[]): Promise<void> {
  await tx.auditEntry.createMany({
    data: entries.map(({ by: { person, address, at }, action, subject, details: all }) => {
      const parts = Object.entries(all).filter(([, value]) => value !== undefined);
      const isPersonal = ([key]: [string, unknown]) => PERSONAL.includes(key);
      const personal = parts.filter(isPersonal);
      const details = toJson(Object.fromEntries(parts.filter((part) => !isPersonal(part))));
      return {
        ...{ at: toDate(at), person, address, action, subject, details },
        personal: personal.length > 0 ? toJson(Object.fromEntries(personal)) : Prisma.DbNull,
      };
    }),
  });
}
