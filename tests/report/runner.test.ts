import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, type Input, type Outcome } from '../../bot/report/runner.ts';
import type { Draft, FieldId, Values } from '../../bot/report/types.ts';
import { draftAt, quick } from './forms.ts';

const today = '2026-06-10';
const REVIEW = quick.steps.length;
const go = (draft: Draft, input: Input): Outcome => advance(draft, input, quick, today);
const nothing = { took: [], unread: [], uncounted: [], beside: [], was: {}, added: false };
const answer = (text: string): Input => ({ kind: 'answer', text });
const draftOf = (outcome: Outcome): Draft => {
  if (outcome.kind === 'cancelled') throw new Error('no draft');
  return outcome.draft;
};
const inTurn = (draft: Draft, ...inputs: Input[]): Outcome =>
  inputs.reduce<Outcome>((outcome, input) => go(draftOf(outcome), input), {
    kind: 'asked',
    draft,
    ...nothing,
  });

describe('the form goes on', () => {
  test('an answer leads on, a partial one as well; figures of an earlier step are still taken', () => {
    const full = go(draftAt(2), answer('20 1'));
    expect(full).toMatchObject({ kind: 'asked', draft: { step: 3, values: { co_so_kiem_tra: 20, co_so_vi_pham: 1 } } });
    const partial = go(draftAt(1), answer('8 buổi'));
    expect(partial).toMatchObject({ kind: 'asked', draft: { step: 2, values: { buoi_tuyen_truyen: 8 } } });
    expect(inTurn(draftOf(partial), answer('950 lượt người'), { kind: 'back' }, answer('30 tờ rơi'))).toMatchObject({
      draft: { step: 2, values: { buoi_tuyen_truyen: 8, luot_nguoi_du: 950, to_roi: 30 } },
    });
  });

  test('what was not said stays absent', () => {
    const skips = Array.from({ length: REVIEW }, (): Input => ({ kind: 'skip' }));
    expect(inTurn(draftAt(0), ...skips)).toMatchObject({ kind: 'review', draft: { values: {} } });
  });

  test('the card is shown from anywhere', () => {
    const draft = draftAt(2, { values: { to_roi: 1 }, asking: 'cancel', mending: true });
    expect(go(draft, { kind: 'review' })).toEqual({
      kind: 'review',
      draft: draftAt(REVIEW, { values: { to_roi: 1 } }),
      ...nothing,
    });
  });

  test('a sentence fills later steps, which are then not asked', () => {
    const outcome = go(
      draftAt(1),
      answer('8 buổi, 950 người, 10 tờ rơi, 2 băng rôn, 30 cam kết, kiểm tra 5 quán, vi phạm 1'),
    );
    expect(outcome).toMatchObject({ kind: 'asked', draft: { step: 3 } });
  });

  test('mending one part leads back to the review card', () => {
    const outcome = inTurn(draftAt(REVIEW, { values: { to_roi: 5 } }), { kind: 'edit', step: 2 }, answer('20 1'));
    expect(outcome).toMatchObject({
      kind: 'review',
      draft: { values: { to_roi: 5, co_so_kiem_tra: 20, co_so_vi_pham: 1 } },
    });
    expect(draftOf(outcome)).not.toHaveProperty('mending');
    expect(inTurn(draftOf(outcome), { kind: 'edit', step: 4 }, { kind: 'back' })).toMatchObject({ kind: 'review' });
  });

  test('back from the first step asks it again; from the card it is the last step', () => {
    expect(go(draftAt(0), { kind: 'back' })).toMatchObject({ draft: { step: 0 } });
    expect(go(draftAt(REVIEW), { kind: 'back' })).toMatchObject({ draft: { step: REVIEW - 1 } });
  });

  test('at the review card a named figure is put right at once', () => {
    expect(go(draftAt(REVIEW, { values: { to_roi: 5 } }), answer('tờ rơi 50'))).toMatchObject({
      kind: 'review',
      draft: { values: { to_roi: 50 } },
    });
  });

  test('of a sentence with one figure at fault the others are kept', () => {
    expect(go(draftAt(REVIEW), answer('phát 300 tờ rơi, kiểm tra 5 quán, vi phạm 7'))).toMatchObject({
      kind: 'invalid',
      fault: { kind: 'check' },
      draft: { step: 2, mending: true, values: { to_roi: 300, co_so_kiem_tra: 5 } },
    });
  });
});

