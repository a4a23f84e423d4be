/** The words and patterns of a form, made ready once. */
import { exactWord, isMarked } from '../language/fold.ts';
import { type Token, tokensOf } from '../language/tokens.ts';
import { type Lexicon, lexiconOf, listsOf, type Pattern, patternFrom } from './pattern.ts';
import type { Vocabulary } from './repair.ts';
import type { Field, FormDefinition } from './types.ts';

export interface FormLanguage {
  lexicon: Lexicon;
  /** Ways of saying each figure; a null field means that the number is none of the form's. */
  ways: { field: Field | null; pattern: Pattern }[];
  lists: string[];
  /** Lists that surely name the number after them: "vi phạm 2". */
  namers: string[];
  /** Lists that patterns name before a colon. */
  topics: string[];
  /** All words, for undoing keyboard residue and slips of the marks. */
  vocabulary: Vocabulary;
  /** The same without diacritics. */
  folded: ReadonlySet<string>;
}

/** Words of reports that no figure needs, but keyboards garble as well. */
const COMMON =
  'hôm nay qua ngày tuần tháng này trước đầu đến từ trong đã được không chưa có và cho với tại các của xã phường đặc khu công an tổ chức phát treo dán ký người nào thực hiện kết quả báo cáo đơn vị hiện đề nghị khó khăn đầu năm buổi lượt triệu đồng sáng trưa chiều tối đêm rạng cả quên mới còn nghìn trăm nửa tỷ';

const made = new WeakMap<FormDefinition, FormLanguage>();

/** A form never changes, so its language is made once for each. */
export function formLanguage(form: FormDefinition): FormLanguage {
  const known = made.get(form);
  if (known) return known;
  const words = form.words ?? {};
  const patterns = (field: Field | null, said: string[]) => said.map((text) => ({ field, pattern: patternFrom(text) }));
  const ways = [
    ...form.fields.flatMap((field) => patterns(field, field.said ?? [])),
    ...patterns(null, form.ignore ?? []),
  ];
  const everything = [...Object.values(words).flat(), ...form.fields.flatMap((f) => f.aliases), COMMON];
  const vocabulary = everything.flatMap((w) => tokensOf(w).filter((t) => t.kind === 'word'));
  const language: FormLanguage = {
    lexicon: lexiconOf(words),
    ways,
    lists: [...new Set(ways.flatMap(({ pattern }) => listsOf(pattern)))],
    namers: ways.flatMap(({ field, pattern: { before, after, weak, topic, none } }) =>
      field && !weak && !none && !topic && before.length === 1 && after.length === 0 ? before : [],
    ),
    topics: [...new Set(ways.flatMap(({ pattern }) => pattern.topic ?? []))],
    vocabulary: { exact: new Set(vocabulary.map((t) => exactWord(t.raw))), spelt: spellings(vocabulary) },
    folded: new Set(vocabulary.map((t) => t.folded)),
  };
  made.set(form, language);
  return language;
}

/** Each marked word once, by what it folds to. */
function spellings(words: readonly Token[]): Map<string, string[]> {
  const spelt = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { raw, folded } of words) {
    if (seen.has(exactWord(raw)) || !isMarked(raw)) continue;
    seen.add(exactWord(raw));
    spelt.set(folded, [...(spelt.get(folded) ?? []), raw]);
  }
  return spelt;
}
