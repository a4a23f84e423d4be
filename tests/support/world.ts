/** The plans, the reader and the cast that tests share; loaded once for each test file. */

import path from 'node:path';
import type { Address, Person } from '../../bot/core/types.ts';
import { loadDeskRules } from '../../bot/desk/load.ts';
import { loadWords } from '../../bot/language/load.ts';
import { createReader } from '../../bot/language/reader.ts';
import { withTaught } from '../../bot/language/taught.ts';
import { createPlanIndex } from '../../bot/plan/index.ts';
import { loadBook } from '../../bot/plan/load.ts';
import type { Taught } from '../../bot/plan/types.ts';
import { loadForms } from '../../bot/report/load.ts';
import { root } from '../../bot/root.ts';
import type { Store } from '../../bot/store/port.ts';
import { allTalks } from '../../bot/talk/all.ts';
import { SAMPLE } from '../../bot/talk/start.ts';
import { figuresOf } from '../../bot/totals/figures.ts';
import { loadOfficial } from '../../bot/totals/load.ts';
import { hashOf } from '../../bot/work/handle.ts';
import { administrator, samplePlaces } from '../../bot/work/rehearsal.ts';

const plansFolder = path.join(root, 'prisma/plans');
export const testPlans = createPlanIndex(loadBook(plansFolder));
const testWords = loadWords(plansFolder);
export const testReader = createReader(testPlans, testWords);
export const testLearn = (taught: readonly Taught[]) => createReader(testPlans, withTaught(testWords, taught));
export const testRules = loadDeskRules(plansFolder, testPlans);
export const testForms = loadForms(path.join(plansFolder, 'forms'));
export const testFigures = figuresOf(testForms, testPlans);
export const testLayouts = loadOfficial(plansFolder, testPlans, testFigures);
export const testTalks = () => allTalks({ forms: testForms, rules: testRules, layouts: testLayouts, hashOf });

/** Chance without chance: 32 hex digits that count up, so that ids and codes are the same in every run. */
export function sequence(): () => string {
  let n = 0;
  return () => (++n).toString(16).padStart(8, '0').repeat(4);
}

/** Who a member of a transcript's cast is: "điều phối", "quản trị", "chưa đăng ký" (null), or an officer of the unit that is named. */
export function sampleOf(as: string): Person | null {
  if (as === 'chưa đăng ký') return null;
  if (as === 'quản trị') return administrator();
  const { people } = samplePlaces(testPlans);
  const id = as === 'điều phối' ? `${SAMPLE}dieu-phoi` : `${SAMPLE}${unitNamed(as)}`;
  return people.find((person) => person.id === id)!;
}

/** Links the cast's groups ("Nhóm …: toàn thành phố" or a unit), but those "chưa liên kết". */
export async function linkGroups(
  cast: Map<string, string>,
  store: Store,
  at: number,
  addressOf: (who: string) => Address,
): Promise<void> {
  for (const [who, as] of cast) {
    if (!who.startsWith('Nhóm') || as === 'chưa liên kết') continue;
    const group = {
      address: addressOf(who),
      title: who,
      scope: as === 'toàn thành phố' ? { kind: 'city' as const } : { kind: 'unit' as const, unit: unitNamed(as) },
      digestAt: '07:30',
      linkedBy: `${SAMPLE}dieu-phoi`,
    };
    await store.transaction((tx) =>
      tx.apply({ kind: 'linkGroup', group }, { person: `${SAMPLE}dieu-phoi`, address: null, at }),
    );
  }
}

/** Addresses of a cast on the web chat; its groups are linked. */
export async function castOf(cast: Map<string, string>, store: Store, at: number): Promise<Map<string, Address>> {
  const places = new Map<string, Address>();
  for (const [who, as] of cast) {
    const person = who.startsWith('Nhóm') ? null : sampleOf(as);
    places.set(who, `web:${person?.id ?? `noi-${places.size}`}`);
    if (person) await store.ensurePersons([{ person, address: places.get(who)! }], at);
  }
  await linkGroups(cast, store, at, (who) => places.get(who)!);
  return places;
}

export function unitNamed(name: string): string {
  const unit = testPlans.book.units.find((u) => u.name === name || testPlans.name(u.id) === name || u.id === name);
  if (!unit) throw new Error(`không có đơn vị "${name}"`);
  return unit.id;
}
