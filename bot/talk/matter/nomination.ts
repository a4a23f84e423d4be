/** Reads a nomination out of a sentence: "đề nghị khen thưởng tập thể Công an phường Lê Chân: vận động 12 người …". */
import type { Nominee } from '../../desk/types.ts';
import { fold } from '../../language/fold.ts';

export interface Nomination {
  kind?: Nominee['kind'];
  name?: string;
  achievement?: string;
}

const HEAD =
  /^(?:(?:xin\s+)?(?:đề nghị|de nghi|đề cử|de cu|đề xuất|de xuat|giới thiệu|gioi thieu)\s+)?(?:khen thưởng|khen thuong|biểu dương|bieu duong)(?:\s+cho)?\s*(?=[:–-]|\s)\s*[:–-]?\s*(.+)$/isu;
const KIND = /^(tập thể|tap the|cá nhân|ca nhan)\s*[:,]?\s*/iu;
const PERSON = /^(?:đồng chí|dong chi|đ\/c|đc|ông|bà|anh|chị)(?=\s)/iu;
/** After the name: a colon, or the words that begin what was done. */
const WHY =
  /\s*(?:[:;–]\s*|\s-\s|[,.]?\s+(?:vì|vi|do|đã|da|có thành tích|co thanh tich|với thành tích|voi thanh tich)\s+)/iu;
const ASKS = /(?:^|\s)(?:ai|gi|nao|dau|the nao|bao gio|khi nao|don vi nao)(?:\s|$)/;

/** Null for what is no nomination: a question about commendation, or other words. */
export function nominationIn(text: string): Nomination | null {
  const rest = HEAD.exec(text.normalize('NFC').trim())?.[1]?.trim();
  if (!rest) return null;
  const colon = /[:;]/.test(text);
  if (/\?\s*$/.test(rest) || (!colon && ASKS.test(fold(rest)))) return null;
  // Without a colon, only what plainly names somebody: "khen thưởng kịp thời các tập thể" is a line of the plan.
  if (!colon && !KIND.test(rest) && !PERSON.test(rest)) return null;
  const why = WHY.exec(rest);
  const named = nomineeIn(why ? rest.slice(0, why.index) : rest);
  const achievement = why ? rest.slice(why.index + why[0].length).trim() : '';
  return { ...named, ...(achievement && { achievement }) };
}

export function nomineeIn(words: string): Nomination {
  const said = words.trim();
  const kind = KIND.exec(said);
  const name = (kind ? said.slice(kind[0].length) : said).trim();
  const which = kind ? (fold(kind[1]!) === 'tap the' ? 'collective' : 'person') : undefined;
  const found = which ?? (PERSON.test(name) ? 'person' : undefined);
  return { ...(found && { kind: found }), ...(name && { name }) };
}
