/** Which matter a message is about, and what it does to it: by its number, or as a reply to a message that names one. */
import { looksAfter } from '../../core/rights.ts';
import type { Here } from '../../core/talk.ts';
import type { Ask } from '../../core/types.ts';
import { moveOf, numbersIn, partsOf, sideOf, stateOf } from '../../desk/states.ts';
import type { DeskRules, Matter, StepKind } from '../../desk/types.ts';
import { isOwn, stepsOf } from './card.ts';
import { plainOf, restOf, type Verb, verbAfter, verbBefore } from './verbs.ts';

/** `unsaved`: words that no step took; they are not to be lost in silence. */
export type Meant =
  | { do: 'show'; number: string; unsaved?: string }
  | { do: 'step'; number: string; step: StepKind; text?: string };

/**
 * The whole number, as the bot writes it, or the short one: with a hyphen wherever the whole one may stand, without only
 * apart, since it may mean something else ("vm 3: …", "đã rõ vm3").
 */
const NUMBER =
  '((?:VM|KT|MH|[ĐD]X)-(?:20\\d\\d-\\d+|\\d{1,5}(?![\\d-]))|(?:vm|kt|mh|[đd]x) ?\\d{1,5}(?=\\s*:|$|\\s+(?:đã|da|chưa|chua)\\s))';
const FIRST = new RegExp(
  `^(?:(?:trả lời|tra loi|về|ve|bổ sung|bo sung|chỉ đạo|chi dao)\\s+)?${NUMBER}\\s*[:,.–-]?\\s*`,
  'iu',
);
/** A number with what stands before and after it, however it is typed: what is said of it must then be a verb. */
const BESIDE =
  /^(.{0,40}?)(?<![\p{L}\p{N}])((?:VM|KT|MH|[ĐD]X)[\s-]*(?:20\d\d\s*[-/]\s*)?\d{1,6})(?![\p{L}\p{N}-])\s*(.*)$/isu;
/** Asks whether or how it may be done. */
const ASKS = /(?:^| )(?:the nao|duoc khong|ra sao|lam sao|bao gio|khi nao|ai|o dau)(?: |$)/;
/** The standing agency answers by the short number, however it is typed. */
const AT_DESK = /^(vm ?\d{1,5})\s+/iu;
const LAST = new RegExp(`^(.{2,40}?)\\s*[:,]?\\s+${NUMBER}(?:\\s*[:,.–-]\\s*(.*))?$`, 'isu');

const CLEAR = /^(?:da ro|ro roi|da hieu|da xong|cam on(?: da ro)?)$/;
const UNCLEAR =
  /^(?:(?:van|con|van con|lai) (?:vuong|chua)|chua (?:ro|hieu|duoc|xong|giai quyet)|hoi lai|mo lai)(?![a-z])/;
/** Says nothing of what is not clear: that is asked for. */
const ONLY_UNCLEAR = /^(?:chua ro|(?:van |con |van con )vuong|hoi lai|mo lai)$/;
const ONLY_CLEAR =
  /^(?:(?:toi|don vi|chung toi|vang|da|cam on|dong chi|cac dong chi) )*(?:da ro|ro roi|da hieu)(?: roi| a| nhe| cam on| dong chi)*$/;
const ONLY_RECEIVED = /^(?:da nhan|da nhan duoc|nhan duoc)$/;
const RECEIVED = /^(?:da nhan|da ro|ro|nhan duoc|da nhan duoc)$/;

/** "vướng mắc quá hạn", "vướng mắc nào chưa trả lời": asks for those that wait, or wait too long. */
const ASKS_WAITING =
  /^(?:(?:cho|xem|cac|nhung|danh sach|liet ke|con|co|bao nhieu|may|toi|em) )*vuong mac(?: nao)?(?: (?:dang|da|bi|con|van))* (?:(qua han|tre han)(?: (?:tra loi|giai quyet|xu li))?|(?:chua|cho)(?: (?:duoc|co))? (?:tra loi|giai quyet|xu li))(?: (?:khong|chua|hom nay))?$/;
