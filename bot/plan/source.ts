/** Proves that a plan file holds its document: every paragraph once, in order, word for word. */
import { isPassage, paragraphsOf } from './assemble.ts';
import type { Path, Problem, Read } from './place.ts';
import type { PlanFile } from './schema.ts';

interface Paragraph {
  words: string;
  path: Path;
}

/**
 * The paragraphs of a source: its lines that are not empty. Asterisks are how the source marks bold and slanted words;
 * they are not words and are left out.
 */
export const sourceParagraphs = (source: string): string[] =>
  source
    .replaceAll('*', '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The paragraphs of a plan file as its document has them: the mark before the first words of a passage. */
export function writtenParagraphs(file: PlanFile): Paragraph[] {
  return file.document.flatMap((item, index): Paragraph[] => {
    const at = (...rest: Path): Path => ['document', index, ...rest];
    if ('section' in item) return [{ words: item.section, path: at('section') }];
    if ('clause' in item) return [{ words: item.clause, path: at('clause') }];
    if (!isPassage(item)) return item.layout.map((words, n) => ({ words, path: at('layout', n) }));
    const text = paragraphsOf(item).map((words, n) => ({
      words: n === 0 && item.mark && item.mark !== '|' ? `${item.mark} ${words}` : words,
      path: typeof item.text === 'string' ? at('text') : at('text', n),
    }));
    return [...text, ...(item.lines ?? []).map((words, n) => ({ words, path: at('lines', n) }))];
  });
}

/** Every paragraph that is changed, missing or too many. */
export function compareWithSource(read: Read<PlanFile>, sourceName: string, source: string): Problem[] {
  const wanted = sourceParagraphs(source);
  const written = writtenParagraphs(read.value);
  const problems: Problem[] = [];
  let w = 0;
  let s = 0;
  for (const [i, j] of [...common(wanted, written), [wanted.length, written.length] as const]) {
    // Between two paragraphs that agree: pair what is left as changed, the rest is missing or too many.
    for (; s < i && w < j; s++, w++)
      problems.push(read.problem(written[w]!.path, `khác ${sourceName}: ${difference(wanted[s]!, written[w]!.words)}`));
    for (; s < i; s++)
      problems.push(
        read.problem(
          written[w]?.path ?? ['document'],
          `thiếu đoạn của ${sourceName} trước chỗ này: “${cut(wanted[s]!)}”`,
        ),
      );
    for (; w < j; w++)
      problems.push(
        read.problem(
          written[w]!.path,
          `thừa hoặc lặp, không có ở đây trong ${sourceName}: “${cut(written[w]!.words)}”`,
        ),
      );
    s = i + 1;
    w = j + 1;
  }
  return problems;
}

/** Longest common subsequence: pairs of places that agree, in order. */
function common(wanted: readonly string[], written: readonly Paragraph[]): [number, number][] {
  const best = Array.from({ length: wanted.length + 1 }, () => new Uint16Array(written.length + 1));
  for (let i = wanted.length - 1; i >= 0; i--)
    for (let j = written.length - 1; j >= 0; j--)
      best[i]![j] =
        wanted[i] === written[j]!.words ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < wanted.length && j < written.length; ) {
    if (wanted[i] === written[j]!.words) pairs.push([i++, j++]);
    else if (best[i + 1]![j]! >= best[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}

const cut = (words: string): string => (words.length <= 60 ? words : `${words.slice(0, 60)}…`);

function difference(wanted: string, written: string): string {
  let same = 0;
  while (same < wanted.length && wanted[same] === written[same]) same++;
  const from = Math.max(0, wanted.lastIndexOf(' ', Math.max(0, same - 15)) + 1);
  const show = (words: string) =>
    from >= words.length ? '(hết đoạn)' : `“${from > 0 ? '…' : ''}${words.slice(from, from + 50)}…”`;
  return `văn bản viết ${show(wanted)}, ở đây viết ${show(written)}`;
}
