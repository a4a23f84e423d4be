/** How much of a reviewed plan a reading of its document found: the import table. */
import { isPassage } from '../assemble.ts';
import type { PassageItem, PlanFile } from '../schema.ts';
import { textOf } from './propose.ts';

export interface Share {
  right: number;
  of: number;
  /** What was not found, or is found and not there: for whoever looks into it. */
  missed: string[];
  extra: string[];
}

export interface Comparison {
  /** Tasks with the reviewed words, whole, at the reviewed place. */
  tasks: Share;
  /** Task, party and role together. */
  roles: Share;
  /** Roles whose words are the reviewed ones too. */
  wordings: Share;
  deadlines: Share;
  schedules: Share;
  /** Reports with a due date: receiver, way, period, date. */
  datedDuties: Share;
  duties: Share;
  passages: Share;
}

export function compareWithReviewed(proposed: PlanFile, reviewed: PlanFile): Comparison {
  const passages = (file: PlanFile) => file.document.filter(isPassage);
  const tasks = (file: PlanFile) => passages(file).filter((p) => (p.assigned ?? []).length > 0);
  const role = (item: PassageItem) => (item.assigned ?? []).map((a) => `${item.passage} ${a.party} ${a.role}`);
  const worded = (item: PassageItem) =>
    (item.assigned ?? []).map((a) => `${item.passage} ${a.party} ${a.role} “${a.wording}”`);
  const words = (item: PassageItem) => `${item.passage} ${textOf(item)}`;
  const when = (item: PassageItem) => {
    const s = item.schedule;
    if (!s) return [];
    const days = s.kind === 'deadline' ? s.before : s.kind === 'range' ? `${s.from}–${s.to}` : '';
    return [`${item.passage} ${s.kind} ${days} “${s.wording}”`];
  };
  const due = (item: PassageItem) => when(item).filter((w) => w.includes(' deadline '));
  const duty = (d: PlanFile['duties'][number]) =>
    `${d.source} ${d.kind} → ${d.receiver}${d.through ? ` qua ${d.through}` : ''} ${d.period ? `${d.period.from}–${d.period.to}` : ''} ${d.before ?? ''} [${d.parties.toSorted().join(', ')}]`;
  return {
    passages: share(passages(proposed).map(words), passages(reviewed).map(words)),
    tasks: share(tasks(proposed).map(words), tasks(reviewed).map(words)),
    roles: share(passages(proposed).flatMap(role), passages(reviewed).flatMap(role)),
    wordings: share(passages(proposed).flatMap(worded), passages(reviewed).flatMap(worded)),
    deadlines: share(passages(proposed).flatMap(due), passages(reviewed).flatMap(due)),
    schedules: share(passages(proposed).flatMap(when), passages(reviewed).flatMap(when)),
    datedDuties: share(
      proposed.duties.filter((d) => d.before).map(duty),
      reviewed.duties.filter((d) => d.before).map(duty),
    ),
    duties: share(proposed.duties.map(duty), reviewed.duties.map(duty)),
  };
}

function share(found: readonly string[], wanted: readonly string[]): Share {
  const have = new Set(found);
  const want = new Set(wanted);
  return {
    right: wanted.filter((w) => have.has(w)).length,
    of: wanted.length,
    missed: wanted.filter((w) => !have.has(w)),
    extra: found.filter((f) => !want.has(f)),
  };
}
