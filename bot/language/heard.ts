/** Which words of a message belong to the plans, their subjects or the bot's own work, and which come from elsewhere. */
import { knownWords, type Token } from './phrases.ts';
import { isSyllable } from './syllable.ts';

export interface Heard {
  /**
   * How many of the marked places hold a word that stands beside none of its neighbours in any known text: `trẻ em`,
   * `tàu cao tốc`. Single syllables say little in Vietnamese; pairs do. What is no syllable may be a slip: it counts half.
   */
  strange(tokens: readonly Token[], places: readonly boolean[]): number;
}

/** @param texts the plans, the subjects, the words that ask, the names */
export function createHeard(texts: Iterable<string>): Heard {
  const folded = new Set<string>();
  const exact = new Set<string>();
  const words = new Set<string>();
  for (const text of texts) {
    const tokens = knownWords(text);
    tokens.forEach((t, i) => {
      words.add(t.folded);
      const next = tokens[i + 1];
      if (!next) return;
      folded.add(`${t.folded} ${next.folded}`);
      exact.add(`${t.exact} ${next.exact}`);
    });
  }
  const together = (a: Token | undefined, b: Token | undefined): boolean => {
    if (!a || !b) return false;
    if (a.marked && b.marked) return exact.has(`${a.exact} ${b.exact}`);
    return folded.has(`${a.folded} ${b.folded}`);
  };
  return {
    strange: (tokens, places) =>
      tokens.reduce((sum, t, i) => {
        if (!places[i] || /\d/.test(t.folded) || together(tokens[i - 1], t) || together(t, tokens[i + 1])) return sum;
        if (isSyllable(t.folded)) return sum + 1;
        return words.has(t.folded) || t.folded.length < 3 ? sum : sum + 0.5;
      }, 0),
  };
}
