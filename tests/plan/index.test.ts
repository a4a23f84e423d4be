/** Which tasks reach whom, by which way, in which order. */
import { describe, expect, test } from 'vitest';
import type { Placed } from '../../bot/plan/types.ts';
import { book, index, shortId } from './book.ts';

const ids = (placed: Placed[]) => placed.map((p) => shortId(p.task.id));
const own = (party: string) => index.placed(party).filter((p) => p.own);

describe('placed', () => {
  test('own before groups; inside each by role, then plan order', () => {
    const order = { lead: 0, implement: 1, coordinate: 2 };
    const place = new Map(index.tasks.map((task, n) => [task.id, n]));
    for (const { id } of book.units) {
      const keys = index.placed(id).map((p) => Number(!p.own) * 1e6 + order[p.role] * 1e4 + place.get(p.task.id)!);
      expect(keys, id).toEqual(keys.toSorted((a, b) => a - b));
      expect(new Set(keys.map((k) => k % 1e4)).size, `${id}: each task once`).toBe(keys.length);
    }
  });

  test('Sở Y tế: leads first', () => {
    expect(own('so-y-te').map((p) => `${shortId(p.task.id)} ${p.role}`)).toEqual([
      'T:IV.2/1 lead',
      'K:II.9/1 lead',
      'T:IV.2/2 implement',
      'K:II.5/5 implement',
      'K:II.10/0 implement',
      'K:II.11/0 implement',
      'T:IV.2/3 coordinate',
    ]);
  });

  test('Sở Xây dựng has nothing of its own, and all of the groups', () => {
    expect(own('so-xay-dung')).toEqual([]);
    const placed = index.placed('so-xay-dung');
    expect(new Set(placed.map((p) => p.via))).toEqual(new Set(['g-sbn', 'g-sbndt', 'g-tat-ca']));
    expect(placed.find((p) => shortId(p.task.id) === 'T:IV.13/0')).toMatchObject({ via: 'g-sbn', role: 'implement' });
  });

  test('a commune’s own are those of its kind', () => {
    const placed = own('phuong-le-chan');
    expect(new Set(placed.map((p) => p.via))).toEqual(new Set(['g-ubnd-xa']));
    expect(ids(placed.filter((p) => p.role !== 'coordinate'))).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => `T:IV.14/${n}`),
      ...['T:VI.1/0', 'K:II.1/3', 'K:II.2/2.2', 'K:II.4/0', 'K:II.5/4', 'K:III.1/0', 'K:III.1/1', 'K:III.1/2'],
    ]);
    const others = index.placed('phuong-le-chan').filter((p) => !p.own);
    expect(others.map((p) => `${shortId(p.task.id)} ${p.via}`)).toEqual(['T:VI.2/0 g-tat-ca', 'K:III.4/0.2 g-tat-ca']);
  });

  test('all 114 communes have the same tasks', () => {
    const all = new Set(index.members('g-ubnd-xa').map((unit) => ids(index.placed(unit)).join()));
    expect(all.size).toBe(1);
    expect(ids(index.placed('g-ubnd-xa')).join()).toBe([...all][0]);
  });

  test('a unit named beside its group is placed by its name', () => {
    const one = index.placed('so-gddt').find((p) => shortId(p.task.id) === 'K:II.2/3');
    expect(one).toMatchObject({ via: null, own: true, role: 'coordinate' });
    expect(index.placed('thanh-doan').find((p) => shortId(p.task.id) === 'K:II.2/3')).toMatchObject({ via: null });
  });

  test('several parts in one task: the strongest first, each named', () => {
    const one = index.placed('btl-csb1').find((p) => shortId(p.task.id) === 'T:IV.9/3')!;
    expect([one.role, one.roles]).toEqual(['lead', ['lead', 'coordinate']]);
    expect(one.wording).toContain('Chủ trì tuần tra');
  });

  test('a group has its own and what reaches it through wider groups', () => {
    expect(ids(own('g-ctxh'))).toEqual(['T:IV.12/1', 'T:IV.12/3', 'T:IV.12/4', 'T:IV.12/5', 'T:IV.12/2']);
    const wider = index.placed('g-ctxh').filter((p) => !p.own && p.task.plan === 'thang-hanh-dong-2026');
    expect(wider.map((p) => `${shortId(p.task.id)} ${p.via}`)).toEqual(['T:VI.2/0 g-tat-ca', 'T:IV.1/5 g-sbndt']);
    expect(ids(own('g-sbn').filter((p) => p.role === 'implement'))).toEqual(['T:IV.13/0', 'T:VI.1/0']);
  });

  test('a group without members has only what names it', () => {
    expect(index.placed('g-bao-chi').every((p) => p.via === null)).toBe(true);
    expect(ids(index.placed('g-bcd-799'))).toEqual(['K:III.2/0']);
  });

  test('who is named in no plan has no task; who is unknown too', () => {
    expect(index.placed('hdnd-tp')).toEqual([]);
    expect(index.placed('so-lao-dong')).toEqual([]);
  });

  test('forces of the sea are reached by “các lực lượng”', () => {
    const through = index.placed('cchq-kv3').filter((p) => p.via === 'g-luc-luong');
    expect(ids(through)).toEqual(['T:IV.9/2.2', 'T:IV.9/3']);
  });
});

