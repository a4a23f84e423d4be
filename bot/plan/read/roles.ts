/** Who has which part in a paragraph, read from its lines for units, its heading and its own words. */
import type { Role } from '../types.ts';
import type { List, Mention, PartyFinder } from './parties.ts';
import type { Doubt } from './types.ts';

/** A part as it is proposed. `elsewhere`: the words stand in the heading or in another paragraph. */
export interface Given {
  party: string;
  role: Role;
  wording: string;
}

export interface Parts {
  given: Given[];
  doubts: Doubt[];
}

/** Those whom a heading or a paragraph names as the ones who act. */
export interface Subject {
  party: string;
  wording: string;
}

export const nothing = (): Parts => ({ given: [], doubts: [] });

export function merge(...all: readonly Parts[]): Parts {
  const given: Given[] = [];
  for (const one of all.flatMap((p) => p.given))
    if (!given.some((g) => g.party === one.party && g.role === one.role)) given.push(one);
  return { given, doubts: all.flatMap((p) => p.doubts) };
}

/** Those after these words take part. */
export const WITH =
  /(?:chủ động\s+|chặt chẽ\s+)?phối hợp(?:\s*,?\s*(?:chặt chẽ|thường xuyên|đồng bộ|tốt|hiệu quả|hiệp đồng))*(?:\s+(?:cùng với|với|cùng))(?=\s)|(?:phối hợp)(?=\s+(?:các|lực lượng|Sở|Công an|Ủy ban|UBND))/giu;

/** The list after "phối hợp với": all of it takes part. */
function partners(
  text: string,
  finder: PartyFinder,
  found: readonly Mention[],
): (Parts & { to: number; at: number })[] {
  return [...text.matchAll(WITH)].map((match) => {
    const start = match.index + match[0].length;
    const list = finder.list(text, start, found);
    const given = list.mentions.map(({ party, from, to }, i): Given => {
      const first = i === 0 && list.unknown.every((u) => u.from > from);
      const at = first ? match.index + match[0].search(/phối hợp/iu) : from;
      return { party, role: 'coordinate', wording: text.slice(at, to) };
    });
    return { given, doubts: doubtsOf(list, true), to: Math.max(list.to, start), at: match.index };
  });
}

/** @param prose small letters name everything there; only a name written like an agency's is asked about */
export function doubtsOf(list: List, prose = false): Doubt[] {
  return [
    ...list.unknown
      .filter(({ words }) => !prose || !/^(?:các|những)\s+\p{Ll}/u.test(words))
      .map(({ words }): Doubt => ({ reason: 'unknownUnit', words })),
    ...list.mentions.filter((m) => m.unclear).map((m): Doubt => ({ reason: 'unclearUnit', words: m.party })),
  ];
}

export const unique = (doubts: readonly Doubt[]): Doubt[] =>
  doubts.filter((d, i) => doubts.findIndex((o) => o.reason === d.reason && o.words === d.words) === i);

export const cut = (words: string): string => (words.length > 80 ? `${words.slice(0, 80)}…` : words);

const ACT =
  /^\s*(?:(?:có trách nhiệm|chịu trách nhiệm|căn cứ|chủ động|chủ trì|tổ chức|theo dõi|theo nhiệm vụ|theo chức năng|tham mưu|chỉ đạo|phối hợp|xây dựng|triển khai|thực hiện|nghiêm túc|tăng cường|báo cáo|gửi|hướng dẫn|rà soát|đẩy mạnh|đôn đốc|kiểm tra|bố trí|ban hành|quán triệt|cụ thể hóa|cụ thể hoá|khẩn trương|tiếp tục|thường xuyên|định kỳ|giúp|làm|là|sẽ|phải|được giao|trực thuộc)(?!\p{L})|[:,]\s*(?:căn cứ|theo|chủ động)(?!\p{L}))/iu;
const ORDER = /^(?:Giao|Yêu cầu|Đề nghị|Phân công|Trân trọng đề nghị|Đồng thời giao)\s+(?:cho\s+)?/iu;

export interface Spoken {
  subjects: Subject[];
  /** "Sở Y tế: …": speaks for this paragraph and those that continue it, whatever the heading says. */
  named: boolean;
  doubts: Doubt[];
  /** Where the words of the part begin. */
  rest: number;
}

