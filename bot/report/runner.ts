/**
 * The form runner: an open form and one input in, what comes of it out. Pure; the form on view is always the draft that
 * the last outcome carried, so what is handed in is exactly what the officer saw.
 */
import type { Day } from '../plan/types.ts';
import {
  type Answer,
  brokenCheck,
  type Fault,
  faultIn,
  fieldOf,
  fieldsAt,
  noneOf,
  openFields,
  readAnswer,
} from './answer.ts';
import { periodOrDay } from './duty.ts';
import type { Draft, Field, FieldId, FormDefinition, Values } from './types.ts';
import { understand } from './understand.ts';

export type Input =
  | { kind: 'answer'; text: string }
  /** "Không có": all that is open in the step is none. */
  | { kind: 'none' }
  /** Goes on; what was said of the step stays. */
  | { kind: 'skip' }
  /** Takes back what was said of the step. */
  | { kind: 'clear' }
  | { kind: 'back' }
  | { kind: 'edit'; step: number }
  | { kind: 'cancel' }
  | { kind: 'keep' }
  | { kind: 'resume' }
  /** "Xem lại": the review card, from anywhere. */
  | { kind: 'review' }
  /** "Gửi": shows the review card first. */
  | { kind: 'confirm' }
  /** What the last sentence told adds to what it replaced, or gives way to it again. */
  | { kind: 'add' | 'restore'; was: Values }
  /** A file that goes with the report, as a value; null takes it out again. */
  | { kind: 'attach'; value: string | null }
  /** Why figures are unusual; sends the report. */
  | { kind: 'explain'; reason: string }
  /** "Không phát sinh". */
  | { kind: 'nothing' };

export type Outcome =
  /** A step is asked. */
  | ({ kind: 'asked'; draft: Draft } & Told)
  | ({ kind: 'review'; draft: Draft } & Told)
  /** Something is wrong; `took` is what a longer sentence said besides, which is recorded. */
  | { kind: 'invalid'; draft: Draft; fault: Fault; took: FieldId[] }
  | { kind: 'unclear'; draft: Draft }
  /** What is still to be done was told: nothing of it is taken. */
  | { kind: 'planned'; draft: Draft }
  | { kind: 'confirmCancel'; draft: Draft }
  | { kind: 'confirmNothing'; draft: Draft }
  /** Nothing to hand in yet. */
  | { kind: 'empty'; draft: Draft }
  /** "Không phát sinh" was said of a form that holds figures. */
  | { kind: 'notNothing'; draft: Draft }
  | { kind: 'kept'; draft: Draft }
  | { kind: 'cancelled' }
  | { kind: 'submitted'; draft: Draft; nothing: boolean };

/** What an input did to the form. */
export interface Told {
  /** What it set. */
  took: FieldId[];
  /** Figures that fit no field, as typed. */
  unread: string[];
  /** Figures for each day where the days were not told, as typed. */
  uncounted: string[];
  /** What was told besides and has no place in the form. */
  beside: string[];
  /** What stood before in the place of what it set or took back. */
  was: Values;
  /** It was added to what stood before. */
  added: boolean;
}

const MOST_REASON = 500;

/** Whether words hold a figure of the form, so that they correct rather than explain. */
const tellsFigures = (text: string, form: FormDefinition, today: Day): boolean =>
  Object.values(understand(text, form, today).values).some((value) => typeof value === 'number');

/** Values other than the period: a form that has only that reports nothing. */
export const hasContent = (values: Values, form: FormDefinition): boolean =>
  Object.keys(values).some((id) => fieldOf(form, id).kind !== 'day');

/** Where a file goes, if the form takes any. */
export const fileField = (form: FormDefinition): Field | undefined =>
  form.files?.on ? form.fields.find(({ kind }) => kind === 'file') : undefined;

export const isReview = (draft: Draft, form: FormDefinition): boolean => draft.step >= form.steps.length;

