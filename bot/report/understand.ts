/**
 * One free sentence becomes figures: each number goes to the field whose way of saying it fits best (`pattern.ts`).
 * What was not said stays absent; "không phát hiện …" is said to be none.
 */
import { fold } from '../language/fold.ts';
import { periodsIn, type SpokenPeriod } from '../language/period.ts';
import { type Token, tokensOf } from '../language/tokens.ts';
import type { Day } from '../plan/types.ts';
import { choicesIn } from './choices.ts';
import { type Doubt, doubtIn, joinThousands, markupIn } from './doubt.ts';
import { figuresOf, isAside } from './figures.ts';
import { type Fit, fitAll } from './fit.ts';
import { type FormLanguage, formLanguage } from './form-language.ts';
import { opinionsIn } from './opinions.ts';
import { repairText } from './repair.ts';
import { type Num, namesNumber, scan } from './scan.ts';
import type { FieldId, FormDefinition, Values } from './types.ts';

export interface Understood {
  values: Values;
  /** Numbers without a word of their own, in order, each with the figure said before it. */
  bare: { value: number; money: boolean; after: FieldId | null }[];
  /** Numbers that no field asks for, as typed with the words after them. */
  unread: string[];
  /** How many words the form does not know. */
  strange: number;
  /** "Không phát sinh": nothing to report. */
  nothing: boolean;
  /** What can be no figure as it stands, or may be two: to be asked back. */
  doubt: Doubt | null;
}

const NOTHING =
  /(khong|ko|k|chua) (co gi )?(phat sinh|co phat sinh)( gi| vu viec| vu viec gi| tinh hinh| tinh hinh gi)?$/;

/** Alone in a sentence it is a year rather than a figure. */
const YEAR = /^20[23]\d$/;

/** What the guard put in place of personal data is no part of the report. */
const LEFT_OUT = /\[[^\][]{0,60}\]/g;

/** @param topic the list of words that a short answer is about, as if it had been said */
export function understand(text: string, form: FormDefinition, today: Day, topic?: string): Understood {
  const language = formLanguage(form);
  const typed = tokensOf(repairText(unshouted(text.replace(LEFT_OUT, '[…]')), language.vocabulary));
  const tokens = withoutOthers(
    joinThousands(
      typed,
      (word) => language.folded.has(word.folded),
      (end) => namesNumber(typed, end),
    ),
    language,
  );
  const periods = periodsIn(tokens, today);
  const opinions = opinionsIn(tokens, form);
  const dated = new Set(periods.flatMap((p) => Array.from({ length: p.to - p.from }, (_, i) => p.from + i)));
  const laid = scan(tokens, language, (i) => !dated.has(i) && !opinions.taken.has(i), topic);
  const all = fitAll(laid, language);
  const past = earlier(periods, tokens, all);
  const fits = all.filter((fit) => !past.some((p) => fit.num.from >= p.to && fit.num.from < p.until));
  const { values, counted, cumulative } = figuresOf(laid, fits);
  const fitted = new Set(all.map((fit) => fit.num.from));
  const alone = laid.numbers.filter((n) => !n.none && !n.risky && !fitted.has(n.from));
  const isBare = (n: Num) => (!tokens[n.to] || tokens[n.to]!.kind !== 'word') && !YEAR.test(tokens[n.from]!.raw);
  return {
    values: {
      ...periodValues(
        periods.filter((p) => !past.some((q) => q.from === p.from)),
        tokens,
        form,
        cumulative,
        (p) => tellsFigures(p, periods, fits),
      ),
      ...values,
      ...opinions.values,
      ...choicesIn(text, form),
    },
    bare: alone.filter(isBare).map((n) => ({
      value: n.value,
      money: n.money,
      after: [...counted].filter(([i]) => i < n.from).at(-1)?.[1] ?? null,
    })),
    unread: alone.filter((n) => !isBare(n)).map((n) => snippet(tokens, n.from, n.to)),
    strange: tokens.filter(
      (t, i) => t.kind === 'word' && !dated.has(i) && !opinions.taken.has(i) && !language.folded.has(t.folded),
    ).length,
    nothing: Object.keys(values).length === 0 && NOTHING.test(fold(text)),
    doubt: markupIn(text) ?? doubtIn(tokens, laid.numbers, dated),
  };
}

