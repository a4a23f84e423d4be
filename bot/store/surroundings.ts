import { z } from 'zod';
import type {
  Address,
  Chat,
  GroupChat,
  Handover,
  Instant,
  Invitation,
  JoinRequest,
  OwnPlace,
  Person,
  Session,
} from '../core/types.ts';
import type { Extension } from '../plan/extended.ts';
import type { UnitId } from '../plan/types.ts';
import type { TxClient } from './database.ts';
import { Prisma } from './generated/client.ts';
import { type KeptTaught, LEARNING } from './learning.ts';
import * as parse from './parse.ts';
import { preferredFirst } from './people.ts';
import type { Surroundings } from './port.ts';
import { type KeptRegister, REVISION } from './register.ts';
import { newestFirst, reportJson, reportsWithContent } from './reports.ts';
import { sqlTime } from './values.ts';

const role = z.enum(['officer', 'head', 'coordinator', 'administrator']);

const memberships = z.array(z.object({ unit: z.string(), role }));

const Row = z.object({
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
 * One round trip for everything: a person's reports are those of their own units, a coordinator's and a linked group's
 * are all there are.
 */
function question(event: Asked, year: number): Prisma.Sql {
  const { from, chat, codeHash, at, agency = null } = event;
  const privately = chat.kind === 'private' && at !== undefined ? sqlTime(at) : null;
  const group = chat.kind === 'group' ? chat.address : null;
  // Who speaks somewhere can be written to there again.
  return Prisma.sql`
    WITH speaker AS (
      SELECT p.id, p.name, p.quiet_until, p.deputy, p.preferred FROM identities i JOIN persons p ON p.id = i.person_id WHERE i.address = ${from}
    ), rights AS (
      SELECT m.unit, m.role, m.seq FROM memberships m JOIN speaker ON speaker.id = m.person_id
    ), heard AS (
      DELETE FROM unreachable_places WHERE address IN (${chat.address}, ${from})
    ), used AS (
      UPDATE identities SET used_at = ${privately}::timestamptz WHERE address = ${from} AND ${privately}::timestamptz IS NOT NULL
        AND EXISTS (SELECT 1 FROM identities other WHERE other.person_id = identities.person_id
          AND other.address <> identities.address AND (identities.used_at IS NULL OR other.used_at >= identities.used_at))
    ), place AS (
      SELECT * FROM group_chats WHERE address = ${group}
    ), scope AS (
      SELECT
        COALESCE(${group}, (SELECT 'person:' || id FROM speaker), ${from}) AS session_key,
        EXISTS (SELECT 1 FROM place)
          OR EXISTS (SELECT 1 FROM rights WHERE role IN ('coordinator', 'administrator')) AS sees_all
    )
    SELECT
      (SELECT json_build_object('id', id, 'name', name, 'quietUntil', quiet_until, 'deputy', deputy, 'preferred', preferred,
        'memberships', COALESCE(
          (SELECT json_agg(json_build_object('unit', unit, 'role', role) ORDER BY seq) FROM rights), '[]'))
        FROM speaker) AS person,
      COALESCE((SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'preferred', p.preferred,
          'memberships', (SELECT json_agg(json_build_object('unit', m.unit, 'role', m.role) ORDER BY m.seq)
            FROM memberships m WHERE m.person_id = p.id),
          'colleague', EXISTS (SELECT 1 FROM memberships m JOIN rights ON rights.unit = m.unit WHERE m.person_id = p.id),
          'addresses', COALESCE((SELECT json_agg(i.address ORDER BY i.used_at DESC NULLS LAST, i.linked_at DESC, i.address) FROM identities i WHERE i.person_id = p.id
            AND NOT EXISTS (SELECT 1 FROM unreachable_places u WHERE u.address = i.address)), '[]')) ORDER BY p.seq)
        FROM persons p WHERE NOT EXISTS (SELECT 1 FROM speaker WHERE speaker.id = p.id)
          AND (${chat.kind === 'private'} OR EXISTS (SELECT 1 FROM speaker)) AND (EXISTS (
          SELECT 1 FROM memberships m WHERE m.person_id = p.id AND (
            m.role IN ('coordinator', 'administrator') OR m.unit IN (SELECT unit FROM rights)))
          OR EXISTS (SELECT 1 FROM handovers h WHERE h.from_person = p.id AND h.state = 'offered' AND h.code_hash = ${codeHash}))), '[]') AS contacts,
      COALESCE((SELECT json_agg(json_build_object('id', e.id, 'unit', e.unit, 'duty', e.duty, 'days', e.days,
          'reason', e.reason, 'state', e.state, 'askedBy', e.asked_by, 'askedAt', ${instant('e.asked_at')},
          'decidedBy', e.decided_by, 'answer', e.answer) ORDER BY e.asked_at, e.id)
        FROM extensions e WHERE e.state = 'granted' OR sees_all OR e.unit IN (SELECT unit FROM rights)), '[]') AS extensions,
      COALESCE((SELECT json_agg(json_build_object('id', h.id, 'unit', h.unit, 'from', h.from_person, 'to', h.to_person,
          'codeHash', h.code_hash, 'at', ${instant('h.at')}) ORDER BY h.at)
        FROM handovers h WHERE h.state = 'offered' AND EXISTS (
          SELECT 1 FROM speaker WHERE speaker.id IN (h.from_person, h.to_person)) OR h.state = 'offered' AND h.code_hash = ${codeHash}), '[]') AS handovers,
      (SELECT json_build_object('title', title, 'kind', scope_kind, 'of', COALESCE(scope_of, ''),
        'digestAt', digest_at, 'days', COALESCE(days, '{}'), 'without', COALESCE(without, '{}'), 'paused', paused,
        'linkedBy', linked_by) FROM place) AS "group",
      (SELECT json_build_object('codeHash', code_hash, 'unit', unit, 'role', role,
        'expiresAt', ${instant('expires_at')}, 'usedAt', ${instant('used_at')}, 'revoked', revoked_at IS NOT NULL)
        FROM invitations WHERE code_hash = ${codeHash}) AS invitation,
      (SELECT json_build_object('codeHash', code_hash, 'person', person_id,
        'addresses', (SELECT json_agg(i.address ORDER BY i.used_at DESC NULLS LAST, i.linked_at DESC, i.address)
          FROM identities i WHERE i.person_id = link_codes.person_id),
        'expiresAt', ${instant('expires_at')}, 'usedAt', ${instant('used_at')})
        FROM link_codes WHERE code_hash = ${codeHash}) AS link,
      COALESCE((SELECT json_agg(json_build_object('address', i.address, 'label', w.label)
          ORDER BY i.used_at DESC NULLS LAST, i.linked_at DESC, i.address)
        FROM identities i JOIN speaker ON speaker.id = i.person_id
          LEFT JOIN web_sessions w ON w.address = i.address AND w.ended_at IS NULL), '[]') AS places,
      (SELECT json_build_object('id', id, 'address', address, 'name', name, 'unit', unit, 'at', ${instant('at')})
        FROM join_requests WHERE address = ${from} AND state = 'asked') AS joining,
      session_key AS "sessionKey",
      (SELECT json_build_object('revision', revision, 'state', state)
        FROM sessions WHERE key = session_key) AS session,
      sees_all AS "seesAll",
      COALESCE((SELECT json_agg(${reportJson} ORDER BY ${newestFirst}) FROM ${reportsWithContent}
        WHERE sees_all OR r.unit IN (SELECT unit FROM rights)), '[]') AS reports,
      COALESCE((SELECT max(receipt_number) FROM reports WHERE receipt_year = ${year}), 0) AS "lastReceipt",
      COALESCE((SELECT value FROM settings WHERE name = ${REVISION}), '0') AS register,
      COALESCE((SELECT value FROM settings WHERE name = ${LEARNING}), '0') AS learning,
      COALESCE((SELECT json_agg(address ORDER BY address) FROM group_chats
        WHERE scope_kind = 'unit' AND scope_of = ${agency}
          AND NOT EXISTS (SELECT 1 FROM unreachable_places u WHERE u.address = group_chats.address)), '[]') AS "agencyGroups"
    FROM scope`;
}

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
async function readSession(tx: TxClient, key: string, row: z.infer<typeof Row>['session']): Promise<Session> {
  if (!row) return { offered: [] };
  const read = parse.session.safeParse(row.state);
  if (read.success) return read.data;
  const kept = { key, revision: row.revision, state: row.state as Prisma.InputJsonValue };
  await tx.setAsideSession.createMany({ data: { ...kept, reason: z.prettifyError(read.error) }, skipDuplicates: true });
  return { offered: [] };
}

interface Asked {
  from: Address;
  chat: Chat;
  codeHash: string | null;
  /** Notes that the person used this place then. */
  at?: Instant;
  /** The standing agency. */
  agency?: UnitId;
}

export async function readSurroundings(
  tx: TxClient,
  event: Asked,
  year: number,
  kept: KeptRegister,
  lessons: KeptTaught,
): Promise<Surroundings> {
  const [row] = z.tuple([Row]).parse(await tx.$queryRaw(question(event, year)));
  const { sessionKey, seesAll, reports, extensions, handovers } = row;
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
    ...{ extensions, handovers },
    register: await kept.at(row.register, tx),
    taught: await lessons.at(row.learning, tx),
    agencyGroups: row.agencyGroups as Address[],
    group: toGroup(event.chat.address, row.group),
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
