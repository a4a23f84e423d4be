import { z } from 'zod';
import type {
  Address,
  Chat,
  GroupChat,
  Handover,
  Invitation,
  JoinRequest,
  OwnPlace,
  Person,
  Session,
} from '../core/types.ts';
import type { Extension } from '../plan/extended.ts';
import type { UnitId } from '../plan/types.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { type KeptTaught, LEARNING } from './learning.ts';
import * as parse from './parse.ts';
import { preferredFirst } from './people.ts';
import type { Asked, Surroundings } from './port.ts';
import { type KeptRegister, REVISION } from './register.ts';
import { newestFirst, reportJson, reportsWithContent } from './reports.ts';
import { clean, sqlTime } from './values.ts';

const role = z.enum(['officer', 'head', 'coordinator', 'administrator']);

const memberships = z.array(z.object({ unit: z.string(), role }));

const Row = z.object({
  seen: z.boolean(),
  person: z
    .object({
      id: z.string(),
      name: z.string(),
      memberships,
      quietUntil: z.string().nullable(),
      deputy: z.string().nullable(),
      preferred: z.enum(['telegram', 'zalo', 'web']).nullable(),
    })
    .nullable(),
  contacts: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), memberships, colleague: z.boolean() },
      ...{ addresses: z.array(z.string()), preferred: z.string().nullable() },
    }),
  ),
  extensions: z.array(
    z.object({
      id: z.string(),
      unit: z.string(),
      duty: z.string(),
      days: z.number(),
      reason: z.string(),
      state: z.enum(['asked', 'granted', 'refused']),
      askedBy: z.string(),
      askedAt: z.number(),
      decidedBy: z.string().nullable(),
      answer: z.string().nullable(),
    } satisfies Record<keyof Extension, z.ZodType>),
  ),
  handovers: z.array(
    z.object({
      id: z.string(),
      unit: z.string(),
      from: z.string(),
      to: z.string().nullable(),
      codeHash: z.string().nullable(),
      at: z.number(),
    } satisfies Record<keyof Handover, z.ZodType>),
  ),
  group: z
    .object({
      title: z.string(),
      kind: z.enum(['city', 'group', 'unit']),
      of: z.string(),
      digestAt: z.string(),
      days: z.array(z.number()),
      without: z.array(z.enum(['picture', 'figures'])),
      paused: z.boolean(),
      linkedBy: z.string(),
    })
    .nullable(),
  invitation: z
    .object({
      ...{ codeHash: z.string(), unit: z.string(), role },
      ...{ expiresAt: z.number(), usedAt: z.number().nullable(), revoked: z.boolean() },
    })
    .nullable(),
  link: z
    .object({
      codeHash: z.string(),
      person: z.string(),
      addresses: z.array(z.string()).nullable(),
      expiresAt: z.number(),
      usedAt: z.number().nullable(),
    })
    .nullable(),
  places: z.array(z.object({ address: z.string(), label: z.string().nullable() })),
  joining: z
    .object({ id: z.string(), address: z.string(), name: z.string(), unit: z.string(), at: z.number() })
    .nullable(),
  sessionKey: z.string(),
  session: z.object({ revision: z.number(), state: z.unknown() }).nullable(),
  seesAll: z.boolean(),
  reports: z.array(parse.report),
  lastReceipt: z.number(),
  register: z.string(),
  learning: z.string(),
  agencyGroups: z.array(z.string()),
});

const instant = (column: string) => Prisma.raw(`round(extract(epoch FROM ${column}) * 1000)`);

/**
 * One round trip for everything, for as many events as there are: a person's reports are those of their own units, a
 * coordinator's and a linked group's are all there are.
 */
