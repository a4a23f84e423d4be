import type { TxClient } from './database.ts';
import type { Actor } from './port.ts';
import { toDate, toJson } from './values.ts';

interface Entry {
  by: Actor;
  action: string;
  /** `<kind>:<id>` */
  subject: string;
  details: Record<string, unknown>;
}

/** Writes down who did what, when, to what; `subject` is `<kind>:<id>`. */
export const audit = (
  tx: TxClient,
  by: Actor,
  action: string,
  subject: string,
  details: Record<string, unknown>,
): Promise<void> => auditAll(tx, [{ by, action, subject, details }]);

export async function auditAll(tx: TxClient, entries: Entry[]): Promise<void> {
  await tx.auditEntry.createMany({
    data: entries.map(({ by: { person, address, at }, action, subject, details }) => {
      return { at: toDate(at), person, address, action, subject, details: toJson(details) };
    }),
  });
}
