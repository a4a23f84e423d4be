import type { Address, Change, ChannelId, GroupChat, Instant, Person, Scope } from '../core/types.ts';
import type { Contact } from '../core/world.ts';
import { audit, auditAll } from './audit.ts';
import type { Database, TxClient } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { type Actor, ChangeRefused } from './port.ts';
import { clean, dateToDay, given, toDate, toInstant } from './values.ts';

const withMemberships = { memberships: { orderBy: { seq: 'asc' } } } as const;
type PersonRow = Prisma.PersonGetPayload<{ include: typeof withMemberships }>;
type LinkedGroup = GroupChat & { linkedAt: Instant };
type GroupRow = Prisma.GroupChatGetPayload<object>;

function toPerson({ id, name, memberships, quietUntil, deputy, preferred }: PersonRow): Person {
  return {
    id,
    name,
    memberships: memberships.map(({ unit, role }) => ({ unit, role })),
    ...(quietUntil && { quiet: { until: dateToDay(quietUntil)!, ...given('deputy', deputy) } }),
    ...given('preferred', preferred as ChannelId | null),
  };
}

export async function readPersons({ prisma }: Database): Promise<Person[]> {
  const rows = await prisma.person.findMany({ orderBy: { seq: 'asc' }, include: withMemberships });
  return rows.map(toPerson);
}

export async function addMemberships(tx: TxClient, person: string, memberships: Person['memberships']) {
  const data = memberships.map(({ unit, role }) => ({ personId: person, unit, role }));
  return (await tx.membership.createMany({ data, skipDuplicates: true })).count;
}

export async function linkAddress(tx: TxClient, address: Address, person: string, at: Instant): Promise<void> {
  const link = { personId: person, linkedAt: toDate(at), usedAt: toDate(at) };
  await tx.identity.upsert({ where: { address }, create: { address, ...link }, update: link });
}

interface Wish {
  person: Person;
  address: Address | null;
}

/**
 * Adds persons that are not there yet. Whoever already speaks from the given address is that person, and gains the
 * memberships: a coordinator named by configuration may have registered before.
 */
export async function ensurePersons({ prisma }: Database, wanted: Wish[], at: Instant): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const addresses = wanted.flatMap(({ address }) => address ?? []);
    const known = new Map<string | null, string>();
    for (const { address, personId } of await tx.identity.findMany({ where: { address: { in: addresses } } }))
      known.set(address, personId);
    const fresh = wanted.filter(({ address }) => !known.has(address));
    const added = await addPersons(tx, fresh, at);
    const changed: { wish: Wish; id: string }[] = fresh.flatMap((wish) => {
      return added.has(wish.person.id) ? { wish, id: wish.person.id } : [];
    });
    for (const wish of wanted) {
      const id = known.get(wish.address);
      if (id !== undefined && (await addMemberships(tx, id, wish.person.memberships)) > 0) changed.push({ wish, id });
    }
    const entries = changed.map(({ wish: { person, address }, id }) => {
      const details = { name: person.name, memberships: person.memberships };
      return { by: { person: null, address, at }, action: 'ensurePerson', subject: `person:${id}`, details };
    });
    await auditAll(tx, entries);
  });
}

/** A few statements for however many; the ids of those that were not there yet. */
async function addPersons(tx: TxClient, wanted: Wish[], at: Instant): Promise<Set<string>> {
  const data = wanted.map(({ person: { id, name } }) => ({ id, name: clean(name), createdAt: toDate(at) }));
  const made = await tx.person.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } });
  const added = new Set(made.map(({ id }) => id));
  await tx.membership.createMany({
    data: wanted.flatMap(({ person: { id, memberships } }) =>
      added.has(id) ? memberships.map(({ unit, role }) => ({ personId: id, unit, role })) : [],
    ),
    skipDuplicates: true,
  });
  await tx.identity.createMany({
    data: wanted.flatMap(({ person, address }) =>
      address === null ? [] : { address, personId: person.id, linkedAt: toDate(at) },
    ),
    skipDuplicates: true,
  });
  return added;
}

function toScope({ scopeKind, scopeOf }: GroupRow): Scope {
  if (scopeKind === 'group') return { kind: 'group', group: scopeOf! };
  if (scopeKind === 'unit') return { kind: 'unit', unit: scopeOf! };
  return { kind: 'city' };
}

const scopeOf = (scope: Scope): string | null =>
  scope.kind === 'group' ? scope.group : scope.kind === 'unit' ? scope.unit : null;

function toLinkedGroup(row: GroupRow): LinkedGroup {
  const { address, title, digestAt, days, without, paused, linkedBy, linkedAt } = row;
  return {
    address: address as Address,
    title,
    scope: toScope(row),
    digestAt,
    ...(days.length > 0 && { days }),
    ...(without.length > 0 && { without }),
    ...(paused && { paused: true }),
    linkedBy,
    linkedAt: toInstant(linkedAt),
  };
}

export function groupColumns({ title, scope, digestAt, days = [], without = [], paused, linkedBy }: GroupChat) {
  return {
    title: clean(title),
    scopeKind: scope.kind,
    scopeOf: scopeOf(scope),
    ...{ digestAt, days, without, paused: paused ?? false, linkedBy },
  };
}

export const lastUsedFirst: Prisma.IdentityOrderByWithRelationInput[] = [
  { usedAt: { sort: 'desc', nulls: 'last' } },
  { linkedAt: 'desc' },
  { address: 'asc' },
];
const withAddresses = { ...withMemberships, identities: { orderBy: lastUsedFirst } };

/** The channel that a person prefers comes first; else the order stays: the place last used first. */
export const preferredFirst = (addresses: Address[], preferred: string | null | undefined): Address[] =>
  addresses.toSorted((a, b) => Number(b.startsWith(`${preferred}:`)) - Number(a.startsWith(`${preferred}:`)));

/** Everybody, with the places where they can be written to. */
export async function readContacts(prisma: Pick<TxClient, 'person' | 'unreachablePlace'>): Promise<Contact[]> {
  const closed = new Set((await prisma.unreachablePlace.findMany()).map(({ address }) => address));
  const rows = await prisma.person.findMany({ orderBy: { seq: 'asc' }, include: withAddresses });
  return rows.map((row) => ({
    person: toPerson(row),
    addresses: preferredFirst(
      row.identities.flatMap(({ address }) => (closed.has(address) ? [] : [address as Address])),
      row.preferred,
    ),
  }));
}

export async function readGroups({ prisma }: { prisma: Pick<TxClient, 'groupChat'> }): Promise<LinkedGroup[]> {
  const rows = await prisma.groupChat.findMany({ orderBy: { address: 'asc' } });
  return rows.map(toLinkedGroup);
}

export async function nameSelf(tx: TxClient, { kind, name }: Extract<Change, { kind: 'nameSelf' }>, by: Actor) {
  const person = by.person === null ? null : await tx.person.findUnique({ where: { id: by.person } });
  if (!person) throw new ChangeRefused(kind, 'personUnknown');
  await tx.person.update({ where: { id: person.id }, data: { name: clean(name) } });
  await audit(tx, by, kind, `person:${person.id}`, { name: { before: person.name, after: clean(name) } });
}