function question(events: readonly Asked[], year: number, agency: UnitId | null): Prisma.Sql {
  const groups = events.map(({ chat }) => (chat.kind === 'group' ? chat.address : null));
  const times = events.map(({ chat, at }) => (chat.kind === 'private' && at !== undefined ? sqlTime(at) : null));
  // Who speaks somewhere can be written to there again. What a stranger cannot have is not looked for: even to find
  // nothing takes its time.
  return Prisma.sql`
    WITH asked AS MATERIALIZED (
      SELECT * FROM unnest(${events.map(({ event }) => clean(event))}::text[], ${events.map(({ from }) => from)}::text[],
        ${events.map(({ chat }) => chat.address)}::text[], ${groups}::text[],
        ${events.map(({ codeHash }) => codeHash)}::text[], ${times}::timestamptz[])
        WITH ORDINALITY AS event (id, sender, chat, group_chat, code_hash, at, place)
    ), heard AS (
      DELETE FROM unreachable_places u USING asked WHERE u.address IN (asked.chat, asked.sender)
    ), used AS (
      UPDATE identities SET used_at = asked.at FROM asked WHERE identities.address = asked.sender AND asked.at IS NOT NULL
        AND EXISTS (SELECT 1 FROM identities other WHERE other.person_id = identities.person_id
          AND other.address <> identities.address AND (identities.used_at IS NULL OR other.used_at >= identities.used_at))
    )
    SELECT json_agg(around ORDER BY place) AS arounds FROM (SELECT asked.place,
      EXISTS (SELECT FROM seen_events WHERE id = asked.id) AS seen,
      CASE WHEN speaker.id IS NOT NULL THEN json_build_object('id', speaker.id, 'name', speaker.name,
        'quietUntil', speaker.quiet_until, 'deputy', speaker.deputy, 'preferred', speaker.preferred,
        'memberships', ${membershipsOf(Prisma.sql`speaker.id`)}) END AS person,
      COALESCE((SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'preferred', p.preferred,
          'memberships', ${membershipsOf(Prisma.sql`p.id`)},
          'colleague', EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = p.id AND m.unit = ANY (speaker.units)),
          'addresses', COALESCE((SELECT json_agg(i.address ${lastUsedFirst}) FROM identities i WHERE i.person_id = p.id
            AND NOT EXISTS (SELECT 1 FROM unreachable_places u WHERE u.address = i.address)), '[]')) ORDER BY p.seq)
        FROM persons p WHERE p.id IS DISTINCT FROM speaker.id AND (asked.group_chat IS NULL OR speaker.id IS NOT NULL)
          AND p.id IN (
            SELECT person_id FROM memberships WHERE role IN ('coordinator', 'administrator') OR unit = ANY (speaker.units)
            UNION ALL
            SELECT from_person FROM handovers WHERE state = 'offered' AND code_hash = asked.code_hash)), '[]') AS contacts,
      COALESCE((SELECT json_agg(json_build_object('id', e.id, 'unit', e.unit, 'duty', e.duty, 'days', e.days,
          'reason', e.reason, 'state', e.state, 'askedBy', e.asked_by, 'askedAt', ${instant('e.asked_at')},
          'decidedBy', e.decided_by, 'answer', e.answer) ORDER BY e.asked_at, e.id)
        FROM extensions e WHERE e.state = 'granted' OR sees_all OR e.unit = ANY (speaker.units)), '[]') AS extensions,
      CASE WHEN speaker.id IS NULL AND asked.code_hash IS NULL THEN '[]' ELSE COALESCE((
        SELECT json_agg(json_build_object('id', h.id, 'unit', h.unit, 'from', h.from_person, 'to', h.to_person,
          'codeHash', h.code_hash, 'at', ${instant('h.at')}) ORDER BY h.at)
        FROM handovers h WHERE h.state = 'offered'
          AND (speaker.id IN (h.from_person, h.to_person) OR h.code_hash = asked.code_hash)), '[]') END AS handovers,
      (SELECT json_build_object('title', title, 'kind', scope_kind, 'of', COALESCE(scope_of, ''),
        'digestAt', digest_at, 'days', COALESCE(days, '{}'), 'without', COALESCE(without, '{}'), 'paused', paused,
        'linkedBy', linked_by) FROM group_chats WHERE address = asked.group_chat) AS "group",
      (SELECT json_build_object('codeHash', code_hash, 'unit', unit, 'role', role,
        'expiresAt', ${instant('expires_at')}, 'usedAt', ${instant('used_at')}, 'revoked', revoked_at IS NOT NULL)
        FROM invitations i WHERE i.code_hash = asked.code_hash) AS invitation,
      (SELECT json_build_object('codeHash', code_hash, 'person', person_id,
        'addresses', (SELECT json_agg(i.address ${lastUsedFirst}) FROM identities i WHERE i.person_id = l.person_id),
        'expiresAt', ${instant('expires_at')}, 'usedAt', ${instant('used_at')})
        FROM link_codes l WHERE l.code_hash = asked.code_hash) AS link,
      CASE WHEN speaker.id IS NULL THEN '[]' ELSE COALESCE((
        SELECT json_agg(json_build_object('address', i.address, 'label', w.label) ${lastUsedFirst})
        FROM identities i LEFT JOIN web_sessions w ON w.address = i.address AND w.ended_at IS NULL
        WHERE i.person_id = speaker.id), '[]') END AS places,
      (SELECT json_build_object('id', id, 'address', address, 'name', name, 'unit', unit, 'at', ${instant('j.at')})
        FROM join_requests j WHERE address = asked.sender AND state = 'asked') AS joining,
      session_key AS "sessionKey",
      (SELECT json_build_object('revision', revision, 'state', state)
        FROM sessions WHERE key = session_key) AS session,
      sees_all AS "seesAll",
      CASE WHEN speaker.id IS NULL AND NOT sees_all THEN '[]' ELSE COALESCE((
        SELECT json_agg(${reportJson} ORDER BY ${newestFirst}) FROM ${reportsWithContent}
        WHERE sees_all OR r.unit = ANY (speaker.units)), '[]') END AS reports,
      COALESCE((SELECT max(receipt_number) FROM reports WHERE receipt_year = ${year}), 0) AS "lastReceipt",
      COALESCE((SELECT value FROM settings WHERE name = ${REVISION}), '0') AS register,
      COALESCE((SELECT value FROM settings WHERE name = ${LEARNING}), '0') AS learning,
      COALESCE((SELECT json_agg(address ORDER BY address) FROM group_chats
        WHERE scope_kind = 'unit' AND scope_of = ${agency}
          AND NOT EXISTS (SELECT 1 FROM unreachable_places u WHERE u.address = group_chats.address)), '[]') AS "agencyGroups"
    FROM asked
    LEFT JOIN LATERAL (
      SELECT p.*, (SELECT array_agg(m.unit) FROM memberships m WHERE m.person_id = p.id) AS units
      FROM identities i JOIN persons p ON p.id = i.person_id WHERE i.address = asked.sender) speaker ON true
    CROSS JOIN LATERAL (
      SELECT COALESCE(asked.group_chat, 'person:' || speaker.id, asked.sender) AS session_key,
        EXISTS (SELECT 1 FROM group_chats WHERE address = asked.group_chat) OR EXISTS (SELECT 1 FROM memberships m
          WHERE m.person_id = speaker.id AND m.role IN ('coordinator', 'administrator')) AS sees_all) scope
    ) around`;
}

