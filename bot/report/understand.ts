/**
 * One free sentence becomes figures: each number goes to the field whose way of saying it fits best (`pattern.ts`).
 * What was not said stays absent; "không phát hiện …" is said to be none.
 */
import { diffDays } from '../language/calendar.ts';
import { fold } from '../language/fold.ts';
import { periodsIn, type SpokenPeriod } from '../language/period.ts';
import { type Token, tokensOf } from '../language/tokens.ts';
import type { Day } from '../plan/types.ts';
import { choicesIn } from './choices.ts';
import { type Doubt, doubtIn, joinThousands, markupIn } from './doubt.ts';
import { figuresOf, implied, isAside, outdated } from './figures.ts';
import { type Fit, fitAll } from './fit.ts';
import { type FormLanguage, formLanguage } from './form-language.ts';
import { opinionsIn } from './opinions.ts';
import { repairText } from './repair.ts';
import { type Num, namesNumber, type Scan, scan } from './scan.ts';
import type { FieldId, FormDefinition, Values } from './types.ts';

export interface Understood {
  values: Values;
  /** Numbers without a word of their own, in order, each with the figure said before it. */
  bare: { value: number; money: boolean; after: FieldId | null }[];
  /** Numbers that no field asks for, as typed with the words after them. */
  unread: string[];
  /** What was told besides and has no place in the form, as typed: "2,5kg heroin", "200 sổ tay". */
  beside: string[];
  /** Told for each day, without the days: "mỗi ngày 1 buổi". */
  uncounted: string[];
  /** "Phát thêm 100 tờ rơi": it adds to what was told before. */
  adds: boolean;
  /** Only what is still to be done was told: "ngày mai tổ chức 2 buổi". */
  planned: boolean;
  /** Days that cannot be: 31/2, or an end before the beginning. */
  wrongDays: { kind: 'noDay' | 'reversed'; words: string } | null;
  /** How many words the form does not know. */
  strange: number;
  /** "Không phát sinh": nothing to report. */
  nothing: boolean;
  /** What can be no figure as it stands, or may be two: to be asked back. */
  doubt: Doubt | null;
}

const NOTHING = new RegExp(
  [
    '(?:khong|ko|k|chua|chang) (?:co gi )?(?:phat sinh|co phat sinh)(?: gi| vu viec| vu viec gi| tinh hinh| tinh hinh gi)?',
    // "chưa làm gì cả", "không có hoạt động gì", "không triển khai nội dung nào", "không có gì để báo cáo"
    '(?:khong|ko|k|chua|chang) (?:(?:co|lam|duoc|to chuc|trien khai|thuc hien|tien hanh|dien ra) )+(?:(?:hoat dong|viec|cong viec|noi dung|so lieu|ket qua|tin|dien bien|tinh hinh|vu viec) ?)?(?:gi|nao)?(?: (?:ca|het|moi|la|dac biet|dang ke|de bao cao|can bao cao))*',
  ]
    .map(
      (way) =>
        `${way}(?: (?:a|em|nhe|dong chi|anh|chi|het|ca|trong (?:ngay|tuan|ky|thang)|hom nay|tuan nay|thang nay))*$`,
    )
    .join('|'),
);
/** "Không tổ chức" by itself does not say of what; "không có" may answer anything. */
const NOTHING_AT_ALL = /(?:phat sinh|gi|nao|hoat dong|de bao cao)(?![a-z])/;

const ADDS = /\b(?:them|nua)\b/;

/** Alone in a sentence it is a year rather than a figure. */
const YEAR = /^20[23]\d$/;

/** What the guard put in place of personal data is no part of the report. */
const LEFT_OUT = /\[[^\][]{0,60}\]/g;