export function advance(from: Draft, input: Input, form: FormDefinition, today: Day): Outcome {
  const { asking, ...rest } = from;
  const draft: Draft = { ...rest, paused: false };
  switch (input.kind) {
    case 'answer':
      if (asking === 'unusual' && !tellsFigures(input.text, form, today))
        return advance(from, { kind: 'explain', reason: input.text }, form, today);
      return answered(draft, input.text, form, today);
    case 'none':
      return isReview(draft, form) ? at(draft, form) : none(draft, form);
    case 'skip':
      return at(forward(draft, form), form);
    case 'clear':
      return at({ ...draft, values: without(draft.values, form.steps[draft.step]?.fields ?? []) }, form);
    case 'back':
      return at(back(draft, form), form);
    case 'edit':
      return form.steps[input.step] ? at({ ...draft, step: input.step, mending: true }, form) : at(draft, form);
    case 'cancel':
      if (asking === 'cancel' || Object.keys(draft.values).length === 0) return { kind: 'cancelled' };
      return { kind: 'confirmCancel', draft: { ...draft, asking: 'cancel' } };
    case 'keep':
      return { kind: 'kept', draft: { ...draft, paused: true } };
    case 'resume':
      return at(draft, form);
    case 'review':
      return at(toReview(draft, form), form);
    case 'confirm':
      return confirmed(draft, asking, form);
    case 'add':
      return joined(draft, input.was, form);
    case 'restore':
      return at({ ...draft, values: { ...draft.values, ...input.was } }, form, { took: Object.keys(input.was) });
    case 'attach': {
      const field = fileField(form);
      if (!field) return at(draft, form);
      const rest = without(draft.values, [field.id]);
      return at({ ...draft, values: input.value === null ? rest : { ...rest, [field.id]: input.value } }, form);
    }
    case 'explain': {
      const reason = input.reason.normalize('NFC').trim().slice(0, MOST_REASON);
      return confirmed({ ...draft, explained: { reason, values: draft.values } }, undefined, form);
    }
    case 'nothing':
      if (hasContent(draft.values, form)) return { kind: 'notNothing', draft };
      return { kind: 'confirmNothing', draft: { ...toReview(draft, form), asking: 'nothing' } };
  }
}

/** The draft as it stands: its step asked, or its review card. */
export function at(draft: Draft, form: FormDefinition, told: Partial<Told> = {}): Outcome {
  const kind = isReview(draft, form) ? 'review' : 'asked';
  return { kind, draft, took: [], unread: [], uncounted: [], beside: [], was: {}, added: false, ...told };
}

function answered(draft: Draft, text: string, form: FormDefinition, today: Day): Outcome {
  const answer = readAnswer(text, draft, form, today);
  switch (answer.kind) {
    case 'unclear':
    case 'planned':
      return { kind: answer.kind, draft };
    case 'doubt':
      return { kind: 'invalid', draft, fault: answer.doubt, took: [] };
    case 'tooMany':
      return { kind: 'invalid', draft, fault: answer, took: [] };
    case 'nothing':
      return advance({ ...draft, values: { ...draft.values, ...answer.period } }, { kind: 'nothing' }, form, today);
    case 'removed':
      return at({ ...draft, values: without(draft.values, answer.fields) }, form, {
        took: answer.fields,
        was: Object.fromEntries(Object.entries(draft.values).filter(([id]) => answer.fields.includes(id))),
      });
    case 'values': {
      const days = wrongDays(answer, form, today);
      const given = days ? without(answer.values, daysOf(form)) : answer.values;
      const was = replaced(draft, given, answer.cleared);
      const adds = answer.adds && Object.keys(was).some((id) => typeof given[id] === 'number');
      const set = adds ? summed(given, was) : given;
      const filled = { ...draft, values: { ...without(draft.values, answer.cleared), ...set } };
      const fault = days ?? faultIn(set, filled.values, form);
      if (fault) return faulty(draft, set, fault, form);
      const step = form.steps[draft.step];
      const took = Object.keys(set);
      const { unread, uncounted, beside } = answer;
      const told = { took, unread, uncounted, beside, was, added: adds };
      // "-" leaves open what is open; so does whatever a step was not told: each step is asked once.
      const done =
        took.length === 0 ||
        took.some((id) => step?.fields.includes(id)) ||
        draft.mending ||
        (step && openFields(step, filled.values).length === 0);
      return at(step && done ? forward(filled, form) : filled, form, told);
    }
  }
}

/** What another value stands in the place of. Who mends a part sees what stood there. */
function replaced(draft: Draft, given: Values, cleared: readonly FieldId[]): Values {
  if (draft.mending) return {};
  const gone = (id: FieldId) => (id in given ? given[id] !== draft.values[id] : cleared.includes(id));
  return Object.fromEntries(Object.entries(draft.values).filter(([id]) => gone(id)));
}

/** Figures added to those that stood before; days reach over both. */
function summed(given: Values, was: Values): Values {
  const entries = Object.entries(given).map(([id, value]) => {
    const before = was[id];
    if (typeof value === 'number' && typeof before === 'number') return [id, value + before] as const;
    return [id, value] as const;
  });
  return Object.fromEntries(entries);
}