export function waitingAsked(text: string): 'overdue' | 'open' | null {
  const found = ASKS_WAITING.exec(plainOf(text));
  return found && (found[1] ? 'overdue' : 'open');
}

export function meantIn(text: string, here: Here, rules: DeskRules): Meant | null {
  const said = text.normalize('NFC').trim();
  const year = Number(here.world.today.slice(0, 4));
  const known = (number: string) => here.world.register?.matters.find((matter) => matter.number === number);
  const verbal = beside(said, known, here, rules);
  if (verbal) return verbal;
  const first = FIRST.exec(said) ?? (looksAfter(here.world.person, 'obstacle', rules) ? AT_DESK.exec(said) : null);
  if (first) {
    const matter = known(numbersIn(first[1]!, year)[0] ?? '');
    const words = said.slice(first[0].length).trim();
    if (matter) return actOn(matter, words, here, rules);
    const telling = SHORT_NUMBER.test(first[0]) || looksAfter(here.world.person, 'obstacle', rules);
    return telling || /-20\d\d-/.test(first[1]!) || words === '' ? unknown(first[1]!, words, year) : null;
  }
  const last = LAST.exec(said);
  if (last && [CLEAR, UNCLEAR, RECEIVED].some((one) => one.test(plainOf(last[1]!)))) {
    const matter = known(numbersIn(last[2]!, year)[0] ?? '');
    if (matter) return actOn(matter, [last[1], last[3]].filter(Boolean).join(': '), here, rules);
    // Nothing else is said so of a number.
    return { do: 'show', number: numbersIn(last[2]!, year)[0] ?? last[2]! };
  }
  const quoted =
    here.event.quoted === undefined ? [] : numbersIn(here.event.quoted, year).flatMap((n) => known(n) ?? []);
  if (quoted.length === 1 && said !== '') {
    const [matter] = quoted as [Matter];
    const verb = verbAfter(said, matter.kind);
    return (verb && done(matter, verb, said, false, here, rules)) ?? actOn(matter, said, here, rules);
  }
  return bare(plainOf(said), here, rules);
}

/** What a verb beside the number does; null where the words are no verb, or are to be read whole. */
function beside(
  said: string,
  known: (number: string) => Matter | undefined,
  here: Here,
  rules: DeskRules,
): Meant | null {
  const [, before = '', typed, rest = ''] = BESIDE.exec(said) ?? [];
  const year = Number(here.world.today.slice(0, 4));
  const number = typed && numbersIn(typed, year)[0];
  const kind = number && partsOf(number)?.kind;
  if (!number || !kind) return null;
  const after = restOf(rest);
  const verb = before.trim() === '' ? verbAfter(after, kind) : verbBefore(before, after, kind);
  if (!verb) return null;
  const matter = known(number);
  if (!matter) return unknown(typed, '', year);
  if (numbersIn(said, year).length > 1) return { do: 'show', number, unsaved: said };
  // "mở lại VM-1 thế nào?", not "mở lại VM-1: gửi cho ai?".
  const follows = before.trim() !== '' && !/^[:,.;–-]/.test(rest);
  if ((follows && ASKS.test(plainOf(after))) || ((follows || verb.text === '') && /\?\s*$/.test(after)))
    return { do: 'show', number };
  const whole = [before.trim(), after].filter(Boolean).join(' ');
  return done(matter, verb, whole, before.trim() !== '', here, rules);
}

/**
 * @param whole all that is said but the number
 * @param first whether the verb stands before the number: then it is meant as a verb, whatever follows
 */
function done(matter: Matter, { step, text }: Verb, whole: string, first: boolean, here: Here, rules: DeskRules) {
  const { number, kind } = matter;
  const desk = looksAfter(here.world.person, kind, rules);
  if (kind === 'obstacle' && CLEAR.test(plainOf(whole))) return null;
  // The end of an extraordinary report is the agency's word; its sender's is told to the agency.
  if (kind === 'urgent' && step === 'closed' && !desk && isOwn(matter, here))
    return { do: 'step', number, step: 'added', text: whole } satisfies Meant;
  const may = sideOf(kind, step) === 'desk' ? desk : isOwn(matter, here);
  if (!first && text !== '' && step !== 'graded' && !(may && moveOf(kind, stateOf(matter), step))) return null;
  return { do: 'step', number, step, ...(text !== '' && { text }) } satisfies Meant;
}

