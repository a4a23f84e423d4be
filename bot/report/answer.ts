/** One message as the answer to a step: what it sets, what it leaves open, or what is wrong with it. */
import { fold } from '../language/fold.ts';
import { speakNumber } from '../language/numbers.ts';
import { tokensOf } from '../language/tokens.ts';
import type { Day } from '../plan/types.ts';
import { isChoice, optionIn } from './choices.ts';
import { type Doubt, markupIn } from './doubt.ts';
import { bareList } from './list.ts';
import { opinionsIn } from './opinions.ts';
import { removedIn } from './remove.ts';
import type { Check, Draft, Field, FieldId, FormDefinition, Step, Values } from './types.ts';
import { type Understood, understand } from './understand.ts';

/** What is wrong, and where; the officer reads how to mend it. */
export type Fault =
  | Doubt
  | { kind: 'notWhole' | 'negative'; field: FieldId; value: number }
  | { kind: 'tooLarge'; field: FieldId; value: number; max: number }
  | { kind: 'tooMany'; asked: number; given: number }
  | { kind: 'tooLong'; field: FieldId; max: number }
  | { kind: 'periodReversed'; field: FieldId }
  /** Days that are none, or that are still to come. */
  | { kind: 'noDay' | 'toCome'; field: FieldId; words: string }
  | { kind: 'check'; check: Check; value: number; limit: number };

export type Answer =
  | {
      kind: 'values';
      values: Values;
      cleared: FieldId[];
      unread: string[];
      /** Told for each day, without the days. */
      uncounted: string[];
      /** Told besides, without a place in the form. */
      beside: string[];
      /** Days that cannot be: asked anew, the figures stay. */
      wrongDays: Understood['wrongDays'];
      /** "Phát thêm 100 tờ rơi" adds to what was told before. */
      adds: boolean;
      strange: number;
    }
  /** "Bỏ tờ rơi" */
  | { kind: 'removed'; fields: FieldId[] }
  /** Only what is still to be done was told. */
  | { kind: 'planned' }
  /** More figures than are asked for. */
  | { kind: 'tooMany'; asked: number; given: number }
  /** "Không phát sinh" in place of figures, with the days it was said of. */
  | { kind: 'nothing'; period: Values }
  /** Read in more ways than one, or in none that can be. */
  | { kind: 'doubt'; doubt: Doubt }
  | { kind: 'unclear' };

export const MAX_TEXT = 2000;

const NONE_AT_ALL =
  /^(khong|ko|kg|k|0|khong co|ko co|khong co gi|khong gi|deu khong|tat ca khong|tat ca bang 0|deu 0|deu bang 0|chua|chua co|chua co gi|chua gi|chua co gi ca|khong co gi ca|khong co kho khan|khong co y kien|khong co y kien gi|khong co de xuat|khong co vuong mac|khong co kho khan vuong mac|khong vuong mac gi)$/;
const LEFT_OPEN = /^[-–—_.\s]+$/;

export const fieldOf = (form: FormDefinition, id: FieldId): Field => form.fields.find((field) => field.id === id)!;
export const stepKind = (form: FormDefinition, step: Step): 'figures' | 'text' | 'period' | 'choice' => {
  const field = fieldOf(form, step.fields[0]!);
  const { kind } = field;
  if (isChoice(field)) return 'choice';
  return kind === 'day' ? 'period' : kind === 'text' ? 'text' : 'figures';
};

/** Whether a draft waits for figures: a lone number is then one of them. */
export function asksFigures(draft: Draft, form: FormDefinition): boolean {
  const step = form.steps[draft.step];
  return !draft.asking && step !== undefined && stepKind(form, step) === 'figures';
}
/** Fields of a step that nothing was said of. */
export const openFields = (step: Step, values: Values): FieldId[] => step.fields.filter((id) => !(id in values));

/** The fields that are left out until they are said anew. */
export function fieldsAt(fault: Fault): FieldId[] {
  if (fault.kind === 'check') return [fault.check.field];
  return 'field' in fault ? [fault.field] : [];
}

