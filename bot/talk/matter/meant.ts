/** Which matter a message is about, and what it does to it: by its number, or as a reply to a message that names one. */
import { looksAfter } from '../../core/rights.ts';
import type { Here } from '../../core/talk.ts';
import type { Ask } from '../../core/types.ts';
import { moveOf, numbersIn, stateOf } from '../../desk/states.ts';
import type { DeskRules, Matter, StepKind } from '../../desk/types.ts';
import { fold } from '../../language/fold.ts';
import { isOwn, stepsOf } from './card.ts';

export type Meant = { do: 'show'; number: string } | { do: 'step'; number: string; step: StepKind; text?: string };

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
/** The standing agency answers by the short number, however it is typed. */
const AT_DESK = /^(vm ?\d{1,5})\s+/iu;
const LAST = new RegExp(`^(.{2,40}?)\\s*[:,]?\\s+${NUMBER}(?:\\s*[:,.–-]\\s*(.*))?$`, 'isu');

const CLEAR = /^(?:da ro|ro roi|da hieu|da xong|cam on(?: da ro)?)$/;
const UNCLEAR = /^(?:chua ro|van vuong|chua duoc|hoi lai|con vuong)(?![a-z])/;
/** Says nothing of what is not clear: that is asked for. */
const ONLY_UNCLEAR = /^(?:chua ro|van vuong|hoi lai|con vuong)$/;
const ONLY_CLEAR = /^(?:da ro|ro roi|da hieu)$/;
const ONLY_RECEIVED = /^(?:da nhan|da nhan duoc|nhan duoc)$/;
const RECEIVED = /^(?:da nhan|da ro|ro|nhan duoc|da nhan duoc)$/;

export function meantIn(text: string, here: Here, rules: DeskRules): Meant | null {
  const said = text.normalize('NFC').trim();
  const year = Number(here.world.today.slice(0, 4));
  const known = (number: string) => here.world.register?.matters.find((matter) => matter.number === number);
  const first = FIRST.exec(said) ?? (looksAfter(here.world.person, 'obstacle', rules) ? AT_DESK.exec(said) : null);
  if (first) {
    const matter = known(numbersIn(first[1]!, year)[0] ?? '');
    return matter ? actOn(matter, said.slice(first[0].length).trim(), here, rules) : wholeNumber(first[1]!, year);
  }
  const last = LAST.exec(said);
  if (last && (CLEAR.test(fold(last[1]!)) || UNCLEAR.test(fold(last[1]!)) || RECEIVED.test(fold(last[1]!)))) {
    const matter = known(numbersIn(last[2]!, year)[0] ?? '');
    if (matter) return actOn(matter, [last[1], last[3]].filter(Boolean).join(': '), here, rules);
    // Nothing else is said so of a number.
    return { do: 'show', number: numbersIn(last[2]!, year)[0] ?? last[2]! };
  }
  const quoted =
    here.event.quoted === undefined ? [] : numbersIn(here.event.quoted, year).flatMap((n) => known(n) ?? []);
  if (quoted.length === 1 && said !== '') return actOn(quoted[0]!, said, here, rules);
  return bare(fold(said), here, rules);
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
  const meant = meantIn(rest, here, rules);
  return meant && { talk: 'matter', args: { ...meant } };
}

/** A number that is written out and not known is told of; a short one may be something else. */
const wholeNumber = (typed: string, year: number): Meant | null =>
  /-20\d\d-/.test(typed) ? { do: 'show', number: numbersIn(typed, year)[0] ?? typed } : null;

function actOn(matter: Matter, words: string, here: Here, rules: DeskRules): Meant {
  const { number, kind } = matter;
  const show: Meant = { do: 'show', number };
  if (words === '') return show;
  const step = stepIn(matter, words, here, rules);
  if (!step) return show;
  const plain = fold(words);
  return CLEAR.test(plain) || RECEIVED.test(plain) || (step === 'reopened' && ONLY_UNCLEAR.test(plain))
    ? { do: 'step', number, step }
    : { do: 'step', number, step, text: withoutHead(kind === 'obstacle' ? step : null, words) };
}

/** "chưa rõ: mẫu nào?" → "mẫu nào?" where something follows. */
const withoutHead = (step: StepKind | null, words: string): string =>
  step === 'reopened' ? words.replace(/^(?:chưa rõ|chua ro|hỏi lại|hoi lai)\s*[:,.–-]\s*(?=\S)/iu, '') : words;

/** The step that words stand for, given where the matter is and who speaks. */
function stepIn(matter: Matter, words: string, here: Here, rules: DeskRules): StepKind | null {
  const plain = fold(words);
  const can = (step: StepKind) => moveOf(matter.kind, stateOf(matter), step) !== null;
  const desk = looksAfter(here.world.person, matter.kind, rules);
  if (matter.kind === 'obstacle') {
    if (isOwn(matter, here) && can('closed') && CLEAR.test(plain)) return 'closed';
    if (isOwn(matter, here) && can('reopened') && UNCLEAR.test(plain)) return 'reopened';
    return desk && !CLEAR.test(plain) ? 'answered' : null;
  }
  if (matter.kind === 'urgent') {
    if (desk) return RECEIVED.test(plain) ? 'acknowledged' : 'directed';
    return isOwn(matter, here) ? 'added' : null;
  }
  return null;
}