function joined(draft: Draft, was: Values, form: FormDefinition): Outcome {
  const now = Object.fromEntries(Object.entries(draft.values).filter(([id]) => id in was));
  const [from, to] = daysOf(form);
  const given = summed(now, was);
  const [first, last] = [from && was[from], to && was[to]];
  if (from && first && given[from]! > first) given[from] = first;
  if (to && last && given[to]! < last) given[to] = last;
  return at({ ...draft, values: { ...draft.values, ...given } }, form, { took: Object.keys(given) });
}

const daysOf = (form: FormDefinition): FieldId[] =>
  form.fields.filter(({ kind }) => kind === 'day').map(({ id }) => id);

/** Days that cannot be, or that are still to come: what is reported has been done. */
function wrongDays(answer: Extract<Answer, { kind: 'values' }>, form: FormDefinition, today: Day): Fault | null {
  const [field] = daysOf(form);
  if (!field) return null;
  if (answer.wrongDays?.kind === 'reversed') return { kind: 'periodReversed', field };
  if (answer.wrongDays) return { kind: 'noDay', field, words: answer.wrongDays.words };
  const from = answer.values[field];
  return typeof from === 'string' && from > today ? { kind: 'toCome', field, words: from } : null;
}

/** The answer to a step is refused whole; of a sentence for the whole form only the part at fault is, and asked anew. */
function faulty(draft: Draft, given: Values, fault: Fault, form: FormDefinition): Outcome {
  if (!isReview(draft, form)) return { kind: 'invalid', draft, fault, took: [] };
  let sound = given;
  const next = () => faultIn(sound, { ...draft.values, ...sound }, form);
  // Days at fault were left out already.
  const left = /^(?:noDay|toCome|periodReversed)$/.test(fault.kind) && fieldsAt(fault).every((id) => !(id in given));
  for (let wrong: Fault | null = left ? next() : fault; wrong; wrong = next()) {
    const less = without(sound, fieldsAt(wrong));
    if (Object.keys(less).length === Object.keys(sound).length) return { kind: 'invalid', draft, fault, took: [] };
    sound = less;
  }
  const step = form.steps.findIndex(({ fields }) => fields.includes(fieldsAt(fault)[0]!));
  const values = { ...draft.values, ...sound };
  // A figure that this unit is not asked for is asked anew at the review card itself.
  const mended: Draft = step < 0 ? { ...draft, values } : { ...draft, values, step, mending: true };
  return { kind: 'invalid', draft: mended, fault, took: Object.keys(sound) };
}

function none(draft: Draft, form: FormDefinition): Outcome {
  const given = noneOf(form, form.steps[draft.step]!, draft.values);
  const filled = { ...draft, values: { ...draft.values, ...given } };
  const fault = brokenCheck(filled.values, form);
  if (fault) return { kind: 'invalid', draft, fault, took: [] };
  return at(forward(filled, form), form, { took: Object.keys(given) });
}

function confirmed(draft: Draft, asking: Draft['asking'], form: FormDefinition): Outcome {
  if (asking === 'cancel') return { kind: 'cancelled' };
  const whole = { ...draft, values: periodOrDay(draft.values, form, draft.startedOn) };
  if (asking === 'nothing') return { kind: 'submitted', draft: whole, nothing: true };
  if (!isReview(draft, form)) return at(toReview(draft, form), form);
  if (!hasContent(draft.values, form)) return { kind: 'empty', draft };
  const fault = brokenCheck(draft.values, form);
  return fault ? { kind: 'invalid', draft, fault, took: [] } : { kind: 'submitted', draft: whole, nothing: false };
}

/** On to the next step that still has something open; a part that was being mended leads back to the review card. */
function forward(draft: Draft, form: FormDefinition): Draft {
  if (draft.mending) return toReview(draft, form);
  let step = draft.step + 1;
  while (form.steps[step] && openFields(form.steps[step]!, draft.values).length === 0) step += 1;
  return { ...draft, step: Math.min(step, form.steps.length) };
}

function back(draft: Draft, form: FormDefinition): Draft {
  return draft.mending
    ? toReview(draft, form)
    : { ...draft, step: Math.max(0, Math.min(draft.step, form.steps.length) - 1) };
}

function toReview(draft: Draft, form: FormDefinition): Draft {
  const { mending: _, ...rest } = draft;
  return { ...rest, step: form.steps.length };
}

function without(values: Values, fields: readonly FieldId[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([id]) => !fields.includes(id)));
}