/** Whom a paragraph names as its own doer: "Sở Y tế chủ trì …", "Giao Sở Y tế …", "…, các cơ quan báo cáo …". */
export function spokenSubjects(text: string, finder: PartyFinder, anywhere: boolean): Spoken {
  const none: Spoken = { subjects: [], named: false, doubts: [], rest: 0 };
  const found = finder.find(text);
  const order = ORDER.exec(text);
  const article = /^(?:Riêng\s+)?(?:đối với\s+)?/iu.exec(text)![0].length;
  const start = order ? order[0].length : article;
  const list = finder.list(text, start, found);
  if (list.mentions.length > 0 || list.unknown.some(({ words }) => /^\p{Lu}/u.test(words))) {
    const after = text.slice(list.to);
    const colon = /^\s*:/.test(after);
    const loose = /^[\s,]*(?:đơn vị|địa phương|cơ quan)?[^.;:]{0,60}?/u;
    const acts =
      order ||
      colon ||
      ACT.test(after) ||
      ACT.test(after.replace(loose, '')) ||
      /^[,\s]*\p{L}[^.;:]{0,40}\s(?:căn cứ|có trách nhiệm)\s/iu.test(after);
    if (acts)
      return {
        subjects: list.mentions.map((m, i) => ({
          party: m.party,
          wording: i === 0 && order ? text.slice(0, m.to).replace(/^\s+/, '') : text.slice(m.from, m.to),
        })),
        named: colon,
        doubts: doubtsOf(list),
        rest: list.to + (colon ? after.indexOf(':') + 1 : 0),
      };
  }
  if (!anywhere) return none;
  // After an introduction: "Kết thúc đợt cao điểm, các cơ quan, đơn vị, địa phương báo cáo kết quả …".
  for (const mention of found) {
    if (!/(?:,|:|;|\.)\s*(?:đề nghị\s+|giao\s+|yêu cầu\s+)?$/iu.test(text.slice(0, mention.from))) continue;
    const here = finder.list(text, mention.from, found);
    if (
      !/^\s+(?:báo cáo|gửi báo cáo|gửi|chỉ đạo|có trách nhiệm|chủ động|tổ chức|kịp thời|tổng hợp|xây dựng)(?!\p{L})/iu.test(
        text.slice(here.to),
      )
    )
      continue;
    return {
      subjects: here.mentions.map((m) => ({ party: m.party, wording: text.slice(m.from, m.to) })),
      named: false,
      doubts: [...doubtsOf(here), { reason: 'prose' }],
      rest: here.to,
    };
  }
  return none;
}

const DIRECTS =
  /(?<!\p{L})(?:chỉ đạo(?:, (?:hướng dẫn|đôn đốc))?|đôn đốc(?:, (?:hướng dẫn|chỉ đạo))?|hướng dẫn, (?:chỉ đạo|đôn đốc)|phát huy vai trò)\s+(?=\p{L})/giu;

/** Whom the doer directs: "Chỉ đạo lực lượng Công an cấp xã tăng cường …". */
function directed(text: string, finder: PartyFinder, found: readonly Mention[]): Parts {
  const given: Given[] = [];
  for (const match of text.matchAll(DIRECTS)) {
    const list = finder.list(text, match.index + match[0].length, found);
    const after = text.slice(list.to);
    // "kiểm tra các sở, ngành trong quá trình …" looks at them; it gives them nothing to do.
    if (list.mentions.length === 0 || !/^\s+\p{Ll}/u.test(after) || /^\s+(?:trong quá trình|về)\s/iu.test(after)) {
      if (!/^phát huy/iu.test(match[0]) || list.mentions.length === 0) continue;
    }
    const role: Role = /^phát huy/iu.test(match[0]) ? 'coordinate' : 'implement';
    for (const m of list.mentions)
      given.push({ party: m.party, role, wording: text.slice(role === 'coordinate' ? match.index : m.from, m.to) });
  }
  return { given, doubts: given.length > 0 ? [{ reason: 'prose' }] : [] };
}

/** What the doer does, sentence by sentence. */
const LEADS =
  /^(?:là (?:cơ quan|đơn vị)[^.;]*?,\s*)?(?:(?:trực tiếp|tiếp tục|chủ động)\s+)?chủ trì(?!\p{L})|^(?:là\s+)?(?:cơ quan|đơn vị) (?:chủ trì|đầu mối)/iu;
const HELPS = /^(?:(?:tăng cường|chủ động|tiếp tục|thường xuyên|đồng thời)\s+)?(?:công tác\s+)?phối hợp(?!\p{L})/iu;
const JOINS = /^(?:đồng thời\s+)?tham gia(?!\p{L})/iu;