/** Capitals say nothing where all letters are capitals. */
const unshouted = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text);

/** "phục vụ" is no "vụ": the words of such phrases stand for nothing. */
function withoutOthers(tokens: readonly Token[], { lexicon }: FormLanguage): Token[] {
  const found = lexicon(tokens);
  let until = 0;
  return tokens.map((token, i) => {
    until = Math.max(until, i + found.lengthAt('OTHER', i));
    return i < until ? { ...token, folded: '' } : token;
  });
}

/**
 * Periods told beside the one that is reported, each with its figures from `to` until `until`: named weeks and months
 * before a later one ("tháng 5 có 6 buổi, tháng 6 này 4 buổi"), and what has added up since ("hôm nay 1 vụ, từ đầu tháng 5 vụ").
 */
function earlier(periods: SpokenPeriod[], tokens: readonly Token[], fits: readonly Fit[]) {
  const named = periods.filter((p) => p.first && p.last && !isAside(tokens, p.from));
  const spans = named.map((p, i) => ({ ...p, until: named[i + 1]?.from ?? tokens.length }));
  const fieldsOf = (p: (typeof spans)[number]) =>
    fits
      .filter((fit) => fit.field && !fit.num.none && fit.num.from >= p.to && fit.num.from < p.until)
      .map((f) => f.field!.id);
  const told = spans.filter((p) => fieldsOf(p).length > 0);
  return told.filter((p) =>
    told.some((other) =>
      p.rank === 2 && other.rank === 2 && p.last! < other.first!
        ? true
        : other.from < p.from &&
          p.first! < other.first! &&
          p.last! >= other.last! &&
          fieldsOf(p).some((field) => fieldsOf(other).includes(field)),
    ),
  );
}

/** Whether figures stand between a period and the next. */
const tellsFigures = (p: SpokenPeriod, periods: readonly SpokenPeriod[], fits: readonly Fit[]): boolean => {
  const until = periods.find((other) => other.from > p.from)?.from ?? Number.POSITIVE_INFINITY;
  return fits.some((fit) => fit.field && fit.num.from >= p.to && fit.num.from < until);
};

/** The period of the report: a range in dates before a named week, that before a single day. */
function periodValues(
  periods: SpokenPeriod[],
  tokens: readonly Token[],
  form: FormDefinition,
  cumulative: boolean,
  told: (p: SpokenPeriod) => boolean,
): Values {
  const [from, to] = form.fields.filter((field) => field.kind === 'day');
  const said = periods
    .filter((p) => (p.first ?? p.last) && (cumulative || !isAside(tokens, p.from)))
    .map((p) => ({ p, order: p.rank }));
  const days = said.filter(({ p, order }) => order === 1 && p.first && p.last && told(p)).map(({ p }) => p);
  // "15/6: 1 vụ; 16/6: 2 vụ": from the first of the days to the last.
  if (from && to && days.length > 1 && said.every(({ order }) => order === 1))
    return {
      [from.id]: days.map((p) => p.first!).sort()[0]!,
      [to.id]: days
        .map((p) => p.last!)
        .sort()
        .at(-1)!,
    };
  const best = said.reduce<(typeof said)[number] | null>((a, b) => (a && a.order >= b.order ? a : b), null)?.p;
  if (!best || !from || !to) return {};
  return { ...(best.first && { [from.id]: best.first }), ...(best.last && { [to.id]: best.last }) };
}

const snippet = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to + 2)
    .filter((t) => t.kind !== 'break')
    .map((t, i) => (t.spaced && i > 0 ? ` ${t.raw}` : t.raw))
    .join('');
