/** What a person reads in the plans of other places: written beside each document, compared with what the bot proposes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Proposal } from '../../../bot/plan/read/types.ts';

export interface Tally {
  right: number;
  of: number;
  wrong: string[];
}

const sorted = (list: string) =>
  list
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '')
    .toSorted();

/** Counts tasks, roles, schedules, unknown names and duties of a proposal against the lines of an `.expected.txt`. */
export function tally(proposal: Proposal, file: string) {
  const rows = readFileSync(path.join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .filter((l) => l.trim() !== '' && !l.startsWith('#'))
    .map((l) => l.split('|').map((c) => c.trim()));
  const passages = new Map(proposal.file.document.flatMap((i) => ('passage' in i ? [[i.passage, i] as const] : [])));
  const asked = (id: string) =>
    proposal.parts.find((p) => p.key === id)?.doubts.flatMap((d) => (d.reason === 'unknownUnit' ? [d.words!] : [])) ??
    [];
  const counts = { tasks: zero(), roles: zero(), schedules: zero(), unknown: zero(), duties: zero() };
  const extra: string[] = [];
  for (const [id, ...rest] of rows) {
    if (id === 'duty') {
      const [source, receiver, through, before] = rest;
      const found = proposal.file.duties.some(
        (d) =>
          d.source === source &&
          d.receiver === receiver &&
          (d.through ?? '') === through &&
          (d.before ?? '') === (before ?? ''),
      );
      mark(counts.duties, found, `duty ${rest.join(' | ')}`);
      continue;
    }
    const item = passages.get(id!);
    const unknown = rest.find((c) => c.startsWith('? '))?.slice(2);
    const [roles = '', schedule = ''] = rest.filter((c) => !c.startsWith('? '));
    const wanted = sorted(roles);
    const got = (item?.assigned ?? []).map((a) => `${a.party} ${a.role}`);
    mark(counts.tasks, item !== undefined && (got.length > 0 || wanted.length === 0), id!);
    for (const role of wanted) mark(counts.roles, got.includes(role), `${id} ${role}`);
    extra.push(...got.filter((g) => !wanted.includes(g)).map((g) => `${id} ${g}`));
    const s = item?.schedule;
    const when = !s
      ? ''
      : s.kind === 'deadline'
        ? `deadline ${s.before}`
        : s.kind === 'range'
          ? `range ${s.from} ${s.to}`
          : s.kind;
    mark(counts.schedules, when === schedule, `${id} ${schedule || '–'} (${when || '–'})`);
    if (unknown) mark(counts.unknown, asked(id!).includes(unknown), `${id} ? ${unknown} (${asked(id!).join('; ')})`);
    else if (asked(id!).length > 0) extra.push(`${id} ? ${asked(id!).join('; ')}`);
  }
  const listed = new Set(rows.map(([id]) => id));
  for (const [id, item] of passages)
    if (!listed.has(id) && item.assigned) extra.push(`${id} ${item.assigned.map((a) => a.party).join(', ')}`);
  for (const d of proposal.file.duties)
    if (!rows.some(([kind, source]) => kind === 'duty' && source === d.source))
      extra.push(`duty ${d.source} ${d.receiver}`);
  return { ...counts, extra };
}

const zero = (): Tally => ({ right: 0, of: 0, wrong: [] });
function mark(tally: Tally, right: boolean, what: string): void {
  tally.of++;
  if (right) tally.right++;
  else tally.wrong.push(what);
}
