/** How a passage of a plan is quoted: its words, its clause, who does it in which part, and when. */
import type { Offer, Text } from '../../core/types.ts';
import { fold } from '../../language/fold.ts';
import type { Assignment, Passage, PlanIndex, Role } from '../../plan/types.ts';
import { say } from '../../text/say.ts';
import { line, note, quote } from '../blocks.ts';

/** A passage longer than this is shown by the sentences that answer; the rest is a tap away. */
const LONG = 700;
/** What one message of a page may hold: a phone's screen or two. */
export const PAGE = 1500;

export const sourceOf = (passage: Passage, plans: PlanIndex): string =>
  say('cite:source', { plan: plans.plan(passage.plan)?.short ?? passage.plan, path: passage.path });

/** One entry of an answer: never torn apart by a page. */
export interface Entry {
  id: string;
  text: Text[];
  /** Set when only a part is shown. */
  whole?: Offer;
}

/** @param head what stands before the source: a role, a number */
export function entry(
  passage: Passage,
  plans: PlanIndex,
  head: string | null,
  words: string,
  below: Text[] = [],
): Entry {
  const source = sourceOf(passage, plans);
  const shown = passage.text.length > LONG ? excerpt(passage.text, words) : passage.text;
  const cut = shown.length < passage.text.length;
  return {
    id: passage.id,
    text: [line(head ? `${head} · ${source}` : source), quote(shown), ...below],
    ...(cut && {
      whole: {
        label: say('cite:whole', { path: passage.path }),
        ask: { talk: 'search', args: { ids: [passage.id], whole: true } },
      },
    }),
  };
}

/** `Chủ trì: Sở Y tế`, one line for each role, in the order of the roles. */
export function partiesOf(passage: Passage, plans: PlanIndex): Text[] {
  const roles: Role[] = ['lead', 'implement', 'coordinate'];
  const lines = roles.flatMap((role) => {
    const parties = namesOf(
      passage.assignments.filter((a) => a.role === role),
      plans,
    );
    return parties === '' ? [] : [line(say('cite:partiesOf', { role: say(`cite:role.${role}`), parties }))];
  });
  return lines.length > 0 ? lines : [note(say('cite:noOwner'))];
}

const namesOf = (assignments: Assignment[], plans: PlanIndex): string =>
  [...new Set(assignments.map((a) => plans.name(a.party)))].join(', ');

export const timeOf = (passage: Passage): Text[] =>
  passage.schedule.kind === 'unstated' ? [] : [note(say('cite:time', { wording: passage.schedule.wording }))];

/** The sentences that speak of the words, verbatim and in order; the first sentences where none does. */
export function excerpt(text: string, words: string): string {
  const sentences = text.match(/[^.;]+(?:[.;](?!\s)[^.;]*)*[.;]*\s*/g) ?? [text];
  const asked = new Set(
    fold(words)
      .split(' ')
      .filter((w) => w.length > 1),
  );
  const worth = sentences.map(
    (s) =>
      fold(s)
        .split(' ')
        .filter((w) => asked.has(w)).length,
  );
  const order = worth.map((w, i) => ({ w, i })).sort((a, b) => b.w - a.w || a.i - b.i);
  const chosen = new Set<number>();
  let length = 0;
  for (const { i } of order) {
    if (chosen.size > 0 && length + sentences[i]!.length > LONG) continue;
    chosen.add(i);
    length += sentences[i]!.length;
  }
  const kept = [...chosen].sort((a, b) => a - b);
  return kept
    .map((i, k) => (i > (kept[k - 1] ?? -1) + 1 ? '… ' : '') + sentences[i]!.trim())
    .join(' ')
    .concat(kept.at(-1)! < sentences.length - 1 ? ' …' : '');
}

/** Entries packed into pages; an entry longer than a page has one to itself. */
export function pagesOf(entries: readonly Entry[], room = PAGE): Entry[][] {
  const pages: Entry[][] = [];
  let left = 0;
  for (const e of entries) {
    const size = e.text.reduce((sum, t) => sum + t.text.length + 1, 0);
    if (pages.length === 0 || size > left) {
      pages.push([]);
      left = room;
    }
    pages.at(-1)!.push(e);
    left -= size;
  }
  return pages;
}
