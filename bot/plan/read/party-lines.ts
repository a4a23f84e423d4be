/** Lines below a task that say who does it: `+ Đơn vị chủ trì: …`, a cell of a table, brackets at the end of a paragraph. */
import type { Role } from '../types.ts';
import { isPartyLabel, readLine } from './lines.ts';
import type { PartyFinder } from './parties.ts';
import { cut, doubtsOf, type Given, merge, type Parts, unique, WITH } from './roles.ts';
import type { Doubt } from './types.ts';

const ROLE_OF_LABEL: [RegExp, Role][] = [
  [/chủ trì(?!.*thực hiện\s*:)/iu, 'lead'],
  [/phối hợp/iu, 'coordinate'],
];
export const roleOfLabel = (label: string): Role =>
  ROLE_OF_LABEL.find(([words]) => words.test(label))?.[1] ?? 'implement';

/** Words after the units of a line that add nothing: `thực hiện`, `căn cứ chức năng, nhiệm vụ … thực hiện`. */
const TAIL =
  /^[\s,;.:…]*(?:(?:và\s+)?(?:có\s+)?liên quan|(?:căn cứ|theo)\s+.*|(?:chủ động\s+|cùng\s+|tham mưu|thực hiện|tổ chức|triển khai|phối hợp|chủ trì|hướng dẫn|đôn đốc|theo dõi|báo cáo|kiểm tra).*|trên địa bàn.*|(?:thuộc\s+)?(?:thành phố|tỉnh).*|các cấp.*|và\s*)?[\s,;.…]*$/iu;

/**
 * A line for units, as it stands: `Đơn vị chủ trì: Sở Y tế; các đơn vị liên quan phối hợp thực hiện.`
 * @param label before the colon; empty for a cell of a table, which has its role from its column
 */
export function partsOfLine(label: string, words: string, role: Role, finder: PartyFinder): Parts {
  const found = finder.find(words);
  const cuts = [...words.matchAll(WITH)].map((m) => ({ at: m.index, length: m[0].length }));
  const firstCut = cuts[0]?.at ?? words.length;
  const given: Given[] = [];
  const doubts: Doubt[] = [];
  const told = finder.list(words, 0, found);
  doubts.push(...doubtsOf(told));
  if (told.open) doubts.push({ reason: 'openList' });
  const all = found.filter((m) => !told.mentions.includes(m) && m.from >= told.to);
  for (const mention of [...told.mentions, ...all]) {
    const after = words.slice(mention.to);
    const leads = /^(?:\s+(?:là\s+(?:đơn vị|cơ quan)\s+)?)chủ trì(?!\s*,?\s*phối hợp thực hiện)/iu.test(after);
    // "Sở A chủ trì; Sở B, Sở C phối hợp": what follows a lead without "với" takes part.
    const helps =
      /^[^;]*?\s(?:cùng\s+)?phối hợp(?!\s+(?:với|cùng))/iu.test(after) &&
      /chủ trì/iu.test(words.slice(0, mention.from));
    const part: Role = mention.from > firstCut ? 'coordinate' : leads ? 'lead' : helps ? 'coordinate' : role;
    const lead = mention.from === found[0]?.from && label !== '' && part === role ? `${label}: ` : '';
    const partner = cuts.find(
      (c) => c.at + c.length <= mention.from && finder.list(words, c.at + c.length, found).mentions[0] === mention,
    );
    const from = partner ? partner.at + (/phối hợp/iu.exec(words.slice(partner.at))?.index ?? 0) : mention.from;
    given.push({
      party: mention.party,
      role: part,
      wording: lead + words.slice(from, leads ? mention.to + /^\s+.*?chủ trì/iu.exec(after)![0].length : mention.to),
    });
    if (part !== role) doubts.push({ reason: 'composite', words: cut(words) });
  }
  for (const c of cuts) doubts.push(...doubtsOf(finder.list(words, c.at + c.length, found)));
  if (given.length === 0 && doubts.every((d) => d.reason !== 'unknownUnit') && !TAIL.test(words))
    doubts.push({ reason: 'unknownUnit', words: words.replace(/[.;,\s]+$/u, '') });
  else if (cuts.length === 0 && told.mentions.length > 0 && !TAIL.test(words.slice(told.to)) && all.length === 0)
    doubts.push({ reason: 'unknownUnit', words: words.slice(told.to).replace(/^[\s,;]+|[.;,\s]+$/gu, '') });
  return { given: merge({ given, doubts: [] }).given, doubts: unique(doubts) };
}

/** "(Chủ trì: Sở Y tế; phối hợp: Công an tỉnh; thời gian: trước 30/6/2027)" at the end of a paragraph, as lines. */
export function inlineLines(text: string): { kind: 'party' | 'time'; label: string; words: string }[] {
  const labels = [
    ...text.matchAll(
      /(?<=^|[.;(,]\s*|[.;]\s)((?:(?:đơn vị|cơ quan)\s+)?(?:chủ trì|phối hợp|thực hiện)(?:\s+thực hiện)?|(?:thời (?:gian|hạn)|tiến độ)(?:\s+(?:thực hiện|hoàn thành))?|hoàn thành)\s*:\s*/giu,
    ),
  ];
  return labels.flatMap((match, i) => {
    const label = match[1]!;
    const end = labels[i + 1]?.index ?? text.length;
    const words = text.slice(match.index + match[0].length, end).replace(/[\s;,.)(]+$/u, '');
    const line = readLine(`${label}: ${words}`);
    if (line.kind !== 'party' && line.kind !== 'time') return [];
    return [{ kind: isPartyLabel(label) ? ('party' as const) : ('time' as const), label, words }];
  });
}