describe('the form ends', () => {
  test('cancelling what holds figures is confirmed first, by saying it again or by the choice', () => {
    const once = go(draftAt(1, { values: { to_roi: 1 } }), { kind: 'cancel' });
    expect(once.kind).toBe('confirmCancel');
    expect(go(draftOf(once), { kind: 'cancel' }).kind).toBe('cancelled');
    expect(go(draftOf(once), { kind: 'confirm' }).kind).toBe('cancelled');
    expect(inTurn(draftOf(once), { kind: 'resume' })).toMatchObject({
      kind: 'asked',
      draft: { step: 1, values: { to_roi: 1 } },
    });
    expect(go(draftAt(1), { kind: 'cancel' }).kind).toBe('cancelled');
  });

  test('an answer takes back the wish to cancel', () => {
    const once = go(draftAt(2, { values: { to_roi: 1 } }), { kind: 'cancel' });
    expect(inTurn(draftOf(once), answer('20'), { kind: 'cancel' }).kind).toBe('confirmCancel');
  });

  test('sending first shows the card', () => {
    const draft = draftAt(2, { values: { to_roi: 1 } });
    expect(go(draft, { kind: 'confirm' }).kind).toBe('review');
    expect(inTurn(draft, { kind: 'confirm' }, { kind: 'confirm' })).toMatchObject({
      kind: 'submitted',
      nothing: false,
      draft: { values: { to_roi: 1, period_from: today, period_to: today } },
    });
  });

  test('no report is without a period: what was not said is today', () => {
    const days = (values: Values) =>
      draftOf(go(draftAt(REVIEW, { values: { to_roi: 1, ...values } }), { kind: 'confirm' })).values;
    expect(days({})).toMatchObject({ period_from: today, period_to: today });
    expect(days({ period_from: '2026-06-01' })).toMatchObject({ period_from: '2026-06-01', period_to: today });
    expect(days({ period_to: '2026-06-05' })).toMatchObject({ period_from: '2026-06-05', period_to: '2026-06-05' });
    const none = draftAt(REVIEW, { asking: 'nothing' });
    expect(go(none, { kind: 'confirm' })).toMatchObject({ nothing: true, draft: { values: { period_from: today } } });
  });

  test('nothing to report is a kind of its own, confirmed, and only for an empty form', () => {
    expect(go(draftAt(REVIEW), { kind: 'confirm' }).kind).toBe('empty');
    const asked = go(draftAt(0, { values: { period_from: today, period_to: today } }), { kind: 'nothing' });
    expect(asked.kind).toBe('confirmNothing');
    expect(go(draftOf(asked), { kind: 'confirm' })).toMatchObject({ kind: 'submitted', nothing: true });
    expect(go(draftAt(0, { values: { to_roi: 0 } }), { kind: 'nothing' }).kind).toBe('notNothing');
    expect(go(draftAt(0), answer('không phát sinh')).kind).toBe('confirmNothing');
  });
});

/** How an officer would name each figure. */
const NAMES: Record<FieldId, (n: number) => string> = {
  buoi_tuyen_truyen: (n) => `${n} buổi`,
  luot_nguoi_du: (n) => `${n} lượt người`,
  to_roi: (n) => `${n} tờ rơi`,
  pano_ap_phich_bang_ron: (n) => `băng rôn ${n}`,
  cam_ket: (n) => `cam kết: ${n}`,
  vu_phat_hien: (n) => `${n} vụ`,
  doi_tuong: (n) => `${n} đối tượng`,
  nguoi_nghien_ra_soat: (n) => `rà soát ${n} người nghiện`,
  ho_so_cai_nghien: (n) => `${n} hồ sơ`,
};

type Act =
  | { act: 'say'; figures: [FieldId, number][] }
  | { act: 'none' }
  | { act: 'clear' }
  | { act: 'edit'; step: number }
  | { act: 'back' | 'skip' | 'keep' | 'resume' | 'confirmOnce' | 'nonsense' | 'cancelAndStay' };

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...Object.keys(NAMES)), fc.integer({ min: 1, max: 500 })), {
        selector: ([id]) => id,
        minLength: 1,
        maxLength: 4,
      })
      .map((figures): Act => ({ act: 'say', figures })),
  },
  fc.constantFrom<Act>({ act: 'none' }, { act: 'clear' }),
  fc.integer({ min: 0, max: REVIEW - 1 }).map((step): Act => ({ act: 'edit', step })),
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('back', 'skip', 'keep', 'resume', 'confirmOnce', 'nonsense', 'cancelAndStay')
      .map((act) => ({ act }) as Act),
  },
);

/** What the officer means, kept apart from the runner: figures by name, none and clear for the step last asked. */
function meant(values: Values, act: Act, step: (typeof quick.steps)[number] | undefined): Values {
  if (act.act === 'say') return { ...values, ...Object.fromEntries(act.figures) };
  if (!step || step.id === 'ky') return act.act === 'clear' && step ? omit(values, step.fields) : values;
  if (act.act === 'clear') return omit(values, step.fields);
  if (act.act !== 'none') return values;
  const open = step.fields.filter((id) => !(id in values));
  const zero = step.id === 'y-kien' ? 'không' : 0;
  return { ...values, ...Object.fromEntries((open.length > 0 ? open : step.fields).map((id) => [id, zero])) };
}

