/** How the port's values stand in the database. */
import type { Instant } from '../core/types.ts';
import type { Day } from '../plan/types.ts';
import type { Prisma } from './generated/client.ts';

export const toDate = (at: Instant): Date => new Date(at);
export const toInstant = (date: Date): Instant => date.getTime();

export const dayToDate = (day: Day | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`));
export const dateToDay = (date: Date | null): Day | null => (date === null ? null : date.toISOString().slice(0, 10));

/** An instant as a parameter of raw SQL: `${sqlTime(at)}::timestamptz`. */
export const sqlTime = (at: Instant): string => new Date(at).toISOString();

/** PostgreSQL stores no NUL and JSON columns no half surrogate pair; a message may hold both. */
export const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** How JSON writes what a JSON column does not take; seldom there, so that looking is all it costs. */
const ODD = /\\u(?:0000|d[89a-f])/;

/** A value as text for a JSON column, and as it is read from there. */
export function asStored<T>(value: T): { text: string; value: T } {
  const text = JSON.stringify(value);
  if (!ODD.test(text)) return { text, value };
  const cleaned = JSON.stringify(value, (_key, part) => (typeof part === 'string' ? clean(part) : part));
  return { text: cleaned, value: JSON.parse(cleaned) };
}

/** A value as text for a JSON column. */
export const toJsonText = (value: unknown): string => asStored(value).text;

/** A value as Prisma puts it into a JSON column. */
export const toJson = (value: unknown): Prisma.InputJsonObject => JSON.parse(toJsonText(value));

/** `{ name: value }`, or nothing where a column is null: optional fields of the port are absent, not null. */
export function given<K extends string, V>(name: K, value: V | null): { [key in K]?: V } {
  return value === null ? {} : ({ [name]: value } as { [key in K]: V });
}
