/** Turns of many conversations, stored in one statement: the price of a statement and of a write to disk is shared. */
import type { Instant } from '../core/types.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { Outgoing, Turn, TurnOutcome } from './port.ts';
import { asStored, clean, sqlTime, toJsonText } from './values.ts';

/** @returns of each turn in its place, what came of it (see `Store.saveTurns`) */
export async function saveTurns(
  db: Database,
  turns: readonly Turn[],
  at: Instant,
  until: Instant,
): Promise<TurnOutcome[]> {
  const going = apart(turns);
  const answers = asStored(
    [...going].flatMap(({ event, answers }) =>
      answers.map(({ to, key, thread, reply }) => ({ event, to, key, thread, reply })),
    ),
  );
  const { saved, fresh, claimed } = await store(db, [...going], answers.text, at, until);
  const [savedKeys, freshEvents, ids] = [new Set(saved), new Set(fresh), new Map(claimed)];
  const firsts = new Map<string, Outgoing>();
  for (const { event, thread, ...answer } of answers.value) {
    const id = ids.get(answer.key);
    if (id !== undefined)
      firsts.set(event, { id, ...answer, ...(thread !== undefined && { thread }), partsSent: 0, attempts: 1 });
  }
  return turns.map((turn) => {
    if (!going.has(turn) || (turn.session && !savedKeys.has(turn.session.key))) return { kind: 'overtaken' };
    const event = clean(turn.event);
    return freshEvents.has(event) ? { kind: 'stored', claimed: firsts.get(event) ?? null } : { kind: 'seen' };
  });
}

/** Of two turns of one conversation the second must see what the first has left: it is not among these. */
function apart(turns: readonly Turn[]): Set<Turn> {
  const taken = new Set<string>();
  const free = ({ event, session }: Turn) => {
    const names = [`event/${event}`, ...(session ? [`session/${session.key}`] : [])];
    if (names.some((name) => taken.has(name))) return false;
    for (const name of names) taken.add(name);
    return true;
  };
  return new Set(turns.filter(free));
}

interface Stored {
  /** Keys of the sessions that were saved. */
  saved: string[];
  /** Events that were not seen before. */
  fresh: string[];
  /** Key and id of each answer that was claimed. */
  claimed: [key: string, id: string][];
}

/** @param answers as JSON, each with its event */
async function store(
  db: Database,
  turns: readonly Turn[],
  answers: string,
  at: Instant,
  until: Instant,
): Promise<Stored> {
  // In one order for all, so that two statements never wait for each other.
  const sessions = turns.flatMap(({ session }) => session ?? []).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const events = turns
    .map(({ event, session }) => ({ id: event, session: session?.key }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  // An array is looked up by index where a join, before the table was ever analysed, would read all of it. What is stored
  // of a turn hangs on its session, and its answers on its event; keys of answers that are there already stay as they are.
  const [row] = await db.query<{ stored: Stored }>(Prisma.sql`
    WITH given AS MATERIALIZED (
      SELECT array_agg(key) AS keys, array_agg(revision) AS revisions, array_agg(state) AS states,
        ${sqlTime(at)}::timestamptz AS at
      FROM json_to_recordset(${toJsonText(sessions)}::json) AS session (key text, revision int, state jsonb)
    ), begun AS (
      INSERT INTO sessions (key, revision, state, updated_at)
      SELECT key, 1, state, at FROM given, unnest(keys, revisions, states) AS session (key, revision, state)
      WHERE revision = 0 ON CONFLICT DO NOTHING RETURNING key
    ), continued AS (
      UPDATE sessions SET revision = revision + 1, updated_at = (SELECT at FROM given),
        state = (SELECT states FROM given)[array_position((SELECT keys FROM given), key)]
      WHERE key = ANY ((SELECT keys FROM given)::text[]) AND revision > 0
        AND revision = (SELECT revisions FROM given)[array_position((SELECT keys FROM given), key)]
      RETURNING key
    ), saved AS MATERIALIZED (SELECT key FROM begun UNION ALL SELECT key FROM continued),
    fresh AS (
      INSERT INTO seen_events (id, at)
      SELECT id, at FROM given, json_to_recordset(${toJsonText(events)}::json) AS turn (id text, session text)
      WHERE session IS NULL OR session IN (SELECT key FROM saved)
      ON CONFLICT DO NOTHING RETURNING id
    ), answers AS (
      SELECT * FROM ROWS FROM (json_to_recordset(${answers}::json)
          AS (event text, key text, "to" text, thread text, reply jsonb))
        WITH ORDINALITY AS answer (event, key, address, thread, reply, place)
      WHERE event IN (SELECT id FROM fresh)
    ), queued AS (
      INSERT INTO outgoing (key, address, thread, reply, not_before, queued_at, held_until, attempts)
      SELECT key, address, thread, reply, ${sqlTime(at)}::timestamptz, ${sqlTime(at)}::timestamptz,
        CASE WHEN first THEN ${sqlTime(until)}::timestamptz END, CASE WHEN first THEN 1 ELSE 0 END
      FROM (SELECT *, row_number() OVER (PARTITION BY address ORDER BY place) = 1 AND NOT EXISTS (
          SELECT 1 FROM outgoing o WHERE o.address = answers.address AND o.state = 'queued') AS first
        FROM answers) line ORDER BY place
      ON CONFLICT DO NOTHING RETURNING id, key, held_until
    )
    SELECT json_build_object('saved', ARRAY(SELECT key FROM saved), 'fresh', ARRAY(SELECT id FROM fresh),
      'claimed', ARRAY(SELECT json_build_array(key, id::text) FROM queued WHERE held_until IS NOT NULL)) AS stored`);
  return row!.stored;
}
