/** A published plan is taken over while everybody goes on being answered. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadWords } from '../../bot/language/load.ts';
import type { Plan, Taught } from '../../bot/plan/types.ts';
import { root } from '../../bot/root.ts';
import type { PlanVersion } from '../../bot/store/port.ts';
import { createKnowledge } from '../../bot/work/knowledge.ts';
import { testPlans, testReader } from '../support/world.ts';

const words = loadWords(path.join(root, 'prisma/plans'));
const asked = { asker: null, today: '2026-06-10' };

function renamed(seq: number, id: string): PlanVersion {
  const plan: Plan = { ...testPlans.book.plans[0]!, id, short: `KH ${id}`, title: `Kế hoạch ${id}` };
  return { seq, number: 1, plan, units: [], at: 0, by: null, importId: null };
}

test('until the new one is ready the old one answers; who comes twice takes it over once', async () => {
  const knowledge = createKnowledge(testPlans.book, words, { plans: testPlans, reader: testReader });
  const taking = [renamed(1, 'moi')];
  const both = [knowledge.update(taking), knowledge.update(taking)];
  let turns = 0;
  const counted = (async () => {
    while (knowledge.seq() === 0) {
      expect(knowledge.plans.plan('moi')).toBeUndefined();
      expect(knowledge.reader.read('sở y tế phải làm gì', asked).parties).toEqual(['so-y-te']);
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  expect(await Promise.all(both)).toEqual([true, false]);
  await counted;
  // Others had their turn between the parts of the work.
  expect(turns).toBeGreaterThan(2);
  expect(knowledge.plans.plan('moi')?.short).toBe('KH moi');
  expect(knowledge.reader.read('nhiệm vụ theo KH moi', asked).plan).toBe('moi');
});

test('what was taught is known of the new plans too, and of the old ones', async () => {
  const knowledge = createKnowledge(testPlans.book, words, { plans: testPlans, reader: testReader });
  const taught: Taught[] = [{ phrase: 'bong bay cuoi', means: 'bóng cười', passages: [] }];
  const reader = knowledge.learn(taught);
  const before = reader.read('ai lo bong bay cuoi', asked);
  await knowledge.update([renamed(1, 'moi')]);
  expect(reader.read('ai lo bong bay cuoi', asked).intent).toBe(before.intent);
  expect(before.intent).toBe('topic_owner');
  expect(reader.read('nhiệm vụ theo KH moi', asked).plan).toBe('moi');
  // Untaught again.
  expect(knowledge.reader.read('sở y tế phải làm gì', asked).parties).toEqual(['so-y-te']);
});