const omit = (values: Values, ids: string[]) =>
  Object.fromEntries(Object.entries(values).filter(([id]) => !ids.includes(id)));

function play(draft: Draft, act: Act): Draft {
  switch (act.act) {
    case 'say':
      return draftOf(go(draft, answer(act.figures.map(([id, n]) => NAMES[id]!(n)).join(', '))));
    case 'edit':
      return draftOf(go(draft, { kind: 'edit', step: act.step }));
    case 'none':
      // At a period there is nothing to be none of: no choice offers it.
      return draft.step === 0 ? draft : draftOf(go(draft, { kind: 'none' }));
    case 'confirmOnce':
      return draft.step < REVIEW ? draftOf(go(draft, { kind: 'confirm' })) : draft;
    case 'nonsense':
      return draft.step === REVIEW - 1 ? draft : draftOf(go(draft, answer('đang tổng hợp')));
    case 'cancelAndStay': {
      const asked = go(draft, { kind: 'cancel' });
      return asked.kind === 'cancelled' ? draft : draftOf(go(asked.draft, { kind: 'resume' }));
    }
    default:
      return draftOf(go(draft, { kind: act.act }));
  }
}

describe('whatever the order', () => {
  test('the report holds exactly what the officer said and last saw', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 25 }), (sequence) => {
        let draft = draftAt(0);
        let expected: Values = {};
        for (const act of sequence) {
          // Figures are not said where words are asked for: there they would be words.
          const words = quick.steps[draft.step]?.id === 'y-kien' && act.act === 'say';
          if (words) continue;
          expected = meant(expected, act, quick.steps[draft.step]);
          // A restart between any two messages: the draft is plain data.
          draft = play(JSON.parse(JSON.stringify(draft)) as Draft, act);
          expect(draft.values).toEqual(expected);
        }
        const last = go(draft, { kind: 'confirm' });
        const sent = last.kind === 'review' ? go(last.draft, { kind: 'confirm' }) : last;
        if (Object.keys(expected).length === 0) expect(sent.kind).toBe('empty');
        else expect(sent).toMatchObject({ kind: 'submitted' });
        // The acts never name a period: it is the day itself.
        if (sent.kind === 'submitted')
          expect(sent.draft.values).toEqual({ ...expected, period_from: today, period_to: today });
      }),
      { numRuns: 300 },
    );
  });

  test('an invalid or unread answer changes nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.dictionary(fc.constantFrom(...Object.keys(NAMES)), fc.nat({ max: 100 })),
        fc.constantFrom('1 2 3 4 5 6 7', 'xin chào', '2,5 buổi', '-4'),
        (step, values, text) => {
          const before = draftAt(step, { values });
          const outcome = go(before, answer(text));
          fc.pre(outcome.kind === 'invalid' || outcome.kind === 'unclear');
          expect(draftOf(outcome)).toEqual(before);
        },
      ),
    );
  });

  test('what a second sentence replaces is told, can be had back, and adds up', () => {
    const some = fc.dictionary(fc.constantFrom(...Object.keys(NAMES)), fc.integer({ min: 1, max: 100 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(some, some, (before, said) => {
        const from = draftAt(REVIEW, { values: before });
        const outcome = go(
          from,
          answer(
            Object.entries(said)
              .map(([id, n]) => NAMES[id]!(n))
              .join(', '),
          ),
        );
        fc.pre(outcome.kind === 'review');
        const { draft, was } = outcome as Extract<Outcome, { kind: 'review' }>;
        expect(draft.values).toEqual({ ...before, ...said });
        const both = Object.keys(said).filter((id) => id in before && before[id] !== said[id]);
        expect(was).toEqual(Object.fromEntries(both.map((id) => [id, before[id]])));
        expect(draftOf(go(draft, { kind: 'restore', was })).values).toEqual({ ...said, ...before });
        const sums = Object.fromEntries(both.map((id) => [id, before[id]! + said[id]!]));
        expect(draftOf(go(draft, { kind: 'add', was })).values).toEqual({ ...before, ...said, ...sums });
      }),
    );
  });

  test('a field is taken back by each of its names, and nothing else is', () => {
    const figures = quick.fields.filter(({ kind }) => kind === 'count' || kind === 'money');
    const values = Object.fromEntries(figures.map(({ id }) => [id, 7]));
    for (const { id, label, aliases } of figures)
      for (const name of [label, ...aliases]) {
        const outcome = go(draftAt(REVIEW, { values }), answer(`bỏ ${name}`));
        expect(
          Object.keys(values).filter((one) => !(one in draftOf(outcome).values)),
          name,
        ).toEqual([id]);
      }
  });
});
