/** Makes `questions.jsonl` out of `base.txt`: `npx tsx tests/eval/make.ts`. Every sentence in several ways of typing. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';
import type { Role } from '../../bot/plan/types.ts';
import type { Question } from '../../bot/tools/score.ts';
import { long, noMarks, teen, telex, typo, vni } from './spell.ts';

const here = import.meta.dirname;
const plans = createPlanIndex(loadBook(path.resolve(here, '../../prisma/plans')));
const PLAN: Record<string, string> = { T: 'thang-hanh-dong-2026', K: 'kh64-2026' };
const ids = (text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map((id) => id.replace(/^([TK]):/, (_, p: string) => `${PLAN[p]}/`));
const pairs = (text: string) =>
  Object.fromEntries([...text.matchAll(/(\w+)=((?:(?! \w+=).)*)/g)].map(([, k, v]) => [k!, v!.trim()]));

/** The names of communes are never typed wrongly here: that is asked back, and tested elsewhere. */
const spare = plans.book.units.flatMap((u) => (u.commune ? noMarks(u.commune).toLowerCase().split(' ') : []));

function baseQuestion(line: string, n: number): Question {
  const [intent, asker, day, about, typed, relevant, acceptable, more] = line.split('|').map((c) => c.trim());
  const { unit, plan, role } = pairs(about ?? '');
  const extra = pairs(more ?? '');
  const before = /^\[(.*?)\] (.*)$/.exec(typed!);
  const planId = plan ? PLAN[plan]! : null;
  const lists = relevant?.startsWith('own')
    ? ofUnit(unit!, planId, (role as Role) ?? null, relevant)
    : { relevant: ids(relevant ?? ''), acceptable: ids(acceptable ?? '') };
  return {
    id: `b${String(n).padStart(3, '0')}`,
    asker_unit: asker || null,
    ...(day && { asked_on: day }),
    q: before ? before[2]! : typed!,
    ...(before && { after: [before[1]!] }),
    style: before ? 'follow' : 'dau',
    intent: intent!,
    unit: unit ?? null,
    plan: planId,
    role: role ?? null,
    ...lists,
    ...(extra.need && { need: 'any' as const }),
    ...(extra.units && { answer_units: extra.units.split(',') }),
    ...(extra.due && { due: extra.due.split(',') }),
    ...(extra.days && { days: Number(extra.days) }),
    ...(extra.strict && { days_strict: Number(extra.strict) }),
    ...(extra.has && { answer_contains: extra.has.split(';') }),
  };
}

/** Tasks that name the unit must be there; those through groups may, and must where nothing else is. */
function ofUnit(unit: string, plan: string | null, role: Role | null, how: string) {
  const placed = plans.placed(unit).filter((p) => !plan || p.task.plan === plan);
  const named = placed.filter((p) => p.own && (!role || p.roles.includes(role)));
  const through = placed.filter((p) => !p.own && (!role || p.roles.includes(role)));
  const must = how.startsWith('own+via') ? [...named, ...through] : named.length > 0 ? named : through;
  const relevant = must.map((p) => p.task.id);
  return { relevant, acceptable: placed.map((p) => p.task.id).filter((id) => !relevant.includes(id)) };
}

function variants(q: Question, n: number): Question[] {
  // Without marks Cẩm Giang and Cẩm Giàng are one, and the bot asks.
  if (q.after || /Cẩm Gi/.test(q.q)) return [q];
  const turns: [string, (t: string) => string][] = [
    ['telex', telex],
    ['vni', vni],
    ['teen', (t) => teen(t, n)],
    ['typo', (t) => typo(t, n, spare)],
    ['caps', (t) => t.toUpperCase()],
    ['long', (t) => long(t, n)],
    ['nfd', (t) => t.normalize('NFD')],
  ];
  const first = turns[n % turns.length]!;
  const second = turns[(n * 3 + 2) % turns.length]!;
  const chosen = [['khongdau', noMarks] as (typeof turns)[number], first, ...(second === first ? [] : [second])];
  return [q, ...chosen.map(([style, turn]) => ({ ...q, id: `${q.id}-${style}`, style, q: turn(q.q) }))];
}

const lines = ['base.txt', 'base2.txt', 'base3.txt']
  .flatMap((file) => readFileSync(path.join(here, file), 'utf8').split('\n'))
  .filter((l) => l.trim() && !l.startsWith('#'));
const questions = lines.flatMap((line, i) => {
  const base = baseQuestion(line, i + 1);
  // Every third sentence with all its spellings is held back: never looked at while tuning.
  const split = i % 3 === 2 ? ('held' as const) : ('dev' as const);
  return variants(base, i + 1).map((q) => ({ ...q, split }));
});
writeFileSync(path.join(here, 'questions.jsonl'), questions.map((q) => `${JSON.stringify(q)}\n`).join(''));