/** Roles of the doer: the first sentence says it; later ones may add to it. */
function rolesOf(text: string): { role: Role; words: string }[] {
  const sentences = text.split(/(?<=\.)\s+(?=\p{Lu})/u).filter((s) => s !== '');
  const read = sentences.map((sentence) => {
    const role: Role = LEADS.test(sentence)
      ? 'lead'
      : HELPS.test(sentence) || JOINS.test(sentence)
        ? 'coordinate'
        : 'implement';
    return { role, words: sentence, joins: JOINS.test(sentence) };
  });
  const first = read[0];
  if (!first) return [];
  const leads = read.some(({ role }) => role === 'lead');
  const rest = read.slice(1).filter(({ role, joins }) => !joins && (role !== 'implement' || !leads));
  return [first, ...rest].filter(({ role }, i, all) => all.findIndex((o) => o.role === role) === i);
}

/** @param below the heading or line already says who acts; else only the paragraph's own subject counts */
export function partsOfProse(text: string, subjects: readonly Subject[], own: Spoken, finder: PartyFinder): Parts {
  const doers = own.subjects.length > 0 ? own.subjects : subjects;
  const found = finder.find(text);
  // Its doer is nobody that is known: those who take part are, and the name is asked about.
  if (doers.length === 0)
    return own.doubts.length > 0
      ? merge({ given: [], doubts: own.doubts }, ...partners(text, finder, found))
      : nothing();
  const body = text.slice(own.rest).replace(/^[\s:,]+/u, '');
  const roles = rolesOf(body);
  const given = doers.flatMap((doer): Given[] =>
    (roles.length > 0 ? roles : [{ role: 'implement' as const, words: '' }]).map(({ role, words }) => ({
      party: doer.party,
      role,
      wording: wordingOf(doer, role, words, text, doers.length > 1),
    })),
  );
  const among = between(text, found);
  const doubts = [...own.doubts, ...(roles.length > 1 ? [{ reason: 'composite' as const, words: cut(body) }] : [])];
  return merge({ given, doubts }, ...partners(text, finder, found), directed(text, finder, found), among);
}

/** "phối hợp giữa nhà trường, gia đình và chính quyền địa phương". */
function between(text: string, found: readonly Mention[]): Parts {
  const given: Given[] = [];
  for (const match of text.matchAll(/phối hợp giữa\s+([^;.]{3,120})/giu)) {
    const at = match.index + match[0].indexOf(match[1]!);
    const named = found.filter(
      (m) => m.from >= at && m.to <= at + match[1]!.length && !/\s(?:trong|để|nhằm)\s/u.test(text.slice(at, m.from)),
    );
    for (const m of named) given.push({ party: m.party, role: 'coordinate', wording: text.slice(match.index, m.to) });
  }
  return { given, doubts: given.length > 0 ? [{ reason: 'prose' }] : [] };
}

/** The words that give the role, where they stand in the text; else the name in the heading. */
function wordingOf(doer: Subject, role: Role, sentence: string, text: string, several: boolean): string {
  if (role === 'implement' || several) return doer.wording;
  const start = text.indexOf(sentence.slice(0, 40));
  if (start < 0) return doer.wording;
  const stop = /[;.]|(?<=\s)(?:tổ chức|thực hiện|tăng cường|đề xuất|tham mưu)\s/iu.exec(sentence.slice(8));
  const length = Math.min(stop ? stop.index + 8 : sentence.length, 120);
  const words = sentence
    .slice(0, length)
    .replace(/\s+\S*$/u, (tail) => (length === 120 ? '' : tail))
    .trim();
  return text.includes(words) && words !== '' ? words : doer.wording;
}

/** Units that the lines do not name, but the text does: "phối hợp với …", "Phát huy vai trò …", "… chỉ đạo …". */
export function partsBesideLines(text: string, finder: PartyFinder): Parts {
  const found = finder.find(text);
  const given: Given[] = [];
  for (const m of found) {
    const before = text.slice(0, m.from);
    if (!/(?:^|[,.;:]|đối với)\s*$/iu.test(before)) continue;
    if (/^\s+(?:chỉ đạo|có trách nhiệm|chịu trách nhiệm|sẽ)\s/iu.test(text.slice(m.to)))
      given.push({ party: m.party, role: 'implement', wording: text.slice(m.from, m.to) });
  }
  const beside = merge({ given, doubts: [] }, ...partners(text, finder, found), directed(text, finder, found));
  return { ...beside, doubts: beside.given.length > 0 ? [...beside.doubts, { reason: 'prose' }] : [] };
}