describe('names and members', () => {
  test.each([
    ['so-y-te', 'Sở Y tế'],
    ['catp', 'Công an thành phố'],
    ['phuong-le-chan', 'UBND phường Lê Chân'],
    ['dk-cat-hai', 'UBND đặc khu Cát Hải'],
    ['ubnd-tp', 'UBND thành phố'],
    ['vp-ubnd-tp', 'Văn phòng UBND thành phố'],
    ['bch-bdbp', 'Ban Chỉ huy Bộ đội Biên phòng thành phố'],
    ['thanh-doan', 'Thành Đoàn'],
    ['bcd-799', 'Ban Chỉ đạo 799 thành phố'],
    ['phuong-hai-duong', 'UBND phường Hải Dương'],
    ['g-ubnd-xa', 'UBND các xã, phường, đặc khu'],
    ['csgd-xa', 'Các cơ sở giáo dục trực thuộc UBND cấp xã'],
  ])('%s is said %s', (id, said) => {
    expect(index.name(id)).toBe(said);
  });

  test('no two parties are said alike', () => {
    const all = [...book.units, ...book.groups].map(({ id }) => index.name(id));
    expect(new Set(all).size).toBe(all.length);
  });

  test('members', () => {
    expect(index.members('so-y-te')).toEqual(['so-y-te']);
    expect(index.members('g-ctxh')).toHaveLength(5);
    expect(index.members('nobody')).toEqual([]);
    for (const group of book.groups)
      expect(group.members).toEqual(book.units.filter((u) => u.groups.includes(group.id)).map((u) => u.id));
  });

  test('114 communes: 45 phường, 67 xã, 2 đặc khu, each with its code', () => {
    const communes = book.units.filter((unit) => unit.kind === 'ubnd-xa');
    const count = (start: string) => communes.filter((unit) => unit.commune!.startsWith(start)).length;
    expect([communes.length, count('Phường'), count('Xã'), count('Đặc khu')]).toEqual([114, 45, 67, 2]);
    expect(new Set(communes.map((unit) => unit.code)).size).toBe(114);
  });
});

describe('duties', () => {
  test('by due date, those without one last', () => {
    expect(index.duties('phuong-le-chan').map((d) => d.before)).toEqual([
      '2026-06-16',
      '2026-07-05',
      '2026-12-16',
      null,
      null,
    ]);
  });

  test('forces report on the month, not to BCĐ 799', () => {
    expect(index.duties('cchq-kv3').map((d) => d.id)).toEqual([
      'thang-hanh-dong-2026/thang-hanh-dong',
      'kh64-2026/vuong-mac',
    ]);
  });

  test('nobody reports to itself', () => {
    expect(index.duties('catp').map((d) => d.id)).toEqual(['kh64-2026/vuong-mac']);
  });

  test('schools have their own lines of reporting', () => {
    expect(index.duties('csgd-xa').map((d) => d.receiver)).toEqual(['cong-an-cap-xa']);
    expect(index.duties('csgd-so').map((d) => d.receiver)).toEqual(['so-gddt']);
  });
});

test('every party of a task is named in its words, its heading or its lines', () => {
  const names = new Map([
    ...book.units.map((u) => [u.id, [u.name, ...u.namesInPlans]] as const),
    ...book.groups.map((g) => [g.id, [g.name, ...g.wordings]] as const),
  ]);
  const opening = (id: string) => index.passage(id.replace(/\/\d+$/, '/0'))?.text ?? '';
  for (const task of index.tasks) {
    const around = [task.text, task.heading, ...task.lines, opening(task.id)].join('\n').toLowerCase();
    for (const { party } of task.assignments)
      expect(
        names.get(party)!.some((name) => around.includes(name.toLowerCase())),
        `${task.id} ${party}`,
      ).toBe(true);
  }
});

test('every topic leads somewhere', () => {
  const used = new Set(book.plans.flatMap((plan) => plan.passages).flatMap((p) => p.topics));
  for (const { id } of book.topics) expect(used, id).toContain(id);
});

test('looking up everything for every unit takes no time', () => {
  const start = performance.now();
  for (const { id } of book.units) index.placed(id);
  expect(performance.now() - start).toBeLessThan(1000);
});