const lastUsedFirst = Prisma.sql`ORDER BY i.used_at DESC NULLS LAST, i.linked_at DESC, i.address`;

const membershipsOf = (person: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE((
  SELECT json_agg(json_build_object('unit', m.unit, 'role', m.role) ORDER BY m.seq)
  FROM memberships m WHERE m.person_id = ${person}), '[]')`;

function toGroup(address: Address, row: z.infer<typeof Row>['group']): GroupChat | null {
  if (!row) return null;
  const { kind, of, days, without, paused, ...rest } = row;
  const scope = kind === 'group' ? { kind, group: of } : kind === 'unit' ? { kind, unit: of } : { kind };
  return {
    ...rest,
    ...(days.length > 0 && { days }),
    ...(without.length > 0 && { without }),
    ...(paused && { paused: true }),
    ...{ address, scope },
  };
}

function toPerson(row: z.infer<typeof Row>['person']): Person | null {
  if (!row) return null;
  const { quietUntil, deputy, preferred, ...person } = row;
  const known = { ...person, ...(preferred && { preferred }) };
  return { ...known, ...(quietUntil && { quiet: { until: quietUntil, ...(deputy && { deputy }) } }) };
}

function toInvitation(row: z.infer<typeof Row>['invitation']): Invitation | null {
  if (!row) return null;
  const { revoked, ...invitation } = row;
  return { ...invitation, ...(revoked && { revoked }) };
}

/** A session that this version cannot read is kept aside; the conversation starts afresh instead of failing for ever. */
async function readSession(tx: Database['prisma'], key: string, row: z.infer<typeof Row>['session']): Promise<Session> {
  if (!row) return { offered: [] };
  const read = parse.session.safeParse(row.state);
  if (read.success) return read.data;
  const kept = { key, revision: row.revision, state: row.state as Prisma.InputJsonValue };
  await tx.setAsideSession.createMany({ data: { ...kept, reason: z.prettifyError(read.error) }, skipDuplicates: true });
  return { offered: [] };
}

/** Of each event, in their order. */
export async function readSurroundings(
  db: Database,
  events: readonly Asked[],
  { year, agency = null }: { year: number; agency?: UnitId | null | undefined },
  kept: { register: KeptRegister; lessons: KeptTaught },
): Promise<Surroundings[]> {
  const [read] = await db.query<{ arounds: unknown }>(question(events, year, agency));
  const rows = z.array(Row).parse(read!.arounds);
  const all: Surroundings[] = [];
  for (const [i, row] of rows.entries()) all.push(await surroundingsOf(db.prisma, row, events[i]!.chat, kept));
  return all;
}

async function surroundingsOf(
  tx: Database['prisma'],
  row: z.infer<typeof Row>,
  chat: Chat,
  kept: { register: KeptRegister; lessons: KeptTaught },
): Promise<Surroundings> {
  const { seen, sessionKey, seesAll, reports, extensions, handovers } = row;
  const own = new Set(row.person?.memberships.map(({ unit }) => unit));
  return {
    person: toPerson(row.person),
    colleagues: row.contacts
      .filter(({ colleague }) => colleague)
      .map(({ id, name, memberships }) => ({ id, name, memberships })),
    contacts: row.contacts.map(({ id, name, memberships, addresses, preferred }) => ({
      person: { id, name, memberships },
      addresses: preferredFirst(addresses as Address[], preferred),
    })),
    ...{ seen, extensions, handovers },
    register: await kept.register.at(row.register, tx),
    taught: await kept.lessons.at(row.learning, tx),
    agencyGroups: row.agencyGroups as Address[],
    group: toGroup(chat.address, row.group),
    invitation: toInvitation(row.invitation),
    link: row.link && { ...row.link, addresses: (row.link.addresses ?? []) as Address[] },
    places: row.places as OwnPlace[],
    joining: row.joining as JoinRequest | null,
    sessionKey,
    session: await readSession(tx, sessionKey, row.session),
    revision: row.session?.revision ?? 0,
    ownReports: seesAll ? reports.filter(({ unit }) => own.has(unit)) : reports,
    allReports: seesAll ? reports.filter(({ state }) => state !== 'withdrawn') : null,
    nextReceipt: row.lastReceipt + 1,
  };
}
