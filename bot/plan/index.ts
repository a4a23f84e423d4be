/** Look-ups over a book, made once for each version of the plans. */
import type {
  Assignment,
  Book,
  GroupId,
  PartyId,
  Passage,
  Placed,
  PlanIndex,
  ReportingDuty,
  Role,
  UnitGroup,
  UnitId,
} from './types.ts';

const roleOrder: Record<Role, number> = { lead: 0, implement: 1, coordinate: 2 };

/** One way a task can reach a party: itself, or a group it belongs to. */
interface Route {
  party: PartyId;
  via: GroupId | null;
  own: boolean;
}

export function createPlanIndex(book: Book): PlanIndex {
  const plans = new Map(book.plans.map((plan) => [plan.id, plan]));
  const units = new Map(book.units.map((unit) => [unit.id, unit]));
  const groups = new Map(book.groups.map((group) => [group.id, group]));
  const passages = new Map(book.plans.flatMap((plan) => plan.passages).map((passage) => [passage.id, passage]));
  const duties = new Map(book.plans.flatMap((plan) => plan.duties).map((duty) => [duty.id, duty]));
  const tasks = [...passages.values()].filter((passage) => passage.assignments.length > 0);

  const members = (party: PartyId): UnitId[] => groups.get(party)?.members ?? (units.has(party) ? [party] : []);
  const kinds = new Set(book.groups.filter((group) => isOneKind(group, book)).map(({ id }) => id));
  const routes = memo((party: PartyId) => routesOf(party, members(party), book.groups, kinds));

  return {
    book,
    tasks,
    plan: (id) => plans.get(id),
    unit: (id) => units.get(id),
    group: (id) => groups.get(id),
    passage: (id) => passages.get(id),
    duty: (id) => duties.get(id),
    name: memo((party) => spoken((units.get(party) ?? groups.get(party))?.name ?? party)),
    members,
    placed: memo((party) => place(tasks, routes(party))),
    duties: memo((unit) => dutiesOf(unit, [...duties.values()], routes(unit))),
  };
}

/** A group of exactly the units of one kind is the name of that kind ("UBND cấp xã"); others are collections. */
function isOneKind(group: UnitGroup, book: Book): boolean {
  const members = new Set(group.members);
  const kind = book.units.find(({ id }) => members.has(id))?.kind;
  return kind !== undefined && book.units.every((unit) => (unit.kind === kind) === members.has(unit.id));
}

/** Best way first: by its own name, by the name of its kind, by the smallest collection. */
function routesOf(party: PartyId, members: UnitId[], groups: UnitGroup[], kinds: ReadonlySet<GroupId>): Route[] {
  const around = groups
    .filter(({ id, members: all }) => id !== party && members.length > 0 && members.every((m) => all.includes(m)))
    .sort((a, b) => Number(kinds.has(b.id)) - Number(kinds.has(a.id)) || a.members.length - b.members.length);
  return [{ party, via: null, own: true }, ...around.map(({ id }) => ({ party: id, via: id, own: kinds.has(id) }))];
}

function place(tasks: readonly Passage[], routes: readonly Route[]): Placed[] {
  const placed = tasks.flatMap((task): Placed[] => {
    for (const { party, via, own } of routes) {
      const parts = task.assignments.filter((a) => a.party === party).sort(byRole);
      const [first] = parts;
      if (first) return [{ task, role: first.role, roles: parts.map((p) => p.role), wording: first.wording, via, own }];
    }
    return [];
  });
  return placed.sort((a, b) => Number(b.own) - Number(a.own) || byRole(a, b));
}

const byRole = (a: Pick<Assignment, 'role'>, b: Pick<Assignment, 'role'>): number =>
  roleOrder[a.role] - roleOrder[b.role];

/** Nobody owes a report to itself: Công an thành phố gathers the reports of the Action Month. */
function dutiesOf(unit: UnitId, duties: readonly ReportingDuty[], routes: readonly Route[]): ReportingDuty[] {
  const parties = new Set(routes.map(({ party }) => party));
  return duties
    .filter((duty) => duty.receiver !== unit && duty.parties.some((party) => parties.has(party)))
    .sort((a, b) => (a.before ?? '9').localeCompare(b.before ?? '9'));
}

/** `Ủy ban nhân dân phường Lê Chân` → `UBND phường Lê Chân`; the city's name and counts in brackets go without saying. */
const spoken = (name: string): string =>
  name
    .replace(/^Ủy ban nhân dân/, 'UBND')
    .replace(/ Ủy ban nhân dân (?=thành phố|cấp xã)/, ' UBND ')
    .replace(/ Hải Phòng$/, '')
    .replace(/ \(\d+ đơn vị\)$/, '');

function memo<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}
