/** What the words of a message tell once they are found: small questions asked of its tokens and signs. */
import type { PlanId, Role } from '../plan/types.ts';
import { exactWord, fold, foldWord } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import { wordsTyped } from './normalise.ts';
import type { Token } from './phrases.ts';
import type { Found } from './search.ts';
import type { Signs } from './signs.ts';
import type { Intent, Reading } from './types.ts';
import type { Mention } from './units.ts';
import type { Cue, Facet } from './words.ts';

const NUMBERS: Record<string, number> = {
  nhat: 1,
  dau: 1,
  mot: 1,
  hai: 2,
  ba: 3,
  tu: 4,
  bon: 4,
  nam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
};

export function confidenceOf({ subjects, coverage, solid }: Found): Reading['confidence'] {
  if (subjects.length > 0 || (solid && coverage >= 0.5)) return 'sure';
  return solid && coverage >= 0.35 ? 'likely' : 'unsure';
}

/** So many words may stand between two of the subject and still belong to it. */
const BETWEEN = 2;
/** A title is no longer than this. */
const TITLE = 14;

/** The subject as it was typed, cut only where the sense is: words between stay, what is left out is shown by "…". */
export function subjectWords(
  text: string,
  tokens: readonly Token[],
  content: readonly boolean[],
  lexicon: Pick<Lexicon, 'pair'>,
): string {
  const typed = wordsTyped(text);
  const places = tokens
    .filter((_, i) => content[i])
    .flatMap(({ typed: from, through = from }) => Array.from({ length: through - from + 1 }, (_, k) => from + k))
    .toSorted((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && place - last[1] <= BETWEEN + 1) last[1] = Math.max(last[1], place);
    else runs.push([place, place]);
  }
  const folded = typed.map(foldWord);
  const pair = (i: number) => i >= 0 && i + 1 < typed.length && lexicon.pair(folded[i]!, folded[i + 1]!);
  for (const run of runs) {
    if (pair(run[1]) && COMPOUND_ENDS.has(folded[run[1] + 1]!)) run[1]++;
    if (pair(run[0] - 1) && COMPOUND_STARTS.has(folded[run[0] - 1]!)) run[0]--;
  }
  const words = runs.flatMap(([from, to], i) => [...(i > 0 ? ['…'] : []), ...typed.slice(from, to + 1)]);
  return words.length > TITLE ? `${words.slice(0, TITLE).join(' ')} …` : words.join(' ');
}

/** Halves of words that say nothing alone and so are no content: "xử lý", "phụ trách"; "đề xuất", "tổ chức". */
const COMPOUND_ENDS = new Set('li hien khai trach nghiep nghien su tuc dinh vu viec huong dan chuc tri hop'.split(' '));
const COMPOUND_STARTS = new Set('de to cong phu trien huong dam chiu xu'.split(' '));

/** "xây dựng xã, phường không ma túy" speaks of a subject, not to the communes. */
export function insideSubject(m: Mention, subjects: readonly { from: number; to: number }[]): boolean {
  return (
    m.options.some((p) => p.startsWith('g-')) &&
    subjects.some((s) => s.from <= m.from && s.to >= m.to && s.to - s.from > m.to - m.from)
  );
}

const ROLES: Cue[] = ['lead', 'implement', 'coordinate'];

/** "quy chế phối hợp" is a subject, not a question about a role. */
export function withoutRoles(cues: Signs['cues'], subjects: readonly { from: number; to: number }[]): Signs['cues'] {
  const inside = (f: { from: number; to: number }) =>
    subjects.some((s) => s.from <= f.from && s.to >= f.to && s.to - s.from > f.to - f.from);
  return new Map(
    [...cues].flatMap(([cue, hits]): [typeof cue, typeof hits][] => {
      const kept = ROLES.includes(cue) ? hits.filter((f) => !inside(f)) : hits;
      return kept.length > 0 ? [[cue, kept]] : [];
    }),
  );
}

/** "01 năm" is a report only where reports are spoken of; "các mốc báo cáo của năm 2026" are those of the whole year. */
export function facetsOf(found: Signs, subject: boolean): Facet[] {
  const facets = [...found.facets]
    .filter((f) => f !== 'year' || !found.facets.has('milestones'))
    // What is handed in when the campaign ends is its report.
    .map((f) => (f === 'campaign' && found.cues.has('report') ? 'campaignReport' : f));
  return subject && !found.cues.has('report')
    ? facets.filter((f) => f !== 'year' && f !== 'halfYear' && f !== 'campaignReport')
    : facets;
}

export function planOf(found: Signs): PlanId | null {
  const plans = new Set(found.plans.map((p) => p.plan));
  const [only] = plans;
  return plans.size === 1 && only !== 'both' ? only! : null;
}

export function roleOf(found: Signs): Role | null {
  const roles = (['lead', 'coordinate', 'implement'] as const).filter((role) => found.cues.has(role));
  const [role] = roles;
  // "chủ trì, phối hợp" is one phrase of the plans, not a question about one role.
  return roles.length === 1 ? role! : null;
}

/** Words that say nothing of the subject; one typed with other marks (`mạng` beside `mảng`) is another word. */
export function createStop(words: readonly string[]): (t: Token) => boolean {
  const exact = new Set(words.map(exactWord));
  const folded = new Set(words.map(foldWord));
  return (t) => exact.has(t.exact) || (!t.marked && folded.has(t.folded));
}