/** All that is open in a step is said to be none; when nothing is open, all of it. */
export function noneOf(form: FormDefinition, step: Step, values: Values): Values {
  if (stepKind(form, step) === 'choice') return {};
  const open = openFields(step, values);
  const none = stepKind(form, step) === 'text' ? 'không' : 0;
  return Object.fromEntries((open.length > 0 ? open : step.fields).map((id) => [id, none]));
}

export function readAnswer(text: string, draft: Draft, form: FormDefinition, today: Day): Answer {
  const step = form.steps[draft.step];
  const removed = removedIn(text, form);
  if (removed.length > 0) return { kind: 'removed', fields: removed };
  return step ? answerTo(text, step, draft, form, today) : fromSentence(understand(text, form, today));
}

function answerTo(text: string, step: Step, draft: Draft, form: FormDefinition, today: Day): Answer {
  const kind = stepKind(form, step);
  if (kind === 'choice') return chosen(text, step, form, today);
  if (kind !== 'period' && NONE_AT_ALL.test(fold(text))) return values(noneOf(form, step, draft.values));
  if (LEFT_OPEN.test(text)) return values({});
  if (kind === 'text') return namedFigures(text, form, today) ?? texts(text, step, draft, form);
  if (kind === 'period') return fromSentence(understand(text, form, today));
  const markup = markupIn(text);
  if (markup) return { kind: 'doubt', doubt: markup };
  return listed(text, step, draft, form) ?? figures(understand(text, form, today, step.topic), step, draft, form);
}

/** One of the answers; a longer message may say it with the field's words, or tell figures instead. */
function chosen(text: string, step: Step, form: FormDefinition, today: Day): Answer {
  const [id] = step.fields;
  const label = optionIn(text, fieldOf(form, id!));
  if (label) return values({ [id!]: label });
  if (LEFT_OPEN.test(text)) return values({});
  return fromSentence(understand(text, form, today));
}

const values = (given: Values, more: Partial<Extract<Answer, { kind: 'values' }>> = {}): Answer => ({
  kind: 'values',
  values: given,
  cleared: [],
  unread: [],
  uncounted: [],
  beside: [],
  wrongDays: null,
  adds: false,
  strange: 0,
  ...more,
});

function fromSentence(read: Understood): Answer {
  if (read.doubt) return { kind: 'doubt', doubt: read.doubt };
  if (read.nothing) return { kind: 'nothing', period: read.values };
  if (read.planned) return { kind: 'planned' };
  if (Object.keys(read.values).length === 0 && !read.wrongDays && read.uncounted.length === 0)
    return { kind: 'unclear' };
  return values(read.values, besides(read));
}

const besides = ({ unread, uncounted, beside, wrongDays, adds, strange }: Understood) => ({
  ...{ unread, uncounted, beside, wrongDays, adds, strange },
});

/** Figures without names fill what is open, in the order asked; as many as the step has fields replace them all. */
function listed(text: string, step: Step, draft: Draft, form: FormDefinition): Answer | null {
  const open = openFields(step, draft.values);
  const first = fieldOf(form, open[0] ?? step.fields[0]!);
  const items = bareList(text, first.max ?? Number.POSITIVE_INFINITY);
  if (!items) return null;
  const into = items.length <= open.length ? open : step.fields;
  if (items.length > step.fields.length) return { kind: 'tooMany', asked: step.fields.length, given: items.length };
  if (open.length > 0 && items.length > open.length && items.length < step.fields.length)
    return { kind: 'tooMany', asked: open.length, given: items.length };
  const given: Values = {};
  const cleared: FieldId[] = [];
  for (const [i, item] of items.entries()) {
    if (item === null) cleared.push(into[i]!);
    else given[into[i]!] = fieldOf(form, into[i]!).kind === 'money' && item >= 1e6 ? item / 1e6 : item;
  }
  return values(given, { cleared });
}

