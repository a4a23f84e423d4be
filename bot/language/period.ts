/**
 * Days and periods as officers type them: `hôm nay`, `từ 1/6 đến 15/6`, `tuần 15-21/6`, `từ đầu tháng đến nay`, `tháng 6`.
 * A date without a year is the latest that is not in the future by more than a month.
 * `6 tháng đầu năm` follows the closing days of Nghị định 09/2019: 15/12 of the year before to 14/6.
 */
import type { Day } from '../plan/types.ts';
import { allOf } from './all-of.ts';
import { isMarked } from './fold.ts';
import type { Wrong } from './period/days.ts';
import { DOER, WAYS, type Way } from './period/ways.ts';
import { isWord, sought, type Token } from './tokens.ts';

export interface SpokenPeriod {
  /** First token and the token after the last. */
  from: number;
  to: number;
  /** Null when only the other end was said ("tính đến 15/6"). */
  first: Day | null;
  last: Day | null;
  rank: Way['rank'];
  /** No days that can be: 31/2, or an end before the beginning. Nothing is read of it. */
  wrong?: Wrong;
}

/** Days that are the name of an event or of a document, not of a report's period. */
const NAMED_AFTER =
  /(?<![a-z])(?:huong ung|nhan|chao mung|ki niem|mit tinh|dip|toan dan.*|the gioi.*|quoc te.*|(?<!ho )so \d+.*|han|truoc|(?:cong van|ke hoach|quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|van ban|cv|qd|kh|nq)(?![a-z])[^.,;|]*)(?: nop)?(?: ngay)? $|(?<!phat )(?:sinh|sn|ns)(?: ngay)?(?: :)? $/;

/** Everything in the text that names days, left to right; what overlaps is read once, by the way that says more. */
export function periodsIn(tokens: readonly Token[], today: Day): SpokenPeriod[] {
  const { text, tokenAt } = joined(tokens);
  const taken: SpokenPeriod[] = [];
  for (const way of WAYS) {
    for (const match of allOf(way.words, text)) {
      const [from, to] = [tokenAt(match.index), tokenAt(match.index + match[0].trimEnd().length - 1) + 1];
      if (taken.some((p) => from < p.to && to > p.from)) continue;
      if (
        way.until &&
        (isMarked(tokens[from]!.raw) ? isWord(tokens[from], EVENING) : from === 0 && tokens[0]!.folded === 'toi')
      )
        continue;
      const found = leadsOn(tokens, from, to) ? null : way.read(match.groups ?? {}, today);
      if (!found) continue;
      const named = way.rank === 1 && NAMED_AFTER.test(text.slice(0, match.index).slice(-60));
      if (typeof found === 'string') {
        if (isMeant(match[0]))
          taken.push({ from, to, first: null, last: null, rank: way.rank, ...(!named && { wrong: found }) });
        continue;
      }
      taken.push({ from, to, ...(named ? { first: null, last: null } : found), rank: way.rank });
    }
  }
  return taken.sort((a, b) => a.from - b.from);
}

/** "3/4 - 5/60" may be fractions; what is called a day, or could be two, was meant as days. */
const isMeant = (text: string): boolean =>
  /^(?:tu|ke tu|tinh|den)(?= )|(?:^| )ngay(?= )/.test(text) ||
  [...text.matchAll(/(\d+) ?\/ ?(\d+)/g)].filter(([, d, m]) => Number(d) <= 31 && Number(m) <= 12).length === 2;

const HEADS = new RegExp(`^(?:${DOER})$`);
const UNTIL = sought('tới');
const EVENING = sought('tối');
/** "tuyên truyền tới 30 hội viên": what is counted up to is no evening of the 30th. */
const leadsOn = (tokens: readonly Token[], from: number, to: number): boolean =>
  to === from + 2 &&
  tokens[from + 1]!.kind === 'digits' &&
  isWord(tokens[from], UNTIL) &&
  tokens[to]?.kind === 'word' &&
  (isMarked(tokens[from]!.raw) ? !isWord(tokens[from], EVENING) : !HEADS.test(tokens[to]!.folded));

/** The tokens with one space between, so that the ways need not care how it was spaced; line breaks separate. */
function joined(tokens: readonly Token[]): { text: string; tokenAt(index: number): number } {
  const starts: number[] = [];
  let text = '';
  for (const token of tokens) {
    starts.push(text.length);
    text += `${token.kind === 'break' ? '|' : token.folded} `;
  }
  return {
    text,
    tokenAt: (index) => {
      let i = starts.length - 1;
      while (starts[i]! > index) i -= 1;
      return i;
    },
  };
}