const QUOTED = /[“"«]([^“”"«»]{4,120})[”"»]/g;

/** Words put in quotation marks, folded; a single word is no quotation. */
export const quotesIn = (text: string): string[] =>
  [...text.matchAll(QUOTED)].map((m) => fold(m[1]!)).filter((words) => words.includes(' '));

/** "cho em hỏi" without marks is no "chỗ em". */
export const isOwn = (tokens: readonly Token[], { from, to }: { from: number; to: number }): boolean => {
  const first = tokens[from]!;
  if (first.folded !== 'cho' || first.exact === 'chô4') return true;
  return (
    !first.marked &&
    to < tokens.length &&
    !/^(hoi|xem|biet|xin|muon|coi|voi|a|nhe|di|doc|ro|them)$/.test(tokens[to]!.folded)
  );
};

/** What stands before the receiver of a report. */
const TOWARD = new Set(['cho', 've', 'len', 'toi', 'den', 'qua', 'gui', 'nop']);

const OR = /^(hay|hoac|va)$/;

/** "nộp cho Công an thành phố hay UBND thành phố": whom the report is for, not whose it is. */
export function receives(tokens: readonly Token[], m: Mention, mentions: readonly Mention[]): boolean {
  const before = tokens[m.from - 1]?.folded;
  if (before === undefined || addressed(tokens, m)) return false;
  if (TOWARD.has(before)) return true;
  // "xã báo cáo UBND thành phố hay Công an thành phố"
  if (before === 'cao' && OR.test(tokens[m.to]?.folded ?? '') && mentions.some((p) => p.from === m.to + 1)) return true;
  const previous = mentions.find((p) => p.to === m.from - 1);
  return OR.test(before) && previous !== undefined && receives(tokens, previous, mentions);
}

/** "Kính gửi Sở Y tế": to whom the message itself is written. */
export const addressed = (tokens: readonly Token[], { from }: Mention): boolean =>
  tokens[from - 1]?.folded === 'gui' && tokens[from - 2]?.folded === 'kinh';

/** A word of handing in stands just before the receiver, or before another receiver to choose from, though nothing says what is sent. */
export function sentTo(tokens: readonly Token[], m: Mention, mentions: readonly Mention[]): boolean {
  const before = tokens.slice(Math.max(0, m.from - 3), m.from).map((t) => t.folded);
  if (before.some((word) => word === 'gui' || word === 'nop')) return true;
  const other = mentions.find((p) => p.to <= m.from && m.from - p.to <= 6);
  return (
    other !== undefined &&
    tokens.slice(other.to, m.from).some((t) => t.folded === 'hay' || t.folded === 'hoac') &&
    sentTo(tokens, other, mentions)
  );
}

export function memo<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute(key);
      known.set(key, value);
    }
    return value;
  };
}

/** A sign of the hand says "noted". */
export const THUMBS = /[\u{1F44D}\u{1F44C}\u{1F64F}\u{2764}\u{1F91D}]/u;

export const nothing = (intent: Intent): Reading => ({
  intent,
  also: [],
  confidence: 'sure',
  parties: [],
  ambiguous: [],
  own: false,
  plan: null,
  role: null,
  passages: [],
  beside: [],
  nth: null,
  followUp: false,
  partner: null,
  facets: [],
  day: null,
  span: null,
  instead: null,
  detail: false,
  topics: [],
  subject: '',
  words: '',
});

const ASKING: Cue[] = [
  'who',
  'task',
  'search',
  'when',
  'daysLeft',
  'send',
  'how',
  'whoReported',
  'greeting',
  'thanks',
  'help',
  'list',
  'lead',
  'implement',
  'coordinate',
  'followUp',
  'correction',
  'detail',
  'that',
  'nthWords',
  'more',
  'report',
  'startReport',
];

export function askingTokens(found: Signs, subjects: [number, number][], length: number): boolean[] {
  const asks = new Array<boolean>(length).fill(false);
  for (const cue of ASKING) for (const f of found.cues.get(cue) ?? []) asks.fill(true, f.from, f.to);
  for (const [from, to] of subjects) if (to - from > 1) asks.fill(false, from, to);
  return asks;
}

/** Words that ask nothing by themselves. */
const PASSING: ReadonlySet<Cue> = new Set<Cue>(['followUp', 'that']);

export function onlyCues(
  found: Signs,
  cues: Cue[],
  tokens: readonly Token[],
  stop: (t: Token) => boolean,
  taken: readonly boolean[],
): boolean {
  if ([...found.cues.keys()].some((cue) => !cues.includes(cue) && !PASSING.has(cue))) return false;
  const covered = taken.slice();
  for (const cue of cues) for (const f of found.cues.get(cue) ?? []) covered.fill(true, f.from, f.to);
  return tokens.every((t, i) => covered[i] || stop(t));
}

export function nthOf(tokens: readonly Token[], found: Signs): number | null {
  const said = found.cues.get('nthWords')?.at(-1);
  if (!said) return null;
  const last = tokens[said.to - 1]!.folded;
  return /^\d+$/.test(last) ? Number(last) : (NUMBERS[last] ?? null);
}