/** Named figures in any order; one without a name among them takes the field after the one said before it. */
function figures(read: Understood, step: Step, draft: Draft, form: FormDefinition): Answer {
  if (read.doubt) return { kind: 'doubt', doubt: read.doubt };
  if (read.nothing) return { kind: 'nothing', period: read.values };
  const given = { ...read.values };
  // A number lost in many other words is no answer.
  if (Object.keys(given).length === 0 && read.strange > 3) return { kind: 'unclear' };
  const unread = [...read.unread];
  for (const { value, money, after } of read.bare) {
    const place = after === null || money ? 0 : step.fields.indexOf(after) + 1;
    const free = step.fields
      .slice(place)
      .find(
        (id) =>
          !(id in given) && (after !== null || !(id in draft.values)) && (!money || fieldOf(form, id).kind === 'money'),
      );
    if (free && (after === null || step.fields.includes(after))) given[free] = money ? value / 1e6 : value;
    else unread.push(speakNumber(value));
  }
  if (read.planned && Object.keys(given).length === 0) return { kind: 'planned' };
  if (Object.keys(given).length === 0 && !read.wrongDays && read.uncounted.length === 0) return { kind: 'unclear' };
  return values(given, { ...besides(read), unread });
}

/** Figures by their names alone, typed where words are asked for: "pano 12, cam kết 40". */
function namedFigures(text: string, form: FormDefinition, today: Day): Answer | null {
  const figures = form.fields.filter(({ kind }) => kind === 'count' || kind === 'money');
  const names = new Set(figures.flatMap(({ aliases, label, unit }) => [...aliases, label, unit ?? label].map(fold)));
  const pieces = text.split(/[,;\n](?!\d)/).map((piece) => piece.trim());
  const all = pieces.every((piece) => {
    const [, before = '', , after = ''] = /^(\D*?)\s*[:=]?\s*(\d[\d.,]*)\s*(\D*)$/.exec(piece) ?? [];
    return names.has(fold(before)) ? after === '' || names.has(fold(after)) : before === '' && names.has(fold(after));
  });
  return all ? fromSentence(understand(text, form, today)) : null;
}

/** Named or not, a text is taken as it was typed; what has no name goes to what is open first. */
function texts(text: string, step: Step, draft: Draft, form: FormDefinition): Answer {
  const { values: named, lead } = opinionsIn(tokensOf(text), form);
  const into = openFields(step, { ...draft.values, ...named })[0] ?? step.fields.find((id) => !(id in named));
  const given = Object.keys(named).length === 0 ? text.normalize('NFC').trim() : lead;
  return values({ ...(into && given && { [into]: given }), ...named });
}

/** What is wrong with values that were given, alone or beside those that were there. */
export function faultIn(given: Values, merged: Values, form: FormDefinition): Fault | null {
  for (const [id, value] of Object.entries(given)) {
    const field = fieldOf(form, id);
    if (typeof value === 'string') {
      const most = field.max ?? MAX_TEXT;
      if (field.kind === 'text' && value.length > most) return { kind: 'tooLong', field: id, max: most };
      continue;
    }
    if (value < 0) return { kind: 'negative', field: id, value };
    if (field.kind === 'count' && !Number.isInteger(value)) return { kind: 'notWhole', field: id, value };
    if (field.max !== undefined && value > field.max) return { kind: 'tooLarge', field: id, value, max: field.max };
  }
  return reversed(merged, form) ?? brokenCheck(merged, form);
}

function reversed(merged: Values, form: FormDefinition): Fault | null {
  const [from, to] = form.fields.filter((field) => field.kind === 'day');
  if (!from || !to || !(from.id in merged) || !(to.id in merged)) return null;
  return merged[from.id]! > merged[to.id]! ? { kind: 'periodReversed', field: to.id } : null;
}

/** The first rule between two fields that the values break. */
export function brokenCheck(merged: Values, form: FormDefinition): Fault | null {
  for (const check of form.checks) {
    const [value, limit] = [merged[check.field], merged[check.limit]];
    if (typeof value === 'number' && typeof limit === 'number' && value > limit)
      return { kind: 'check', check, value, limit };
  }
  return null;
}