/** @param topic the list of words that a short answer is about, as if it had been said */
export function understand(text: string, form: FormDefinition, today: Day, topic?: string): Understood {
  const language = formLanguage(form);
  const typed = tokensOf(repairText(unshouted(text.replace(LEFT_OUT, '[…]')), language.vocabulary));
  const whole = joinThousands(
    typed,
    (word) => language.folded.has(word.folded),
    (end) => namesNumber(typed, end),
  );
  const tokens = withoutOthers(whole, language);
  const periods = periodsIn(whole, today);
  const opinions = opinionsIn(tokens, form);
  const dated = new Set([
    ...periods.flatMap((p) => Array.from({ length: p.to - p.from }, (_, i) => p.from + i)),
    ...outdated(tokens),
  ]);
  const laid = scan(tokens, language, dated, opinions.taken, topic);
  const all = fitAll(laid, language);
  const past = earlier(periods, tokens, all);
  const fits = all.filter((fit) => !past.some((p) => fit.num.from >= p.to && fit.num.from < p.until));
  const wrong = periods.find((p) => p.wrong);
  const told = (cumulative: boolean) =>
    wrong
      ? {}
      : periodValues(
          periods.filter((p) => !past.some((q) => q.from === p.from)),
          tokens,
          form,
          cumulative,
          (p) => tellsFigures(p, periods, fits),
        );
  const figures = figuresOf(laid, fits, daysOf(told(false), form));
  const { counted, cumulative } = figures;
  const values = { ...implied(laid, form, figures.values), ...figures.values };
  const fitted = new Set(all.map((fit) => fit.num.from));
  const alone = laid.numbers.filter((n) => !n.none && !n.risky && !fitted.has(n.from));
  const isBare = (n: Num) => (!tokens[n.to] || tokens[n.to]!.kind !== 'word') && !YEAR.test(tokens[n.from]!.raw);
  return {
    values: {
      ...told(cumulative),
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
    beside: besides(laid, [...figures.beside, ...all.filter((fit) => fit.field && !fits.includes(fit))]),
    uncounted: figures.uncounted.map((n) => snippet(tokens, n.from - 2, n.to)),
    adds: ADDS.test(fold(text)),
    planned: figures.planned && Object.keys(opinions.values).length === 0,
    wrongDays: wrong?.wrong ? { kind: wrong.wrong, words: spelt(tokens, wrong.from, wrong.to) } : null,
    strange: tokens.filter(
      (t, i) => t.kind === 'word' && !dated.has(i) && !opinions.taken.has(i) && !language.folded.has(t.folded),
    ).length,
    nothing:
      Object.keys(values).length === 0 &&
      Object.keys(opinions.values).length === 0 &&
      NOTHING_AT_ALL.test(fold(text)) &&
      NOTHING.test(fold(text).trim()),
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
      p.rank >= 2 && other.rank >= 2 && p.last! < other.first!
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
  spelt(tokens, from, Math.min(to + 2, tokens.length));

const spelt = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .filter((t) => t.kind !== 'break')
    .map((t, i) => (t.spaced && i > 0 ? ` ${t.raw}` : t.raw))
    .join('');

/** Numbers without a place in the form, each with the words that it was told in. */
function besides({ tokens, measured, inNumber }: Scan, fits: readonly Fit[]): string[] {
  const places = [
    ...fits.map(({ num, used }) => ({
      from: Math.min(num.from, ...used),
      to: Math.max(num.to, ...used.map((i) => i + 1)),
    })),
    ...measured,
  ].sort((a, b) => a.from - b.from);
  const ends = (i: number) => !tokens[i] || !/^(?:word|digits)$/.test(tokens[i]!.kind) || inNumber.has(i);
  const told = places.map(({ from, to }) => {
    let end = to;
    while (!ends(end) && end < to + 3) end += 1;
    return spelt(tokens, from, end);
  });
  return [...new Set(told)].slice(0, MOST_BESIDE);
}
const MOST_BESIDE = 6;

/** How many days the period of a report has. */
function daysOf(values: Values, form: FormDefinition): number | null {
  const [from, to] = form.fields.filter((field) => field.kind === 'day').map(({ id }) => values[id]);
  return typeof from === 'string' && typeof to === 'string' ? diffDays(from, to) + 1 : null;
}
