/** Which words and word pairs stand in which passages, with what each adds by BM25. */
import type { Passage } from '../plan/types.ts';
import { knownWords } from './phrases.ts';

const K = 0.8;
const B = 0.25;

/** Where a term stands: passages in order, with what it adds to each by BM25. */
export interface Posting {
  docs: Uint32Array;
  worth: Float32Array;
}

export const NOWHERE = new Uint32Array(0);

export const rarityIn = (size: number, df: number): number => Math.log(1 + (size - df + 0.5) / (df + 0.5));

export function postingsOf(passages: readonly Passage[]): Map<string, Posting> {
  const lengths: number[] = [];
  const counted = new Map<string, { doc: number; tf: number }[]>();
  passages.forEach((passage, doc) => {
    const words = knownWords(passage.text).map((t) => t.folded);
    lengths.push(words.length);
    const counts = new Map<string, number>();
    const count = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1);
    words.forEach((word, i) => {
      count(word);
      if (i + 1 < words.length) count(`${word} ${words[i + 1]}`);
    });
    for (const [term, tf] of counts) {
      const list = counted.get(term);
      if (list) list.push({ doc, tf });
      else counted.set(term, [{ doc, tf }]);
    }
  });
  const average = lengths.reduce((a, b) => a + b, 0) / Math.max(1, passages.length);
  const postings = new Map<string, Posting>();
  for (const [term, list] of counted) {
    const rare = rarityIn(passages.length, list.length);
    postings.set(term, {
      docs: Uint32Array.from(list, ({ doc }) => doc),
      worth: Float32Array.from(
        list,
        ({ doc, tf }) => (rare * tf * (K + 1)) / (tf + K * (1 - B + (B * lengths[doc]!) / average)),
      ),
    });
  }
  return postings;
}

/** Whether a number stands in a list in order. */
export function stands(docs: Uint32Array, doc: number): boolean {
  let low = 0;
  let high = docs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return docs[low] === doc;
}
