/**
 * Clears away what has served its time. A message that was sent is kept as the record of what was said; its key may be
 * forgotten with it, since every key names a day or an event that does not come again. Reports, people and the audit log
 * are never cleared.
 */
import type { Instant } from '../core/types.ts';
import type { Database } from './database.ts';
import { sqlTime } from './values.ts';

const DAY_MS = 86_400_000;
/** Days. Platforms repeat an event for a day or two at most. */
export const KEEP = { seenEvents: 30, messages: 400, webLines: 400, pictures: 2, webFiles: 3, openQuestions: 400 };

export async function upkeep({ prisma }: Database, now: Instant): Promise<void> {
  const before = (days: number) => sqlTime(now - days * DAY_MS);
  await prisma.$executeRaw`DELETE FROM seen_events WHERE at < ${before(KEEP.seenEvents)}::timestamptz`;
  await prisma.$executeRaw`
    DELETE FROM outgoing WHERE state <> 'queued' AND done_at < ${before(KEEP.messages)}::timestamptz`;
  await prisma.$executeRaw`DELETE FROM web_files WHERE at < ${before(KEEP.webFiles)}::timestamptz`;
  await prisma.$executeRaw`DELETE FROM web_lines WHERE at < ${before(KEEP.webLines)}::timestamptz`;
  await prisma.$executeRaw`DELETE FROM open_questions WHERE last_at < ${before(KEEP.openQuestions)}::timestamptz`;
  // What was put in lately may be on its way into a row that is not there yet.
  await prisma.$executeRaw`
    DELETE FROM pictures p WHERE p.at < ${before(KEEP.pictures)}::timestamptz
      AND NOT EXISTS (SELECT 1 FROM outgoing WHERE reply->'picture'->>'hash' = p.hash)
      AND NOT EXISTS (SELECT 1 FROM web_lines WHERE body->'picture'->>'hash' = p.hash)`;
}