/** "Đã rõ" or "đã nhận" alone, where only one matter can be meant. */
function bare(words: string, here: Here, rules: DeskRules): Meant | null {
  const matters = here.world.register?.matters ?? [];
  const only = (found: Matter[], step: StepKind): Meant | null =>
    found.length === 1 ? { do: 'step', number: found[0]!.number, step } : null;
  if (ONLY_CLEAR.test(words))
    return only(
      matters.filter((m) => isOwn(m, here) && stepsOf(m, 'sender').includes('closed')),
      'closed',
    );
  if (!ONLY_RECEIVED.test(words) || !looksAfter(here.world.person, 'urgent', rules)) return null;
  return only(
    matters.filter((m) => m.kind === 'urgent' && stateOf(m) === 'open'),
    'acknowledged',
  );
}

/** For the commands of the four kinds: what names a matter is about that matter. */
export function passOn(rest: string, here: Here, rules: DeskRules): Ask | null {
  const only = waitingAsked(`vướng mắc ${rest}`);
  if (only) return { talk: 'matter', args: { do: 'list', kind: 'obstacle', page: 0, only } };
  const meant = meantIn(rest, here, rules);
  return meant && { talk: 'matter', args: { ...meant } };
}

/** Nothing else is written so, while "KT-5" or "kt 5" may be something else. */
const SHORT_NUMBER = /(?:VM|MH|[ĐD]X)(?:-\d| ?\d+\s*:)/iu;

const unknown = (typed: string, words: string, year: number): Meant => ({
  ...{ do: 'show', number: numbersIn(typed, year)[0] ?? typed },
  ...(words !== '' && { unsaved: words }),
});

function actOn(matter: Matter, words: string, here: Here, rules: DeskRules): Meant {
  const { number, kind } = matter;
  const show: Meant = { do: 'show', number };
  if (words === '') return show;
  const step = stepIn(matter, words, here, rules);
  const plain = plainOf(words);
  if (!step) return CLEAR.test(plain) || RECEIVED.test(plain) ? show : { ...show, unsaved: words };
  return CLEAR.test(plain) || RECEIVED.test(plain) || (step === 'reopened' && ONLY_UNCLEAR.test(plain))
    ? { do: 'step', number, step }
    : { do: 'step', number, step, text: withoutHead(kind === 'obstacle' ? step : null, words) };
}

/** "chưa rõ: mẫu nào?" → "mẫu nào?" where something follows. */
const withoutHead = (step: StepKind | null, words: string): string =>
  step === 'reopened' ? words.replace(/^(?:chưa rõ|chua ro|hỏi lại|hoi lai)\s*[:,.–-]\s*(?=\S)/iu, '') : words;

/** The step that words stand for, given where the matter is and who speaks. */
function stepIn(matter: Matter, words: string, here: Here, rules: DeskRules): StepKind | null {
  const plain = plainOf(words);
  const can = (step: StepKind) => moveOf(matter.kind, stateOf(matter), step) !== null;
  const desk = looksAfter(here.world.person, matter.kind, rules);
  if (matter.kind === 'obstacle') {
    if (isOwn(matter, here) && can('closed') && CLEAR.test(plain)) return 'closed';
    if (isOwn(matter, here) && UNCLEAR.test(plain) && (can('reopened') || !desk)) return 'reopened';
    return desk && !CLEAR.test(plain) ? 'answered' : null;
  }
  if (matter.kind === 'urgent') {
    if (desk) return RECEIVED.test(plain) ? 'acknowledged' : 'directed';
    return isOwn(matter, here) ? 'added' : null;
  }
  return null;
}
